"""Members, people and partners from Excel files: all of a file or nothing of it, and every cell told by its place."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.errors import NotAllowedNow
from core.models import JournalEvent, OutboxMail
from core.refusals import Refused
from members import actions
from members.actions import Faulty
from members.enums import ImportKind, ImportState
from members.models import Entity, FocalPoint, Import, Membership, Partner, PartnerContact, User
from members.tasks import forget_old_imports
from tests.factories.imports import PERSON, a_file, people
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
ENTITY = {"acronym_fr": "ONUDI", "acronym_en": "UNIDO", "name_fr": "Organisation pour le développement industriel"}
PARTNER = {"name_fr": "Mairie de Kolda", "category": "PC-02"}


def checked(kind, *rows, personas):
    return actions.check_import(kind, file=a_file(kind, *rows), by=personas.secretariat)


def entered(kind, *rows, personas):
    return actions.carry_out_import(checked(kind, *rows, personas=personas), by=personas.secretariat)


def faults(kind, *rows, personas):
    with pytest.raises(Faulty) as refused:
        checked(kind, *rows, personas=personas)
    return [str(fault).replace("\xa0", " ") for fault in refused.value.faults]


def test_a_formula_is_told_together_with_everything_else_that_is_wrong(personas):
    wrong = [{**PERSON, "given_name": "=1+1", "email": "nulle part"}, {**PERSON, "family_name": ""}]

    assert [line.partition(" :")[0] for line in faults("people", *wrong, personas=personas)] == [
        "Ligne 2, colonne Prénom", "Ligne 2, colonne Courriel", "Ligne 3, colonne Nom",
    ]  # fmt: skip


# --- Entering ---------------------------------------------------------------------------------------------------------
def test_checking_changes_nothing_in_the_register(personas):
    before = User.objects.count()

    one = checked("people", PERSON, personas=personas)

    assert (one.count, one.state, User.objects.count()) == (1, ImportState.CHECKED, before)


def test_people_are_entered_with_the_rank_they_hold_as_if_added_one_by_one(personas):
    given = {**PERSON, "email": "Awa.SARR@Example.org", "entity": "unfpa", "rank": "CHEF d’entité",
             "starts_on": clock.today(), "language": "anglais", "phone": 221338690000}  # fmt: skip

    entered("people", given, personas=personas)

    person = User.objects.get(email="awa.sarr@example.org")
    assert (person.language, person.phone, person.has_usable_password()) == ("en", "221338690000", False)
    tie = FocalPoint.objects.get(person=person)
    assert (tie.entity, tie.rank, tie.starts_on) == (personas.unfpa, "head", clock.today())
    verbs = JournalEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-4:] == [
        "members.check_import", "members.add_person", "members.name_focal_point", "members.carry_out_import",
    ]  # fmt: skip
    assert not OutboxMail.objects.filter(recipient=person).exists()


def test_entities_are_entered_with_their_membership(personas):
    entered("entities", {**ENTITY, "starts_on": clock.today()}, {"acronym_fr": "X", "name_fr": "Y"}, personas=personas)

    entity = Entity.objects.get(slug="unido")
    assert (entity.acronym_fr, entity.name_en) == ("ONUDI", ENTITY["name_fr"])
    assert Membership.objects.get(entity=entity).kind == "member"
    assert not Membership.objects.filter(entity__slug="x").exists()


def test_first_entities_of_a_register_that_holds_none():
    secretary = UserFactory()
    assert not Entity.objects.exists()

    one = actions.check_import("entities", file=a_file("entities", ENTITY), by=secretary)
    actions.carry_out_import(one, by=secretary)

    assert Entity.objects.get().slug == "unido"


def test_partners_are_entered_with_their_regions_and_contact(personas):
    given = {**PARTNER, "regions": "kolda, Sédhiou", "organisation_email": "mairie@example.org", **PERSON}

    entered("partners", given, personas=personas)

    partner = Partner.objects.get(name_fr="Mairie de Kolda")
    assert (partner.category.slug, partner.email) == ("pc-02", "mairie@example.org")
    assert [region.name for region in partner.regions.order_by("name")] == ["Kolda", "Sédhiou"]
    assert PartnerContact.objects.get(partner=partner).person.email == PERSON["email"]


@pytest.mark.parametrize("act", [actions.carry_out_import, actions.give_up_import])
def test_lines_are_forgotten_once_the_import_has_ended(personas, act):
    one = checked("people", PERSON, personas=personas)

    act(one, by=personas.secretariat)

    one.refresh_from_db()
    assert (one.lines, one.count) == ([], 1)
    with pytest.raises(NotAllowedNow):
        actions.carry_out_import(one, by=personas.secretariat)


def test_file_that_nobody_enters_is_forgotten(personas, settings):
    old = checked("people", PERSON, personas=personas)

    with clock.set_to(clock.now() + timedelta(days=settings.RETENTION_IMPORT_DAYS + 1)):
        fresh = checked("people", PERSON, personas=personas)
        forget_old_imports()

    states = dict(Import.objects.values_list("pk", "state"))
    assert states == {old.pk: ImportState.GIVEN_UP, fresh.pk: ImportState.CHECKED}
    assert JournalEvent.objects.latest("pk").actor is None


def test_nothing_is_entered_when_the_register_has_changed_meanwhile(personas):
    one = checked("people", *people(3), personas=personas)
    actions.add_person(email="P1@example.org", given_name="A", family_name="B", by=personas.secretariat)
    before = User.objects.count()

    with pytest.raises(Faulty) as refused:
        actions.carry_out_import(one, by=personas.secretariat)

    assert [fault.line for fault in refused.value.faults] == [3]
    assert User.objects.count() == before
    one.refresh_from_db()
    assert one.state == ImportState.CHECKED


# --- What contradicts the register ------------------------------------------------------------------------------------
def test_address_that_somebody_has_in_whatever_letter_case(personas):
    taken = {**PERSON, "email": personas.focal_a.email.upper()}

    assert faults("people", taken, personas=personas) == [
        "Ligne 2, colonne Courriel : Une personne avec cette adresse de courriel existe déjà."
    ]


def test_address_that_stands_twice_in_the_file(personas):
    told = faults("people", PERSON, {**PERSON, "email": "AWA.sarr@example.org"}, personas=personas)

    assert told == ["Ligne 3, colonne Courriel : « awa.sarr@example.org » figure déjà ligne 2."]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"entity": "UNFPA", "rank": "principal"}, "Premier jour"),
        ({"entity": "UNFPA", "starts_on": "2026-06-16"}, "Rang"),
        ({"rank": "principal", "starts_on": "2026-06-16"}, "Entité"),
        ({"entity": "ONUX", "rank": "principal", "starts_on": "2026-06-16"}, "Entité"),
        ({"entity": "UNICEF", "rank": "principal", "starts_on": "2026-06-16"}, "Rang"),
        ({"phone": "appelez-moi"}, "Téléphone"),
        ({"family_name": ""}, "Nom"),
    ],
)
def test_line_of_people_is_refused_by_its_cell(personas, row, column):
    (told,) = faults("people", {**PERSON, **row}, personas=personas)

    assert told.startswith(f"Ligne 2, colonne {column} :")


def test_two_lines_do_not_hold_one_rank(personas):
    seat = {"entity": "UNFPA", "rank": "head", "starts_on": "2026-06-16"}
    rows = [{**row, **seat} for row in people(2)]

    assert faults("people", *rows, personas=personas) == ["Ligne 3, colonne Rang : La ligne 2 donne déjà ce rang."]


def test_nobody_is_named_for_an_entity_that_has_left(personas):
    Membership.objects.filter(entity=personas.unfpa).update(ends_on=clock.today() - timedelta(days=1))
    row = {**PERSON, "entity": "UNFPA", "rank": "head", "starts_on": clock.today()}

    (told,) = faults("people", row, personas=personas)

    assert told == "Ligne 2, colonne Entité : UNFPA a quitté le Réseau avant ce jour."


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"acronym_fr": "unicef"}, "Sigle en français"),
        ({"acronym_en": "Unicef", "slug": "autre"}, "Sigle en anglais"),
        ({"slug": "personnes"}, "Adresse courte"),
        ({"slug": "pas une adresse"}, "Adresse courte"),
        ({"website": "pas un site"}, "Site internet"),
        ({"kind": "observateur"}, "Statut"),
    ],
)
def test_line_of_entities_is_refused_by_its_cell(personas, row, column):
    (told,) = faults("entities", {**ENTITY, **row}, personas=personas)

    assert told.startswith(f"Ligne 2, colonne {column} :")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"category": "Amis"}, "Catégorie"),
        ({"regions": "Dakar, Bamako"}, "Régions"),
        ({"given_name": "Awa", "family_name": "Sarr"}, "Courriel du contact"),
        ({"organisation_email": "x"}, "Courriel de l’organisation"),
    ],
)
def test_line_of_partners_is_refused_by_its_cell(personas, row, column):
    (told,) = faults("partners", {**PARTNER, **row}, personas=personas)

    assert told.startswith(f"Ligne 2, colonne {column} :")


def test_partner_that_is_known_already(personas):
    entered("partners", PARTNER, personas=personas)

    (told,) = faults("partners", {**PARTNER, "name_fr": "MAIRIE DE KOLDA"}, personas=personas)

    assert "porte déjà ce nom" in told


# --- Pages ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def client(sign_in, personas):
    return sign_in(personas.secretariat)


def upload(client, kind, file):
    return client.post(reverse("imports:import_check"), {"kind": kind, "file": file, "once": ONCE})


ONCE = "5c7b1f9e-6f0e-4a0e-9a53-0d2f0b0a3c11"


@pytest.mark.parametrize("kind", ImportKind.values)
def test_template_filled_in_is_taken(client, personas, kind):
    answer = client.get(reverse("imports:template_xlsx", args=[kind]))
    content = b"".join(answer.streaming_content)
    headings = [cell.value.rstrip(" *") for cell in openpyxl.load_workbook(BytesIO(content)).worksheets[0][1]]

    assert headings == [cell.value for cell in openpyxl.load_workbook(a_file(kind)).active[1]]


def test_from_the_file_to_the_register_on_the_pages(client, personas):
    shown = client.get(upload(client, "people", a_file("people", *people(60)))["Location"])
    page = shown.content.decode()
    assert "p0@example.org" in page
    assert "Saisir ces 60 lignes" in page
    assert not User.objects.filter(email="p0@example.org").exists()

    done = client.post(shown.request["PATH_INFO"], {"once": ONCE.replace("5c", "6c")}, follow=True)

    assert "60 lignes saisies." in done.content.decode()
    assert User.objects.filter(email__startswith="p").count() >= 60


def test_file_sent_twice_is_checked_once(client, personas):
    first, second = (upload(client, "people", a_file("people", PERSON)) for _turn in range(2))

    assert first["Location"] == second["Location"]
    assert Import.objects.count() == 1


def test_faults_are_told_on_the_page_and_nothing_is_kept(client, personas):
    rows = [{**PERSON, "email": "pas une adresse"}] * 130

    answer = upload(client, "people", a_file("people", *rows))

    page = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    assert "Ligne 2, colonne Courriel :" in page
    assert "Ligne 101, colonne" in page
    assert "Ligne 103, colonne" not in page
    assert "et 30 autres" in page
    assert not Import.objects.exists()


def test_what_is_no_excel_file_is_refused_by_the_field(client, personas):
    answer = upload(client, "people", SimpleUploadedFile("liste.xls", b"\xd0\xcf\x11\xe0"))

    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_given_up(client, personas):
    one = checked("people", PERSON, personas=personas)

    page = client.post(reverse("imports:import_give_up", args=[one.pk]), follow=True).content.decode()

    assert "rien n’a été saisi" in page.lower()
    assert Import.objects.get().lines == []


def test_alternate_of_an_entity_that_left_is_refused_on_the_form_too(personas):
    Membership.objects.filter(entity=personas.unicef).update(ends_on=clock.today() - timedelta(days=1))

    with pytest.raises(Refused, match="a quitté le Réseau"):
        actions.name_focal_point(
            personas.unicef, person=personas.no_entity, rank="head", starts_on=clock.today(), by=personas.secretariat
        )
