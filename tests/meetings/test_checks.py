"""« Vérifier avant envoi »: what goes out is what was shown, once, however often it is pressed."""

import pytest

from core import clock
from core.models import OutboxMail
from meetings import actions
from meetings.models import Meeting
from tests.factories import meetings as make
from tests.factories.members import FocalPointFactory
from tests.meetings.asking import address, as_checked

# page → the meeting it is about, and the state that its button leads to
PAGES = {
    "meeting_convene": ("draft", "convened"),
    "agenda_publish": ("convened", "convened"),
    "minutes_circulate": ("held", "minutes_circulated"),
}


def meeting_for(page, personas):
    meeting = make.IN_STATE[PAGES[page][0]](personas)
    if page == "minutes_circulate":
        item = meeting.items.get()
        actions.edit_minutes(item, minutes="Vu.", version=item.version, by=personas.secretariat)
    return meeting


def edit(meeting, personas):
    meeting.refresh_from_db()
    actions.edit_meeting(meeting, **make.edited(meeting, title="Autre titre"), by=personas.secretariat)


def publish(meeting, personas):
    actions.publish_agenda(meeting, by=personas.co_chair_iom)


def add_item(meeting, personas):
    make.with_item(meeting, personas, "Ajouté dans un autre onglet")


def edit_item(meeting, personas):
    item = meeting.items.get()
    actions.edit_agenda_item(
        item, kind=item.kind, title="Autre", duration_min=30, version=item.version, by=personas.secretariat
    )


def name_person(meeting, personas):
    FocalPointFactory(entity=personas.unwomen, alternate=True)


def write_minutes(meeting, personas):
    item = meeting.items.get()
    actions.edit_minutes(item, minutes="Autre texte", version=item.version, by=personas.secretariat)


def record_attendance(meeting, personas):
    with clock.set_to(meeting.ends_at):
        actions.record_attendance(meeting, sheet={personas.rco: actions.Presence("absent")}, by=personas.secretariat)


@pytest.mark.parametrize(
    ("page", "change"),
    [
        *(("meeting_convene", change) for change in (edit, add_item, edit_item, name_person)),
        *(("agenda_publish", change) for change in (edit, publish, add_item, edit_item, name_person)),
        *(("minutes_circulate", change) for change in (write_minutes, record_attendance)),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_what_changed_since_the_check_is_shown_before_anything_is_sent(personas, sign_in, page, change):
    meeting = meeting_for(page, personas)
    client, url = sign_in(personas.secretariat), address(page, meeting.pk)
    checked = as_checked(client.get(url))
    change(meeting, personas)
    sent = OutboxMail.objects.count()

    refused = client.post(url, checked)
    untouched = OutboxMail.objects.count() == sent
    again = client.post(url, as_checked(refused))

    assert (refused.status_code, untouched) == (409, True)
    assert "Rien n’est parti" in refused.content.decode()
    assert (again.status_code, OutboxMail.objects.count() > sent) == (302, True)
    assert Meeting.objects.get().state == PAGES[page][1]


@pytest.mark.parametrize("page", PAGES)
def test_a_button_pressed_twice_sends_once(personas, sign_in, page):
    meeting = meeting_for(page, personas)
    client, url = sign_in(personas.secretariat), address(page, meeting.pk)
    checked = as_checked(client.get(url))

    answers, sent = [], []
    for _time in range(2):
        answers.append(client.post(url, checked)["Location"])
        sent.append(OutboxMail.objects.count())

    assert answers == [meeting.get_absolute_url()] * 2
    assert sent[0] == sent[1] > 0


@pytest.mark.parametrize("page", PAGES)
def test_a_button_that_says_nothing_of_what_was_checked_sends_nothing(personas, sign_in, page):
    meeting = meeting_for(page, personas)
    client, url = sign_in(personas.secretariat), address(page, meeting.pk)

    refused = client.post(url, {**as_checked(client.get(url)), "seen": ""})

    assert refused.status_code == 409
    assert Meeting.objects.get().state == PAGES[page][0]
