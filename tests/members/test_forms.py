"""Forms of the list of members: told by the field, made once, nothing half-written, nothing breaks."""

from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from core.components import Difference
from members.models import CoChairTerm, Entity, FocalPoint, InstitutionalRole, Membership, User
from tests.factories.members import EntityFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def once(**fields):
    return {"once": str(uuid4()), **fields}


def test_focal_point_named_twice_is_told_by_the_field(personas, sign_in):
    person = UserFactory()
    form = once(person=person.pk, rank="principal", starts_on="2026-01-01")

    page = sign_in(personas.secretariat).post(reverse("members:focal_point_name", args=["unicef"]), form)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["rank"]
    assert page.context["form"]["person"].value() == str(person.pk)
    assert not FocalPoint.objects.filter(person=person).exists()


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ("abc", False),
        ("+221 33 000 00 00 (poste 2)", False),
        ("+221 (33) 000-00.00", True),
        ("", True),
        ("+123 456 789 012 345", True),
        ("+12345678901234567", False),
    ],
)
def test_telephone_is_made_of_digits(personas, sign_in, phone, kept):
    form = {"given_name": "Aïssata", "family_name": "Ndour", "language": "fr", "version": 1, "phone": phone}

    page = sign_in(personas.focal_a).post(reverse("members:account_edit"), form)

    assert page.status_code == (302 if kept else 422)
    assert kept or list(page.context["form"].errors) == ["phone"]


@pytest.mark.parametrize("chosen_in_browser", ["", "fr"])
def test_changed_language_is_that_of_the_whole_answer(personas, sign_in, chosen_in_browser):
    client = sign_in(personas.focal_a)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen_in_browser
    form = {"given_name": "Aïssata", "family_name": "Ndour", "language": "en", "version": 1}

    page = client.post(reverse("members:account_edit"), form, follow=True).content.decode()

    assert '<html lang="en">' in page
    assert ("Details saved." in page, "enregistrées" in page) == (True, False)


def test_double_click_records_one_membership(personas, sign_in):
    entity = EntityFactory()
    client, url = sign_in(personas.secretariat), reverse("members:membership_record", args=[entity.slug])
    form = once(kind="member", starts_on="2026-01-01")

    answers = [client.post(url, form).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert Membership.objects.filter(entity=entity).count() == 1


def test_stale_profile_is_answered_409_with_both_texts(personas, sign_in):
    client, url = sign_in(personas.focal_a), reverse("members:entity_edit", args=["unicef"])
    client.post(url, {"fields_of_intervention": "Texte de l’autre", "version": 1})

    page = client.post(url, {"fields_of_intervention": "Mon texte", "version": 1})

    assert page.status_code == 409
    assert page.context["form"].conflict == [
        Difference(page.context["form"]["fields_of_intervention"].label, "Mon texte", "Texte de l’autre")
    ]
    again = client.post(
        url, {"fields_of_intervention": "Mon texte", "version": page.context["form"]["version"].value()}
    )
    personas.unicef.refresh_from_db()
    assert (again.status_code, personas.unicef.fields_of_intervention) == (302, "Mon texte")


HOSTILE = [
    "\0",
    "a\0b",
    "x" * 10_000,
    "2026-13-45",
    "-1",
    "9" * 5000,
    "0001-01-01",
    "9999-12-31",
    "'\"><script>",
    "%(x)s{}",
    "　",
]


@pytest.mark.parametrize(
    ("name", "args", "fields"),
    [
        ("person_add", [], ["email", "given_name", "family_name", "phone", "language", "once"]),
        ("entity_add", [], ["slug", "acronym_fr", "name_fr", "website", "once"]),
        ("entity_edit", ["unicef"], ["website", "gcm_objectives", "regions", "version", "name_fr"]),
        ("membership_record", ["unicef"], ["kind", "starts_on", "ends_on"]),
        ("focal_point_name", ["unicef"], ["person", "rank", "starts_on", "ends_on"]),
        ("term_record", [], ["seat", "entity", "person", "starts_on", "ends_on", "basis"]),
    ],
)  # fmt: skip
def test_hostile_input_changes_nothing_and_never_breaks(personas, sign_in, name, args, fields):
    models = (User, Entity, Membership, FocalPoint, CoChairTerm, InstitutionalRole)
    before = [model.objects.count() for model in models]
    client = sign_in(personas.secretariat)

    for value in HOSTILE:
        page = client.post(reverse(f"members:{name}", args=args), dict.fromkeys(fields, value))

        assert page.status_code == 422, value
        assert page.context["form"].errors, value
        assert [model.objects.count() for model in models] == before, value


@pytest.mark.parametrize("slug", ["personnes", "copresidence", "entites"])
def test_entity_does_not_take_an_address_of_the_portal(personas, sign_in, slug):
    names = {"acronym_fr": "A", "acronym_en": "A", "name_fr": "A", "name_en": "A"}

    page = sign_in(personas.secretariat).post(reverse("members:entity_add"), once(slug=slug, **names))

    assert list(page.context["form"].errors) == ["slug"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"acronym_fr": "oim"}, {"acronym_fr": ["Une autre entité a déjà ce sigle."]}),
        ({"acronym_en": "oim"}, {"acronym_en": ["Une autre entité a déjà ce sigle."]}),
        ({"slug": "iom"}, {"slug": ["Cette adresse courte est déjà prise."]}),
    ],
)
def test_entity_that_is_there_already_is_told_by_the_field(personas, sign_in, typed, told):
    form = once(slug="oim", acronym_fr="X", acronym_en="X", name_fr="A", name_en="A") | typed

    page = sign_in(personas.secretariat).post(reverse("members:entity_add"), form)

    assert page.status_code == 422
    assert page.context["form"].errors == told


def test_entity_keeps_its_own_acronym_on_edit(personas, sign_in):
    form = {"acronym_fr": "UNICEF", "acronym_en": "UNICEF", "name_fr": "Fonds", "name_en": "Fund", "version": 1}

    answer = sign_in(personas.secretariat).post(reverse("members:entity_edit", args=["unicef"]), form)

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("url", "who", "field", "invitees"),
    [
        ("members:term_record", "secretariat", "entity", False),
        ("decisions:decision_propose", "focal_a", "responsible", True),
    ],
)
def test_entities_of_today_are_offered_and_no_others(personas, sign_in, url, who, field, invitees):
    EntityFactory()
    MembershipFactory(entity=EntityFactory(), ends_on=date(2025, 12, 31))

    offered = sign_in(getattr(personas, who)).get(reverse(url)).context["form"].fields[field].queryset

    assert {*offered} == {*personas.members, *([personas.rco] if invitees else [])}


def test_role_is_granted_and_ended(personas, sign_in):
    client, person = sign_in(personas.administrator), personas.no_entity
    client.post(reverse("members:role_grant", args=[person.pk]), once(role="rc_office", starts_on="2026-01-01"))
    tie = InstitutionalRole.objects.get(person=person)

    client.post(reverse("members:role_end", args=[tie.pk]), {"ends_on": "2026-02-01"})

    tie.refresh_from_db()
    assert (tie.starts_on, tie.ends_on) == (date(2026, 1, 1), date(2026, 2, 1))


def test_account_is_closed_after_confirmation_only(personas, sign_in):
    client, url = sign_in(personas.administrator), reverse("members:person_deactivate", args=[personas.partner.pk])

    client.get(url)
    assert User.objects.get(pk=personas.partner.pk).is_active
    client.post(url)
    assert not User.objects.get(pk=personas.partner.pk).is_active
