"""Decisions in a year file: what was said of each, and what became of it."""

import datetime as dt
from typing import Literal

from pydantic import Field

from reseau.demo.part import Part


class PositionPart(Part):
    entity: str
    position: Literal["agree", "agree_with_comment", "silent", "abstain", "objection", "objection_withdrawn", "pending"]
    at: dt.date | None
    comment_fr: str | None
    said_by: str | None = None  # who wrote to the secretariat, which then recorded the position for the entity
    delegate: str | None = None  # code of who spoke for the entity by delegation


class NotePart(Part):
    """What the co-chairs wrote of an objection."""

    at: dt.date
    text_fr: str


class Objection(Part):
    entity: str
    raised_at: dt.date
    reason_fr: str
    alternative_fr: str = Field(min_length=1)
    withdrawn_at: dt.date | None
    resolution_fr: str | None
    notes: list[NotePart] = []


class ReferralPart(Part):
    """Advice asked for on an objection that is maintained, and its answer."""

    body: Literal["rc", "unct"]
    asked_at: dt.date
    question_fr: str
    advised_on: dt.date
    advice_fr: str
    reference: str = ""


class DeferralPart(Part):
    """To a meeting, whose agenda names the decision under an item of the kind ``carried_over``."""

    at: dt.date
    meeting: str
    reason_fr: str


class RulesPart(Part):
    """The rules of procedure that a decision changes, as days or a share; those not named stay as they are."""

    notice_days: int | None = Field(None, ge=0, le=60)
    agenda_days: int | None = Field(None, ge=0, le=60)
    minutes_days: int | None = Field(None, ge=1, le=60)
    quorum: int | None = Field(None, ge=1, le=100)
    consultation_days: int | None = Field(None, ge=0, le=60)
    silence_days: int | None = Field(None, ge=1, le=60)


class MembershipPart(Part):
    """What a decision changes in the list of members; who is admitted is of the UN system and not in the file."""

    entity: str
    change: Literal["admission", "departure"]
    day: dt.date


class RoundPart(Part):
    """A call on an earlier version that was broken off before its end, with what was said until then beside objections;
    the versions that follow answer the rounds in their order.
    """

    until: dt.date
    positions: list[PositionPart]
    reopened_at: dt.date
    reason_fr: str


class EndingPart(Part):
    """Why a decision was withdrawn, or closed without consensus."""

    at: dt.date
    reason_fr: str


class EarlierText(Part):
    """A version of a decision’s text until another one was written, and what changed then."""

    text_fr: str
    replaced_at: dt.date
    note_fr: str


class CommentPart(Part):
    """What an entity said of the text of that day; ``paragraph`` from 1, none for the whole of it."""

    entity: str
    at: dt.date
    paragraph: int | None = Field(ge=1)
    kind: Literal["comment", "rewording", "addition", "deletion"]
    wording_fr: str | None
    comment_fr: str | None
    reply: Literal["accepted", "adapted", "declined"] | None
    answer_fr: str | None
    answered_at: dt.date | None


class TranslationPart(Part):
    """The text as it was called on, in another language, with as many paragraphs."""

    language: Literal["en"]
    title: str
    text: str


class StatementPart(Part):
    """When what a decision of the kind ``statement`` adopted was published; its own text waits for a later version."""

    decision: str | None
    published_at: dt.date | None


class DecisionPart(Part):
    code: str
    title_fr: str
    text_fr: str
    type: str
    consultation_mode: Literal["in_session", "silence_procedure"]
    proposed_by: str
    consultation_opened_at: dt.date | None
    consultation_closed_at: dt.date | None
    positions: list[PositionPart]
    objections: list[Objection]
    adopted_at: dt.date | None
    adopted_in: str | None
    status: Literal["draft", "consultation_open", "adopted", "withdrawn", "no_consensus"]
    responsible: str | None
    due_date: dt.date | None
    follow_up_status: Literal["not_started", "in_progress", "done", "late"]
    follow_up_note_fr: str | None
    related: list[str]
    rules_of_procedure: RulesPart | None = None
    membership: MembershipPart | None = None
    earlier_texts: list[EarlierText] = []
    translations: list[TranslationPart] = []
    comments: list[CommentPart] = []
    in_force_until: dt.date | None = None
    review_date: dt.date | None = None
    referral: ReferralPart | None = None
    deferral: DeferralPart | None = None
    rounds: list[RoundPart] = []
    ending: EndingPart | None = None
    replaces: list[str] = []
    from_group: str | None = None
