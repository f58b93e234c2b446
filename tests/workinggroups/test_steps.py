"""Who is told what comes next of a group, and what stands among what awaits them (clauses M-64 to M-68)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.models import JournalEvent, OutboxMail
from core.refusals import Refused
from core.todo import ask
from tests.factories import groups as made
from tests.mails import bodies, read
from tests.workinggroups.test_pages import send
from workinggroups import actions, todo
from workinggroups.actions import GroupIsOver

pytestmark = pytest.mark.django_db


def told(kind):
    return set(OutboxMail.objects.filter(kind=f"workinggroups.{kind}").values_list("to", flat=True))


def emails(*people):
    return {person.email for person in people}


@pytest.fixture
def running(personas):
    """Who takes the next step."""
    return emails(personas.secretariat, personas.co_chair_iom, personas.co_chair_ohchr)


def awaiting(person):
    return [item.title for item in ask(todo.questions(person))]


def test_each_step_is_told_to_who_takes_the_next_one_and_to_who_proposed(personas, running):
    own = emails(personas.focal_a, personas.alternate_a)
    group = made.proposed(personas)
    assert told("proposed") == running
    made.endorse(made.brought(personas, group), personas)
    assert told("endorsed") >= running - emails(personas.co_chair_iom) | own  # who noted it knows
    made.submit(group, personas)
    assert told("submitted") == emails(personas.rc_office) | own
    actions.return_from_unct(group, reason="Précisez.", by=personas.rc_office)
    assert told("returned") >= running | own
    made.validate(made.submit(group, personas), personas)
    assert told("validated") >= running | own


def test_sleeping_and_waking_are_told_to_who_sits_in_it(personas):
    group = made.active(personas)
    assert told("begun") >= emails(personas.focal_a, personas.alternate_a)
    actions.put_to_sleep(group, reason="Pas de sujet.", by=personas.secretariat)
    assert told("put_to_sleep") >= emails(personas.focal_a, personas.alternate_a)
    actions.wake_group(group, by=personas.secretariat)
    assert told("woken") >= emails(personas.focal_a, personas.alternate_a)


def test_what_is_to_be_done_for_a_group_awaits_who_does_it(personas):
    group = made.endorsed(personas)
    assert awaiting(personas.secretariat) == ["Soumettre le groupe à l’UNCT\xa0: GT 1 – Données"]
    made.validate(made.submit(group, personas), personas)
    assert awaiting(personas.co_chair_iom) == ["Mettre le groupe au travail\xa0: GT 1 – Données"]
    made.start(group, personas)
    assert awaiting(personas.secretariat) == []


def test_who_comes_while_chairs_are_called_for_hears_of_the_call(personas):
    group = made.validated(personas)
    made.seat(group, personas, entity=personas.unicef)
    made.called_for_chairs(group, personas, days=5)
    assert told("chair_call") == emails(personas.focal_a, personas.alternate_a)

    made.seat(group, personas, entity=personas.unwomen)
    guest = made.guest(group, personas)

    assert told("chair_call") >= emails(personas.focal_b, guest.contact.person)


def test_who_comes_before_a_meeting_is_convened_to_it(personas):
    group = made.active(personas)
    made.meeting(group, personas)
    assert emails(personas.focal_b).isdisjoint(told("group_meeting"))

    made.seat(group, personas, entity=personas.unwomen)
    guest = made.guest(group, personas)

    assert told("group_meeting") >= emails(personas.focal_b, guest.contact.person)
    mail = read(OutboxMail.objects.get(kind="workinggroups.group_meeting", to=personas.focal_b.email))
    assert any(part.get_param("method") == "REQUEST" for part in mail.walk())


def test_a_withdrawn_offer_is_told_with_its_reason(personas, sign_in, running):
    group = made.validated(personas)
    made.seat(group, personas, entity=personas.unicef)
    made.called_for_chairs(group, personas, days=5)
    offer = made.offered(group, personas)

    client = sign_in(personas.alternate_a)
    client.post(reverse("groups:chair_offer_withdraw", args=[group.slug, offer.pk]), {"reason": "Mutation."})

    assert told("offer_withdrawn") == running | emails(personas.focal_a)
    text, _html = bodies(read(OutboxMail.objects.filter(kind="workinggroups.offer_withdrawn").first()))
    assert "Mutation." in text


# --- What the steps refuse -------------------------------------------------------------------------------------------
def test_a_group_begins_on_a_day_that_has_come(personas):
    group = made.validated(personas)
    made.chaired(group, personas)
    with pytest.raises(Refused, match="encore à venir"):
        actions.start_group(group, active_from=clock.today() + timedelta(days=1), by=personas.secretariat)


def test_who_leaves_the_group_chairs_it_no_longer_than_that(personas):
    group = made.active(personas)
    (term,) = group.chairs.all()

    actions.leave_group(term.offer.seat, ends_on=clock.today() + timedelta(days=3), by=personas.focal_a)

    term.refresh_from_db()
    assert term.ends_on == clock.today() + timedelta(days=3)


def test_a_term_to_come_of_who_leaves_is_no_more(personas):
    group = made.validated(personas)
    offer = made.closed_call(group, personas)
    later = clock.today() + timedelta(days=30)
    days = {"starts_on": later, "ends_on": later + timedelta(days=90)}
    actions.name_chairs(group, offers=[offer], **days, by=personas.secretariat)

    actions.leave_group(offer.seat, ends_on=clock.today(), by=personas.focal_a)

    assert not group.chairs.exists()


def test_what_a_closed_group_leaves_stays(personas, sign_in):
    group = made.active(personas)
    paper, due = made.paper(group, personas), made.deliverable(group, personas)
    asked = sign_in(personas.secretariat).get(reverse("groups:group_close", args=[group.slug])).text
    assert f"Pas encore remis\xa0: {due.title}" in asked

    actions.close_group(group, note="Fin.", by=personas.secretariat)

    with pytest.raises(GroupIsOver):
        actions.remove_paper(paper, by=personas.secretariat)
    assert "Retirer ce document" not in sign_in(personas.secretariat).get(group.get_absolute_url()).text


def test_the_record_of_the_unct_is_corrected_and_what_stood_there_is_kept(personas, sign_in):
    group = made.validated(personas)
    client = sign_in(personas.rc_office)
    sent = {"unct_reference": "UNCT/2026/07/1", "record": SimpleUploadedFile("releve.pdf", b"%PDF-1.7 essai")}

    client.post(reverse("groups:unct_record_correct", args=[group.slug]), sent)

    group.refresh_from_db()
    assert (group.unct_reference, group.unct_record_name) == ("UNCT/2026/07/1", "releve.pdf")
    (event,) = JournalEvent.objects.filter(verb="workinggroups.correct_unct_record")
    assert event.data["before"] == "UNCT/2026/06/3"
    with pytest.raises(DomainError):
        actions.correct_unct_record(made.submitted(personas), unct_reference="X", by=personas.rc_office)


def test_a_meeting_on_a_day_nobody_works_on_is_remarked_and_convened(personas, sign_in):
    group = made.active(personas)
    sunday = clock.today() + timedelta(days=(6 - clock.today().weekday()) % 7 or 7)
    plan = {"day": sunday, "hour": "10:00", "duration_min": 60, "place": "OIM", "agenda": "1. Suites"}

    client = sign_in(personas.focal_a)
    send(client, reverse("groups:meeting_convene", args=[group.slug]), plan)

    assert "Personne ne travaille le" in client.get(group.get_absolute_url()).text
    assert group.meetings.ahead().exists()
