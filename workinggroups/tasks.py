"""Celery tasks of working groups: each can be repeated, a mail with the same key is queued once."""

from celery import shared_task

from workinggroups import actions
from workinggroups.enums import GroupState
from workinggroups.models import WorkingGroup


@shared_task
def watch_groups() -> None:
    """A group that does not meet: its chairs are asked, then it falls asleep."""
    for group in WorkingGroup.objects.filter(state=GroupState.ACTIVE).in_order():
        actions.watch_group(group)
