"""Which objectives an entity serves in the plan in force: one query, for a page of a lower floor that has its own."""

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, F, Q, QuerySet, Subquery, When
from django.db.models.functions import Abs

from frameworks.models import GcmObjective
from members.models import Entity
from workplan.enums import AT_REST, FROZEN
from workplan.models import WorkPlan
from workplan.queries import Served


def served_by(entity: Entity, year: int) -> tuple[WorkPlan | None, list[Served]]:
    """The plan in force (of which only the year is read), and the 23 objectives with the activities that the entity
    leads or contributes to.
    """
    plan = _in_force(year)
    takes_part = Q(activities__lead=entity) | Q(activities__contributing=entity)
    own = Q(activities__plan__in=plan.values("pk")[:1]) & takes_part
    goes_ahead = own & ~Q(activities__status__in=AT_REST)
    rows: list[Any] = list(
        GcmObjective.objects.annotate(
            plan_year=Subquery(plan.values("year")[:1]),
            tagged=ArrayAgg("activities", filter=own, distinct=True),
            active=ArrayAgg("activities", filter=goes_ahead, distinct=True),
        ).order_by("number", "pk")
    )
    found = rows[0].plan_year if rows else None
    served = [Served(row, frozenset(row.tagged or ()), frozenset(row.active or ())) for row in rows]
    return WorkPlan(year=found) if found else None, served


def _in_force(year: int) -> QuerySet[WorkPlan]:
    """The order of :func:`workplan.queries.plan_in_force`, for a subquery: the nearest, those to come last."""
    to_come = Case(When(year__gt=year, then=1), default=0)
    return WorkPlan.objects.filter(state__in=FROZEN).order_by(to_come, Abs(F("year") - year), "pk")
