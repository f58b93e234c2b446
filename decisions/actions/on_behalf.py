"""What the secretariat writes down for an entity: with its proof, told to the entity, which confirms or contests it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from core.templatetags.typography import deadline, french_day
from core.transitions import lock, move, require_move
from decisions import deferral, emails, queries
from decisions.actions.voices import NoVoice, write_position
from decisions.enums import OWN_WORD, PROVED_BY_FILE, PROVED_BY_NAME, Capacity, Channel
from decisions.models import Decision, OnBehalf, Position
from members.models import Entity, User
from members.standing import standing_on


class NoProof(DomainError):
    """A position that came by this channel is recorded with what shows that the entity said it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


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
    said_by: str = "",
    proof: UploadedFile | None = None,
    by: User,
) -> Position:
    """The secretariat writes down what an entity said in session, in writing or by telephone; the entity is asked.

    Args:
        said_by: name and function of who spoke for the entity.
        proof: the mail, the letter or its picture; checked by :class:`core.uploads.DocumentField`.

    Raises:
        NoVoice: the entity is not a full member today.
        NoProof: what came in writing has no file, what came by telephone no name, or the entity had spoken for itself;
            no meeting has sat since the call was opened, in which it could have been said.
        DomainError: as :func:`decisions.actions.state_position`.
    """
    if not Entity.objects.members_on(clock.today()).filter(pk=entity.pk).exists():
        raise NoVoice(_("%(entity)s has no voice today: it is not a full member.") % {"entity": entity})
    _require_proof(decision, Channel(channel), said_by, proof)
    decision = lock(decision)  # its own word and this one cannot pass each other
    _require_more_than_own_word(decision, entity, Channel(channel))
    position = write_position(
        decision, entity, stance, reason, alternative, text_number, by, Capacity.SECRETARIAT, Channel(channel)
    )
    record = OnBehalf(position=position, said_by=said_by.strip())
    if proof:
        record.proof_name = proof.name or ""
        record.proof.save(record.proof_name, proof, save=False)
    record.save(force_insert=True)
    emails.ask_to_confirm(record)
    return position


def _require_proof(decision: Decision, channel: Channel, said_by: str, proof: UploadedFile | None) -> None:
    if channel in PROVED_BY_FILE and not proof:
        raise NoProof("proof", _("Attach the mail or the letter: it is what shows that the entity said it."))
    if channel in PROVED_BY_NAME and not said_by.strip():
        raise NoProof("said_by", _("Say who spoke for the entity: nothing else shows that it said it."))
    if channel == Channel.IN_SESSION and decision.call_opened_at:
        opened_on = timezone.localdate(decision.call_opened_at)
        if not deferral.sits(opened_on, clock.today()):
            said = _("No meeting has sat since the call was opened, on %s: say how the entity said it.")
            raise NoProof("channel", said % french_day(opened_on))


def _require_more_than_own_word(decision: Decision, entity: Entity, channel: Channel) -> None:
    """What an entity said itself is not replaced by what somebody was told on the telephone."""
    own = queries.last_words(decision).get(entity.pk)
    if own and own.channel in OWN_WORD and channel in PROVED_BY_NAME:
        said = {"entity": entity, "day": french_day(own.at)}
        raise NoProof("channel", _("%(entity)s spoke for itself on %(day)s: ask for its new word in writing.") % said)


@transaction.atomic
def confirm_position(record: OnBehalf, *, by: User) -> OnBehalf:
    """The entity says that it is its position indeed.

    Raises:
        NoVoice: the person does not speak for that entity today.
        NotAllowedNow: it was answered before.
        DomainError: the entity has spoken since.
    """
    record = _to_answer(record, "confirm_position", by)
    return move(record, "confirm_position", by=by, data=_named(record), **_answered(by))


@transaction.atomic
def contest_position(record: OnBehalf, *, reason: str, by: User) -> OnBehalf:
    """The entity says that it is not: before consensus is noted the position counts no more, afterwards it is marked.

    Raises:
        NoVoice: the person does not speak for that entity today.
        NotAllowedNow: it was answered before.
        DomainError: no reason is given, or the entity has spoken since.
    """
    record = _to_answer(record, "contest_position", by)
    if not reason.strip():
        raise DomainError(_("Say what was not as it was written down."))
    said = {**_named(record), "reason": reason.strip()}
    record = move(record, "contest_position", by=by, data=said, reason=reason.strip(), **_answered(by))
    emails.announce_contest(record)
    return record


def _to_answer(record: OnBehalf, verb: str, by: User) -> OnBehalf:
    # The decision first, as every voice does: a contest and a consensus cannot pass each other.
    position = Position.objects.select_related("entity").get(pk=record.pk)
    position.decision = lock(position.decision)
    record = lock(record)
    record.position = position
    standing = standing_on(by, clock.today())
    if not standing.has_voice or standing.entity != position.entity:
        raise NoVoice(_("Only those who speak for %s today may answer this.") % position.entity)
    require_move(record, verb)
    if clock.now() >= record.answer_until:
        raise DomainError(_("It could be answered until %s.") % deadline(record.answer_until))
    if not OnBehalf.objects.awaited().filter(pk=record.pk).exists():
        raise DomainError(_("%s has spoken since: its last word counts.") % position.entity)
    return record


def _named(record: OnBehalf) -> dict[str, str]:
    return {"entity": str(record.position.entity)}


def _answered(by: User) -> dict[str, Any]:
    return {"answered_at": clock.now(), "answered_by": by}
