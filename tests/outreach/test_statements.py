"""A statement that the Network adopted is published in its name, once (clauses M-61 and M-56)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from core import clock
from core.errors import DomainError
from core.models import OutboxMail
from outreach import actions
from outreach.models import Publication
from tests.factories import decisions as decided
from tests.mails import bodies, read

pytestmark = pytest.mark.django_db
LIST = reverse("statements:statement_list")


def statement(personas, **fields):
    return decided.recorded(personas, subject_kind="statement", title="Journée des migrants", **fields)


def published(found, personas, **given):
    said = {"published_on": clock.today(), "where": "Communiqué de presse"}
    return actions.record_publication(found, **{**said, **given}, by=personas.secretariat)


def test_once_adopted_the_secretariat_and_the_co_chairs_are_asked_to_publish_it(personas, sign_in):
    found = statement(personas)

    mails = OutboxMail.objects.filter(kind="outreach.statement")
    told = {personas.secretariat.email, personas.co_chair_iom.email, personas.co_chair_ohchr.email}
    assert set(mails.values_list("to", flat=True)) == told
    for body in bodies(read(mails.first())):
        assert "Le Réseau adopte le cadrage." in body
        assert reverse("statements:statement_publish", args=[found.pk]) in body
    asked = f"Publier la déclaration\xa0: {found.title}"
    assert asked in sign_in(personas.co_chair_iom).get("/").text
    assert asked not in sign_in(personas.focal_b).get("/").text


def test_a_statement_that_another_one_replaced_is_not_asked_for(personas, sign_in):
    found = statement(personas)
    decided.recorded(personas, replaced=[found])
    assert "Publier la déclaration" not in sign_in(personas.secretariat).get("/").text


def test_another_decision_is_not_published(personas):
    with pytest.raises(DomainError):
        published(decided.recorded(personas), personas)
    with pytest.raises(DomainError):
        published(decided.in_call(personas, subject_kind="statement"), personas)
    assert not OutboxMail.objects.filter(kind="outreach.statement").exists()


def test_its_publication_is_recorded_once_between_its_adoption_and_today(personas):
    found = statement(personas)
    for days in (-1, 1):
        with pytest.raises(DomainError) as refused:
            published(found, personas, published_on=clock.today() + timedelta(days=days))
        assert refused.value.field == "published_on"

    published(found, personas)
    with pytest.raises(DomainError, match="déjà"):
        published(found, personas)
    assert Publication.objects.count() == 1


def test_the_page_leads_from_the_decision_to_its_publication(personas, sign_in):
    found = statement(personas)
    address = reverse("statements:statement_publish", args=[found.pk])
    client = sign_in(personas.secretariat)
    assert LIST in client.get(found.get_absolute_url()).text
    assert address in client.get(LIST).text

    refused = client.post(address, {"published_on": "2026-06-16", "where": "", "url": "pas une adresse"})
    assert refused.status_code == 422
    assert "pas une adresse" in refused.text
    sent = {"published_on": clock.today(), "where": "Site", "url": "https://www.example.org/declaration"}
    shown = client.post(address, sent, follow=True).text

    assert '<a href="https://www.example.org/declaration" rel="noreferrer">Site</a>' in shown
    assert address not in shown
    assert "Publier la déclaration" not in client.get("/").text
    assert client.get(address, follow=True).redirect_chain[0][0] == LIST


def test_the_word_file_holds_the_text_its_translation_and_who_chairs(personas, sign_in):
    draft = decided.draft(personas, subject_kind="statement", title="Journée des migrants")
    decided.translated(draft, personas)
    call = decided.called(draft, personas, mode="in_session")
    decided.supported_by(call, [personas.unicef], personas.secretariat)
    decided.actions.note_consensus(call, by=personas.co_chair_iom)

    answer = sign_in(personas.focal_b).get(reverse("statements:statement_docx", args=[call.pk]))
    lines = [line.text for line in Document(BytesIO(b"".join(answer.streaming_content))).paragraphs]

    assert lines[0] == "Journée des migrants"
    assert "Le Réseau adopte le cadrage." in lines
    assert "The Network adopts the framework." in lines
    assert any(str(personas.co_chair_ohchr) in line for line in lines)
    call.refresh_from_db()
    assert lines[-1] == f"Adoptée par consensus\xa0: décision {call.reference}."


def test_who_reads_the_register_reads_the_statements_and_only_officers_publish(personas, sign_in):
    found = statement(personas)
    client = sign_in(personas.focal_a)
    assert found.title in client.get(LIST).text
    assert client.get(reverse("statements:statement_publish", args=[found.pk])).status_code == 403
