"""The calendar address of a person: opened, and revoked."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import refusals_of
from meetings.models import CalendarFeed
from members.models import User

_refusals = refusals_of({"calendar_feed_once": ""})


@transaction.atomic
def open_feed(*, by: User) -> CalendarFeed:
    """Make an address that the person's calendar program reads.

    Raises:
        Refused: the person has one.
    """
    feed = CalendarFeed(person=by, opened_at=clock.now())
    with _refusals(CalendarFeed):
        feed.save(force_insert=True)
    journal.record("open_feed", feed, by=by)
    return feed


@transaction.atomic
def revoke_feed(*, by: User) -> CalendarFeed:
    """The address opens nothing any more, for whoever holds it.

    Raises:
        DomainError: the person has none.
    """
    feed = CalendarFeed.objects.select_for_update().filter(person=by, revoked_at__isnull=True).first()
    if feed is None:
        raise DomainError(_("You have no calendar address."))
    feed.revoked_at = clock.now()
    feed.save(update_fields=["revoked_at"])
    journal.record("revoke_feed", feed, by=by)
    return feed
