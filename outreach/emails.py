"""Mails about statements of the Network."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.typography import french_day
from decisions.models import Decision
from members.emails import Sheet, send
from members.enums import Role
from members.queries import co_chairs_on, people_with_role


def ask_to_publish(decision: Decision) -> None:
    """To the secretariat and the co-chairs, in whose name it is published."""
    day = clock.today()
    told = [*people_with_role(Role.SECRETARIAT, day), *(term.person for term in co_chairs_on(day))]
    for person in dict.fromkeys(told):
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("%s, to be published") % decision,
                opening=_("The Network adopted this statement. It is published in its name."),
                facts=[
                    (_("Statement:"), str(decision)),
                    (_("Adopted on:"), french_day(decision.recorded_at)),
                    (_("Text:"), decision.texts.latest("number").text),
                ],
                verb=_("Take the Word file and say where it is published"),
                url=settings.SITE_URL + reverse("statements:statement_publish", args=[decision.pk]),
                closing=_("A question? Write to the secretariat:"),
            )
        send("outreach.statement", person.email, person, sheet, f"statement-{decision.pk}-{person.pk}", decision)
