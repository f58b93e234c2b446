"""Working groups at meetings: items they hand to an agenda keep their origin; the annual review looks at each, once."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from core.errors import DomainError
from core.models import JournalEvent, OutboxMail
from meetings import actions
from meetings.enums import AgendaKind, Kind
from meetings.models import GroupReview, MeetingRequest
from tests.factories import groups as grouped
from tests.factories import meetings as made
from tests.factories import workplan as planned
from tests.mails import bodies, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(personas):
    return grouped.active(personas)


@pytest.fixture
def review(personas):
    """Of last year: held, its minutes are being written."""
    return planned.held_review(personas)


# --- Items -----------------------------------------------------------------------------------------------------------
def handed_on(group, personas):
    return actions.forward_item(group, subject="Retours volontaires", entity=personas.unicef, by=personas.focal_a)


def test_an_item_that_a_group_hands_on_stands_on_the_agenda_with_its_origin(personas, sign_in, group):
    meeting = made.convened(personas)
    actions.answer_meeting_request(
        handed_on(group, personas), answer="added_to_agenda", meeting=meeting, by=personas.co_chair_iom
    )

    item = meeting.items.get(group=group)
    assert (item.title, item.kind, item.lead_entity) == (
        "Retours volontaires",
        AgendaKind.WORKING_GROUPS,
        personas.unicef,
    )
    page = sign_in(personas.focal_b).get(meeting.get_absolute_url()).text
    assert f'transmis par <a href="{group.get_absolute_url()}">' in page
    words = read(announced(meeting, personas)).get_body(("plain",)).get_content()
    assert f"transmis par {group}" in " ".join(words.split())
    told = JournalEvent.objects.get(verb="workinggroups.forward_item")
    assert (told.object_id, told.data["subject"]) == (str(group.pk), "Retours volontaires")


def announced(meeting, personas):
    """The agenda as it is mailed."""
    actions.publish_agenda(meeting, by=personas.secretariat)
    return OutboxMail.objects.filter(kind="meetings.agenda").first()


def test_it_stands_before_any_other_business(personas, group):
    meeting = made.convened(personas)
    made.with_item(meeting, personas, "Divers", kind=AgendaKind.AOB)
    actions.answer_meeting_request(
        handed_on(group, personas), answer="added_to_agenda", meeting=meeting, by=personas.co_chair_iom
    )
    order = list(meeting.items.order_by("order").values_list("title", flat=True))
    assert order[-2:] == ["Retours volontaires", "Divers"]


@pytest.mark.parametrize("answer", ["added_to_agenda", "declined"])
def test_who_asked_is_told_what_was_answered(personas, group, answer):
    meeting = made.convened(personas)
    given = {"meeting": meeting} if answer == "added_to_agenda" else {"reason": "Déjà traité en juin."}
    actions.answer_meeting_request(handed_on(group, personas), answer=answer, **given, by=personas.co_chair_iom)

    mails = OutboxMail.objects.filter(kind="meetings.request_answered")
    assert set(mails.values_list("to", flat=True)) == {personas.focal_a.email, personas.alternate_a.email}
    for body in bodies(read(mails.first())):
        assert "Retours volontaires" in body
        assert (meeting.title if answer == "added_to_agenda" else "Déjà traité en juin.") in body


def test_an_item_that_stood_there_already_says_which_group_asked_for_it(personas, group):
    meeting = made.convened(personas)
    item = meeting.items.get()
    actions.answer_meeting_request(
        handed_on(group, personas), answer="added_to_agenda", meeting=meeting, item=item, by=personas.co_chair_iom
    )
    item.refresh_from_db()
    assert item.group == group


def test_a_group_hands_items_on_while_it_is_at_work_through_somebody_of_an_entity(personas, group):
    with pytest.raises(DomainError, match="vous n’appartenez à aucune"):
        actions.forward_item(group, subject="Retours", entity=None, by=personas.focal_a)
    with pytest.raises(DomainError, match="en activité"):
        handed_on(grouped.validated(personas), personas)
    assert not MeetingRequest.objects.exists()


def test_the_chair_asks_from_the_page_of_the_group(personas, sign_in, group):
    address = reverse("meetings:item_forward", args=[group.slug])
    client = sign_in(personas.focal_a)
    assert address in client.get(group.get_absolute_url()).text

    form = client.get(address).context["form"]
    sent = {"subject": "Retours volontaires", "once": form["once"].value()}
    refused = client.post(address, {**sent, "subject": ""})
    done = client.post(address, sent, follow=True)

    assert (refused.status_code, done.status_code) == (422, 200)
    assert "Retours volontaires" in done.text  # in the history of the group
    asked = sign_in(personas.co_chair_iom).get(reverse("meetings:meeting_list")).text
    assert f'<a href="{group.get_absolute_url()}">' in asked


# --- The annual review -----------------------------------------------------------------------------------------------
def found(review, group, personas, verdict="goes_on", note=""):
    return actions.review_group(review, group, verdict=verdict, note=note, by=personas.co_chair_iom)


@pytest.mark.parametrize(
    ("verdict", "state", "verb"),
    [
        ("goes_on", "active", "keep_group"), ("refocused", "active", "refocus_group"),
        ("sleeps", "dormant", "put_to_sleep"), ("closes", "closed", "close_group"),
    ],
)  # fmt: skip
def test_what_is_found_of_a_group_follows_at_once(personas, review, group, verdict, state, verb):
    found(review, group, personas, verdict, "Mandat accompli.")

    group.refresh_from_db()
    assert group.state == state
    last = JournalEvent.objects.order_by("-pk").first()
    assert (last.verb, last.object_id) == (f"workinggroups.{verb}", str(group.pk))
    assert "Mandat accompli." in f"{last.data} {group.closing_note}"


def test_a_group_is_reviewed_once_at_each_annual_review(personas, review, group):
    found(review, group, personas)
    with pytest.raises(DomainError, match="déjà") as refused:
        found(review, group, personas, "closes", "Fini.")
    assert refused.value.field == "verdict"
    group.refresh_from_db()
    assert group.state == "active"


def test_what_was_found_is_never_changed(personas, review, group):
    row = found(review, group, personas)
    for write in (GroupReview.objects.filter(pk=row.pk).update, lambda **_: row.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            write(note="Autre.")


def test_it_says_why_a_group_does_not_go_on_as_it_is(personas, review, group):
    with pytest.raises(DomainError) as refused:
        found(review, group, personas, "refocused", " ")
    assert refused.value.field == "note"


def test_a_dormant_group_is_not_put_to_sleep_again(personas, review):
    with pytest.raises(DomainError) as refused:
        found(review, grouped.dormant(personas), personas, "sleeps", "Rien à faire.")
    assert refused.value.field == "verdict"


def test_a_group_with_a_meeting_ahead_is_not_closed_and_nothing_is_noted(personas, review, group):
    grouped.meeting(group, personas)
    with pytest.raises(DomainError, match="annulez-la d’abord"):
        found(review, group, personas, "closes", "Fini.")
    assert not GroupReview.objects.exists()


def test_only_an_annual_review_whose_minutes_do_not_circulate_yet_looks_at_the_groups(personas, group):
    for meeting in (made.held(personas), made.convened(personas, kind=Kind.ANNUAL_REVIEW)):
        with pytest.raises(DomainError, match="bilan annuel"):
            found(meeting, group, personas)


def test_a_group_that_is_not_at_work_is_not_reviewed(personas, review):
    with pytest.raises(DomainError):
        found(review, grouped.proposed(personas), personas)


def test_the_page_tells_what_each_group_did_and_what_was_found(personas, review, group, sign_in):
    grouped.met(group, personas)
    grouped.deliverable(group, personas)
    client, index = sign_in(personas.secretariat), reverse("meetings:group_reviews", args=[review.pk])
    assert index in client.get(review.get_absolute_url()).text
    page = client.get(index).text
    assert "1 groupe attend son examen" in page
    assert "0 livrable achevé sur 1" in page

    address = reverse("meetings:group_review", args=[review.pk, group.slug])
    refused = client.post(address, {"verdict": "closes", "note": ""})
    client.post(address, {"verdict": "refocused", "note": "Recentré sur les retours."})

    assert refused.status_code == 422
    assert client.get(address).url == index  # once is enough
    seen = sign_in(personas.focal_b).get(index).text
    assert "Se poursuit avec un autre objet<br>Recentré sur les retours." in seen
    assert address not in seen
    assert client.get(reverse("meetings:group_reviews", args=[made.held(personas).pk])).status_code == 404
