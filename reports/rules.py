"""Who may read and who may order what is printed. *When* is the transition table's and the actions' business."""

from typing import Any

import rules

from core import clock
from members.models import CoChairTerm
from members.rules import is_administrator, is_co_chair, is_network, is_secretariat

rules.add_perm("reports.view_report", is_network | is_administrator)
rules.add_perm("reports.order_report", is_secretariat | is_co_chair)
rules.add_perm("reports.propose_report", is_secretariat | is_co_chair)


@rules.predicate
def is_to_chair(user: Any) -> bool:
    """Somebody named for a term to come: who takes over reads what is handed over."""
    return CoChairTerm.objects.filter(person=user.pk, starts_on__gt=clock.today()).exists()


rules.add_perm("reports.take_extract", is_secretariat | is_co_chair)
rules.add_perm("reports.prepare_handover", is_secretariat | is_co_chair)
rules.add_perm("reports.view_handover", is_secretariat | is_co_chair | is_to_chair)
rules.add_perm("reports.freeze_member_list", is_secretariat | is_co_chair)
