"""The address by which a person's calendar program reads the meetings of the Network by itself."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.links import SignedLink
from members.models import User


class CalendarFeed(SignedLink, models.Model):
    """One address of one person at a time; revoked, it opens nothing any more, and another may be made."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="calendar_feeds")
    opened_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    link_salt = "calendar-feed"

    class Meta:
        verbose_name = _("calendar address")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="calendar_feed_once",
                violation_error_message=_("You have a calendar address already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self._meta.verbose_name)  # without the person, whose name journals would keep

    def get_absolute_url(self) -> str:
        """Where the calendar program reads."""
        return reverse("meetings:feed_ics", args=[self.token])
