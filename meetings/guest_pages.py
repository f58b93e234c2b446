"""What the page of a meeting says of its guests, and the one page that a guest sees."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.components import SummaryRow
from core.templatetags.typography import deadline
from meetings import guests, pages
from meetings.enums import ANNOUNCED, OVER, PREPARING
from meetings.models import GuestPass, Meeting


def guests_of(user: Any, meeting: Meeting) -> dict[str, Any]:
    """For the page of the meeting: the organisations invited, for everybody; who and until when, for who invites."""
    invites = user.has_perm("meetings.invite_guests", meeting)
    given = guests.passes(meeting)
    return {
        "guest_partners": list(dict.fromkeys(one.contact.partner for one in given if not one.revoked_at)),
        "passes": given if invites else [],
        "may_invite_guests": invites and meeting.state in PREPARING,
    }


def guest_page(guest_pass: GuestPass) -> dict[str, Any]:
    """What a guest sees: the facts, the way in, the agenda. Nothing of what the Network says among itself."""
    meeting = guest_pass.meeting
    items = guests.agenda(meeting)
    return {
        "guest_pass": guest_pass,
        "meeting": meeting,
        "items": items,
        "budget": pages.budget(meeting, items),
        "facts": [
            SummaryRow(_("Kind"), capfirst(str(meeting.get_kind_display()))),
            SummaryRow(_("Guest"), f"{guest_pass.contact.person}, {guest_pass.contact.partner}"),
            SummaryRow(_("This page is open until"), deadline(guest_pass.expires_at)),
        ],
        "ics_url": reverse("guests:guest_ics", args=[guest_pass.token]) if meeting.state in ANNOUNCED else "",
        "shows_link": meeting.online_link and meeting.state not in OVER and not meeting.called_off_reason,
    }
