"""Guests of one meeting: contacts of partners, let in by a link of their own (clauses M-33, M-35)."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.links import SignedLink
from meetings.enums import ANNOUNCED, MeetingState
from meetings.models.meeting import Meeting, pair
from members.models import PartnerContact, User


def outlasts() -> timedelta:
    """How long a guest may come back to the page once the meeting is over."""
    return timedelta(days=settings.GUEST_PASS_DAYS)


class GuestPassQuerySet(models.QuerySet["GuestPass"]):
    def standing(self, day: date) -> "GuestPassQuerySet":
        """Those that open something on ``day``: neither revoked nor expired, of somebody who still is a contact."""
        is_contact = Q(contact__ends_on__isnull=True) | Q(contact__ends_on__gte=day)
        ahead = Q(meeting__ends_at__gt=clock.now() - outlasts())
        return self.filter(is_contact, ahead, revoked_at__isnull=True, contact__person__is_active=True)


class GuestPass(SignedLink, models.Model):
    """Lets a contact of a partner see one meeting and its papers, without an account, until some days after it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="passes")
    contact = models.ForeignKey(PartnerContact, on_delete=models.PROTECT, related_name="passes")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    link_salt = "guest-pass"
    objects = GuestPassQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest pass")
        constraints = [
            pair("guest_pass_revoked_pair", "revoked"),
            models.UniqueConstraint(
                fields=["meeting", "contact"], condition=Q(revoked_at__isnull=True), name="guest_pass_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact.partner}, {self.meeting}"  # without the person, whose name journals would keep

    def get_absolute_url(self) -> str:
        """The guest's own page."""
        return reverse("guests:guest_meeting", args=[self.token])

    @property
    def expires_at(self) -> datetime:
        return self.meeting.ends_at + outlasts()

    @property
    def is_standing(self) -> bool:
        """Neither revoked nor over, whether the meeting is announced yet or not: what may still be revoked."""
        return self.revoked_at is None and self._is_contact and clock.now() < self.expires_at

    @property
    def _is_contact(self) -> bool:
        ends_on = self.contact.ends_on
        return self.contact.person.is_active and (ends_on is None or ends_on >= clock.today())

    @property
    def is_open(self) -> bool:
        return not self.why_closed

    @property
    def why_closed(self) -> str:
        """A sentence for the guest who follows the link; empty while it is open."""
        if self.revoked_at or not self._is_contact:
            return gettext("This invitation was withdrawn.")
        if clock.now() >= self.expires_at:
            return gettext("This invitation has expired: the meeting is over.")
        if self.meeting.state not in ANNOUNCED | {MeetingState.POSTPONED, MeetingState.CANCELLED}:
            return gettext("This meeting is not convened yet: you will receive a mail when it is.")
        return ""
