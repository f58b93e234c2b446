"""One person hands over to another: a choice, what it changes, then the act. And the seats that nobody holds."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.access import require
from core.errors import DomainError
from core.forms import CheckedForm
from core.steps import carry_out
from members import actions, forms, pages
from members.models import User
from members.succession import Choice, reckon


@require_http_methods(["GET", "POST"])
def succession(request, pk):
    """GET asks for the choice, then shows what it changes; POST carries out what was shown."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(request.user, "members.hand_over")
    asked = request.POST or (request.GET if "successor" in request.GET else None)
    choice = forms.SuccessionForm(asked, person=person)
    change = _reckoned(person, choice)
    if change is None:
        context, status = {"person": person, "form": choice}, 422 if choice.is_bound else 200
        return render(request, "members/succession_form.html", context, status=status)
    form = CheckedForm(request.POST or None)
    act = {**choice.cleaned_data, "by": request.user}
    if carry_out(request, form, lambda data: actions.hand_over(person, **act, seen=data["seen"])):
        messages.success(request, _("Handed over to %s, who is told by e-mail.") % change.choice.successor)
        return redirect(person)
    context = {"person": person, "choice": choice, "form": form, **pages.succession_page(change)}
    return render(request, "members/succession_check.html", context, status=form.http_status)


def _reckoned(person, choice):
    """What a choice changes; ``None`` where none was made yet, or it is refused in its form."""
    if not choice.is_bound or not choice.is_valid():
        return None
    try:
        return reckon(Choice(person, **choice.cleaned_data))
    except DomainError as error:
        choice.refuse(error)
        return None


@require_safe
def empty_seats(request):
    require(request.user, "members.manage_members")
    return render(request, "members/empty_seats.html", pages.empty_seats_page(clock.today()))
