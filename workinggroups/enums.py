"""States of a working group. The UNCT validates it (clause M-65): the portal records when and under which reference."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

ENDORSEMENT = "working_group"  # the subject of a decision that endorses one group or several
TEXT_OF_A_GROUP = "group_text"  # that of one that a group brought before the Network
TERMS_OF_A_GROUP = "group_terms"  # that of one which gives a group other terms of reference


class GroupState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("working group", "proposed")
    ENDORSED = "endorsed", pgettext_lazy("working group", "endorsed by the Network")
    SUBMITTED = "submitted", pgettext_lazy("working group", "before the UNCT")
    VALIDATED = "validated", pgettext_lazy("working group", "validated by the UNCT")
    ACTIVE = "active", pgettext_lazy("working group", "active")
    DORMANT = "dormant", pgettext_lazy("working group", "dormant")
    CLOSED = "closed", pgettext_lazy("working group", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("working group", "withdrawn")


class DeliverableState(TextChoices):
    NOT_STARTED = "not_started", pgettext_lazy("deliverable", "not started")
    IN_PROGRESS = "in_progress", pgettext_lazy("deliverable", "in progress")
    DELAYED = "delayed", pgettext_lazy("deliverable", "delayed")
    COMPLETED = "completed", pgettext_lazy("deliverable", "completed")
    CANCELLED = "cancelled", pgettext_lazy("deliverable", "given up")


# verb → (states it may start from, state it leads to)
GROUP_TRANSITIONS = {
    "endorse_group": ({GroupState.PROPOSED}, GroupState.ENDORSED),
    "rework_group": ({GroupState.ENDORSED}, GroupState.PROPOSED),
    "withdraw_group": ({GroupState.PROPOSED}, GroupState.WITHDRAWN),
    "submit_to_unct": ({GroupState.ENDORSED}, GroupState.SUBMITTED),
    "return_from_unct": ({GroupState.SUBMITTED}, GroupState.ENDORSED),
    "record_unct_endorsement": ({GroupState.SUBMITTED}, GroupState.VALIDATED),
    "start_group": ({GroupState.VALIDATED}, GroupState.ACTIVE),
    "fall_asleep": ({GroupState.ACTIVE}, GroupState.DORMANT),
    "put_to_sleep": ({GroupState.ACTIVE}, GroupState.DORMANT),
    "wake_group": ({GroupState.DORMANT}, GroupState.ACTIVE),
    "close_group": ({GroupState.VALIDATED, GroupState.ACTIVE, GroupState.DORMANT}, GroupState.CLOSED),
}
BEFORE_THE_NETWORK = (GroupState.PROPOSED, GroupState.WITHDRAWN)
BEFORE_THE_UNCT = (*BEFORE_THE_NETWORK, GroupState.ENDORSED)
BEFORE_VALIDATION = (*BEFORE_THE_UNCT, GroupState.SUBMITTED)
BEYOND_THE_UNCT = (GroupState.VALIDATED, GroupState.ACTIVE, GroupState.DORMANT)
AT_WORK = (GroupState.ACTIVE, GroupState.DORMANT)
OVER = (GroupState.CLOSED, GroupState.WITHDRAWN)
