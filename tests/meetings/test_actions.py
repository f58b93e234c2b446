"""Rules of meetings that no transition table tells."""

from datetime import timedelta

import pytest

from core import clock, journal
from core.errors import DomainError, StaleVersion
from core.models import JournalEvent
from meetings import actions
from meetings.actions.agenda import AgendaClosed, MinutesClosed, StandingItem
from meetings.actions.meeting import NotReady
from meetings.enums import STANDING_KINDS, AgendaKind, Kind
from meetings.models import ActionPoint, AgendaItem, Meeting, MeetingRequest, Remark, Reply
from tests.factories import decisions as decide
from tests.factories import meetings as make


def titles(meeting):
    return list(meeting.items.order_by("order", "pk").values_list("title", flat=True))


def edited(meeting, **fields):
    names = (
        "title",
        "starts_at",
        "ends_at",
        "mode",
        "venue",
        "venue_reason",
        "room",
        "online_link",
        "chair",
        "rapporteur",
    )
    return {**{name: getattr(meeting, name) for name in names}, "version": meeting.version, **fields}


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
    actions.edit_meeting(meeting, **edited(meeting, title="Premier"), by=personas.secretariat)

    with pytest.raises(StaleVersion):
        actions.edit_meeting(meeting, **edited(meeting, title="Second"), by=personas.co_chair_iom)

    assert Meeting.objects.get(pk=meeting.pk).title == "Premier"


def test_edit_convened_meeting_refuses_to_lose_its_link(personas):
    meeting = make.convened(personas)

    with pytest.raises(NotReady):
        actions.edit_meeting(meeting, **edited(meeting, online_link=""), by=personas.secretariat)


def test_edit_meeting_that_was_held_is_refused(personas):
    meeting = make.held(personas)

    with pytest.raises(DomainError):
        actions.edit_meeting(meeting, **edited(meeting, title="Autre"), by=personas.secretariat)


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

    moved = actions.edit_meeting(
        meeting, **edited(meeting, starts_at=later, ends_at=later + timedelta(hours=2)), by=personas.secretariat
    )
    again = actions.convene_meeting(moved, by=personas.co_chair_iom)

    assert (again.state, again.starts_at, again.called_off_reason) == ("convened", later, "")
    assert again.sequence > meeting.sequence
    assert again.postponed_at is not None


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

    with make.moved_to(meeting, days=-1), pytest.raises(NotReady):
        actions.open_session(meeting, by=personas.secretariat)
    with make.moved_to(meeting, hours=-9):
        assert actions.open_session(meeting, by=personas.secretariat).state == "in_session"


# --- Agenda ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("which", "order", "expected"),
    [
        ("C", 1, ["C", "A", "B"]),
        ("A", 2, ["B", "A", "C"]),
        ("A", 99, ["B", "C", "A"]),
        ("B", 2, ["A", "B", "C"]),
        ("B", -5, ["B", "A", "C"]),
    ],
)
def test_move_agenda_item_gives_it_its_number(personas, which, order, expected):
    meeting = make.empty_draft(personas)
    for title in "ABC":
        make.with_item(meeting, personas, title)

    actions.move_agenda_item(meeting.items.get(title=which), order=order, by=personas.secretariat)

    assert titles(meeting) == expected
    assert list(meeting.items.order_by("order").values_list("order", flat=True)) == [1, 2, 3]


def test_remove_agenda_item_closes_the_gap(personas):
    meeting = make.empty_draft(personas)
    for title in "ABC":
        make.with_item(meeting, personas, title)

    actions.remove_agenda_item(meeting.items.get(title="B"), by=personas.secretariat)

    assert list(meeting.items.order_by("order").values_list("order", "title")) == [(1, "A"), (2, "C")]


def test_remove_agenda_item_refuses_the_last_one_of_a_convened_meeting(personas):
    meeting = make.convened(personas)

    with pytest.raises(DomainError):
        actions.remove_agenda_item(meeting.items.get(), by=personas.secretariat)


def test_remove_agenda_item_refuses_what_carries_minutes(personas):
    meeting = make.in_session(personas)
    item = make.with_item(meeting, personas, "Divers")
    actions.edit_minutes(item, minutes="Rien.", version=item.version, by=personas.secretariat)

    with pytest.raises(DomainError):
        actions.remove_agenda_item(item, by=personas.secretariat)


def test_agenda_is_closed_after_the_meeting(personas):
    meeting = make.held(personas)

    with pytest.raises(AgendaClosed):
        make.with_item(meeting, personas, "Trop tard")


def test_edit_agenda_item_refuses_a_stale_version(personas):
    item = make.with_item(make.empty_draft(personas), personas)
    change = {"kind": "aob", "duration_min": 5, "version": item.version, "by": personas.secretariat}
    actions.edit_agenda_item(item, title="Premier", **change)

    with pytest.raises(StaleVersion):
        actions.edit_agenda_item(item, title="Second", **change)


def test_publish_agenda_only_of_a_convened_meeting(personas):
    with pytest.raises(DomainError):
        actions.publish_agenda(make.draft(personas), by=personas.secretariat)

    published = actions.publish_agenda(make.convened(personas), by=personas.co_chair_iom)

    assert published.agenda_published_by == personas.co_chair_iom
    assert published.sequence == 1


# --- Replies and attendance ------------------------------------------------------------------------------------------
def test_reply_replaces_the_earlier_answer_of_the_entity(personas):
    meeting = make.convened(personas)

    actions.reply_to_convocation(meeting, answer="yes", mode="online", by=personas.focal_a)
    actions.reply_to_convocation(meeting, answer="no", by=personas.alternate_a)

    reply = Reply.objects.get()
    assert (reply.entity, reply.person, reply.answer, reply.mode) == (personas.unicef, personas.alternate_a, "no", "")


@pytest.mark.parametrize(
    ("mode_of_meeting", "fields"),
    [
        ("hybrid", {"answer": "yes"}),
        ("hybrid", {"answer": "represented", "mode": "online"}),
        ("in_person", {"answer": "yes", "mode": "online"}),
    ],
    ids=["without mode", "represented by nobody", "online in a room"],
)
def test_reply_refuses_an_incomplete_answer(personas, mode_of_meeting, fields):
    link = "" if mode_of_meeting == "in_person" else "https://visio.example.org/t1"
    meeting = make.convened(personas, mode=mode_of_meeting, online_link=link)

    with pytest.raises(DomainError):
        actions.reply_to_convocation(meeting, **fields, by=personas.focal_a)


@pytest.mark.parametrize("name", ["no_entity", "co_chair_iom", "administrator", "partner"])
def test_reply_refuses_who_speaks_for_nobody(personas, name):
    meeting = make.convened(personas)

    with pytest.raises(DomainError):
        actions.reply_to_convocation(meeting, answer="no", by=getattr(personas, name))


def test_attendance_keeps_mode_and_person(personas):
    meeting = make.in_session(personas)
    sheet = {
        personas.unicef: actions.Presence("present", "online", personas.alternate_a),
        personas.iom: actions.Presence("present", "in_person", personas.co_chair_iom),
        personas.rco: actions.Presence("absent"),
    }

    rows = actions.record_attendance(meeting, sheet=sheet, by=personas.secretariat)

    assert [(row.entity.slug, row.status, row.mode, row.person) for row in rows] == [
        ("rco", "absent", "", None),
        ("iom", "present", "in_person", personas.co_chair_iom),
        ("unicef", "present", "online", personas.alternate_a),
    ]


@pytest.mark.parametrize(
    "line",
    [
        lambda personas: {personas.unicef: actions.Presence("present", "online", personas.focal_b)},
        lambda personas: {personas.unicef: actions.Presence("present")},
        lambda personas: {personas.unicef: actions.Presence("absent", "online")},
        lambda personas: {personas.unicef: actions.Presence("apologies", "", personas.focal_a)},
    ],
    ids=["person of another entity", "present without mode", "absent online", "apologies with a person"],
)
def test_attendance_refuses_lines_that_do_not_fit(personas, line):
    meeting = make.in_session(personas)

    with pytest.raises(DomainError):
        actions.record_attendance(meeting, sheet=line(personas), by=personas.secretariat)

    assert not meeting.attendance.exists()


def test_attendance_refuses_an_entity_that_did_not_belong(personas):
    meeting = make.in_session(personas)
    personas.unfpa.memberships.update(ends_on=clock.today())

    with pytest.raises(DomainError):
        actions.record_attendance(meeting, sheet={personas.unfpa: actions.Presence("absent")}, by=personas.secretariat)


def test_attendance_refuses_a_stale_sheet(personas):
    meeting = make.in_session(personas)
    sheet = {personas.unicef: actions.Presence("absent")}
    actions.record_attendance(meeting, sheet=sheet, version=1, by=personas.secretariat)

    with pytest.raises(StaleVersion):
        actions.record_attendance(meeting, sheet=sheet, version=1, by=personas.secretariat)


# --- Minutes ---------------------------------------------------------------------------------------------------------
def test_edit_minutes_refuses_a_stale_version(personas):
    item = make.held(personas).items.get()
    actions.edit_minutes(item, minutes="Premier", version=item.version, by=personas.secretariat)

    with pytest.raises(StaleVersion):
        actions.edit_minutes(item, minutes="Second", version=item.version, by=personas.secretariat)

    assert AgendaItem.objects.get(pk=item.pk).minutes == "Premier"


@pytest.mark.parametrize("state", ["draft", "convened", "minutes_approved", "closed", "cancelled"])
def test_minutes_are_closed_before_the_session_and_after_approval(personas, state):
    item = make.IN_STATE[state](personas).items.get()

    with pytest.raises(MinutesClosed):
        actions.edit_minutes(item, minutes="Réécrit", version=item.version, by=personas.secretariat)


def test_circulate_minutes_refuses_empty_minutes_and_missing_attendance(personas):
    without_text = make.held(personas)
    without_sheet = make.held(personas)
    item = without_sheet.items.get()
    actions.edit_minutes(item, minutes="Texte", version=item.version, by=personas.secretariat)
    without_sheet.attendance.all().delete()

    for meeting in (without_text, without_sheet):
        with pytest.raises(DomainError):
            actions.circulate_minutes(meeting, by=personas.secretariat)


def test_approve_minutes_in_a_later_meeting(personas):
    meeting = make.circulated(personas)
    later = make.in_session(personas, starts_at=make.at_ten(80))

    with make.moved_to(later, minutes=30):
        approved = actions.approve_minutes(meeting, approved_in=later, by=personas.co_chair_iom)

    assert (approved.state, approved.minutes_approved_in, approved.minutes_approved_at) == (
        "minutes_approved", later, later.starts_at + timedelta(minutes=30),
    )  # fmt: skip


def test_approve_minutes_refuses_itself_an_earlier_and_a_coming_meeting(personas):
    meeting = make.circulated(personas, starts_at=make.at_ten(30))
    earlier = make.held(personas, starts_at=make.at_ten(10))
    coming = make.convened(personas, starts_at=make.at_ten(90))

    for other in (meeting, earlier, coming):
        with make.moved_to(meeting, days=6), pytest.raises(DomainError):
            actions.approve_minutes(meeting, approved_in=other, by=personas.co_chair_iom)


def test_remarks_and_acceptance_while_minutes_circulate(personas):
    meeting = make.circulated(personas)
    item = meeting.items.get()

    actions.add_remark(item, text="Ajouter l’UNICEF.", by=personas.focal_a)
    actions.accept_minutes(meeting, by=personas.focal_b)
    actions.accept_minutes(meeting, by=personas.focal_b)

    assert list(Remark.objects.order_by("pk").values_list("entity__slug", "text")) == [
        ("unicef", "Ajouter l’UNICEF."),
        ("unwomen", ""),
    ]
    with pytest.raises(DomainError):
        actions.add_remark(item, text=" ", by=personas.focal_a)
    with pytest.raises(DomainError):
        actions.accept_minutes(meeting, by=personas.no_entity)


def test_attach_decision_once_in_a_meeting(personas):
    meeting = make.in_session(personas)
    decision = decide.recorded(personas)
    item, other = meeting.items.get(), make.with_item(meeting, personas, "Divers")

    actions.attach_decision(item, decision=decision, by=personas.secretariat)
    with pytest.raises(DomainError):
        actions.attach_decision(other, decision=decision, by=personas.secretariat)
    actions.detach_decision(item, decision=decision, by=personas.secretariat)
    with pytest.raises(DomainError):
        actions.detach_decision(item, decision=decision, by=personas.secretariat)

    assert not item.decisions.exists()


# --- Action points ---------------------------------------------------------------------------------------------------
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
            point, text="Autre", responsible=personas.iom, due_on=point.due_on, by=personas.secretariat
        ),
    ):
        with pytest.raises(DomainError):
            act()


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


# --- Requests --------------------------------------------------------------------------------------------------------
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


# --- The journal -----------------------------------------------------------------------------------------------------
def every_write(personas):
    """Each action that no transition table carries: name → a call on things that are ready for it."""
    convened, in_session, circulated = make.convened(personas), make.in_session(personas), make.circulated(personas)
    item, spare = in_session.items.get(), make.with_item(in_session, personas, "Divers")
    decision, point = decide.recorded(personas), make.action_point(personas)
    asked = actions.request_meeting(requested_by=personas.unicef, subject="Est", by=personas.focal_a)
    attached = make.with_item(in_session, personas, "Décisions")
    other = decide.recorded(personas)
    actions.attach_decision(attached, decision=other, by=personas.secretariat)
    by = {"by": personas.secretariat}
    words = {"kind": "aob", "title": "Point", "duration_min": 5}
    return {
        "create_meeting": lambda: actions.create_meeting(**make.facts(), **by),
        "edit_meeting": lambda: actions.edit_meeting(convened, **edited(convened, note="Note"), **by),
        "add_agenda_item": lambda: actions.add_agenda_item(convened, **words, **by),
        "edit_agenda_item": lambda: actions.edit_agenda_item(item, **words, version=item.version, **by),
        "move_agenda_item": lambda: actions.move_agenda_item(spare, order=1, **by),
        "remove_agenda_item": lambda: actions.remove_agenda_item(spare, **by),
        "publish_agenda": lambda: actions.publish_agenda(convened, **by),
        "reply_to_convocation": lambda: actions.reply_to_convocation(convened, answer="no", by=personas.focal_a),
        "record_attendance": lambda: actions.record_attendance(
            in_session, sheet={personas.unicef: actions.Presence("absent")}, **by
        ),
        "edit_minutes": lambda: actions.edit_minutes(attached, minutes="Texte", version=attached.version, **by),
        "attach_decision": lambda: actions.attach_decision(item, decision=decision, **by),
        "detach_decision": lambda: actions.detach_decision(attached, decision=other, **by),
        "add_remark": lambda: actions.add_remark(circulated.items.get(), text="Corriger", by=personas.focal_a),
        "accept_minutes": lambda: actions.accept_minutes(circulated, by=personas.focal_b),
        "add_action_point": lambda: actions.add_action_point(
            item, text="Agir", responsible=personas.unicef, due_on=in_session.day, **by
        ),
        "edit_action_point": lambda: actions.edit_action_point(
            point, text="Autrement", responsible=personas.iom, due_on=point.due_on, **by
        ),
        "start_action_point": lambda: actions.start_action_point(point, **by),
        "close_action_point": lambda: actions.close_action_point(point, note="Fait", **by),
        "request_meeting": lambda: actions.request_meeting(requested_by=personas.iom, subject="Sud", **by),
        "answer_meeting_request": lambda: actions.answer_meeting_request(
            asked, answer="declined", reason="Non", **by
        ),
    }  # fmt: skip


def test_every_action_writes_one_event(personas):
    told = {}

    for verb, act in every_write(personas).items():
        last = JournalEvent.objects.order_by("-pk").first().pk
        act()
        told[verb] = [event.verb for event in JournalEvent.objects.filter(pk__gt=last)]

    assert told == {verb: [f"meetings.{verb}"] for verb in told}
    untested = {"convene_meeting", "postpone_meeting", "cancel_meeting", "open_session", "close_session",
                "close_meeting", "circulate_minutes", "approve_minutes", "Presence"}  # fmt: skip
    assert told.keys() | untested == set(actions.__all__)


def test_a_failing_event_undoes_every_action(personas, monkeypatch):
    writes = every_write(personas)
    models = (Meeting, AgendaItem, Reply, Remark, ActionPoint, MeetingRequest)

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
