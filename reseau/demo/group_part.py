"""Working groups in a year file: their way to the UNCT, who sits in them, what they hand over and how they end."""

import datetime as dt
from typing import Literal

from reseau.demo.part import Part


class DeliverablePart(Part):
    """What a group hands over; a paper of the same title is it."""

    code: str
    title_fr: str
    due: dt.date
    status: Literal["not_started", "in_progress", "delayed", "completed", "cancelled"]


class GroupPaperPart(Part):
    """A paper of a group, by which entity; its text becomes a Word file."""

    title_fr: str
    added_at: dt.date
    by: str
    text_fr: list[str]


class GroupPassPart(Part):
    """The contacts of a partner read the papers of the group until a day."""

    partner: str
    given_at: dt.date
    expires_on: dt.date


class ChairCallPart(Part):
    opened_at: dt.date
    closed_at: dt.date
    message_fr: str = ""


class ChairPart(Part):
    """Somebody of an entity, or a contact of a partner by their e-mail."""

    entity: str | None = None
    person: str | None = None
    partner: str | None = None
    contact: str | None = None
    until: dt.date | None = None  # where the term ended sooner


class UnctReturnPart(Part):
    """A submission that the country team sent back, and why."""

    submitted_at: dt.date
    returned_at: dt.date
    reason_fr: str


class PausePart(Part):
    """The day on which a group rests or ends, and the words of who says so."""

    at: dt.date
    text_fr: str


class GroupPart(Part):
    """Who sits in it does so from the day its members are called for chairs, or from its validation; its chairs take
    over for a year on the day after the call."""

    code: str
    number: int
    title_fr: str
    title_en: str
    gcm_objectives: list[str]
    tor_summary_fr: str
    need_fr: str = ""
    proposed_by: str = ""
    proposed_at: dt.date
    adopted_by: str | None
    unct_returns: list[UnctReturnPart] = []
    submitted_to_unct_at: dt.date | None
    unct_validated_at: dt.date | None
    unct_reference: str | None
    active_from: dt.date | None
    members: list[str]
    partners: list[str]
    meetings: list[dt.date] = []
    deliverables: list[DeliverablePart] = []
    papers: list[GroupPaperPart] = []
    passes: list[GroupPassPart] = []
    chair_call: ChairCallPart | None = None
    chairs: list[ChairPart] = []
    asleep: PausePart | None = None
    closing: PausePart | None = None
