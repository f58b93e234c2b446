"""What a group hands over: kept by those who sit in it, read by the Network, late when its day has passed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.errors import StaleVersion
from core.refusals import Refused
from tests.factories import groups as made
from tests.workinggroups.test_pages import send
from workinggroups import actions
from workinggroups.actions import GroupIsOver
from workinggroups.enums import DeliverableState
from workinggroups.models import Deliverable

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def group(personas):
    return made.active(personas)


@pytest.fixture
def deliverable(group, personas):
    return made.deliverable(group, personas)


def told(deliverable, **change):
    """What the form of this deliverable sends."""
    facts = {name: getattr(deliverable, name) for name in ("title", "due_on", "state", "paper", "version")}
    return {**facts, **change}


def page_of(client, group):
    return client.get(group.get_absolute_url()).content.decode()


def test_who_sits_in_the_group_enters_one_and_says_how_far_it_is(personas, group, sign_in):
    client = sign_in(personas.focal_a)
    due = (clock.today() + 30 * DAY).isoformat()
    answer = send(client, reverse("groups:deliverable_add", args=[group.slug]), {"title": "Catalogue", "due_on": due})
    assert answer.url == group.get_absolute_url()
    one, paper = Deliverable.objects.get(), made.paper(group, personas)
    edit = reverse("groups:deliverable_edit", args=[group.slug, one.pk])
    assert edit in page_of(client, group)

    client.post(edit, {"title": "Catalogue", "due_on": due, "state": "completed", "paper": paper.pk, "version": 1})

    one.refresh_from_db()
    assert (one.state, one.completed_on, one.paper) == ("completed", clock.today(), paper)
    assert reverse("groups:paper_file", args=[group.slug, paper.pk]) in page_of(client, group)


def test_the_network_reads_it_without_the_paper_nor_the_way_to_change_it(personas, group, deliverable, sign_in):
    paper = made.paper(group, personas)
    actions.edit_deliverable(deliverable, **told(deliverable, paper=paper), by=personas.focal_a)

    page = page_of(sign_in(personas.focal_b), group)

    assert deliverable.title in page
    assert "/livrables/" not in page
    assert "/papiers/" not in page


@pytest.mark.parametrize(("state", "late"), [("in_progress", True), ("completed", False), ("cancelled", False)])
def test_what_is_not_handed_over_the_day_after_is_late(personas, group, deliverable, sign_in, state, late):
    actions.edit_deliverable(deliverable, **told(deliverable, state=state), by=personas.focal_a)

    for after, seen in ((timedelta(0), False), (DAY, late)):
        with clock.set_to(clock.now() + (deliverable.due_on - clock.today()) + after):
            assert ("En retard" in page_of(sign_in(personas.focal_b), group)) is seen


def test_what_is_taken_up_again_is_no_longer_completed(personas, deliverable):
    done = actions.edit_deliverable(deliverable, **told(deliverable, state="completed"), by=personas.focal_a)

    again = actions.edit_deliverable(done, **told(done, state="in_progress"), by=personas.focal_a)

    assert again.completed_on is None
    assert again.state == DeliverableState.IN_PROGRESS


def test_two_people_at_once_do_not_write_over_each_other(personas, deliverable):
    actions.edit_deliverable(deliverable, **told(deliverable, title="Guide"), by=personas.focal_a)

    with pytest.raises(StaleVersion):
        actions.edit_deliverable(deliverable, **told(deliverable, title="Note"), by=personas.secretariat)

    assert Deliverable.objects.get().title == "Guide"


def test_day_that_has_passed_is_refused(personas, group):
    with pytest.raises(Refused, match="passé") as refused:
        actions.add_deliverable(group, title="Note", due_on=clock.today() - DAY, by=personas.focal_a)

    assert refused.value.field == "due_on"


def test_paper_of_another_group_or_taken_back_is_refused(personas, group, deliverable):
    removed = actions.remove_paper(made.paper(group, personas), by=personas.secretariat)
    other = made.paper(made.proposed(personas, "Autre"), personas)

    for paper in (removed, other):
        with pytest.raises(Refused, match="papiers du groupe"):
            actions.edit_deliverable(deliverable, **told(deliverable, paper=paper), by=personas.focal_a)


def test_one_entered_by_mistake_goes_and_stays_in_the_journal(personas, group, deliverable, sign_in):
    client = sign_in(personas.focal_a)

    client.post(reverse("groups:deliverable_remove", args=[group.slug, deliverable.pk]))

    assert not Deliverable.objects.exists()
    assert f"Livrable retiré par {personas.focal_a}" in page_of(client, group).replace("\xa0", " ")


def test_closed_group_keeps_its_deliverables_as_they_were(personas, group, deliverable, sign_in):
    actions.close_group(group, note="Fin.", by=personas.secretariat)

    for act in (
        lambda: actions.add_deliverable(group, title="N", due_on=clock.today(), by=personas.secretariat),
        lambda: actions.edit_deliverable(deliverable, **told(deliverable), by=personas.secretariat),
        lambda: actions.remove_deliverable(deliverable, by=personas.secretariat),
    ):
        with pytest.raises(GroupIsOver):
            act()
    page = page_of(sign_in(personas.secretariat), group)
    assert deliverable.title in page
    assert "/livrables/" not in page
