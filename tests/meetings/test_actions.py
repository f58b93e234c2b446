"""Facts of a meeting and its convening: rules that no transition table tells, and one event for every action."""

from datetime import timedelta

import pytest

from core import journal
from core.errors import DomainError, StaleVersion
from core.models import JournalEvent
from core.refusals import Refused
from meetings import actions, steps
from meetings.actions.agenda import StandingItem
from meetings.actions.meeting import NotReady
from meetings.enums import STANDING_KINDS, AgendaKind, Kind
from meetings.models import ActionPoint, AgendaItem, GuestPass, Meeting, MeetingRequest, Remark, Reply
from tests.factories import decisions as decide
from tests.factories import meetings as make
from tests.factories.guests import invited
from tests.factories.partners import PartnerContactFactory
from tests.meetings.asking import address


# --- Facts -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "fields",
    [
        {"ends_at": make.at_ten(20)},
        {"mode": "online"},
        {"mode": "in_person"},
        {"venue": "elsewhere", "room": "", "venue_reason": "Trop petit."},
        {"venue": "elsewhere", "room": "Hôtel", "venue_reason": ""},
    ],
    ids=["ends before", "online with a place", "in person with a link", "elsewhere without address", "without reason"],
)
def test_create_meeting_refuses_facts_that_do_not_fit(personas, fields):
    with pytest.raises(DomainError):
        make.empty_draft(personas, **fields)

    assert not Meeting.objects.exists()


def test_create_annual_review_starts_with_the_items_of_the_mandate(personas):
    meeting = make.empty_draft(personas, kind=Kind.ANNUAL_REVIEW)

    kinds = list(meeting.items.order_by("order", "pk").values_list("kind", flat=True))
    assert kinds == [AgendaKind.OPENING, *STANDING_KINDS, AgendaKind.AOB]


def test_a_year_has_one_annual_review(personas):
    known = make.draft(personas, kind=Kind.ANNUAL_REVIEW, starts_at=make.on_the_tenth(2031, 12), title="Bilan 2031")
    next_one = make.draft(personas, kind=Kind.ANNUAL_REVIEW, starts_at=make.on_the_tenth(2032, 1))
    sooner = {"starts_at": make.on_the_tenth(2031, 6), "ends_at": make.on_the_tenth(2031, 6) + timedelta(hours=2)}

    for second in (
        lambda: make.empty_draft(personas, kind=Kind.ANNUAL_REVIEW, **sooner),
        lambda: actions.edit_meeting(next_one, **make.edited(next_one, **sooner), by=personas.secretariat),
    ):
        with pytest.raises(Refused, match="Bilan 2031") as refusal:
            second()
        assert refusal.value.field == "day"

    actions.cancel_meeting(known, reason="Reporté sans date.", by=personas.secretariat)
    assert actions.edit_meeting(next_one, **make.edited(next_one, **sooner), by=personas.secretariat).day.year == 2031


def test_standing_item_of_an_annual_review_stays(personas):
    meeting = make.empty_draft(personas, kind=Kind.ANNUAL_REVIEW)
    standing = meeting.items.get(kind=AgendaKind.CO_CHAIR)
    aob = meeting.items.get(kind=AgendaKind.AOB)

    with pytest.raises(StandingItem):
        actions.remove_agenda_item(standing, by=personas.secretariat)
    with pytest.raises(StandingItem):
        actions.edit_agenda_item(
            standing, kind="aob", title="Autre", duration_min=5, version=standing.version, by=personas.secretariat
        )
    actions.remove_agenda_item(aob, by=personas.secretariat)

    assert meeting.items.count() == 6


def test_edit_standing_item_keeps_kind_and_takes_words(personas):
    meeting = make.empty_draft(personas, kind=Kind.ANNUAL_REVIEW)
    item = meeting.items.get(kind=AgendaKind.WORK_PLAN)

    item = actions.edit_agenda_item(
        item, kind="work_plan", title="Présentation du PTA 2027", lead_entity=personas.iom, duration_min=60,
        version=item.version, by=personas.co_chair_iom,
    )  # fmt: skip

    assert (item.title, item.lead_entity, item.duration_min) == ("Présentation du PTA 2027", personas.iom, 60)


def test_edit_meeting_refuses_a_stale_version(personas):
    meeting = make.draft(personas)
    actions.edit_meeting(meeting, **make.edited(meeting, title="Premier"), by=personas.secretariat)

    with pytest.raises(StaleVersion):
        actions.edit_meeting(meeting, **make.edited(meeting, title="Second"), by=personas.co_chair_iom)

    assert Meeting.objects.get(pk=meeting.pk).title == "Premier"


def test_edit_convened_meeting_refuses_to_lose_its_link(personas):
    meeting = make.convened(personas)

    with pytest.raises(NotReady):
        actions.edit_meeting(meeting, **make.edited(meeting, online_link=""), by=personas.secretariat)


def test_edit_meeting_that_was_held_is_refused(personas):
    meeting = make.held(personas)

    with pytest.raises(DomainError):
        actions.edit_meeting(meeting, **make.edited(meeting, title="Autre"), by=personas.secretariat)


# --- Convening -------------------------------------------------------------------------------------------------------
def test_convene_refuses_without_agenda(personas):
    meeting = make.empty_draft(personas)

    with pytest.raises(NotReady):
        actions.convene_meeting(meeting, by=personas.secretariat)


@pytest.mark.parametrize("fields", [{"venue": "", "room": ""}, {"online_link": ""}], ids=["no place", "no link"])
def test_convene_refuses_without_the_way_to_come(personas, fields):
    meeting = make.draft(personas, **fields)

    with pytest.raises(NotReady):
        actions.convene_meeting(meeting, by=personas.secretariat)


def test_convene_refuses_a_date_that_has_passed(personas):
    meeting = make.draft(personas)

    with make.moved_to(meeting), pytest.raises(NotReady):
        actions.convene_meeting(meeting, by=personas.secretariat)


def test_postponed_meeting_is_convened_again_with_a_new_date(personas):
    meeting = make.postponed(personas)
    later = meeting.starts_at + timedelta(days=7)

    with pytest.raises(NotReady):
        actions.convene_meeting(meeting, by=personas.co_chair_iom)
    moved = actions.edit_meeting(
        meeting, **make.edited(meeting, starts_at=later, ends_at=later + timedelta(hours=2)), by=personas.secretariat
    )
    again = actions.convene_meeting(moved, by=personas.co_chair_iom)

    assert (again.state, again.starts_at, again.called_off_reason) == ("convened", later, "")
    assert again.sequence > meeting.sequence
    assert (again.postponed_at is not None, again.postponed_from) == (True, meeting.starts_at)


def test_cancel_and_postpone_refuse_without_reason(personas):
    meeting = make.convened(personas)

    with pytest.raises(DomainError):
        actions.cancel_meeting(meeting, reason="  ", by=personas.secretariat)
    with pytest.raises(DomainError):
        actions.postpone_meeting(meeting, reason="", by=personas.secretariat)


def test_open_session_refuses_without_chair(personas):
    meeting = make.convened(personas, chair=None)

    with make.moved_to(meeting), pytest.raises(NotReady):
        actions.open_session(meeting, by=personas.secretariat)


def test_open_session_waits_for_the_day_of_the_meeting(personas):
    meeting = make.convened(personas)

    with make.moved_to(meeting, days=-1), pytest.raises(NotReady, match="convoquée pour le"):
        actions.open_session(meeting, by=personas.secretariat)
    with make.moved_to(meeting, hours=-9):
        assert actions.open_session(meeting, by=personas.secretariat).state == "in_session"


def test_session_of_a_meeting_recorded_afterwards_opens_late(personas):
    meeting = make.convened(personas)

    with make.moved_to(meeting, days=1):
        assert actions.open_session(meeting, by=personas.secretariat).state == "in_session"


def test_close_session_waits_for_the_hour_of_the_meeting(personas):
    meeting = make.in_session(personas)

    with make.moved_to(meeting, minutes=-5):
        offered = [step.url for step in steps.steps(personas.secretariat, meeting)]
        with pytest.raises(NotReady, match=r"10\sh\s00"):
            actions.close_session(meeting, by=personas.secretariat)
    with make.moved_to(meeting):
        assert actions.close_session(meeting, by=personas.secretariat).state == "held"

    assert address("session_close", meeting.pk) not in offered


# --- The journal -----------------------------------------------------------------------------------------------------
def every_write(personas):
    """Each action that no transition table carries: name → a call on things that are ready for it."""
    convened, in_session, circulated = make.convened(personas), make.in_session(personas), make.circulated(personas)
    item, spare = in_session.items.get(), make.with_item(in_session, personas, "Divers")
    decision, point, wrong = decide.recorded(personas), make.action_point(personas), make.action_point(personas)
    asked, unwanted = (
        actions.request_meeting(requested_by=personas.unicef, subject=subject, by=personas.focal_a)
        for subject in ("Est", "Sud")
    )
    remark = actions.add_remark(make.circulated(personas).items.get(), text="Préciser", by=personas.focal_a)
    attached = make.with_item(in_session, personas, "Décisions")
    other = decide.recorded(personas)
    actions.attach_decision(attached, decision=other, by=personas.secretariat)
    given, contact = invited(personas, convened), PartnerContactFactory()
    by = {"by": personas.secretariat}
    postponed, tabled = decide.in_call(personas), decide.in_call(personas)
    actions.table_decision(convened, tabled, by=personas.secretariat)
    words = {"kind": "aob", "title": "Point", "duration_min": 5}
    return {
        "create_meeting": lambda: actions.create_meeting(**make.facts(), **by),
        "edit_meeting": lambda: actions.edit_meeting(convened, **make.edited(convened, note="Note"), **by),
        "add_agenda_item": lambda: actions.add_agenda_item(convened, **words, **by),
        "edit_agenda_item": lambda: actions.edit_agenda_item(item, **words, version=item.version, **by),
        "move_agenda_item": lambda: actions.move_agenda_item(spare, order=1, **by),
        "remove_agenda_item": lambda: actions.remove_agenda_item(spare, **by),
        "publish_agenda": lambda: actions.publish_agenda(convened, **by),
        "reply_to_convocation": lambda: actions.reply_to_convocation(convened, answer="no", by=personas.focal_a),
        "invite_guests": lambda: actions.invite_guests(convened, contacts=[contact], **by),
        "revoke_pass": lambda: actions.revoke_pass(given, **by),
        "record_attendance": lambda: actions.record_attendance(
            in_session, sheet={personas.unicef: actions.Presence("absent")}, **by
        ),
        "edit_minutes": lambda: actions.edit_minutes(attached, minutes="Texte", version=attached.version, **by),
        "attach_decision": lambda: actions.attach_decision(item, decision=decision, **by),
        "detach_decision": lambda: actions.detach_decision(attached, decision=other, **by),
        "add_remark": lambda: actions.add_remark(circulated.items.get(), text="Corriger", by=personas.focal_a),
        "answer_remark": lambda: actions.answer_remark(remark, answer="not_kept", reason="Déjà dit.", version=1, **by),
        "accept_minutes": lambda: actions.accept_minutes(circulated, by=personas.focal_b),
        "add_action_point": lambda: actions.add_action_point(
            item, text="Agir", responsible=personas.unicef, due_on=in_session.day, **by
        ),
        "edit_action_point": lambda: actions.edit_action_point(
            point, text="Autrement", responsible=personas.iom, due_on=point.due_on, version=1, **by
        ),
        "remove_action_point": lambda: actions.remove_action_point(wrong, **by),
        "hand_over_action_point": lambda: actions.hand_over_action_point(point, successor=personas.alternate_a, **by),
        "hand_over_minutes": lambda: actions.hand_over_minutes(in_session, successor=personas.alternate_a, **by),
        "start_action_point": lambda: actions.start_action_point(point, **by),
        "close_action_point": lambda: actions.close_action_point(point, note="Fait", **by),
        "request_meeting": lambda: actions.request_meeting(requested_by=personas.iom, subject="Sud", **by),
        "answer_meeting_request": lambda: actions.answer_meeting_request(
            asked, answer="declined", reason="Non", **by
        ),
        "table_decision": lambda: actions.table_decision(convened, postponed, **by),
        "untable_decision": lambda: actions.untable_decision(tabled, **by),
        "withdraw_meeting_request": lambda: actions.withdraw_meeting_request(unwanted, by=personas.focal_a),
    }  # fmt: skip


def test_every_action_writes_one_event(personas):
    told = {}

    for verb, act in every_write(personas).items():
        last = JournalEvent.objects.order_by("-pk").first().pk
        act()
        told[verb] = [event.verb for event in JournalEvent.objects.filter(pk__gt=last)]

    assert told == {verb: [f"meetings.{verb}"] for verb in told}
    untested = {"convene_meeting", "postpone_meeting", "cancel_meeting", "open_session", "close_session",
                "close_meeting", "circulate_minutes", "approve_minutes", "Presence", "PassClosed",
                "propose_approval", "forward_item", "review_group", "plan_year",
                "open_feed", "revoke_feed", "receive_calendar_reply",
                "check_at_work", "check_reviewing", "approval_adopted",
                "check_approvable", "check_approval_proposable", "hold_minutes"}  # fmt: skip
    assert told.keys() | untested == set(actions.__all__)


def test_a_failing_event_undoes_every_action(personas, monkeypatch):
    writes = every_write(personas)
    models = (Meeting, AgendaItem, Reply, Remark, ActionPoint, MeetingRequest, GuestPass)

    def snapshot():
        rows = {model.__name__: sorted(map(str, model.objects.values())) for model in models}
        links = sorted(AgendaItem.decisions.through.objects.values_list("agendaitem", "decision"))
        return rows, links

    def refuse(*args, **kwargs):
        raise RuntimeError("the journal is full")

    before = snapshot()
    monkeypatch.setattr(journal, "record", refuse)
    monkeypatch.setattr("core.transitions.journal.record", refuse)

    for act in writes.values():
        with pytest.raises(RuntimeError):
            act()

    assert snapshot() == before
