"""What a person is in the Network on a day: entity, rank, roles, seat. Asked for by every rule, fetched once a request."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core import clock
from members.enums import MembershipKind, Rank, Role, Seat
from members.models import CoChairTerm, Entity, FocalPoint, InstitutionalRole, Membership


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
    """The standing of ``user`` on ``day``: four small queries."""
    focal = FocalPoint.objects.on(day).filter(person=user).select_related("entity").first()
    term = CoChairTerm.objects.on(day).filter(person=user).select_related("entity").first()
    roles = InstitutionalRole.objects.on(day).filter(person=user).values_list("role", flat=True)
    entity = focal.entity if focal else term.entity if term else None
    kind = Membership.objects.on(day).filter(entity=entity).values_list("kind", flat=True).first() if entity else None
    return Standing(
        day=day,
        entity=entity,
        rank=Rank(focal.rank) if focal else None,
        has_voice=focal is not None and kind == MembershipKind.MEMBER,
        is_member=kind is not None,
        roles=frozenset(Role(role) for role in roles),
        seat=Seat(term.seat) if term else None,
    )
