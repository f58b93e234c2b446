"""The voices on a decision as its page shows them: who said what, by name and never as a share."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.components import Text, Voice, VoicesGroup
from core.templatetags.typography import long_day
from decisions.enums import BEFORE_NETWORK, Answer, Capacity, Channel, DecisionState, Stance
from decisions.models import Decision, DecisionText, Position
from decisions.objections import Objection
from decisions.queries import entitled_entities

VOICE_KINDS = {
    Stance.OBJECTS: "objection",
    Stance.CAN_LIVE_WITH: "reservation",
    Stance.STANDS_ASIDE: "stands_aside",
    Stance.SUPPORTS: "support",
}


def voices(
    decision: Decision, text: DecisionText, words: dict[int, Position], objections: Iterable[Objection]
) -> list[VoicesGroup]:
    """Who said what, by name and never as a share; one query. An entity that left keeps its word on record.

    An objection that was answered stays among the voices, whatever its entity says now.

    Args:
        text: the present version.
        words: the :func:`last_words` of the decision.
        objections: every one raised on it.
    """
    silent = _kind_of_silence(decision, words)
    groups: dict[str, list[Voice]] = {kind: [] for kind in [*VOICE_KINDS.values(), "contested", "lifted", silent]}
    for word in sorted(words.values(), key=lambda row: (row.entity.acronym, row.pk)):
        kind = "contested" if word.is_contested else VOICE_KINDS.get(Stance(word.stance))
        if kind:  # a lifting is told with the objection that it ends
            groups[kind].append(_voice(word, text))
    groups["lifted"] = [_lifted(one) for one in objections if one.ended_at]
    for entity in sorted(entitled_entities(decision), key=lambda one: one.acronym.casefold()):
        if entity.pk not in words:
            groups[silent].append(Voice(entity.acronym, entity.get_absolute_url()))
    is_open = decision.state in BEFORE_NETWORK
    return [VoicesGroup(kind, heard, _hint(kind, is_open=is_open)) for kind, heard in groups.items() if heard]


def _kind_of_silence(decision: Decision, words: dict[int, Position]) -> str:
    """What it means that an entity has said nothing: nothing yet, its consent, or nothing.

    Silence that an objection broke is no consent, nor is any once the call is over without one.
    """
    is_over = decision.state == DecisionState.CALL and decision.is_past_deadline
    is_broken = any(word.stance == Stance.OBJECTS for word in words.values())
    if decision.takes_silence_for_consent and (decision.noted_at or (is_over and not is_broken)):
        return "tacit"
    return "silent" if decision.state == DecisionState.CALL else "unheard"


def _lifted(objection: Objection) -> Voice:
    """With its reason, the two days, and what met it."""
    days = {"raised": long_day(objection.raised.at), "ended": long_day(objection.ended_at)}
    story = _("Objection of %(raised)s, lifted on %(ended)s.") % days
    note = f"{story} {objection.ended_by.reason if objection.ended_by else ''}".rstrip()
    last = objection.last
    return Voice(objection.entity.acronym, objection.entity.get_absolute_url(), last.reason, last.alternative, note)


def _voice(word: Position, text: DecisionText) -> Voice:
    notes = []
    if word.capacity == Capacity.SECRETARIAT:
        notes.append(_("Recorded by the secretariat (%s).") % word.get_channel_display())
        notes += _answered(word)
    if word.channel == Channel.LINK:
        notes.append(_("Given by the link of a mail."))
    if word.capacity == Capacity.DELEGATE:
        notes.append(_("Given by %s, by delegation.") % word.author)
    if word.text_number < text.number:
        versions = {"then": word.text_number, "now": text.number}
        notes.append(_("Raised on version %(then)s; the entity has not spoken on version %(now)s yet.") % versions)
    return Voice(word.entity.acronym, word.entity.get_absolute_url(), word.reason, word.alternative, " ".join(notes))


def _answered(word: Position) -> list[str]:
    """What the entity said of a position recorded on its behalf."""
    record = word.record
    if record is None:
        return []
    if record.is_awaited:
        return [_("The entity is asked to confirm it.")]
    told = {"person": record.answered_by, "day": record.answered_at and long_day(record.answered_at)}
    if record.state == Answer.CONFIRMED:
        return [_("Confirmed by %(person)s on %(day)s.") % told]
    if record.state == Answer.CONTESTED:
        told |= {"stance": word.get_stance_display(), "reason": record.reason}
        return [
            _("What was recorded: %(stance)s.") % told,
            _("Contested by %(person)s on %(day)s, after the decision: %(reason)s") % told,
        ]
    return []


@dataclass(frozen=True)
class Round:
    """What was said on an earlier version of the text."""

    number: int
    count: int
    groups: list[VoicesGroup]


def earlier_rounds(said: Iterable[Position], text: DecisionText) -> list[Round]:
    """The last word of each entity on each version before the present one, the latest version first.

    Args:
        said: every position, in order.
        text: the present version.
    """
    rounds: dict[int, dict[int, Position]] = {}
    for word in said:
        if word.text_number < text.number and not word.is_struck_out:
            rounds.setdefault(word.text_number, {})[word.entity_id] = word
    return [_round(number, list(words.values())) for number, words in sorted(rounds.items(), reverse=True)]


def _round(number: int, words: list[Position]) -> Round:
    groups: dict[str, list[Voice]] = {}
    for word in sorted(words, key=lambda one: (one.entity.acronym, one.pk)):
        kind = VOICE_KINDS.get(Stance(word.stance), "lifted")
        groups.setdefault(kind, []).append(
            Voice(word.entity.acronym, word.entity.get_absolute_url(), word.reason, word.alternative)
        )
    return Round(number, len(words), [VoicesGroup(kind, heard, _hint(kind)) for kind, heard in groups.items()])


def _hint(kind: str, *, is_open: bool = False) -> Text:
    """An objection that no consensus waits for any more is on record, and blocks nothing."""
    return _("kept on record") if kind == "objection" and not is_open else ""
