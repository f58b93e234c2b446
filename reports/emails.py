"""Mails about what the Network prints."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.typography import french_day, long_day
from core.word import DOCX
from members.emails import Sheet, send
from members.queries import network_people, voices_of
from reports import sheets
from reports.models import DecisionExtract, MemberList

PDF = "application/pdf"


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


def send_extract(extract: DecisionExtract, pdf: bytes) -> None:
    """To who speaks for the entity that proposed the decision and for the one in charge: PDF and Word, enclosed."""
    decision = extract.decision
    concerned = [entity for entity in (decision.proposed_by, decision.responsible) if entity]
    word = sheets.docx(extract.sheet, taken_at=extract.taken_at)
    files = ((extract.filename("pdf"), pdf, PDF), (extract.filename("docx"), word, DOCX))
    for person in voices_of(concerned, clock.today()):
        with translation.override(person.language):
            facts = [
                (_("Decision:"), str(decision)),
                (_("Adopted on:"), french_day(decision.recorded_at)),
                *([(_("In charge:"), decision.responsible.name)] if decision.responsible else []),
                *([(_("To be carried out by:"), french_day(decision.due_on))] if decision.due_on else []),
                (_("Enclosed:"), _("the extract, as PDF and for Word")),
            ]
            sheet = Sheet(
                subject=_("Extract of decision %s") % decision,
                opening=_("The Network adopted this decision; here is what the register holds of it."),
                facts=facts, verb=_("Read the decision"), url=settings.SITE_URL + decision.get_absolute_url(),
                closing=_("A question? Write to the secretariat:"),
            )  # fmt: skip
        key = f"extract-{extract.pk}-{person.pk}"
        send("reports.extract", person.email, person, sheet, key, extract, attachments=files)
