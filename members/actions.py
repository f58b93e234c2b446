"""Every write about people and entities that means something. The database refuses overlaps, here they get words."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import models, transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.transitions import check_version, lock
from members import emails
from members.enums import Language, MembershipKind, Rank, Role, Seat
from members.models import CoChairTerm, Dated, Entity, FocalPoint, InstitutionalRole, Invitation, Membership, User
from members.queries import digest, invitation_of
from members.refusals import Refused, refusals

INVITATION_LASTS = timedelta(days=7)
PERSON_FIELDS = frozenset({"email", "civility", "given_name", "family_name", "title", "phone", "language"})
ENTITY_FIELDS = frozenset({
    "acronym_fr", "acronym_en", "name_fr", "name_en", "website", "is_in_country_team", "fields_of_intervention",
})  # fmt: skip
Tie = TypeVar("Tie", bound=Dated)


class InvitationClosed(DomainError):
    """The link was used, withdrawn, has expired, or never existed."""


# --- People ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_person(
    *,
    email: str,
    given_name: str,
    family_name: str,
    civility: str = "",
    title: str = "",
    phone: str = "",
    language: str = Language.FRENCH,
    by: User | None,
) -> User:
    """A person the Network knows; an account comes with an invitation. ``by`` is ``None`` for the very first ones.

    Raises:
        Refused: somebody already has this address.
    """
    person = User(
        email=email.lower(), given_name=given_name, family_name=family_name, civility=civility, title=title,
        phone=phone, language=language,
    )  # fmt: skip
    person.set_unusable_password()
    _insert(person)
    journal.record("add_person", person, by=by)
    return person


@transaction.atomic
def edit_person(person: User, *, version: int, by: User, **values: Any) -> User:
    """Change a person's details. The journal keeps which ones, not their content: they are personal data.

    Raises:
        StaleVersion: somebody changed them meanwhile.
        Refused: somebody else has this address.
    """
    person = lock(person)
    check_version(person, version)
    if "email" in values:
        values["email"] = values["email"].lower()
    changed = _changed(person, values, PERSON_FIELDS)
    _update(person, changed)
    if "email" in changed:
        # The account library keeps addresses of its own; the old one must not open the account any more.
        EmailAddress.objects.filter(user=person).delete()
        _revoke_open_invitations(person)
    journal.record("edit_person", person, by=by, data={"fields": sorted(changed)})
    return person


@transaction.atomic
def deactivate_person(person: User, *, by: User) -> User:
    """Close the account and its sessions. What the person did stays on record.

    Raises:
        DomainError: one does not close one's own account.
    """
    person = lock(person)
    if person.pk == by.pk:
        raise DomainError(_("You cannot close your own account; ask somebody else of the secretariat."))
    if not person.is_active:
        raise DomainError(_("This account is already closed."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user=person).order_by("pk"):
        session.end()
    _revoke_open_invitations(person)
    journal.record("deactivate_person", person, by=by)
    return person


@transaction.atomic
def reactivate_person(person: User, *, by: User) -> User:
    """Open the account again, without its former password: a new invitation is needed.

    Raises:
        DomainError: the account is not closed.
    """
    person = lock(person)
    if person.is_active:
        raise DomainError(_("This account is not closed."))
    person.is_active = True
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    journal.record("reactivate_person", person, by=by)
    return person


# --- Invitations -----------------------------------------------------------------------------------------------------
@transaction.atomic
def invite_person(person: User, *, by: User) -> Invitation:
    """Send a single-use link, good for seven days; a former open one no longer works.

    Raises:
        DomainError: the person already has an account, or it is closed.
    """
    person = lock(person)
    if not person.is_active:
        raise DomainError(_("This account is closed; open it again first."))
    if person.has_usable_password():
        raise DomainError(_("This person already has an account and can ask for a new password on the sign-in page."))
    _revoke_open_invitations(person)
    token, now = secrets.token_urlsafe(32), clock.now()
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
        InvitationClosed: the link does not open anything (any more).
    """
    found = invitation_of(token)
    if found is None:
        raise InvitationClosed(_("This link is not known here."))
    person, invitation = lock(found.person), lock(found)
    if not invitation.is_open:
        raise InvitationClosed(invitation.why_closed)
    if not person.is_active:
        raise InvitationClosed(_("This account is closed."))
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    journal.record("accept_invitation", invitation, by=person)
    return person


def _revoke_open_invitations(person: User) -> None:
    Invitation.objects.filter(person=person, accepted_at=None, revoked_at=None).update(revoked_at=clock.now())


# --- Entities --------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_entity(
    *,
    slug: str,
    acronym_fr: str,
    acronym_en: str,
    name_fr: str,
    name_en: str,
    website: str = "",
    is_in_country_team: bool = True,
    by: User | None,
) -> Entity:
    """An entity of the United Nations; it belongs to the Network once a membership is recorded.

    Raises:
        Refused: an entity already has this short address.
    """
    entity = Entity(
        slug=slug, acronym_fr=acronym_fr, acronym_en=acronym_en, name_fr=name_fr, name_en=name_en, website=website,
        is_in_country_team=is_in_country_team,
    )  # fmt: skip
    _insert(entity)
    journal.record("add_entity", entity, by=by)
    return entity


@transaction.atomic
def edit_entity(
    entity: Entity,
    *,
    version: int,
    by: User | None,
    gcm_objectives: Iterable[Any] | None = None,
    regions: Iterable[Any] | None = None,
    **values: Any,
) -> Entity:
    """Change the profile, which is thereby reviewed today. Lists that are not given stay as they are.

    Raises:
        StaleVersion: somebody changed it meanwhile.
    """
    entity = lock(entity)
    check_version(entity, version)
    changed = _changed(entity, values, ENTITY_FIELDS)
    _update(entity, {**changed, "profile_reviewed_on": clock.today()})
    lists = {"gcm_objectives": gcm_objectives, "regions": regions}
    for name, things in lists.items():
        if things is not None:
            getattr(entity, name).set(things)
            changed[name] = [thing.slug for thing in things]
    journal.record("edit_entity", entity, by=by, data=changed)
    return entity


@transaction.atomic
def confirm_details(entity: Entity, *, by: User | None) -> Entity:
    """Somebody of the entity says that its contacts are right as of today."""
    entity = lock(entity)
    entity.details_confirmed_on = clock.today()
    entity.save(update_fields=["details_confirmed_on"])
    journal.record("confirm_details", entity, by=by)
    return entity


# --- Ties ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def record_membership(
    entity: Entity, *, kind: str = MembershipKind.MEMBER, starts_on: date, ends_on: date | None = None, by: User | None
) -> Membership:
    """The entity belongs to the Network from ``starts_on`` on.

    Raises:
        Refused: it already does on one of these days, or the days are in the wrong order.
    """
    return _tie("record_membership", Membership(entity=entity, kind=kind, starts_on=starts_on, ends_on=ends_on), by)


@transaction.atomic
def name_focal_point(
    entity: Entity, *, person: User, rank: str, starts_on: date, ends_on: date | None = None, by: User | None
) -> FocalPoint:
    """The person speaks for the entity, in this rank.

    Raises:
        Refused: somebody else holds the rank, the person speaks for an entity already, or the days are in disorder.
    """
    tie = FocalPoint(entity=entity, person=person, rank=Rank(rank), starts_on=starts_on, ends_on=ends_on)
    return _tie("name_focal_point", tie, by)


@transaction.atomic
def record_co_chair_term(
    entity: Entity,
    *,
    seat: str,
    person: User,
    starts_on: date,
    ends_on: date | None = None,
    basis: str = "",
    by: User | None,
) -> CoChairTerm:
    """The person holds a co-chair seat for the entity; ``basis`` says by which decision or clause.

    Raises:
        Refused: the seat or the person is taken on one of these days, or the days are in disorder.
    """
    term = CoChairTerm(
        seat=Seat(seat), entity=entity, person=person, starts_on=starts_on, ends_on=ends_on, basis=basis
    )  # fmt: skip
    return _tie("record_co_chair_term", term, by)


@transaction.atomic
def grant_role(
    person: User, *, role: str, starts_on: date, ends_on: date | None = None, by: User | None
) -> InstitutionalRole:
    """The person serves in the secretariat, the RC office or the administration.

    Raises:
        Refused: the person already holds this role on one of these days, or the days are in disorder.
    """
    tie = InstitutionalRole(person=person, role=Role(role), starts_on=starts_on, ends_on=ends_on)
    return _tie("grant_role", tie, by)


@transaction.atomic
def end_tie(tie: Tie, *, ends_on: date, by: User | None) -> Tie:
    """The tie holds for the last time on ``ends_on``.

    Raises:
        Refused: it ended before that day, or begins after it.
    """
    tie = lock(tie)
    if tie.ends_on is not None and tie.ends_on <= ends_on:
        raise Refused(_("This already ends on that day or before."), "ends_on")
    before, tie.ends_on = tie.ends_on, ends_on
    with refusals(type(tie)):
        tie.save(update_fields=["ends_on"])
    journal.record("end_tie", tie, by=by, data={"ends_on": [before, ends_on]})
    return tie


# --- Shared ----------------------------------------------------------------------------------------------------------
def _tie(verb: str, tie: Tie, by: User | None) -> Tie:
    _insert(tie)
    facts = {field.name: getattr(tie, field.attname) for field in tie._meta.concrete_fields if not field.primary_key}
    journal.record(verb, tie, by=by, data=facts)
    return tie


def _changed(thing: models.Model, values: Mapping[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    """The values that differ from the row's own; a field that may not be written is a bug of the caller."""
    if unknown := values.keys() - allowed:
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    return {name: value for name, value in values.items() if getattr(thing, name) != value}


def _update(thing: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)
    thing.version += 1
    with refusals(type(thing)):
        thing.save(update_fields=[*values, "version"])


def _insert(thing: models.Model) -> None:
    with refusals(type(thing)):
        thing.save(force_insert=True)
