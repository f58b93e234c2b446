"""Sheets taken from the records at one moment; the database refuses to change what was taken."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.templatetags.typography import long_day
from decisions.models import Decision
from members.enums import Seat
from members.models import CoChairTerm, User
from reports import lists
from reports.sheets import Sheet
from reports.snapshot import from_data

# in names of files, whatever the language
_SEATS: dict[str, str] = {Seat.COORDINATOR: "coordination", Seat.ROTATING: "siege-tournant"}


def file_is_whole(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(file="", sha256="", size__isnull=True, pages__isnull=True)
        | (~Q(file="") & ~Q(sha256="") & Q(size__isnull=False, pages__isnull=False)),
        name=name,
    )


class Frozen(models.Model):
    """What was taken, by whom, when; and the file once it is printed."""

    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to="sheets/", blank=True, max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)

    class Meta:
        abstract = True


class HandoverQuerySet(models.QuerySet["HandoverPack"]):
    def light(self) -> "HandoverQuerySet":
        """Without the content, which no list needs."""
        return self.defer("content")


class HandoverPack(Frozen):
    """All that was open when a co-chair prepared to hand over (clause M-47)."""

    term = models.ForeignKey(CoChairTerm, on_delete=models.PROTECT, related_name="handover_packs")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        constraints = [file_is_whole("handover_file_is_whole")]

    def __str__(self) -> str:
        named = {"seat": self.term.get_seat_display(), "day": long_day(timezone.localdate(self.taken_at))}
        return gettext("Handover, %(seat)s, %(day)s") % named

    def get_absolute_url(self) -> str:
        return reverse("handover:handover_detail", args=[self.pk])

    def filename(self, suffix: str) -> str:
        day = timezone.localdate(self.taken_at)
        return f"{settings.NETWORK_CODE}_passation_{_SEATS[self.term.seat]}_{day:%Y-%m-%d}.{suffix}"

    @property
    def sheet(self) -> Sheet:
        return from_data(Sheet, self.content)


class MemberListQuerySet(models.QuerySet["MemberList"]):
    def visible_to(self, user: Any) -> "MemberListQuerySet":
        """For those who may open the directory: the shared ones; to who freezes and shares them, all."""
        if user.has_perm("reports.freeze_member_list"):
            return self
        return self.filter(shared_at__isnull=False) if user.has_perm("members.view_directory") else self.none()

    def light(self) -> "MemberListQuerySet":
        return self.defer("content")

    def latest_first(self) -> "MemberListQuerySet":
        return self.order_by("-year", "-number")


class MemberList(Frozen):
    """The list of members on a day, under a number of its year; shared once with the Network (clauses M-57, M-58)."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    shared_at = models.DateTimeField(null=True)
    shared_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MemberListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of members")
        constraints = [
            file_is_whole("member_list_file_is_whole"),
            models.UniqueConstraint(fields=["year", "number"], name="member_list_number"),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=False) | Q(shared_by__isnull=True), name="member_list_shared_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return gettext("List of members %(year)s/%(number)s") % {"year": self.year, "number": f"{self.number:02}"}

    def get_absolute_url(self) -> str:
        return reverse("lists:list_detail", args=[self.pk])

    def filename(self, suffix: str) -> str:
        day = timezone.localdate(self.taken_at)
        return f"{settings.NETWORK_CODE}_liste_des_membres_{self.year}-{self.number:02}_{day:%Y-%m-%d}.{suffix}"

    @property
    def listed(self) -> lists.ListOfMembers:
        return from_data(lists.ListOfMembers, self.content)

    @property
    def sheet(self) -> Sheet:
        return lists.sheet(self.listed, str(self))


class DecisionExtract(Frozen):
    """What the register held of a decision on the day it entered it; sent to who proposed it and who carries it out."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="extract")

    class Meta:
        verbose_name = _("extract of a decision")
        constraints = [file_is_whole("decision_extract_file_is_whole")]

    def __str__(self) -> str:
        return gettext("Extract of decision %s") % self.decision.reference

    def get_absolute_url(self) -> str:
        return reverse("extracts:extract_detail", args=[self.decision_id])

    def filename(self, suffix: str) -> str:
        number = f"{self.decision.year}-D-{self.decision.number:03d}"
        return f"{settings.NETWORK_CODE}_decision_{number}_extrait.{suffix}"

    @property
    def sheet(self) -> Sheet:
        return from_data(Sheet, self.content)
