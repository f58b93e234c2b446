"""The working-day calendar: feasts as they are computed, corrected by the secretariat."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.access import require
from core.steps import carry_out, press, show_form
from core.templatetags.typography import long_day
from frameworks import actions, workdays
from frameworks.forms import FreeDayForm
from frameworks.models import CalendarDay

MANAGE = "frameworks.manage_calendar"
SHOWN = range(2000, 2100)  # as the addresses of calendar_urls


@login_not_required
@require_safe
def calendar(request, year=None):
    """Public, as the mandate is: delays are counted by it."""
    year = year or clock.today().year
    days = workdays.calendar_of(year)
    context = {
        "year": year, "years": [other for other in (year - 1, year + 1) if other in SHOWN],
        "feasts": days.feasts(year), "worked": days.worked_after_all(year), "may_manage": request.user.has_perm(MANAGE),
    }  # fmt: skip
    return render(request, "frameworks/calendar.html", context)


@require_http_methods(["GET", "POST"])
def free_day_add(request):
    require(request.user, MANAGE)
    form = FreeDayForm(request.POST or None)
    added = carry_out(request, form, lambda data: actions.correct_calendar(**data, is_free=True, by=request.user))
    if added:
        messages.success(request, _("Nobody works on %s: delays are counted accordingly.") % long_day(added.day))
        return redirect(added)
    return show_form(
        request, form, title=_("Add a free day"), verb=_("Add the day"), back=reverse("calendar:calendar"),
        intro=_("The feasts of Senegal are computed: add those of the United Nations, and what a decree decides."),
    )  # fmt: skip


@require_POST
def feast_work(request, day):
    require(request.user, MANAGE)
    return press(
        request, lambda: actions.correct_calendar(day, is_free=False, by=request.user),
        _("%s is a working day.") % long_day(day).capitalize(), reverse("calendar:calendar_year", args=[day.year]),
    )  # fmt: skip


@require_POST
def correction_remove(request, day):
    require(request.user, MANAGE)
    row = get_object_or_404(CalendarDay, day=day)
    return press(
        request, lambda: actions.remove_correction(row, by=request.user),
        _("Correction removed: the day is again what is computed for it."),
        reverse("calendar:calendar_year", args=[day.year]),
    )  # fmt: skip
