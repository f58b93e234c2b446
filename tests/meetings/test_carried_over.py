"""Deferred decisions become items of an agenda by themselves (clauses M-52, M-61; ADR 21)."""

from email import message_from_bytes

import pytest

from core.errors import DomainError
from core.models import JournalEvent, OutboxMail
from decisions import actions as decisions
from decisions.enums import DecisionState
from decisions.models import Decision
from meetings import actions, todo
from meetings.deferred import meetings_ahead
from meetings.enums import AgendaKind, Kind
from tests.factories import decisions as decided
from tests.factories import meetings as met


def carrying(decision):
    """Title of each item that carries the decision, with its meeting."""
    return [(item.meeting, item.title, item.kind) for item in decision.agenda_items.order_by("pk")]


def deferred(personas, meeting=None):
    decision = decided.objected(personas)
    key = str(meeting.pk) if meeting else ""
    return decisions.defer_decision(decision, reason="À débattre", meeting=key, by=personas.co_chair_iom)


def test_deferred_decision_is_the_last_item_of_the_meeting_chosen(personas):
    met.convened(personas)
    later = met.draft(personas, starts_at=met.at_ten(40))

    decision = deferred(personas, later)

    assert carrying(decision) == [(later, "Cadrage du PTA", AgendaKind.CARRIED_OVER)]
    item = later.items.get(kind=AgendaKind.CARRIED_OVER)
    assert (item.order, item.lead_entity) == (2, personas.unicef)


def test_without_a_meeting_ahead_it_waits_for_the_next_one_prepared(personas):
    decision = deferred(personas)
    assert (decision.state, carrying(decision)) == (DecisionState.DEFERRED, [])

    with_partners = met.empty_draft(personas, kind=Kind.PARTNERS)
    assert not with_partners.items.exists()
    meeting = met.empty_draft(personas, starts_at=met.at_ten(40))

    assert [row[0] for row in carrying(decision)] == [meeting]


def test_decision_that_is_on_an_agenda_is_not_put_on_the_next_one(personas):
    meeting = met.convened(personas)
    decision = deferred(personas, meeting)

    later = met.empty_draft(personas, starts_at=met.at_ten(40))

    assert [row[0] for row in carrying(decision)] == [meeting]
    assert not later.items.exists()


def test_cancelled_meeting_hands_its_deferred_decisions_to_the_next_one(personas):
    meeting = met.convened(personas)
    decision = deferred(personas, meeting)
    later = met.draft(personas, starts_at=met.at_ten(40))

    actions.cancel_meeting(meeting, reason="Visite", by=personas.co_chair_iom)

    assert [row[0] for row in carrying(decision)] == [meeting, later]


def test_decision_that_a_meeting_left_undone_goes_to_the_next_one_prepared(personas):
    held = met.held(personas)
    decision = deferred(personas)

    later = met.empty_draft(personas, starts_at=met.at_ten(60))

    assert [row[0] for row in carrying(decision)] == [later]
    assert held.items.filter(decisions=decision).count() == 0


def test_decision_that_was_called_again_waits_for_no_meeting(personas):
    decision = deferred(personas)
    decided.called(decision, personas)

    meeting = met.empty_draft(personas)

    assert not meeting.items.exists()


def test_meeting_that_is_over_or_with_partners_takes_no_decision(personas):
    over, partners = met.held(personas), met.draft(personas, kind=Kind.PARTNERS, starts_at=met.at_ten(30))
    ahead = met.draft(personas, starts_at=met.at_ten(40))
    decision = decided.objected(personas)

    assert [key for key, _words in meetings_ahead()] == [str(ahead.pk)]
    for key in (str(over.pk), str(partners.pk), "", "plénière"):
        with pytest.raises(DomainError) as refused:
            decisions.defer_decision(decision, reason="À débattre", meeting=key, by=personas.co_chair_iom)
        assert refused.value.field == "meeting"
    assert Decision.objects.get().state == DecisionState.CALL


@pytest.mark.parametrize("ends", [
    lambda d, p: decisions.withdraw_decision(d, reason="Sans objet", by=p.focal_a),
    lambda d, p: decisions.close_without_consensus(d, reason="Sans accord", by=p.co_chair_iom),
    lambda d, p: decisions.reopen_consultation(d, reason="À revoir", ends_at=decided.soon(), by=p.co_chair_iom),
])  # fmt: skip
def test_decision_that_waits_no_more_leaves_the_agenda(personas, ends):
    meeting = met.convened(personas)
    decision = deferred(personas, meeting)
    before = list(meeting.items.exclude(decisions=decision).order_by("order").values_list("title", flat=True))

    ends(decision, personas)

    assert list(meeting.items.order_by("order").values_list("title", flat=True)) == before


def test_decision_waits_for_one_meeting(personas):
    first, second = met.convened(personas), met.draft(personas, starts_at=met.at_ten(40))
    decision = deferred(personas, first)

    given = {"reason": "Plus de temps", "meeting": str(second.pk), "by": personas.co_chair_iom}
    decisions.defer_decision(decision, **given)

    assert [row[0] for row in carrying(decision)] == [second]


def test_item_with_minutes_stays_where_it_was_discussed(personas):
    first, second = met.convened(personas), met.draft(personas, starts_at=met.at_ten(40))
    decision = deferred(personas, first)
    decision.agenda_items.update(minutes="Débattu sans accord.")

    decisions.defer_decision(decision, reason="Suite", meeting=str(second.pk), by=personas.co_chair_iom)

    assert [row[0] for row in carrying(decision)] == [first, second]


def test_item_comes_before_any_other_business(personas):
    review = met.empty_draft(personas, kind=Kind.ANNUAL_REVIEW)
    decision = deferred(personas, review)

    kinds = list(review.items.order_by("order").values_list("kind", flat=True))

    assert kinds[-2:] == [AgendaKind.CARRIED_OVER, AgendaKind.AOB]
    assert decision.agenda_items.get().order == len(kinds) - 1


def test_item_on_which_something_else_hangs_stays(personas):
    """A request that it answers, or a convened meeting that would be left without any item."""
    answering, alone = met.draft(personas), met.convened(personas, starts_at=met.at_ten(40))
    first, second = deferred(personas, answering), deferred(personas, alone)
    asked = actions.request_meeting(requested_by=personas.unicef, subject="Charte", by=personas.focal_a)
    given = {"answer": "added_to_agenda", "meeting": answering, "item": first.agenda_items.get()}
    actions.answer_meeting_request(asked, **given, by=personas.co_chair_iom)
    actions.remove_agenda_item(alone.items.earliest("order"), by=personas.secretariat)

    for decision in (first, second):
        decisions.withdraw_decision(decision, reason="Sans objet", by=personas.focal_a)

    assert [row[0] for row in carrying(first) + carrying(second)] == [answering, alone]


def test_journal_and_mail_name_the_meeting(personas):
    meeting = met.convened(personas)
    deferred(personas, meeting)

    event = JournalEvent.objects.get(verb="decisions.defer")
    assert event.data["meeting"].startswith(f"{meeting.title}, ")
    mail = OutboxMail.objects.filter(kind="decisions.deferral").latest("pk")
    assert meeting.title in message_from_bytes(bytes(mail.message)).get_payload()[0].get_payload(decode=True).decode()


def test_co_chairs_and_secretariat_find_a_meeting_for_what_is_on_no_agenda(personas):
    meeting = met.convened(personas)
    decision = deferred(personas, meeting)

    def asked():
        people = (personas.co_chair_iom, personas.secretariat, personas.focal_a)
        return [any(decision.title in item.title for item in todo.todo(person)) for person in people]

    assert asked() == [False, False, False]
    actions.cancel_meeting(meeting, reason="Visite", by=personas.co_chair_iom)
    assert asked() == [True, True, False]


def test_page_offers_the_meetings_ahead_and_leads_to_the_agenda(personas, sign_in):
    meeting = met.convened(personas)
    decision = decided.objected(personas)
    browser = sign_in(personas.co_chair_iom)
    assert meeting.title in browser.get(decision.get_absolute_url()).content.decode()

    given = {"meeting": str(meeting.pk), "reason": "À débattre"}
    page = browser.post(f"{decision.get_absolute_url()}reporter/", given, follow=True).content.decode()

    assert meeting.get_absolute_url() in page
    assert "Reportée à une réunion" in page
