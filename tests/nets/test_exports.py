"""Texts that a spreadsheet would run: in no file of the portal is there a formula, and every file opens again."""

from contextlib import suppress
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook

from core.models import OutboxMail
from decisions.models import Comment, Decision
from frameworks.models import NationalPriority
from meetings.models import ActionPoint, AgendaItem, Meeting
from members.models import CoChairTerm, Entity, Partner, User
from outreach.models import Engagement
from tests.nets.portal import LOOKERS, ROUTES, undone
from workinggroups.models import WorkingGroup
from workplan.models import Activity, Funder, Indicator, Outcome, WorkPlan

pytestmark = pytest.mark.django_db
TRIGGERS = [
    "=1+1", '=HYPERLINK("http://evil.example","x")', "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1",
    "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "{=1+1}", "'=1+1", '";=1+1', " =1+1",
]  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Every text that people write and a file may carry.
WRITTEN = (
    (Entity, ("name_fr", "name_en", "fields_of_intervention")),
    (User, ("given_name", "family_name", "title", "phone")),
    (CoChairTerm, ("basis",)),
    (Partner, ("name_fr", "name_en", "acronym", "description")),
    (Engagement, ("subject", "account", "next_step")),
    (NationalPriority, ("title_fr", "title_en")),
    (Decision, ("title",)),
    (Comment, ("answer",)),
    (Meeting, ("title", "room", "note")),
    (AgendaItem, ("title", "minutes")),
    (ActionPoint, ("text",)),
    (WorkPlan, ("title",)),
    (Outcome, ("title_fr", "title_en")),
    (Activity, ("title", "description", "added_value", "external_partners", "risk")),
    (Indicator, ("label", "unit", "means_of_verification")),
    (Funder, ("name",)),
    (WorkingGroup, ("title_fr", "title_en", "need", "terms")),
)
FILES = [name for name, row in ROUTES.items() if row.get]


def poison(trigger):
    """The trigger stands at the beginning of every written text; rows stay different where they must."""
    for model, names in WRITTEN:
        texts = {name: model._meta.get_field(name).max_length for name in names}
        for row in model.objects.order_by("pk"):
            values = {name: f"{trigger} {row.pk}"[:length] for name, length in texts.items()}
            # What is adopted does not change any more; the same kind of row is there as a draft.
            with suppress(IntegrityError), transaction.atomic():
                model.objects.filter(pk=row.pk).update(**values)


def fetch(portal, name):
    persona = next(one for one in LOOKERS if one in ROUTES[name].get)
    response = portal.client(persona).get(portal.address(name))
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response, content


def reopened(response, content):
    """What a program finds in the file: cells of a workbook, or proof that it is whole."""
    kind = response["Content-Type"]
    if kind.startswith(XLSX):
        book = load_workbook(BytesIO(content))
        return [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    if "wordprocessingml" in kind:
        assert Document(BytesIO(content)).paragraphs
    elif kind.startswith("text/calendar"):
        assert Calendar.from_ical(content).walk("VEVENT")
    return []


@pytest.mark.parametrize("trigger", TRIGGERS, ids=ascii)
def test_no_file_holds_a_formula(portal, trigger):
    books, wrong = set(), []
    with undone():
        poison(trigger)
        for name in FILES:
            if name.rpartition("_")[2] not in {"export", "xlsx", "docx", "ics"}:
                continue
            response, content = fetch(portal, name)
            assert response.status_code == 200, name
            cells = reopened(response, content)
            books |= {name} if cells else set()
            wrong += [f"{name} {cell.coordinate}: {cell.value}" for cell in cells if cell.data_type == "f"]
            wrong += [f"{name} {cell.coordinate}: link" for cell in cells if cell.hyperlink]

    assert wrong == []
    assert books >= {"members:directory_export", "decisions:decision_export", "actions:action_export"}


def test_every_workbook_is_asked_for(portal):
    """A file with another kind of name would slip through."""
    found = set()
    for name in FILES:
        response, _content = fetch(portal, name)
        if response.get("Content-Type", "").startswith(XLSX):
            found.add(name)

    assert {name for name in found if name.rpartition("_")[2] not in {"export", "xlsx"}} == set()


def test_what_is_written_reaches_no_header_of_a_mail(portal):
    assert not [mail for mail in OutboxMail.objects.all() if "\n" in mail.subject or "\r" in mail.subject]
