"""When consensus may be noted. Clause M-61: by consensus after consultation; it is noted, never counted."""

from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from decisions import queries, subjects
from decisions.enums import Mode, Stance
from decisions.models import Decision, Position
from members.models import User
from members.queries import co_chairs_on


class ObjectionStands(DomainError):
    """Consensus cannot be noted while an entity objects (clause M-61)."""


class NotEverybodyHeard(DomainError):
    """Consensus comes after consultation: somebody spoke, and in writing everybody had the time to (ADR 10)."""


class NotedBefore(DomainError):
    """Each co-chair notes the consensus once."""


def check_consensus(decision: Decision, words: dict[int, Position]) -> None:
    """Refuse while something stands in the way of consensus on a decision in call.

    Args:
        words: the :func:`queries.last_words` of the decision.

    Raises:
        ObjectionStands: names the entities whose objection stands. The database refuses it too.
        NotEverybodyHeard: some entity has not spoken and the deadline has not come, unless it is done in a meeting; or
            none has spoken at all, or fewer than the quorum of the rules it runs under, unless silence is consent and
            its time is over (GA decision 74/544).
        DomainError: what else the kind of decision asks for is missing, or it would no longer be in force.
    """
    objecting = [word.entity for word in words.values() if word.stance == Stance.OBJECTS]
    if objecting:
        names = ", ".join(str(entity) for entity in objecting)
        raise ObjectionStands(_("Consensus cannot be noted while an objection stands (%s).") % names)
    is_over = decision.call_deadline is not None and clock.now() >= decision.call_deadline
    may_agree_silently = decision.mode == Mode.SILENCE and is_over
    if not words and not may_agree_silently:
        raise NotEverybodyHeard(_("No entity has spoken yet: consensus is noted after consultation."))
    if decision.mode != Mode.IN_SESSION and not is_over and queries.silent_entities(decision, words):
        raise NotEverybodyHeard(_("The deadline has not come, and some entities have not spoken yet."))
    _require_quorum(decision, words)
    if decision.in_force_until and decision.in_force_until < clock.today():
        raise DomainError(_("It would be in force until a day that has passed: take the text up again."))
    for demand in subjects.demands_on(decision):
        demand.check(decision)


@dataclass(frozen=True)
class Quorum:
    """How many entities have a voice, of how many a word is asked for, and how many gave one."""

    entities: int
    needed: int
    heard: int

    @property
    def is_reached(self) -> bool:
        return self.heard >= self.needed


def quorum_of(decision: Decision, words: dict[int, Position]) -> Quorum | None:
    """Where the rules that a decision in call runs under ask for one; none is asked of silence that is consent.

    Args:
        words: the :func:`queries.last_words` of the decision.
    """
    share = decision.procedure.quorum if decision.procedure else None
    if share is None or decision.mode == Mode.SILENCE:
        return None
    entities = queries.entities_with_a_voice()
    return Quorum(len(entities), ceil(len(entities) * share / 100), sum(entity.pk in words for entity in entities))


def _require_quorum(decision: Decision, words: dict[int, Position]) -> None:
    """The share of the member entities whose word the rules ask for, whatever the word (clause M-61: none is counted
    for or against).
    """
    asked = quorum_of(decision, words)
    if asked and not asked.is_reached:
        said = {"needed": asked.needed, "all": asked.entities, "heard": asked.heard}
        raise NotEverybodyHeard(
            _("The rules ask for a word of %(needed)s of the %(all)s entities: %(heard)s have spoken.") % said
        )


def awaits_another(decision: Decision, by: User) -> bool:
    """Whether the rules it runs under ask for both co-chairs, and ``by`` would be the first of two to note it.

    Raises:
        NotedBefore: ``by`` noted it already.
    """
    if decision.procedure is None or not decision.procedure.both_chairs_note:
        return False
    if decision.first_noted_by_id == by.pk:
        raise NotedBefore(_("You noted the consensus already: the other co-chair is asked to note it too."))
    others = {term.person_id for term in co_chairs_on(clock.today())} - {by.pk}
    return bool(others) and decision.first_noted_by_id not in others


def why_not(decision: Decision, words: dict[int, Position], by: User) -> str:
    """What ``by`` would be refused, said before they try; empty when nothing stands in the way."""
    try:
        check_consensus(decision, words)
        awaits_another(decision, by)
    except DomainError as refusal:
        return str(refusal)
    return ""
