"""The only way in: an invitation is sent, withdrawn, accepted."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.transitions import lock
from members import emails
from members.models import Invitation, User
from members.queries import digest, invitation_of, signing_in_with

INVITATION_LASTS = timedelta(days=7)
IN_A_ROW = timedelta(minutes=1)


class InvitationClosed(DomainError):
    """The link was used, withdrawn, has expired, or never existed."""


@transaction.atomic
def invite_person(person: User, *, by: User) -> Invitation:
    """Send a single-use link, good for seven days; a former open one no longer works.

    Pressed twice in a row, the first one stays good and nothing more is sent.

    Raises:
        DomainError: the person already has an account, or it is closed.
    """
    person = lock(person)
    if not person.is_active:
        raise DomainError(_("This account is closed; open it again first."))
    if person.has_usable_password():
        raise DomainError(_("This person already has an account and can ask for a new password on the sign-in page."))
    token, now = secrets.token_urlsafe(32), clock.now()
    just_sent = Invitation.objects.filter(
        person=person, accepted_at=None, revoked_at=None, invited_at__gt=now - IN_A_ROW
    )
    if invitation := just_sent.first():
        return invitation
    revoke_open_invitations(person)
    invitation = Invitation.objects.create(
        person=person, token_digest=digest(token), invited_by=by, invited_at=now, expires_at=now + INVITATION_LASTS
    )
    journal.record("invite_person", invitation, by=by, data={"expires_at": invitation.expires_at})
    emails.send_invitation(invitation, token)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Withdraw an invitation that was not used.

    Raises:
        InvitationClosed: it was used or withdrawn already, or has expired.
    """
    invitation = lock(invitation)
    if not invitation.is_open:
        raise InvitationClosed(invitation.why_closed)
    invitation.revoked_at = clock.now()
    invitation.save(update_fields=["revoked_at"])
    journal.record("revoke_invitation", invitation, by=by)
    return invitation


@transaction.atomic
def accept_invitation(token: str, *, password: str) -> User:
    """Give the invited person this password. The link has proved the address.

    Raises:
        InvitationClosed: the link does not open anything (any more), or somebody else signs in with the address.
    """
    found = invitation_of(token)
    if found is None:
        raise InvitationClosed(_("This link is not known here."))
    person, invitation = lock(found.person), lock(found)
    if not invitation.is_open:
        raise InvitationClosed(invitation.why_closed)
    if not person.is_active:
        raise InvitationClosed(_("This account is closed."))
    if signing_in_with(person.email) not in {None, person}:
        raise InvitationClosed(_("Somebody else already signs in with this address: write to the secretariat."))
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    person.set_password(password)
    person.save(update_fields=["password"])
    make_sign_in_address(person)
    journal.record("accept_invitation", invitation, by=person)
    return person


def make_sign_in_address(person: User) -> None:
    """The person's address alone opens the account; a claim that somebody else never proved falls away."""
    EmailAddress.objects.filter(Q(user=person) | Q(email=person.email, verified=False)).delete()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def revoke_open_invitations(person: User) -> None:
    Invitation.objects.filter(person=person, accepted_at=None, revoked_at=None).update(revoked_at=clock.now())
