"""What entities say of the frozen text: one voice for each. Never changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError, StaleVersion
from core.transitions import lock
from decisions import emails, procedure, queries
from decisions.enums import BEFORE_NETWORK, Capacity, Channel, DecisionState, Stance
from decisions.models import Decision, Position
from members.enums import Rank
from members.models import Entity, User
from members.standing import standing_on


class AlreadyHeard(StaleVersion):
    """Somebody else spoke for the entity after the page was opened; their word is not replaced unread."""

    def __init__(self, word: Position) -> None:
        super().__init__(word)
        said = {"person": word.author, "entity": word.entity, "stance": word.get_stance_display()}
        sentence = _(
            "%(person)s has spoken for %(entity)s meanwhile: it %(stance)s. To replace it with yours, send it again."
        )
        self.args = (sentence % said,)


class NoVoice(DomainError):
    """Only full members have a voice, through their head, principal or alternate of that day (clause M-39)."""


@transaction.atomic
def state_position(
    decision: Decision,
    *,
    stance: str,
    reason: str = "",
    alternative: str = "",
    text_number: int | None = None,
    version: int | None = None,
    channel: Channel = Channel.PORTAL,
    by: User,
) -> Position:
    """Speak for one's entity on the frozen text. The last word counts, all stay on record.

    An objection is lifted whenever the decision is before the Network, be it deferred or in consultation again.

    Args:
        text_number: the version of the text the person read; ``None`` takes the frozen one.
        version: the number of the entity's last word that the person saw, nought for none; ``None`` does not ask.
        channel: signed in on the portal, or by the link of a mail, of which the entity is then told (ADR 22).

    Raises:
        NoVoice: the person does not speak for a full member today, or may not object under the rules of procedure.
        AlreadyHeard: somebody else spoke for the entity meanwhile.
        DomainError: the call is closed, the text is another one, or a reason is missing.
    """
    standing = standing_on(by, clock.today())
    if not standing.has_voice or standing.entity is None or standing.rank is None:
        raise NoVoice(_("You do not speak for a member entity of the Network today."))
    decision = lock(decision)
    if stance == Stance.OBJECTS:
        _require_objector(decision, standing.rank)
    word = queries.last_words(decision).get(standing.entity.pk)
    if word and version is not None and version != word.pk and decision.state in BEFORE_NETWORK:
        raise AlreadyHeard(word)
    capacity = Capacity.DELEGATE if standing.is_delegate else Capacity(standing.rank)
    said = write_position(decision, standing.entity, stance, reason, alternative, text_number, by, capacity, channel)
    if channel == Channel.LINK:
        emails.tell_of_answer(said)
    return said


def write_position(
    decision: Decision,
    entity: Entity,
    stance: str,
    reason: str,
    alternative: str,
    text_number: int | None,
    by: User,
    capacity: Capacity,
    channel: Channel,
) -> Position:
    """One word on record, by whichever way it came; the checks are those of :func:`state_position`."""
    # The same lock as note_consensus: an objection and a consensus cannot pass each other.
    decision = lock(decision)
    frozen = queries.last_text(decision)
    objected = queries.objects_now(decision, entity)
    _check_position(decision, entity, Stance(stance), reason, text_number or frozen.number, frozen.number, objected)
    position = Position.objects.create(
        decision=decision,
        entity=entity,
        text_number=frozen.number,
        stance=stance,
        reason=reason,
        alternative=alternative,
        author=by,
        capacity=capacity,
        channel=channel,
        at=clock.now(),
    )
    journal.record(
        "state_position", decision, by=by, data={"entity": entity.slug, "stance": stance, "text": frozen.number}
    )
    if stance == Stance.OBJECTS and decision.first_noted_by_id:  # there is no consensus any more
        decision.first_noted_at = decision.first_noted_by = None
        decision.save(update_fields=["first_noted_at", "first_noted_by"])
    if objected or stance == Stance.OBJECTS:
        emails.announce_objection(decision, position, frozen)
    return position


def _check_position(
    decision: Decision, entity: Entity, stance: Stance, reason: str, read: int, frozen: int, objected: bool
) -> None:
    may_lift = objected and stance == Stance.LIFTS_OBJECTION and decision.state in BEFORE_NETWORK
    if decision.state != DecisionState.CALL and not may_lift:
        raise DomainError(_("No position is asked for on this text now: it is “%s”.") % decision.get_state_display())
    if read != frozen:
        raise DomainError(_("The text has changed: please read version %s before giving your position.") % frozen)
    if stance in {Stance.OBJECTS, Stance.CAN_LIVE_WITH, Stance.LIFTS_OBJECTION} and not reason.strip():
        raise DomainError(_("A reservation, an objection or its lifting says why."))
    if stance == Stance.LIFTS_OBJECTION and not objected:
        raise DomainError(_("%(entity)s has no objection to lift.") % {"entity": entity})
    # After the deadline nobody speaks any more, but whoever objects may still make the consensus possible.
    is_late = decision.state == DecisionState.CALL and clock.now() > _deadline(decision)
    if is_late and not (objected and stance != Stance.OBJECTS):
        raise DomainError(_("The deadline has passed."))


def _deadline(decision: Decision) -> datetime:
    if decision.call_deadline is None:  # the database refuses a call without deadline
        raise ValueError("a call has a deadline")
    return decision.call_deadline


def _require_objector(decision: Decision, rank: Rank) -> None:
    rules = decision.procedure
    if rules and rank not in rules.objectors:
        said = {"ranks": procedure.ranks(rules.objectors)}
        raise NoVoice(_("Under the rules of procedure an objection is raised by: %(ranks)s. Ask them to do so.") % said)
