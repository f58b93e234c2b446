"""What the pages of nominations show, and the part that stands under each seat on the page of the co-chairs."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import clock, journal
from core.components import SummaryRow, TimelineEvent
from core.templatetags.typography import french_day, long_day
from core.transitions import can_move
from decisions import nomination, sounding_pages
from decisions.enums import GIVEN_UP, NominationState
from decisions.models import Decision, Nomination
from members.enums import Seat
from members.models import User
from members.standing import standing_of


def nomination_page(user: User, call: Any) -> dict[str, Any]:
    """``call`` comes from :func:`decisions.nomination.nominations`."""
    may_manage = user.has_perm("decisions.manage_nominations")
    standing = [one for one in call.put if one.withdrawn_at is None]
    own = standing_of(user).entity
    offered = any(one.entity_id == own.pk for one in standing) if own else False
    decision = call.decision if call.decision and _may_see(user, call.decision) else None
    sounded = sounding_pages.sounding_part(user, call)
    is_sounding = sounded["sounding"] is not None and sounded["sounding"].closed_at is None
    withdrawn = call.decision is not None and call.decision.state in GIVEN_UP
    return {
        "call": call,
        "awaits_proposal": call.awaits_proposal and not is_sounding,
        "facts": _facts(call, decision),
        "standing": [(one, _may_withdraw(user, call, one)) for one in standing],
        "gone": [one for one in call.put if one.withdrawn_at],
        "may_put": call.is_open and user.has_perm("decisions.put_forward") and not (offered and not may_manage),
        "may_propose": may_manage and call.awaits_proposal and bool(standing) and not is_sounding,
        **sounded,
        "may_sound": may_manage and call.awaits_proposal and bool(standing) and sounded["sounding"] is None,
        "may_rework": may_manage and can_move(call, "rework_nomination") and withdrawn,
        "may_withdraw": may_manage and can_move(call, "withdraw_nomination"),
        "history": [TimelineEvent(event.at, journal.sentence(event)) for event in journal.history(call)],
    }


def _facts(call: Nomination, decision: Decision | None) -> list[SummaryRow]:
    facts = [
        SummaryRow(_("Seat"), capfirst(str(call.get_seat_display()))),
        SummaryRow(_("Term"), _("from %(start)s to %(end)s") % _days(call)),
        SummaryRow(_("Candidacies until"), french_day(call.closes_on)),
    ]
    if call.chosen:
        facts.append(SummaryRow(_("Put to the Network"), str(call.chosen)))
    if decision:
        facts.append(
            SummaryRow(_("Decision"), format_html('<a href="{}">{}</a>', decision.get_absolute_url(), decision))
        )
    return facts


def _days(call: Nomination) -> dict[str, str]:
    return {"start": long_day(call.starts_on), "end": long_day(call.ends_on)}


def _may_see(user: User, decision: Decision) -> bool:
    return Decision.objects.visible_to(user).filter(pk=decision.pk).exists()


def _may_withdraw(user: User, call: Nomination, one: Any) -> bool:
    is_free = call.state == NominationState.OPEN and call.chosen_id != one.pk
    return is_free and user.has_perm("decisions.withdraw_candidacy", one)


def proposal(call: Nomination) -> dict[str, str]:
    """The words that the form of the decision begins with; the name is for the one who proposes to write."""
    title = _("Co-chair %s") % call.starts_on.year
    text = _("The annual review names […] co-chair of the Network (%(seat)s), from %(start)s to %(end)s.")
    return {"title": title, "text": text % {"seat": call.get_seat_display(), **_days(call)}}


def seat_nomination(user: User, seat: Seat) -> SafeString:
    """Under a seat: the call under way, or the button that opens one."""
    call = nomination.under_way(user, seat)
    may_open = call is None and user.has_perm("decisions.manage_nominations")
    may_open = may_open and nomination.rotates(seat, clock.today())
    if not (call or may_open):
        return SafeString("")
    return render_to_string("decisions/_seat_nomination.html", {"call": call, "may_open": may_open, "seat": seat})
