"""The letter to the country team: what the Network submits, once it has endorsed it (clause M-65)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from core import clock
from tests.factories import groups as made
from tests.factories.partners import PartnerFactory
from workinggroups.models import WorkingGroup

pytestmark = pytest.mark.django_db


def ask(client, group):
    return client.get(reverse("groups:unct_letter_docx", args=[group.slug]))


def written(client, group):
    answer = ask(client, group)
    assert answer.status_code == 200
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text], document


def test_letter_says_what_was_decided_and_by_whom_it_is_signed(personas, sign_in):
    group = made.endorsed(personas)
    made.seat(group, personas, entity=personas.unicef)
    partner = PartnerFactory()
    made.seat(group, personas, partner=partner)

    lines, document = written(sign_in(personas.secretariat), group)

    assert lines[1] == "Dakar, mardi 16 juin 2026"
    assert f"{group.decision.reference} du 16 juin 2026, prise par consensus" in lines[3].replace("\xa0", " ")
    signed = lines[lines.index("Les coprésidents du Réseau\xa0:") + 1 :][:2]
    assert [line.partition(",")[0] for line in signed] == [str(personas.co_chair_iom), str(personas.co_chair_ohchr)]
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    assert headings == ["Besoin, et ce qu’un groupe apporte", "Termes de référence", "Membres du groupe"]
    assert lines[-2:] == [personas.unicef.name, partner.name]


def test_groups_of_one_decision_go_in_one_letter_until_they_are_sent_apart(personas, sign_in):
    decision = made.endorse(made.brought(personas, *(made.proposed(personas, name) for name in ("A", "B"))), personas)
    first, second = WorkingGroup.objects.filter(decision=decision).in_order()
    client = sign_in(personas.secretariat)

    assert {str(first), str(second)} <= set(written(client, first)[0])

    made.submit(first, personas)
    assert str(second) not in written(client, first)[0]
    assert str(first) not in written(client, second)[0]


def test_letter_keeps_the_day_on_which_it_was_sent(personas, sign_in):
    group = made.submitted(personas)

    with clock.set_to(clock.now() + timedelta(days=40)):
        lines, _document = written(sign_in(personas.rc_office), group)

    assert lines[1] == "Dakar, mardi 16 juin 2026"


def test_there_is_no_letter_before_the_network_has_endorsed_the_group(personas, sign_in):
    group = made.proposed(personas)
    client = sign_in(personas.secretariat)

    assert ask(client, group).status_code == 404
    assert "lettre.docx" not in client.get(group.get_absolute_url()).content.decode()
