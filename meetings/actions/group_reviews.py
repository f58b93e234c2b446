"""At the annual review the Network looks whether each working group still has something to do."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused, refusals_of
from core.transitions import can_move, lock
from meetings.enums import Relevance
from meetings.models import GroupReview, Meeting
from members.models import User
from workinggroups import actions as groups
from workinggroups.enums import AT_WORK
from workinggroups.models import WorkingGroup

refusals = refusals_of({"group_review_says_why": "note", "group_reviewed_once": "verdict"})


def check_reviewing(review: Meeting, group: WorkingGroup) -> None:
    """
    Raises:
        DomainError: it is no annual review, has not begun, or its minutes circulate; or the group was reviewed there.
    """
    if not review.takes_group_reviews:
        raise DomainError(
            _("The groups are reviewed at an annual review, from its opening until its minutes circulate.")
        )
    if GroupReview.objects.filter(review=review, group=group).exists():
        raise Refused(_("This group was reviewed at this annual review already."), "verdict")


@transaction.atomic
def review_group(review: Meeting, group: WorkingGroup, *, verdict: str, note: str = "", by: User) -> GroupReview:
    """Note what the annual review found of a group, once; what is to follow for the group follows at once.

    Raises:
        DomainError: as :func:`check_reviewing`; or the group is not at work, or has a meeting ahead that is to be
            called off first.
        Refused: it was reviewed there already, or nothing says why it does not go on as it is.
    """
    review = lock(review)
    check_reviewing(review, group)
    group = lock(group)
    if group.state not in AT_WORK:
        raise DomainError(_("“%s” is not at work: there is nothing to review.") % group)
    found = Relevance(verdict)
    if found == Relevance.SLEEPS and not can_move(group, "put_to_sleep"):
        raise Refused(_("The group is dormant already: it goes on, or is closed."), "verdict")
    with refusals(GroupReview):
        written = GroupReview.objects.create(
            review=review, group=group, verdict=found, note=note.strip(), noted_at=clock.now(), noted_by=by
        )
    told = {"review": str(review), "note": note.strip()}
    because = _("%(review)s: %(note)s") % told
    if found == Relevance.SLEEPS:
        groups.put_to_sleep(group, reason=because, by=by)
    elif found == Relevance.CLOSES:
        groups.close_group(group, note=because, by=by)
    elif found == Relevance.REFOCUSED:
        journal.record("refocus_group", group, by=by, data=told)
    else:
        journal.record("keep_group", group, by=by, data=told)
    return written
