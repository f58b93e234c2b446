"""What awaits a person about decisions: a text to comment on, a position to give, an objection to look at again, a
consensus to note, a follow-up to report."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.prepared import prepared
from core.todo import Question, TodoItem, ask, end_of_day
from decisions import queries
from decisions.enums import BEFORE_NETWORK, DecisionState, NominationState, Stance
from decisions.models import Candidacy, Decision, Nomination, OnBehalf, Position, Sounding, SoundingTally, SoundingVoice
from decisions.models.on_behalf import time_to_answer
from members.models import Entity
from members.standing import Standing, standing_of


def todo(user: Any, decisions: Iterable[Decision] | None = None) -> list[TodoItem]:
    """In that order, then nominations; ``decisions`` as from :func:`queries.current`."""
    return [*of_decisions(user, decisions), *ask(questions(user))]


def questions(user: Any) -> list[Question]:
    """A call for candidates under way, for who may offer; one that closed, for who brings it before the Network."""
    standing = standing_of(user)
    found = []
    if standing.has_voice and standing.entity:
        found += [_call_to_answer(standing), _sounding_to_answer(standing), _position_to_confirm(standing)]
    if standing.is_secretariat or standing.is_co_chair:
        found.append(_call_that_closed(standing.day))
    return found


def _call_to_answer(standing: Standing) -> Question:
    def tell(facts: dict[str, Any]) -> TodoItem:
        call, closes_on = _told(facts)
        why = _("Your entity may offer to hold the seat; nobody has to.")
        title = _("Put forward a candidate: %s") % call
        return TodoItem(title, call.get_absolute_url(), why, due=end_of_day(closes_on))

    def rows(entity: Any, day: Any) -> QuerySet[Nomination]:
        offered = Candidacy.objects.standing().filter(entity=entity).values("nomination")
        return Nomination.objects.filter(state=NominationState.OPEN, closes_on__gte=day).exclude(pk__in=offered)

    return Question("call-to-answer", rows, _FACTS, tell, "closes_on", {"entity": _key(standing), "day": standing.day})


def _sounding_to_answer(standing: Standing) -> Question:
    def tell(facts: dict[str, Any]) -> TodoItem:
        call, closes_on = _told(facts)
        url = reverse("nominations:sounding_answer", args=[call.pk])
        why = _("Once, in confidence: how your entity would receive each candidacy.")
        return TodoItem(_("Answer the sounding: %s") % call, url, why, due=end_of_day(closes_on))

    def rows(entity: Any, day: Any) -> QuerySet[SoundingVoice]:
        open_ones = SoundingVoice.objects.filter(sounding__closed_at__isnull=True, sounding__closes_on__gte=day)
        asked = SoundingTally.objects.values("sounding")  # none, once every candidacy was withdrawn
        return open_ones.filter(entity=entity, has_answered=False, sounding__in=asked)

    facts = {name: f"sounding__nomination__{path}" for name, path in _FACTS.items()}
    facts["closes_on"] = "sounding__closes_on"
    asked = {"entity": _key(standing), "day": standing.day}
    return Question("sounding-to-answer", rows, facts, tell, "closes_on", asked)


def _key(standing: Standing) -> int | None:
    return standing.entity.pk if standing.entity else None


def _position_to_confirm(standing: Standing) -> Question:
    def tell(facts: dict[str, Any]) -> TodoItem:
        url = reverse("decisions:decision_detail", args=[facts["decision"]])
        title = _("Confirm or contest the position recorded for %s") % standing.entity
        due = datetime.fromisoformat(facts["at"]) + time_to_answer()
        return TodoItem(title, url, facts["title"], due=due)

    facts = {"decision": "position__decision", "title": "position__decision__title", "at": "position__at"}

    def rows(entity: Any, since: Any) -> QuerySet[OnBehalf]:
        return OnBehalf.objects.awaited(since).filter(position__entity=entity)

    asked = {"entity": _key(standing), "since": clock.now() - time_to_answer()}
    return Question("position-to-confirm", rows, facts, tell, "at", asked)


def _call_that_closed(day: date) -> Question:
    def tell(facts: dict[str, Any]) -> TodoItem:
        call, _closes_on = _told(facts)
        why = _("The annual review names the co-chair: a candidate is to be brought before the Network.")
        return TodoItem(_("Bring before the Network: %s") % call, call.get_absolute_url(), why, tag=_("call closed"))

    def rows(day: Any) -> QuerySet[Nomination]:
        closed = Nomination.objects.filter(state=NominationState.OPEN, closes_on__lt=day)
        return closed.exclude(pk__in=Sounding.objects.filter(closed_at__isnull=True).values("nomination"))

    return Question("call-that-closed", rows, _FACTS, tell, "closes_on", {"day": day})


_FACTS = {"pk": "pk", "seat": "seat", "starts_on": "starts_on", "closes_on": "closes_on"}


def _told(facts: dict[str, Any]) -> tuple[Nomination, date]:
    """What names the call and leads to it, and its last day."""
    call = Nomination(pk=facts["pk"], seat=facts["seat"], starts_on=date.fromisoformat(facts["starts_on"]))
    return call, date.fromisoformat(facts["closes_on"])


def of_decisions(user: Any, decisions: Iterable[Decision] | None = None) -> list[TodoItem]:
    """What awaits about texts, calls and follow-ups; ``decisions`` as from :func:`queries.current`."""
    standing = standing_of(user)
    if not (standing.has_voice or standing.is_co_chair or standing.rank or standing.roles):
        return []
    found = queries.current(user, 0) if decisions is None else list(decisions)
    calls = [row for row in found if row.state == DecisionState.CALL]
    words = _words_on(calls)
    awaited = queries.entities_with_a_voice() if calls and standing.is_co_chair else []
    own = standing.entity and standing.entity.pk
    asked = [row for row in found if standing.has_voice and row.proposed_by_id != own]
    items = [_text_to_comment_on(row) for row in asked if _is_awaiting_comment(row)]
    for call in calls:
        said, is_over = words[call.pk], call.is_past_deadline
        if standing.has_voice and not is_over and standing.entity not in said:
            items.append(_position_to_give(call, said, standing.entity))
        if standing.has_voice and standing.entity and said.get(standing.entity) == Stance.OBJECTS:
            items.append(_objection_to_look_at(call, standing.entity))
        if standing.is_co_chair and call.first_noted_by_id != user.pk:
            items += _steps_of_co_chair(call, said, awaited)
    items += _advice(standing, found)
    items += [_review(row) for row in found if _is_to_review(standing, row)]
    if standing.entity and standing.rank:
        items += [_comments_to_answer(row) for row in found if row.proposed_by_id == own and _has_comments(row)]
        items += [_follow_up(row) for row in found if row.responsible_id == own and row.follow_up_is_late]
    return items


def _is_awaiting_comment(decision: Any) -> bool:
    is_open = decision.state == DecisionState.CONSULTATION and decision.consultation_ends_at > clock.now()
    return is_open and not decision.has_commented


def _has_comments(decision: Any) -> bool:
    return bool(decision.state == DecisionState.CONSULTATION and decision.unanswered)


def _comments_to_answer(decision: Any) -> TodoItem:
    count = decision.unanswered
    title = ngettext(
        "Answer the comment on “%(title)s”", "Answer the %(n)s comments on “%(title)s”", count
    ) % {"n": count, "title": decision.title}  # fmt: skip
    why = _("The text is in consultation: what is accepted goes into its next version.")
    return TodoItem(title, f"{decision.get_absolute_url()}#consultation", why, due=decision.consultation_ends_at)


def _text_to_comment_on(decision: Decision) -> TodoItem:
    title = _("Read “%s” and say what your entity thinks of it") % decision.title
    why = _("The text is in consultation; it may still change.")
    return TodoItem(title, decision.get_absolute_url(), why, due=decision.consultation_ends_at)


def _objection_to_look_at(call: Decision, entity: Any) -> TodoItem:
    title = _("Look again at the objection of %(entity)s to “%(title)s”") % {"entity": entity, "title": call.title}
    return TodoItem(title, call.get_absolute_url(), _it_stands())


def _it_stands() -> str:
    return _("It stands: consensus waits for what would lift it.")


def _words_on(calls: list[Any]) -> dict[int, dict[Entity, str]]:
    """By decision, the stance of each entity that counts on the present text."""
    said: dict[int, dict[Entity, Position]] = {call.pk: {} for call in calls}
    for row in _said_on(calls=[call.pk for call in calls]) if calls else []:
        said[row.decision_id][row.entity] = row
    return {
        call.pk: {entity: row.stance for entity, row in said[call.pk].items() if row.counts_on(call.text_number)}
        for call in calls
    }


@prepared
def _said_on(calls: Any) -> QuerySet[Position]:
    shown = ("decision_id", "text_number", "stance", "entity__acronym_fr", "entity__acronym_en")
    return (
        Position.objects.counted().filter(decision__in=calls.keys).select_related("entity").only(*shown).order_by("pk")
    )


def _position_to_give(decision: Any, words: dict[Entity, str], entity: Any) -> TodoItem:
    why = _("Call on a frozen text, version %s.") % decision.text_number
    objecting = [str(who) for who, stance in words.items() if stance == Stance.OBJECTS]
    if objecting:
        names = ", ".join(objecting)
        why += " " + ngettext("An objection stands (%s).", "Objections stand (%s).", len(objecting)) % names
    title = _("Give the position of %(entity)s on “%(title)s”") % {"entity": entity, "title": decision.title}
    return TodoItem(title, decision.get_absolute_url(), why, due=decision.call_deadline)


def _steps_of_co_chair(call: Decision, said: dict[Entity, str], awaited: list[Entity]) -> list[TodoItem]:
    """An objection is facilitated; without one, consensus is noted once everybody has spoken or had the time to."""
    url = call.get_absolute_url()
    objecting = [str(who) for who, stance in said.items() if stance == Stance.OBJECTS]
    if objecting:
        names = {"entities": ", ".join(objecting), "title": call.title}
        return [TodoItem(_("Facilitate the objection of %(entities)s to “%(title)s”") % names, url, _it_stands())]
    if not call.is_past_deadline and any(entity not in said for entity in awaited):
        return []
    title = _("Note the consensus on “%s”, or reopen the consultation") % call.title
    if not call.is_past_deadline:
        return [TodoItem(title, url, _("Every entity has spoken and nobody objects."))]
    heard = _("The deadline has passed and nobody objects.")
    return [TodoItem(title, url, heard if said else _("The deadline has passed and nobody has spoken."))]


def _advice(standing: Standing, found: Iterable[Any]) -> list[TodoItem]:
    """Who is asked for advice writes it down; once it is there, a co-chair takes the decision up again."""
    items = []
    for row in found:
        url, named = row.get_absolute_url(), {"title": row.title}
        if row.awaits_advice and standing.is_rc_office and row.state in BEFORE_NETWORK:
            why = _("The co-chairs ask for it: an objection is maintained.")
            items.append(TodoItem(_("Record the advice asked for on “%(title)s”") % named, f"{url}#avis", why))
        elif row.state == DecisionState.REFERRED and not row.awaits_advice and standing.is_co_chair:
            why = _("The advice that was asked for is there.")
            items.append(TodoItem(_("Take up again with the Network: “%(title)s”") % named, url, why))
    return items


def _is_to_review(standing: Standing, row: Decision) -> bool:
    if row.state != DecisionState.RECORDED or row.review_on is None:
        return False
    is_asked = standing.is_co_chair or (standing.rank is not None and row.responsible_id == _key(standing))
    return is_asked and row.review_on <= standing.day + queries.BEFORE_A_REVIEW


def _review(decision: Decision) -> TodoItem:
    title = _("Review %s: does it still hold?") % decision.reference
    due = end_of_day(decision.review_on) if decision.review_on else None
    return TodoItem(title, f"{decision.get_absolute_url()}#reexamen", decision.title, due=due)


def _follow_up(decision: Decision) -> TodoItem:
    return TodoItem(
        _("Say where %s stands") % decision.reference,
        reverse("decisions:decision_detail", args=[decision.pk]) + "#suites",
        decision.title,
        overdue=True,
        tag=_("overdue"),
    )
