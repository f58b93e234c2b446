"""Action points until they are done, and requests of meetings until they are answered."""

from datetime import timedelta

import pytest

from core import clock, journal
from core.errors import DomainError, StaleVersion
from core.models import JournalEvent
from meetings import actions
from meetings.actions.agenda import MinutesClosed
from meetings.enums import Kind
from meetings.models import ActionPoint, MeetingRequest
from tests.factories import meetings as make


def test_action_point_runs_from_open_to_done(personas):
    point = make.action_point(personas)

    started = actions.start_action_point(point, by=personas.focal_a)
    done = actions.close_action_point(started, note="  Carte partagée. ", by=personas.focal_a)

    assert (started.state, done.state, done.done_note, done.done_by) == (
        "in_progress", "done", "Carte partagée.", personas.focal_a,
    )  # fmt: skip


def test_action_point_refuses_to_close_without_note_or_twice(personas):
    point = make.action_point(personas)

    with pytest.raises(DomainError):
        actions.close_action_point(point, note=" ", by=personas.focal_a)
    actions.close_action_point(point, note="Fait.", by=personas.focal_a)
    for act in (
        lambda: actions.close_action_point(point, note="Encore.", by=personas.focal_a),
        lambda: actions.start_action_point(point, by=personas.focal_a),
        lambda: actions.edit_action_point(
            point, text="Autre", responsible=personas.iom, due_on=point.due_on, version=1, by=personas.secretariat
        ),
        lambda: actions.remove_action_point(point, by=personas.secretariat),
    ):
        with pytest.raises(DomainError):
            act()


def correct(point, version, personas, text="Corrigé"):
    return actions.edit_action_point(
        point, text=text, responsible=personas.unfpa, due_on=point.due_on, version=version, by=personas.secretariat
    )


def test_of_two_corrections_of_an_action_point_the_later_is_told(personas):
    point = make.action_point(personas)
    correct(point, 1, personas)

    with pytest.raises(StaleVersion):
        correct(point, 1, personas, text="Écrasé")

    assert ActionPoint.objects.get().text == "Corrigé"


def test_action_point_entered_by_mistake_is_removed_and_stays_in_the_journal(personas):
    meeting = make.held(personas)
    point = make.action_point(personas, meeting, text="Saisi deux fois")
    again = ActionPoint.objects.get()

    actions.remove_action_point(point, by=personas.secretariat)

    assert not ActionPoint.objects.exists()
    assert JournalEvent.objects.get(verb="meetings.remove_action_point").data["text"] == "Saisi deux fois"
    for act in (
        lambda: actions.remove_action_point(again, by=personas.secretariat),
        lambda: correct(again, 1, personas),
    ):
        with pytest.raises(DomainError):
            act()


def test_after_approval_only_the_follow_up_of_an_action_point_goes_on(personas):
    meeting = make.held(personas)
    point = make.action_point(personas, meeting)
    make.approve(make.circulate(meeting, personas), personas)

    for act in (
        lambda: correct(point, 1, personas),
        lambda: actions.remove_action_point(point, by=personas.secretariat),
    ):
        with pytest.raises(MinutesClosed):
            act()
    done = actions.close_action_point(point, note="Carte partagée.", by=personas.focal_a)

    assert (done.state, done.text) == ("done", "Partager la cartographie")


def test_action_point_is_not_due_before_its_meeting(personas):
    meeting = make.held(personas)

    with pytest.raises(DomainError):
        make.action_point(personas, meeting, due_on=meeting.day - timedelta(days=1))

    assert not ActionPoint.objects.exists()


def test_action_point_is_overdue_from_the_day_after(personas):
    point = make.action_point(personas)

    with make.moved_to(point.agenda_item.meeting):
        assert not point.is_overdue
        assert not ActionPoint.objects.overdue(clock.today()).exists()
    with make.moved_to(point.agenda_item.meeting, days=1):
        assert point.is_overdue
        assert ActionPoint.objects.overdue(clock.today()).get() == point


def test_request_meeting_with_others_and_its_answer(personas):
    asked = actions.request_meeting(
        requested_by=personas.unicef,
        co_requested_by=[personas.unicef, personas.iom],
        subject="Est",
        by=personas.focal_a,
    )
    meeting = make.draft(personas, kind=Kind.AD_HOC)

    answered = actions.answer_meeting_request(asked, answer="accepted", meeting=meeting, by=personas.co_chair_iom)

    assert list(asked.co_requested_by.all()) == [personas.iom]
    assert (answered.answer, answered.meeting, answered.answered_by) == ("accepted", meeting, personas.co_chair_iom)


def test_answer_refuses_what_is_incomplete_or_second(personas):
    asked = actions.request_meeting(requested_by=personas.unicef, subject="Est", by=personas.focal_a)

    with pytest.raises(DomainError):
        actions.answer_meeting_request(asked, answer="accepted", by=personas.co_chair_iom)
    with pytest.raises(DomainError):
        actions.answer_meeting_request(asked, answer="declined", by=personas.co_chair_iom)
    actions.answer_meeting_request(asked, answer="declined", reason="Déjà traité.", by=personas.co_chair_iom)
    with pytest.raises(DomainError):
        actions.answer_meeting_request(asked, answer="declined", reason="Bis", by=personas.co_chair_iom)

    assert MeetingRequest.objects.get().reason == "Déjà traité."


def ask(personas, subject="Est"):
    return actions.request_meeting(requested_by=personas.unicef, subject=subject, by=personas.focal_a)


def test_a_request_added_to_an_agenda_becomes_its_last_item(personas):
    meeting = make.convened(personas)
    long = "Messages trompeurs diffusés en ligne " * 8

    answered = actions.answer_meeting_request(
        ask(personas, long), answer="added_to_agenda", meeting=meeting, by=personas.co_chair_iom
    )

    item = meeting.items.get(order=2)
    assert (answered.meeting, item.lead_entity, item.kind) == (meeting, personas.unicef, "emerging_issues")
    assert item.title.startswith("Messages trompeurs")
    assert len(item.title) == 200


def test_a_request_already_on_the_agenda_adds_nothing(personas):
    meeting = make.convened(personas)

    actions.answer_meeting_request(
        ask(personas), answer="added_to_agenda", meeting=meeting, item=meeting.items.get(), by=personas.co_chair_iom
    )

    assert meeting.items.count() == 1


def test_a_request_whose_item_is_removed_awaits_an_answer_again(personas):
    meeting = make.convened(personas)
    asked = actions.answer_meeting_request(
        ask(personas), answer="added_to_agenda", meeting=meeting, by=personas.co_chair_iom
    )

    actions.remove_agenda_item(asked.item, by=personas.secretariat)

    asked.refresh_from_db()
    assert (asked.answer, asked.meeting, asked.answered_at) == ("", None, None)
    assert [event.verb for event in journal.history(asked)][1:] == [
        "meetings.answer_meeting_request", "meetings.reopen_meeting_request",
    ]  # fmt: skip


def test_a_request_is_taken_back_until_it_is_answered(personas):
    withdrawn = actions.withdraw_meeting_request(ask(personas), by=personas.alternate_a)
    answered = actions.answer_meeting_request(
        ask(personas), answer="declined", reason="Déjà traité.", by=personas.co_chair_iom
    )

    assert (withdrawn.answer, withdrawn.answered_by) == ("withdrawn", personas.alternate_a)
    for asked in (withdrawn, answered):
        with pytest.raises(DomainError):
            actions.withdraw_meeting_request(asked, by=personas.focal_a)
    with pytest.raises(DomainError):
        actions.answer_meeting_request(withdrawn, answer="declined", reason="Tard.", by=personas.co_chair_iom)


@pytest.mark.parametrize("answer", ["accepted", "added_to_agenda"])
@pytest.mark.parametrize("state", ["in_session", "held", "closed", "cancelled"])
def test_a_request_is_dealt_with_in_a_meeting_to_come(personas, answer, state):
    meeting = make.IN_STATE[state](personas)

    with pytest.raises(DomainError):
        actions.answer_meeting_request(ask(personas), answer=answer, meeting=meeting, by=personas.co_chair_iom)

    assert MeetingRequest.objects.get().answer == ""
    assert meeting.items.count() == 1
