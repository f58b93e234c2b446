"""Celery tasks of decisions: each can be repeated, a mail with the same key is queued once."""

from datetime import datetime, timedelta

from celery import shared_task

from core import clock
from decisions import actions, emails, queries
from decisions.enums import DecisionState, Mode, Stance
from decisions.models import Decision, Sounding

REMINDED = (4, 48)  # hours before a deadline
REMEMBERED = timedelta(days=2)  # how long after a deadline it is told, if nothing ran meanwhile


@shared_task
def watch_calls() -> None:
    """Remind those who have said nothing, 48 and 4 hours before the deadline; tell the co-chairs once it has passed."""
    now = clock.now()
    calls = Decision.objects.filter(state=DecisionState.CALL).exclude(mode=Mode.IN_SESSION)
    due = calls.filter(call_deadline__gt=now - REMEMBERED, call_deadline__lte=now + timedelta(hours=max(REMINDED)))
    for call in due.select_related("proposed_by").order_by("call_deadline", "pk"):
        words = queries.last_words(call)
        if call.is_past_deadline:
            emails.tell_of_end(call, [word.entity for word in words.values() if word.stance == Stance.OBJECTS])
        elif hours := _reminder_due(call, now):
            emails.remind(call, queries.silent_entities(call, words), hours)


def _reminder_due(call: Decision, now: datetime) -> int:
    """Of the reminders whose hour has come the last one, and none whose hour came before the call did; or nought."""
    for hours in REMINDED:
        at = call.call_deadline and call.call_deadline - timedelta(hours=hours)
        if at and call.call_opened_at and call.call_opened_at < at <= now:
            return hours
    return 0


@shared_task
def watch_reviews() -> None:
    """Remind who carries a decision out, and the co-chairs, once before each day on which it is to be reviewed."""
    today = clock.today()
    due = Decision.objects.to_review(today + queries.BEFORE_A_REVIEW).filter(review_on__gte=today)
    for decision in due.select_related("responsible").order_by("review_on", "pk"):
        emails.remind_of_review(decision)


@shared_task
def begin_decisions() -> None:
    """A decision whose first day has come takes the place of those it replaces."""
    begun = Decision.objects.filter(state=DecisionState.RECORDED, in_force_from__lte=clock.today())
    for decision in begun.filter(supersedes__state=DecisionState.RECORDED).distinct().order_by("pk"):
        actions.supersede(decision, by=None)


@shared_task
def close_soundings() -> None:
    """Those whose last day has passed."""
    for sounding in Sounding.objects.filter(closed_at__isnull=True, closes_on__lt=clock.today()).order_by("pk"):
        actions.close_sounding(sounding, by=None)
