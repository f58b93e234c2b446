"""People and their accounts."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import clock, journal, outbox
from core.errors import DomainError
from core.models import OutboxMail
from core.refusals import Refused
from core.transitions import check_version, lock
from members.actions.invitations import make_sign_in_address, revoke_open_invitations
from members.actions.shared import changed_values, insert, update
from members.enums import Language
from members.models import User
from members.queries import last_tie, sign_in_addresses, signing_in_with

PERSON_FIELDS = frozenset({"email", "civility", "given_name", "family_name", "title", "phone", "language"})


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
        Refused: somebody already has this address, or signs in with it.
    """
    person = User(
        email=email.lower(), given_name=given_name, family_name=family_name, civility=civility, title=title,
        phone=phone, language=language,
    )  # fmt: skip
    person.set_unusable_password()
    _require_free_address(person.email)
    insert(person)
    journal.record("add_person", person, by=by)
    return person


@transaction.atomic
def edit_person(person: User, *, version: int, by: User, **values: Any) -> User:
    """Change a person's details. The journal keeps which ones, not their content: they are personal data.

    Raises:
        StaleVersion: somebody changed them meanwhile.
        Refused: somebody else has this address, or signs in with it.
    """
    person = lock(person)
    check_version(person, version)
    if "email" in values:
        values["email"] = values["email"].lower()
    changed = changed_values(person, values, PERSON_FIELDS)
    if "email" in changed:
        _require_free_address(changed["email"], person)
    update(person, changed)
    if "email" in changed:
        revoke_open_invitations(person)
        if person.has_usable_password():  # who changes it vouches for it, as who invites does
            make_sign_in_address(person)
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
    _close_account(person)
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


@transaction.atomic
def anonymise_person(person: User, *, by: User | None) -> User:
    """Make a departed person nobody in particular. Acts, positions and records keep their author, without a name.

    What was adopted and printed (minutes, reports, decisions) stays as it was adopted.

    Raises:
        DomainError: the person is oneself, or still has a tie with the Network today or later.
    """
    person = lock(person)
    if by is not None and person.pk == by.pk:
        raise DomainError(_("You cannot anonymise your own account; ask somebody else of the secretariat."))
    if tie := last_tie(person, clock.today()):
        raise DomainError(_("%(tie)s: set the last day of this tie first.") % {"tie": tie})
    name, addresses = str(person), {person.email, *sign_in_addresses(person)}
    _close_account(person)
    nobody = f"personne-{person.pk}@anonyme.invalid"
    for field, value in (("civility", ""), ("title", ""), ("phone", ""), ("email", nobody), ("is_active", False)):
        setattr(person, field, value)
    person.given_name, person.family_name = _("Former member"), str(person.pk)
    person.set_unusable_password()
    person.version += 1
    person.save()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    outbox.forget_text_of(OutboxMail.objects.filter(Q(recipient=person) | Q(to__in=addresses)), to=nobody)
    outbox.forget_texts_naming(name)
    journal.forget_words({name: str(person), **dict.fromkeys(addresses, nobody)})
    journal.record("anonymise_person", person, by=by)
    return person


def _close_account(person: User) -> None:
    for session in UserSession.objects.filter(user=person).order_by("pk"):
        session.end()
    revoke_open_invitations(person)


def _require_free_address(address: str, person: User | None = None) -> None:
    holder = signing_in_with(address)
    if holder and holder != person:
        raise Refused(_("Somebody else already signs in with this address."), "email")
