"""What a person is in the Network on a day: entity, rank, roles, seat. Every rule asks, once a request."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from core import clock
from members.enums import MembershipKind, Rank, Role, Seat
from members.models import CoChairTerm, Entity, FocalPoint, InstitutionalRole, Membership, User


@dataclass(frozen=True)
class Standing:
    """Facts about one person on one day.

    Attributes:
        entity: the entity the person speaks for as focal point, or chairs for; ``None`` without one.
        rank: focal point rank, ``None`` for others.
        has_voice: the entity is a full member that day and the person is its focal point (one voice per entity).
        roles: institutional roles held.
        seat: co-chair seat held.
    """

    day: date
    entity: Entity | None = None
    rank: Rank | None = None
    has_voice: bool = False
    is_member: bool = False
    roles: frozenset[Role] = frozenset()
    seat: Seat | None = None

    @property
    def is_secretariat(self) -> bool:
        return Role.SECRETARIAT in self.roles

    @property
    def is_rc_office(self) -> bool:
        return Role.RC_OFFICE in self.roles

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    @property
    def is_co_chair(self) -> bool:
        return self.seat is not None

    @property
    def is_network(self) -> bool:
        """Takes part in the Network's internal life: speaks for a member or invitee, chairs, serves or oversees."""
        return self.is_member or self.is_co_chair or self.is_secretariat or self.is_rc_office


def standing_of(user: Any) -> Standing:
    """The standing of ``user`` today, kept on the user object so that one request asks once."""
    today = clock.today()
    if not user.is_authenticated:
        return Standing(today)
    known = getattr(user, "_standing", None)
    if known is None or known.day != today:
        known = user._standing = standing_on(user, today)
    return known


def standing_on(user: Any, day: date) -> Standing:
    """The standing of ``user`` on ``day``: two queries, one for the person and one for the entity."""
    focal = FocalPoint.objects.on(day).filter(person=OuterRef("pk"))
    term = CoChairTerm.objects.on(day).filter(person=OuterRef("pk"))
    roles = InstitutionalRole.objects.on(day).filter(person=OuterRef("pk"))
    facts = (
        User.objects.filter(pk=user.pk)
        .annotate(
            focal_entity=Subquery(focal.values("entity")[:1]),
            rank=Subquery(focal.values("rank")[:1]),
            term_entity=Subquery(term.values("entity")[:1]),
            seat=Subquery(term.values("seat")[:1]),
            held_roles=ArraySubquery(roles.values("role")),
        )
        .values("focal_entity", "rank", "term_entity", "seat", "held_roles")
        .get()
    )
    entity = entity_with_kind(facts["focal_entity"] or facts["term_entity"], day)
    kind = entity.membership_kind if entity else None  # type: ignore[attr-defined]
    return Standing(
        day=day,
        entity=entity,
        rank=Rank(facts["rank"]) if facts["rank"] else None,
        has_voice=facts["rank"] is not None and kind == MembershipKind.MEMBER,
        is_member=kind is not None,
        roles=frozenset(Role(role) for role in facts["held_roles"]),
        seat=Seat(facts["seat"]) if facts["seat"] else None,
    )


def entity_with_kind(pk: int | None, day: date) -> Entity | None:
    """The entity and, as ``membership_kind``, what it is to the Network on ``day``."""
    if pk is None:
        return None
    held = Membership.objects.on(day).filter(entity=OuterRef("pk"))
    return Entity.objects.annotate(membership_kind=Subquery(held.values("kind")[:1])).get(pk=pk)
