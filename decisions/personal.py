"""What people said in consultations and calls. Who proposed, wrote and noted is in the journal."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.personal import Holding
from decisions.models import Candidacy, Comment, Facilitation, Position
from members.models import User


def _positions(person: User) -> Iterator[tuple[Any, ...]]:
    said = Position.objects.filter(author=person).select_related("decision", "entity").order_by("at", "pk")
    for position in said:
        yield (
            position.at, position.decision.title, position.entity.acronym, position.get_stance_display(),
            position.reason, position.alternative,
        )  # fmt: skip


def _comments(person: User) -> Iterator[tuple[Any, ...]]:
    for comment in Comment.objects.filter(author=person).select_related("decision").order_by("at", "pk"):
        yield (
            comment.at,
            comment.decision.title,
            comment.place,
            comment.get_kind_display(),
            comment.wording,
            comment.text,
        )


def _facilitations(person: User) -> Iterator[tuple[Any, ...]]:
    written = Facilitation.objects.filter(author=person).select_related("objection__decision", "objection__entity")
    for note in written.order_by("at", "pk"):
        yield note.at, note.objection.decision.title, note.objection.entity.acronym, note.text


def _candidacies(person: User) -> Iterator[tuple[Any, ...]]:
    for one in Candidacy.objects.filter(person=person).select_related("entity", "nomination").order_by("put_at", "pk"):
        yield one.put_at, str(one.nomination), one.entity.acronym, one.statement, one.withdrawn_at


HOLDINGS = (
    Holding(
        _("Candidacies to a seat"),
        (_("When"), _("Call"), _("For the entity"), _("Statement"), _("Withdrawn")),
        ("decisions.Candidacy.person",),
        _candidacies,
    ),
    Holding(
        _("Positions you gave"),
        (_("When"), _("Decision"), _("For the entity"), _("Position"), _("Reason"), _("What would lift it")),
        ("decisions.Position.author",),
        _positions,
    ),
    Holding(
        _("Comments on decisions"),
        (_("When"), _("Decision"), _("Paragraph"), _("What is asked"), _("Proposed wording"), _("Text")),
        ("decisions.Comment.author",),
        _comments,
    ),
    Holding(
        _("Notes on objections"),
        (_("When"), _("Decision"), _("Objection of"), _("Note")),
        ("decisions.Facilitation.author",),
        _facilitations,
    ),
)
IN_JOURNAL = (
    "decisions.Decision.created_by", "decisions.Decision.first_noted_by", "decisions.Decision.noted_by",
    "decisions.DecisionText.written_by", "decisions.Translation.written_by",
    "decisions.Comment.answered_by", "decisions.OnBehalf.answered_by",
    "decisions.RulesOfProcedure.prepared_by", "decisions.Referral.asked_by", "decisions.Referral.recorded_by",
    "decisions.Candidacy.put_by", "decisions.Nomination.opened_by", "decisions.Sounding.opened_by",
)  # fmt: skip
