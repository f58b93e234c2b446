"""The fate of each objection as one timeline, and what a co-chair may do about those that stand (ADR 21)."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import journal
from core.components import TimelineEvent
from core.models import JournalEvent
from core.sentences import elided
from core.templatetags.components import status_tag
from core.templatetags.typography import long_day
from core.transitions import can_move
from decisions import objection_forms as forms
from decisions import queries
from decisions.enums import BEFORE_NETWORK, Capacity, Channel, DecisionState, Stance
from decisions.models import Decision, Facilitation, Position, Referral
from decisions.objections import Objection, ending, objections
from members.models import Entity

# What happens to a decision while an entity objects to it.
FATEFUL = frozenset({
    "decisions.revise_text", "decisions.open_call", "decisions.extend_call", "decisions.reopen_consultation",
    "decisions.defer", "decisions.withdraw", "decisions.close_without_consensus",
})  # fmt: skip
ENDS = {
    DecisionState.WITHDRAWN: lambda: ("neutral", _("withdrawn with the proposal")),
    DecisionState.NO_CONSENSUS: lambda: ("problem", _("maintained: no consensus")),
    DecisionState.DEFERRED: lambda: ("waiting", _("maintained: deferred to a meeting")),
    DecisionState.REFERRED: lambda: ("waiting", _("maintained: advice asked for")),
}


def _advice_came() -> tuple[str, str]:
    return "waiting", _("maintained: advice received")


@dataclass(frozen=True)
class Fate:
    """One objection, from its first word to what became of it; ``form`` for a co-chair who may write a note."""

    raised: Position
    entity: Entity
    tag: SafeString
    events: list[TimelineEvent]
    form: forms.FacilitationForm | None = None


def objection_page(
    user: Any, decision: Decision, said: list[Position], words: dict[int, Position], events: list[JournalEvent],
    bound: dict[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """What the decision's page says of its objections; a query for the notes, one for the advice, where there is any.

    Args:
        said: everything that counts of what was said, in order.
        words: the :func:`queries.last_words` of the decision.
        events: the journal of the decision.
        bound: the form that was just refused, by name.
    """
    lives = objections(said)
    done = {one.verb for one in events}  # what never happened is not asked for
    notes = queries.facilitations(decision) if "decisions.facilitate" in done else []
    asked = queries.referrals(decision) if "decisions.refer" in done else []
    shared = [TimelineEvent(one.at, journal.sentence(one)) for one in events if one.verb in FATEFUL]
    shared += [event for one in asked for event in _referral(one)]
    is_open = decision.state in BEFORE_NETWORK
    awaited = [one for one in asked if one.recorded_at is None and is_open]
    may_note = is_open and user.has_perm("decisions.facilitate", decision)
    return {
        "fates": [
            Fate(
                life.raised, life.entity, _tag(decision, life, bool(awaited)), _story(life, said, notes, shared),
                _form(life, bound.get("facilitation_form")) if may_note and life.ended_by is None else None,
            )
            for life in lives
        ],
        **_steps(user, decision, words, awaited),
    }  # fmt: skip


def _form(life: Objection, bound: forms.FacilitationForm | None) -> forms.FacilitationForm:
    own = forms.FacilitationForm(objection=life.raised.pk)
    return bound if bound and bound.ids == own.ids else own


def _tag(decision: Decision, life: Objection, is_asked: bool) -> SafeString:
    """What became of it, in a word."""
    if life.ended_by is None and decision.state == DecisionState.REFERRED and not is_asked:
        kind, words = _advice_came()
    elif life.ended_by is None:
        kind, words = ENDS.get(DecisionState(decision.state), lambda: ("problem", _("stands")))()
    elif life.ended_by.stance == Stance.STANDS_ASIDE:
        kind, words = "done", _("stands aside, recorded")
    else:
        kind, words = "done", _("lifted")
    return status_tag(kind, words)


def _story(
    life: Objection, said: list[Position], notes: list[Facilitation], shared: list[TimelineEvent]
) -> list[TimelineEvent]:
    """What was said of it, what was done about it, and what happened to the text meanwhile."""
    start, end = life.raised.at, life.ended_at
    words = [
        word for word in said
        if word.entity_id == life.raised.entity_id and life.raised.pk <= word.pk
        and not word.is_struck_out and (life.ended_by is None or word.pk <= life.ended_by.pk)
    ]  # fmt: skip
    told = [_word(life, word) for word in words]
    told += [_note(note) for note in notes if note.objection_id == life.raised.pk]
    told += [event for event in shared if start <= event.when and (end is None or event.when <= end)]
    return sorted(told, key=lambda event: event.when)


def _word(life: Objection, word: Position) -> TimelineEvent:
    came = _("Given by the link of a mail.") if word.channel == Channel.LINK else ""
    spoke = "" if word.capacity == Capacity.SECRETARIAT else elided(_("Said by %s.") % spoken_by(word))
    came = " ".join(filter(None, [spoke, came]))
    if word.stance != Stance.OBJECTS:
        return TimelineEvent(word.at, ending(word), "\n".join(filter(None, [word.reason, came])))
    lift = _("What would lift it: %s") % word.alternative if word.alternative else ""
    detail = "\n".join(filter(None, [word.reason, lift, came]))
    named = {"entity": word.entity, "number": word.text_number}
    if word.pk == life.raised.pk:
        return TimelineEvent(word.at, _("Raised by %(entity)s on version %(number)s") % named, detail)
    return TimelineEvent(word.at, _("Maintained by %(entity)s on version %(number)s") % named, detail)


def spoken_by(word: Position) -> str:
    """« Awa N., suppléant »: the person, and in which capacity they spoke for the entity that day."""
    return f"{word.author}, {word.get_capacity_display()}"


def _note(note: Facilitation) -> TimelineEvent:
    return TimelineEvent(note.at, _("Note of the co-chairs, by %s") % note.author, note.text)


def _referral(one: Referral) -> list[TimelineEvent]:
    """The question and, once it has come, the answer."""
    named = {"advice": one, "person": one.asked_by}
    asked = TimelineEvent(one.asked_at, _("%(advice)s asked for by %(person)s") % named, one.question)
    if one.recorded_at is None or one.advised_on is None:
        return [asked]
    given = {"advice": one, "day": long_day(one.advised_on), "person": one.recorded_by}
    said = _("%(advice)s, given on %(day)s, recorded by %(person)s") % given
    reference = _("Reference: %s") % one.reference if one.reference else ""
    return [asked, TimelineEvent(one.recorded_at, said, "\n".join(filter(None, [one.advice, reference])))]


def _steps(user: Any, decision: Decision, words: dict[int, Position], awaited: list[Referral]) -> dict[str, Any]:
    """The forms for what a person may do now about an objection that is maintained, or for a call that found none."""
    objecting = any(word.stance == Stance.OBJECTS for word in words.values())
    may_record = awaited and user.has_perm("decisions.record_advice", decision)

    def step(verb: str, permission: str) -> bool:
        return can_move(decision, verb) and user.has_perm(f"decisions.{permission}", decision)

    may_refer = objecting and not awaited and step("refer", "refer_decision")
    may_close = objecting and step("close_without_consensus", "close_without_consensus")
    return {
        "deferral_form": forms.DeferralForm() if step("defer", "defer_decision") else None,
        "referral_form": forms.ReferralForm() if may_refer else None,
        "advice_form": forms.AdviceForm() if may_record else None,
        "awaited_advice": awaited[0] if awaited else None,
        "no_consensus_form": forms.NoConsensusForm(awaited=awaited[0] if awaited else None) if may_close else None,
    }
