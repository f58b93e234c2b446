"""What a group works with and hands over: its papers, its deliverables, the passes of its guests (M-64, M-67)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.links import SignedLink
from core.uploads import kind_of
from members.models import PartnerContact
from workinggroups.enums import DeliverableState
from workinggroups.models.groups import WorkingGroup, record_path


class PaperQuerySet(models.QuerySet["GroupPaper"]):
    def standing(self) -> "PaperQuerySet":
        return self.filter(removed_at__isnull=True).order_by("-added_at", "-pk")


class GroupPaper(models.Model):
    """A paper for those who sit in the group; who put it there is in the journal."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to=record_path, max_length=200)
    file_name = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a working group")
        constraints = [
            models.CheckConstraint(condition=~Q(file="") & ~Q(file_name=""), name="group_paper_has_a_file"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind(self) -> str:
        """« PDF », for the link."""
        known = kind_of(str(self.file.name))
        return known.label if known else ""


DONE_WITH = (DeliverableState.COMPLETED, DeliverableState.CANCELLED)


class DeliverableQuerySet(models.QuerySet["Deliverable"]):
    def open(self) -> "DeliverableQuerySet":
        """Neither handed over nor given up."""
        return self.exclude(state__in=DONE_WITH)


class Deliverable(models.Model):
    """What a group is to hand over; a paper of the group may be it."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="deliverables")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=DeliverableState, default=DeliverableState.NOT_STARTED)
    completed_on = models.DateField(null=True)
    paper = models.ForeignKey(GroupPaper, null=True, on_delete=models.PROTECT, related_name="deliverables")
    version = models.PositiveIntegerField(default=1)

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        verbose_name = _("deliverable of a working group")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DeliverableState.values), name="group_deliverable_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=DeliverableState.COMPLETED, completed_on__isnull=False)
                | ~Q(state=DeliverableState.COMPLETED) & Q(completed_on__isnull=True),
                name="group_deliverable_completed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        return self.state not in DONE_WITH and self.due_on < clock.today()


class GroupPassQuerySet(models.QuerySet["GroupPass"]):
    def standing(self, day: Any) -> "GroupPassQuerySet":
        """Neither revoked nor expired on ``day``."""
        return self.filter(revoked_at__isnull=True, expires_on__gte=day)

    def with_guest(self) -> "GroupPassQuerySet":
        found: GroupPassQuerySet = self.select_related("group", "contact__person", "contact__partner")
        return found.order_by("contact__partner__name_fr", "contact__person__family_name", "pk")


class GroupPass(SignedLink, models.Model):
    """Lets a contact of a partner that sits in the group see it and its papers, without an account, until a day."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="passes")
    contact = models.ForeignKey(PartnerContact, on_delete=models.PROTECT, related_name="group_passes")
    given_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    link_salt = "group-pass"
    objects = GroupPassQuerySet.as_manager()

    class Meta:
        verbose_name = _("pass to a working group")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "contact"], condition=Q(revoked_at__isnull=True), name="group_pass_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact.partner}, {self.group}"  # without the person, whose name journals would keep

    def get_absolute_url(self) -> str:
        """The guest's own page."""
        return reverse("group_guests:group_guest", args=[self.token])

    @property
    def is_open(self) -> bool:
        return not self.why_closed

    @property
    def why_closed(self) -> str:
        """A sentence for the guest who follows the link; empty while it is open."""
        today, contact = clock.today(), self.contact
        sits = self.group.members.sitting(today).filter(partner=contact.partner_id).exists()
        if self.revoked_at or not (contact.person.is_active and contact.holds_on(today) and sits):
            return gettext("This invitation was withdrawn.")
        if self.group.is_over:
            return gettext("This group is closed.")
        if today > self.expires_on:
            return gettext("This invitation has expired.")
        return ""
