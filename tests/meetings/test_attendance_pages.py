"""Answers to the convocation and the attendance sheet through their pages."""

from datetime import datetime

import pytest

from core import clock
from meetings import actions
from meetings.models import Reply
from tests.factories import meetings as make
from tests.meetings.asking import LONG, NUL, address


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
        ({"answer": ""}, ["answer"]),
        ({"answer": "yes"}, ["mode"]),
        ({"answer": "represented", "mode": "online"}, ["represented_by"]),
        ({"answer": "maybe"}, ["answer"]),
        ({"answer": "yes", "mode": "online", "represented_by": "Awa Fall"}, ["represented_by"]),
        ({"answer": "no", "represented_by": "Awa Fall"}, ["represented_by"]),
        ({"answer": "yes", "mode": "telepathy"}, ["mode"]),
        ({"answer": "no", "note": NUL}, ["note"]),
        ({"answer": "no", "note": LONG}, ["note"]),
    ],
)
def test_reply_refuses_bad_input_by_the_field(personas, sign_in, posted, wrong):
    meeting = make.convened(personas)

    response = sign_in(personas.focal_a).post(address("reply", meeting.pk), posted)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == wrong
    assert not Reply.objects.exists()


def test_who_comes_after_all_need_not_clear_the_name_of_the_stand_in(personas, sign_in):
    meeting = make.convened(personas)
    client, url = sign_in(personas.focal_a), address("reply", meeting.pk)
    posted = {"answer": "represented", "mode": "online", "represented_by": "Awa Fall"}

    client.post(url, posted)
    client.post(url, {**posted, "answer": "yes"})

    assert (Reply.objects.get().answer, Reply.objects.get().represented_by) == ("yes", "")


def test_who_answered_when_is_said_and_an_answer_that_was_replaced_stays_on_record(personas, sign_in):
    meeting = make.convened(personas)
    with clock.set_to(datetime(2031, 11, 3, 10, 12, tzinfo=make.DAKAR)):
        actions.reply_to_convocation(meeting, answer="yes", mode="online", by=personas.focal_a)
    with clock.set_to(datetime(2031, 11, 4, 9, 5, tzinfo=make.DAKAR)):
        actions.reply_to_convocation(meeting, answer="no", note="En mission.", by=personas.alternate_a)
    actions.reply_to_convocation(meeting, answer="no", by=personas.focal_b)

    page = sign_in(personas.focal_a).get(address("reply", meeting.pk))

    last, earlier = page.context["answers"]
    assert said(last) == f"Réponse donnée par {personas.alternate_a} le 4 novembre 2031 à 9 h 05 : ne pourra pas venir"
    assert last["note"] == "En mission."
    first = f"Réponse donnée par {personas.focal_a} le 3 novembre 2031 à 10 h 12 : sera présente (en ligne)"
    assert said(earlier) == first
    assert page.content.decode().count("Remplacée depuis") == 1


def said(answer):
    return answer["sentence"].replace("\xa0", " ")


def test_answers_to_a_convocation_that_was_postponed_are_not_those_to_the_next(personas, sign_in):
    meeting = make.convened(personas)
    actions.reply_to_convocation(meeting, answer="no", by=personas.focal_a)
    actions.postpone_meeting(meeting, reason="Visite.", by=personas.secretariat)
    meeting.refresh_from_db()
    actions.convene_meeting(make.with_new_date(meeting, personas), by=personas.secretariat)

    assert sign_in(personas.focal_a).get(address("reply", meeting.pk)).context["answers"] == []


NOTE = "J’arrive à onze heures."


def test_note_to_the_secretariat_is_read_by_those_who_run_the_meeting(personas, sign_in):
    meeting = make.convened(personas, rapporteur=personas.focal_b)
    actions.reply_to_convocation(
        meeting, answer="represented", mode="online", represented_by="Awa Fall", note=NOTE, by=personas.focal_a
    )
    readers = ("secretariat", "co_chair_ohchr", "focal_a", "focal_b")

    def read_on(page):
        return {one for one in readers if NOTE in sign_in(getattr(personas, one)).get(page).content.decode()}

    on_the_meeting = read_on(meeting.get_absolute_url())
    with make.moved_to(meeting):
        actions.open_session(meeting, by=personas.secretariat)
    on_the_sheet = read_on(address("attendance", meeting.pk))
    sheet = sign_in(personas.secretariat).get(address("attendance", meeting.pk)).content.decode()

    assert on_the_meeting == {"secretariat", "co_chair_ohchr"}
    assert on_the_sheet == {"secretariat"}  # the rapporteur keeps the sheet too, but the note is not for UN Women
    assert "sera représentée (Awa Fall, en ligne)" in sheet


def test_answers_stay_on_the_page_of_the_meeting_until_the_attendance_is_recorded(personas, sign_in):
    meeting = make.convened(personas)
    actions.reply_to_convocation(
        meeting, answer="represented", mode="online", represented_by="Awa Fall", by=personas.focal_a
    )
    client = sign_in(personas.focal_b)

    def shown():
        page = client.get(meeting.get_absolute_url()).content.decode()
        return "UNICEF (Awa Fall, en ligne)" in page, '<details class="fold"><summary>1 entité' in page

    convened = shown()
    with make.moved_to(meeting):
        actions.open_session(meeting, by=personas.secretariat)
    in_session = shown()
    actions.record_attendance(meeting, sheet={personas.unicef: actions.Presence("absent")}, by=personas.secretariat)

    assert (convened, in_session, shown()) == ((True, False), (True, True), (False, False))


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
        f"seat_{personas.iom.pk}": "online",
        f"name_{personas.iom.pk}": "Awa Fall, stagiaire",
    }
    client.post(url, posted)

    initial = {line.entity.slug: line.seat.value() or "" for line in form.lines()}
    assert initial == {"iom": "", "ohchr": "", "unfpa": "", "rco": "", "unicef": "online", "unwomen": "apologies"}
    rows = meeting.attendance.order_by("entity__slug")
    assert list(rows.values_list("entity__slug", "status", "mode", "person", "stand_in")) == [
        ("iom", "present", "online", None, "Awa Fall, stagiaire"),
        ("unicef", "present", "in_person", personas.alternate_a.pk, ""),
        ("unwomen", "apologies", "", None, ""),
    ]
    assert "OIM · Awa Fall, stagiaire" in sign_in(personas.focal_a).get(url).content.decode()


def test_who_was_announced_as_stand_in_is_named_on_the_sheet(personas, sign_in):
    meeting = make.convened(personas)
    actions.reply_to_convocation(
        meeting, answer="represented", mode="online", represented_by="Awa Fall", by=personas.focal_a
    )
    with make.moved_to(meeting):
        actions.open_session(meeting, by=personas.secretariat)

    form = sign_in(personas.secretariat).get(address("attendance", meeting.pk)).context["form"]

    assert form[f"name_{personas.unicef.pk}"].value() == "Awa Fall"


@pytest.mark.parametrize("page", ["meeting_detail", "attendance", "minutes_circulate"])
def test_who_was_not_recorded_is_named_and_counts_among_the_invited(personas, sign_in, page):
    meeting = make.held(personas)

    seen = sign_in(personas.secretariat).get(address(page, meeting.pk))

    assert seen.context["attendance_counts"] == "3 entités présentes sur 6. 2 non relevées."
    last = seen.context["attendance"][-1]
    assert (last["label"], [row.entity.slug for row in last["rows"]]) == ("Non relevées", ["rco", "unfpa"])


def test_stale_sheet_is_a_conflict_with_both_versions(personas, sign_in):
    meeting = make.in_session(personas)
    client, url = sign_in(personas.secretariat), address("attendance", meeting.pk)
    seat = f"seat_{personas.unicef.pk}"
    client.post(url, {"version": 1, seat: "online", f"name_{personas.unicef.pk}": "Awa Fall"})

    response = client.post(url, {"version": 1, seat: "absent"})

    assert response.status_code == 409
    assert response.context["form"][seat].value() == "absent"
    (sheet,) = response.context["form"].conflict
    assert "UNICEF\xa0: absent" in sheet.mine
    assert sheet.theirs == "UNICEF\xa0: en ligne, Awa Fall"
    assert meeting.attendance.get().mode == "online"


@pytest.mark.parametrize("seat", ["", "absent"])
def test_a_name_on_the_sheet_belongs_to_somebody_who_took_part(personas, sign_in, seat):
    meeting = make.in_session(personas)
    name = f"name_{personas.unicef.pk}"

    response = sign_in(personas.secretariat).post(
        address("attendance", meeting.pk), {"version": 1, f"seat_{personas.unicef.pk}": seat, name: "Awa Fall"}
    )

    assert (response.status_code, list(response.context["form"].errors)) == (422, [name])
    assert response.context["form"][name].value() == "Awa Fall"


def test_a_line_of_the_sheet_names_one_person_and_an_error_names_its_entity(personas, sign_in):
    meeting = make.in_session(personas)
    seat, person, name = (f"{field}_{personas.unicef.pk}" for field in ("seat", "person", "name"))
    both = {"version": 1, seat: "online", person: personas.focal_a.pk, name: "Awa Fall"}
    client, url = sign_in(personas.secretariat), address("attendance", meeting.pk)

    refused = client.post(url, both)
    client.post(url, {**both, person: ""})

    summary = refused.content.decode().partition("error-summary")[2].partition("</div>")[0].replace("\xa0", " ")
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [name])
    assert "UNICEF, autre nom : Choisissez la personne présente ou donnez un autre nom, pas les deux." in summary
    assert meeting.attendance.get().who == "Awa Fall"


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

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {f"seat_{personas.unicef.pk}", f"person_{personas.iom.pk}"}
    assert not meeting.attendance.exists()


def test_sheet_is_read_by_the_network_and_written_by_the_secretariat(personas, sign_in):
    meeting = make.held(personas)
    url = address("attendance", meeting.pk)

    reader = sign_in(personas.focal_a)
    page, refused = reader.get(url), reader.post(url, {"version": 2})

    assert (page.status_code, page.context["form"], refused.status_code) == (200, None, 403)
