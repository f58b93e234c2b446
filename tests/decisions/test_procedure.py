"""Rules of procedure: dated versions, each adopted by a decision, never changed afterwards (clause M-61)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.errors import DomainError, NotAllowedNow, StaleVersion
from core.models import JournalEvent
from decisions import actions, procedure
from decisions.enums import DecisionState, ProcedureState, Stance
from decisions.models import RulesOfProcedure
from frameworks import workdays
from members.enums import Rank, Seat
from members.models import CoChairTerm
from members.queries import seats_on
from tests.factories import decisions as decided
from tests.factories import procedure as made

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


# --- Versions --------------------------------------------------------------------------------------------------------
def test_network_begins_with_the_usages_of_its_foundation(db):
    first = made.in_force()

    assert (first.number, first.decision, first.silence_days, first.quorum) == (1, None, None, None)
    assert first.objectors == Rank.values


def test_decision_puts_the_version_in_force_from_its_day_on(personas):
    later = made.adopted(personas, starts_on=clock.today() + 10 * DAY)

    assert (later.number, later.state) == (2, ProcedureState.ADOPTED)
    assert later.decision.state == DecisionState.RECORDED
    assert procedure.in_force(clock.today() + 9 * DAY).number == 1
    assert procedure.in_force(clock.today() + 10 * DAY) == later


def test_version_adopted_after_its_day_binds_from_the_adoption(personas):
    waiting = made.proposed(personas, starts_on=clock.today() + DAY)

    with clock.set_to(clock.now() + 5 * DAY):
        assert made.adopt(waiting, personas).starts_on == clock.today()


def test_version_adopted_last_counts_where_two_begin_on_one_day(personas):
    made.adopted(personas)
    second = made.adopted(personas, silence_days=7)

    assert made.in_force() == second


def test_next_version_goes_on_from_one_that_is_adopted_for_a_later_day(personas):
    later = made.adopted(personas, starts_on=clock.today() + 10 * DAY, silence_days=5)

    draft = actions.prepare_procedure(by=personas.secretariat)

    assert (draft.silence_days, draft.starts_on) == (5, later.starts_on)
    with pytest.raises(actions.BeginsInThePast, match=str(later.starts_on.day)):
        actions.edit_procedure(draft, starts_on=clock.today(), version=draft.version, by=personas.secretariat)
    with pytest.raises(actions.NothingChanges):
        actions.propose_procedure(draft, title="T", text="T", entity=personas.iom, by=personas.secretariat)


def test_page_of_a_version_says_until_when_it_was_in_force(personas, sign_in):
    first = made.in_force()
    with clock.set_to(clock.now() - DAY):
        made.adopted(personas)

    page = sign_in(personas.focal_a).get(first.get_absolute_url()).content.decode()

    assert "De la fondation du Réseau au" in page


def test_adopted_version_never_changes(personas):
    adopted = made.adopted(personas)

    with pytest.raises(actions.TextIsFrozen):
        actions.edit_procedure(adopted, silence_days=2, version=adopted.version, by=personas.secretariat)
    for meddle in (
        lambda: RulesOfProcedure.objects.filter(pk=adopted.pk).update(silence_days=2),
        lambda: RulesOfProcedure.objects.filter(pk=adopted.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="was adopted"), transaction.atomic():
            meddle()


def test_version_is_changed_until_the_network_is_called_to_adopt_it(personas):
    proposed = made.proposed(personas)
    changed = actions.edit_procedure(proposed, silence_days=6, version=proposed.version, by=personas.secretariat)

    decided.called(proposed.decision, personas)

    with pytest.raises(actions.TextIsFrozen):
        actions.edit_procedure(changed, silence_days=7, version=changed.version, by=personas.secretariat)


def test_database_refuses_an_adoption_without_decision(personas):
    draft = made.draft(personas)

    with pytest.raises(IntegrityError, match="procedure_adopted_by_decision"), transaction.atomic():
        RulesOfProcedure.objects.filter(pk=draft.pk).update(state="adopted", number=2, adopted_at=clock.now())


def test_one_version_is_prepared_at_a_time(personas):
    made.draft(personas)

    with pytest.raises(DomainError, match="déjà"):
        actions.prepare_procedure(by=personas.co_chair_iom)


def test_stale_page_does_not_overwrite(personas):
    draft = made.draft(personas)

    with pytest.raises(StaleVersion):
        actions.edit_procedure(draft, silence_days=3, version=draft.version - 1, by=personas.co_chair_iom)


def test_version_that_changes_nothing_or_binds_the_past_is_not_proposed(personas):
    same = made.draft(personas, silence_days=None)
    with pytest.raises(actions.NothingChanges):
        actions.propose_procedure(same, title="T", text="T", entity=personas.iom, by=personas.secretariat)
    with pytest.raises(actions.BeginsInThePast):
        actions.edit_procedure(
            same, starts_on=clock.today() - DAY, version=same.version, by=personas.secretariat
        )  # fmt: skip


def test_version_is_taken_up_again_once_its_decision_is_withdrawn(personas):
    proposed = made.proposed(personas)
    with pytest.raises(DomainError, match="Procédure de silence"):
        actions.rework_procedure(proposed, by=personas.secretariat)

    actions.withdraw_decision(proposed.decision, reason="À revoir", by=personas.co_chair_iom)
    reworked = actions.rework_procedure(proposed, by=personas.secretariat)
    given_up = actions.withdraw_procedure(reworked, by=personas.secretariat)

    assert given_up.state == ProcedureState.WITHDRAWN
    with pytest.raises(NotAllowedNow):
        actions.rework_procedure(given_up, by=personas.secretariat)


# --- What ran under them ---------------------------------------------------------------------------------------------
def test_decision_and_meeting_keep_the_version_they_ran_under(personas):
    from tests.factories import meetings  # noqa: PLC0415 - the floor above

    before = decided.in_consultation(personas)
    met = meetings.convened(personas)
    adopted = made.adopted(personas)

    assert (before.procedure.number, met.procedure.number) == (1, 1)
    assert decided.in_consultation(personas).procedure == adopted
    assert meetings.convened(personas, title="Autre").procedure == adopted


def test_consultation_shorter_than_the_rules_is_refused_with_the_first_day_possible(personas):
    made.adopted(personas, consultation_days=5)
    today = clock.today()
    soonest = workdays.calendar(today, today).after(today, 5)
    draft = decided.draft(personas)

    with pytest.raises(actions.TooShort, match=str(soonest.day)):
        actions.open_consultation(draft, ends_at=clock.now() + (soonest - today - DAY), by=personas.secretariat)
    opened = actions.open_consultation(draft, ends_at=clock.now() + (soonest - today), by=personas.secretariat)

    with pytest.raises(actions.TooShort):
        actions.open_call(
            opened, deadline=clock.now() + 30 * DAY, mode="written", close_early=True, by=personas.co_chair_iom
        )  # fmt: skip


def test_who_may_object_is_a_rule(personas):
    made.adopted(personas, objectors=[Rank.HEAD, Rank.PRINCIPAL])
    called = decided.in_call(personas)

    with pytest.raises(actions.NoVoice, match="point focal titulaire"):
        actions.state_position(
            called, stance=Stance.OBJECTS, reason="Non", alternative="Autre", by=personas.alternate_a
        )  # fmt: skip
    actions.state_position(called, stance=Stance.SUPPORTS, by=personas.alternate_a)
    actions.state_position(called, stance=Stance.OBJECTS, reason="Non", alternative="Autre", by=personas.focal_a)


@pytest.mark.parametrize("rotates", [True, False])
def test_whether_the_coordinators_seat_rotates_is_a_rule(personas, rotates):
    """Clause M-47 is silent on it; the succession of a seat that rotates is prepared before its term ends."""
    CoChairTerm.objects.filter(seat=Seat.COORDINATOR).update(ends_on=clock.today() + 20 * DAY)
    made.adopted(personas, coordinator_rotates=rotates)

    coordinator, _rotating = seats_on(clock.today())

    assert coordinator.succession_is_due is rotates


# --- Pages -----------------------------------------------------------------------------------------------------------
def test_decision_shows_what_changes_in_the_rules(personas, sign_in):
    proposed = made.proposed(personas)

    page = sign_in(personas.secretariat).get(proposed.decision.get_absolute_url()).content.decode()

    assert "5 jours ouvrables au moins" in page
    assert proposed.get_absolute_url() in page


def test_form_refuses_by_the_field_and_keeps_what_was_typed(personas, sign_in):
    draft = made.draft(personas)
    typed = {
        "starts_on": "2020-01-01", "notice_days": "99", "agenda_days": "7", "minutes_days": "10", "quorum": "0",
        "consultation_days": "3", "silence_days": "4", "version": draft.version,
    }  # fmt: skip

    answer = sign_in(personas.secretariat).post(reverse("procedure:procedure_edit", args=[draft.pk]), typed)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"notice_days", "quorum", "objectors"}
    assert 'value="99"' in answer.content.decode()


def test_draft_is_seen_by_those_who_prepare_it_alone(personas, sign_in):
    draft = made.draft(personas)

    assert sign_in(personas.focal_a).get(draft.get_absolute_url()).status_code == 404
    assert draft.get_absolute_url() not in sign_in(personas.focal_a).get("/mandat/regles/").content.decode()
    assert sign_in(personas.co_chair_ohchr).get(draft.get_absolute_url()).status_code == 200


def test_each_change_is_one_version_further_and_written_down(personas):
    draft = made.draft(personas)

    once = actions.edit_procedure(draft, notice_days=20, version=draft.version, by=personas.secretariat)
    twice = actions.edit_procedure(once, notice_days=21, version=once.version, by=personas.secretariat)

    assert (once.version, twice.version) == (draft.version + 1, draft.version + 2)
    written = JournalEvent.objects.filter(object_id=str(draft.pk), verb="decisions.edit_procedure").order_by("pk")
    assert [event.data["notice_days"][1] for event in list(written)[-2:]] == [20, 21]


def test_first_day_that_has_passed_is_refused_by_its_field(personas):
    draft = made.draft(personas)

    with pytest.raises(actions.BeginsInThePast) as refused:
        actions.edit_procedure(
            draft, starts_on=clock.today() - timedelta(days=1), version=draft.version, by=personas.secretariat
        )
    assert refused.value.field == "starts_on"


def test_first_version_that_the_network_adopts_follows_the_usages(personas):
    assert procedure.last_adopted().number == 1
    assert made.adopted(personas).number == 2
    assert procedure.before(procedure.last_adopted()).number == 1
