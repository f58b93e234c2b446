"""The address of every page of the portal, found by asking for it: what the sweeps walk over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from core import clock
from core.models import Job, OutboxMail
from decisions import call_links
from decisions.models import Candidacy, Comment, Decision, Nomination, OnBehalf, Position, RulesOfProcedure
from frameworks.models import CalendarDay, NationalPriority
from meetings.models import ActionPoint, AgendaItem, GuestPass, Meeting, MeetingRequest, Remark
from members.models import (
    CoChairTerm,
    Delegation,
    Entity,
    FocalPoint,
    Import,
    InstitutionalRole,
    Membership,
    Partner,
    PartnerContact,
    User,
)
from outreach.models import Engagement
from reports.models import DecisionExtract, HandoverPack, MemberList
from tests.nets.portal import leads_up
from tests.permissions.table import OF_THE_ACCOUNT_LIBRARY
from workinggroups.models import (
    ChairOffer,
    Deliverable,
    GroupChair,
    GroupMeeting,
    GroupMember,
    GroupPaper,
    GroupPass,
    WorkingGroup,
)
from workplan.models import Activity, Outcome, WorkPlan

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
VISITOR = ""
SECRETARIAT, CO_CHAIR = "secretariat@example.org", "copresidence.oim@example.org"
FOCAL_POINT, RC_OFFICE, ADMINISTRATOR = "pointfocal.unicef@example.org", "bcr@example.org", "admin@example.org"
# Somebody whose password was right and whose code is asked for.
HALFWAY = "halfway"
# Asked in this order; the first one that gets in looks at the page.
READERS = (SECRETARIAT, CO_CHAIR, FOCAL_POINT, VISITOR)
EVERYBODY = (*READERS, RC_OFFICE, ADMINISTRATOR)

# Parts of the portal that are walked one test each.
PARTS = (
    "portal",
    "frameworks",
    "calendar",
    "procedure",
    "nominations",
    "groups",
    "group_guests",
    "handover",
    "lists",
    "members",
    "memberships",
    "imports",
    "partners",
    "engagements",
    "decisions",
    "extracts",
    "statements",
    "meetings",
    "guests",
    "actions",
    "workplan",
    "reports",
    "account",
)

# Routes that answer a GET with something else than a page: a status, a fragment that a page swaps in, a file.
NOT_PAGES = {
    "health", "set_language", "reports:report_progress", "workplan:file_progress",
    "handover:handover_progress", "handover:handover_download",
    "extracts:extract_progress", "extracts:extract_download", "lists:list_progress", "lists:list_download",
    "reports:report_download", "reports:report_export",
    "decisions:position_proof", "meetings:feed_ics", "groups:unct_record_file",
    "groups:paper_file", "group_guests:guest_file", "imports:template_xlsx", "members:entity_logo",
    "workplan:transmitted_file", "mfa_download_recovery_codes",
}  # fmt: skip
# Pages of the account library that need a secret of the moment: a code sent by mail, a key in the hand, a tenant.
NEED_A_SECRET = {
    "account_set_password", "account_confirm_login_code", "account_reset_password_from_key",
    "mfa_login_webauthn", "mfa_reauthenticate_webauthn",
    "openid_connect_login", "openid_connect_callback", "socialaccount_connections",
}  # fmt: skip
# One page for each state: what can be done there, and so the page, differs.
EACH_STATE = {
    "decisions:decision_detail": Decision,
    "meetings:meeting_detail": Meeting,
    "procedure:procedure_detail": RulesOfProcedure,
    "groups:group_detail": WorkingGroup,
    "nominations:nomination_detail": Nomination,
    "workplan:plan_detail": WorkPlan,
}

# Tokens of open invitations: nobody but the mail knows them.
TOKENS: list[str] = []


@dataclass(frozen=True)
class Page:
    """An address, the e-mail of the person who looks at it (empty for a visitor), and what they are given."""

    route: str
    address: str
    reader: str
    content: bytes = field(repr=False)


def part_of(route: str) -> str:
    if ":" in route:
        return route.split(":")[0]
    return "account" if route.startswith(OF_THE_ACCOUNT_LIBRARY) else "portal"


def routes(resolver=None, namespace: str = "", outer: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name of each route and the names of what its address is filled with."""
    for entry in (resolver or get_resolver()).url_patterns:
        wanted = (*outer, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", wanted
        else:
            yield from routes(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, wanted)


def client_of(reader: str) -> Client:
    """A client signed in with the password, so that the pages of the account trust it."""
    client = Client(raise_request_exception=False)
    if reader:
        answer = client.post(reverse("account_login"), {"login": reader, "password": settings.DEMO_PASSWORD})
        assert answer.status_code == 302, f"{reader} cannot sign in"
    return client


def open_clients() -> dict[str, Client]:
    """Everybody signed in. The co-chair uses an application as second proof, the focal point a key; all gave their
    password again, as one is asked to before such a proof is changed."""
    clients = {reader: client_of(reader) for reader in EVERYBODY}
    for reader in (SECRETARIAT, CO_CHAIR, FOCAL_POINT):
        answer = clients[reader].post(reverse("account_reauthenticate"), {"password": settings.DEMO_PASSWORD})
        assert answer.status_code == 302, f"{reader} cannot confirm the password"
    co_chair, focal_point = (User.objects.get(emailaddress__email=email) for email in (CO_CHAIR, FOCAL_POINT))
    TOTP.activate(co_chair, generate_totp_secret())
    RecoveryCodes.activate(co_chair)
    WebAuthn.add(focal_point, "Clé du bureau", {})
    return {**clients, HALFWAY: client_of(CO_CHAIR)}


class Walk:
    """Every page of the portal as it stands, each part asked for once."""

    def __init__(self, clients: dict[str, Client]):
        self._clients = clients
        self._found: dict[str, tuple[list[Page], list[str]]] = {}

    def through(self, part: str) -> tuple[list[Page], list[str]]:
        """The pages of one part, and the routes that gave none although they can be asked for."""
        if part not in self._found:
            self._found[part] = _pages_of(part, self._clients)
        return self._found[part]


def _pages_of(part: str, clients: dict[str, Client]) -> tuple[list[Page], list[str]]:
    pages, without = [], []
    for name, wanted in routes():
        if part_of(name) != part or name in NOT_PAGES | NEED_A_SECRET:
            continue
        found = list(_pages_at(name, wanted, clients))
        pages += [page for page in found if page.address]
        if not found:
            without.append(name)
    return pages, without


def _seen(client: Client, address: str) -> Any:
    """The page without a browser; a session that was written to stays free for the browser."""
    with transaction.atomic():
        answer = client.get(address)
        transaction.set_rollback(True)
    return answer


def _pages_at(name: str, wanted: tuple[str, ...], clients: dict[str, Client]) -> Iterator[Page]:
    """One page; one for each state where that matters; one without address for what is no page."""
    if name in EACH_STATE:
        for given in EACH_STATE[name].objects.order_by("state", "-pk").distinct("state"):
            address = given.get_absolute_url()
            yield Page(name, address, SECRETARIAT, _seen(clients[SECRETARIAT], address).content)
        return
    no_page = None
    for given in list(_objects_for(name, wanted))[:12]:
        address = reverse(name, args=given)
        for reader in (*READERS, HALFWAY):
            answer = _seen(clients[reader], address)
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                yield Page(name, address, reader, answer.content)
                return
            if leads_up(answer) or answer.status_code == 200:
                no_page = Page(name, "", reader, b"")  # a button, a file, a form with nothing to do here
                break
    if no_page:
        yield no_page


def _objects_for(name: str, wanted: tuple[str, ...]) -> Iterable[tuple]:
    """What the address of a route may be filled with, the newest first."""
    if not wanted:
        return [()]
    if "token" in wanted:
        passes = GuestPass.objects.order_by("-pk") if name.startswith("guests:") else ()
        return [(one.token,) for one in passes] or [(token,) for token in TOKENS]
    if "decision_pk" in wanted:
        return [(1, 1, 1)]  # never a page
    part = next((name for name in IN_TWO_PARTS if name in wanted), "")
    if part:
        return IN_TWO_PARTS[part]()
    if "code" in wanted:
        activities = Activity.objects.select_related("outcome__plan").order_by("-outcome__plan__year", "outcome", "pk")
        return [(activity.outcome.plan.year, activity.code) for activity in activities]
    if "number" in wanted:
        return Outcome.objects.order_by("-plan__year", "number").values_list("plan__year", "number")
    if name.startswith(("reports:", "calendar:calendar_year")):
        return [(clock.today().year,), (clock.today().year - 1,)]
    model, field = next(OBJECTS[start] for start in OBJECTS if name.startswith(start))
    return model.objects.order_by("-pk").values_list(field)


def call_tokens() -> list[tuple]:
    """Those of UNICEF's focal point, for each call that is open."""
    reader = User.objects.get(emailaddress__email=FOCAL_POINT)
    calls = Decision.objects.filter(state="call").order_by("-pk")
    return [(call_links.url_of(call, reader).split("/")[-2],) for call in calls]


# second part of an address → both parts, what comes first and what is its own
IN_TWO_PARTS = {
    "group_token": lambda: [(one.token,) for one in GroupPass.objects.order_by("-pk")],
    "call_token": call_tokens,
    "reviewed": lambda: [
        (review.pk, group.slug)
        for review in Meeting.objects.filter(kind="annual_review", state="held").order_by("-pk")
        for group in WorkingGroup.objects.filter(state="active").order_by("-number")
    ],
    "seat_pk": lambda: [(one.group.slug, one.pk) for one in GroupMember.objects.order_by("-pk")],
    "paper_pk": lambda: [(one.group.slug, one.pk) for one in GroupPaper.objects.order_by("-pk")],
    "deliverable_pk": lambda: [(one.group.slug, one.pk) for one in Deliverable.objects.order_by("-pk")],
    "group_meeting_pk": lambda: [(one.group.slug, one.pk) for one in GroupMeeting.objects.order_by("-pk")],
    "group_pass_pk": lambda: [(one.group.slug, one.pk) for one in GroupPass.objects.order_by("-pk")],
    "offer_pk": lambda: [(one.call.group.slug, one.pk) for one in ChairOffer.objects.order_by("-pk")],
    "chair_pk": lambda: [(one.group.slug, one.pk) for one in GroupChair.objects.order_by("-pk")],
    "group_number": lambda: [(one.slug,) for one in WorkingGroup.objects.order_by("-number")],
    "paragraph": lambda: [(one.pk, 1) for one in Decision.objects.filter(state="consultation").order_by("-pk")],
    "language": lambda: [(one.pk, "en") for one in Decision.objects.filter(state="consultation").order_by("-pk")],
    "comment_pk": lambda: Comment.objects.order_by("-pk").values_list("decision_id", "pk"),
    "key": lambda: [(one.pk, "days_since_last_plenary") for one in RulesOfProcedure.objects.order_by("-pk")],
    "position": lambda: OnBehalf.objects.order_by("-pk").values_list("position__decision_id", "pk"),
    "objection_pk": lambda: Position.objects.filter(stance="objects").order_by("-pk").values_list("decision_id", "pk"),
    "candidacy_pk": lambda: Candidacy.objects.order_by("-pk").values_list("nomination_id", "pk"),
    "pass_pk": lambda: GuestPass.objects.order_by("-pk").values_list("meeting_id", "pk"),
    "item_pk": lambda: AgendaItem.objects.order_by("-meeting_id", "order").values_list("meeting_id", "pk"),
    "remark_pk": lambda: Remark.objects.order_by("-pk").values_list("meeting_id", "pk"),
    "mail_pk": lambda: OutboxMail.objects.filter(kind="meetings.minutes").order_by("-pk").values_list("about_id", "pk"),
}
# how routes begin → the objects of their addresses
OBJECTS = {
    "frameworks:": (NationalPriority, "slug"),
    "calendar:": (CalendarDay, "day"),
    "members:person_": (User, "pk"),
    "members:role_grant": (User, "pk"),
    "members:succession": (User, "pk"),
    "members:delegation_": (Delegation, "pk"),
    "members:term_end": (CoChairTerm, "pk"),
    "members:term_remove": (CoChairTerm, "pk"),
    "members:membership_end": (Membership, "pk"),
    "members:membership_remove": (Membership, "pk"),
    "members:focal_point_end": (FocalPoint, "pk"),
    "members:focal_point_remove": (FocalPoint, "pk"),
    "members:role_end": (InstitutionalRole, "pk"),
    "members:role_remove": (InstitutionalRole, "pk"),
    "members:invitation_": (User, "pk"),
    "members:": (Entity, "slug"),
    "memberships:": (Entity, "slug"),
    "entity_contribution": (Entity, "slug"),
    "imports:": (Import, "pk"),
    "partners:contact_end": (PartnerContact, "pk"),
    "partners:contact_remove": (PartnerContact, "pk"),
    "partners:": (Partner, "pk"),
    "engagements:": (Engagement, "pk"),
    "decisions:": (Decision, "pk"),
    "extracts:": (DecisionExtract, "decision"),
    "statements:": (Decision, "pk"),
    "handover:handover_prepare": (CoChairTerm, "pk"),
    "handover:": (HandoverPack, "pk"),
    "lists:": (MemberList, "pk"),
    "nominations:": (Nomination, "pk"),
    "procedure:": (RulesOfProcedure, "pk"),
    "meetings:request_answer": (MeetingRequest, "pk"),
    "meetings:": (Meeting, "pk"),
    "actions:": (ActionPoint, "pk"),
    "workplan:": (WorkPlan, "year"),
    "core:": (Job, "pk"),
    "mfa_": (Authenticator, "pk"),
    "usersessions_": (UserSession, "pk"),
}
