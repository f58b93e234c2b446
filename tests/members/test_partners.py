"""The register of partners (clauses M-17, M-35): organisations of 18 categories, and who answers for each."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core import clock
from core.errors import DomainError
from core.refusals import Refused
from frameworks.models import PartnerCategory
from members import actions, queries
from members.models import Partner, PartnerContact, User
from tests.factories.members import CoChairTermFactory, FocalPointFactory, MemberFactory, UserFactory
from tests.factories.partners import PartnerContactFactory, PartnerFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LIST = "/partenaires/"


def once(response):
    return response.context["form"]["once"].value()


def test_the_18_categories_are_those_of_the_mandate(db):
    order = list(PartnerCategory.objects.in_order().values_list("slug", flat=True))

    assert order == [f"pc-{n:02}" for n in range(1, 19)]


# --- Nobody is of the Network and of a partner at once ---------------------------------------------------------------
def as_focal_point(person):
    return actions.name_focal_point(
        MemberFactory(), person=person, rank="principal", starts_on=clock.today() + DAY, by=None
    )


def as_delegate(person):
    giver = FocalPointFactory().person
    days = {"starts_on": clock.today(), "ends_on": clock.today() + DAY}
    return actions.delegate_voice(giver, person=person, **days, by=giver)


def as_co_chair(person):
    return actions.record_co_chair_term(
        MemberFactory(), seat="rotating", person=person, starts_on=clock.today(), by=None
    )


def as_successor(person):
    leaver = FocalPointFactory().person
    return actions.hand_over(leaver, successor=person, last_day=clock.today(), by=UserFactory())


WAYS = (as_focal_point, as_delegate, as_co_chair, as_successor)


@pytest.mark.parametrize("way", WAYS)
def test_contact_of_a_partner_does_not_come_to_speak_or_chair(way):
    contact = PartnerContactFactory()

    with pytest.raises(Refused, match=f"{contact.person} répond d’un partenaire, {contact.partner}"):
        way(contact.person)

    assert queries.last_tie(contact.person, clock.today()) == contact


@pytest.mark.parametrize("way", WAYS)
def test_contact_who_left_the_partner_does(way):
    contact = PartnerContactFactory(ends_on=clock.today() - DAY)

    way(contact.person)

    assert queries.last_tie(contact.person, clock.today() + DAY)


@pytest.mark.parametrize("tie", [FocalPointFactory, CoChairTermFactory])
def test_who_speaks_or_chairs_does_not_come_to_answer_for_a_partner(tie):
    tie, partner = tie(), PartnerFactory()

    with pytest.raises(Refused, match=f"parle ou préside pour {tie.entity}") as refusal:
        actions.name_contact(partner, person=tie.person, starts_on=clock.today(), by=None)

    assert refusal.value.field == "person"
    assert not PartnerContact.objects.exists()


def test_person_who_stopped_speaking_may_answer_for_a_partner_from_the_day_after():
    tie = FocalPointFactory(ends_on=clock.today())

    with pytest.raises(Refused):
        actions.name_contact(PartnerFactory(), person=tie.person, starts_on=clock.today(), by=None)
    actions.name_contact(PartnerFactory(), person=tie.person, starts_on=clock.today() + DAY, by=None)


def test_somebody_answers_once_for_a_partner_on_a_day_and_may_for_two():
    contact = PartnerContactFactory()

    with pytest.raises(Refused, match="déjà une personne-ressource de ce partenaire"):
        actions.name_contact(contact.partner, person=contact.person, starts_on=clock.today(), by=None)
    actions.name_contact(PartnerFactory(), person=contact.person, starts_on=clock.today(), by=None)


def test_contact_is_not_anonymised_before_the_last_day_is_set():
    contact = PartnerContactFactory()

    with pytest.raises(DomainError, match="dernier jour"):
        actions.anonymise_person(contact.person, by=None)


def test_nobody_comes_to_answer_for_a_partner_that_is_none_any_more():
    partner = PartnerFactory(ended_on=clock.today() - DAY)

    with pytest.raises(Refused, match="n’est plus partenaire") as refusal:
        actions.name_contact(partner, person=UserFactory(), starts_on=clock.today(), by=None)

    assert refusal.value.field == "starts_on"


def test_partner_does_not_end_before_somebody_began_to_answer_for_it(personas):
    tie = PartnerContactFactory(starts_on=clock.today())
    partner = tie.partner

    with pytest.raises(Refused, match="depuis le 16 juin 2026") as refusal:
        actions.edit_partner(partner, ended_on=clock.today() - DAY, version=partner.version, by=personas.secretariat)

    assert refusal.value.field == "ended_on"
    actions.edit_partner(partner, ended_on=clock.today(), version=partner.version, by=personas.secretariat)


def test_contact_sees_the_name_of_the_partner_and_no_link_that_is_closed_to_them(personas, sign_in):
    partner = PartnerContactFactory(person=personas.partner).partner

    page = sign_in(personas.partner).get(reverse("members:account")).content.decode()

    assert partner.name in page
    assert partner.get_absolute_url() not in page


# --- Pages -----------------------------------------------------------------------------------------------------------
def test_partner_is_entered_and_its_contact_added_in_two_forms(personas, sign_in):
    client = sign_in(personas.secretariat)
    category = PartnerCategory.objects.get(slug="pc-15")

    form = client.get(reverse("partners:partner_add"))
    made = client.post(
        reverse("partners:partner_add"),
        {"once": once(form), "name_fr": "Université de la Côte", "category": category.pk, "acronym": "UDC"},
    )
    partner = Partner.objects.get()
    address = reverse("partners:contact_add", args=[partner.pk])
    form = client.get(address)
    person = {"given_name": "Awa", "family_name": "Sy", "email": "Awa.Sy@example.org", "language": "fr"}
    answer = client.post(address, {"once": once(form), "starts_on": "2026-06-16", **person})

    assert (made.status_code, answer.status_code) == (302, 302)
    page = client.get(partner.get_absolute_url()).content.decode()
    assert [said for said in ("UDC", "Universités", "Awa SY", "awa.sy@example.org") if said not in page] == []
    assert not User.objects.get(email="awa.sy@example.org").has_usable_password()
    assert "Université de la Côte" in client.get(reverse("members:person_list")).content.decode()


def test_address_used_in_another_letter_case_is_refused_by_the_field_and_nothing_is_written(personas, sign_in):
    client, partner = sign_in(personas.secretariat), PartnerFactory()
    address = reverse("partners:contact_add", args=[partner.pk])
    person = {"given_name": "Awa", "family_name": "Sy", "email": personas.focal_a.email.upper(), "language": "fr"}

    answer = client.post(address, {"once": once(client.get(address)), "starts_on": "2026-06-16", **person})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["email"]
    assert "Sy" in answer.content.decode()
    assert not PartnerContact.objects.exists()


def test_person_who_speaks_for_an_entity_is_refused_by_the_field(personas, sign_in):
    client, partner = sign_in(personas.secretariat), PartnerFactory()
    address = reverse("partners:contact_name", args=[partner.pk])

    answer = client.post(
        address, {"once": once(client.get(address)), "starts_on": "2026-06-16", "person": personas.focal_a.pk}
    )

    assert answer.status_code == 422
    assert "nul n’est à la fois du Réseau et d’un partenaire" in answer.content.decode()


def test_second_partner_of_the_same_name_is_refused_in_whatever_letter_case(personas, sign_in):
    client, partner = sign_in(personas.secretariat), PartnerFactory(name_fr="Mairie de Tambacounda")
    address = reverse("partners:partner_add")

    answer = client.post(
        address,
        {"once": once(client.get(address)), "name_fr": "MAIRIE DE TAMBACOUNDA", "category": partner.category_id},
    )

    assert answer.status_code == 422
    assert "Un partenaire porte déjà ce nom." in answer.content.decode()


def test_list_shows_current_partners_filters_them_and_names_the_categories_without_any(personas, sign_in):
    client = sign_in(personas.focal_a)
    mayor = PartnerFactory(name_fr="Mairie", category=PartnerCategory.objects.get(slug="pc-06"))
    PartnerFactory(name_fr="Plateforme")
    PartnerFactory(name_fr="Ancien", ended_on=clock.today() - DAY)

    def shown(question=""):
        page = client.get(LIST + question).content.decode()
        return [name for name in ("Mairie", "Plateforme", "Ancien") if f">{name}</a>" in page]

    page = client.get(LIST).content.decode()
    assert shown() == ["Mairie", "Plateforme"]
    assert shown(f"?category={mayor.category_id}") == ["Mairie"]
    assert shown("?q=PLATE") == ["Plateforme"]
    assert shown("?status=former") == ["Ancien"]
    assert "dans ces 16" in page
    assert "Médias" in page


def test_file_holds_the_partners_of_the_list_and_their_contacts(personas, sign_in):
    contact = PartnerContactFactory(partner__name_fr="=Mairie", person__title="Adjointe")
    PartnerFactory(name_fr="Ancien", ended_on=clock.today() - DAY)

    answer = sign_in(personas.focal_a).get(reverse("partners:partner_export"))
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))

    first, second = (list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book)
    assert [row[0] for row in first] == ["=Mairie"]
    assert [row[:4] for row in second] == [("=Mairie", str(contact.person), "Adjointe", contact.person.email)]
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}


def test_list_costs_as_much_with_more_partners(personas, sign_in, django_assert_num_queries):
    client = sign_in(personas.secretariat)
    client.get(LIST)
    counts = []
    for more in (2, 15):
        PartnerContactFactory.create_batch(more)
        with django_assert_num_queries(12, exact=False) as asked:
            client.get(LIST)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_contact_gets_a_last_day_on_the_page_of_the_partner(personas, sign_in):
    client, contact = sign_in(personas.co_chair_ohchr), PartnerContactFactory()

    assert (
        reverse("partners:contact_end", args=[contact.pk])
        in client.get(contact.partner.get_absolute_url()).content.decode()
    )
    answer = client.post(reverse("partners:contact_end", args=[contact.pk]), {"ends_on": f"{clock.today():%Y-%m-%d}"})

    assert answer["Location"] == contact.partner.get_absolute_url()
    assert not PartnerContact.objects.on(clock.today() + DAY).exists()
