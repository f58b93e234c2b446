"""Reading a decision: its text, its voices, its register."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max, Prefetch, QuerySet
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


def recent(user: Any, count: int) -> Iterable[Decision]:
    return Decision.objects.visible_to(user).filter(state__in=NUMBERED).order_by("-recorded_at", "-pk")[:count]


def todo(user: Any) -> list[TodoItem]:
    """What decisions await this person: a position to give, a consensus to note, a follow-up to report."""
    standing = standing_of(user)
    items: list[TodoItem] = []
    if standing.has_voice:
        items += _positions_to_give(standing.entity)
    if standing.is_co_chair:
        items += _consensus_to_note()
    if standing.entity and standing.rank:
        items += _follow_ups(standing.entity, clock.today())
    return items


def _open_calls() -> QuerySet[Decision]:
    return Decision.objects.filter(state=DecisionState.CALL).order_by("call_deadline", "pk")


def _positions_to_give(entity: Any) -> list[TodoItem]:
    calls = list(_open_calls().filter(call_deadline__gte=clock.now()).annotate(text_number=Max("texts__number")))
    words = Position.objects.filter(decision__in=calls).select_related("entity").order_by("pk") if calls else []
    items = []
    for decision in calls:
        now = [row for row in words if row.decision_id == decision.pk and row.text_number == decision.text_number]
        if any(row.entity_id == entity.pk for row in now):
            continue
        last = {row.entity: row.stance for row in now}
        open_objections = [str(who) for who, stance in last.items() if stance == Stance.OBJECTS]
        why = _("Call on a frozen text, version %s.") % decision.text_number
        if open_objections:
            names = ", ".join(open_objections)
            why += " " + ngettext("An objection stands (%s).", "Objections stand (%s).", len(open_objections)) % names
        title = _("Give the position of %(entity)s on “%(title)s”") % {"entity": entity, "title": decision.title}
        items.append(TodoItem(title, decision.get_absolute_url(), why, due=decision.call_deadline))
    return items


def _consensus_to_note() -> list[TodoItem]:
    items = []
    for decision in _open_calls().filter(call_deadline__lt=clock.now()).prefetch_related("texts"):
        if objecting_entities(decision):
            continue
        title = _("Note the consensus on “%s”, or reopen the consultation") % decision.title
        items.append(TodoItem(title, decision.get_absolute_url(), _("The deadline has passed and nobody objects.")))
    return items


def _follow_ups(entity: Entity, today: date) -> list[TodoItem]:
    late = Decision.objects.filter(state=DecisionState.RECORDED, responsible=entity, due_on__lt=today).exclude(
        follow_up=FollowUp.DONE
    )
    return [
        TodoItem(
            _("Say where %s stands") % decision.reference,
            reverse("decisions:decision_detail", args=[decision.pk]) + "#suites",
            decision.title,
            overdue=True,
            tag=_("overdue"),
        )
        for decision in late.order_by("due_on", "pk")
    ]
