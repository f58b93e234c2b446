"""Reading a decision: its text, its voices, its register."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.text import Truncator

from core import clock
from core.charts import YearMark
from core.prepared import prepared
from decisions.enums import BEFORE_NETWORK, DecisionState, FollowUp, Stance
from decisions.models import (
    NUMBERED,
    Comment,
    Decision,
    DecisionText,
    Facilitation,
    OnBehalf,
    Position,
    Referral,
    Translation,
)
from members.models import Entity
from members.standing import Standing, standing_of


def one_decision(user: Any, pk: int) -> Decision | None:
    """With what its page names, if this person may see it."""
    standing = standing_of(user)
    found = _decision(standing.place, pk=pk, entity=standing.entity and standing.entity.pk)
    return next(iter(found), None)


def sees(user: Any, decision: Decision) -> bool:
    """As ``visible_to`` says to one of the Network of a decision that is known, without asking the database again."""
    standing = standing_of(user)
    own = standing.entity is not None and decision.proposed_by_id == standing.entity.pk
    return decision.state != DecisionState.DRAFT or own or standing.is_secretariat or standing.is_co_chair


@prepared
def _decision(place: Standing, pk: Any, entity: Any) -> QuerySet[Decision]:
    seen = Decision.objects.visible_to(replace(place, entity=entity)).filter(pk=pk)
    named = ("proposed_by", "responsible", "first_noted_by", "noted_by", "procedure", "takes_up")
    return seen.select_related(*named).order_by("pk")


def last_text(decision: Decision) -> DecisionText:
    (text,) = _last_text(decision=decision.pk)
    return text


@prepared
def _last_text(decision: Any) -> QuerySet[DecisionText]:
    return DecisionText.objects.filter(decision=decision).order_by("-number")[:1]


def texts(decision: Decision) -> list[Any]:
    """Every version, the present one first, with its author, and its translations as ``translated``."""
    found = _texts(decision=decision.pk)
    for text in found:
        text.translated = [Translation(text=text, **row) for row in text.translation_rows]
    return found


@prepared
def _texts(decision: Any) -> QuerySet[Any]:
    written = Translation.objects.filter(text=OuterRef("pk")).order_by("language")
    rows = written.values(row=JSONObject(language="language", title="title", words="words"))
    texts = DecisionText.objects.filter(decision=decision).annotate(translation_rows=ArraySubquery(rows))
    return texts.select_related("written_by").order_by("-number")


def translations(decision: Decision) -> list[Translation]:
    """Of every version of its text, in the order of their languages."""
    return _translations(decision=decision.pk)


def translations_of(text: DecisionText) -> list[Translation]:
    """The version in its other languages."""
    return [one for one in _translations(decision=text.decision_id) if one.text_id == text.pk]


@prepared
def _translations(decision: Any) -> QuerySet[Translation]:
    return Translation.objects.filter(text__decision=decision).select_related("written_by").order_by("language")


def positions(decision: Decision) -> list[Position]:
    """Everything that was said on it, in order, with the entities and what they answered to what was recorded."""
    said = _positions(decision=decision.pk)
    for position in said:
        position.decision = decision
    return said


@prepared
def _positions(decision: Any) -> QuerySet[Position]:
    said = Position.objects.filter(decision=decision)
    return said.select_related("entity", "author", "on_behalf__answered_by").order_by("at", "pk")


def comments(decision: Decision) -> list[Comment]:
    """What was said in its consultations, in order, with who said it and who answered."""
    return _comments(decision=decision.pk)


@prepared
def _comments(decision: Any) -> QuerySet[Comment]:
    said = Comment.objects.filter(decision=decision).select_related("entity", "author", "answered_by")
    return said.order_by("at", "pk")


def one_comment(decision: Decision, pk: int) -> Comment | None:
    found = decision.comments.filter(pk=pk).select_related("entity", "author", "answered_by").first()
    if found:
        found.decision = decision
    return found


def last_words(decision: Decision, text: DecisionText | None = None) -> dict[int, Position]:
    """The position that counts, by entity: its last one, given on the present version of the text.

    An objection counts on later versions too, until its entity says otherwise (clause M-61, ADR 10).
    """
    text = text or last_text(decision)
    return {row.entity_id: row for row in _last_words(decision=decision.pk) if row.counts_on(text.number)}


def last_of(said: Iterable[Position], text: DecisionText) -> dict[int, Position]:
    """The same from what is known already.

    Args:
        said: the :func:`positions` of the decision.
    """
    words = {word.entity_id: word for word in said if not word.is_struck_out}
    return {entity: word for entity, word in words.items() if word.counts_on(text.number)}


@prepared
def _last_words(decision: Any) -> QuerySet[Position]:
    said = Position.objects.counted().filter(decision=decision)
    said = said.select_related("entity", "author", "on_behalf__answered_by")
    return said.order_by("entity", "-pk").distinct("entity")


def facilitations(decision: Decision) -> list[Facilitation]:
    """The notes of the co-chairs on its objections, in order, with their authors."""
    return _facilitations(decision=decision.pk)


@prepared
def _facilitations(decision: Any) -> QuerySet[Facilitation]:
    return Facilitation.objects.filter(objection__decision=decision).select_related("author").order_by("at", "pk")


def awaited_advice(decision: Decision) -> Referral | None:
    """What was asked of the Resident Coordinator or the Country Team and has not come; there is one at most."""
    return decision.referrals.filter(recorded_at=None).first()


def referrals(decision: Decision) -> list[Referral]:
    """The advice that was asked for on it, in order, with who asked and who recorded the answer."""
    return _referrals(decision=decision.pk)


@prepared
def _referrals(decision: Any) -> QuerySet[Referral]:
    asked = Referral.objects.filter(decision=decision).select_related("asked_by", "recorded_by")
    return asked.order_by("asked_at", "pk")


def replacements(decision: Decision) -> tuple[list[Decision], list[Decision]]:
    """What it replaces or would replace, and what has replaced it or would; in the order of the register."""
    links = _replacements(decision=decision.pk)
    replaced = [link.to_decision for link in links if link.from_decision_id == decision.pk]
    return replaced, [link.from_decision for link in links if link.to_decision_id == decision.pk]


@prepared
def _replacements(decision: Any) -> QuerySet[Any]:
    links = Decision.supersedes.through.objects.filter(Q(from_decision=decision) | Q(to_decision=decision))
    named = links.select_related("from_decision", "to_decision")
    return named.order_by("to_decision__year", "to_decision__number", "pk")


def proposed_anew(decision: Decision) -> list[Decision]:
    """What takes it up again, but for drafts, which not everybody reads."""
    return list(decision.taken_up_by.exclude(state=DecisionState.DRAFT).order_by("pk"))


def one_objection(decision: Decision, pk: int) -> Position | None:
    """A word by which an entity objected to this decision."""
    return decision.positions.filter(pk=pk, stance=Stance.OBJECTS).select_related("entity", "decision").first()


def objects_now(decision: Decision, entity: Entity) -> bool:
    word = last_words(decision).get(entity.pk)
    return word is not None and word.stance == Stance.OBJECTS


def entitled_entities(decision: Decision) -> list[Entity]:
    """Full members on the day that matters: the day consensus was noted, else today, else the day of the call."""
    moment = decision.noted_at or clock.now()
    return _members_on(day=timezone.localdate(moment))


def entities_with_a_voice() -> list[Entity]:
    """Full members today: those whose word a call awaits."""
    return _members_on(day=clock.today())


@prepared
def _members_on(day: Any) -> QuerySet[Entity]:
    return Entity.objects.members_on(day).order_by("acronym_fr", "pk")


def silent_entities(decision: Decision, words: dict[int, Position]) -> list[Entity]:
    """Members who have not spoken on the present text, by name.

    Args:
        words: the :func:`last_words` of the decision.
    """
    return [entity for entity in entitled_entities(decision) if entity.pk not in words]


def unconfirmed(words: dict[int, Position]) -> list[OnBehalf]:
    """What counts though its entity, for which it was recorded, may still confirm or contest it; the soonest first.

    Args:
        words: the :func:`last_words` of the decision.
    """
    records = [word.record for word in words.values() if word.record and word.record.is_awaited]
    return sorted(records, key=lambda record: (record.answer_until, record.pk))


BEFORE_A_REVIEW = timedelta(days=30)  # when those are reminded who look at a decision again


def one_record(decision: Decision, position: int) -> OnBehalf | None:
    """A position of this decision that was recorded on behalf of its entity."""
    found = OnBehalf.objects.filter(position__decision=decision, position=position)
    return found.select_related("position__entity", "position__decision", "answered_by").first()


def objected() -> set[int]:
    """Numbers of the decisions in call to which an entity objects; there are few at any time."""
    return {one.pk for one in _objected()}


@prepared
def _objected() -> QuerySet[Decision]:
    return Decision.objects.objected().only("pk").order_by("pk")


def register(user: Any) -> QuerySet[Decision]:
    """Decisions this person may see, the newest first."""
    return (
        Decision.objects.visible_to(user)
        .select_related("proposed_by", "responsible")
        .order_by("-year", "-number", "-created_at", "-pk")
    )


def decisions_of_year(year: int) -> QuerySet[Decision]:
    """Adopted in that year, in the order of the register, with texts and positions."""
    positions = Position.objects.counted().select_related("entity").order_by("pk")
    return (
        Decision.objects.filter(state__in=NUMBERED, year=year)
        .select_related("proposed_by", "responsible", "noted_by", "procedure")
        .prefetch_related(Prefetch("positions", positions), Prefetch("texts", DecisionText.objects.order_by("number")))
        .order_by("number", "pk")
    )


def current(user: Any, count: int) -> list[Decision]:
    """What is before the Network, what this person's entity is late to follow up, what is to be reviewed, and the last
    ``count`` adopted.

    One query; ``has_commented`` says whether the entity spoke in the consultation, ``unanswered`` how many comments
    await an answer, or ``None``, ``awaits_advice`` whether advice was asked for and has not come.
    """
    standing = standing_of(user)
    entity = standing.entity and standing.entity.pk
    soon = standing.day + BEFORE_A_REVIEW
    return _current(standing.place, count, entity=entity, day=standing.day, soon=soon)


@prepared
def _current(place: Standing, count: int, *, entity: Any, day: Any, soon: Any) -> QuerySet[Decision]:
    adopted = Decision.objects.filter(state__in=NUMBERED).order_by("-recorded_at", "-pk")[:count]
    review = Q(state=DecisionState.RECORDED, review_on__lte=soon)
    if not place.is_co_chair:
        review &= Q(responsible=entity)
    late = Q(state=DecisionState.RECORDED, responsible=entity, due_on__lt=day) & ~Q(follow_up=FollowUp.DONE)
    return (
        Decision.objects.visible_to(replace(place, entity=entity))
        .filter(Q(state__in=sorted(BEFORE_NETWORK)) | Q(pk__in=adopted.values("pk")) | late | review)
        .annotate(
            text_number=Max("texts__number"),
            has_commented=Exists(Comment.objects.filter(decision=OuterRef("pk"), entity=entity)),
            unanswered=Subquery(_unanswered()),
            awaits_advice=Exists(Referral.objects.filter(decision=OuterRef("pk"), recorded_at=None)),
        )
        .order_by("call_deadline", "due_on", "pk")
    )


def _unanswered() -> QuerySet[Any]:
    """How many comments on a decision await an answer; nothing where none does."""
    awaiting = Comment.objects.awaiting_reply().filter(decision=OuterRef("pk"))
    return awaiting.order_by().values("decision").annotate(count=Count("pk")).values("count")


def year_marks(decisions: Iterable[Decision], day: date) -> list[YearMark]:
    """For the year line: the last day of each consultation and call under way among these."""
    return [
        YearMark(Truncator(row.title).chars(30), ends_on, "deadline", ends_on < day, row.get_absolute_url())
        for row in decisions
        if row.awaited_until and (ends_on := timezone.localdate(row.awaited_until))
    ]


def recent(decisions: Iterable[Decision], count: int) -> list[Decision]:
    """The last adopted of these."""
    adopted = [row for row in decisions if row.recorded_at and row.state in NUMBERED]
    return sorted(adopted, key=lambda row: (row.recorded_at, row.pk), reverse=True)[:count]
