"""Words that only some may read, put into private things and looked for in all that each persona can fetch: pages,
Excel and Word files, PDF, calendars, address books, and the mails that are sent to them.

A table says who may find which; whoever may, and never does, is a fault too: the net would be catching nothing.
"""

import re
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from core import clock, outbox
from core.models import OutboxMail
from decisions import actions as decisions
from decisions.models import RulesOfProcedure
from meetings import actions as meetings
from members import actions as members
from members.models import User
from outreach import actions as outreach
from outreach.enums import EngagementKind
from tests.factories import decisions as decided
from tests.factories import groups as grouped
from tests.factories import meetings as met
from tests.factories.imports import PERSON, a_file
from tests.factories.partners import PartnerFactory
from tests.nets.portal import ROUTES, undone
from tests.permissions.table import OFFICERS, SECRETARIAT, UNICEF, VIEWERS
from workinggroups import actions as groups

pytestmark = pytest.mark.django_db


@dataclass
class Canary:
    """A word, who may find it, and the addresses of what it was put into, beside those of the table."""

    word: str
    readers: frozenset[str]
    addresses: list[str] = field(default_factory=list)


def plant(portal) -> list[Canary]:
    people = portal.personas
    plants = (
        _draft_of_a_decision, _draft_of_a_meeting, _note_to_the_secretariat, _reason_of_a_reservation,
        _words_of_who_spoke_for_an_entity, _proof, _guest, _lines_of_a_file, _account_of_an_engagement, _telephone,
        _reason_of_a_withdrawal, _need_of_a_group, _record_of_the_unct, _paper_of_a_group, _offer_to_chair,
        _what_a_group_said, _why_a_group_does_not_meet,
    )  # fmt: skip
    return [*(one(people) for one in plants), _draft_of_rules(people, portal.world.rules_draft)]


def _draft_of_a_decision(people):
    one = decided.draft(people, title="Canari-projet", text="Canari-projet, texte.")
    return Canary("Canari-projet", UNICEF | OFFICERS, [one.get_absolute_url()])


def _draft_of_a_meeting(people):
    one = met.draft(people, title="Canari-reunion")
    address = one.get_absolute_url()
    return Canary("Canari-reunion", OFFICERS, [address, reverse("meetings:agenda", args=[one.pk])])


def _note_to_the_secretariat(people):
    """What an entity writes beside its answer to a convocation."""
    meeting = met.convened(people)
    meetings.reply_to_convocation(meeting, answer="no", note="Canari-excuse", by=people.focal_a)
    reply = reverse("meetings:reply", args=[meeting.pk])
    return Canary("Canari-excuse", UNICEF | OFFICERS, [meeting.get_absolute_url(), reply])


def _reason_of_a_reservation(people):
    """Positions are the Network's: whoever belongs to it reads them, and nobody else."""
    call = decided.in_call(people)
    decisions.state_position(call, stance="can_live_with", reason="Canari-reserve", by=people.focal_a)
    return Canary("Canari-reserve", VIEWERS, [call.get_absolute_url()])


def _words_of_who_spoke_for_an_entity(people):
    call = decided.in_call(people)
    decisions.record_position(
        call, entity=people.unicef, stance="supports", channel="telephone", said_by="Canari-parole",
        by=people.secretariat,
    )  # fmt: skip
    return Canary("Canari-parole", UNICEF | OFFICERS, [call.get_absolute_url()])


def _proof(people):
    call = decided.in_call(people)
    mail = SimpleUploadedFile("Position.eml", b"From: x\r\n\r\nCanari-preuve")
    position = decisions.record_position(
        call, entity=people.unicef, stance="supports", channel="email", proof=mail, by=people.secretariat
    )
    address = reverse("decisions:position_proof", args=[call.pk, position.pk])
    return Canary("Canari-preuve", UNICEF | OFFICERS, [address])


def _guest(people):
    """Who answers for a partner is in the register; that the person is invited is for who invites."""
    meeting = met.convened(people, title="Réunion avec un invité")
    contact = members.add_contact(
        PartnerFactory(), starts_on=clock.today(), email="canari-invite@example.org", given_name="Awa",
        family_name="Sy", by=people.secretariat,
    )  # fmt: skip
    (given,) = meetings.invite_guests(meeting, contacts=[contact], by=people.secretariat)
    return Canary(given.token.partition(":")[2][:20], frozenset(), [meeting.get_absolute_url()])


def _lines_of_a_file(people):
    file = a_file("people", {**PERSON, "title": "Canari-import"})
    one = members.check_import("people", file=file, by=people.secretariat)
    return Canary("Canari-import", SECRETARIAT, [one.get_absolute_url()])


def _draft_of_rules(people, draft):
    one = RulesOfProcedure.objects.get(pk=draft)
    one = decisions.edit_procedure(one, notice_days=59, version=one.version, by=people.secretariat)
    return Canary("59 jours", OFFICERS, [one.get_absolute_url()])


def _account_of_an_engagement(people):
    one = outreach.record_engagement(
        partner=PartnerFactory(), entity=people.unicef, happened_on=clock.today(), kind=EngagementKind.MEETING,
        subject="Visite", account="Canari-visite", by=people.focal_a,
    )  # fmt: skip
    return Canary("Canari-visite", VIEWERS, [one.get_absolute_url()])


def _telephone(people):
    User.objects.filter(pk=people.focal_a.pk).update(phone="+221 33 777 66 55")
    return Canary("33 777 66 55", VIEWERS, [people.focal_a.get_absolute_url(), people.unicef.get_absolute_url()])


def _reason_of_a_withdrawal(people):
    call = decided.in_call(people)
    decisions.withdraw_decision(call, reason="Canari-retrait", by=people.co_chair_iom)
    return Canary("Canari-retrait", VIEWERS, [call.get_absolute_url()])


def _need_of_a_group(people):
    group = groups.propose_group(
        title_fr="Climat", need="Canari-besoin", terms="1. Objet", proposed_by=people.unicef, by=people.focal_a
    )
    return Canary("Canari-besoin", VIEWERS, [group.get_absolute_url()])


def _record_of_the_unct(people):
    record = SimpleUploadedFile("UNCT.eml", b"From: x\r\n\r\nCanari-unct")
    group = grouped.validate(grouped.submitted(people), people, record=record)
    return Canary("Canari-unct", VIEWERS, [reverse("groups:unct_record_file", args=[group.slug])])


def _offer_to_chair(people):
    """Read by who sits in the group, and who serves or chairs the Network."""
    group = grouped.validate(grouped.submitted(people), people)
    grouped.seat(group, people, entity=people.unicef)
    grouped.called_for_chairs(group, people)
    seat = group.members.get()
    groups.offer_to_chair(group, seat=seat, person=people.focal_a, statement="Canari-offre", by=people.focal_a)
    return Canary("Canari-offre", UNICEF | OFFICERS, [group.get_absolute_url()])


def _what_a_group_said(people):
    group = grouped.active(people)
    meeting = grouped.met(group, people)
    groups.minute_group_meeting(meeting, record="Canari-dit", version=meeting.version, by=people.focal_a)
    return Canary("Canari-dit", UNICEF | OFFICERS, [group.get_absolute_url()])


def _why_a_group_does_not_meet(people):
    group = grouped.active(people)
    groups.call_off_group_meeting(grouped.meeting(group, people), reason="Canari-annule", by=people.focal_a)
    return Canary("Canari-annule", UNICEF | OFFICERS, [group.get_absolute_url()])


def _paper_of_a_group(people):
    """Read by who sits in the group, and who serves or chairs the Network."""
    group = grouped.proposed(people, "Routes")
    grouped.seat(group, people, entity=people.unicef)
    file = SimpleUploadedFile("note.png", b"\x89PNG\r\n\x1a\nCanari-papier")
    paper = groups.add_paper(group, title="Note", file=file, by=people.focal_a)
    return Canary("Canari-papier", UNICEF | OFFICERS, [reverse("groups:paper_file", args=[group.slug, paper.pk])])


# --- What a persona can fetch -----------------------------------------------------------------------------------------
def words_of(response) -> str:
    """Everything that can be read in an answer, whatever its kind."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.get("Content-Type", "")
    if "officedocument" in kind:
        with ZipFile(BytesIO(content)) as archive:
            return " ".join(
                re.sub(r"<[^>]+>", " ", archive.read(name).decode("utf-8", "replace")) for name in archive.namelist()
            )
    if kind == "application/pdf":
        pages = PdfReader(BytesIO(content)).pages if content.count(b"obj") else ()
        return " ".join(page.extract_text() for page in pages)
    unfolded = content.replace(b"\r\n ", b"")
    return unfolded.decode("utf-8", "replace").replace("\xa0", " ").replace("\u202f", " ")


def found_by(portal, persona, canaries) -> set[str]:
    client = portal.client(persona)
    addresses = [portal.address(name) for name, row in ROUTES.items() if row.get]
    addresses += [address for canary in canaries for address in canary.addresses]
    words = {canary.word for canary in canaries}
    found = set()
    for address in dict.fromkeys(addresses):
        text = words_of(client.get(address))
        found |= {word for word in words if word in text}
    return found


@pytest.mark.drill  # every address as every persona, a minute and a half
def test_nobody_finds_what_is_not_for_them_and_everybody_what_is(portal):
    astray, missing = [], []
    with undone():
        canaries = plant(portal)
        for persona in portal.personas.all:
            found = found_by(portal, persona, canaries)
            astray += [(persona, one.word) for one in canaries if one.word in found and persona not in one.readers]
            missing += [(persona, one.word) for one in canaries if one.word not in found and persona in one.readers]

    assert (astray, missing) == ([], [])


def test_no_mail_carries_what_is_not_for_its_reader(portal):
    with undone():
        OutboxMail.objects.all().delete()
        canaries = plant(portal)
        names = {"collegue@example.org": "focal_a"}  # who speaks for UNICEF by her delegation
        names |= {person.email: name for name, person in portal.personas.all.items() if getattr(person, "email", "")}
        sent = [(names.get(mail.to, mail.to), outbox.text_of(mail)) for mail in OutboxMail.objects.all()]
        astray = [
            (who, one.word)
            for who, text in sent
            for one in canaries
            if one.word in text and who not in one.readers and "canari-invite" not in who
        ]

    assert len(sent) > 20
    assert astray == []
