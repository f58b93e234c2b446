"""Every write on a decision. Clause M-61: consensus after consultation; it is noted by a co-chair, never counted."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError, StaleVersion
from core.templatetags.typography import deadline as said_deadline
from core.transitions import check_version, lock, move, require_move
from decisions import emails, queries
from decisions.consensus import check_consensus
from decisions.enums import Capacity, Channel, DecisionState, FollowUp, Mode, Stance
from decisions.models import Comment, Decision, DecisionText, Position
from members.models import Entity, User
from members.standing import standing_on


class TextIsFrozen(DomainError):
    """The text that a call is about does not change; a changed text needs a new call."""


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
def propose_decision(
    *,
    title: str,
    text: str,
    mode: str = Mode.WRITTEN,
    subject_kind: str = "free",
    subject_id: str = "",
    proposed_by: Entity,
    responsible: Entity | None = None,
    due_on: date | None = None,
    by: User,
) -> Decision:
    """Write a draft with the first version of its text."""
    decision = Decision.objects.create(
        title=title,
        mode=mode,
        subject_kind=subject_kind,
        subject_id=subject_id,
        proposed_by=proposed_by,
        responsible=responsible,
        due_on=due_on,
        created_at=clock.now(),
        created_by=by,
    )
    DecisionText.objects.create(decision=decision, number=1, text=text, written_at=clock.now(), written_by=by)
    journal.record("propose_decision", decision, by=by, data={"entity": proposed_by.slug, "subject": subject_kind})
    return decision


@transaction.atomic
def revise_text(decision: Decision, *, title: str, text: str, note: str = "", version: int, by: User) -> DecisionText:
    """Write the next version of the text, while it is a draft or in consultation.

    Raises:
        TextIsFrozen: positions are being given on the text, or were.
        StaleVersion: somebody wrote another version meanwhile.
        DomainError: not a word is different.
    """
    decision = lock(decision)
    if decision.state not in {DecisionState.DRAFT, DecisionState.CONSULTATION}:
        raise TextIsFrozen(_("The text is frozen: entities are giving their positions on it, or have done so."))
    check_version(decision, version)
    if (title, text) == (decision.title, queries.last_text(decision).text):
        raise DomainError(_("Not a word is different from version %s.") % queries.last_text(decision).number)
    decision.title, decision.version = title, decision.version + 1
    decision.save(update_fields=["title", "version"])
    last = decision.texts.aggregate(Max("number"))["number__max"]
    written = DecisionText.objects.create(
        decision=decision, number=last + 1, text=text, note=note, written_at=clock.now(), written_by=by
    )
    journal.record("revise_text", decision, by=by, data={"text": written.number, "note": note})
    return written


@transaction.atomic
def open_consultation(decision: Decision, *, ends_at: datetime, by: User) -> Decision:
    """Ask the Network what it thinks of the text, until ``ends_at``.

    Raises:
        DomainError: the end is in the past.
    """
    decision = lock(decision)
    require_move(decision, "open_consultation")
    _require_future(ends_at)
    move(decision, "open_consultation", by=by, consultation_opened_at=clock.now(), consultation_ends_at=ends_at)
    emails.announce_consultation(decision)
    return decision


@transaction.atomic
def add_comment(decision: Decision, *, text: str, by: User) -> Comment:
    """Say something on the text for one's entity, while the consultation is open.

    Raises:
        DomainError: the consultation is not open, or the person belongs to no entity.
    """
    decision = lock(decision)
    entity = standing_on(by, clock.today()).entity
    if decision.state != DecisionState.CONSULTATION:
        raise DomainError(_("The consultation on this text is not open."))
    if entity is None:
        raise NoVoice(_("You do not speak for an entity of the Network today."))
    comment = Comment.objects.create(
        decision=decision,
        entity=entity,
        author=by,
        at=clock.now(),
        text=text,
        text_number=queries.last_text(decision).number,
    )
    journal.record("add_comment", decision, by=by, data={"entity": entity.slug, "text": comment.text_number})
    return comment


@transaction.atomic
def open_call(decision: Decision, *, deadline: datetime, mode: str, close_early: bool = False, by: User) -> Decision:
    """Freeze the last text and ask each member entity for its position before ``deadline``.

    A text that was called before and did not change keeps its positions; an objection stands on any text.

    Args:
        close_early: end the consultation before the day that was announced.

    Raises:
        DomainError: the deadline is in the past, or the consultation still runs.
    """
    decision = lock(decision)
    require_move(decision, "open_call")
    _require_future(deadline)
    ends_at = decision.consultation_ends_at
    if ends_at and ends_at > clock.now() and not close_early:
        raise DomainError(_("The consultation was announced until %s.") % said_deadline(ends_at))
    text = queries.last_text(decision)
    if text.frozen_at is None:
        text.frozen_at = clock.now()
        text.save(update_fields=["frozen_at"])
    move(
        decision,
        "open_call",
        by=by,
        data={"text": text.number},
        call_opened_at=clock.now(),
        call_deadline=deadline,
        mode=mode,
    )
    emails.announce_call(decision, text)
    return decision


@transaction.atomic
def reopen_consultation(decision: Decision, *, reason: str, ends_at: datetime, by: User) -> Decision:
    """Go back to the text, for instance to meet an objection.

    Positions stay on record with the version they were given on, and count until another version is written;
    an objection counts until its entity says otherwise.
    """
    decision = lock(decision)
    require_move(decision, "reopen_consultation")
    _require_future(ends_at)
    move(decision, "reopen_consultation", by=by, data={"reason": reason}, consultation_ends_at=ends_at)
    return decision


@transaction.atomic
def state_position(
    decision: Decision,
    *,
    stance: str,
    reason: str = "",
    alternative: str = "",
    text_number: int | None = None,
    version: int | None = None,
    by: User,
) -> Position:
    """Speak for one's entity on the frozen text. The last word counts, all stay on record.

    Args:
        text_number: the version of the text the person read; ``None`` takes the frozen one.
        version: the number of the entity's last word that the person saw, nought for none; ``None`` does not ask.

    Raises:
        NoVoice: the person does not speak for a full member today.
        AlreadyHeard: somebody else spoke for the entity meanwhile.
        DomainError: the call is closed, the text is another one, or a reason is missing.
    """
    standing = standing_on(by, clock.today())
    if not standing.has_voice or standing.entity is None or standing.rank is None:
        raise NoVoice(_("You do not speak for a member entity of the Network today."))
    decision = lock(decision)
    word = queries.last_words(decision).get(standing.entity.pk)
    if word and version is not None and version != word.pk:
        raise AlreadyHeard(word)
    return _write_position(
        decision, standing.entity, stance, reason, alternative, text_number, by, Capacity(standing.rank), Channel.PORTAL
    )


@transaction.atomic
def record_position(
    decision: Decision,
    *,
    entity: Entity,
    stance: str,
    reason: str = "",
    alternative: str = "",
    text_number: int | None = None,
    channel: str,
    by: User,
) -> Position:
    """The secretariat writes down what an entity said in session, by e-mail or by telephone.

    Raises:
        NoVoice: the entity is not a full member today.
        DomainError: as :func:`state_position`.
    """
    if not Entity.objects.members_on(clock.today()).filter(pk=entity.pk).exists():
        raise NoVoice(_("%(entity)s has no voice today: it is not a full member.") % {"entity": entity})
    return _write_position(
        decision, entity, stance, reason, alternative, text_number, by, Capacity.SECRETARIAT, Channel(channel)
    )


def _write_position(
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
    if objected or stance == Stance.OBJECTS:
        emails.announce_objection(decision, position, frozen)
    return position


def _check_position(
    decision: Decision, entity: Entity, stance: Stance, reason: str, read: int, frozen: int, objected: bool
) -> None:
    if decision.state != DecisionState.CALL:
        raise DomainError(_("No position is asked for on this text now: it is “%s”.") % decision.get_state_display())
    if read != frozen:
        raise DomainError(_("The text has changed: please read version %s before giving your position.") % frozen)
    if stance in {Stance.OBJECTS, Stance.CAN_LIVE_WITH, Stance.LIFTS_OBJECTION} and not reason.strip():
        raise DomainError(_("A reservation, an objection or its lifting says why."))
    if stance == Stance.LIFTS_OBJECTION and not objected:
        raise DomainError(_("%(entity)s has no objection to lift.") % {"entity": entity})
    # After the deadline nobody speaks any more, but whoever objects may still make the consensus possible.
    if clock.now() > _deadline(decision) and not (objected and stance != Stance.OBJECTS):
        raise DomainError(_("The deadline has passed."))


def _deadline(decision: Decision) -> datetime:
    if decision.call_deadline is None:  # the database refuses a call without deadline
        raise ValueError("a call has a deadline")
    return decision.call_deadline


@transaction.atomic
def note_consensus(decision: Decision, *, by: User) -> Decision:
    """A co-chair notes that nobody objects; the decision gets its number and its subject follows.

    Raises:
        DomainError: as :func:`check_consensus`.
    """
    decision = lock(decision)
    require_move(decision, "note_consensus")
    words = queries.last_words(decision)
    check_consensus(decision, words)
    silent = [entity.slug for entity in queries.silent_entities(decision, words)]
    move(decision, "note_consensus", by=by, noted_at=clock.now(), noted_by=by, data={"silent": silent})
    _record(decision, by)
    emails.announce_adoption(decision)
    return decision


def _record(decision: Decision, by: User) -> None:
    """Give the next number of the year. The register's row for the year is its highest number, read under the lock
    of a transaction-wide advisory key, so that two decisions recorded at once get two numbers."""
    year = clock.today().year
    queries.lock_register(year)
    last = Decision.objects.filter(year=year).aggregate(Max("number"))["number__max"] or 0
    move(decision, "record", by=by, recorded_at=clock.now(), year=year, number=last + 1, data={"number": last + 1})
    if decision.subject.on_adopted:
        decision.subject.on_adopted(decision, by=by)


@transaction.atomic
def withdraw_decision(decision: Decision, *, reason: str, by: User) -> Decision:
    """Take the proposal back; it stays on record with its reason."""
    return move(lock(decision), "withdraw", by=by, data={"reason": reason})


@transaction.atomic
def follow_up(decision: Decision, *, state: str, note: str, version: int, by: User) -> Decision:
    """Say where the execution of a recorded decision stands.

    Raises:
        DomainError: the decision is not adopted.
        StaleVersion: somebody else said it meanwhile.
    """
    decision = lock(decision)
    if not decision.number:
        raise DomainError(_("Only an adopted decision is followed up."))
    check_version(decision, version)
    decision.follow_up, decision.follow_up_note, decision.version = FollowUp(state), note, version + 1
    decision.save(update_fields=["follow_up", "follow_up_note", "version"])
    journal.record("follow_up", decision, by=by, data={"follow_up": state, "note": note})
    return decision


def _require_future(moment: datetime) -> None:
    if moment <= clock.now():
        raise DomainError(_("This date has passed; choose a later one."))
