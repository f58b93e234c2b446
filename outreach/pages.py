"""What the pages of engagements show, and the parts that stand on the pages of partners and entities."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import clock, journal
from core.components import Column, DataTable, SummaryRow, TimelineEvent
from core.templatetags.components import status_tag
from core.templatetags.typography import ABSENT, french_day, numeric_day, typo
from members.models import Entity, Partner, User
from outreach import queries
from outreach.models import Engagement


def engagement_table(engagements: Iterable[Engagement]) -> DataTable:
    """``engagements`` come from :func:`outreach.queries.engagements`."""
    columns = (
        Column(_("Day")), Column(_("Subject"), "head"), Column(_("Partner")), Column(_("Entity")),
        Column(_("Next step")),
    )  # fmt: skip
    rows = tuple(
        (
            numeric_day(one.happened_on),
            format_html(
                '<a href="{}">{}</a><br><span class="muted">{}</span>',
                one.get_absolute_url(), typo(one.subject), one.get_kind_display(),
            ),
            format_html('<a href="{}">{}</a>', one.partner.get_absolute_url(), typo(one.partner.name)),
            one.entity.acronym,
            _step(one),
        )
        for one in engagements
    )  # fmt: skip
    return DataTable(_("Engagements with partners"), columns, rows, hide_caption=True)


def _step(one: Engagement) -> SafeString | str:
    return format_html("{}<br>{}", typo(one.next_step), status_tag(*_state(one))) if one.next_step else ABSENT


def _state(one: Engagement) -> tuple[str, str]:
    """The kind of tag and its words."""
    if one.next_step_done_on:
        return "done", _("done")
    if one.next_step_due is None:
        return "waiting", _("to be done")
    words = _("overdue, %s") if one.is_overdue(clock.today()) else _("for the %s")
    return "problem" if one.is_overdue(clock.today()) else "waiting", words % numeric_day(one.next_step_due)


def engagement_page(user: User, one: Engagement) -> dict[str, Any]:
    may_edit = user.has_perm("outreach.edit_engagement", one)
    facts = [
        SummaryRow(_("Day"), french_day(one.happened_on)),
        SummaryRow(_("Partner"), _link(one.partner, one.partner.name)),
        SummaryRow(_("Category"), typo(one.partner.category.title)),
        SummaryRow(_("Entity"), _link(one.entity, one.entity.acronym)),
    ]
    return {
        "engagement": one,
        "facts": facts,
        "step": _step_facts(one) if one.next_step else [],
        "may_edit": may_edit,
        "may_close": may_edit and one.has_open_step,
        "history": [TimelineEvent(event.at, journal.sentence(event)) for event in journal.latest(one, 10)],
    }


def _step_facts(one: Engagement) -> list[SummaryRow]:
    facts = [SummaryRow(_("What is to follow"), typo(one.next_step))]
    if one.next_step_due:
        day = french_day(one.next_step_due)
        late = status_tag("problem", _("overdue")) if one.is_overdue(clock.today()) else ""
        facts.append(SummaryRow(_("For the"), format_html("{} {}", day, late)))
    if one.next_step_done_on:
        facts.append(SummaryRow(_("Done on"), french_day(one.next_step_done_on)))
    return facts


def _link(thing: Any, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', thing.get_absolute_url(), typo(words))


# --- On the pages of lower floors -------------------------------------------------------------------------------------
def partner_engagements(user: User, partner: Partner) -> SafeString:
    """On the page of a partner, with the button that logs one."""
    return _panel(user, {"partner": partner}, f"?partner={partner.pk}")


def entity_engagements(user: User, entity: Entity) -> SafeString:
    """On the page of an entity; nothing where it logged none."""
    return _panel(user, {"entity": entity}, f"?entity={entity.slug}")


def _panel(user: User, of: dict[str, Any], question: str) -> SafeString:
    if not user.has_perm("outreach.view_engagements"):
        return SafeString("")
    found = queries.latest_of(user, **of)
    shown, partner = found[: queries.SHOWN_ON_PAGES], of.get("partner")
    if not found and not partner:
        return SafeString("")
    context = {
        "found": shown,
        "about": "partner" if partner else "entity",
        "all_url": reverse("engagements:engagement_list") + question if len(found) > len(shown) else "",
        "record_url": reverse("engagements:engagement_record") + question
        if partner and user.has_perm("outreach.record_engagement")
        else "",
    }
    return render_to_string("outreach/_panel.html", context)
