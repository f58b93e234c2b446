"""Guests of a meeting: contacts of partners are invited to it alone, and no longer when their pass is revoked."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.transitions import lock
from meetings import emails, guests
from meetings.actions.meeting import check_preparing
from meetings.enums import MeetingState
from meetings.models import GuestPass, Meeting
from members.models import PartnerContact, User


class PassClosed(DomainError):
    """The pass was revoked already."""


@transaction.atomic
def invite_guests(meeting: Meeting, *, contacts: Iterable[PartnerContact], by: User) -> list[GuestPass]:
    """Give each of these contacts a pass to this meeting alone; whoever has one already keeps it, and is not written to
    again. Of a convened meeting they are told at once, of another one when it is convened.

    Raises:
        DomainError: the meeting has begun or is called off, or somebody is no contact of a partner on its day.
    """
    meeting = lock(meeting)
    check_preparing(meeting)
    chosen = list(dict.fromkeys(contacts))
    answering = guests.contacts_for(meeting).filter(pk__in=[contact.pk for contact in chosen])
    known = {contact.pk: contact for contact in answering}
    for contact in chosen:
        if contact.pk not in known:
            raise DomainError(_("%s answers for no partner on the day of the meeting.") % contact.person)
    has_one = set(GuestPass.objects.filter(meeting=meeting, revoked_at=None).values_list("contact", flat=True))
    given = [
        GuestPass.objects.create(meeting=meeting, contact=known[contact.pk], given_at=clock.now(), given_by=by)
        for contact in chosen
        if contact.pk not in has_one
    ]
    if given:
        names = ", ".join(sorted({str(one.contact.partner) for one in given}))
        journal.record("invite_guests", meeting, by=by, data={"partners": names})
    if meeting.state == MeetingState.CONVENED:
        emails.announce_to(given, meeting, emails.CONVOCATION)
    return given


@transaction.atomic
def revoke_pass(guest_pass: GuestPass, *, by: User) -> GuestPass:
    """From now on the link opens nothing; the guest is told, unless the meeting is over or was never announced.

    Raises:
        PassClosed: it was revoked before.
    """
    guest_pass = lock(guest_pass)
    if guest_pass.revoked_at:
        raise PassClosed(_("This invitation was withdrawn already."))
    guest_pass.revoked_at, guest_pass.revoked_by = clock.now(), by
    guest_pass.save(update_fields=["revoked_at", "revoked_by"])
    meeting = guest_pass.meeting
    journal.record("revoke_pass", meeting, by=by, data={"partner": str(guest_pass.contact.partner)})
    if meeting.state == MeetingState.CONVENED and not meeting.is_past:
        emails.tell_revoked(guest_pass)
    return guest_pass
