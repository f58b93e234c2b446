"""The register of partners and the page of one."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import clock, journal
from core.components import Column, DataTable, SummaryRow, TimelineEvent
from core.templatetags.typography import ABSENT, french_day, typo
from members import panels
from members.models import Partner, PartnerContact, User
from members.pages.entity import HISTORY_LENGTH, web_link
from members.pages.ties import TieRows, recorded_today


def partner_table(partners: Iterable[Any]) -> DataTable:
    """``partners`` come from :func:`members.queries.partners`."""
    columns = (Column(_("Partner"), "head"), Column(_("Category")), Column(_("Contacts")), Column(_("Regions")))
    rows = tuple(
        (
            format_html('<a href="{}">{}</a>{}', partner.get_absolute_url(), typo(partner.name), _acronym(partner)),
            typo(partner.category.title),
            _people(tie.person for tie in partner.answering),
            ", ".join(region.name for region in partner.regions.all()) or ABSENT,
        )
        for partner in partners
    )
    return DataTable(_("Partners of the Network"), columns, rows, hide_caption=True)


def _acronym(partner: Partner) -> SafeString | str:
    return format_html(' <span class="muted">({})</span>', partner.acronym) if partner.acronym else ""


def _people(people: Iterable[User]) -> SafeString | str:
    links = format_html_join(", ", '<a href="{}">{}</a>', ((one.get_absolute_url(), one) for one in people))
    return links or ABSENT


def partner_page(user: User, partner: Partner) -> dict[str, Any]:
    may_manage = user.has_perm("members.manage_partners")
    rows = TieRows(recorded_today(may_manage))
    ties = PartnerContact.objects.filter(partner=partner).select_related("person").order_by("-starts_on", "pk")
    shown = [rows.row(tie, str(tie.person)) for tie in ties]
    regions = ", ".join(region.name for region in partner.regions.order_by("order", "pk"))
    return {
        "partner": partner,
        "is_over": partner.ended_on is not None and partner.ended_on < clock.today(),
        "facts": _facts(partner, regions),
        "answering": [row for row in shown if row.is_current],
        "others": [row for row in shown if not row.is_current],
        "panels": panels.shown_to(user, partner),
        "history": [
            TimelineEvent(event.at, journal.sentence(event)) for event in journal.latest(partner, HISTORY_LENGTH)
        ],
        "may_manage": may_manage,
    }


def _facts(partner: Partner, regions: str) -> list[SummaryRow]:
    facts = [SummaryRow(_("Category"), typo(partner.category.title))]
    if regions:
        facts.append(SummaryRow(_("Regions"), regions))
    if partner.email:
        facts.append(SummaryRow(_("E-mail"), format_html('<a href="mailto:{0}">{0}</a>', partner.email)))
    if partner.website:
        facts.append(SummaryRow(_("Website"), web_link(partner.website)))
    if partner.ended_on:
        facts.append(SummaryRow(_("Partner until"), french_day(partner.ended_on)))
    return facts
