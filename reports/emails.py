"""Mails about what the Network prints."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.typography import long_day
from members.emails import Sheet, send
from members.queries import network_people
from reports.models import MemberList


def share(version: MemberList) -> None:
    """The list itself stays behind the sign-in: it holds the telephone numbers of people."""
    listed, day = version.listed, timezone.localdate(version.taken_at)
    for person in network_people(clock.today()):
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("%(list)s, as of %(day)s") % {"list": version, "day": long_day(day)},
                opening=_("Here is the list of the members of the Network and of those who speak for them."),
                facts=[
                    (_("As of:"), long_day(day)),
                    (_("Entities:"), str(len(listed.entities))),
                    (_("People:"), str(sum(len(one.people) for one in listed.entities))),
                    (_("Files:"), _("PDF, Excel, address book (vCard)")),
                ],
                verb=_("Open the list"),
                url=settings.SITE_URL + version.get_absolute_url(),
                closing=_("Is something about you out of date? Correct it in the portal, or write to the secretariat:"),
            )
        send("reports.member_list", person.email, person, sheet, f"member-list-{version.pk}-{person.pk}", version)
