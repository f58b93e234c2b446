"""What a person is in the Network on a day: entity, rank, roles, seat. Every rule asks, once a request."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings

from core import clock
from members.enums import MembershipKind, Rank, Role, Seat
from members.models import Entity


@dataclass(frozen=True)
class Standing:
    """Facts about one person on one day.

    Attributes:
        entity: the entity the person speaks for as focal point, or chairs for; ``None`` without one.
        rank: focal point rank, one's own or that of the giver of a delegation; ``None`` for others.
        is_delegate: the rank is another's, who delegated it for a while.
        has_voice: the entity is a full member that day and the person speaks for it (one voice per entity).
        roles: institutional roles held.
        seat: co-chair seat held.
        seat_entity_id: the entity the seat is held for, which is not always the one spoken for.
        has_second_factor: an authenticator app or a key is asked for after the password.
    """

    day: date
    entity: Entity | None = None
    rank: Rank | None = None
    is_delegate: bool = False
    has_voice: bool = False
    is_member: bool = False
    roles: frozenset[Role] = frozenset()
    seat: Seat | None = None
    seat_entity_id: int | None = None
    has_second_factor: bool = False

    @property
    def titles(self) -> frozenset[str]:
        """What the person is, in the words of the setting SECOND_FACTOR_ROLES."""
        own = {str(role.value) for role in self.roles}
        own |= {"co_chair"} if self.is_co_chair else set()
        return frozenset(own | {"focal_point"} if self.rank else own)

    @property
    def lacks_second_factor(self) -> bool:
        """Something the person is asks for a second proof at sign-in, and there is none."""
        return not self.has_second_factor and not self.titles.isdisjoint(settings.SECOND_FACTOR_ROLES)

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

    @property
    def place(self) -> "Standing":
        """The same on no day and for no entity: what chooses between the prepared queries of different readers."""
        return replace(self, day=date.min, entity=None, seat_entity_id=None, has_second_factor=False)


def standing_of(user: Any) -> Standing:
    """The standing of ``user`` today, kept on the user object so that one request asks once.

    A standing stands for itself.
    """
    if isinstance(user, Standing):
        return user
    today = clock.today()
    if not user.is_authenticated:
        return Standing(today)
    known = getattr(user, "_standing", None)
    if known is None or known.day != today:
        known = user._standing = standing_on(user, today)
    return known


# In SQL because every request asks: composing this question with the ORM costs twenty times what the answer does.
# The exclusion constraints allow a person one focal tie, one delegation and one term on a day, and an entity one
# membership. A delegation counts as long as its giver speaks for the entity.
_TIES = """
SELECT entity.*, person.id AS person_id,
  coalesce(giver.rank, focal.rank) AS rank, giver.rank IS NOT NULL AS is_delegate,
  term.seat, term.entity_id AS seat_entity_id, membership.kind AS membership_kind,
  ARRAY(SELECT role.role FROM members_institutionalrole role
        WHERE role.person_id = person.id AND %(day)s BETWEEN role.starts_on AND coalesce(role.ends_on, 'infinity')
  ) AS roles,
  EXISTS(SELECT 1 FROM mfa_authenticator proof
         WHERE proof.user_id = person.id AND proof.type IN ('totp', 'webauthn')) AS has_second_factor
FROM members_user person
LEFT JOIN members_focalpoint focal ON focal.person_id = person.id
  AND %(day)s BETWEEN focal.starts_on AND coalesce(focal.ends_on, 'infinity')
LEFT JOIN members_delegation delegation ON delegation.person_id = person.id
  AND %(day)s BETWEEN delegation.starts_on AND delegation.ends_on
LEFT JOIN members_focalpoint giver ON giver.person_id = delegation.giver_id
  AND giver.entity_id = delegation.entity_id
  AND %(day)s BETWEEN giver.starts_on AND coalesce(giver.ends_on, 'infinity')
LEFT JOIN members_cochairterm term ON term.person_id = person.id
  AND %(day)s BETWEEN term.starts_on AND coalesce(term.ends_on, 'infinity')
LEFT JOIN members_entity entity ON entity.id = coalesce(giver.entity_id, focal.entity_id, term.entity_id)
LEFT JOIN members_membership membership ON membership.entity_id = entity.id
  AND %(day)s BETWEEN membership.starts_on AND coalesce(membership.ends_on, 'infinity')
WHERE person.id = ANY(%(people)s)
"""


def standing_on(user: Any, day: date) -> Standing:
    """The standing of ``user`` on ``day``: one query."""
    return _standings([user.pk], day)[user.pk]


def look_up(users: Collection[Any]) -> None:
    """Ask for the standings of many people today at once; each is kept as :func:`standing_of` keeps it."""
    standings = _standings([user.pk for user in users], clock.today())
    for user in users:
        user._standing = standings[user.pk]


def _standings(people: list[int], day: date) -> dict[int, Standing]:
    found: Any = Entity.objects.raw(_TIES, {"day": day, "people": people})
    return {facts.person_id: _standing(facts, day) for facts in found}


def _standing(facts: Any, day: date) -> Standing:
    return Standing(
        day=day,
        entity=facts if facts.pk else None,
        rank=Rank(facts.rank) if facts.rank else None,
        is_delegate=facts.is_delegate,
        has_voice=facts.rank is not None and facts.membership_kind == MembershipKind.MEMBER,
        is_member=facts.membership_kind is not None,
        roles=frozenset(Role(role) for role in facts.roles),
        seat=Seat(facts.seat) if facts.seat else None,
        seat_entity_id=facts.seat_entity_id,
        has_second_factor=facts.has_second_factor,
    )
