"""Files of members, people or partners that were read and checked, and await the word to be entered."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.enums import IMPORT_TRANSITIONS, ImportKind, ImportState
from members.models.people import User


class Import(models.Model):
    """What a file held, until it is entered or given up; then only how many lines it had."""

    kind = models.CharField(max_length=20, choices=ImportKind)
    state = models.CharField(max_length=20, choices=ImportState, default=ImportState.CHECKED)
    file_name = models.CharField(max_length=200)
    lines = models.JSONField(default=list)  # of core.spreadsheet.Line
    count = models.PositiveIntegerField()
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    transitions = IMPORT_TRANSITIONS

    class Meta:
        verbose_name = _("import")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ImportKind.values), name="import_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            # They are personal data, and kept no longer than they are needed.
            models.CheckConstraint(
                condition=Q(state=ImportState.CHECKED, ended_at__isnull=True)
                | (~Q(state=ImportState.CHECKED) & Q(ended_at__isnull=False, lines=[])),
                name="import_keeps_no_lines",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(kind)s from “%(file)s”") % {"kind": self.get_kind_display(), "file": self.file_name}

    def get_absolute_url(self) -> str:
        return reverse("imports:import_detail", args=[self.pk])
