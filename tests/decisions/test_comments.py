"""Consultation (clause M-61): what is said of a paragraph, what it is answered, and what becomes of the text."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from core import clock, outbox
from core.errors import DomainError, StaleVersion
from core.models import JournalEvent, OutboxMail
from decisions import actions, comment_pages, matrix, queries
from decisions.actions import NotLater, ParagraphMoved, TooFar
from decisions.enums import Asks, Mode, Reply
from decisions.models import Comment
from tests.factories import decisions as made

pytestmark = pytest.mark.django_db
CHARTER = "Le Réseau adopte la charte.\n\nElle vaut pour tous les membres.\n\nElle est revue chaque année."


@pytest.fixture
def charter(personas):
    """UNICEF's proposal of three paragraphs, in consultation."""
    return made.in_consultation(personas, title="Charte", text=CHARTER)


def revise(decision, personas, text):
    decision.refresh_from_db()
    return actions.revise_text(decision, title=decision.title, text=text, version=decision.version, by=personas.focal_a)


def answered(comment, reply, personas, answer="Vu."):
    return actions.answer_comment(comment, reply=reply, answer=answer, version=comment.version, by=personas.focal_a)


def test_an_amendment_stands_by_its_paragraph_with_the_words_it_asks_for(charter, personas):
    comment = made.amended(charter, personas, paragraph=2, wording="Elle vaut pour tous.", text="Plus court.")

    assert (comment.paragraph, comment.text_number, comment.wording) == (2, 1, "Elle vaut pour tous.")
    assert (comment.entity, comment.state) == (personas.unwomen, Reply.AWAITED)
    said = JournalEvent.objects.get(verb="decisions.add_comment")
    assert said.data == {"entity": "unwomen", "text": 1, "paragraph": 2, "kind": "rewording"}


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ({"kind": "comment", "paragraph": 1, "text": " "}, "text", "Écrivez votre commentaire."),
        ({"kind": "rewording", "paragraph": 1, "wording": " "}, "wording", "Écrivez les mots"),
        ({"kind": "rewording", "paragraph": 1, "wording": " Le Réseau adopte la charte. "}, "wording", "déjà là"),
        ({"kind": "addition", "paragraph": 3, "wording": "Elle est revue chaque année."}, "wording", "déjà là"),
        ({"kind": "deletion", "paragraph": None}, None, "quel paragraphe"),
        ({"kind": "deletion", "paragraph": 4}, None, "pas de paragraphe 4"),
        ({"kind": "deletion", "paragraph": 1, "text_number": 7}, None, "pas de version 7"),
    ],
)
def test_a_comment_that_asks_for_nothing_is_refused_by_its_field(charter, personas, asked, field, sentence):
    with pytest.raises(DomainError, match=sentence) as refused:
        actions.add_comment(charter, **{"text": "", "wording": "", **asked}, by=personas.focal_b)

    assert getattr(refused.value, "field", None) == field
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("now", "sentence", "place"),
    [
        (f"Préambule.\n{CHARTER}", "le § 2 y est devenu le § 3", 3),
        (CHARTER.replace("tous les", "chacun des"), r"le § 2 y a d’autres mots \(§ 2\)", 2),
        (CHARTER.replace("Elle vaut pour tous les membres.\n", ""), "le § 2 n’y figure plus", None),
    ],
)
def test_a_paragraph_that_has_moved_is_told_with_its_place(charter, personas, now, sentence, place):
    revise(charter, personas, now)
    words = {"kind": "rewording", "paragraph": 2, "text_number": 1, "wording": "Pour tous.", "text": ""}

    with pytest.raises(ParagraphMoved, match=sentence) as refused:
        actions.add_comment(charter, **words, by=personas.focal_b)
    assert (refused.value.line.after if refused.value.line else None) == place


def test_a_paragraph_that_stands_where_it_stood_is_spoken_of_in_the_present_version(charter, personas):
    revise(charter, personas, CHARTER.replace("chaque année", "tous les deux ans"))

    comment = made.amended(charter, personas, paragraph=2, text_number=1)
    assert comment.text_number == 2


def test_what_was_said_stands_whatever_a_program_tries(charter, personas):
    comment = made.amended(charter, personas)

    for change in ({"text": "Autre"}, {"wording": "Autre"}, {"paragraph": 2}, {"kind": "comment", "wording": ""}):
        with pytest.raises(DatabaseError, match="stands"), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(**change)
    with pytest.raises(DatabaseError, match="stands"), transaction.atomic():
        comment.delete()


def test_those_who_hold_the_pen_answer_and_may_think_it_over(charter, personas):
    comment = made.amended(charter, personas)

    first = answered(comment, Reply.DECLINED, personas, "Trop court.")
    then = answered(first, Reply.ACCEPTED, personas, "")

    assert (then.state, then.answer, then.answered_by) == (Reply.ACCEPTED, "", personas.focal_a)
    verbs = JournalEvent.objects.filter(object_type="decisions.comment").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["decisions.decline_comment", "decisions.accept_comment"]


@pytest.mark.parametrize("reply", [Reply.ADAPTED, Reply.DECLINED])
def test_what_is_not_taken_up_as_it_stands_is_answered_with_a_reason(charter, personas, reply):
    comment = made.amended(charter, personas)

    with pytest.raises(DomainError, match="pourquoi") as refused:
        answered(comment, reply, personas, " ")
    assert refused.value.field == "answer"


def test_two_who_answer_at_once_do_not_overwrite_each_other(charter, personas):
    comment = made.amended(charter, personas)
    answered(comment, Reply.ACCEPTED, personas)

    with pytest.raises(StaleVersion):
        answered(comment, Reply.DECLINED, personas)


def test_one_amendment_of_a_paragraph_is_accepted_as_it_stands(charter, personas):
    answered(made.amended(charter, personas), Reply.ACCEPTED, personas)
    other = made.amended(charter, personas, kind=Asks.DELETION, wording="")

    with pytest.raises(DomainError, match="Un autre amendement de ce paragraphe est déjà retenu"):
        answered(other, Reply.ACCEPTED, personas)
    assert answered(other, Reply.ADAPTED, personas).state == Reply.ADAPTED
    elsewhere = made.amended(charter, personas, kind=Asks.ADDITION, wording="Un guide l’accompagne.")
    assert answered(elsewhere, Reply.ACCEPTED, personas).state == Reply.ACCEPTED


def test_nothing_is_answered_once_the_text_is_frozen(personas):
    decision = made.in_consultation(personas)
    comment = actions.add_comment(decision, text="Vu.", by=personas.focal_b)
    made.called(decision, personas, mode=Mode.IN_SESSION, leave_unanswered=True)

    with pytest.raises(DomainError, match="n’est pas ouverte"):
        answered(comment, Reply.ACCEPTED, personas)


def test_an_answer_on_which_the_next_version_was_written_stands(charter, personas):
    accepted = answered(made.amended(charter, personas), Reply.ACCEPTED, personas)
    late = made.amended(charter, personas, paragraph=2)
    revise(charter, personas, CHARTER.replace("Le Réseau adopte la charte", "Une autre rédaction"))

    with pytest.raises(
        DomainError, match="La version 2 a été rédigée depuis\xa0: la réponse «\xa0retenu\xa0» est acquise"
    ):
        answered(accepted, Reply.DECLINED, personas)
    assert answered(late, Reply.DECLINED, personas).state == Reply.DECLINED  # it had no answer yet


@pytest.mark.parametrize("kind", ["comment", "deletion"])
def test_words_that_would_be_lost_are_refused(charter, personas, kind):
    asked = {"kind": kind, "paragraph": 1, "text": "Vu."}

    with pytest.raises(DomainError, match="Vous avez modifié ces mots") as refused:
        actions.add_comment(charter, **asked, wording="D’autres mots.", by=personas.focal_b)
    assert refused.value.field == "wording"
    said = actions.add_comment(charter, **asked, wording="Le Réseau adopte la charte.", by=personas.focal_b)
    assert said.wording == ""  # those of the paragraph, as the form shows them


def test_a_call_is_opened_on_the_text_that_was_read(charter, personas, sign_in):
    page = sign_in(personas.secretariat).get(charter.get_absolute_url()).context["call_form"]
    posted = {"day": "2026-06-22", "hour": "17:00", "mode": "written", "close_early": "on"}
    revise(charter, personas, f"Préambule.\n{CHARTER}")
    address = reverse("decisions:call_open", args=[charter.pk])

    refused = sign_in(personas.secretariat).post(address, {**posted, "text_number": page["text_number"].value()})
    assert refused.status_code == 409
    assert "La version 2 a été rédigée entre-temps" in refused.content.decode()
    again = refused.context["call_form"]["text_number"].value()
    assert sign_in(personas.secretariat).post(address, {**posted, "text_number": again}).status_code == 302


def test_who_writes_the_next_version_is_told_of_amendments_left_out(charter, personas, sign_in):
    answered(made.amended(charter, personas), Reply.ACCEPTED, personas)

    address = f"/decisions/{charter.pk}/texte/"
    assert "Partir des amendements retenus" in sign_in(personas.focal_a).get(address).content.decode()
    assert "Partir des" not in sign_in(personas.focal_a).get(f"{address}?amendements=oui").content.decode()


def test_what_was_accepted_and_left_out_of_the_next_version_is_named(charter, personas, sign_in):
    """Until its words stand, or what it wanted struck out does not."""
    asked = made.amended(charter, personas, paragraph=2, wording="Elle vaut pour tous.")
    answered(asked, Reply.ACCEPTED, personas)
    title, address = "Retenu, et absent du texte", charter.get_absolute_url()
    read = sign_in(personas.secretariat)
    assert title not in read.get(address).content.decode()

    revise(charter, personas, CHARTER.replace("chaque année", "tous les ans"))
    page = read.get(address)
    assert title in page.content.decode()
    assert page.context["left_out"] == [asked]

    revise(charter, personas, CHARTER.replace("Elle vaut pour tous les membres.", "Elle vaut pour tous."))
    assert title not in read.get(address).content.decode()


def test_a_call_waits_for_what_was_accepted_unless_it_is_said_otherwise(charter, personas, sign_in):
    asked = made.amended(charter, personas, paragraph=2, wording="Elle vaut pour tous.")
    answered(asked, Reply.ACCEPTED, personas)

    with pytest.raises(DomainError, match="Retenu tel quel, et absent de ce texte\xa0: ONU-Femmes, § 2"):
        made.called(charter, personas)
    until = made.soon()
    given = {"deadline": until, "mode": "written", "close_early": True, "by": personas.co_chair_iom}
    called = actions.open_call(charter, **given, leave_out=True)

    page = sign_in(personas.focal_a).get(called.get_absolute_url()).content.decode()
    assert "Retenu, et absent du texte" in page
    assert "Retenu, et absent du texte" in page
    (row,) = matrix.rows(called, queries.comments(called), queries.texts(called))
    assert row.outcome == "Retenu, et absent du texte"


def test_what_nobody_answered_awaits_nothing_once_the_call_is_open(charter, personas, sign_in):
    made.amended(charter, personas)
    called = made.called(charter, personas, leave_unanswered=True)

    page = sign_in(personas.focal_a).get(called.get_absolute_url()).content.decode()

    assert "Resté sans réponse" in page
    assert "Attend une réponse" not in page
    (row,) = matrix.rows(called, queries.comments(called), queries.texts(called))
    assert row.outcome == "Resté sans réponse"


def test_a_call_waits_for_the_answers_unless_it_is_said_otherwise(charter, personas):
    made.amended(charter, personas)

    with pytest.raises(DomainError, match="1 commentaire attend une réponse"):
        made.called(charter, personas)
    assert made.called(charter, personas, leave_unanswered=True).state == "call"


def test_the_next_version_carries_out_what_was_accepted(charter, personas):
    asked = (
        made.amended(charter, personas, paragraph=1, wording="Le Réseau adopte la charte révisée."),
        made.amended(charter, personas, paragraph=3, kind=Asks.DELETION, wording=""),
        made.amended(charter, personas, paragraph=2, kind=Asks.ADDITION, wording="Un guide l’accompagne."),
    )
    for comment in asked:
        answered(comment, Reply.ACCEPTED, personas)
    answered(made.amended(charter, personas, paragraph=2, wording="Pour tous."), Reply.ADAPTED, personas)

    begun = comment_pages.carried_out(charter, queries.last_text(charter))
    assert begun["text"].split("\n\n") == [
        "Le Réseau adopte la charte révisée.", "Elle vaut pour tous les membres.", "Un guide l’accompagne.",
    ]  # fmt: skip
    assert begun["note"] == "Amendements retenus\xa0: ONU-Femmes (§ 1), ONU-Femmes (§ 2), ONU-Femmes (§ 3)"

    revise(charter, personas, begun["text"])
    assert comment_pages.carried_out(charter, queries.last_text(charter)) == {}  # they were carried out


# --- Pages -----------------------------------------------------------------------------------------------------------
def paragraph_url(decision, number):
    return reverse("decisions:paragraph_comment", args=[decision.pk, number])


def test_the_form_begins_with_the_words_of_the_paragraph(charter, personas, sign_in):
    page = sign_in(personas.focal_b).get(paragraph_url(charter, 2))

    assert page.context["form"]["wording"].value() == "Elle vaut pour tous les membres."
    posted = {"kind": "rewording", "wording": "Elle vaut pour chacun.", "text": "", "text_number": 1, "once": uuid4()}
    made_at = sign_in(personas.focal_b).post(paragraph_url(charter, 2), posted)
    assert made_at["Location"] == charter.get_absolute_url()
    shown = sign_in(personas.focal_a).get(charter.get_absolute_url()).content.decode()
    assert "<del>" in shown
    assert "<ins>" in shown
    assert "attend une réponse" in shown


def test_what_was_typed_for_a_paragraph_that_moved_is_sent_for_the_one_that_is_chosen(charter, personas, sign_in):
    revise(charter, personas, f"Préambule.\n{CHARTER}")
    posted = {"kind": "rewording", "wording": "Elle vaut pour chacun.", "text": "", "text_number": 1, "once": uuid4()}

    page = sign_in(personas.focal_b).post(paragraph_url(charter, 2), posted)
    assert page.status_code == 409
    told = page.content.decode()
    assert "Elle vaut pour chacun." in told
    assert f'<button class="btn btn-primary" formaction="{paragraph_url(charter, 3)}"' in told
    form = page.context["form"]
    again = {name: form[name].value() for name in posted}
    assert sign_in(personas.focal_b).post(paragraph_url(charter, 3), again).status_code == 302
    assert (Comment.objects.get().paragraph, Comment.objects.get().text_number) == (3, 2)


def test_a_paragraph_that_is_not_there_has_no_form(charter, personas, sign_in):
    assert sign_in(personas.focal_b).get(paragraph_url(charter, 4)).status_code == 404


def test_the_form_of_the_next_version_is_begun_with_the_amendments_accepted(charter, personas, sign_in):
    answered(made.amended(charter, personas, wording="Le Réseau adopte sa charte."), Reply.ACCEPTED, personas)

    page = sign_in(personas.focal_a).get(charter.get_absolute_url()).content.decode()
    assert "Rédiger la version suivante avec l’amendement retenu" in page
    form = sign_in(personas.focal_a).get(f"/decisions/{charter.pk}/texte/?amendements=oui").context["form"]
    assert form["text"].value().startswith("Le Réseau adopte sa charte.")


def test_two_versions_are_compared_word_by_word(charter, personas, sign_in):
    revise(charter, personas, CHARTER.replace("chaque année", "tous les deux ans"))
    revise(charter, personas, CHARTER)
    address = f"/decisions/{charter.pk}/comparer/"

    page = sign_in(personas.focal_b).get(address)  # the last change, unless others are asked for
    assert "De la version 2 à la version 3" in page.content.decode()
    page = sign_in(personas.focal_b).get(f"{address}?before=1&after=3").content.decode()
    assert "<del>" not in page
    assert "<ins>" not in page
    assert sign_in(personas.focal_b).get(f"{address}?before=9&after=x").status_code == 422


def test_the_matrix_of_comments_is_read_by_other_programs(charter, personas, sign_in):
    answered(made.amended(charter, personas, paragraph=3, wording="Chaque année."), Reply.DECLINED, personas, "Non.")
    actions.add_comment(charter, text="Bien.", by=personas.focal_b)
    client = sign_in(personas.focal_b)

    sheet = load_workbook(BytesIO(client.get(f"/decisions/{charter.pk}/commentaires.xlsx").getvalue())).active
    whole, third = list(sheet.iter_rows(min_row=2, values_only=True))
    assert whole[:4] == (1, 1, "ensemble du texte", None)
    assert whole[9] == "Bien."
    assert third[2:4] == ("§ 3", "Elle est revue chaque année.")
    assert third[7:9] == ("Nouvelle rédaction", "Chaque année.")
    assert third[10:13] == ("Non retenu", "Non.", str(personas.focal_a))
    document = Document(BytesIO(client.get(f"/decisions/{charter.pk}/commentaires.docx").getvalue()))
    assert document.sections[0].page_width > document.sections[0].page_height
    (table,) = document.tables
    assert [cell.text for cell in table.rows[2].cells][-1] == "Non retenu\nNon."


def test_the_page_costs_the_same_whatever_was_said(charter, personas, sign_in, django_assert_num_queries):
    client = sign_in(personas.focal_a)
    made.amended(charter, personas)
    client.get(charter.get_absolute_url())
    with django_assert_num_queries(9):
        client.get(charter.get_absolute_url())
    for number in (1, 2, 3):
        answered(made.amended(charter, personas, paragraph=number), Reply.ADAPTED, personas)
    with django_assert_num_queries(9):
        client.get(charter.get_absolute_url())


# --- More time -------------------------------------------------------------------------------------------------------
def test_more_time_to_comment_is_told_with_its_reason(charter, personas):
    later = made.soon(12)

    longer = actions.extend_consultation(charter, ends_at=later, reason="Congés scolaires.", by=personas.focal_a)

    assert (longer.state, longer.consultation_ends_at) == ("consultation", later)
    mails = OutboxMail.objects.filter(kind="decisions.longer_consultation")
    consulted = OutboxMail.objects.filter(kind="decisions.consultation")
    assert set(mails.values_list("to", flat=True)) == set(consulted.values_list("to", flat=True))
    assert all("Congés scolaires." in outbox.text_of(mail) for mail in mails)


def test_it_is_given_once_the_time_is_over_too(charter, personas):
    with clock.set_to(made.soon(7)):
        longer = actions.extend_consultation(charter, ends_at=made.soon(3), reason="Rappel.", by=personas.secretariat)
        assert longer.consultation_ends_at > clock.now()


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ({"ends_at": 2}, NotLater, "court déjà jusqu’au"),
        ({"ends_at": 400}, TooFar, "plus d’un an"),
        ({"reason": " "}, DomainError, "pourquoi"),
    ],
)
def test_time_to_comment_that_is_no_more_time_is_refused(charter, personas, change, error, sentence):
    given = {"ends_at": 12, "reason": "Congés.", **change}
    with pytest.raises(error, match=sentence):
        actions.extend_consultation(
            charter, ends_at=made.soon(given["ends_at"]), reason=given["reason"], by=personas.secretariat
        )


def test_a_mistyped_year_is_told_by_the_day_and_kept(charter, personas, sign_in):
    sent = {"day": "2062-06-30", "hour": "17:00", "reason": "Congés."}
    page = sign_in(personas.secretariat).post(reverse("decisions:consultation_extend", args=[charter.pk]), sent)

    form = page.context["longer_form"]
    assert (page.status_code, form.errors["day"]) == (422, ["Cette date est à plus d’un an\u00a0; vérifiez l’année."])
    assert form["reason"].value() == "Congés."
