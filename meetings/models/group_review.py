"""What an annual review found of a working group."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.enums import Relevance
from meetings.models.meeting import Meeting
from members.models import User
from workinggroups.models import WorkingGroup


class GroupReview(models.Model):
    """Whether a group still has something to do, asked once at each annual review: a trigger refuses another answer."""

    review = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="group_reviews")
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(_("what was found"), max_length=20, choices=Relevance)
    note = models.TextField(_("note"), blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("review of a working group")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "group"], name="group_reviewed_once",
                violation_error_message=_("This group was reviewed at this annual review already."),
            ),
            models.CheckConstraint(condition=Q(verdict__in=Relevance.values), name="group_review_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict=Relevance.GOES_ON) | ~Q(note=""), name="group_review_says_why",
                violation_error_message=_("Say why, in a few words."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.group}, {self.review}"
