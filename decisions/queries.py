"""Reading a decision: its text, its voices, its register."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Max, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.components import Voice, VoicesGroup
from core.todo import TodoItem
from decisions.enums import Capacity, DecisionState, FollowUp, Stance
from decisions.models import NUMBERED, Decision, DecisionText, Position
from members.models import Entity
from members.standing import standing_of


def last_text(decision: Decision) -> DecisionText:
    return decision.texts.latest("number")


def lock_register(year: int) -> None:
    """Until the end of the transaction nobody else gives a number of that year."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('decisions.register'), %s)", [year])


def last_words(decision: Decision, text: DecisionText | None = None) -> dict[int, Position]:
    """The position that counts, by entity: the last one given on the present version of the text."""
    text = text or last_text(decision)
    rows = (
        decision.positions.filter(text_number=text.number)
        .select_related("entity", "author")
        .order_by("entity", "-pk")
        .distinct("entity")
    )
    return {row.entity_id: row for row in rows}


def objecting_entities(decision: Decision) -> list[Entity]:
    return [word.entity for word in last_words(decision).values() if word.stance == Stance.OBJECTS]


def objects_now(decision: Decision, entity: Entity) -> bool:
    word = last_words(decision).get(entity.pk)
    return word is not None and word.stance == Stance.OBJECTS


def entitled_entities(decision: Decision) -> QuerySet[Entity]:
    """Full members on the day that matters: the day consensus was noted, else today, else the day of the call."""
    moment = decision.noted_at or clock.now()
    return Entity.objects.members_on(timezone.localdate(moment)).order_by("acronym_fr", "pk")


def silent_entities(decision: Decision) -> list[Entity]:
    """Members who have not spoken on the present text, by name."""
    words = last_words(decision)
    return [entity for entity in entitled_entities(decision) if entity.pk not in words]


_VOICE_KINDS = {
    Stance.OBJECTS: "objection",
    Stance.CAN_LIVE_WITH: "reservation",
    Stance.STANDS_ASIDE: "stands_aside",
    Stance.SUPPORTS: "support",
    Stance.LIFTS_OBJECTION: "lifted",
}


def voices(decision: Decision, words: dict[int, Position]) -> list[VoicesGroup]:
    """Who said what, by name and never as a share; one query. An entity that left keeps its word on record.

    Args:
        words: the :func:`last_words` of the decision.
    """
    groups: dict[str, list[Voice]] = {kind: [] for kind in [*_VOICE_KINDS.values(), "silent"]}
    for word in sorted(words.values(), key=lambda row: (row.entity.acronym, row.pk)):
        groups[_VOICE_KINDS[Stance(word.stance)]].append(_voice(word))
    for entity in entitled_entities(decision):
        if entity.pk not in words:
            groups["silent"].append(Voice(entity.acronym, entity.get_absolute_url()))
    return [VoicesGroup(kind, heard) for kind, heard in groups.items() if heard]


def _voice(word: Position) -> Voice:
    note = ""
    if word.capacity == Capacity.SECRETARIAT:
        note = _("Recorded by the secretariat (%s).") % word.get_channel_display()
    return Voice(word.entity.acronym, word.entity.get_absolute_url(), word.reason, word.alternative, note)


def register(user: Any) -> QuerySet[Decision]:
    """Decisions this person may see, the newest first."""
    return (
        Decision.objects.visible_to(user)
        .select_related("proposed_by", "responsible")
        .order_by("-year", "-number", "-created_at", "-pk")
    )


def decisions_of_year(year: int) -> QuerySet[Decision]:
    """Adopted in that year, in the order of the register, with texts and positions."""
    positions = Position.objects.select_related("entity").order_by("pk")
    return (
        Decision.objects.filter(state__in=NUMBERED, year=year)
        .select_related("proposed_by", "responsible", "noted_by")
        .prefetch_related(Prefetch("positions", positions), Prefetch("texts", DecisionText.objects.order_by("number")))
        .order_by("number", "pk")
    )


def current(user: Any, count: int) -> list[Decision]:
    """What is in call, what this person's entity is late to follow up, the last ``count`` adopted: one query."""
    standing = standing_of(user)
    adopted = Decision.objects.filter(state__in=NUMBERED).order_by("-recorded_at", "-pk")[:count]
    chosen = Q(state=DecisionState.CALL) | Q(pk__in=adopted.values("pk"))
    if standing.entity:
        late = Q(state=DecisionState.RECORDED, responsible=standing.entity, due_on__lt=standing.day)
        chosen |= late & ~Q(follow_up=FollowUp.DONE)
    return list(
        Decision.objects.visible_to(user)
        .filter(chosen)
        .annotate(text_number=Max("texts__number"))
        .order_by("call_deadline", "due_on", "pk")
    )


def recent(decisions: Iterable[Decision], count: int) -> list[Decision]:
    """The last adopted of these."""
    adopted = [row for row in decisions if row.recorded_at and row.state in NUMBERED]
    return sorted(adopted, key=lambda row: (row.recorded_at, row.pk), reverse=True)[:count]


def todo(user: Any, decisions: Iterable[Decision] | None = None) -> list[TodoItem]:
    """A position to give, a consensus to note, a follow-up to report; ``decisions`` as from :func:`current`."""
    standing = standing_of(user)
    if not (standing.has_voice or standing.is_co_chair or standing.rank):
        return []
    found = current(user, 0) if decisions is None else list(decisions)
    calls = [row for row in found if row.state == DecisionState.CALL]
    words = _words_on(calls)
    items = []
    for call in calls:
        said, is_over = words[call.pk], call.is_past_deadline
        if standing.has_voice and not is_over and standing.entity not in said:
            items.append(_position_to_give(call, said, standing.entity))
        if standing.is_co_chair and is_over and Stance.OBJECTS not in said.values():
            items.append(_consensus_to_note(call))
    if standing.entity and standing.rank:
        own = [row for row in found if row.responsible_id == standing.entity.pk]
        items += [_follow_up(row) for row in own if row.follow_up_is_late]
    return items


def _words_on(calls: list[Any]) -> dict[int, dict[Entity, str]]:
    """By decision, the last stance of each entity on the present text."""
    words: dict[int, dict[Entity, str]] = {call.pk: {} for call in calls}
    present = {call.pk: call.text_number for call in calls}
    shown = ("decision_id", "text_number", "stance", "entity__acronym_fr", "entity__acronym_en")
    rows = Position.objects.filter(decision__in=calls).select_related("entity").only(*shown).order_by("pk")
    for row in rows if calls else []:
        if row.text_number == present[row.decision_id]:
            words[row.decision_id][row.entity] = row.stance
    return words


def _position_to_give(decision: Any, words: dict[Entity, str], entity: Any) -> TodoItem:
    why = _("Call on a frozen text, version %s.") % decision.text_number
    objecting = [str(who) for who, stance in words.items() if stance == Stance.OBJECTS]
    if objecting:
        names = ", ".join(objecting)
        why += " " + ngettext("An objection stands (%s).", "Objections stand (%s).", len(objecting)) % names
    title = _("Give the position of %(entity)s on “%(title)s”") % {"entity": entity, "title": decision.title}
    return TodoItem(title, decision.get_absolute_url(), why, due=decision.call_deadline)


def _consensus_to_note(decision: Decision) -> TodoItem:
    title = _("Note the consensus on “%s”, or reopen the consultation") % decision.title
    return TodoItem(title, decision.get_absolute_url(), _("The deadline has passed and nobody objects."))


def _follow_up(decision: Decision) -> TodoItem:
    return TodoItem(
        _("Say where %s stands") % decision.reference,
        reverse("decisions:decision_detail", args=[decision.pk]) + "#suites",
        decision.title,
        overdue=True,
        tag=_("overdue"),
    )
