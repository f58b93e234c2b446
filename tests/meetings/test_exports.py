from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook

from meetings import actions
from members.models import User
from tests.factories import decisions as decide
from tests.factories import meetings as make

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "＝1+1", "https://example.org"]


def docx_of(client, meeting):
    response = client.get(reverse("meetings:minutes_docx", args=[meeting.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="RNUM-SN_CR_{meeting.day:%Y-%m-%d}.docx"'
    return Document(BytesIO(response.getvalue()))


def test_minutes_docx_has_headings_lists_and_what_was_decided(personas, sign_in):
    meeting = make.held(personas)
    item = meeting.items.get()
    text = "Un **mot** fort.\n\n- premier\n- second\n\n<script>alert(1)</script>"
    actions.edit_minutes(item, minutes=text, version=item.version, by=personas.secretariat)
    decision = decide.recorded(personas)
    actions.attach_decision(item, decision=decision, by=personas.secretariat)
    make.action_point(personas, meeting)

    document = docx_of(sign_in(personas.focal_a), meeting)

    words = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert [name for name, _text in words if name in {"Title", "Heading 1"}] == ["Title", "Heading 1", "Heading 1"]
    assert ("Heading 1", "1. Questions émergentes") in words
    assert ("List Bullet", "premier") in words
    assert any(style == "List Bullet" and decision.reference in text for style, text in words)
    assert any(style == "List Bullet" and "Partager la cartographie" in text for style, text in words)
    assert any(run.bold and run.text == "mot" for paragraph in document.paragraphs for run in paragraph.runs)


def test_minutes_docx_names_everybody_in_the_language_of_the_reader(personas, sign_in):
    meeting = make.held(personas)
    client, said = sign_in(personas.secretariat), {}

    for language in ("fr", "en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        User.objects.filter(pk=personas.secretariat.pk).update(language=language)
        said[language] = [one.text.replace("\u00a0", " ") for one in docx_of(client, meeting).paragraphs]

    assert {"État : tenue", "Présentes : HCDH, OIM, UNICEF", "Excusées : ONU-Femmes", "Non relevées : BCR, UNFPA"} <= {
        *said["fr"]
    }
    assert {line.partition(": ")[0] for line in said["en"]} >= {"State", "Present", "Apologies", "Not recorded"}


def test_files_are_never_kept_nor_run_by_a_browser(personas, sign_in):
    meeting = make.convened(personas)
    client = sign_in(personas.focal_a)
    addresses = [reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("minutes_docx", "invitation_ics")]

    for address in [*addresses, reverse("actions:action_export")]:
        response = client.get(address)
        assert response.getvalue()
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Security-Policy"].startswith("sandbox")


def test_minutes_docx_leaves_out_a_draft_decision(personas, sign_in):
    meeting = make.held(personas)
    draft = decide.draft(personas, title="Brouillon confidentiel")
    actions.attach_decision(meeting.items.get(), decision=draft, by=personas.secretariat)

    texts = {
        name: "Brouillon confidentiel"
        in "\n".join(p.text for p in docx_of(sign_in(getattr(personas, name)), meeting).paragraphs)
        for name in ("secretariat", "focal_b")
    }

    assert texts == {"secretariat": True, "focal_b": False}


def test_minutes_docx_holds_what_word_cannot(personas, sign_in):
    meeting = make.held(personas)
    item = meeting.items.get()
    actions.edit_minutes(item, minutes="avant\x0b\x1fapr\ufffeès", version=item.version, by=personas.secretariat)

    document = docx_of(sign_in(personas.secretariat), meeting)

    assert "avantaprès" in [paragraph.text for paragraph in document.paragraphs]


def test_actions_xlsx_holds_what_is_shown_and_no_formula(personas, sign_in):
    meeting = make.held(personas)
    for text in FORMULAS:
        make.action_point(personas, meeting, text=text)
    make.action_point(personas, meeting, text="D’une autre", responsible=personas.unfpa)

    response = sign_in(personas.focal_b).get(reverse("actions:action_export"), {"entity": "unicef"})

    sheet = load_workbook(BytesIO(response.getvalue())).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == FORMULAS
    assert {cell.data_type for cell in cells} == {"s"}
    assert sheet["D2"].value.date() == meeting.day


def test_invitation_ics_is_a_publication_of_the_same_event(personas, sign_in):
    meeting = make.convened(personas)

    response = sign_in(personas.focal_a).get(reverse("meetings:invitation_ics", args=[meeting.pk]))

    calendar = Calendar.from_ical(response.getvalue())
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], str(event["UID"]), event["DTSTART"].dt) == (
        "PUBLISH",
        str(meeting.uid),
        meeting.starts_at,
    )
    assert "ATTENDEE" not in event


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_invitation_ics_of_a_meeting_that_is_not_to_be_held_leads_back(personas, sign_in, state):
    meeting = make.IN_STATE[state](personas)

    response = sign_in(personas.secretariat).get(reverse("meetings:invitation_ics", args=[meeting.pk]))

    assert response["Location"] == meeting.get_absolute_url()
