"""Personal data out (page, file, command), and personal data gone while acts stay (design/safety C.7)."""

import json
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from core import clock, journal, outbox
from core.errors import DomainError
from core.models import JournalEvent, OutboxMail
from decisions.models import Position
from members import actions
from members.models import FocalPoint, User
from tests.factories import decisions as decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def focal(personas):
    """UNICEF's focal point, who gave a position and was written to."""
    decided.supported_by(decided.in_call(personas), [personas.unicef], personas.focal_a)
    return personas.focal_a


@pytest.fixture
def departed(focal, personas):
    """The same, once the tie has ended."""
    for tie in FocalPoint.objects.filter(person=focal):
        tie.starts_on, tie.ends_on = clock.today() - timedelta(days=90), clock.today() - timedelta(days=1)
        tie.save()
    actions.edit_person(focal, version=focal.version, title="Spécialiste", by=personas.secretariat)
    return User.objects.get(pk=focal.pk)


def sheets(answer):
    book = openpyxl.load_workbook(BytesIO(answer.getvalue()))
    return {sheet.title: list(sheet.iter_rows(values_only=True))[1:] for sheet in book}


def test_own_file_holds_what_one_said_and_nobody_else_did(focal, personas, sign_in):
    held = sheets(sign_in(focal).get(reverse("members:own_data_export")))

    assert [row[4] for row in held["Vos coordonnées"]] == [focal.email]
    assert [row[1:4] for row in held["Positions données"]] == [
        (position.decision.title, "UNICEF", "soutient") for position in Position.objects.filter(author=focal)
    ]
    assert [row[0] for row in held["Liens avec le Réseau"]] == ["UNICEF"]
    assert sheets(sign_in(personas.focal_b).get(reverse("members:own_data_export")))["Positions données"] == []


def test_page_names_everything_that_the_file_holds(focal, sign_in):
    client = sign_in(focal)

    page = client.get(reverse("members:own_data")).content.decode()

    assert [title for title in sheets(client.get(reverse("members:own_data_export"))) if title not in page] == []


def test_command_gives_the_same_as_json(focal):
    said = StringIO()

    call_command("export_person", focal.email.upper(), stdout=said)

    document = json.loads(said.getvalue())
    assert [row["Courriel"] for row in document["Vos coordonnées"]] == [focal.email]
    assert len(document["Positions données"]) == 1


def test_nobody_by_that_address():
    with pytest.raises(CommandError, match="personne"):
        call_command("export_person", "personne@example.org")


def test_who_still_speaks_for_an_entity_is_not_anonymised(focal):
    with pytest.raises(CommandError, match="UNICEF"):
        call_command("anonymise_person", focal.email)

    assert User.objects.get(pk=focal.pk).email == focal.email


def test_nobody_anonymises_oneself(personas):
    with pytest.raises(DomainError, match="votre propre compte"):
        actions.anonymise_person(personas.secretariat, by=personas.secretariat)


def acts_of(person):
    return list(JournalEvent.objects.filter(actor=person).order_by("pk").values_list("at", "verb", "object_id"))


def everywhere():
    """Every text of the database that may hold a name: people, journal, outbox, addresses."""
    rows = [*User.objects.values_list("given_name", "family_name", "email", "title", "phone")]
    rows += JournalEvent.objects.values_list("object_label", "data")
    rows += ((mail.to, outbox.text_of(mail)) for mail in OutboxMail.objects.all())
    rows += EmailAddress.objects.values_list("email")
    return json.dumps(rows, ensure_ascii=False)


def test_departed_person_leaves_acts_and_no_name(departed, sign_in):
    OutboxMail.objects.update(state="sent", sent_at=clock.now())
    name, address = str(departed), departed.email
    before = acts_of(departed)
    assert name in everywhere()
    assert address in everywhere()

    call_command("anonymise_person", address, stdout=StringIO())

    assert name not in everywhere()
    assert address not in everywhere()
    assert acts_of(departed) == before
    assert Position.objects.get(author=departed).entity.slug == "unicef"
    assert not User.objects.get(pk=departed.pk).is_active
    assert journal.latest(departed, 1)[0].verb == "members.anonymise_person"


@pytest.mark.parametrize(
    "change",
    [{"at": clock.now()}, {"verb": "x"}, {"actor": None}, {"object_id": "0"}],
    ids=lambda change: next(iter(change)),
)
def test_journal_lets_words_go_and_never_acts(departed, change):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL reseau.may_anonymise = on")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        JournalEvent.objects.update(**change)


def test_texts_of_old_mails_are_forgotten(focal, settings):
    OutboxMail.objects.update(state="sent", sent_at=clock.now())
    assert outbox.forget_old() == 0

    with clock.set_to(clock.now() + timedelta(days=settings.RETENTION_MAIL_DAYS + 1)):
        count = OutboxMail.objects.count()
        assert outbox.forget_old() == count > 0
        assert outbox.forget_old() == 0

    assert {outbox.text_of(mail) for mail in OutboxMail.objects.all()} == {""}
