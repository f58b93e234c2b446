"""The home page, the journal and the public pages."""

from io import BytesIO

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.access import require
from core.files import download
from core.filters import active_filters
from core.workbook import XLSX
from members.models import Entity
from reseau import contribution
from reseau import home as home_queries
from reseau import journal as journal_queries
from reseau import mandate as mandate_text


def public(view):
    """Named so that the short list of public pages can be read in urls.py."""
    return login_not_required(view)


@require_safe
def home(request):
    return render(request, "home/home.html", home_queries.home_page(request.user))


@require_safe
def entity_contribution(request, slug):
    require(request.user, "members.view_directory")
    entity = get_object_or_404(Entity.objects.visible_to(request.user), slug=slug)
    asked = contribution.year_asked(request.GET.get("annee", ""))
    return render(request, "home/contribution.html", contribution.page(request.user, entity, asked))


@require_safe
def journal(request):
    require(request.user, "core.view_journal")
    found = journal_queries.JournalFilter(request.GET, queryset=journal_queries.events())
    page = Paginator(found.qs, 25).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "active_filters": active_filters(found),
        "page": page,
        "rows": journal_queries.rows(page.object_list),
    }
    return render(request, "home/journal.html", context)


@require_safe
def journal_export(request):
    require(request.user, "core.view_journal")
    found = journal_queries.JournalFilter(request.GET, queryset=journal_queries.events())
    return download(BytesIO(journal_queries.journal_xlsx(found.qs)), journal_queries.filename(), XLSX)


@require_safe
@login_not_required
def mandate(request):
    context = {
        "sections": mandate_text.sections(), "text": mandate_text.text(),
        "may_read_rules": request.user.has_perm("decisions.view_procedure"),
    }  # fmt: skip
    return render(request, "home/mandate.html", context)


@require_safe
@login_not_required
def accessibility(request):
    return render(request, "home/accessibility.html")


@require_safe
@login_not_required
def legal(request):
    return render(request, "home/legal.html")
