"""What happens when the plan leaves for the Resident Coordinator. An upper floor registers, the action calls.

It prints the file in a job of the kind :data:`FILE_JOB`, which the plan's page can then tell of.

# reports/apps.py, in ready(): order the PDF that will be attached with attach_transmitted_file
custody.register(order_plan_pdf)
"""

from collections.abc import Callable
from typing import Any

FILE_JOB = "reports.render_plan"
Hook = Callable[..., None]
_on_transmitted: list[Hook] = []


def register(hook: Hook) -> None:
    """``hook(plan, by=person)`` runs in the transaction that transmits the plan."""
    if hook not in _on_transmitted:
        _on_transmitted.append(hook)


def transmitted(plan: Any, *, by: Any) -> None:
    for hook in _on_transmitted:
        hook(plan, by=by)
