"""What is known of the nomination of co-chairs, and its subject in decisions."""

from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Prefetch
from django.urls import reverse

from core.refusals import refusals_of
from decisions import procedure
from decisions.models import Candidacy, Decision, Nomination, NominationQuerySet
from members.enums import Seat
from members.models import CoChairTerm

SUBJECT = "nomination"
# Between the call and its last day, where the Network has no usage of its own yet.
USUAL_CALL = timedelta(days=21)
USUAL_SOUNDING = timedelta(days=7)
refusals = refusals_of({"nomination_one_under_way": "seat", "candidacy_one_per_entity": "entity"})


def rotates(seat: Seat, day: date) -> bool:
    """Whether this seat passes on each year: the rotating one does, the other where the rules say so (clause M-47)."""
    return seat == Seat.ROTATING or procedure.in_force(day).coordinator_rotates


def nominations(user: Any) -> NominationQuerySet:
    """Those ``user`` may see, the latest first, with what was decided and all who were put forward."""
    put = Candidacy.objects.select_related("entity", "person").order_by("put_at", "pk")
    found: NominationQuerySet = Nomination.objects.visible_to(user).order_by("-starts_on", "-pk")
    return found.select_related("decision", "chosen__entity", "chosen__person").prefetch_related(
        Prefetch("candidacies", put, to_attr="put")
    )


def under_way(user: Any, seat: Seat) -> Nomination | None:
    """The call for this seat that is open or before the Network."""
    return Nomination.objects.visible_to(user).under_way().filter(seat=seat).order_by("pk").first()


def next_term(seat: Seat, day: date) -> tuple[date, date]:
    """The year that follows the last term of the seat, or the next calendar year (clause M-47: annual)."""
    last = CoChairTerm.objects.filter(seat=seat, ends_on__gte=day).order_by("-ends_on").first()
    first = last.ends_on + timedelta(days=1) if last and last.ends_on else date(day.year + 1, 1, 1)
    return first, last_day_of_a_year(first)


def last_day_of_a_year(first: date) -> date:
    return first + relativedelta(years=1, days=-1)


def url_of(decision: Decision) -> str:
    return reverse("nominations:nomination_detail", args=[decision.subject_id])
