"""What the plan keeps about people: the updates they gave, the plans they signed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.personal import Holding
from members.models import User
from workplan.models import PlanSignature, QuarterReport


def _updates(person: User) -> Iterator[tuple[Any, ...]]:
    given = QuarterReport.objects.filter(reported_by=person).select_related("activity__plan").order_by("reported_at")
    for update in given:
        yield (
            update.reported_at, str(update.activity.plan), str(update.activity), update.get_quarter_display(),
            update.get_status_display(), update.progress_percent, update.note, update.risk,
        )  # fmt: skip


def _signatures(person: User) -> Iterator[tuple[Any, ...]]:
    for signature in PlanSignature.objects.filter(person=person).select_related("plan").order_by("signed_at"):
        yield signature.signed_at, str(signature.plan), signature.get_seat_display()


HOLDINGS = (
    Holding(
        _("Updates of activities"),
        (
            _("When"), _("Plan"), _("Activity"), _("Quarter"), _("Status"), _("Progress (%)"), _("What was done"),
            _("Risk or obstacle"),
        ),
        ("workplan.QuarterReport.reported_by",), _updates,
    ),
    Holding(
        _("Plans you signed"), (_("When"), _("Plan"), _("As")), ("workplan.PlanSignature.person",), _signatures
    ),
)  # fmt: skip
IN_JOURNAL = tuple(
    f"workplan.WorkPlan.{act}_by"
    for act in (
        "created", "consultation_opened", "tabled", "transmitted", "acknowledged", "execution_started", "reviewed",
        "archived",
    )
)  # fmt: skip
