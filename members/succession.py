"""What a succession changes: reckoned once, shown on the page of checking, then carried out as it was shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core import checks
from core.models import JournalEvent
from core.refusals import Refused
from core.templatetags.typography import long_day
from members import duties
from members.models import CoChairTerm, Dated, Delegation, FocalPoint, InstitutionalRole, User
from members.queries import require_no_partner

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Choice:
    """What the secretariat decides: who succeeds, the last day of the one who leaves, and what goes along."""

    person: User
    successor: User
    last_day: date
    roles: bool = False
    seat: bool = False

    @property
    def first_day(self) -> date:
        return self.last_day + ONE_DAY


@dataclass(frozen=True)
class Succession:
    """Everything that a choice changes.

    Attributes:
        focal: the tie by which the person would still speak for an entity after the last day, if there is one.
        vacated: the tie of the successor that ends with it: whose rank nobody holds afterwards.
        roles: institutional roles that go along.
        seat: the co-chair term that goes along.
        ended: delegations by which the person speaks for somebody, and which end.
        kept: ties of the person that do not go along.
        charges: each kind of duties with what is open of it.
    """

    choice: Choice
    focal: FocalPoint | None
    vacated: FocalPoint | None
    roles: list[InstitutionalRole]
    seat: CoChairTerm | None
    ended: list[Delegation]
    kept: list[Dated]
    charges: list[tuple[duties.Charge, list[duties.Duty]]]

    @property
    def moving(self) -> dict[str, int]:
        """How many things of each kind change hands; kinds of which none does are left out."""
        counts = {str(charge.title): sum(1 for duty in found if not duty.stays) for charge, found in self.charges}
        return {title: count for title, count in counts.items() if count}

    @property
    def ties_in_words(self) -> list[str]:
        """Each tie that changes hands: « point focal titulaire, UNICEF »."""
        given = [str(role.get_role_display()) for role in self.roles]
        if self.seat:
            given.insert(0, f"{self.seat.get_seat_display()}, {self.seat.entity}")
        if self.focal:
            given.insert(0, f"{self.focal.get_rank_display()}, {self.focal.entity}")
        return given

    @property
    def is_empty(self) -> bool:
        return not (self.focal or self.roles or self.seat or self.ended or self.moving)

    @property
    def word(self) -> str:
        """What stands on the page of checking, for the button to bring back."""
        ties = [tie and (tie.pk, tie.starts_on, tie.ends_on) for tie in self._ties()]
        open_duties = [(duty.key, bool(duty.stays)) for _charge, found in self.charges for duty in found]
        return checks.word(self.choice.successor.pk, self.choice.last_day, ties, open_duties)

    def _ties(self) -> Iterator[Any]:
        yield from (self.focal, self.vacated, self.seat, *self.roles, *self.ended, *self.kept)


def held(person: User, model: type[Dated], day: date) -> list[Any]:
    """The ties of this kind that hold on ``day`` or begin later."""
    return list(model.objects.between(day, None).filter(person=person).order_by("starts_on", "pk"))


def reckon(choice: Choice) -> Succession:
    """What the choice changes today.

    Raises:
        Refused: the person would succeed themselves, the account of the successor is closed, the successor speaks for
            another entity or answers for a partner, or the person acted, or a tie begins, after the last day.
    """
    if choice.successor == choice.person:
        raise Refused(_("Choose somebody else: nobody succeeds themselves."), "successor")
    if not choice.successor.is_active:
        raise Refused(_("The account of %s is closed.") % choice.successor, "successor")
    require_no_partner(choice.successor, choice.first_day, None, "successor")
    # What is over by the last day anyhow is not handed over, and costs the successor nothing.
    kinds = (FocalPoint, InstitutionalRole, CoChairTerm, Delegation)
    speaking, roles, terms, ended = (held(choice.person, kind, choice.first_day) for kind in kinds)
    _check_days(choice, [*speaking, *roles, *terms, *ended])
    _check_acts(choice)
    focal = speaking[0] if speaking else None
    moving_roles, seat = (roles if choice.roles else []), (terms[0] if terms and choice.seat else None)
    kept: list[Dated] = [*(roles if not choice.roles else []), *(term for term in terms if term != seat)]
    return Succession(
        choice, focal, _vacated(choice, focal, seat), moving_roles, seat, ended, kept,
        [(charge, list(charge.open_of(choice.person))) for charge in duties.charges()],
    )  # fmt: skip


def _check_days(choice: Choice, ties: list[Any]) -> None:
    for tie in ties:
        if tie.starts_on > choice.last_day:
            raise Refused(_("%(tie)s: this begins after the last day.") % {"tie": tie}, "last_day")


def _check_acts(choice: Choice) -> None:
    """Nobody has acted for an entity that they had left already."""
    acts = JournalEvent.objects.filter(actor=choice.person, at__date__gt=choice.last_day).order_by("-at")
    if last := acts.first():
        said = {"person": choice.person, "day": long_day(last.at)}
        raise Refused(
            _("%(person)s still acted on %(day)s: the last day is that one at the earliest.") % said, "last_day"
        )


def _vacated(choice: Choice, focal: FocalPoint | None, seat: CoChairTerm | None) -> FocalPoint | None:
    """The tie that the successor leaves, in the same entity: one of another entity is a refusal."""
    own = FocalPoint.objects.between(choice.first_day, None).filter(person=choice.successor)
    tie = own.select_related("entity").order_by("starts_on", "pk").first()
    entity_pk = focal.entity_id if focal else seat.entity_id if seat else None
    if tie is None or entity_pk is None:
        return None
    if tie.entity_id != entity_pk:
        names = {"person": choice.successor, "entity": tie.entity}
        raise Refused(_("%(person)s speaks for another entity: %(entity)s.") % names, "successor")
    return tie if focal else None
