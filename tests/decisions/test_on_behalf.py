"""What the secretariat records for an entity: with its proof, confirmed or contested by those who speak for it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from core import clock, outbox
from core.errors import DomainError, NotAllowedNow
from core.models import OutboxMail
from decisions import actions, queries, todo
from decisions.actions import NoProof, NoVoice
from decisions.consensus import ObjectionStands
from decisions.enums import Answer, Mode, Stance
from decisions.models import OnBehalf, Position
from tests import sitting
from tests.factories import decisions as made
from tests.factories import meetings
from tests.nets.portal import consume

MAIL = b"From: Cabinet\r\nSubject: Position\r\n\r\nNous soutenons.\r\n"


def a_mail(name="Position ONU-Femmes.eml"):
    return SimpleUploadedFile(name, MAIL, "application/octet-stream")


def recorded_for(entity, decision, personas, stance=Stance.SUPPORTS, **said):
    said.setdefault("proof", a_mail())
    position = actions.record_position(
        decision, entity=entity, stance=stance, channel="email", by=personas.secretariat, **said
    )
    return position.on_behalf


@pytest.fixture
def call(personas):
    return made.in_call(personas, mode=Mode.IN_SESSION)


@pytest.mark.parametrize(("channel", "named"), [("email", "proof"), ("letter", "proof"), ("telephone", "said_by")])
def test_what_nothing_shows_is_not_recorded(personas, call, channel, named):
    with pytest.raises(NoProof) as refused:
        actions.record_position(
            call, entity=personas.unwomen, stance=Stance.SUPPORTS, channel=channel, by=personas.secretariat
        )

    assert refused.value.field == named
    assert not Position.objects.exists()


def test_in_session_the_minutes_are_the_proof(personas, call):
    position = actions.record_position(
        call, entity=personas.unwomen, stance=Stance.SUPPORTS, channel="in_session", by=personas.secretariat
    )

    assert (position.on_behalf.state, position.on_behalf.proof.name) == (Answer.AWAITED, "")


@pytest.mark.parametrize("mode", [Mode.WRITTEN, Mode.IN_SESSION])
def test_no_minutes_prove_what_was_said_where_no_meeting_sat(personas, mode):
    said = {"stance": Stance.SUPPORTS, "channel": "in_session", "by": personas.secretariat}
    call = made.in_call(personas, mode=mode)
    with sitting.as_convened():
        meetings.convened(personas, starts_at=meetings.at_ten(40))
        with pytest.raises(NoProof, match="Aucune réunion ne s’est tenue depuis l’ouverture de l’appel") as refused:
            actions.record_position(call, entity=personas.unwomen, **said)
        assert refused.value.field == "channel"

        meetings.convened(personas, starts_at=clock.now() + timedelta(hours=2), title="Réunion du jour")
        actions.record_position(call, entity=personas.unwomen, **said)
        with clock.set_to(clock.now() + timedelta(days=1)):  # written down the day after
            actions.record_position(call, entity=personas.unfpa, **said)


def test_own_word_is_not_replaced_by_a_telephone_call(personas, call):
    actions.state_position(call, stance=Stance.SUPPORTS, by=personas.focal_b)
    said = {"stance": Stance.OBJECTS, "reason": "Pas chiffré", "alternative": "Chiffrer", "by": personas.secretariat}

    with pytest.raises(NoProof, match="s’est exprimée elle-même") as refused:
        actions.record_position(call, entity=personas.unwomen, channel="telephone", said_by="Cheffe de bureau", **said)
    assert refused.value.field == "channel"
    assert queries.last_words(call)[personas.unwomen.pk].stance == Stance.SUPPORTS

    actions.record_position(call, entity=personas.unwomen, channel="email", proof=a_mail(), **said)
    assert queries.last_words(call)[personas.unwomen.pk].stance == Stance.OBJECTS


def test_those_who_speak_for_the_entity_are_asked_to_confirm(personas, call):
    OutboxMail.objects.all().delete()
    recorded_for(personas.unwomen, call, personas, said_by="Cheffe de bureau")

    (mail,) = OutboxMail.objects.filter(kind="decisions.on_behalf")
    assert mail.to == personas.focal_b.email
    assert "ONU-Femmes" in mail.subject
    for fact in ("Cheffe de bureau", call.title, "Soutient", "courriel"):
        assert fact in outbox.text_of(mail)


def test_confirmed_by_its_entity_only_and_once(personas, call):
    record = recorded_for(personas.unwomen, call, personas)

    with pytest.raises(NoVoice):
        actions.confirm_position(record, by=personas.focal_a)
    actions.confirm_position(record, by=personas.focal_b)
    with pytest.raises(NotAllowedNow):
        actions.contest_position(record, reason="Après coup.", by=personas.focal_b)

    record.refresh_from_db()
    assert (record.state, record.answered_by) == (Answer.CONFIRMED, personas.focal_b)


def test_contested_position_counts_no_more_and_those_concerned_are_told(personas, call):
    record = recorded_for(personas.unwomen, call, personas)

    actions.contest_position(record, reason="Personne n’a été consulté.", by=personas.focal_b)

    assert personas.unwomen.pk not in queries.last_words(call)
    assert Position.objects.filter(entity=personas.unwomen).count() == 1
    told = set(OutboxMail.objects.filter(kind="decisions.contest").values_list("to", flat=True))
    assert {personas.secretariat.email, personas.co_chair_iom.email} <= told
    assert personas.focal_b.email not in told


def test_an_objection_recorded_for_an_entity_says_so_in_the_history(personas, call, browse):
    recorded_for(personas.unwomen, call, personas, stance=Stance.OBJECTS, reason="Pas chiffré", alternative="Chiffrer")

    assert "Objection de l’entité ONU-Femmes, consignée par le secrétariat" in browse(
        personas.focal_a, call.get_absolute_url()
    )


def test_contested_objection_stands_in_nobodys_way(personas, call):
    actions.state_position(call, stance=Stance.SUPPORTS, by=personas.focal_a)
    objection = {"stance": Stance.OBJECTS, "reason": "Pas chiffré", "alternative": "Chiffrer"}
    record = recorded_for(personas.unwomen, call, personas, **objection)
    with pytest.raises(ObjectionStands):
        actions.note_consensus(call, by=personas.co_chair_iom)

    actions.contest_position(record, reason="Nous n’objectons pas.", by=personas.focal_b)

    assert actions.note_consensus(call, by=personas.co_chair_iom).number == 1


def test_own_objection_stands_again_when_the_lifting_recorded_for_it_is_contested(personas, call):
    actions.state_position(
        call, stance=Stance.OBJECTS, reason="Pas chiffré", alternative="Chiffrer", by=personas.focal_b
    )
    record = recorded_for(personas.unwomen, call, personas, stance=Stance.LIFTS_OBJECTION, reason="Chiffré")

    actions.contest_position(record, reason="Rien n’a été chiffré.", by=personas.focal_b)

    with pytest.raises(ObjectionStands):
        actions.note_consensus(call, by=personas.co_chair_iom)
    with pytest.raises(DatabaseError, match="objection stands"), transaction.atomic():
        type(call).objects.filter(pk=call.pk).update(
            state="consensus_noted", noted_at=clock.now(), noted_by=personas.co_chair_iom
        )


def test_contested_after_the_decision_it_stays_and_is_marked(personas, call, browse):
    record = recorded_for(personas.unwomen, call, personas)
    actions.note_consensus(call, by=personas.co_chair_iom)
    clock_later = clock.now() + timedelta(days=1)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "now", lambda: clock_later)
        actions.contest_position(record, reason="Non consultés.", by=personas.focal_b)

    assert queries.last_words(call)[personas.unwomen.pk].stance == Stance.SUPPORTS
    page = browse(personas.focal_a, call.get_absolute_url())
    group = page[page.index("Contestent ce qui a été consigné pour elles") :]
    for said in ("ONU-Femmes", "Consigné\u00a0: soutient", "après la décision", "Non consultés."):
        assert said in group
    own = browse(personas.focal_b, call.get_absolute_url())
    assert "Consigné pour votre entité, et contesté par elle" in own
    assert "Votre entité s’est exprimée" not in own


def test_who_notes_the_consensus_sees_what_is_not_confirmed_yet(personas, call, browse):
    """The time to contest may end after the call; what is contested then is marked, and the decision stands."""
    record = recorded_for(personas.unwomen, call, personas)
    hint = "Position consignée que son entité n’a pas encore confirmée"
    page = browse(personas.co_chair_iom, call.get_absolute_url())
    assert hint in page
    assert "\u00a0: ONU-Femmes\u00a0: soutient." in page

    actions.confirm_position(record, by=personas.focal_b)

    assert hint not in browse(personas.co_chair_iom, call.get_absolute_url())


def test_the_table_says_on_which_version_it_was(personas, call, browse):
    recorded_for(personas.unwomen, call, personas)
    assert "Soutient, sur la version" not in browse(personas.secretariat, call.get_absolute_url())

    again = actions.reopen_consultation(call, reason="À revoir.", ends_at=made.soon(), by=personas.co_chair_iom)
    actions.revise_text(again, title=again.title, text="Autrement.", version=again.version, by=personas.co_chair_iom)

    assert "soutient, sur la version 1" in browse(personas.secretariat, call.get_absolute_url())


def test_entity_that_has_spoken_since_has_nothing_left_to_answer(personas, call):
    record = recorded_for(personas.unwomen, call, personas)
    actions.state_position(call, stance=Stance.STANDS_ASIDE, by=personas.focal_b)

    with pytest.raises(DomainError, match="a parlé depuis"):
        actions.contest_position(record, reason="Trop tard.", by=personas.focal_b)

    titles = [item.title for item in todo.todo(personas.focal_b)]
    assert not [title for title in titles if title.startswith("Confirmer")]


def test_answer_has_its_time(personas, call, settings):
    record = recorded_for(personas.unwomen, call, personas)
    settings.POSITION_ANSWER_DAYS = 0

    with pytest.raises(DomainError, match="jusqu’au"):
        actions.confirm_position(record, by=personas.focal_b)


@pytest.mark.parametrize("change", [{"said_by": "Autre"}, {"proof": "proofs/autre.eml"}, {"state": "awaited"}])
def test_the_database_keeps_the_proof_and_the_answer(personas, call, change):
    record = recorded_for(personas.unwomen, call, personas)
    actions.confirm_position(record, by=personas.focal_b)

    with pytest.raises(DatabaseError, match="what proves a position stands"), transaction.atomic():
        OnBehalf.objects.filter(pk=record.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        OnBehalf.objects.filter(pk=record.pk).delete()


# --- On the page ------------------------------------------------------------------------------------------------------
@pytest.fixture
def browse(client):
    def open_(person, url):
        client.force_login(person)
        return client.get(url).content.decode()

    return open_


def post_record(client, decision, personas, **given):
    client.force_login(personas.secretariat)
    posted = {
        "entity": personas.unwomen.pk, "stance": Stance.SUPPORTS, "text_number": 1, "channel": "email", "once": uuid4(),
    }  # fmt: skip
    return client.post(reverse("decisions:position_record", args=[decision.pk]), posted | given)


def test_the_form_takes_the_mail_and_keeps_its_name(client, personas, call):
    assert post_record(client, call, personas, proof=a_mail("../../Réponse\u202e de l’entité.EML")).status_code == 302

    record = OnBehalf.objects.get()
    assert record.proof_name == "Réponse de l’entité.EML"
    assert record.proof.name.startswith("proofs/")
    assert record.proof.name.endswith(".eml")
    assert "entité" not in record.proof.name


def test_the_form_says_by_the_field_what_is_missing(client, personas, call):
    answer = post_record(client, call, personas)

    assert answer.status_code == 422
    assert answer.context["record_form"].errors["proof"] == [
        "Joignez le courriel ou la lettre\xa0: c’est ce qui montre que l’entité l’a dit."
    ]


def test_a_chosen_file_is_asked_again_when_another_field_is_refused(client, personas, call):
    answer = post_record(client, call, personas, proof=a_mail(), stance=Stance.OBJECTS)

    errors = answer.context["record_form"].errors
    assert set(errors) == {"reason", "alternative", "proof"}
    assert errors["proof"] == ["Choisissez à nouveau le fichier\xa0: une page qui revient ne le garde pas."]


def test_proof_is_read_by_the_entity_the_secretariat_and_the_co_chairs(client, personas, call):
    record = recorded_for(personas.unwomen, call, personas)
    url = reverse("decisions:position_proof", args=[call.pk, record.pk])

    def status(person):
        client.force_login(person)
        answer = client.get(url)
        consume(answer)
        return answer.status_code

    assert [status(one) for one in (personas.focal_b, personas.secretariat, personas.co_chair_iom)] == [200] * 3
    assert status(personas.focal_a) == 403
    client.force_login(personas.focal_b)
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == MAIL
    assert answer["Content-Type"] == "message/rfc822"
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_entity_answers_on_the_page(client, personas, call, browse):
    record = recorded_for(personas.unwomen, call, personas, said_by="Cheffe de bureau")

    page = browse(personas.focal_b, call.get_absolute_url())
    assert "Consigné pour ONU-Femmes" in page
    assert "Cheffe de bureau" in page
    assert "Consigné pour" not in browse(personas.focal_a, call.get_absolute_url())

    client.force_login(personas.focal_b)
    contest = reverse("decisions:position_contest", args=[call.pk, record.pk])
    assert client.post(contest, {"reason": ""}).status_code == 422
    assert client.post(contest, {"reason": "Pas consultés."}).status_code == 302
    page = browse(personas.focal_a, call.get_absolute_url())
    assert "conteste la position consignée pour ONU-Femmes" in page
    assert "Pas consultés." in page
