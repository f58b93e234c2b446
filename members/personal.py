"""What the list of members keeps about people: who they are, their ties, and how they sign in."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal import Holding
from core.templatetags.typography import browser_name
from members.models import CoChairTerm, Delegation, FocalPoint, InstitutionalRole, Invitation, PartnerContact, User

PERIOD = (_("From"), _("Until"))


def _details(person: User) -> Iterator[tuple[Any, ...]]:
    yield (
        person.civility, person.given_name, person.family_name, person.title, person.email, person.phone,
        person.get_language_display(), person.created_at, person.last_login,
    )  # fmt: skip


def _addresses(person: User) -> Iterator[tuple[Any, ...]]:
    for address in EmailAddress.objects.filter(user=person).order_by("pk"):
        yield address.email, _("yes") if address.verified else _("no")


def _ties(person: User) -> Iterator[tuple[Any, ...]]:
    for speaking in FocalPoint.objects.filter(person=person).select_related("entity").order_by("starts_on", "pk"):
        yield speaking.entity.acronym, speaking.get_rank_display(), speaking.starts_on, speaking.ends_on
    passed_on = Delegation.objects.filter(Q(person=person) | Q(giver=person)).select_related(
        "entity", "giver", "person"
    )
    for delegation in passed_on.order_by("starts_on", "pk"):
        yield delegation.entity.acronym, str(delegation), delegation.starts_on, delegation.ends_on
    for term in CoChairTerm.objects.filter(person=person).select_related("entity").order_by("starts_on", "pk"):
        yield term.entity.acronym, term.get_seat_display(), term.starts_on, term.ends_on
    for role in InstitutionalRole.objects.filter(person=person).order_by("starts_on", "pk"):
        yield "", role.get_role_display(), role.starts_on, role.ends_on


def _contacts(person: User) -> Iterator[tuple[Any, ...]]:
    for tie in PartnerContact.objects.filter(person=person).select_related("partner").order_by("starts_on", "pk"):
        yield tie.partner.name, tie.starts_on, tie.ends_on


def _invitations(person: User) -> Iterator[tuple[Any, ...]]:
    for invitation in Invitation.objects.filter(person=person).order_by("invited_at", "pk"):
        yield invitation.invited_at, invitation.accepted_at, invitation.revoked_at


def _second_steps(person: User) -> Iterator[tuple[Any, ...]]:
    for step in Authenticator.objects.filter(user=person).order_by("pk"):
        yield step.get_type_display(), step.created_at, step.last_used_at


def _linked_accounts(person: User) -> Iterator[tuple[Any, ...]]:
    for account in SocialAccount.objects.filter(user=person).order_by("pk"):
        yield account.get_provider_account().get_user_data()["email"], account.date_joined, account.last_login


def _sessions(person: User) -> Iterator[tuple[Any, ...]]:
    for session in UserSession.objects.filter(user=person).order_by("pk"):
        yield session.created_at, session.last_seen_at, session.ip, browser_name(session.user_agent)


HOLDINGS = (
    Holding(
        _("Your details"),
        (
            _("Civility"), _("Given name"), _("Family name"), _("Function"), _("E-mail"), _("Telephone"),
            _("Language of the mails"), _("Recorded on"), _("Last sign-in"),
        ),
        (), _details,
    ),
    Holding(
        _("Addresses you sign in with"), (_("E-mail"), _("Proved")), ("account.EmailAddress.user",), _addresses
    ),
    Holding(
        _("Ties with the Network"), (_("Entity"), _("As"), *PERIOD),
        (
            "members.FocalPoint.person", "members.Delegation.person", "members.Delegation.giver",
            "members.CoChairTerm.person", "members.InstitutionalRole.person",
        ), _ties,
    ),
    Holding(_("Contact of a partner"), (_("Partner"), *PERIOD), ("members.PartnerContact.person",), _contacts),
    Holding(
        _("Invitations to open an account"), (_("Invited"), _("Accepted"), _("Withdrawn")),
        ("members.Invitation.person",), _invitations,
    ),
    Holding(
        _("Second step of sign-in"), (_("Means"), _("Added"), _("Last used")), ("mfa.Authenticator.user",),
        _second_steps,
    ),
    Holding(
        _("Linked Microsoft account"), (_("E-mail"), _("Added"), _("Last used")), ("socialaccount.SocialAccount.user",),
        _linked_accounts,
    ),
    Holding(
        _("Open sessions"), (_("Opened"), _("Last seen"), _("Network address"), _("Browser")),
        ("usersessions.UserSession.user",), _sessions,
    ),
)  # fmt: skip
# Who did it stands in the journal too, and is given with the acts.
IN_JOURNAL = ("members.Invitation.invited_by", "members.Import.checked_by")
