"""Minutes approved between two meetings, by a decision of the Network (clauses M-61 and M-77)."""

from functools import partial
from threading import Event

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.errors import DomainError, NotAllowedNow
from core.models import JournalEvent
from core.transitions import check_version
from decisions import actions as decisions
from decisions.enums import Mode, Stance
from meetings import actions
from meetings.actions import minutes
from meetings.actions.agenda import MinutesClosed
from meetings.enums import MeetingState
from meetings.models import Meeting
from tests.factories import decisions as decided
from tests.factories import meetings as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def circulated(personas):
    meeting = made.circulated(personas)
    with made.moved_to(meeting, days=6):
        yield meeting


def asked(meeting, personas):
    words = {"title": "Approbation du compte rendu", "text": "Le Réseau approuve le compte rendu."}
    return actions.propose_approval(meeting, **words, entity=personas.iom, by=personas.secretariat)


def called(meeting, personas):
    return decided.called(asked(meeting, personas), personas, mode=Mode.IN_SESSION)


def noted(decision, personas):
    decided.supported_by(decision, [personas.unicef], personas.secretariat)
    return decisions.note_consensus(decision, by=personas.co_chair_iom)


def test_the_decision_that_is_recorded_freezes_the_minutes_once(personas, circulated):
    decision = noted(called(circulated, personas), personas)

    circulated.refresh_from_db()
    assert circulated.state == MeetingState.MINUTES_APPROVED
    assert (circulated.approving_decision, circulated.minutes_approved_in) == (decision, None)
    approvals_told = JournalEvent.objects.filter(verb="meetings.approve_minutes")
    assert [event.data["in"] for event in approvals_told] == [decision.reference]


def test_the_minutes_do_not_change_while_positions_are_given_on_them(personas, circulated):
    item = circulated.items.get()
    asked_for = asked(circulated, personas)
    edited = actions.edit_minutes(item, minutes="Corrigé.", version=item.version, by=personas.secretariat)

    decided.called(asked_for, personas)
    with pytest.raises(MinutesClosed, match="tel qu’il est"):
        actions.edit_minutes(edited, minutes="Encore.", version=edited.version, by=personas.secretariat)
    with pytest.raises(MinutesClosed, match="tel qu’il est"):
        actions.add_remark(item, text="Préciser.", by=personas.focal_b)
    item.refresh_from_db()
    assert item.minutes == "Corrigé."


def test_positions_never_count_on_other_minutes(personas, circulated):
    """Taken up again, the minutes change once the decision has another version, on which everybody speaks again."""
    item = circulated.items.get()
    call = called(circulated, personas)
    decided.supported_by(call, [personas.unicef], personas.secretariat)
    again = decisions.reopen_consultation(call, reason="À revoir", ends_at=decided.soon(), by=personas.co_chair_iom)
    with pytest.raises(MinutesClosed, match="une autre version"):
        actions.edit_minutes(item, minutes="Suspendu.", version=item.version, by=personas.secretariat)

    words = {"title": again.title, "text": "Le Réseau approuve le compte rendu corrigé.", "version": again.version}
    decisions.revise_text(again, **words, by=personas.secretariat)
    actions.edit_minutes(item, minutes="Corrigé.", version=item.version, by=personas.secretariat)
    called_again = decided.called(again, personas, mode=Mode.IN_SESSION)

    with pytest.raises(DomainError, match="Aucune entité"):
        decisions.note_consensus(called_again, by=personas.co_chair_iom)


def test_they_change_again_once_the_proposal_is_withdrawn(personas, circulated):
    item = circulated.items.get()
    call = called(circulated, personas)
    decisions.withdraw_decision(call, reason="En réunion", by=personas.co_chair_iom)
    actions.edit_minutes(item, minutes="Corrigé.", version=item.version, by=personas.secretariat)

    assert actions.approve_minutes(circulated, approved_in=None, by=personas.co_chair_iom).approving_decision is None


def test_a_correction_is_answered_before_positions_are_called_for(personas, circulated):
    remark = actions.add_remark(circulated.items.get(), text="Préciser la date.", by=personas.focal_b)
    decision = decisions.open_consultation(asked(circulated, personas), ends_at=decided.soon(), by=personas.secretariat)
    with pytest.raises(DomainError, match="1 correction attend sa réponse"):
        decided.called(decision, personas)

    actions.answer_remark(remark, answer="not_kept", reason="Déjà dit.", version=1, by=personas.secretariat)
    assert decided.called(decision, personas).state == "call"


def test_while_positions_are_given_the_pages_lead_to_the_decision_and_offer_no_change(personas, circulated, sign_in):
    offered = [reverse(f"meetings:{name}", args=[circulated.pk]) for name in ("attendance", "approval_propose")] + [
        reverse("meetings:remark_add", args=[circulated.pk, circulated.items.get().pk])
    ]
    call = called(circulated, personas)

    for person in (personas.secretariat, personas.focal_b):
        client = sign_in(person)
        for page in (circulated.get_absolute_url(), reverse("meetings:minutes", args=[circulated.pk])):
            shown = client.get(page).text
            assert f'<a href="{call.get_absolute_url()}">' in shown
            assert not [one for one in offered if f'"{one}"' in shown]


def test_what_was_rewritten_after_the_circulation_stands_in_the_history(personas, circulated, sign_in):
    item = circulated.items.get()
    before = sign_in(personas.focal_b).get(circulated.get_absolute_url()).text.count("Compte rendu rédigé")
    actions.edit_minutes(item, minutes="Corrigé.", version=item.version, by=personas.secretariat)
    after = sign_in(personas.focal_b).get(circulated.get_absolute_url()).text.count("Compte rendu rédigé")
    assert after == before + 1


def test_the_decision_is_carried_out_as_it_is_recorded(personas, circulated):
    decision = noted(called(circulated, personas), personas)
    decision.refresh_from_db()
    assert decision.follow_up == "done"


def test_one_decision_at_a_time_and_no_other_approval_beside_it(personas, circulated):
    decision = asked(circulated, personas)

    with pytest.raises(DomainError, match="en cours"):
        asked(circulated, personas)
    with pytest.raises(DomainError, match=decision.title):
        actions.approve_minutes(circulated, approved_in=None, by=personas.co_chair_iom)


def test_minutes_that_do_not_circulate_are_not_put_to_the_network(personas):
    with pytest.raises(NotAllowedNow):
        asked(made.held(personas), personas)


def test_a_call_waits_for_who_is_writing_the_minutes(transactional_db, hands, personas, monkeypatch):
    """Without the wait, the last edit would land in minutes on which entities were asked already."""
    meeting = made.circulated(personas)
    with made.moved_to(meeting, days=6):
        decision, item = asked(meeting, personas), meeting.items.get()
        writing, called_at = Event(), Event()

        def slow(thing, version):
            writing.set()
            called_at.wait(timeout=0.5)  # a call that does not wait comes in here
            check_version(thing, version)

        def call():
            writing.wait(timeout=5)
            decided.called(decision, personas, mode=Mode.IN_SESSION)
            called_at.set()

        monkeypatch.setattr(minutes, "check_version", slow)
        edit = partial(actions.edit_minutes, item, minutes="Corrigé.", version=item.version, by=personas.secretariat)
        assert hands([edit, call]) == ["done", "done"]

    last = JournalEvent.objects.filter(verb__in=["meetings.edit_minutes", "decisions.open_call"]).order_by("-pk")[:2]
    assert [event.verb for event in last] == ["decisions.open_call", "meetings.edit_minutes"]
    assert called_at.is_set()


def test_an_objection_keeps_the_minutes_open(personas, circulated):
    call = called(circulated, personas)
    decisions.state_position(call, stance=Stance.OBJECTS, reason="Inexact.", by=personas.focal_b)
    with pytest.raises(DomainError):
        decisions.note_consensus(call, by=personas.co_chair_iom)
    assert Meeting.objects.get(pk=circulated.pk).state == MeetingState.MINUTES_CIRCULATED


def test_the_page_words_the_decision_and_the_meeting_leads_to_it(personas, circulated, sign_in):
    client = sign_in(personas.secretariat)
    address = reverse("meetings:approval_propose", args=[circulated.pk])
    assert address in client.get(circulated.get_absolute_url()).text

    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in ("title", "text", "once")}
    assert sent["text"].startswith("Le Réseau approuve le compte rendu de «")
    answer = client.post(address, sent)
    decision = Meeting.objects.get(pk=circulated.pk).approval_asked

    assert answer.url == decision.get_absolute_url()
    assert reverse("meetings:minutes", args=[circulated.pk]) in client.get(answer.url).text
    assert client.get(address, follow=True).redirect_chain[0][0] == circulated.get_absolute_url()
    page = sign_in(personas.co_chair_iom).get(circulated.get_absolute_url())
    assert f"Approbation demandée au Réseau\xa0: {decision.title}" in page.text
    home = client.get("/").text
    assert "Approuver le compte rendu" not in home


def test_the_meeting_says_which_decision_approved_its_minutes(personas, circulated, sign_in):
    decision = noted(called(circulated, personas), personas)
    page = sign_in(personas.focal_a).get(circulated.get_absolute_url()).text
    assert f'<a href="{decision.get_absolute_url()}">{decision.reference}</a>' in page


def test_the_database_keeps_one_way_of_approval(personas, circulated):
    decision = noted(called(circulated, personas), personas)
    other = made.draft(personas, starts_at=made.at_ten(90))
    for change in ({"minutes_approved_in": other}, {"state": "minutes_circulated", "minutes_approved_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.filter(approving_decision=decision).update(**change)
    assert clock.today() >= circulated.day
