"""One person hands over to another: ties, and the open duties of every floor (clauses M-39, M-57)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core import journal
from core.checks import require_unchanged
from core.errors import DomainError
from core.transitions import lock
from members import emails
from members.actions.ties import end_tie, grant_role, name_focal_point, record_co_chair_term
from members.models import InstitutionalRole, User
from members.succession import Choice, Succession, reckon


@transaction.atomic
def hand_over(
    person: User,
    *,
    successor: User,
    last_day: date,
    roles: bool = False,
    seat: bool = False,
    seen: str | None = None,
    by: User,
) -> User:
    """End what ties the person to the Network on ``last_day`` and give it, with every open duty, to the successor.

    Duties change hands at once, ties the day after. What was done keeps its author.

    Args:
        roles: institutional roles go along.
        seat: the entity keeps its co-chair seat: the successor holds it until the end of the term.
        seen: what the page of checking showed (:attr:`Succession.word`); ``None`` without such a page.

    Raises:
        Refused: as :func:`members.succession.reckon`, or a tie of the successor crosses one that is given.
        StaleCheck: what was checked has changed since.
        DomainError: there is nothing to hand over.
    """
    # Two successions at once take them in one order.
    locked = {one.pk: lock(one) for one in sorted([person, successor], key=lambda user: user.pk)}
    person, successor = locked[person.pk], locked[successor.pk]
    change = reckon(Choice(person, successor, last_day, roles, seat))
    require_unchanged(lambda: change.word, seen)
    if change.is_empty:
        raise DomainError(_("%s has nothing to hand over.") % person)
    moved = change.moving
    _hand_over_ties(change, by)
    for charge, _found in change.charges:
        if charge.move:
            charge.move(person, successor, by=by)
    journal.record("hand_over", person, by=by, data={"successor": str(successor), "last_day": last_day, "moved": moved})
    emails.tell_of_succession(change)
    return person


def _hand_over_ties(change: Succession, by: User) -> None:
    """The rows of the change stay as they were read, and so go on saying until when each tie was to hold."""
    choice = change.choice
    if change.vacated:
        end_tie(change.vacated, ends_on=choice.last_day, by=by)
    if tie := change.focal:
        end_tie(tie, ends_on=choice.last_day, by=by)
        name_focal_point(
            tie.entity, person=choice.successor, rank=tie.rank, starts_on=choice.first_day, ends_on=tie.ends_on, by=by
        )
    for delegation in change.ended:
        end_tie(delegation, ends_on=choice.last_day, by=by)
    for role in change.roles:
        _hand_over_role(role, choice, by)
    if term := change.seat:
        end_tie(term, ends_on=choice.last_day, by=by)
        record_co_chair_term(
            term.entity, seat=term.seat, person=choice.successor, starts_on=choice.first_day, ends_on=term.ends_on,
            basis=term.basis, by=by,
        )  # fmt: skip


def _hand_over_role(role: InstitutionalRole, choice: Choice, by: User) -> None:
    """The successor first: the secretariat is never without anybody."""
    held = InstitutionalRole.objects.between(choice.first_day, role.ends_on).filter(person=choice.successor)
    if not held.filter(role=role.role).exists():
        grant_role(choice.successor, role=role.role, starts_on=choice.first_day, ends_on=role.ends_on, by=by)
    end_tie(role, ends_on=choice.last_day, by=by)
