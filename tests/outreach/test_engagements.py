"""What the entities do with partners is logged in a minute, and its next step is not forgotten (clause M-56)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError
from django.urls import reverse
from openpyxl import load_workbook

from core import clock
from core.errors import DomainError, StaleVersion
from core.models import JournalEvent
from core.refusals import Refused
from outreach import actions
from outreach.models import Engagement
from outreach.todo import todo
from tests.factories.members import EntityFactory, MembershipFactory
from tests.factories.partners import EngagementFactory, PartnerFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LIST, RECORD = "/partenaires/engagements/", "/partenaires/engagements/consigner/"


def once(response):
    return response.context["form"]["once"].value()


def record(personas, **facts):
    given = {
        "partner": facts.pop("partner", None) or PartnerFactory(), "entity": personas.unicef,
        "happened_on": clock.today(), "kind": "meeting", "subject": "Rencontre", "by": personas.focal_a,
    }  # fmt: skip
    return actions.record_engagement(**{**given, **facts})


# --- Acts ------------------------------------------------------------------------------------------------------------
REFUSED = {
    "happened_on": lambda: {"happened_on": clock.today() + DAY},
    "entity": lambda: {"entity": EntityFactory()},
    "partner": lambda: {"partner": PartnerFactory(ended_on=clock.today() - DAY)},
    "next_step": lambda: {"next_step_due": clock.today() + DAY},
    "next_step_due": lambda: {"next_step": "Écrire", "next_step_due": clock.today() - DAY},
}


@pytest.mark.parametrize("field", REFUSED)
def test_what_contradicts_the_record_is_refused_by_its_field(personas, field):
    with pytest.raises(Refused) as refusal:
        record(personas, **REFUSED[field]())

    assert refusal.value.field == field
    assert not Engagement.objects.exists()


def test_entity_logs_what_it_did_while_it_took_part(personas):
    left = MembershipFactory(ends_on=clock.today() - DAY).entity

    record(personas, entity=left, happened_on=clock.today() - DAY)
    with pytest.raises(Refused):
        record(personas, entity=left, happened_on=clock.today())


def test_next_step_is_noted_as_done_once(personas):
    one = record(personas, next_step="Écrire au préfet", next_step_due=clock.today())

    actions.close_next_step(one, by=personas.focal_a)
    with pytest.raises(DomainError, match="déjà notée comme faite"):
        actions.close_next_step(one, by=personas.focal_a)

    one.refresh_from_db()
    assert one.next_step_done_on == clock.today()


def test_another_next_step_is_open_again(personas):
    one = record(personas, next_step="Écrire au préfet")
    one = actions.close_next_step(one, by=personas.focal_a)

    one = actions.edit_engagement(one, version=one.version, next_step="Appeler le préfet", by=personas.focal_a)

    assert one.has_open_step


def test_correction_on_an_old_page_is_refused(personas):
    one = record(personas)
    actions.edit_engagement(one, version=1, subject="Autre", by=personas.focal_a)

    with pytest.raises(StaleVersion):
        actions.edit_engagement(one, version=1, subject="Encore", by=personas.alternate_a)


def test_removed_entry_stays_in_the_journal(personas):
    one = record(personas, subject="Erreur de saisie")

    actions.remove_engagement(one, by=personas.focal_a)

    told = JournalEvent.objects.get(verb="outreach.remove_engagement")
    assert told.data["subject"] == "Erreur de saisie"


@pytest.mark.parametrize("wrong", [{"next_step_due": "2026-07-01"}, {"next_step_done_on": "2026-07-01"}, {"kind": "x"}])
def test_database_refuses_days_of_a_step_that_is_not_said(personas, wrong):
    with pytest.raises(IntegrityError):
        EngagementFactory(entity=personas.unicef, **wrong)


# --- To do -----------------------------------------------------------------------------------------------------------
def test_next_steps_of_the_week_await_those_who_speak_for_the_entity(personas):
    today = clock.today()
    for subject, due in (("tard", today - DAY), ("bientôt", today + 7 * DAY), ("plus tard", today + 8 * DAY)):
        record(personas, next_step=f"Étape {subject}", next_step_due=due, happened_on=today - DAY)
    record(personas, next_step="Sans jour")
    actions.close_next_step(record(personas, next_step="Faite", next_step_due=today), by=personas.focal_a)

    items = todo(personas.alternate_a)

    assert [(item.title, item.overdue) for item in items] == [("Étape tard", True), ("Étape bientôt", False)]
    assert (todo(personas.focal_b), todo(personas.no_entity)) == ([], [])


# --- Pages -----------------------------------------------------------------------------------------------------------
def test_focal_point_logs_from_the_page_of_the_partner_in_the_name_of_the_entity(personas, sign_in):
    client, partner = sign_in(personas.focal_a), PartnerFactory()
    page = client.get(partner.get_absolute_url()).content.decode()
    assert f'href="{RECORD}?partner={partner.pk}"' in page

    form = client.get(f"{RECORD}?partner={partner.pk}")
    assert f'<option value="{partner.pk}" selected>' in form.content.decode()
    assert "entity" not in form.context["form"].fields
    sent = {"partner": partner.pk, "happened_on": "2026-06-15", "kind": "visit", "subject": "Visite à Kédougou"}
    answer = client.post(RECORD, {**sent, "once": once(form)})

    made = Engagement.objects.get()
    assert (answer["Location"], made.entity) == (made.get_absolute_url(), personas.unicef)
    for address in (partner.get_absolute_url(), personas.unicef.get_absolute_url(), LIST):
        assert "Visite à Kédougou" in client.get(address).content.decode()


def test_secretariat_chooses_the_entity_and_what_was_typed_is_kept(personas, sign_in):
    client, partner = sign_in(personas.secretariat), PartnerFactory()
    sent = {
        "partner": partner.pk, "entity": personas.unwomen.pk, "happened_on": "2026-06-17", "kind": "visit",
        "subject": "Visite à Kédougou", "account": "Douze personnes.",
    }  # fmt: skip

    answer = client.post(RECORD, {**sent, "once": once(client.get(RECORD))})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ce jour est encore à venir" in page
    assert "Douze personnes." in page


def test_other_entities_read_it_and_change_nothing(personas, sign_in):
    one = record(personas, next_step="Écrire")
    client = sign_in(personas.focal_b)

    page = client.get(one.get_absolute_url()).content.decode()

    assert reverse("engagements:engagement_edit", args=[one.pk]) not in page
    assert client.post(reverse("engagements:next_step_close", args=[one.pk])).status_code == 403
    assert client.post(reverse("engagements:engagement_remove", args=[one.pk])).status_code == 403


def test_list_is_narrowed_and_its_file_with_it(personas, sign_in):
    client, partner = sign_in(personas.rc_office), PartnerFactory()
    record(personas, subject="Envois de fonds", partner=partner, next_step="Relancer")
    record(personas, subject="Retours", entity=personas.unwomen, kind="workshop", happened_on=clock.today() - 300 * DAY)

    def shown(question):
        found = client.get(LIST + question).content.decode()
        listed = [subject for subject in ("Envois de fonds", "Retours") if f">{subject}</a>" in found]
        answer = client.get(reverse("engagements:engagement_export") + question)
        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
        assert [row[5] for row in sheet.iter_rows(min_row=2, values_only=True)] == listed
        return listed

    assert shown("") == ["Envois de fonds", "Retours"]
    assert shown(f"?partner={partner.pk}") == ["Envois de fonds"]
    assert shown("?entity=unwomen") == ["Retours"]
    assert shown("?kind=workshop") == ["Retours"]
    assert shown("?year=2026") == ["Envois de fonds"]
    assert shown("?open=on") == ["Envois de fonds"]
    assert shown("?q=FONDS") == ["Envois de fonds"]


def test_list_costs_as_much_with_more_rows(personas, sign_in, django_assert_num_queries):
    client = sign_in(personas.focal_a)
    client.get(LIST)
    counts = []
    for more in (2, 15):
        EngagementFactory.create_batch(more)
        with django_assert_num_queries(12, exact=False) as asked:
            client.get(LIST)
        counts.append(len(asked))

    assert counts[0] == counts[1]
