"""Who leaves hands over: ties the day after, open duties at once, and what was done keeps its author (M-39, M-57)."""

import email
from datetime import timedelta
from email import policy
from unittest.mock import patch

import pytest
from django.urls import reverse

from core import clock
from core.checks import StaleCheck
from core.errors import DomainError
from core.models import OutboxMail
from core.personal import accounted_links
from core.refusals import Refused
from decisions.models import Position
from members import actions, duties, queries
from members.models import CoChairTerm, FocalPoint, InstitutionalRole
from members.succession import Choice, reckon
from tests.factories import decisions as decided
from tests.factories import meetings as met
from tests.factories.partners import PartnerContactFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def hand_over(person, successor, by, **more):
    return actions.hand_over(person, successor=successor, last_day=clock.today(), **more, by=by)


def rank_on(person, day):
    tie = FocalPoint.objects.on(day).filter(person=person).first()
    return tie and tie.rank


def undertaken(personas, person, entity):
    """An open action point of this person, in minutes that are approved: what they say stays as it was agreed."""
    point = met.action_point(personas, met.circulated(personas), responsible=entity, person=person)
    met.approve(point.agenda_item.meeting, personas)
    point.refresh_from_db()
    return point


# --- What changes hands ----------------------------------------------------------------------------------------------
def test_alternate_becomes_principal_the_day_after_and_leaves_an_empty_seat(personas):
    hand_over(personas.focal_a, personas.alternate_a, personas.secretariat)

    today = clock.today()
    assert (rank_on(personas.focal_a, today), rank_on(personas.alternate_a, today)) == ("principal", "alternate")
    assert (rank_on(personas.focal_a, today + DAY), rank_on(personas.alternate_a, today + DAY)) == (None, "principal")
    assert personas.unicef in queries.members_without("alternate", today + DAY)


def test_open_action_points_change_hands_and_minutes_go_on_naming_whom_they_named(personas):
    point = undertaken(personas, personas.focal_a, personas.unicef)

    hand_over(personas.focal_a, personas.alternate_a, personas.secretariat)

    point.refresh_from_db()
    assert (point.person, point.carrier) == (personas.focal_a, personas.alternate_a)


def test_what_is_done_keeps_whoever_did_it(personas):
    from meetings.actions import close_action_point  # noqa: PLC0415 - the floor above

    point = undertaken(personas, personas.focal_a, personas.unicef)
    close_action_point(point, note="Fait.", by=personas.focal_a)
    call = decided.in_call(personas)
    said = decided.actions.state_position(call, stance="supports", by=personas.focal_a)

    hand_over(personas.focal_a, personas.alternate_a, personas.secretariat)

    point.refresh_from_db()
    assert point.carrier == personas.focal_a
    assert Position.objects.get(pk=said.pk).author == personas.focal_a


def test_rapporteur_of_meetings_to_come_changes(personas):
    meeting = met.convened(personas, rapporteur=personas.focal_a)

    hand_over(personas.focal_a, personas.alternate_a, personas.secretariat)

    meeting.refresh_from_db()
    assert meeting.rapporteur == personas.alternate_a


def test_roles_and_seat_go_along_when_it_is_said(personas):
    actions.grant_role(personas.co_chair_ohchr, role="rc_office", starts_on=clock.today(), by=personas.secretariat)
    new = actions.add_person(email="nouveau@hcdh.example.org", given_name="Ndèye", family_name="Sall", by=None)
    before = CoChairTerm.objects.get(person=personas.co_chair_ohchr)

    hand_over(personas.co_chair_ohchr, new, personas.secretariat, roles=True, seat=True)

    tomorrow = clock.today() + DAY
    term = CoChairTerm.objects.on(tomorrow).get(seat=before.seat)
    assert (term.person, term.entity, term.ends_on) == (new, before.entity, before.ends_on)
    assert InstitutionalRole.objects.on(tomorrow).filter(person=new, role="rc_office").exists()


def test_secretariat_is_handed_over_without_a_day_of_nobody(personas):
    new = actions.add_person(email="nouveau@oim.example.org", given_name="Ndèye", family_name="Sall", by=None)

    hand_over(personas.secretariat, new, personas.secretariat, roles=True)

    holders = [InstitutionalRole.objects.on(clock.today() + n * DAY).get(role="secretariat").person for n in (0, 1)]
    assert holders == [personas.secretariat, new]


def test_both_are_told_by_mail(personas):
    undertaken(personas, personas.focal_a, personas.unicef)
    hand_over(personas.focal_a, personas.alternate_a, personas.secretariat)

    mails = OutboxMail.objects.filter(kind="members.succession")
    assert set(mails.values_list("to", flat=True)) == {personas.focal_a.email, personas.alternate_a.email}
    for mail in mails:
        message = email.message_from_bytes(bytes(mail.message), policy=policy.default)
        words = message.get_body(("plain",)).get_content()
        assert "Change de mains : Point focal titulaire, UNICEF" in words.replace("\xa0", " ")
        assert "Points d’action : 1" in words.replace("\xa0", " ")


def test_a_failure_on_any_floor_leaves_everything_as_it_was(personas):
    point = undertaken(personas, personas.focal_a, personas.unicef)
    met.convened(personas, rapporteur=personas.focal_a)

    with patch("meetings.duties.actions.hand_over_minutes", side_effect=RuntimeError), pytest.raises(RuntimeError):
        hand_over(personas.focal_a, personas.alternate_a, personas.secretariat)

    point.refresh_from_db()
    assert point.carrier == personas.focal_a
    assert rank_on(personas.focal_a, clock.today() + DAY) == "principal"


# --- What is refused -------------------------------------------------------------------------------------------------
def test_succession_is_refused_in_words(personas):
    today = clock.today()
    actions.deactivate_person(personas.no_entity, by=personas.secretariat)
    personas.no_entity.refresh_from_db()
    refusals = {
        "themselves": (Choice(personas.focal_a, personas.focal_a, today), "successor"),
        "another entity": (Choice(personas.focal_a, personas.focal_b, today), "successor"),
        "closed account": (Choice(personas.focal_a, personas.no_entity, today), "successor"),
        "before the first day": (Choice(personas.focal_a, personas.alternate_a, today - 9000 * DAY), "last_day"),
    }

    for case, (choice, field) in refusals.items():
        with pytest.raises(Refused) as refused:
            reckon(choice)
        assert refused.value.field == field, case


def test_nobody_left_before_the_last_act_they_did(personas):
    yesterday = clock.today() - DAY
    reckon(Choice(personas.focal_a, personas.alternate_a, yesterday))
    actions.edit_entity(personas.unicef, website="https://unicef.example.org", version=1, by=personas.focal_a)

    with pytest.raises(Refused, match="a encore agi le 16 juin 2026") as refused:
        reckon(Choice(personas.focal_a, personas.alternate_a, yesterday))

    assert refused.value.field == "last_day"
    assert reckon(Choice(personas.focal_a, personas.alternate_a, clock.today())).focal


def test_those_who_answer_for_a_partner_or_oversee_are_not_offered(personas):
    contact = PartnerContactFactory().person
    offered = set(queries.successors_of(personas.focal_a, clock.today()))

    assert {personas.alternate_a, personas.no_entity} <= offered
    assert offered.isdisjoint({contact, personas.administrator, personas.rc_office, personas.focal_b})


def test_with_nothing_ticked_the_page_says_what_may_go_along(personas, sign_in):
    chosen = {"successor": personas.no_entity.pk, "last_day": clock.today()}
    page = sign_in(personas.secretariat).get(reverse("members:succession", args=[personas.co_chair_ohchr.pk]), chosen)

    assert "cochez-les" in page.content.decode()


def test_successor_keeps_their_rank_where_the_tie_was_over_anyhow(personas):
    """The last day was set before: only duties are left to hand over."""
    undertaken(personas, personas.focal_a, personas.unicef)
    actions.end_tie(FocalPoint.objects.get(person=personas.focal_a), ends_on=clock.today(), by=personas.secretariat)

    hand_over(personas.focal_a, personas.alternate_a, personas.secretariat)

    assert rank_on(personas.alternate_a, clock.today() + DAY) == "alternate"


def test_who_holds_nothing_has_nothing_to_hand_over(personas):
    with pytest.raises(DomainError):
        hand_over(personas.no_entity, personas.alternate_a, personas.secretariat)


def test_what_was_checked_and_changed_since_is_not_handed_over(personas):
    seen = reckon(Choice(personas.focal_a, personas.alternate_a, clock.today())).word
    undertaken(personas, personas.focal_a, personas.unicef)

    with pytest.raises(StaleCheck):
        hand_over(personas.focal_a, personas.alternate_a, personas.secretariat, seen=seen)

    assert rank_on(personas.focal_a, clock.today() + DAY) == "principal"


# --- Nothing is forgotten --------------------------------------------------------------------------------------------
# Links that say who did, said or was something: they stay whoever succeeds. A new link to a person stands here, or an
# app registers who takes it over.
TIES = {
    "members.FocalPoint.person", "members.Delegation.person", "members.Delegation.giver",
    "members.CoChairTerm.person", "members.InstitutionalRole.person",
}  # fmt: skip
KEPT = {
    "account.EmailAddress.user", "core.Job.ordered_by", "core.JournalEvent.actor", "core.OutboxMail.recipient",
    "core.UsedToken.person", "decisions.Candidacy.person", "socialaccount.SocialAccount.user",
    "decisions.Candidacy.put_by", "decisions.Comment.answered_by", "decisions.Comment.author",
    "decisions.Nomination.opened_by", "decisions.Sounding.opened_by",
    "decisions.Decision.created_by", "decisions.Decision.noted_by",
    "decisions.Decision.first_noted_by",
    "decisions.DecisionText.written_by", "decisions.Translation.written_by",
    "decisions.OnBehalf.answered_by", "decisions.Position.author",
    "decisions.Facilitation.author", "decisions.Referral.asked_by", "decisions.Referral.recorded_by",
    "decisions.RulesOfProcedure.prepared_by",
    "meetings.CalendarFeed.person", "meetings.CalendarReply.person",
    "meetings.GroupReview.noted_by", "meetings.GuestPass.given_by", "meetings.GuestPass.revoked_by",
    "meetings.ActionPoint.created_by", "meetings.ActionPoint.done_by", "meetings.Attendance.person",
    "meetings.Meeting.agenda_published_by", "meetings.Meeting.cancelled_by", "meetings.Meeting.convened_by",
    "meetings.Meeting.created_by", "meetings.Meeting.minutes_approved_by", "meetings.Meeting.minutes_circulated_by",
    "meetings.Meeting.postponed_by", "meetings.MeetingRequest.answered_by", "meetings.MeetingRequest.author",
    "meetings.Remark.answered_by", "meetings.Remark.author", "meetings.Reply.person", "members.Import.checked_by",
    "members.Invitation.invited_by",
    "members.Invitation.person", "members.PartnerContact.person",
    "outreach.Engagement.recorded_by", "outreach.Publication.recorded_by",
    "mfa.Authenticator.user", "usersessions.UserSession.user",
}  # fmt: skip


def test_every_link_to_a_person_changes_hands_or_is_known_to_stay():
    moved = {link for charge in duties.charges() for link in charge.links}
    others = {link for link in accounted_links() if link.startswith(("workplan.", "reports."))}

    assert accounted_links() == moved | TIES | KEPT | others


# --- Pages -----------------------------------------------------------------------------------------------------------
def test_page_shows_what_changes_hands_before_it_does(personas, sign_in):
    undertaken(personas, personas.focal_a, personas.unicef)
    call = decided.in_call(personas)
    client, address = sign_in(personas.secretariat), reverse("members:succession", args=[personas.focal_a.pk])
    choice = {"successor": personas.alternate_a.pk, "last_day": f"{clock.today():%Y-%m-%d}"}

    shown = client.get(address, choice)
    page = shown.content.decode()
    assert [said for said in ("Partager la cartographie", call.title, "devient vacant") if said not in page] == []

    sent = {**choice, "once": shown.context["form"]["once"].value(), "seen": shown.context["seen"]}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302  # pressed twice
    assert rank_on(personas.alternate_a, clock.today() + DAY) == "principal"


def test_form_says_why_by_the_field_and_keeps_the_day(personas, sign_in):
    address = reverse("members:succession", args=[personas.focal_a.pk])

    answer = sign_in(personas.secretariat).get(
        address, {"successor": personas.focal_b.pk, "last_day": f"{clock.today():%Y-%m-%d}"}
    )

    assert answer.status_code == 422
    assert "successor" in answer.context["form"].errors
    assert f"{clock.today():%Y-%m-%d}" in answer.content.decode()


def test_empty_seats_are_listed(personas, sign_in):
    FocalPoint.objects.filter(person=personas.alternate_a).update(ends_on=clock.today() - DAY)
    assert personas.unicef not in queries.members_nobody_signs_in_for(clock.today())
    actions.deactivate_person(personas.focal_a, by=personas.secretariat)

    page = sign_in(personas.secretariat).get(reverse("members:empty_seats"))

    assert personas.unicef not in page.context["without_principal"]
    assert personas.unicef in page.context["without_alternate"]
    assert personas.unicef in page.context["unreachable"]
