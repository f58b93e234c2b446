"""What a co-chair hands over, in one click and two files (clause M-47)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from core import clock, jobs
from core.models import Job
from decisions import procedure
from members.models import CoChairTerm
from reports import actions, rendering
from reports.models import HandoverPack
from tests.factories import decisions as decided
from tests.factories import meetings as met
from tests.factories import nominations as called_for
from tests.factories import workplan as planned
from tests.factories.members import CoChairTermFactory
from tests.factories.partners import PartnerContactFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def term(personas):
    return personas.ohchr.co_chair_terms.get()


def prepare(personas, term):
    return actions.prepare_handover(term, by=personas.secretariat)


def words_of(sheet):
    """Everything a reader of the sheet sees."""
    for part in sheet.parts:
        yield from (part.title, *part.words)
        for table in part.filled:
            yield from (cell for row in table.rows for cell in row)


def test_pack_holds_what_is_open_and_nothing_that_is_over(personas, term):
    call = decided.in_call(personas)
    to_follow, point, plan = decided.recorded(personas), met.action_point(personas), planned.in_execution(personas)
    meeting, contact = met.convened(personas), PartnerContactFactory()
    gone = PartnerContactFactory(ends_on=clock.today() - DAY)

    said = list(words_of(prepare(personas, term).sheet))

    text = "\n".join(said)
    rule = procedure.in_words(procedure.in_force(clock.today()))[0][0]
    named = [call.title, to_follow.reference, point.text, f"{plan.title} — ", meeting.title, contact.person.email]
    assert [words for words in (*named, str(personas.focal_a), rule) if words not in text] == []
    assert gone.person.email not in text


def test_empty_network_says_so_part_by_part(personas, term):
    said = list(words_of(prepare(personas, term).sheet))

    expected = ("Aucune décision n’est en cours.", "Aucune action n’est ouverte.", "Aucun plan n’est en vigueur.")
    assert [words for words in expected if words not in said] == []


def test_pack_names_who_follows_or_the_call_under_way(personas, term):
    assert "Personne n’est encore désigné." in list(words_of(prepare(personas, term).sheet))

    with clock.set_to(clock.now() + timedelta(minutes=2)):
        called_for.opened(personas)
        assert any("Appel à candidatures" in words for words in words_of(prepare(personas, term).sheet))
    with clock.set_to(clock.now() + timedelta(minutes=4)):
        later = CoChairTermFactory(seat="rotating", entity=personas.unicef, starts_on=clock.today() + 500 * DAY)
        assert any(str(later.person) in words for words in words_of(prepare(personas, term).sheet))


def test_button_pressed_twice_makes_one_pack_and_one_job(personas, term, sign_in):
    client, address = sign_in(personas.co_chair_ohchr), reverse("handover:handover_prepare", args=[term.pk])

    answers = [client.post(address) for _twice in range(2)]

    pack = HandoverPack.objects.get()
    assert [answer["Location"] for answer in answers] == [pack.get_absolute_url()] * 2
    assert Job.objects.filter(kind=actions.SHEET_JOB).count() == 1


def test_printed_pack_has_the_words_of_the_page_and_is_tagged(personas, term, sign_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    met.action_point(personas)
    pack = prepare(personas, term)

    rendering.render_sheet(Job.objects.get(), lambda percent, step: None)
    rendering.render_sheet(Job.objects.get(), lambda percent, step: None)  # a second delivery changes nothing

    client = sign_in(personas.co_chair_ohchr)
    answer = client.get(reverse("handover:handover_download", args=[pack.pk]))
    reader = PdfReader(BytesIO(b"".join(answer.streaming_content)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Passation de la coprésidence" in text
    assert "Actions ouvertes" in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert next(one.title for one in reader.outline if not isinstance(one, list)).startswith("Passation")
    pack.refresh_from_db()
    assert pack.pages == len(reader.pages)
    assert f"RNUM-SN_passation_siege-tournant_{clock.today():%Y-%m-%d}.pdf" in answer["Content-Disposition"]


def test_word_file_has_real_headings_and_tables(personas, term, sign_in):
    point = met.action_point(personas)
    pack = prepare(personas, term)

    answer = sign_in(personas.secretariat).get(reverse("handover:handover_docx", args=[pack.pk]))

    document = Document(BytesIO(b"".join(answer.streaming_content)))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert headings == [part.title for part in pack.sheet.parts]
    assert point.text in cells


def test_who_is_named_for_a_later_term_reads_it_and_others_do_not(personas, term, sign_in):
    pack = prepare(personas, term)
    address = pack.get_absolute_url()
    assert sign_in(personas.focal_a).get(address).status_code == 403

    CoChairTerm.objects.filter(pk=term.pk).update(ends_on=clock.today())
    CoChairTermFactory(seat="rotating", entity=personas.unicef, person=personas.focal_a, starts_on=clock.today() + DAY)

    assert sign_in(personas.focal_a).get(address).status_code == 200
    assert sign_in(personas.focal_b).get(address).status_code == 403


def test_failed_printing_keeps_the_word_file_and_is_started_again(personas, term, sign_in):
    pack = prepare(personas, term)
    Job.objects.update(state="failed", error="x", finished_at=clock.now(), attempts=jobs.MAX_ATTEMPTS)
    client = sign_in(personas.secretariat)

    page = client.get(pack.get_absolute_url()).content.decode()
    assert "Le PDF n’a pas pu être imprimé" in page
    assert reverse("handover:handover_docx", args=[pack.pk]) in page
    client.post(reverse("handover:handover_retry", args=[pack.pk]))

    assert Job.objects.get().state == "pending"
    assert client.get(reverse("handover:handover_download", args=[pack.pk])).status_code == 404


@pytest.mark.parametrize("change", [{"digest": "x"}, {"content": {}}, {"taken_at": clock.now()}])
def test_database_refuses_to_change_what_was_taken(personas, term, change):
    pack = prepare(personas, term)

    with pytest.raises((IntegrityError, InternalError, DatabaseError)), transaction.atomic():
        HandoverPack.objects.filter(pk=pack.pk).update(**change)
    with pytest.raises((IntegrityError, InternalError, DatabaseError)), transaction.atomic():
        HandoverPack.objects.filter(pk=pack.pk).delete()
