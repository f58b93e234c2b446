"""From the need to the closing note: what may happen when, and what the database refuses (clauses M-64 to M-66)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.errors import DomainError, NotAllowedNow, StaleVersion
from core.models import OutboxMail
from core.refusals import Refused
from decisions import actions as decisions
from tests.factories import groups as made
from workinggroups import actions, todo
from workinggroups.enums import GROUP_TRANSITIONS, GroupState
from workinggroups.models import WorkingGroup

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)

# What each step needs besides the group; « endorse_group » is the decision's.
STEPS = {
    "withdraw_group": lambda group, who: actions.withdraw_group(group, by=who.focal_a),
    "rework_group": lambda group, who: actions.rework_group(group, by=who.focal_a),
    "submit_to_unct": lambda group, who: actions.submit_to_unct(
        group, submitted_on=clock.today(), by=who.secretariat
    ),
    "return_from_unct": lambda group, who: actions.return_from_unct(group, reason="À préciser", by=who.rc_office),
    "record_unct_endorsement": lambda group, who: actions.record_unct_endorsement(
        group, validated_on=clock.today(), unct_reference="UNCT/1", by=who.rc_office
    ),
    "start_group": lambda group, who: actions.start_group(group, active_from=clock.today(), by=who.secretariat),
    "put_to_sleep": lambda group, who: actions.put_to_sleep(group, reason="Pas de sujet", by=who.secretariat),
    "wake_group": lambda group, who: actions.wake_group(group, by=who.secretariat),
    "close_group": lambda group, who: actions.close_group(group, note="Travaux achevés.", by=who.secretariat),
}  # fmt: skip


def withdrawn(personas):
    return actions.withdraw_group(made.proposed(personas), by=personas.focal_a)


def closed(personas):
    return STEPS["close_group"](made.active(personas), personas)


MAKERS = {
    GroupState.PROPOSED: made.proposed, GroupState.ENDORSED: made.endorsed, GroupState.SUBMITTED: made.submitted,
    GroupState.VALIDATED: made.validated, GroupState.ACTIVE: made.active, GroupState.DORMANT: made.dormant,
    GroupState.CLOSED: closed, GroupState.WITHDRAWN: withdrawn,
}  # fmt: skip


def test_every_state_and_step_is_tried_below():
    assert set(MAKERS) == set(GroupState)
    assert set(STEPS) | {"endorse_group", "fall_asleep"} == set(GROUP_TRANSITIONS)


@pytest.mark.parametrize("state", GroupState)
@pytest.mark.parametrize("verb", STEPS)
def test_step_leads_where_the_table_says_or_nowhere(personas, verb, state):
    group = MAKERS[state](personas)
    assert group.state == state
    starts, leads_to = GROUP_TRANSITIONS[verb]
    if verb == "start_group" and state == GroupState.VALIDATED:
        made.chaired(group, personas)

    if state in starts:
        assert STEPS[verb](group, personas).state == leads_to
    else:
        with pytest.raises(NotAllowedNow):
            STEPS[verb](group, personas)


@pytest.mark.parametrize("state", ["validated", "active", "dormant", "closed"])
def test_database_knows_no_group_beyond_the_unct_that_it_did_not_validate(personas, state):
    group = made.submitted(personas)
    facts = {"active_from": clock.today(), "awake_since": clock.today()} if state in {"active", "dormant"} else {}
    facts |= {"closed_on": clock.today(), "closing_note": "Fin."} if state == "closed" else {}

    with (
        pytest.raises(IntegrityError, match=r"working_group_(validated_by_unct|at_work_once_validated)"),
        transaction.atomic(),
    ):
        WorkingGroup.objects.filter(pk=group.pk).update(state=state, **facts)


@pytest.mark.parametrize("missing", ["validated_on", "submitted_on"])
def test_database_refuses_a_group_at_work_whose_validation_has_no_day(personas, missing):
    group = made.active(personas)

    with pytest.raises(IntegrityError, match="working_group"), transaction.atomic():
        WorkingGroup.objects.filter(pk=group.pk).update(**{missing: None})


def test_one_decision_endorses_several_groups(personas):
    first, second = made.proposed(personas), made.proposed(personas, "Routes")

    decision = made.endorse(made.brought(personas, first, second), personas)

    assert [group.state for group in WorkingGroup.objects.filter(decision=decision)] == [GroupState.ENDORSED] * 2
    assert (first.number, second.number) == (1, 2)


def test_decision_on_groups_in_general_endorses_none(personas):
    group = made.proposed(personas)

    made.endorse(decisions.propose_decision(
        title="Groupes", text="Les groupes rendent compte.", subject_kind="working_group", proposed_by=personas.iom,
        by=personas.secretariat,
    ), personas)  # fmt: skip

    group.refresh_from_db()
    assert group.state == GroupState.PROPOSED


def test_proposal_before_the_network_is_neither_changed_nor_withdrawn_nor_brought_again(personas):
    group = made.proposed(personas)
    decision = made.brought(personas, group)

    for act in (
        lambda: actions.edit_group(group, title_fr="Autre", version=group.version, by=personas.focal_a),
        lambda: actions.withdraw_group(group, by=personas.focal_a),
        lambda: made.brought(personas, group),
    ):
        with pytest.raises(DomainError, match="devant le Réseau"):
            act()

    decisions.withdraw_decision(decision, reason="À revoir", by=personas.co_chair_iom)
    assert actions.edit_group(group, title_fr="Autre", version=group.version, by=personas.focal_a).title == "Autre"
    assert made.brought(personas, group).pk != decision.pk


def test_stale_page_does_not_overwrite(personas):
    group = made.proposed(personas)
    actions.edit_group(group, title_fr="Autre", version=group.version, by=personas.focal_a)

    with pytest.raises(StaleVersion):
        actions.edit_group(group, title_fr="Encore", version=group.version, by=personas.focal_a)


def test_days_follow_each_other_and_are_not_to_come(personas):
    group, today = made.endorsed(personas), clock.today()
    for day in (today + DAY, today - DAY):
        with pytest.raises(Refused):
            actions.submit_to_unct(group, submitted_on=day, by=personas.secretariat)
    group = actions.submit_to_unct(group, submitted_on=today, by=personas.secretariat)
    for day in (today + DAY, today - DAY):
        with pytest.raises(Refused):
            actions.record_unct_endorsement(group, validated_on=day, unct_reference="1", by=personas.rc_office)


def test_group_begins_once_validated_with_somebody_in_it_who_was_called_for_chairs(personas):
    group = made.validated(personas)
    with pytest.raises(DomainError, match="Personne ne siège"):
        STEPS["start_group"](group, personas)
    made.seat(group, personas, entity=personas.unwomen)
    with pytest.raises(DomainError, match="ouverte à tous les membres"):
        STEPS["start_group"](group, personas)
    made.called_for_chairs(group, personas)
    with pytest.raises(Refused, match="une fois que l’UNCT"):
        actions.start_group(group, active_from=clock.today() - DAY, by=personas.secretariat)


def test_who_returns_to_the_network_keeps_the_reason_on_record(personas, sign_in):
    group = actions.return_from_unct(made.submitted(personas), reason="Préciser le calendrier", by=personas.rc_office)

    page = sign_in(personas.focal_b).get(group.get_absolute_url()).content.decode()

    assert "Préciser le calendrier" in page


def test_closed_group_ends_its_seats_and_keeps_its_note(personas, sign_in):
    group = made.active(personas)
    actions.join_group(group, entity=personas.unwomen, starts_on=clock.today() + DAY, by=personas.secretariat)
    group = STEPS["close_group"](group, personas)

    with clock.set_to(clock.now() + DAY):
        page = sign_in(personas.focal_b).get(group.get_absolute_url()).content.decode()
        assert not group.members.on(clock.today()).exists()
    assert "Travaux achevés." in page


def test_who_sits_in_a_group_that_closes_is_told(personas):
    group = made.active(personas)
    guest = made.guest(group, personas).contact.person
    actions.join_group(group, entity=personas.unwomen, starts_on=clock.today(), by=personas.secretariat)
    STEPS["close_group"](group, personas)

    told = dict(OutboxMail.objects.filter(kind="workinggroups.closed").values_list("to", "subject"))
    assert {personas.focal_b.email, guest.email} <= told.keys()
    assert personas.administrator.email not in told


def test_the_rc_office_finds_what_the_unct_is_to_answer(personas):
    group = made.submitted(personas)
    asked = [(item.title, item.url) for item in todo.todo(personas.rc_office)]
    assert asked == [(f"Consigner la réponse de l’UNCT\xa0: {group}", group.get_absolute_url())]

    made.validate(group, personas)
    assert todo.todo(personas.rc_office) == []


def test_record_of_the_unct_is_kept_and_given_under_its_name(personas, sign_in):
    group = made.submitted(personas)
    client = sign_in(personas.rc_office)
    form = {"validated_on": f"{clock.today()}", "unct_reference": "UNCT/2026/7"}
    file = SimpleUploadedFile("Relevé UNCT.pdf", b"%PDF-1.7 relev\xc3\xa9")

    client.post(reverse("groups:unct_endorse", args=[group.slug]), {**form, "record": file})

    answer = client.get(reverse("groups:unct_record_file", args=[group.slug]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    assert answer["Content-Type"] == "application/pdf"
    assert "UNCT" in answer["Content-Disposition"]


@pytest.mark.parametrize("state", [GroupState.SUBMITTED])
def test_group_without_a_record_has_no_file(personas, sign_in, state):
    group = MAKERS[state](personas)

    assert sign_in(personas.focal_a).get(reverse("groups:unct_record_file", args=[group.slug])).status_code == 404
