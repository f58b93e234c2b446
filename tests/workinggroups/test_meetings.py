"""A group's own meetings, read by those who sit in it; and a group that does not meet (clause M-64)."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from core import clock, journal
from core.errors import DomainError, StaleVersion
from core.models import OutboxMail
from core.refusals import Refused
from tests.factories import groups as made
from tests.mails import read
from tests.workinggroups.test_pages import send
from workinggroups import actions, queries, todo
from workinggroups.enums import GroupState
from workinggroups.models import GroupMeeting
from workinggroups.tasks import watch_groups

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def group(personas):
    return made.active(personas)


def told(kind):
    return sorted(OutboxMail.objects.filter(kind=f"workinggroups.{kind}").values_list("to", flat=True))


def event(kind):
    """The calendar that the last mail of this kind carries, as another program reads it, and its method."""
    mail = read(OutboxMail.objects.filter(kind=f"workinggroups.{kind}").latest("pk"))
    part = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_content())
    (found,) = calendar.walk("VEVENT")
    return calendar["METHOD"], found


def page_of(client, group):
    return client.get(group.get_absolute_url()).text


def test_chair_convenes_and_everybody_who_sits_in_it_is_told(personas, group, sign_in):
    guest = made.guest(group, personas)
    address = reverse("groups:meeting_convene", args=[group.slug])
    day = (clock.today() + 3 * DAY).isoformat()

    answer = send(sign_in(personas.focal_a), address, {
        "day": day, "hour": "10:00", "duration_min": 90, "place": "Bureau de l’OIM", "online_link": "",
        "agenda": "Point sur le catalogue.",
    })  # fmt: skip

    assert answer.url == group.get_absolute_url()
    meeting = GroupMeeting.objects.get()
    assert timezone.localtime(meeting.starts_at) == timezone.make_aware(datetime.fromisoformat(f"{day}T10:00"))
    assert told("group_meeting") == sorted(
        [personas.focal_a.email, personas.alternate_a.email, guest.contact.person.email]
    )
    method, found = event("group_meeting")
    assert (method, found["UID"], found["SEQUENCE"]) == ("REQUEST", str(meeting.uid), 0)
    assert found.decoded("DTEND") - found.decoded("DTSTART") == timedelta(minutes=90)


def test_calendars_follow_a_change_and_a_calling_off(personas, group):
    meeting = made.meeting(group, personas)
    facts = {**made.PLAN, "starts_at": meeting.starts_at + DAY, "place": "", "online_link": "https://exemple.org/gt"}

    changed = actions.change_group_meeting(meeting, **facts, version=meeting.version, by=personas.focal_a)
    method, found = event("group_meeting_changed")
    assert (method, found["UID"], found["SEQUENCE"]) == ("REQUEST", str(meeting.uid), 1)
    assert found["LOCATION"] == "https://exemple.org/gt"
    off = actions.call_off_group_meeting(changed, reason="Trop peu de monde", by=personas.focal_a)

    method, found = event("group_meeting_off")
    assert (method, found["SEQUENCE"], found["STATUS"]) == ("CANCEL", 2, "CANCELLED")
    assert off.called_off_at


def test_change_that_changes_nothing_tells_nobody(personas, group):
    meeting = made.meeting(group, personas)

    with pytest.raises(DomainError, match="Rien n’a changé"):
        actions.change_group_meeting(
            meeting, **made.PLAN, starts_at=meeting.starts_at, version=meeting.version, by=personas.focal_a
        )

    assert told("group_meeting_changed") == []


def test_two_who_change_it_at_once_see_each_other(personas, group):
    meeting = made.meeting(group, personas)
    facts = {**made.PLAN, "starts_at": meeting.starts_at, "version": meeting.version}
    actions.change_group_meeting(meeting, **{**facts, "place": "BCR"}, by=personas.focal_a)

    with pytest.raises(StaleVersion):
        actions.change_group_meeting(meeting, **{**facts, "place": "OIM"}, by=personas.secretariat)


def test_only_those_who_sit_in_it_and_serve_the_network_read_it(personas, group, client, sign_in):
    made.met(group, personas)
    meeting = GroupMeeting.objects.get()
    actions.minute_group_meeting(meeting, record="Le catalogue est prêt.", version=1, by=personas.focal_a)

    reads = {
        name: "Le catalogue est prêt." in page_of(sign_in(person), group)
        for name, person in personas.all.items() if name not in {"visitor", "partner", "no_entity"}
    }  # fmt: skip
    assert {name for name, seen in reads.items() if seen} == {
        "focal_a", "alternate_a", "secretariat", "co_chair_iom", "co_chair_ohchr"
    }  # fmt: skip
    guest = made.guest(group, personas)
    assert "Le catalogue est prêt." in client.get(guest.get_absolute_url()).text


def test_bad_input_is_told_by_the_field_and_kept(personas, group, sign_in):
    client, address = sign_in(personas.focal_a), reverse("groups:meeting_convene", args=[group.slug])
    facts = {
        "day": (clock.today() - DAY).isoformat(), "hour": "10:00", "duration_min": 5, "place": "", "online_link": "",
        "agenda": "Point sur le catalogue.",
    }  # fmt: skip

    short = send(client, address, facts)
    past = send(client, address, {**facts, "duration_min": 60, "place": "OIM"})

    assert (short.status_code, past.status_code) == (422, 422)
    assert "Dites où se tient la réunion" in short.text
    assert short.context["form"].errors["duration_min"]
    assert "Ce moment est passé." in past.text
    assert "Point sur le catalogue." in past.text
    assert not GroupMeeting.objects.exists()


def test_what_was_said_is_written_once_it_has_begun_and_may_be_corrected(personas, group, sign_in):
    ahead = made.meeting(group, personas)
    with pytest.raises(DomainError, match="n’a pas commencé"):
        actions.minute_group_meeting(ahead, record="Trop tôt.", version=1, by=personas.focal_a)
    meeting, paper = made.met(group, personas), made.paper(group, personas)

    first = actions.minute_group_meeting(meeting, record="Vu.", version=meeting.version, by=personas.focal_a)
    again = actions.minute_group_meeting(
        first, record="Vu et corrigé.", paper=paper, version=first.version, by=personas.alternate_a
    )

    page = page_of(sign_in(personas.focal_a), group)
    assert f"Rédigé par {personas.focal_a} le" in page
    assert f"corrigé par {personas.alternate_a} le" in page
    assert (again.record, again.paper, again.recorded_at) == ("Vu et corrigé.", paper, first.recorded_at)
    with pytest.raises(StaleVersion):
        actions.minute_group_meeting(first, record="Perdu.", version=first.version, by=personas.focal_a)
    with pytest.raises(DomainError, match="elle a eu lieu"):
        actions.call_off_group_meeting(again, reason="Non", by=personas.focal_a)


def test_paper_of_another_group_is_refused(personas, group):
    foreign = made.paper(made.proposed(personas, "Routes"), personas)
    meeting = made.met(group, personas)

    with pytest.raises(Refused) as refused:
        actions.minute_group_meeting(meeting, record="Vu.", paper=foreign, version=1, by=personas.focal_a)
    assert refused.value.field == "paper"


def test_group_meets_at_work_only(personas):
    with pytest.raises(DomainError, match="une fois qu’il est au travail"):
        made.meeting(made.validated(personas), personas)


def test_group_with_a_meeting_ahead_neither_sleeps_nor_closes(personas, group, sign_in):
    made.meeting(group, personas)

    for act in (
        lambda: actions.put_to_sleep(group, reason="Rien", by=personas.secretariat),
        lambda: actions.close_group(group, note="Fini", by=personas.secretariat),
    ):
        with pytest.raises(DomainError, match="annulez-la d’abord"):
            act()
    client = sign_in(personas.secretariat)
    for name in ("group_sleep", "group_close"):  # told before a word is written
        assert client.get(reverse(f"groups:{name}", args=[group.slug])).url == group.get_absolute_url()


@pytest.mark.parametrize(
    "broken",
    [
        {"place": "", "online_link": ""}, {"duration_min": 0}, {"called_off_reason": "Sans jour"},
        {"record": "Sans heure"}, {"recorded_at": datetime(2026, 6, 16, tzinfo=timezone.get_fixed_timezone(0))},
    ],
)  # fmt: skip
def test_database_refuses_a_meeting_that_cannot_be(personas, group, broken):
    meeting = made.meeting(group, personas)

    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMeeting.objects.filter(pk=meeting.pk).update(**broken)


def test_meeting_stands_among_what_awaits_who_sits_in_the_group(personas, group):
    meeting = made.meeting(group, personas, days=20)
    made.meeting(group, personas, days=40)

    assert [(item.title, item.due, item.why) for item in todo.todo(personas.alternate_a)] == [
        (f"Préparer la réunion du groupe\xa0: {group}", meeting.starts_at, made.PLAN["place"])
    ]
    assert todo.todo(personas.focal_b) == []
    actions.call_off_group_meeting(meeting, reason="Fête", by=personas.focal_a)
    assert todo.todo(personas.alternate_a) == []


# --- A group that does not meet ---------------------------------------------------------------------------------------
def later(days):
    return clock.set_to(clock.now() + timedelta(days=days))


def state_of(group):
    group.refresh_from_db()
    return group.state, group.asked_on


def test_quiet_group_is_asked_then_sleeps(personas, group, settings, sign_in):
    settings.GROUP_QUIET_DAYS, settings.GROUP_ANSWER_DAYS = 120, 21
    with later(120):
        watch_groups()
        assert state_of(group) == (GroupState.ACTIVE, None)
    with later(121):
        watch_groups()
        watch_groups()
        asked_on = clock.today()
        assert state_of(group) == (GroupState.ACTIVE, asked_on)
        assert told("quiet") == sorted([personas.focal_a.email, personas.secretariat.email])
        assert [item.title for item in todo.todo(personas.focal_a)] == [f"Le groupe ne se réunit pas\xa0: {group}"]
        assert "le groupe est mis en sommeil" in page_of(sign_in(personas.focal_a), group)
    with later(121 + 21):
        watch_groups()
        assert state_of(group) == (GroupState.ACTIVE, asked_on)
    with later(121 + 22):
        watch_groups()
        assert state_of(group) == (GroupState.DORMANT, None)
        assert told("asleep") == sorted([personas.focal_a.email, personas.secretariat.email])
        assert any(journal.sentence(event).startswith("En sommeil") for event in journal.history(group))


def test_meeting_that_is_convened_answers(personas, group):
    with later(121):
        watch_groups()
        made.meeting(group, personas, days=30)
        assert state_of(group) == (GroupState.ACTIVE, None)
    with later(121 + 22):
        watch_groups()
    assert state_of(group) == (GroupState.ACTIVE, None)


def test_group_counts_from_its_last_meeting(personas, group):
    with later(100):
        made.met(group, personas)
        assert queries.quiet_since(group) == clock.today()
    with later(215):
        watch_groups()
    assert state_of(group) == (GroupState.ACTIVE, None)


def test_meeting_that_was_called_off_does_not_count(personas, group):
    with later(100):
        actions.call_off_group_meeting(made.met(group, personas), reason="Personne", by=personas.focal_a)
    with later(121):
        watch_groups()
        assert group.pk
        assert state_of(group)[1] == clock.today()


def test_next_meeting_wakes_a_dormant_group(personas):
    group = made.dormant(personas)
    with later(300):
        made.meeting(group, personas)
        group.refresh_from_db()
        assert (group.state, group.awake_since) == (GroupState.ACTIVE, clock.today())
        watch_groups()
    assert state_of(group) == (GroupState.ACTIVE, None)


def test_co_chairs_are_asked_where_nobody_chairs(personas, group):
    actions.end_chair(group.chairs.get(), ends_on=clock.today(), by=personas.focal_a)

    with later(121):
        watch_groups()

    assert told("quiet") == sorted(
        [personas.secretariat.email, personas.co_chair_iom.email, personas.co_chair_ohchr.email]
    )
