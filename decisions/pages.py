"""What the decision's page shows to one person: facts, voices, history, and the forms for what this person may do now.

A form is on the page when the transition table allows its step and the person has its permission.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock, journal
from core.components import VOICES, Column, DataTable, TimelineEvent
from core.models import JournalEvent
from core.templatetags.components import state_tag, status_tag
from core.templatetags.typography import ABSENT, deadline
from core.transitions import can_move
from decisions import (
    comment_pages,
    deferral,
    fact_pages,
    forms,
    objection_pages,
    procedure_pages,
    queries,
    subjects,
    translation_pages,
    voice_pages,
)
from decisions.comment_forms import CommentForm
from decisions.consensus import awaits_another, why_not
from decisions.enums import BEFORE_NETWORK, GIVEN_UP, Answer, DecisionState, FollowUp, Mode, Stance
from decisions.models import Decision, DecisionText, OnBehalf, Position
from decisions.objections import Objection, ending, objections
from members.standing import standing_of


def decision_page(user: Any, decision: Decision, bound: dict[str, Any]) -> dict[str, Any]:
    """The template's context; ``bound`` holds the form that was just refused, by name."""
    texts = queries.texts(decision)
    text, *earlier = texts
    comments = queries.comments(decision)
    consulted = comment_pages.consultation(user, decision, texts, comments)
    circulates = translation_pages.shown(text.translated)
    said = queries.positions(decision)
    words = queries.last_of(said, text)
    entity = standing_of(user).entity
    own = words.get(entity.pk) if entity else None
    counted = [word for word in said if not word.is_struck_out]
    lives = objections(counted)
    events = journal.history(decision)
    contested = objection_pages.objection_page(user, decision, counted, words, events, bound)
    return {
        "decision": decision,
        "text": text,
        "earlier_texts": earlier,
        "rules_changed": procedure_pages.changed_by(decision),
        "voices": voice_pages.voices(decision, text, words, lives) if decision.call_opened_at else [],
        "earlier_rounds": voice_pages.earlier_rounds(said, text),
        "tag": header_tag(decision, list(words.values()), is_asked=contested["awaited_advice"] is not None),
        "may_propose_anew": decision.state in GIVEN_UP
        and not subjects.get(decision.subject_kind).needs_object
        and user.has_perm("decisions.propose_decision"),
        "own_position": own,
        "noted_early": decision.was_noted_early,
        "lost_meeting": _lost_meeting(decision),
        "breaking": [word.entity for word in words.values() if word.stance == Stance.OBJECTS],
        "recorded": recorded_on_behalf(user, said, text),
        "entity": entity,
        "position_url": reverse("decisions:position_state", args=[decision.pk]),
        "is_late": decision.call_deadline is not None and clock.now() > decision.call_deadline,
        "history": history(events, said, lives),
        "facts": fact_pages.facts(decision, text, words, circulates["translations"]),
        "may_translate": translation_pages.may_translate(user, decision, text, circulates["translations"]),
        "outdated": translation_pages.outdated(texts) if consulted["may_revise"] else [],
        **circulates,
        **consulted,
        **_forms(user, decision, text, words, consulted),
        **_answer_forms(user, own),
        **contested,
        **bound,
    }


def _lost_meeting(decision: Decision) -> date | None:
    """The day of the meeting in which positions were to be given, once none is convened for it any more."""
    if decision.state != DecisionState.CALL or decision.mode != Mode.IN_SESSION or not decision.call_deadline:
        return None
    day = timezone.localdate(decision.call_deadline)
    return None if deferral.sits(day, day) else day


def header_tag(decision: Decision, words: list[Position], *, is_asked: bool) -> SafeString:
    """The state in a word; while an objection stands, that is what everybody must see first."""
    if decision.state == DecisionState.CALL and any(word.stance == Stance.OBJECTS for word in words):
        return status_tag("problem", _("open objection"))
    if decision.state == DecisionState.CALL and decision.is_past_deadline:
        return status_tag("waiting", _("call over"))
    if decision.state == DecisionState.REFERRED and not is_asked:
        return status_tag("waiting", _("advice received"))
    return state_tag(decision)


def history(
    events_kept: Iterable[JournalEvent], said: list[Position], objections: list[Objection]
) -> list[TimelineEvent]:
    """The journal's story, with the voices of a day told in one line and each objection and its lifting in full.

    A line holds what was said on one version of the text between two that stand alone: the order in which entities
    spoke can be read, and on what.
    """
    events = [
        TimelineEvent(event.at, journal.sentence(event), _reported(event))
        for event in events_kept
        if event.verb != "decisions.state_position"
    ]
    lifting = {life.ended_by.pk for life in objections if isinstance(life.ended_by, Position)}
    last = {position.entity_id: position.pk for position in said}
    versions = len({position.text_number for position in said})
    spoken: list[list[Position]] = [[]]
    for position in said:
        events += _answer(position)
        alone = _alone(position, is_lifting=position.pk in lifting, is_last=position.pk == last[position.entity_id])
        if alone:
            events.append(alone)
            spoken.append([])
        elif spoken[-1] and _occasion(spoken[-1][-1]) != _occasion(position):
            spoken.append([position])
        else:
            spoken[-1].append(position)
    events += [_together(group, versions) for group in spoken if group]
    return sorted(events, key=lambda event: event.when)


def _reported(event: JournalEvent) -> str:
    """What else the journal keeps of some acts: how the execution stood, how a consultation ended."""
    if event.verb == "decisions.follow_up":
        stood = capfirst(str(FollowUp(event.data["follow_up"]).label))
        return "\n".join(filter(None, [stood, event.data.get("note", "")]))
    return "\n".join(_of_call(event.data)) if event.verb == "decisions.open_call" else ""


def _of_call(data: dict[str, Any]) -> Iterator[str]:
    if early := data.get("early"):
        yield _("This ends the consultation, which was announced until %s.") % deadline(datetime.fromisoformat(early))
    if left := data.get("left_out"):
        yield _("Accepted as it stands, and not in this text: %s.") % " · ".join(left)
    if count := data.get("unanswered"):
        yield ngettext(
            "%(n)s comment was left without an answer.", "%(n)s comments were left without an answer.", count
        ) % {"n": count}


def _occasion(position: Position) -> tuple[date, int]:
    return timezone.localdate(position.at), position.text_number


def _alone(position: Position, *, is_lifting: bool, is_last: bool) -> TimelineEvent | None:
    """The line of a word that is told by itself: an objection, its lifting, one that counts no more, or one whose
    reason is shown nowhere else, as the voices show the last word of each entity.
    """
    if position.is_struck_out:
        line = _("Recorded on behalf of %s, and contested by it") % position.entity
        return TimelineEvent(position.at, line, _by_stance([position]))
    if position.stance == Stance.OBJECTS:
        lift = _("What would lift it: %s") % position.alternative if position.alternative else ""
        reason = "\n".join(filter(None, [position.reason, lift]))
        line = _("Objection by %s, recorded by the secretariat") if position.record else _("Objection by %s")
        return TimelineEvent(position.at, line % position.entity, reason)
    if is_lifting:
        return TimelineEvent(position.at, ending(position), position.reason)
    if position.reason and not is_last:
        return TimelineEvent(position.at, _by_stance([position]), position.reason)
    return None


def _together(spoken: list[Position], versions: int) -> TimelineEvent:
    """What several said on one day and one version, which is named where there were others."""
    count = len({position.entity_id for position in spoken})
    line = ngettext("%(n)s entity gave its position", "%(n)s entities gave their positions", count) % {"n": count}
    if versions > 1:
        line = _("%(line)s on version %(version)s") % {"line": line, "version": spoken[0].text_number}
    return TimelineEvent(spoken[-1].at, line, _by_stance(spoken))


def _answer(position: Position) -> list[TimelineEvent]:
    """What the entity said of a position recorded on its behalf."""
    record = position.record
    if record is None or record.answered_at is None:
        return []
    named = {"entity": position.entity, "person": record.answered_by}
    told = {
        Answer.CONFIRMED: _("%(person)s confirms the position recorded for %(entity)s"),
        Answer.CONTESTED: _("%(person)s contests the position recorded for %(entity)s"),
    }
    return [TimelineEvent(record.answered_at, told[record.state] % named, record.reason)]


def recorded_on_behalf(user: Any, said: list[Position], text: DecisionText) -> DataTable | None:
    """How each was said, on which version, with its proof and what the entity answered: those this person may see."""
    records = [word.record for word in said if word.record]
    seen = [record for record in records if user.has_perm("decisions.view_proof", record)]
    if not seen:
        return None
    columns = (
        Column(_("Entity"), "head"), Column(_("Position")), Column(_("Way")), Column(_("By whom")),
        Column(_("Proof")), Column(_("Answer of the entity")),
    )  # fmt: skip
    rows = tuple(
        (
            record.position.entity.acronym, _on_version(record.position, text),
            str(record.position.get_channel_display()), record.said_by or ABSENT, _proof(record),
            state_tag(record) if record.is_awaited or record.answered_at else ABSENT,
        )
        for record in seen
    )  # fmt: skip
    return DataTable(_("Positions recorded on behalf of entities"), columns, rows, hide_caption=True)


def _on_version(position: Position, text: DecisionText) -> str:
    said = {"stance": position.get_stance_display(), "version": position.text_number}
    if position.text_number == text.number:
        return str(said["stance"])
    return _("%(stance)s, on version %(version)s") % said


def _proof(record: OnBehalf) -> str:
    if not record.proof:
        return ABSENT
    url = reverse("decisions:position_proof", args=[record.position.decision_id, record.pk])
    return format_html('<a href="{}">{}</a>', url, record.proof_name)


def _answer_forms(user: Any, own: Position | None) -> dict[str, Any]:
    """For who speaks for an entity on whose behalf the last word was recorded: to confirm it, or to contest it."""
    record = own.record if own else None
    if record is None or not record.is_awaited or not user.has_perm("decisions.answer_position", record):
        return {"own_record": None, "contest_form": None}
    return {"own_record": record, "contest_form": forms.ContestForm()}


def _they(stance: Stance, count: int) -> str:
    """« soutient » of one entity, « soutiennent » of several."""
    title = str(VOICES[voice_pages.VOICE_KINDS[stance]][0])
    return str(stance.label) if count == 1 else title[:1].lower() + title[1:]


def _by_stance(spoken: list[Position]) -> str:
    """« Soutient : UNICEF, UNFPA ; s’abstient : PNUD », in the order in which it was said.

    Who changed its mind is told apart: « UNICEF : soutient, puis s’abstient ».
    """
    words: dict[str, list[Stance]] = {}
    for position in spoken:
        said = words.setdefault(str(position.entity), [])
        if Stance(position.stance) not in said[-1:]:
            said.append(Stance(position.stance))
    names: dict[Stance, list[str]] = {}
    for entity, said in words.items():
        if len(said) == 1:
            names.setdefault(said[0], []).append(entity)
    told = [
        _("%(label)s: %(value)s") % {"label": _they(stance, len(who)), "value": ", ".join(who)}
        for stance, who in names.items()
    ]
    told += [
        _("%(label)s: %(value)s") % {"label": entity, "value": _(", then ").join(str(stance.label) for stance in said)}
        for entity, said in words.items()
        if len(said) > 1
    ]
    return capfirst(_("; ").join(told))


def ahead(day: date | None) -> date | None:
    """A day that still lies before us, which a form may begin with."""
    return day if day and day > clock.today() else None


def _forms(
    user: Any, decision: Decision, text: Any, words: dict[int, Position], consulted: dict[str, Any]
) -> dict[str, Any]:
    """Each possible step: its form, or ``None`` when it is not this person's now."""
    entity = standing_of(user).entity
    own = words.get(entity.pk) if entity else None

    def step(verb: str, permission: str) -> bool:
        return can_move(decision, verb) and user.has_perm(f"decisions.{permission}", decision)

    speaks = decision.state == DecisionState.CALL and not decision.is_past_deadline
    objects = own is not None and own.stance == Stance.OBJECTS
    is_open = decision.state in BEFORE_NETWORK
    broken = is_open and any(word.stance == Stance.OBJECTS for word in words.values())
    may_note = step("note_consensus", "note_consensus")
    refusal = why_not(decision, words, user) if may_note else ""
    return {
        "consultation_form": forms.DeadlineForm() if step("open_consultation", "open_consultation") else None,
        "comment_form": CommentForm() if consulted["may_comment"] else None,
        "call_form": forms.CallForm(
            decision=decision, text_number=text.number, unanswered=consulted["unanswered"], missing=consulted["missing"]
        )
        if step("open_call", "open_call")
        else None,
        "extension_form": forms.ExtensionForm()
        if step("extend_call", "extend_call") and decision.may_be_extended
        else None,
        "longer_form": forms.ExtensionForm() if step("extend_consultation", "extend_consultation") else None,
        "reopen_form": forms.ReopenForm() if step("reopen_consultation", "reopen_consultation") else None,
        "position_form": forms.PositionForm(
            initial={"text_number": text.number, "version": own.pk if own else 0},
            may_lift=objects,
            only_lift=objects and not speaks,
        )
        if (speaks or (objects and is_open)) and user.has_perm("decisions.state_position", decision)
        else None,
        "record_form": forms.RecordPositionForm(initial={"text_number": text.number})
        if (speaks or broken) and user.has_perm("decisions.record_position", decision)
        else None,
        "may_note": may_note,
        "note_refusal": refusal,
        "is_first_of_two": may_note and not refusal and awaits_another(decision, user),
        "not_heard": queries.silent_entities(decision, words) if may_note else [],
        "unconfirmed": queries.unconfirmed(words) if may_note else [],
        "withdraw_form": forms.ReasonForm() if step("withdraw", "withdraw_decision") else None,
        "follow_up_form": forms.FollowUpForm(
            initial={"state": decision.follow_up, "note": decision.follow_up_note, "version": decision.version}
        )
        if decision.number and user.has_perm("decisions.follow_up", decision)
        else None,
        "review_form": forms.ReviewForm(initial={"version": decision.version, "review_on": ahead(decision.review_on)})
        if decision.state == DecisionState.RECORDED and user.has_perm("decisions.review_decision", decision)
        else None,
    }
