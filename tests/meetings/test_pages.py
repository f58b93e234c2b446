"""The pages: who sees what, what is refused and kept, and how many queries it takes."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from meetings import actions
from meetings.models import ActionPoint, AgendaItem, Meeting, MeetingRequest, Remark, Reply
from tests.factories import decisions as decide
from tests.factories import meetings as make

NUL, LONG = "a\x00b", "é" * 10_000
FACTS = {
    "kind": "plenary", "title": "Réunion ordinaire", "day": "2030-02-14", "start": "10:00", "end": "12:00",
    "mode": "hybrid", "venue": "iom", "room": "Salle Gorée", "venue_reason": "",
    "online_link": "https://visio.example.org/t1", "chair": "", "rapporteur": "", "note": "",
}  # fmt: skip


def address(name, *args):
    return reverse(f"meetings:{name}", args=args)


def queries_of(client, url):
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200
    return len(seen)


# --- Who sees what ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", ["draft", "convened", "minutes_approved", "postponed"])
def test_meeting_is_seen_by_whom_visible_to_and_the_permission_agree_on(personas, sign_in, state):
    meeting = make.IN_STATE[state](personas)
    organisers = {"secretariat", "co_chair_iom", "co_chair_ohchr"}
    network = organisers | {"focal_a", "focal_b", "alternate_a", "group_chair", "rc_office", "administrator"}

    seen = {
        name for name, user in personas.all.items() if sign_in(user).get(meeting.get_absolute_url()).status_code == 200
    }

    assert seen == (organisers if state == "draft" else network)
    allowed = {name for name, user in personas.all.items() if user.has_perm("meetings.view_meeting", meeting)}
    assert allowed == network


@pytest.mark.parametrize("name", ["meeting_list", "meeting_create", "request_create"])
def test_visitor_is_sent_to_sign_in(personas, client, name):
    response = client.get(address(name))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_items_of_another_meeting_are_not_found(personas, sign_in):
    one, other = make.draft(personas), make.draft(personas)

    response = sign_in(personas.secretariat).get(address("item_edit", one.pk, other.items.get().pk))

    assert response.status_code == 404


def test_deliveries_are_for_those_who_convene(personas, sign_in):
    meeting = make.convened(personas)
    url = address("deliveries", meeting.pk)

    assert sign_in(personas.secretariat).get(url).status_code == 200
    assert sign_in(personas.focal_a).get(url).status_code == 403


# --- Creating and editing --------------------------------------------------------------------------------------------
def test_create_meeting_twice_with_one_token_makes_one(personas, sign_in):
    client, posted = sign_in(personas.secretariat), {**FACTS, "once": str(uuid4())}

    first = client.post(address("meeting_create"), posted)
    second = client.post(address("meeting_create"), posted)

    meeting = Meeting.objects.get()
    assert first["Location"] == second["Location"] == address("agenda", meeting.pk)
    assert (meeting.starts_at.isoformat(), meeting.online_link) == (
        "2030-02-14T10:00:00+00:00", "https://visio.example.org/t1",
    )  # fmt: skip


def test_create_meeting_online_drops_place_and_in_person_drops_link(personas, sign_in):
    client = sign_in(personas.secretariat)

    client.post(address("meeting_create"), {**FACTS, "mode": "online", "once": str(uuid4())})
    client.post(address("meeting_create"), {**FACTS, "mode": "in_person", "once": str(uuid4())})

    assert list(Meeting.objects.order_by("pk").values_list("mode", "venue", "room", "online_link")) == [
        ("online", "", "", "https://visio.example.org/t1"),
        ("in_person", "iom", "Salle Gorée", ""),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", NUL), ("title", LONG), ("title", ""), ("day", "2026-13-45"), ("day", "0001-01-01"), ("day", NUL),
        ("start", "25:99"), ("end", "09:00"), ("mode", "by telepathy"), ("venue", "moon"),
        ("online_link", "javascript:alert(1)"),
        ("chair", "999999999999999999999"), ("chair", "abc"), ("note", NUL), ("once", "not-a-token"), ("kind", "party"),
    ],
)  # fmt: skip
def test_create_meeting_refuses_bad_input_by_the_field_and_keeps_the_rest(personas, sign_in, field, value):
    client = sign_in(personas.secretariat)

    response = client.post(address("meeting_create"), {**FACTS, "once": str(uuid4()), field: value})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["room"].value() == "Salle Gorée"
    assert not Meeting.objects.exists()


def test_edit_meeting_from_a_stale_page_shows_both_and_keeps_what_was_typed(personas, sign_in):
    meeting = make.draft(personas)
    client = sign_in(personas.secretariat)
    posted = {**FACTS, "version": meeting.version}
    client.post(address("meeting_edit", meeting.pk), {**posted, "title": "Premier"})

    response = client.post(address("meeting_edit", meeting.pk), {**posted, "title": "Second"})
    again = {**posted, "title": "Second", "version": response.context["form"]["version"].value()}
    client.post(address("meeting_edit", meeting.pk), again)

    assert response.status_code == 409
    assert response.context["form"]["title"].value() == "Second"
    assert "Premier" in response.content.decode()
    assert Meeting.objects.get().title == "Second"


def test_convene_page_shows_first_and_sends_on_post(personas, sign_in):
    meeting = make.draft(personas)
    client = sign_in(personas.co_chair_iom)

    page = client.get(address("meeting_convene", meeting.pk))
    after_get = Meeting.objects.get().state
    client.post(address("meeting_convene", meeting.pk))

    assert (page.context["missing"], page.context["people"], after_get) == ([], 8, "draft")
    assert Meeting.objects.get().state == "convened"


def test_convene_page_says_what_is_missing_and_offers_no_button(personas, sign_in):
    meeting = make.empty_draft(personas, venue="", room="", online_link="")

    page = sign_in(personas.secretariat).get(address("meeting_convene", meeting.pk))
    refused = sign_in(personas.secretariat).post(address("meeting_convene", meeting.pk), follow=True)

    assert len(page.context["missing"]) == 3
    assert f'action="{address("meeting_convene", meeting.pk)}"' not in page.content.decode()
    assert [message.level_tag for message in refused.context["messages"]] == ["error"]
    assert Meeting.objects.get().state == "draft"


# --- Agenda ----------------------------------------------------------------------------------------------------------
def test_agenda_item_added_twice_with_one_token_is_one(personas, sign_in):
    meeting = make.empty_draft(personas)
    client = sign_in(personas.co_chair_ohchr)
    posted = {"title": "Divers", "kind": "aob", "lead_entity": "", "duration_min": "10", "once": str(uuid4())}

    client.post(address("item_add", meeting.pk), posted)
    client.post(address("item_add", meeting.pk), posted)

    assert AgendaItem.objects.get().title == "Divers"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", NUL),
        ("title", LONG),
        ("duration_min", "0"),
        ("duration_min", "9" * 5000),
        ("kind", "x"),
        ("lead_entity", "0"),
    ],
)
def test_agenda_item_refuses_bad_input(personas, sign_in, field, value):
    meeting = make.empty_draft(personas)
    posted = {
        "title": "Divers",
        "kind": "aob",
        "lead_entity": "",
        "duration_min": "10",
        "once": str(uuid4()),
        field: value,
    }

    response = sign_in(personas.secretariat).post(address("item_add", meeting.pk), posted)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize("order", ["", "abc", "-1", "1.5", NUL, "9" * 5000])
def test_agenda_item_stays_where_it_is_without_a_number(personas, sign_in, order):
    meeting = make.empty_draft(personas)
    item = make.with_item(meeting, personas)
    make.with_item(meeting, personas, "Divers")

    response = sign_in(personas.secretariat).post(address("item_move", meeting.pk, item.pk), {"order": order})

    assert response.status_code == 302
    assert AgendaItem.objects.get(pk=item.pk).order == 1


def test_agenda_item_is_removed_after_a_question(personas, sign_in):
    meeting = make.draft(personas)
    client, url = sign_in(personas.secretariat), address("item_remove", meeting.pk, meeting.items.get().pk)

    page = client.get(url)
    left_after_get = AgendaItem.objects.count()
    client.post(url)

    assert (page.status_code, left_after_get, AgendaItem.objects.count()) == (200, 1, 0)


def test_agenda_item_from_a_stale_page_is_a_conflict(personas, sign_in):
    meeting = make.draft(personas)
    item = meeting.items.get()
    client, url = sign_in(personas.secretariat), address("item_edit", meeting.pk, item.pk)
    posted = {"title": "Premier", "kind": "aob", "lead_entity": "", "duration_min": "10", "version": item.version}
    client.post(url, posted)

    response = client.post(url, {**posted, "title": "Second"})

    assert response.status_code == 409
    assert response.context["form"]["title"].value() == "Second"
    assert AgendaItem.objects.get().title == "Premier"


# --- Replies and attendance ------------------------------------------------------------------------------------------
def test_reply_page_shows_and_only_the_button_answers(personas, sign_in):
    meeting = make.convened(personas)
    client, url = sign_in(personas.focal_a), address("reply", meeting.pk)

    client.get(url)
    after_get = Reply.objects.count()
    client.post(url, {"answer": "represented", "mode": "online", "represented_by": "Awa Fall", "note": ""})

    reply = Reply.objects.get()
    assert after_get == 0
    assert (reply.entity, reply.answer, reply.mode, reply.represented_by) == (
        personas.unicef, "represented", "online", "Awa Fall",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("posted", "wrong"),
    [
        ({}, []),
        ({"answer": "yes"}, ["mode"]),
        ({"answer": "represented", "mode": "online"}, ["represented_by"]),
        ({"answer": "maybe"}, ["answer"]),
        ({"answer": "yes", "mode": "telepathy"}, ["mode"]),
        ({"answer": "no", "note": NUL}, ["note"]),
        ({"answer": "no", "note": LONG}, ["note"]),
    ],
)
def test_reply_refuses_bad_input_by_the_field(personas, sign_in, posted, wrong):
    meeting = make.convened(personas)

    response = sign_in(personas.focal_a).post(address("reply", meeting.pk), posted)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == wrong
    assert not Reply.objects.exists()


def test_reply_page_of_a_meeting_that_is_over_says_so(personas, sign_in):
    meeting = make.held(personas)

    page = sign_in(personas.focal_a).get(address("reply", meeting.pk))

    assert page.context["is_open"] is False


def test_sheet_starts_from_the_replies_and_records_what_is_chosen(personas, sign_in):
    meeting = make.convened(personas)
    actions.reply_to_convocation(meeting, answer="yes", mode="online", by=personas.focal_a)
    actions.reply_to_convocation(meeting, answer="no", by=personas.focal_b)
    with make.moved_to(meeting):
        actions.open_session(meeting, by=personas.secretariat)
    client, url = sign_in(personas.secretariat), address("attendance", meeting.pk)

    form = client.get(url).context["form"]
    posted = {
        "version": form["version"].value(),
        f"seat_{personas.unicef.pk}": "in_person",
        f"person_{personas.unicef.pk}": personas.alternate_a.pk,
        f"seat_{personas.unwomen.pk}": "apologies",
        f"person_{personas.unwomen.pk}": personas.focal_b.pk,
    }
    client.post(url, posted)

    initial = {line.entity.slug: line.seat.value() or "" for line in form.lines()}
    assert initial == {"iom": "", "ohchr": "", "unfpa": "", "rco": "", "unicef": "online", "unwomen": "apologies"}
    rows = meeting.attendance.order_by("entity__slug").values_list("entity__slug", "status", "mode", "person")
    assert list(rows) == [
        ("unicef", "present", "in_person", personas.alternate_a.pk),
        ("unwomen", "apologies", "", None),
    ]


def test_stale_sheet_is_a_conflict_with_both_versions(personas, sign_in):
    meeting = make.in_session(personas)
    client, url = sign_in(personas.secretariat), address("attendance", meeting.pk)
    seat = f"seat_{personas.unicef.pk}"
    client.post(url, {"version": 1, seat: "online"})

    response = client.post(url, {"version": 1, seat: "absent"})

    assert response.status_code == 409
    assert response.context["form"][seat].value() == "absent"
    assert "UNICEF : " in response.context["stands"]
    assert meeting.attendance.get().mode == "online"


@pytest.mark.parametrize("value", ["telepathy", NUL, LONG])
def test_sheet_refuses_unknown_words_and_persons_of_others(personas, sign_in, value):
    meeting = make.in_session(personas)
    posted = {
        "version": 1,
        f"seat_{personas.unicef.pk}": value,
        f"seat_{personas.iom.pk}": "online",
        f"person_{personas.iom.pk}": personas.focal_b.pk,
    }

    response = sign_in(personas.secretariat).post(address("attendance", meeting.pk), posted)

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {f"seat_{personas.unicef.pk}", f"person_{personas.iom.pk}"}
    assert not meeting.attendance.exists()


def test_sheet_is_read_by_the_network_and_written_by_the_secretariat(personas, sign_in):
    meeting = make.held(personas)
    url = address("attendance", meeting.pk)

    reader = sign_in(personas.focal_a)
    page, refused = reader.get(url), reader.post(url, {"version": 2})

    assert (page.status_code, page.context["form"], refused.status_code) == (200, None, 403)


# --- Minutes ---------------------------------------------------------------------------------------------------------
def test_minutes_saved_stay_in_the_editor_and_a_stale_page_is_a_conflict(personas, sign_in):
    meeting = make.held(personas)
    item = meeting.items.get()
    client, url = sign_in(personas.secretariat), address("item_minutes", meeting.pk, item.pk)

    saved = client.post(url, {"minutes": "Premier", "version": item.version})
    conflict = client.post(url, {"minutes": "Second", "version": item.version})
    again = client.post(url, {"minutes": "Second", "version": conflict.context["form"]["version"].value()})

    assert (saved["Location"], conflict.status_code, again.status_code) == (url, 409, 302)
    assert conflict.context["form"]["minutes"].value() == "Second"
    assert "Premier" in conflict.content.decode()
    assert AgendaItem.objects.get().minutes == "Second"


@pytest.mark.parametrize("text", [NUL, "é" * 20_001])
def test_minutes_refuse_what_cannot_be_held_and_keep_it(personas, sign_in, text):
    meeting = make.held(personas)
    item = meeting.items.get()

    response = sign_in(personas.secretariat).post(
        address("item_minutes", meeting.pk, item.pk), {"minutes": text, "version": item.version}
    )

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["minutes"]
    assert response.context["form"]["minutes"].value() == text


def test_minutes_are_shown_as_safe_html(personas, sign_in):
    meeting = make.held(personas)
    item = meeting.items.get()
    text = "**Important**\n\n- un\n- deux\n\n<script>alert(1)</script> [lien](javascript:alert(1))"
    actions.edit_minutes(item, minutes=text, version=item.version, by=personas.secretariat)

    html = sign_in(personas.focal_a).get(address("minutes", meeting.pk)).content.decode()

    assert "<strong>Important</strong>" in html
    assert "<li>un</li>" in html
    assert "<script>alert" not in html
    assert 'href="javascript' not in html


def test_rapporteur_writes_and_another_focal_point_does_not(personas, sign_in):
    meeting = make.held(personas, rapporteur=personas.focal_b)
    url = address("item_minutes", meeting.pk, meeting.items.get().pk)

    assert sign_in(personas.focal_b).get(url).status_code == 200
    assert sign_in(personas.focal_a).get(url).status_code == 403


def test_decision_is_attached_and_shown_on_the_meeting(personas, sign_in):
    meeting = make.held(personas)
    decision, item = decide.recorded(personas), meeting.items.get()
    client = sign_in(personas.secretariat)

    client.post(address("decision_attach", meeting.pk, item.pk), {"decision": decision.pk})
    twice = client.post(address("decision_attach", meeting.pk, item.pk), {"decision": decision.pk})

    assert list(item.decisions.all()) == [decision]
    assert list(twice.context["attach_form"].errors) == ["decision"]
    assert decision.reference in sign_in(personas.focal_a).get(meeting.get_absolute_url()).content.decode()


def test_draft_decision_attached_to_an_item_is_not_leaked(personas, sign_in):
    meeting = make.held(personas)
    draft = decide.draft(personas, title="Brouillon confidentiel")
    actions.attach_decision(meeting.items.get(), decision=draft, by=personas.secretariat)

    pages = [meeting.get_absolute_url(), address("minutes", meeting.pk)]
    seen = {
        name: ["Brouillon confidentiel" in sign_in(getattr(personas, name)).get(url).content.decode() for url in pages]
        for name in ("secretariat", "focal_b")
    }

    assert seen == {"secretariat": [True, True], "focal_b": [False, False]}


def test_action_point_added_twice_with_one_token_is_one(personas, sign_in):
    meeting = make.held(personas)
    client, url = sign_in(personas.secretariat), address("action_add", meeting.pk, meeting.items.get().pk)
    posted = {
        "text": "Agir",
        "responsible": personas.unicef.pk,
        "person": "",
        "due_on": meeting.day,
        "once": str(uuid4()),
    }

    client.post(url, posted)
    client.post(url, posted)
    refused = client.post(url, {**posted, "due_on": "2026-13-45", "once": str(uuid4())})

    assert ActionPoint.objects.get().responsible == personas.unicef
    assert list(refused.context["action_form"].errors) == ["due_on"]
    assert refused.context["action_form"]["text"].value() == "Agir"


def test_remark_sent_twice_is_one_and_the_button_says_nothing_to_correct(personas, sign_in):
    meeting = make.circulated(personas)
    posted = {"text": "Ajouter un nom.", "once": str(uuid4())}
    url = address("remark_add", meeting.pk, meeting.items.get().pk)

    for _time in range(2):
        sign_in(personas.focal_a).post(url, posted)
        sign_in(personas.focal_b).post(address("minutes_accept", meeting.pk))

    assert Remark.objects.count() == 2


def test_approval_offers_the_later_sessions(personas, sign_in):
    meeting = make.circulated(personas)
    later = make.in_session(personas, starts_at=make.at_ten(60))
    url = address("minutes_approve", meeting.pk)

    with make.moved_to(later, hours=1):
        page = sign_in(personas.co_chair_iom).get(url)
        sign_in(personas.co_chair_iom).post(url, {"approved_in": later.pk})

    assert list(page.context["form"].fields["approved_in"].queryset) == [later]
    assert Meeting.objects.get(pk=meeting.pk).minutes_approved_in == later


# --- Action points and requests --------------------------------------------------------------------------------------
def test_action_list_filters_and_counts(personas, sign_in):
    meeting = make.held(personas)
    late = make.action_point(personas, meeting, text="En retard")
    make.action_point(personas, meeting, text="Plus tard", due_on=make.at_ten(90).date())
    make.action_point(personas, meeting, text="Autre entité", responsible=personas.unfpa)
    client, url = sign_in(personas.focal_a), reverse("actions:action_list")

    def shown(**query):
        with make.moved_to(meeting, days=1):
            response = client.get(url, query)
        assert response.status_code == 200
        return [row["point"].text for row in response.context["rows"]]

    assert shown() == ["En retard", "Autre entité", "Plus tard"]
    assert shown(entity="unicef", overdue="on") == [late.text]
    assert shown(state="done") == []
    assert shown(state="nonsense", entity="nobody", page="-1") == shown()
    assert shown(page="9" * 30) == shown()


def test_action_buttons_follow_table_and_permission(personas, sign_in):
    point = make.action_point(personas)
    url = reverse("actions:action_list")

    def offered(user):
        [row] = sign_in(user).get(url).context["rows"]
        return row["may_start"], row["may_close"]

    assert offered(personas.focal_a) == (True, True)
    assert offered(personas.focal_b) == offered(personas.administrator) == (False, False)
    actions.close_action_point(point, note="Fait.", by=personas.focal_a)
    assert offered(personas.focal_a) == (False, False)


def test_action_is_started_and_closed_by_its_entity_only(personas, sign_in):
    point = make.action_point(personas)
    start, close = (reverse(f"actions:action_{verb}", args=[point.pk]) for verb in ("start", "close"))

    refused = [sign_in(personas.focal_b).post(url, {"note": "x"}).status_code for url in (start, close)]
    sign_in(personas.alternate_a).post(start)
    empty = sign_in(personas.alternate_a).post(close, {"note": NUL})
    sign_in(personas.alternate_a).post(close, {"note": "Carte partagée."})

    assert refused == [403, 403]
    assert list(empty.context["form"].errors) == ["note"]
    assert ActionPoint.objects.get().done_note == "Carte partagée."


def test_request_sent_twice_is_one_and_is_answered(personas, sign_in):
    posted = {"subject": "Situation dans l’Est", "co_requested_by": [personas.iom.pk], "once": str(uuid4())}
    for _time in range(2):
        sign_in(personas.focal_a).post(address("request_create"), posted)
    asked = MeetingRequest.objects.get()
    url = address("request_answer", asked.pk)

    refused = sign_in(personas.co_chair_iom).post(url, {"answer": "declined"})
    sign_in(personas.co_chair_iom).post(url, {"answer": "declined", "reason": "Déjà à l’ordre du jour."})

    assert list(refused.context["form"].errors) == ["reason"]
    assert MeetingRequest.objects.get().reason == "Déjà à l’ordre du jour."
    assert sign_in(personas.focal_b).get(url).status_code == 403


# --- Lists and their cost --------------------------------------------------------------------------------------------
def test_list_puts_what_comes_first_and_filters_what_was_held(personas, sign_in):
    soon = make.convened(personas, starts_at=make.at_ten(10))
    later = make.draft(personas, starts_at=make.at_ten(20))
    held = make.held(personas, starts_at=make.at_ten(30), title="Retrouvée")
    make.cancelled(personas, starts_at=make.at_ten(5))
    client = sign_in(personas.secretariat)

    page = client.get(address("meeting_list"))
    found = client.get(address("meeting_list"), {"q": "retrouv", "kind": "plenary", "year": held.day.year})
    odd = client.get(address("meeting_list"), {"year": "9" * 400, "kind": "x", "page": "abc"})

    assert list(page.context["upcoming"]) == [soon, later]
    assert list(found.context["page"]) == [held]
    assert odd.status_code == 200


PAGES = [
    ("meeting_list", "secretariat"), ("meeting_detail", "secretariat"), ("meeting_detail", "focal_a"),
    ("agenda", "secretariat"),
    ("attendance", "secretariat"), ("minutes", "focal_a"), ("deliveries", "secretariat"), ("reply", "focal_a"),
    ("meeting_convene", "secretariat"), ("minutes_circulate", "secretariat"), ("item_minutes", "secretariat"),
]  # fmt: skip


def three_times_as_much(personas, meeting):
    """Two more meetings like this one, and two more of everything on it."""
    for number in range(2):
        make.held(personas, starts_at=make.at_ten(40 + number))
        item = make.with_item(meeting, personas, f"Point {number}")
        if meeting.state != "convened":
            actions.attach_decision(item, decision=decide.recorded(personas), by=personas.secretariat)
            make.action_point(personas, meeting, text=f"Action {number}")
        actions.request_meeting(
            requested_by=personas.unfpa, co_requested_by=[personas.iom], subject=f"{number}", by=personas.group_chair
        )


@pytest.mark.parametrize("state", ["convened", "in_session"])
@pytest.mark.parametrize(("name", "persona"), PAGES)
def test_page_takes_the_same_few_queries_with_one_row_and_three(personas, sign_in, state, name, persona):
    meeting = make.IN_STATE[state](personas)
    if state == "in_session":
        item = meeting.items.get()
        actions.attach_decision(item, decision=decide.recorded(personas), by=personas.secretariat)
        make.action_point(personas, meeting)
        sheet = {personas.unicef: actions.Presence("present", "online", personas.focal_a)}
        actions.record_attendance(meeting, sheet=sheet, by=personas.secretariat)
    actions.request_meeting(
        requested_by=personas.unicef, co_requested_by=[personas.iom], subject="Est", by=personas.focal_a
    )
    make.held(personas, starts_at=make.at_ten(30))
    args = {"meeting_list": [], "item_minutes": [meeting.pk, meeting.items.get().pk]}.get(name, [meeting.pk])
    client, url = sign_in(getattr(personas, persona)), address(name, *args)

    one = queries_of(client, url)
    three_times_as_much(personas, meeting)
    three = queries_of(client, url)

    assert one == three
    assert one <= 12


def test_action_list_takes_the_same_few_queries_with_one_row_and_three(personas, sign_in):
    meeting = make.held(personas)
    make.action_point(personas, meeting, person=personas.focal_a)
    client, url = sign_in(personas.focal_a), reverse("actions:action_list")

    one = queries_of(client, url)
    for number in range(2):
        make.action_point(personas, make.held(personas, starts_at=make.at_ten(30 + number)), person=personas.focal_b)
    three = queries_of(client, url)

    assert one == three
    assert one <= 12


def test_times_are_times_of_dakar(personas, sign_in):
    meeting = make.convened(personas)

    page = sign_in(personas.focal_a).get(meeting.get_absolute_url()).content.decode().replace("\u00a0", " ")

    assert "10 h 00" in page
    assert meeting.day == clock.today() + (meeting.starts_at.date() - clock.today())
