"""Decisions that revise a validated plan (clause M-76): those one may rest on, and the one that is under way."""

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from decisions.enums import UNDER_WAY
from decisions.models import NUMBERED, Decision
from workplan.enums import REVISION
from workplan.models import PlanVersion, WorkPlan


def decisions(plan: WorkPlan) -> QuerySet[Decision]:
    """What a revision of the plan may rest on, the newest first: a decision on the work plan in general, or on this
    plan, that the Network took after it had validated it, that validates no plan and stands behind no version yet.
    """
    if plan.validated_at is None:
        return Decision.objects.none()
    on_plans = Q(subject_kind="work_plan") | Q(subject_kind=REVISION, subject_id=str(plan.pk))
    later = Decision.objects.filter(on_plans, state__in=NUMBERED, recorded_at__gt=plan.validated_at)
    behind_a_version = PlanVersion.objects.values("decision")
    return later.filter(validated_plan=None).exclude(pk__in=behind_a_version).order_by("-year", "-number", "pk")


def asked(plan: WorkPlan) -> Decision | None:
    """The decision that would revise this plan, from its draft until its end."""
    return _asked().filter(subject_id=str(plan.pk)).first()


def _asked() -> QuerySet[Decision]:
    return Decision.objects.filter(subject_kind=REVISION, state__in=UNDER_WAY).order_by("-pk")


def with_asked(plans: QuerySet[WorkPlan]) -> QuerySet[WorkPlan]:
    """Each plan with what :func:`shown` reads, in the same query."""
    row = JSONObject(id="pk", title="title", state="state", proposed_by_id="proposed_by_id")
    mine = _asked().filter(subject_id=Cast(OuterRef("pk"), CharField()))
    return plans.annotate(revision_asked=Subquery(mine.values(row=row)[:1]))


def shown(plan: WorkPlan) -> Decision | None:
    """:func:`asked` of a plan read by :func:`with_asked`: its title, its state and who proposed it."""
    row = getattr(plan, "revision_asked", None)
    return Decision(**row) if row else None


def words(plan: WorkPlan) -> dict[str, str]:
    """How the decision is usually named: what it changes is for who proposes it to say."""
    return {"title": _("Revision of the work plan %s") % plan.year}
