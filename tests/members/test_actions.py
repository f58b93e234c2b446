"""Each act writes what it says and its line in the journal; refusals leave nothing behind."""

import inspect
from datetime import date, timedelta
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import translation

from core import clock, journal
from core.errors import DomainError, StaleVersion
from core.models import JournalEvent
from core.refusals import Refused
from core.uploads import small_picture
from frameworks.models import GcmObjective, PartnerCategory, Region
from members import actions
from members.queries import digest
from tests.factories.members import (
    CoChairTermFactory,
    EntityFactory,
    FocalPointFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)
from tests.factories.partners import PartnerFactory
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
START, END = date(2026, 1, 1), date(2026, 12, 31)
FATOU = {"email": "fatou@example.org", "given_name": "Fatou", "family_name": "Sarr"}
ILO = {"slug": "oit", "acronym_fr": "OIT", "acronym_en": "ILO", "name_fr": "Travail", "name_en": "Labour"}


@pytest.fixture
def by():
    return UserFactory(with_account=True)


def token():
    return InvitationFactory(token_digest=digest("jeton")) and "jeton"


def category():
    return PartnerCategory.objects.get(slug="pc-06")


# One line per action: what it starts from is made first, then the act is carried out.
ACTS = {
    "add_person": lambda by: partial(actions.add_person, **FATOU, by=by),
    "edit_person": lambda by: partial(actions.edit_person, UserFactory(), version=1, title="Cheffe", by=by),
    "anonymise_person": lambda by: partial(actions.anonymise_person, UserFactory(), by=by),
    "deactivate_person": lambda by: partial(actions.deactivate_person, UserFactory(), by=by),
    "reactivate_person": lambda by: partial(actions.reactivate_person, UserFactory(is_active=False), by=by),
    "invite_person": lambda by: partial(actions.invite_person, UserFactory(), by=by),
    "revoke_invitation": lambda by: partial(actions.revoke_invitation, InvitationFactory(), by=by),
    "accept_invitation": lambda by: partial(actions.accept_invitation, token(), password="une phrase assez longue"),
    "add_entity": lambda by: partial(actions.add_entity, **ILO, by=by),
    "edit_entity": lambda by: partial(
        actions.edit_entity, EntityFactory(), version=1, regions=Region.objects.in_order()[:2], by=by
    ),
    "set_logo": lambda by: partial(actions.set_logo, EntityFactory(), logo=small_picture(a_picture(), 480), by=by),
    "confirm_details": lambda by: partial(actions.confirm_details, EntityFactory(), by=by),
    "record_membership": lambda by: partial(actions.record_membership, EntityFactory(), starts_on=START, by=by),
    "name_focal_point": lambda by: partial(
        actions.name_focal_point, EntityFactory(), person=UserFactory(), rank="head", starts_on=START, by=by
    ),
    "record_co_chair_term": lambda by: partial(
        actions.record_co_chair_term, EntityFactory(), seat="rotating", person=UserFactory(), starts_on=START, by=by
    ),
    "grant_role": lambda by: partial(actions.grant_role, UserFactory(), role="rc_office", starts_on=START, by=by),
    "delegate_voice": lambda by: partial(
        actions.delegate_voice,
        FocalPointFactory().person,
        person=UserFactory(),
        starts_on=clock.today(),
        ends_on=clock.today() + DAY,
        by=by,
    ),
    "add_partner": lambda by: partial(actions.add_partner, name_fr="Mairie", category=category(), by=by),
    "edit_partner": lambda by: partial(actions.edit_partner, PartnerFactory(), version=1, acronym="ORG", by=by),
    "name_contact": lambda by: partial(
        actions.name_contact, PartnerFactory(), person=UserFactory(), starts_on=START, by=by
    ),
    "remove_tie": lambda by: partial(actions.remove_tie, MembershipFactory(starts_on=clock.today() + DAY), by=by),
    "end_tie": lambda by: partial(actions.end_tie, MembershipFactory(), ends_on=clock.today(), by=by),
}


def everything():
    """All rows of people, entities and outbox, to compare before and after."""
    models = [
        *apps.get_app_config("members").get_models(include_auto_created=True),
        apps.get_model("core", "OutboxMail"),
    ]
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_every_action_is_in_the_table():
    public = {name for name, _function in inspect.getmembers(actions, inspect.isfunction)}

    assert public == ACTS.keys() | {
        "hand_over",
        "add_contact",  # which carry out others
        "end_membership",  # end_tie, with its basis
        "check_import",
        "carry_out_import",
        "give_up_import",  # whose lines in the journal are in test_imports
    }


@pytest.mark.parametrize("verb", ACTS)
def test_action_writes_one_line_in_the_journal(verb, by):
    act = ACTS[verb](by)

    thing = act() or act.args[0]

    event = JournalEvent.objects.get()
    assert event.verb == f"members.{verb}"
    assert event.actor == (thing if verb == "accept_invitation" else by)
    assert event.object_label == str(thing)


@pytest.mark.parametrize("verb", ACTS)
def test_action_is_undone_when_the_journal_fails(verb, by, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the journal is broken")

    act = ACTS[verb](by)
    before = everything()
    monkeypatch.setattr(journal, "record", fail)

    with pytest.raises(RuntimeError):
        act()

    assert everything() == before


# --- What the database refuses, in words ----------------------------------------------------------------------------
def refusal(act):
    """The field and the sentence of a refusal that left every row as it was."""
    before = everything()
    with translation.override("en"), pytest.raises(Refused) as caught:
        act()
    assert everything() == before
    return caught.value.field, str(caught.value)


def test_membership_recorded_twice(by):
    entity = MembershipFactory().entity

    told = refusal(partial(actions.record_membership, entity, starts_on=clock.today(), by=by))

    assert told == ("starts_on", "This entity is already a member on one of these days.")


def test_rank_given_to_two_people(by):
    tie, other = FocalPointFactory(), UserFactory()
    act = partial(actions.name_focal_point, tie.entity, rank="principal", starts_on=clock.today(), by=by)

    told = refusal(partial(act, person=other))

    assert told == ("rank", "Somebody else holds this rank for the entity on one of these days.")


def test_person_named_by_two_entities(by):
    tie, entity = FocalPointFactory(), EntityFactory()
    act = partial(actions.name_focal_point, entity, rank="alternate", starts_on=clock.today(), by=by)

    told = refusal(partial(act, person=tie.person))

    assert told == ("person", "This person already speaks for an entity on one of these days.")


def test_seat_given_to_two_people(by):
    term, person = CoChairTermFactory(rotating=True), UserFactory()
    act = partial(actions.record_co_chair_term, term.entity, seat="rotating", starts_on=clock.today(), by=by)

    told = refusal(partial(act, person=person))

    assert told == ("seat", "Somebody else holds this seat on one of these days.")


def test_co_chair_who_speaks_for_another_entity(by):
    tie, entity = FocalPointFactory(starts_on=START, ends_on=END), EntityFactory()
    act = partial(actions.record_co_chair_term, seat="rotating", person=tie.person, starts_on=END, by=by)

    told = refusal(partial(act, entity))

    assert told == ("person", "This person speaks for another entity on one of these days.")
    assert act(tie.entity).person == tie.person


def test_focal_point_who_is_co_chair_for_another_entity(by):
    term, entity = CoChairTermFactory(starts_on=START), EntityFactory()
    act = partial(actions.name_focal_point, entity, person=term.person, rank="principal", by=by)

    told = refusal(partial(act, starts_on=END))

    assert told == ("person", "This person is co-chair for another entity on one of these days.")
    assert act(starts_on=START - timedelta(days=60), ends_on=START - timedelta(days=1)).person == term.person


def test_role_granted_twice(by):
    person = UserFactory()
    grant = partial(actions.grant_role, person, role="secretariat", starts_on=START, by=by)
    grant()

    told = refusal(grant)

    assert told == ("role", "This person already holds this role on one of these days.")


def test_tie_that_would_end_before_it_begins(by):
    tie = MembershipFactory(starts_on=START)

    told = refusal(partial(actions.end_tie, tie, ends_on=START - timedelta(days=1), by=by))

    assert told == ("ends_on", "The last day is before the first one.")


def test_tie_ended_later_than_it_does(by):
    tie = MembershipFactory(starts_on=START, ends_on=END)

    told = refusal(partial(actions.end_tie, tie, ends_on=END, by=by))

    assert told == ("ends_on", "This already ends on that day or before.")


def test_address_of_somebody_else(by):
    UserFactory(email="fatou@example.org")

    told = refusal(partial(actions.add_person, **{**FATOU, "email": "Fatou@Example.org"}, by=by))

    assert told == ("email", "A person with this e-mail address already exists.")


def test_short_address_of_another_entity(by):
    EntityFactory(slug="oit")

    told = refusal(partial(actions.add_entity, **ILO, by=by))

    assert told == ("slug", "This short address is already taken.")


def test_acronym_of_another_entity(by):
    EntityFactory(acronym_fr="oit", acronym_en="XXX")

    told = refusal(partial(actions.add_entity, **ILO, by=by))

    assert told == ("acronym_fr", "Another entity already has this acronym.")


def test_constraint_that_is_a_bug_is_not_told_as_a_refusal(by):
    person = UserFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.edit_person(person, version=1, language="xx", by=by)


# --- Editing --------------------------------------------------------------------------------------------------------
def test_entity_edited_from_an_older_page(by):
    entity = EntityFactory()
    actions.edit_entity(entity, version=1, website="https://a.example.org", by=by)

    with pytest.raises(StaleVersion):
        actions.edit_entity(entity, version=1, website="https://b.example.org", by=by)

    entity.refresh_from_db()
    assert (entity.website, entity.version) == ("https://a.example.org", 2)


def test_entity_profile_is_reviewed_on_the_day_of_the_edit(by):
    entity = EntityFactory()
    objectives = GcmObjective.objects.filter(number__in=[1, 7]).in_order()

    entity = actions.edit_entity(entity, version=1, fields_of_intervention="Données", gcm_objectives=objectives, by=by)

    assert entity.profile_reviewed_on == clock.today()
    assert JournalEvent.objects.get().data == {
        "fields_of_intervention": "Données",
        "gcm_objectives": ["gcm-01", "gcm-07"],
    }


def test_edit_of_a_field_that_is_not_editable_is_a_bug(by):
    with pytest.raises(TypeError):
        actions.edit_person(UserFactory(), version=1, is_active=False, by=by)


def test_person_edit_keeps_no_personal_data_in_the_journal(by):
    actions.edit_person(UserFactory(), version=1, phone="+221 00 111 11 11", by=by)

    assert JournalEvent.objects.get().data == {"fields": ["phone"]}


def test_new_address_of_a_person_closes_the_old_one(by):
    person = UserFactory(email="ancien@example.org")
    invitation = InvitationFactory(person=person)

    actions.edit_person(person, version=1, email="Nouveau@example.org", by=by)

    person.refresh_from_db()
    invitation.refresh_from_db()
    assert person.email == "nouveau@example.org"
    assert invitation.revoked_at is not None
    assert not EmailAddress.objects.filter(user=person).exists()


def test_own_account_is_not_closed_by_oneself(by):
    with pytest.raises(DomainError):
        actions.deactivate_person(by, by=by)

    by.refresh_from_db()
    assert by.is_active


def test_account_reopened_has_lost_its_password(by):
    person = UserFactory(with_account=True)
    actions.deactivate_person(person, by=by)

    person = actions.reactivate_person(person, by=by)

    assert (person.is_active, person.has_usable_password()) == (True, False)
