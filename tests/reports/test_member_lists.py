"""The list of members is kept as it was on a day and shared regularly, with a register of sends (M-57, M-58)."""

from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest
import vobject
from django.urls import reverse
from openpyxl import load_workbook

from core import clock
from core.errors import DomainError
from core.models import Job, OutboxMail
from decisions import actions as decisions
from members import actions as members
from members.models import User
from members.queries import network_people
from reports import actions, lists, rendering, todo
from reports.models import MemberList
from tests.factories import procedure as ruled
from tests.factories.members import FocalPointFactory, MembershipFactory
from tests.nets.portal import consume
from tests.personas import create_personas

pytestmark = pytest.mark.django_db
DAY, LATER = timedelta(days=1), timedelta(minutes=2)


def freeze(personas):
    return actions.freeze_member_list(by=personas.secretariat)


def share(personas):
    return actions.share_member_list(freeze(personas), by=personas.secretariat)


def read(response):
    return b"".join(response.streaming_content)


def test_frozen_list_stays_what_it_was_when_the_directory_moves_on(personas):
    one = freeze(personas)
    before = one.listed

    members.edit_person(personas.focal_a, version=1, phone="+221 33 111 11 11", by=personas.secretariat)
    MembershipFactory(entity__acronym_fr="NOUVEAU")

    one.refresh_from_db()
    assert one.listed == before
    assert {entity.acronym for entity in before.entities} == {"OIM", "HCDH", "UNICEF", "ONU-Femmes", "UNFPA", "BCR"}


def test_list_holds_who_takes_part_that_day_with_those_who_speak_in_order_of_rank(personas):
    FocalPointFactory(entity=personas.unicef, head=True, person__family_name="Tall")
    MembershipFactory(entity__acronym_fr="PARTI", ends_on=clock.today() - DAY)

    content = freeze(personas).listed

    unicef = next(one for one in content.entities if one.acronym == "UNICEF")
    assert [person.rank for person in unicef.people] == ["head", "principal", "alternate"]
    assert "PARTI" not in {one.acronym for one in content.entities}


def test_versions_are_numbered_within_their_year_and_two_clicks_make_one(personas, sign_in):
    client, address = sign_in(personas.co_chair_iom), reverse("lists:list_freeze")
    answers = [client.post(address) for _twice in range(2)]
    assert len({answer["Location"] for answer in answers}) == 1

    with clock.set_to(clock.now() + LATER):
        freeze(personas)
    with clock.set_to(clock.now() + 365 * DAY):
        freeze(personas)

    assert [str(one) for one in MemberList.objects.order_by("pk")] == [
        "Liste des membres 2026/01", "Liste des membres 2026/02", "Liste des membres 2027/01",
    ]  # fmt: skip
    assert Job.objects.filter(kind=actions.SHEET_JOB).count() == 3


def test_first_list_frozen_by_many_hands_at_once_is_one(hands):
    personas = create_personas()

    outcomes = hands([partial(actions.freeze_member_list, by=personas.secretariat)] * 8)

    assert (outcomes, MemberList.objects.count()) == (["done"] * 8, 1)


@pytest.mark.parametrize("name", ["list_detail", "list_xlsx", "list_vcf"])
def test_list_is_read_by_all_once_it_is_shared_and_by_those_who_share_it_before(personas, sign_in, name):
    one = freeze(personas)
    address, people = reverse(f"lists:{name}", args=[one.pk]), (personas.secretariat, personas.focal_a)

    def answers():
        found = [sign_in(person).get(address) for person in people]
        for answer in found:
            consume(answer)
        return [answer.status_code for answer in found]

    assert answers() == [200, 404]
    assert str(one) not in sign_in(personas.focal_a).get(reverse("lists:list_index")).content.decode()
    actions.share_member_list(one, by=personas.secretariat)
    assert answers() == [200, 200]


# --- Files -----------------------------------------------------------------------------------------------------------
def test_address_book_reads_every_card(personas, sign_in):
    odd = "Traoré; « l’aînée », chargée de\\liaison"
    FocalPointFactory(
        entity=personas.ohchr, person__family_name="Ñ" * 60, person__given_name="Élise", person__title=odd
    )
    one = share(personas)

    answer = sign_in(personas.focal_a).get(reverse("lists:list_vcf", args=[one.pk]))
    content = read(answer)

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    cards = list(vobject.readComponents(content.decode()))
    people = [person for entity in one.listed.entities for person in entity.people]
    assert [(card.version.value, card.fn.value, card.email.value) for card in cards] == [
        ("4.0", person.name, person.email) for person in people
    ]
    elise = next(card for card in cards if card.n.value.given == "Élise")
    assert (elise.title.value, elise.n.value.family) == (odd, "Ñ" * 60)


def test_excel_file_holds_one_row_a_person(personas, sign_in):
    one = share(personas)

    answer = sign_in(personas.rc_office).get(reverse("lists:list_xlsx", args=[one.pk]))
    rows = list(load_workbook(BytesIO(read(answer))).active.iter_rows(min_row=2, values_only=True))

    people = [person for entity in one.listed.entities for person in entity.people or [None]]
    assert [row[8] for row in rows] == [person and person.email for person in people]


def test_pdf_names_everybody(personas, sign_in, settings, tmp_path):
    from pypdf import PdfReader  # noqa: PLC0415 - half a second that the other tests do not need

    settings.MEDIA_ROOT = tmp_path
    one = share(personas)
    rendering.render_sheet(Job.objects.get(), lambda percent, step: None)

    answer = sign_in(personas.focal_b).get(reverse("lists:list_download", args=[one.pk]))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(read(answer))).pages)

    people = [person for entity in one.listed.entities for person in entity.people]
    assert [person.email for person in people if person.email not in text.replace("\n", "")] == []


# --- Sharing ---------------------------------------------------------------------------------------------------------
def test_shared_list_is_mailed_to_everybody_and_its_sends_stand_on_its_page(personas, sign_in):
    one = freeze(personas)
    client, address = sign_in(personas.co_chair_ohchr), reverse("lists:list_share", args=[one.pk])
    assert "Destinataires" in client.get(address).content.decode()
    assert not OutboxMail.objects.filter(kind="reports.member_list").exists()

    client.post(address)

    mails = OutboxMail.objects.filter(kind="reports.member_list")
    assert {mail.recipient for mail in mails} == set(network_people(clock.today()))
    page = client.get(one.get_absolute_url()).content.decode()
    assert [mail.to for mail in mails if mail.to not in page] == []
    reader = sign_in(personas.focal_a).get(one.get_absolute_url()).content.decode()
    assert "Registre des envois" not in reader


def test_list_is_shared_once_and_never_after_a_later_one(personas):
    first = freeze(personas)
    with clock.set_to(clock.now() + LATER):
        second = freeze(personas)
    actions.share_member_list(second, by=personas.secretariat)

    with pytest.raises(DomainError, match="déjà été partagée"):
        actions.share_member_list(second, by=personas.secretariat)
    with pytest.raises(DomainError, match="version plus récente"):
        actions.share_member_list(first, by=personas.secretariat)

    assert OutboxMail.objects.filter(kind="reports.member_list").count() == network_people(clock.today()).count()


def test_secretariat_is_asked_to_share_when_the_last_share_lies_too_far_back(personas):
    def asked(person):
        return [item.title for item in todo.ask(todo.questions(User.objects.get(pk=person.pk)))]

    words = ["Partager la liste des membres"]
    assert (asked(personas.secretariat), asked(personas.focal_a)) == (words, [])
    actions.share_member_list(freeze(personas), by=personas.secretariat)

    assert asked(personas.secretariat) == []
    with clock.set_to(clock.now() + 91 * DAY):
        assert asked(personas.secretariat) == []
    with clock.set_to(clock.now() + 93 * DAY):
        assert asked(personas.secretariat) == words


def test_how_long_a_share_is_recent_is_a_threshold_of_the_rules_in_force(personas):
    draft = ruled.draft(personas)
    draft = decisions.edit_threshold(
        draft, "days_since_list_shared", target=30, limit=60, version=draft.version, by=personas.secretariat
    )
    ruled.adopt(ruled.brought(draft, personas), personas)
    actions.share_member_list(freeze(personas), by=personas.secretariat)

    with clock.set_to(clock.now() + 30 * DAY):
        assert todo.ask(todo.questions(personas.secretariat)) == []
    with clock.set_to(clock.now() + 31 * DAY):
        [item] = todo.ask(todo.questions(User.objects.get(pk=personas.secretariat.pk)))
    assert "plus de 30 jours" in item.why


def test_vcard_escapes_what_would_break_a_line():
    assert lists._escaped("a;b,c\\d\r\ne") == "a\\;b\\,c\\\\d\\ne"
