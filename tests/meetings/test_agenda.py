"""Rules of the agenda: numbers without a gap, and the moments when nothing moves any more."""

import pytest

from core.errors import DomainError, StaleVersion
from meetings import actions
from meetings.actions.agenda import AgendaClosed
from meetings.models import AgendaItem
from tests.factories import decisions as decide
from tests.factories import meetings as make


def titles(meeting):
    return list(meeting.items.order_by("order", "pk").values_list("title", flat=True))


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


def test_an_item_removed_meanwhile_is_told_whatever_is_done_to_it(personas):
    meeting = make.in_session(personas)
    item = make.with_item(meeting, personas, "Divers")
    decision = decide.recorded(personas)
    actions.remove_agenda_item(AgendaItem.objects.get(pk=item.pk), by=personas.secretariat)
    by = {"by": personas.secretariat}

    for act in (
        lambda: actions.move_agenda_item(item, order=1, **by),
        lambda: actions.remove_agenda_item(item, **by),
        lambda: actions.edit_agenda_item(item, kind="aob", title="Suite", duration_min=5, version=1, **by),
        lambda: actions.edit_minutes(item, minutes="Texte", version=1, **by),
        lambda: actions.attach_decision(item, decision=decision, **by),
        lambda: actions.add_action_point(item, text="Agir", responsible=personas.unicef, due_on=meeting.day, **by),
    ):
        with pytest.raises(DomainError, match="retiré"):
            act()
