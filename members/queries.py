"""Reads across people, entities and their ties, always for a given day."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import JournalEvent
from core.refusals import Refused
from frameworks.models import PartnerCategory, Region
from frameworks.queries import numbered_objectives
from members import rotation
from members.enums import MembershipKind, Rank, Role, Seat
from members.models import (
    CoChairTerm,
    Dated,
    Delegation,
    Entity,
    EntityQuerySet,
    FocalPoint,
    InstitutionalRole,
    Invitation,
    Membership,
    Partner,
    PartnerContact,
    PartnerQuerySet,
    User,
    UserQuerySet,
    by_name,
)

# The mandate says « régulièrement » and no number: each network sets its own, in the settings.
PROFILE_FRESH = timedelta(days=settings.MEMBERS_PROFILE_FRESH_DAYS)
DETAILS_FRESH = timedelta(days=settings.MEMBERS_DETAILS_FRESH_DAYS)
SUCCESSION_NOTICE = timedelta(days=settings.MEMBERS_SUCCESSION_NOTICE_DAYS)
EVERY_KIND = tuple(MembershipKind)


def is_stale(reviewed_on: date | None, within: timedelta, day: date) -> bool:
    return reviewed_on is None or day - reviewed_on > within


# --- Entities --------------------------------------------------------------------------------------------------------
def entities(user: User, day: date) -> EntityQuerySet:
    """Those ``user`` may see, with what each is to the Network on ``day`` and since when."""
    held = Membership.objects.on(day).filter(entity=OuterRef("pk"))
    found: EntityQuerySet = Entity.objects.visible_to(user).annotate(
        membership_kind=Subquery(held.values("kind")[:1]), member_since=Subquery(held.values("starts_on")[:1])
    )
    return found


def one_entity(user: User, day: date) -> EntityQuerySet:
    """The same for a page of one, with the names of its regions and the labels of its objectives, both in order, and
    whether it has co-chair terms and delegations, which few entities have, and the ties that were recorded that day.
    """
    regions = Region.objects.in_order().filter(entity=OuterRef("pk")).values("name")
    objectives = numbered_objectives(entity=OuterRef("pk"))
    annotated: EntityQuerySet = entities(user, day).annotate(
        region_names=ArraySubquery(regions), objective_labels=ArraySubquery(objectives),
        recorded_today=ArraySubquery(_recordings(day).values(tie=Concat("object_type", Value(" "), "object_id"))),
        has_terms=Exists(CoChairTerm.objects.filter(entity=OuterRef("pk"))),
        has_delegations=Exists(Delegation.objects.between(day, None).filter(entity=OuterRef("pk"))),
    )  # fmt: skip
    return annotated


def directory(user: User, day: date) -> EntityQuerySet:
    """The same with those who speak for each that day, in the order of the dictionary."""
    speaking = FocalPoint.objects.on(day).select_related("person").order_by("rank", "pk")
    return entities(user, day).by_acronym().prefetch_related(Prefetch("focal_points", speaking, to_attr="speaking"))


@dataclass(frozen=True)
class DirectoryRow:
    """One line of the list of members."""

    entity: Entity
    kind: MembershipKind | None
    since: date | None
    head: User | None
    principal: User | None
    alternate: User | None
    is_stale: bool

    @property
    def is_invitee(self) -> bool:
        return self.kind == MembershipKind.STANDING_INVITEE

    @property
    def needs_principal(self) -> bool:
        return self.kind == MembershipKind.MEMBER and self.principal is None


def directory_rows(entities: Any, day: date) -> list[DirectoryRow]:
    """``entities`` come from :func:`directory`."""
    rows = []
    for entity in entities:
        by_rank = {tie.rank: tie.person for tie in entity.speaking}
        rows.append(
            DirectoryRow(
                entity=entity,
                kind=MembershipKind(entity.membership_kind) if entity.membership_kind else None,
                since=entity.member_since,
                head=by_rank.get(Rank.HEAD),
                principal=by_rank.get(Rank.PRINCIPAL),
                alternate=by_rank.get(Rank.ALTERNATE),
                is_stale=is_stale(entity.profile_reviewed_on, PROFILE_FRESH, day),
            )
        )
    return rows


def entities_with_voice(day: date) -> EntityQuerySet:
    """Full members: each has one voice in a decision. Standing invitees have none."""
    return Entity.objects.members_on(day)


def entities_taking_part(day: date) -> EntityQuerySet:
    """Full members and standing invitees: those a meeting calls together."""
    return Entity.objects.members_on(day, *EVERY_KIND)


def members_without(rank: Rank, day: date) -> EntityQuerySet:
    """Full members for which nobody holds this rank (clause M-39)."""
    named = FocalPoint.objects.on(day).filter(rank=rank)
    return entities_with_voice(day).exclude(pk__in=named.values("entity"))


def members_nobody_signs_in_for(day: date) -> EntityQuerySet:
    """Full members for which somebody is named, and none of those has an open account."""
    speaking = FocalPoint.objects.on(day)
    able = speaking.filter(person__is_active=True, person__emailaddress__verified=True)
    named = entities_with_voice(day).filter(pk__in=speaking.values("entity"))
    return named.exclude(pk__in=able.values("entity"))


# --- People ----------------------------------------------------------------------------------------------------------
def people(user: User, day: date) -> UserQuerySet:
    """Everybody ``user`` may see, as :func:`with_entity`, and the partner each answers for."""
    answering = PartnerContact.objects.on(day).filter(person=OuterRef("pk")).order_by("starts_on", "pk")
    found: UserQuerySet = with_entity(User.objects.visible_to(user), day).annotate(
        partner_id=Subquery(answering.values("partner")[:1]),
        partner_fr=Subquery(answering.values("partner__name_fr")[:1]),
        partner_en=Subquery(answering.values("partner__name_en")[:1]),
    )
    return found


def with_entity(found: UserQuerySet, day: date) -> UserQuerySet:
    """These people by name, with the entity each speaks for on ``day`` and in which rank."""
    speaking = FocalPoint.objects.on(day).filter(person=OuterRef("pk"))
    acronym = "entity__acronym_en" if translation.get_language() == "en" else "entity__acronym_fr"
    annotated: UserQuerySet = found.annotate(
        entity_acronym=Subquery(speaking.values(acronym)[:1]),
        entity_slug=Subquery(speaking.values("entity__slug")[:1]),
        entity_rank=Subquery(speaking.values("rank")[:1]),
    )
    return annotated.by_name()


def successors_of(person: User, day: date) -> UserQuerySet:
    """Who may take over from ``person``, or speak in their place: of the same entity, or who speak for none.

    Neither those who answer for a partner, nor those who oversee the Network without speaking for an entity of it.
    """
    speaking, chairing = FocalPoint.objects.between(day, None), CoChairTerm.objects.between(day, None)
    own = Q(entity__in=speaking.filter(person=person).values("entity"))
    own |= Q(entity__in=chairing.filter(person=person).values("entity"))
    others = User.objects.filter(is_active=True).exclude(pk=person.pk)
    for elsewhere in (speaking.exclude(own), chairing.exclude(own)):
        others = others.exclude(pk__in=elsewhere.values("person"))
    overseeing = InstitutionalRole.objects.between(day, None).filter(role__in=(Role.RC_OFFICE, Role.ADMINISTRATOR))
    for apart in (PartnerContact.objects.between(day, None), overseeing.exclude(person__in=speaking.values("person"))):
        others = others.exclude(pk__in=apart.values("person"))
    nearest_first = F("entity_rank").asc(nulls_last=True)
    return with_entity(others, day).order_by(nearest_first, *by_name())


def speaking_for(entities: Any, day: date) -> Q:
    """People who speak for one of these entities on ``day``: in their own rank or by delegation."""
    named = FocalPoint.objects.on(day).filter(entity__in=entities)
    delegates = Delegation.objects.in_force(day).filter(entity__in=entities)
    return Q(pk__in=named.values("person")) | Q(pk__in=delegates.values("person"))


def contact_people(entity: Entity, day: date) -> UserQuerySet:
    """Who speaks for the entity on ``day`` and may be written to."""
    return voices_of([entity], day)


def network_people(day: date) -> UserQuerySet:
    """Who is invited to a meeting: focal points of members and invitees, and the co-chairs."""
    speaking = speaking_for(entities_taking_part(day).values("pk"), day)
    chairing = CoChairTerm.objects.on(day).values("person")
    return User.objects.filter(speaking | Q(pk__in=chairing), is_active=True).by_name()


def voices_of(entities: Iterable[Entity], day: date) -> UserQuerySet:
    """Who speaks for one of these on ``day`` and may be written to."""
    return User.objects.filter(speaking_for([one.pk for one in entities], day), is_active=True).by_name()


def voices_on(day: date) -> UserQuerySet:
    """People who speak for a full member on ``day``."""
    return User.objects.filter(speaking_for(entities_with_voice(day).values("pk"), day), is_active=True).by_name()


def people_with_role(role: str, day: date) -> UserQuerySet:
    """Those who hold an institutional role on ``day``."""
    held = InstitutionalRole.objects.on(day).filter(role=role)
    return User.objects.filter(pk__in=held.values("person"), is_active=True).by_name()


def ending_terms(day: Any, until: Any) -> QuerySet[CoChairTerm]:
    """Terms of rotating seats that end between these days, and that nobody is named to follow."""
    later = CoChairTerm.objects.filter(seat=OuterRef("seat"), starts_on__gt=OuterRef("starts_on"))
    ending = CoChairTerm.objects.filter(rotation.rotating(day), ends_on__gte=day, ends_on__lte=until)
    return ending.exclude(Exists(later))


# --- Partners -------------------------------------------------------------------------------------------------------
def partners(user: User, day: date) -> PartnerQuerySet:
    """Those ``user`` may see, by name, with their category, regions and (``answering``) the contacts of ``day``."""
    answering = PartnerContact.objects.on(day).select_related("person").order_by("starts_on", "pk")
    found: PartnerQuerySet = Partner.objects.visible_to(user).by_name().select_related("category")
    return found.prefetch_related(
        Prefetch("contacts", answering, to_attr="answering"), Prefetch("regions", Region.objects.in_order())
    )


def categories_without_partner(day: date) -> QuerySet[PartnerCategory]:
    """The categories of clause M-35 in which the Network works with nobody on ``day``."""
    return PartnerCategory.objects.in_order().exclude(pk__in=Partner.objects.current_on(day).values("category"))


# --- Ties ------------------------------------------------------------------------------------------------------------
RECORDING = (
    "record_membership", "name_focal_point", "delegate_voice", "record_co_chair_term", "grant_role", "name_contact",
)  # fmt: skip


def last_tie(person: User, day: date) -> Dated | None:
    """A tie of ``person`` that holds on ``day`` or begins later; ``None`` for who has left for good."""
    for kind in (FocalPoint, Delegation, CoChairTerm, InstitutionalRole, PartnerContact):
        tie = kind.objects.between(day, None).filter(person=person).order_by("starts_on", "pk").first()
        if tie:
            return tie
    return None


HAS_LEFT = gettext_lazy("%s has left the Network by that day.")


def has_left(periods: Iterable[Membership], day: date) -> bool:
    """Whether the last of an entity's memberships ended before ``day``: nobody speaks any more for who left."""
    ends = [period.ends_on for period in periods]
    return bool(ends) and all(end is not None and end < day for end in ends)


def require_no_partner(person: User, first: date, last: date | None, field: str = "person") -> None:
    """Nobody is of the Network and of a partner at once: what partners are told would have no sense.

    Raises:
        Refused: the person answers for a partner on one of these days.
    """
    tie = PartnerContact.objects.between(first, last).filter(person=person).select_related("partner").first()
    if tie:
        sentence = _("%(person)s answers for a partner, %(partner)s: set the last day of this first.")
        raise Refused(sentence % {"person": person, "partner": tie.partner}, field)


def ties_recorded_on(day: date) -> set[tuple[str, str]]:
    """The ties that entered the record on ``day``, as the journal names them."""
    return set(_recordings(day).values_list("object_type", "object_id"))


def _recordings(day: date) -> QuerySet[JournalEvent]:
    begins = timezone.make_aware(datetime.combine(day, time.min))
    verbs = [f"members.{verb}" for verb in RECORDING]
    return JournalEvent.objects.filter(verb__in=verbs, at__range=(begins, begins + timedelta(days=1)))


def is_removable(tie: Dated, day: date, recorded: set[tuple[str, str]]) -> bool:
    """A slip is taken back before it counts, or on the day it was made; ``recorded`` are the ties of that day."""
    return tie.starts_on > day or (tie._meta.label_lower, str(tie.pk)) in recorded


# --- Signing in ------------------------------------------------------------------------------------------------------
def signing_in_with(address: str) -> User | None:
    """Who has proved to own this address. Only such an address signs in: a claim alone opens nothing."""
    proved = EmailAddress.objects.filter(email=address.lower(), verified=True).select_related("user").first()
    return proved.user if proved else None


def account_of(address: str) -> User | None:
    """Whose account a code or a link sent to this address may open; an account begins with an accepted invitation."""
    person = signing_in_with(address)
    return person if person and person.is_active and person.has_usable_password() else None


def sign_in_addresses(person: User) -> list[str]:
    """The addresses ``person`` has proved to own, the main one first."""
    proved = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "email")
    return list(proved.values_list("email", flat=True))


# --- Invitations -----------------------------------------------------------------------------------------------------
def digest(token: str) -> str:
    """What is kept of a token: whoever reads the database cannot use the link."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    return Invitation.objects.select_related("person").filter(token_digest=digest(token)).first()


def last_invitation(person: User) -> Invitation | None:
    return Invitation.objects.filter(person=person).order_by("-invited_at", "-pk").first()


# --- Co-chairs -------------------------------------------------------------------------------------------------------
def co_chairs_on(day: date) -> list[CoChairTerm]:
    """The terms that cover ``day``, coordinator's seat first."""
    terms: QuerySet[CoChairTerm] = CoChairTerm.objects.on(day).select_related("entity", "person")
    return list(terms.order_by("seat", "pk"))


@dataclass(frozen=True)
class SeatView:
    """One seat on one day: who holds it, who comes next, who held it before."""

    seat: Seat
    current: CoChairTerm | None
    coming: list[CoChairTerm]
    past: list[CoChairTerm]
    succession_is_due: bool

    @property
    def ends_on(self) -> date | None:
        return self.current.ends_on if self.current else None


def seats_on(day: date) -> list[SeatView]:
    rotates = Case(When(rotation.rotating(day), then=True), default=False)
    held = CoChairTerm.objects.select_related("entity", "person").annotate(rotates=rotates)
    terms = list(held.order_by("-starts_on", "pk"))
    return [_seat_view(seat, [term for term in terms if term.seat == seat], day) for seat in Seat]


def _seat_view(seat: Seat, terms: list[Any], day: date) -> SeatView:
    current = next((term for term in terms if term.holds_on(day)), None)
    coming = sorted((term for term in terms if term.starts_on > day), key=lambda term: term.starts_on)
    past = [term for term in terms if term.ends_on is not None and term.ends_on < day]
    ends_on = current.ends_on if current else None
    ends_soon = ends_on is not None and ends_on - day <= SUCCESSION_NOTICE
    is_due = ends_soon and not coming and current is not None and current.rotates
    return SeatView(seat, current, coming, past, is_due)
