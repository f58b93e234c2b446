"""A confidential sounding: what the members would say is known, who said what never is (ADR 26; clauses M-47, M-61)."""

from datetime import timedelta
from functools import partial
from urllib.parse import quote_plus

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.models import JournalEvent, OutboxMail, UsedToken
from core.refusals import Refused
from decisions import actions, todo
from decisions.enums import Preference
from decisions.models import Nomination, Sounding, SoundingTally, SoundingVoice
from decisions.tasks import close_soundings
from tests.factories import nominations as made
from tests.nets.test_hostile_input import VALUES

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SUPPORTS, ACCEPTS, OBJECTS = Preference


@pytest.fixture(autouse=True)
def three_hide_one(settings):
    settings.SOUNDING_MINIMUM = 3


def answered(sounding, entity, preference=SUPPORTS):
    asked = sounding.nomination.candidacies.standing()
    actions.answer_sounding(sounding, entity=entity, preferences=dict.fromkeys(asked, preference))


def over(sounding):
    return clock.set_to(clock.now() + (sounding.closes_on - clock.today() + DAY))


def said(sounding, preference):
    return sounding.tallies.get(preference=preference).count


@pytest.fixture
def sounding(personas):
    return made.sounded(personas)


def at_once(change, sounding):
    """What the database would say at the end of the transaction, it says now."""
    change(sounding)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def three_answers(sounding, personas):
    answered(sounding, personas.unicef)
    answered(sounding, personas.unwomen, OBJECTS)
    answered(sounding, personas.iom, ACCEPTS)


# --- Nobody can tell who said what -----------------------------------------------------------------------------------
def test_no_row_tells_when_it_was_written_or_with_which_other(personas, sounding):
    """Each answer writes all rows of the sounding anew: the versions of rows, which PostgreSQL shows, are all alike."""
    answered(sounding, personas.unicef)
    for model in (SoundingVoice, SoundingTally):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(DISTINCT xmin::text), count(*) FROM {model._meta.db_table}")  # noqa: S608
            versions, rows = cursor.fetchone()
        assert (versions, rows > 1) == (1, True)
        names = {field.name for field in model._meta.fields}
        assert names <= {"id", "sounding", "entity", "has_answered", "candidacy", "preference", "count"}


def test_an_answer_leaves_no_event_no_mail_and_no_token(personas, sounding):
    def traces():
        return [model.objects.count() for model in (JournalEvent, OutboxMail, UsedToken)]

    before = traces()
    answered(sounding, personas.unicef)
    assert traces() == before


def test_nothing_is_shown_before_the_end(personas, sounding, sign_in):
    three_answers(sounding, personas)
    for reader in (personas.secretariat, personas.co_chair_ohchr, personas.focal_b):
        page = sign_in(reader).get(sounding.nomination.get_absolute_url()).text
        assert "Ont répondu" not in page
        assert "<caption>Ce que les entités" not in page
        assert "UNICEF a répondu" not in page


def test_at_the_end_counts_are_shown_and_who_was_heard(personas, sounding, sign_in):
    three_answers(sounding, personas)
    with over(sounding):
        close_soundings()
        close_soundings()  # a task that runs again closes nothing twice
        page = sign_in(personas.focal_a).get(sounding.nomination.get_absolute_url()).text

    assert [said(sounding, preference) for preference in Preference] == [1, 1, 1]
    assert "Ont répondu\xa0: OIM, ONU-Femmes, UNICEF." in page
    assert "N’ont pas répondu\xa0: HCDH, UNFPA." in page
    assert "%" not in page[page.index('id="sondage"') : page.index("</section>", page.index('id="sondage"'))]
    assert JournalEvent.objects.filter(verb="decisions.close_sounding").count() == 1


def test_too_few_answers_are_neither_shown_nor_kept(personas, sounding, sign_in):
    answered(sounding, personas.unicef)
    with over(sounding):
        close_soundings()
        page = sign_in(personas.secretariat).get(sounding.nomination.get_absolute_url()).text

    assert not sounding.tallies.exists()
    assert "Pas de résultat" in page
    assert "Ont répondu" not in page


# --- Once, and for good ----------------------------------------------------------------------------------------------
def test_an_entity_answers_once(personas, sounding):
    answered(sounding, personas.unicef)
    with pytest.raises(DomainError, match="a répondu"):
        answered(sounding, personas.unicef, OBJECTS)
    assert (said(sounding, SUPPORTS), said(sounding, OBJECTS)) == (1, 0)


def test_twenty_hands_of_one_entity_give_one_answer(transactional_db, hands, personas):
    sounding = made.sounded(personas)
    outcomes = hands([partial(answered, sounding, personas.unicef)] * 20)
    assert sorted(outcomes) == ["DomainError"] * 19 + ["done"]
    assert said(sounding, SUPPORTS) == 1


def test_answers_given_at_once_are_all_counted(transactional_db, hands, personas):
    sounding = made.sounded(personas)
    entities = [personas.unicef, personas.unwomen, personas.iom]
    assert hands([partial(answered, sounding, entity) for entity in entities]) == ["done"] * 3
    assert said(sounding, SUPPORTS) == 3


def test_after_the_last_day_nobody_answers(personas, sounding):
    with over(sounding), pytest.raises(DomainError, match="étaient reçues jusqu’au"):
        answered(sounding, personas.unicef)


def test_an_entity_without_a_voice_is_not_sounded(personas, sounding):
    with pytest.raises(DomainError, match="ne fait pas partie des entités"):
        answered(sounding, personas.rco)
    personas.unicef.memberships.update(ends_on=clock.today() - DAY)
    with pytest.raises(DomainError, match="ne fait pas partie des entités"):
        answered(sounding, personas.unicef)


def test_what_was_said_of_a_candidacy_goes_with_it(personas, sounding):
    answered(sounding, personas.unicef)
    actions.withdraw_candidacy(sounding.nomination.candidacies.get(), by=personas.focal_a)
    assert not sounding.tallies.exists()
    with pytest.raises(DomainError, match="Plus personne"):
        answered(sounding, personas.unwomen)


def test_a_candidate_withdraws_while_the_members_are_sounded(personas, sounding, sign_in):
    call, candidacy = sounding.nomination, sounding.nomination.candidacies.get()
    address = reverse("nominations:candidacy_withdraw", args=[call.pk, candidacy.pk])
    client = sign_in(personas.focal_a)
    assert address in client.get(call.get_absolute_url()).text
    client.post(address)
    assert not call.candidacies.standing().exists()


def test_who_answers_after_the_end_is_told_so(personas, sounding, sign_in):
    actions.withdraw_nomination(sounding.nomination, reason="Trop tôt", by=personas.secretariat)
    page = sign_in(personas.focal_a).post(sounding.answer_url, {}, follow=True).text
    assert "Le sondage est terminé." in page
    assert "abandonné avec l’appel" in page


def test_an_answer_to_other_candidacies_is_not_counted(personas, sounding):
    with pytest.raises(DomainError, match="ont changé"):
        actions.answer_sounding(sounding, entity=personas.unicef, preferences={})


# --- When it is held -------------------------------------------------------------------------------------------------
def test_members_are_sounded_after_candidacies_closed_and_once(personas):
    call = made.opened(personas)
    made.offered(personas, call)
    asked = {"closes_on": clock.today() + DAY, "by": personas.secretariat}
    with pytest.raises(DomainError, match="après la clôture"):
        actions.open_sounding(call, **asked)
    Nomination.objects.filter(pk=call.pk).update(closes_on=clock.today() - DAY)
    actions.open_sounding(call, **asked)
    with pytest.raises(DomainError, match="déjà été sondés"):
        actions.open_sounding(call, **asked)


def test_nobody_is_sounded_where_nobody_could_be_hidden(personas, settings):
    settings.SOUNDING_MINIMUM = 6
    with pytest.raises(DomainError, match="moins de 6 entités"):
        made.sounded(personas)


@pytest.mark.parametrize(("days", "message"), [(-1, "au plus tôt"), (200, "avant le début")])
def test_a_last_day_out_of_order_is_refused_by_its_field(personas, days, message):
    with pytest.raises(Refused, match=message) as refusal:
        made.sounded(personas, closes_on=clock.today() + days * DAY)
    assert refusal.value.field == "closes_on"


def test_no_candidacy_is_put_to_the_network_while_members_are_sounded(personas, sounding):
    call = sounding.nomination
    with pytest.raises(DomainError, match="court jusqu’au"):
        actions.check_nomination_proposable(call)
    with over(sounding):
        close_soundings()
        actions.check_nomination_proposable(call)


def test_a_call_given_up_ends_its_sounding_and_keeps_nothing_of_it(personas, sounding):
    three_answers(sounding, personas)
    actions.withdraw_nomination(sounding.nomination, reason="Trop tôt", by=personas.secretariat)
    sounding.refresh_from_db()
    assert (sounding.closed_at is None, sounding.tallies.exists()) == (False, False)


# --- The database ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        lambda one: Sounding.objects.filter(pk=one.pk).update(closes_on=one.closes_on + DAY),
        lambda one: Sounding.objects.filter(pk=one.pk).update(minimum=2),
        lambda one: one.voices.filter(has_answered=True).update(has_answered=False),
        lambda one: one.voices.update(has_answered=True),
        lambda one: one.tallies.filter(preference=OBJECTS).update(count=1),
        lambda one: Sounding.objects.filter(pk=one.pk).delete(),
    ],
)
def test_the_database_refuses_what_would_betray_an_answer(personas, sounding, change):
    answered(sounding, personas.unicef)
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        at_once(change, sounding)


def test_the_database_hides_an_answer_among_several(personas):
    with pytest.raises(IntegrityError, match="hides_one_among"), transaction.atomic():
        Sounding.objects.create(nomination=made.closed(personas), closes_on=clock.today(), minimum=1)


def test_a_closed_sounding_is_not_touched_again(personas, sounding):
    three_answers(sounding, personas)
    with over(sounding):
        close_soundings()
    for change in (
        lambda: sounding.tallies.update(count=0),
        lambda: sounding.voices.update(has_answered=True),
        lambda: Sounding.objects.update(closed_at=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


# --- Pages -----------------------------------------------------------------------------------------------------------
def test_it_is_opened_and_answered_on_pages(personas, sign_in):
    call = made.closed(personas)
    client = sign_in(personas.secretariat)
    address = reverse("nominations:sounding_open", args=[call.pk])
    assert address in client.get(call.get_absolute_url()).text
    form = client.get(address).context["form"]
    client.post(address, {name: form[name].value() for name in ("closes_on", "once")})
    sounding = Sounding.objects.get(nomination=call)

    assert set(OutboxMail.objects.filter(kind="decisions.sounding").values_list("to", flat=True)) >= {
        personas.focal_a.email,
        personas.focal_b.email,
    }
    client = sign_in(personas.focal_b)
    assert sounding.answer_url in [item.url for item in todo.todo(personas.focal_b)]
    page = client.get(sounding.answer_url)
    (name,) = page.context["form"].asked
    refused = client.post(sounding.answer_url, {})
    assert (refused.status_code, "Dites comment votre entité recevrait" in refused.text) == (422, True)
    done = client.post(sounding.answer_url, {name: OBJECTS}, follow=True)

    assert "ONU-Femmes a répondu." in done.text
    assert said(sounding, OBJECTS) == 1
    assert sounding.answer_url not in [item.url for item in todo.todo(personas.focal_b)]
    assert "a répondu" in client.get(sounding.answer_url, follow=True).text


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_an_answer_that_is_none_is_refused_by_its_field(personas, sounding, sign_in, value):
    client = sign_in(personas.focal_a)
    (name,) = client.get(sounding.answer_url).context["form"].asked
    sent = quote_plus(value.encode("utf-8", "surrogatepass"))
    answer = client.post(sounding.answer_url, f"{name}={sent}", "application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert name in answer.context["form"].errors
    assert not sounding.voices.filter(has_answered=True).exists()


def test_who_brings_a_candidate_is_not_asked_to_while_members_are_sounded(personas, sounding):
    told = [item.title for item in todo.todo(personas.secretariat)]
    assert not any("Porter devant le Réseau" in title for title in told)
    with over(sounding):
        close_soundings()
        told = [item.title for item in todo.todo(personas.secretariat)]
    assert any("Porter devant le Réseau" in title for title in told)


def test_its_pages_ask_few_questions_however_many_candidates(personas, sign_in, django_assert_max_num_queries):
    call = made.opened(personas)
    for who in ("focal_a", "focal_b"):
        made.offered(personas, call, who)
    Nomination.objects.filter(pk=call.pk).update(closes_on=clock.today() - DAY)
    call.refresh_from_db()
    sounding = actions.open_sounding(call, closes_on=clock.today(), by=personas.secretariat)
    client = sign_in(personas.focal_a)
    with django_assert_max_num_queries(12):
        assert len(client.get(sounding.answer_url).context["form"].asked) == 2
