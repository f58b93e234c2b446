"""Who may open what, what the pages show, how many queries they cost."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse

from core import clock
from members.models import CoChairTerm, Entity, FocalPoint, InstitutionalRole, User
from tests.factories import meetings
from tests.factories.members import CoChairTermFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
NETWORK = {
    "focal_a", "focal_b", "alternate_a", "group_chair", "secretariat", "co_chair_iom", "co_chair_ohchr", "rc_office",
    "administrator",
}  # fmt: skip
OUTSIDE = {"no_entity", "partner"}


# --- Who ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["directory", "directory_export", "co_chairs", "person_list"])
def test_list_opens_for_the_network_only(personas, sign_in, name):
    answers = {who: sign_in(user).get(reverse(f"members:{name}")).status_code for who, user in personas.all.items()}

    assert answers == {"visitor": 302, **dict.fromkeys(NETWORK, 200), **dict.fromkeys(OUTSIDE, 403)}


def test_entity_is_invisible_outside_the_network(personas, sign_in):
    url = personas.unicef.get_absolute_url()

    answers = {who: sign_in(user).get(url).status_code for who, user in personas.all.items()}

    assert answers == {"visitor": 302, **dict.fromkeys(NETWORK, 200), **dict.fromkeys(OUTSIDE, 404)}


def test_visible_to_agrees_with_the_permission(personas):
    for user in personas.all.values():
        may_see = user.has_perm("members.view_directory")

        assert Entity.objects.visible_to(user).exists() is may_see
        assert User.objects.visible_to(user).filter(pk=personas.focal_a.pk).exists() is (
            may_see or user.pk == personas.focal_a.pk
        )


def test_profile_is_edited_by_its_entity_and_the_secretariat(personas, sign_in):
    url = reverse("members:entity_edit", args=["unicef"])

    allowed = {who for who, user in personas.all.items() if sign_in(user).get(url).status_code == 200}

    assert allowed == {"focal_a", "alternate_a", "secretariat"}


@pytest.mark.parametrize(
    ("name", "args", "allowed"),
    [
        ("entity_add", [], {"secretariat", "co_chair_iom", "co_chair_ohchr"}),
        ("term_record", [], {"secretariat", "co_chair_iom", "co_chair_ohchr"}),
        ("membership_record", ["unicef"], {"secretariat", "co_chair_iom", "co_chair_ohchr"}),
        ("focal_point_name", ["unicef"], {"secretariat", "co_chair_iom", "co_chair_ohchr"}),
        ("person_add", [], {"secretariat", "administrator"}),
    ],
)
def test_list_is_kept_by_those_of_the_mandate(personas, sign_in, name, args, allowed):
    url = reverse(f"members:{name}", args=args)

    assert {who for who, user in personas.all.items() if sign_in(user).get(url).status_code == 200} == allowed


def test_person_is_edited_by_oneself_and_the_secretariat(personas, sign_in):
    url = reverse("members:person_edit", args=[personas.focal_a.pk])

    allowed = {who for who, user in personas.all.items() if sign_in(user).get(url).status_code == 200}

    assert allowed == {"focal_a", "secretariat"}


def test_account_page_opens_for_everybody_signed_in(personas, sign_in):
    answers = {who: sign_in(user).get(reverse("members:account")).status_code for who, user in personas.all.items()}

    assert answers == {who: 302 if who == "visitor" else 200 for who in personas.all}


def test_own_address_is_not_changed_by_oneself(personas, sign_in):
    person = personas.focal_a
    form = {"given_name": "Aïssata", "family_name": "Ndour", "language": "fr", "version": 1}

    sign_in(person).post(reverse("members:account_edit"), {**form, "email": "pirate@example.org", "is_active": ""})

    person.refresh_from_db()
    assert (person.given_name, person.email, person.is_active) == ("Aïssata", "pointfocal.unicef@example.org", True)


def test_focal_point_does_not_rename_the_entity(personas, sign_in):
    form = {"website": "https://www.unicef.org", "name_fr": "Autre nom", "slug": "autre", "version": 1}

    sign_in(personas.focal_a).post(reverse("members:entity_edit", args=["unicef"]), form)

    personas.unicef.refresh_from_db()
    assert (personas.unicef.website, personas.unicef.name_fr) == ("https://www.unicef.org", "Nom de UNICEF")


# --- What -----------------------------------------------------------------------------------------------------------
def slugs(page):
    """The entities that the list leads to, in its order."""
    return re.findall(r'rowheader"><a href="/membres/([\w-]+)/"', page.text)


def test_directory_shows_members_of_today(personas, sign_in):
    gone = MembershipFactory(ends_on=clock.today() - timedelta(days=1)).entity

    page = sign_in(personas.focal_a).get(reverse("members:directory"))

    assert gone.slug not in slugs(page)
    assert set(slugs(page)) == {"iom", "ohchr", "unicef", "unwomen", "unfpa", "rco"}


def test_directory_shows_the_year_of_the_network(personas, sign_in):
    meeting = meetings.convened(personas, starts_at=meetings.at_ten(0))

    page = sign_in(personas.focal_a).get(reverse("members:directory"))

    assert meeting.get_absolute_url() in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "unicef"}, ["unicef"]),
        ({"q": "resident"}, ["rco"]),  # « Résident », without its accent
        ({"status": "standing_invitee"}, ["rco"]),
        ({"q": "rien de tel"}, []),
        ({"page": "-1", "q": "unicef"}, ["unicef"]),
        ({"region": "9" * 30, "q": "unicef"}, ["unicef"]),
        ({"objective": "abc", "status": "'; drop", "q": "unicef"}, ["unicef"]),
    ],
)
def test_directory_filtered(personas, sign_in, query, found):
    page = sign_in(personas.focal_a).get(reverse("members:directory"), query)

    assert page.status_code == 200
    assert slugs(page) == found


def test_directory_names_who_is_missing_and_what_is_old(personas, sign_in):
    personas.unicef.profile_reviewed_on = clock.today()
    personas.unicef.save(update_fields=["profile_reviewed_on"])

    table = sign_in(personas.focal_a).get(reverse("members:directory")).context["table"]

    unicef, iom = (next(row[1:] for row in table.rows if f"/membres/{slug}/" in row[0]) for slug in ("unicef", "iom"))
    assert personas.focal_a.get_full_name() in unicef[0]
    assert "tag-problem" in iom[0]
    assert ("tag-waiting" in unicef[3], "tag-waiting" in iom[3]) == (False, True)


def test_directory_file_holds_no_formula(personas, sign_in):
    hostile = '=HYPERLINK("http://example.org","x")'
    Entity.objects.filter(slug="unicef").update(name_fr=hostile, acronym_fr="@SUM(1)")
    User.objects.filter(pk=personas.focal_a.pk).update(phone="+221 00 000 00 00", family_name="-1+1")

    response = sign_in(personas.focal_b).get(reverse("members:directory_export"))

    sheet = openpyxl.load_workbook(BytesIO(response.getvalue())).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sheet.max_row == 7
    assert hostile in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s", "d"}


def test_co_chairs_warn_when_no_successor_is_named(personas, sign_in):
    today = clock.today()
    term = CoChairTerm.objects.get(seat="rotating")
    CoChairTerm.objects.filter(pk=term.pk).update(ends_on=today + timedelta(days=60))

    def rotating():
        return sign_in(personas.focal_a).get(reverse("members:co_chairs")).context["seats"][1]

    assert rotating().succession_is_due
    CoChairTermFactory(rotating=True, starts_on=today + timedelta(days=61))
    assert not rotating().succession_is_due
    assert [row.tie.starts_on for row in rotating().coming] == [today + timedelta(days=61)]


def test_co_chairs_do_not_warn_long_before_the_end(personas, sign_in):
    CoChairTerm.objects.update(ends_on=clock.today() + timedelta(days=61))

    seats = sign_in(personas.focal_a).get(reverse("members:co_chairs")).context["seats"]

    assert [seat.succession_is_due for seat in seats] == [False, False]


# --- A person and the account --------------------------------------------------------------------------------------
def person_page(client, person):
    return client.get(person.get_absolute_url()).content.decode()


def test_account_is_offered_to_be_closed_where_there_is_one(personas, sign_in):
    client, known = sign_in(personas.secretariat), UserFactory()

    assert reverse("members:person_deactivate", args=[personas.focal_b.pk]) in person_page(client, personas.focal_b)
    assert reverse("members:person_deactivate", args=[known.pk]) not in person_page(client, known)
    own = person_page(client, personas.secretariat)
    assert reverse("members:person_deactivate", args=[personas.secretariat.pk]) not in own


def test_closed_account_lists_what_its_person_still_holds(personas, sign_in):
    client, tie = sign_in(personas.secretariat), FocalPoint.objects.get(person=personas.rc_office)
    role = InstitutionalRole.objects.get(person=personas.rc_office)

    page = client.post(reverse("members:person_deactivate", args=[personas.rc_office.pk]), follow=True)

    held = page.context["still_held"]
    assert [row.tie for row in held] == [tie, role]
    assert [row.end_url for row in held] == [
        reverse("members:focal_point_end", args=[tie.pk]),
        reverse("members:role_end", args=[role.pk]),
    ]
    FocalPoint.objects.filter(pk=tie.pk).update(ends_on=clock.today())
    assert [row.tie for row in client.get(personas.rc_office.get_absolute_url()).context["still_held"]] == [role]


def test_person_added_is_told_not_to_be_written_to_yet(personas, sign_in):
    form = {"given_name": "Fatou", "family_name": "Sarr", "email": "fatou@example.org", "language": "fr"}

    page = sign_in(personas.secretariat).post(
        reverse("members:person_add"), {**form, "once": str(uuid4())}, follow=True
    )

    text = page.content.decode()
    assert "Rien n’a encore été envoyé" in text
    assert reverse("members:person_invite", args=[User.objects.get(family_name="Sarr").pk]) in text
