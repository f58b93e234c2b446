"""The pages of a meeting: who sees it, how it is created, edited and convened."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from core import clock, outbox
from core.models import OutboxMail
from core.templatetags.typography import french_day
from meetings.models import Meeting
from tests.factories import meetings as make
from tests.meetings.asking import FACTS, LONG, NUL, address, as_checked


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


def test_deliveries_are_counted_filtered_and_read(personas, sign_in):
    meeting, other = make.convened(personas), make.convened(personas)
    failed = outbox.deliveries(meeting).first()
    OutboxMail.objects.filter(pk=failed.pk).update(state="failed")
    client, url = sign_in(personas.secretariat), address("deliveries", meeting.pk)

    every, some = client.get(url), client.get(url, {"state": "failed"})
    mail = client.get(address("delivery", meeting.pk, failed.pk)).content.decode()
    elsewhere = client.get(address("delivery", other.pk, failed.pk))

    counts = {row.state: n for row, n in every.context["counts"]}
    assert every.context["page"].paginator.per_page == 25
    assert counts == {"queued": every.context["page"].paginator.count - 1, "failed": 1}
    assert [row.pk for row in some.context["page"]] == [failed.pk]
    assert "Questions émergentes" in mail
    assert elsewhere.status_code == 404


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
        ("day", "2025-01-15"),
        ("start", "25:99"), ("end", "09:00"), ("mode", "by telepathy"), ("venue", "moon"),
        ("online_link", "javascript:alert(1)"),
        ("chair", "999999999999999999999"), ("chair", "abc"), ("note", NUL), ("kind", "party"),
    ],
)  # fmt: skip
def test_create_meeting_refuses_bad_input_by_the_field_and_keeps_the_rest(personas, sign_in, field, value):
    client = sign_in(personas.secretariat)

    response = client.post(address("meeting_create"), {**FACTS, "once": str(uuid4()), field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["room"].value() == "Salle Gorée"
    assert not Meeting.objects.exists()


def test_second_annual_review_of_a_year_is_refused_by_the_day(personas, sign_in):
    make.draft(personas, kind="annual_review", starts_at=make.on_the_tenth(2030, 12), title="Bilan 2030")
    posted = {**FACTS, "kind": "annual_review", "once": str(uuid4())}

    response = sign_in(personas.secretariat).post(address("meeting_create"), posted)

    assert response.status_code == 422
    assert "Bilan 2030" in str(response.context["form"].errors["day"])


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
    client.post(address("meeting_convene", meeting.pk), as_checked(page))

    assert (page.context["missing"], page.context["people"], after_get) == ([], 8, "draft")
    assert Meeting.objects.get().state == "convened"


def test_convene_page_says_what_is_missing_and_offers_no_button(personas, sign_in):
    meeting = make.empty_draft(personas, venue="", room="", online_link="")

    page = sign_in(personas.secretariat).get(address("meeting_convene", meeting.pk))
    refused = sign_in(personas.secretariat).post(address("meeting_convene", meeting.pk), as_checked(page))

    assert len(page.context["missing"]) == 3
    assert f'action="{address("meeting_convene", meeting.pk)}"' not in page.content.decode()
    assert (refused.status_code, len(refused.context["form"].non_field_errors())) == (422, 1)
    assert Meeting.objects.get().state == "draft"


def test_times_are_times_of_dakar(personas, sign_in):
    meeting = make.convened(personas)

    page = sign_in(personas.focal_a).get(meeting.get_absolute_url()).content.decode().replace("\u00a0", " ")

    assert "10 h 00" in page
    assert meeting.day == clock.today() + (meeting.starts_at.date() - clock.today())


@pytest.mark.parametrize("page", ["reply", "agenda", "meeting_cancel", "meeting_convene"])
def test_no_page_of_a_postponed_meeting_gives_the_old_date_as_the_new_one(personas, sign_in, page):
    meeting = make.postponed(personas)

    text = sign_in(personas.secretariat).get(address(page, meeting.pk)).content.decode().replace("\xa0", " ")

    assert "Date à fixer" in text
    assert "10 h 00" not in text


def test_a_step_is_offered_once(personas, sign_in):
    meeting = make.postponed(personas)

    steps = sign_in(personas.secretariat).get(meeting.get_absolute_url()).context["steps"]

    assert len({step.url for step in steps}) == len(steps)


def test_postponed_meeting_tells_the_date_it_had_and_then_the_new_one(personas, sign_in):
    meeting = make.postponed(personas)
    client, convene = sign_in(personas.secretariat), address("meeting_convene", meeting.pk)

    def seen():
        page = client.get(meeting.get_absolute_url())
        header = page.content.decode().partition("</h1>")[2][:900].replace("\xa0", " ")
        said = [words for words in (before, "Date à fixer", after) if words in header]
        return said, any(step.url == convene for step in page.context["steps"])

    with translation.override("fr"):
        before, after = f"Prévue le {french_day(meeting.starts_at)}", f"Nouvelle date : {french_day(make.at_ten(40))}"
        waiting = seen()
        make.with_new_date(meeting, personas, days=40)

        assert waiting == ([before, "Date à fixer"], False)
        assert seen() == ([before, after], True)
