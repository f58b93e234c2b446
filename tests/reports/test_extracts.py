"""The extract of a decision: taken as it enters the register, printed, sent to those concerned (clause M-61)."""

from datetime import timedelta
from email import message_from_bytes
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from core import clock
from core.errors import DomainError
from core.models import Job, OutboxMail
from decisions import actions as decisions
from decisions.enums import Mode, Stance
from reports import actions, rendering
from reports.models import DecisionExtract
from reports.press import Printed
from tests.factories import decisions as made

pytestmark = pytest.mark.django_db
PRINTED = Printed(b"%PDF-1.7 essai", 1)


@pytest.fixture
def adopted(personas):
    """UN Women objected and stands aside now, UNFPA is in charge, and an older decision is replaced."""
    draft = made.draft(personas, title="Charte", text="Le Réseau adopte la charte.\nElle est publiée.")
    review = clock.today().replace(year=2027)
    effects = {"responsible": personas.unfpa, "replaced": [made.recorded(personas)], "review_on": review}
    called = made.called(made.with_effects(draft, personas, **effects), personas, mode=Mode.IN_SESSION)
    for stance, reason in ((Stance.OBJECTS, "Aucun délai."), (Stance.STANDS_ASIDE, "Délai promis.")):
        decisions.state_position(called, stance=stance, reason=reason, alternative="Un délai.", by=personas.focal_b)
    made.supported_by(called, [personas.unicef], personas.secretariat)
    return decisions.note_consensus(called, by=personas.co_chair_iom)


def words_of(sheet):
    """Every word of the sheet, part by part."""
    return {
        part.title: [*part.paragraphs, *(cell for table in part.tables for row in table.rows for cell in row)]
        for part in sheet.parts
    }


def written_to():
    return sorted(OutboxMail.objects.filter(kind="reports.extract").order_by("pk").values_list("to", flat=True))


def test_extract_holds_what_the_register_does(personas, adopted):
    said = words_of(adopted.extract.sheet)

    assert said["Texte de la décision"] == ["1. Le Réseau adopte la charte.", "2. Elle est publiée."]
    noted = said["Comment elle a été prise"][-1]
    assert noted == f"Consensus constaté par {personas.co_chair_iom} le mardi 16 juin 2026."
    assert said["Positions"] == [
        "Consignée par le secrétariat (en séance)\xa0: UNICEF.",
        "Non confirmées par ces entités au jour de l’adoption, qui peuvent les contester sur le portail\xa0: UNICEF.",
        "S’abstient", "ONU-Femmes", "Délai promis.",
        "Soutient", "UNICEF", "", "Ne se sont pas exprimées",
        "HCDH, OIM, UNFPA", "",
    ]  # fmt: skip
    assert said["Objections"] == [
        "Objection d’ONU-Femmes, soulevée le 16 juin 2026\xa0: Aucun délai.",
        "Close le 16 juin 2026\xa0: l’entité s’abstient. Délai promis.",
    ]
    assert said["Effets de la décision"] == [
        "En vigueur\xa0: à partir du 16 juin 2026",
        "Remplace\xa0: RNUM-SN/2026/D-001 · Cadrage du PTA",
        f"Responsable\xa0: {personas.unfpa.name} (UNFPA)",
        "À réexaminer le\xa0: mercredi 16 juin 2027",
    ]
    assert adopted.seal in said["Authenticité"][1]


def test_extract_holds_the_advice_that_was_asked_for(personas):
    decision = made.referred(personas)
    given = {"advice": "Un plancher de 10 %.", "advised_on": clock.today(), "reference": "BCR/12"}
    decisions.record_advice(decision, **given, by=personas.rc_office)
    decisions.state_position(decision, stance="lifts_objection", reason="Un plancher.", by=personas.focal_b)
    again = decisions.open_call(decision, deadline=made.soon(), mode=Mode.IN_SESSION, by=personas.co_chair_iom)
    made.supported_by(again, [personas.unicef], personas.secretariat)
    adopted = decisions.note_consensus(again, by=personas.co_chair_iom)

    assert words_of(adopted.extract.sheet)["Avis"] == [
        "Avis du Coordonnateur résident demandé\xa0: Quel plancher ?",
        "Donné le 16 juin 2026\xa0: Un plancher de 10 %. (BCR/12)",
    ]


def test_decision_without_objection_says_so(personas):
    assert words_of(made.recorded(personas).extract.sheet)["Objections"] == []


def test_extract_tells_by_which_way_positions_came(personas):
    """On the portal they are given by who speaks for the entity: that needs no words."""
    call = made.in_call(personas, mode=Mode.IN_SESSION)
    decisions.state_position(call, stance="supports", by=personas.focal_a)
    decisions.state_position(call, stance="supports", channel="link", by=personas.focal_b)
    made.supported_by(call, [personas.unfpa, personas.ohchr], by=personas.secretariat)
    decision = decisions.note_consensus(call, by=personas.co_chair_iom)

    assert words_of(decision.extract.sheet)["Positions"][:2] == [
        "Consignée par le secrétariat (en séance)\xa0: HCDH, UNFPA.",
        "Par le lien d’un message\xa0: ONU-Femmes.",
    ]


def test_extract_is_taken_once(personas, adopted):
    again = actions.take_extract(adopted, by=personas.secretariat)

    assert again == adopted.extract
    assert Job.objects.filter(kind=actions.SHEET_JOB, subject_id=str(again.pk)).count() == 1


def test_what_is_not_adopted_has_no_extract(personas, sign_in):
    call = made.in_call(personas)

    with pytest.raises(DomainError):
        actions.take_extract(call, by=personas.secretariat)
    assert sign_in(personas.secretariat).get(reverse("extracts:extract_detail", args=[call.pk])).status_code == 404


def test_printed_extract_leaves_for_who_proposed_and_who_carries_out(personas, adopted, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert written_to() == []

    for _delivery in range(2):
        actions.attach_sheet_file(adopted.extract, printed=PRINTED, by=None)

    assert written_to() == sorted(
        person.email for person in (personas.focal_a, personas.alternate_a, personas.group_chair)
    )
    mail = message_from_bytes(bytes(OutboxMail.objects.filter(kind="reports.extract").first().message))
    files = {part.get_filename(): part.get_payload(decode=True) for part in mail.walk() if part.get_filename()}
    assert files["RNUM-SN_decision_2026-D-002_extrait.pdf"] == PRINTED.content
    assert Document(BytesIO(files["RNUM-SN_decision_2026-D-002_extrait.docx"])).paragraphs[0].text.startswith("Extrait")


def test_extract_that_is_no_news_is_not_sent(personas, adopted, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    with clock.set_to(clock.now() + timedelta(days=8)):
        actions.attach_sheet_file(adopted.extract, printed=PRINTED, by=None)

    assert written_to() == []


def test_pdf_is_tagged_and_says_the_same(personas, adopted, sign_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    rendering.render_sheet(Job.objects.get(subject_id=str(adopted.extract.pk)), lambda percent, step: None)

    answer = sign_in(personas.focal_b).get(reverse("extracts:extract_download", args=[adopted.pk]))

    reader = PdfReader(BytesIO(b"".join(answer.streaming_content)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Extrait du registre des décisions, RNUM-SN/2026/D-002" in text
    assert adopted.seal in text.replace(" ", "")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_secretariat_sees_whom_the_extract_reached(personas, adopted, sign_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    actions.attach_sheet_file(adopted.extract, printed=PRINTED, by=None)
    address = adopted.extract.get_absolute_url()

    assert personas.group_chair.email in sign_in(personas.secretariat).get(address).content.decode()
    assert personas.group_chair.email not in sign_in(personas.focal_b).get(address).content.decode()


def test_decision_of_before_has_its_extract_taken_by_hand(personas, sign_in):
    decision = made.recorded_without_extract(personas)
    address = reverse("extracts:extract_detail", args=[decision.pk])
    assert "Tirer l’extrait" not in sign_in(personas.focal_a).get(address).content.decode()
    browser = sign_in(personas.secretariat)
    assert "Tirer l’extrait" in browser.get(address).content.decode()

    browser.post(reverse("extracts:extract_take", args=[decision.pk]))

    assert DecisionExtract.objects.get(decision=decision).content["title"].endswith(decision.reference)


@pytest.mark.parametrize("change", [{"digest": "x"}, {"content": {}}, {"taken_at": clock.now()}])
def test_database_refuses_to_change_what_was_taken(adopted, change):
    with pytest.raises(DatabaseError, match="stands"), transaction.atomic():
        DecisionExtract.objects.filter(pk=adopted.extract.pk).update(**change)


def test_page_of_the_decision_leads_to_its_extract(personas, adopted, sign_in):
    page = sign_in(personas.focal_b).get(adopted.get_absolute_url()).content.decode()

    assert adopted.extract.get_absolute_url() in page
