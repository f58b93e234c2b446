"""A text circulates in other languages too: it prevails in one, its translations are frozen and sealed with it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from lxml import html

from core import clock
from core.errors import DomainError, StaleVersion
from core.models import OutboxMail
from decisions import actions, call_links, register
from decisions.actions import OtherParagraphs, TextIsFrozen, TextMoved
from decisions.enums import Mode
from decisions.models import Translation
from tests.decisions.test_register import tampered
from tests.factories import decisions as made
from tests.factories import procedure as ruled
from tests.mails import bodies, read

pytestmark = pytest.mark.django_db
FRENCH = "Le Réseau adopte le cadrage.\nIl est publié."
ENGLISH = "The Network adopts the framework.\nIt is published."


@pytest.fixture
def consulted(personas):
    return made.in_consultation(personas, title="Cadrage", text=FRENCH)


def translated(decision, personas, **given):
    return made.translated(decision, personas, **{"words": ENGLISH, **given})


@pytest.fixture
def adopted(personas, consulted):
    translated(consulted, personas)
    call = made.called(consulted, personas, mode=Mode.IN_SESSION)
    made.supported_by(call, [personas.unicef], personas.secretariat)
    return actions.note_consensus(call, by=personas.co_chair_iom)


@pytest.fixture
def silent_call(personas):
    """Circulated by silence procedure in both languages, on the day after its deadline."""
    ruled.adopted(personas, silence_days=5)
    decision = made.in_consultation(personas, title="Cadrage", text=FRENCH)
    translated(decision, personas)
    until = made.soon(14)
    call = actions.open_call(decision, deadline=until, mode=Mode.SILENCE, close_early=True, by=personas.co_chair_iom)
    with clock.set_to(until + timedelta(days=1)):
        yield call


def address(decision, language="en"):
    return reverse("decisions:text_translate", args=[decision.pk, language])


def last_mail(kind, person):
    return bodies(read(OutboxMail.objects.filter(kind=f"decisions.{kind}", to=person.email).latest("pk")))


def test_a_translation_follows_its_text_paragraph_by_paragraph(personas, consulted):
    with pytest.raises(OtherParagraphs, match="2 paragraphes et sa traduction 1") as refused:
        translated(consulted, personas, words="The Network adopts the framework. It is published.")

    assert refused.value.field == "words"
    assert translated(consulted, personas).parts == ENGLISH.splitlines()


def test_it_is_written_better_as_long_as_nobody_else_did(personas, consulted):
    translated(consulted, personas)
    better = translated(consulted, personas, title="Planning framework", version=1)

    assert (better.title, better.version) == ("Planning framework", 2)
    with pytest.raises(StaleVersion):
        translated(consulted, personas, version=1)
    assert Translation.objects.get().title == "Planning framework"


def test_texts_circulate_in_the_languages_of_the_network_only(personas, consulted, sign_in):
    for language in ("fr", "de"):
        with pytest.raises(DomainError, match="ne circulent pas"):
            translated(consulted, personas, language=language)
        assert sign_in(personas.focal_a).get(address(consulted, language)).status_code == 404


def test_another_network_says_in_which_languages(personas, consulted, settings):
    settings.TEXT_LANGUAGES = ["fr", "en", "pt"]
    translated(consulted, personas)
    translated(consulted, personas, language="pt", title="Quadro", words="A Rede adopta.\nÉ publicado.")

    assert [one.language_name for one in Translation.objects.order_by("language")] == ["anglais", "portugais"]


def test_what_has_circulated_is_no_longer_translated(personas, consulted):
    made.called(consulted, personas)
    with pytest.raises(TextIsFrozen):
        translated(consulted, personas)


def test_a_text_taken_up_again_is_translated_in_its_next_version(personas, consulted):
    call = made.called(consulted, personas)
    again = actions.reopen_consultation(call, reason="À revoir", ends_at=made.soon(), by=personas.co_chair_iom)
    with pytest.raises(TextIsFrozen, match="a circulé"):
        translated(again, personas)

    text = actions.revise_text(again, title="Cadrage", text="Un seul.", version=again.version, by=personas.focal_a)
    assert translated(again, personas, words="One only.", text_number=text.number).text == text


def test_the_database_keeps_a_translation_that_has_circulated(personas, consulted):
    other = translated(made.draft(personas, text=FRENCH), personas)
    one = translated(consulted, personas)
    made.called(consulted, personas)
    writes = [
        lambda: Translation.objects.filter(pk=other.pk).update(text=one.text, language="pt"),
        lambda: Translation.objects.filter(pk=one.pk).update(words="Other words."),
        lambda: Translation.objects.filter(pk=one.pk).delete(),
        lambda: Translation.objects.create(
            text=one.text, language="pt", title="Quadro", words="A Rede.", written_at=one.written_at,
            written_by=personas.focal_a,
        ),
    ]  # fmt: skip
    for write in writes:
        with pytest.raises(DatabaseError, match="has circulated"), transaction.atomic():
            write()


def test_the_page_shows_the_text_and_keeps_what_was_typed(personas, consulted, sign_in):
    client = sign_in(personas.focal_a)
    page = client.get(address(consulted))
    assert "Il est publié." in page.text
    assert "fait foi en français" in page.text

    sent = {"title": "Framework", "words": "One paragraph only.", "text_number": 1, "version": 0}
    refused = client.post(address(consulted), sent)

    assert refused.status_code == 422
    assert "One paragraph only." in refused.text
    done = client.post(address(consulted), {**sent, "words": ENGLISH}, follow=True)
    assert "Traduction enregistrée." in done.text
    (told,) = html.fromstring(done.content).xpath("//details[summary='Traduction (anglais)']")
    assert [words.text_content() for words in told.xpath(".//li[@lang='en' or ../@lang='en']")] == ENGLISH.splitlines()
    assert "Version 1 traduite (EN) par" in done.text


def test_another_version_written_meanwhile_is_shown_beside_what_was_typed(personas, consulted, sign_in):
    client = sign_in(personas.focal_a)
    client.get(address(consulted))
    actions.revise_text(
        consulted, title="Cadrage", text="Une seule.", version=consulted.version, by=personas.secretariat
    )
    sent = {"title": "Framework", "words": ENGLISH, "text_number": 1, "version": 0}

    with pytest.raises(TextMoved, match="version 2"):
        translated(consulted, personas)
    answer = client.post(address(consulted), sent)

    assert answer.status_code == 409
    assert "Une seule." in answer.text
    assert ENGLISH.splitlines()[1] in answer.text
    hidden = answer.context["form"]
    sent |= {name: hidden[name].value() for name in ("text_number", "version")}
    assert client.post(address(consulted), {**sent, "words": "One."}).status_code == 302
    assert Translation.objects.get().text.number == 2


def test_the_next_version_is_translated_from_the_translation_before(personas, consulted, sign_in):
    translated(consulted, personas)
    actions.revise_text(
        consulted, title="Cadrage", text=FRENCH + "\nIl vaut.", version=consulted.version, by=personas.focal_a
    )
    form = sign_in(personas.focal_a).get(address(consulted)).context["form"]
    assert (form["words"].value(), form["text_number"].value(), form["version"].value()) == (ENGLISH, 2, 0)


def test_the_page_says_which_translation_the_new_version_awaits(personas, consulted, sign_in):
    translated(consulted, personas)
    actions.revise_text(
        consulted, title="Cadrage", text=FRENCH + "\nIl vaut.", version=consulted.version, by=personas.focal_a
    )
    said = "Une version précédente a été traduite (anglais)"
    assert said in sign_in(personas.focal_a).get(consulted.get_absolute_url()).text
    assert said not in sign_in(personas.focal_b).get(consulted.get_absolute_url()).text


def test_who_reads_english_gets_it_with_the_call(client, personas, consulted):
    personas.focal_b.language = "en"
    personas.focal_b.save()
    translated(consulted, personas)
    made.called(consulted, personas)

    for body in last_mail("call", personas.focal_b):
        assert "Il est publié." in body
        assert "It is published." in body
        assert "French (prevails), English" in body
    for body in last_mail("call", personas.focal_a):
        assert "It is published." not in body
        assert "français (fait foi), anglais" in body


def test_the_subject_names_it_in_the_language_of_the_reader(personas, consulted):
    personas.focal_b.language = "en"
    personas.focal_b.save()
    translated(consulted, personas)
    made.called(consulted, personas)

    def subject(person):
        return str(read(OutboxMail.objects.filter(kind="decisions.call", to=person.email).latest("pk"))["subject"])

    assert "Framework — position awaited" in subject(personas.focal_b)
    assert "Framework" not in subject(personas.focal_a)


def test_the_link_of_the_mail_shows_it(client, personas, consulted):
    translated(consulted, personas)
    page = client.get(call_links.url_of(made.called(consulted, personas), personas.focal_b))
    assert "It is published." in page.text


def test_the_letter_of_a_silence_holds_the_text_in_every_language(personas, silent_call):
    actions.note_consensus(silent_call, by=personas.co_chair_iom)
    for body in last_mail("silence_result", personas.focal_b):
        assert "Il est publié." in body
        assert "It is published." in body


def test_the_extract_says_it_in_both_and_which_one_prevails(personas, adopted):
    sheet = adopted.extract.sheet
    said = {part.title: part.paragraphs for part in sheet.parts}

    assert said["Traduction (anglais)"] == (
        "Framework",
        "1. The Network adopts the framework.",
        "2. It is published.",
    )
    ways = " ".join(said["Comment elle a été prise"])
    assert "Langues dans lesquelles le texte a circulé\xa0: français (fait foi), anglais." in ways


def test_a_translation_is_sealed_with_its_text(personas, adopted):
    assert register.first_flaw() is None
    tampered("decisions_translation", "words = words || ' not'", Translation.objects.get().pk)
    assert register.first_flaw() == register.Flaw(adopted.year, adopted.number)
