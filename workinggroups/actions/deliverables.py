"""What a group is to hand over, until when, and how far it is (clause M-64)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.refusals import Refused
from core.transitions import check_version, lock
from members.models import User
from workinggroups.actions.life import require_not_over
from workinggroups.enums import DeliverableState
from workinggroups.models import Deliverable, GroupPaper, WorkingGroup


@transaction.atomic
def add_deliverable(group: WorkingGroup, *, title: str, due_on: date, by: User) -> Deliverable:
    """Say what the group is to hand over, and until when.

    Raises:
        GroupIsOver: the group is closed or was withdrawn.
        Refused: the day has passed.
    """
    group = lock(group)
    require_not_over(group)
    if due_on < clock.today():
        raise Refused(_("This day has passed."), "due_on")
    deliverable = Deliverable.objects.create(group=group, title=title, due_on=due_on)
    journal.record("add_deliverable", group, by=by, data={"deliverable": title, "due_on": due_on})
    return deliverable


@transaction.atomic
def edit_deliverable(
    deliverable: Deliverable, *, title: str, due_on: date, state: str, paper: GroupPaper | None, version: int, by: User
) -> Deliverable:
    """Say how far it is. What is completed is so from today on; a paper of the group may be what was handed over.

    Raises:
        GroupIsOver: the group is closed or was withdrawn.
        StaleVersion: somebody changed it meanwhile.
        Refused: the paper is none of the group, or was removed.
    """
    group = lock(deliverable.group)  # which is not closed meanwhile
    require_not_over(group)
    deliverable = lock(deliverable)
    check_version(deliverable, version)
    if paper and not group.papers.standing().filter(pk=paper.pk).exists():
        raise Refused(_("This paper is no longer among those of the group."), "paper")
    before, deliverable.state = deliverable.state, DeliverableState(state)
    deliverable.title, deliverable.due_on, deliverable.paper = title, due_on, paper
    if deliverable.state != DeliverableState.COMPLETED:
        deliverable.completed_on = None
    elif deliverable.completed_on is None:
        deliverable.completed_on = clock.today()
    deliverable.version += 1
    deliverable.save()
    data = {"deliverable": title, "due_on": due_on, "state": [before, deliverable.state]}
    journal.record("edit_deliverable", group, by=by, data=data)
    return deliverable


@transaction.atomic
def remove_deliverable(deliverable: Deliverable, *, by: User) -> WorkingGroup:
    """It was entered by mistake; that it was there stays in the journal.

    Raises:
        GroupIsOver: the group is closed or was withdrawn.
    """
    group = lock(deliverable.group)
    require_not_over(group)
    deliverable = lock(deliverable)
    deliverable.delete()
    journal.record("remove_deliverable", group, by=by, data={"deliverable": deliverable.title})
    return group
