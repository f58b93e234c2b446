"""What the mandate leaves to the annual review: decisions are placed in its minutes, and taken nowhere else."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.errors import DomainError
from decisions.models import Decision
from meetings import actions
from meetings.enums import MINUTES_OPEN, OVER, AgendaKind, Kind, MeetingState
from meetings.models import Meeting
from members.models import User


class NotAnAnnualReview(DomainError):
    """Clauses M-55 and M-75: the plan is validated and the co-chair named at the annual review."""


def place(review: Meeting, decision: Decision, kind: AgendaKind, by: User) -> None:
    """Under the standing item of that kind, as the secretariat would by hand."""
    item = review.items.filter(kind=kind).order_by("order", "pk").first()
    if item is not None:
        actions.attach_decision(item, decision=decision, by=by)


def require(review: Meeting, decision: Decision, kind: AgendaKind, by: User) -> None:
    """Place a decision that no meeting carries yet.

    Raises:
        NotAnAnnualReview: another meeting carries it, or the minutes of the review are closed.
    """
    carried_by = list(Meeting.objects.filter(items__decisions=decision).order_by("pk"))
    if review in carried_by:
        return
    if carried_by or review.state not in MINUTES_OPEN:
        raise NotAnAnnualReview(_("This is decided at “%s”: attach the decision to its item there.") % review)
    place(review, decision, kind, by)


def check_nomination(decision: Decision) -> None:
    """Refuse a nomination that no annual review deals with (clause M-75).

    Raises:
        NotAnAnnualReview: none carries the decision, and none is in session to take it.
    """
    if not (_reviews_carrying(decision).exists() or _reviews_in_session().exists()):
        raise NotAnAnnualReview(
            _(
                "The co-chair is named at the annual review: open its session, or attach this decision to its item "
                "on the next co-chair."
            )
        )


def place_nomination(decision: Decision, *, by: User) -> None:
    """Called by the nomination that is being recorded: it stands in the minutes of the review that is in session."""
    if not _reviews_carrying(decision).exists():
        require(_reviews_in_session()[0], decision, AgendaKind.CO_CHAIR, by)


def _reviews_carrying(decision: Decision) -> QuerySet[Meeting]:
    held = {MeetingState.IN_SESSION, *OVER}
    return Meeting.objects.filter(kind=Kind.ANNUAL_REVIEW, state__in=held, items__decisions=decision)


def _reviews_in_session() -> QuerySet[Meeting]:
    return Meeting.objects.filter(kind=Kind.ANNUAL_REVIEW, state=MeetingState.IN_SESSION).order_by("-starts_at", "pk")
