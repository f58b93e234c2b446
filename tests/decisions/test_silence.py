"""Silence procedure (GA decision 74/544), where the rules allow it; deadlines, more time, and who is reminded."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.errors import DomainError, NotAllowedNow
from core.models import OutboxMail
from decisions import actions, consensus, queries, voice_pages
from decisions.actions import NoSilence, NotLater, NotWorked, TooShort
from decisions.enums import DecisionState, Mode, Stance
from decisions.tasks import watch_calls
from tests.factories import decisions as made
from tests.factories import procedure as ruled
from tests.mails import bodies, read

pytestmark = pytest.mark.django_db
MONDAY = timezone.make_aware(datetime(2026, 11, 16, 9))


@pytest.fixture
def silent_rules(personas):
    """From the Monday on which these calls open: silence of five working days is consent."""
    with clock.set_to(MONDAY - timedelta(days=7)):
        ruled.adopted(personas, silence_days=5)
    with clock.set_to(MONDAY):
        yield


def at(day, hour=17):
    return timezone.make_aware(datetime(2026, 11, day, hour))


def circulated(personas, *, deadline=None, mode=Mode.SILENCE):
    decision = made.in_consultation(personas)
    return actions.open_call(
        decision, deadline=deadline or at(24), mode=mode, close_early=True, by=personas.co_chair_iom
    )


def mails(kind):
    """Of the calls of this November: the rules were adopted before."""
    return OutboxMail.objects.filter(kind=f"decisions.{kind}", queued_at__gte=MONDAY).order_by("to", "pk")


def words(kind):
    text, _html = bodies(read(mails(kind).first()))
    return text


def told(kind):
    return [mail.to.partition("@")[0] for mail in mails(kind)]


def test_silence_is_consent_only_where_the_rules_say_so(personas):
    with pytest.raises(NoSilence, match="ne prennent pas le silence") as refused:
        circulated(personas, deadline=made.soon(20))
    assert refused.value.field == "mode"


@pytest.mark.parametrize(
    ("day", "error", "sentence"),
    [
        (20, TooShort, "5 jours ouvrables de silence\xa0: pas avant le lundi 23 novembre 2026, 9\xa0h\xa000"),
        (22, NotWorked, "dimanche 22 novembre 2026 n’est pas ouvré\xa0: choisissez le lundi 23 novembre 2026"),
    ],
)
def test_the_deadline_is_a_working_day_and_leaves_the_time_of_the_rules(personas, silent_rules, day, error, sentence):
    with pytest.raises(error, match=sentence) as refused:
        circulated(personas, deadline=at(day))
    assert refused.value.field == "day"


def test_the_last_of_the_working_days_counts_by_its_hour(personas, silent_rules):
    with pytest.raises(TooShort):
        circulated(personas, deadline=at(23, 8))
    assert circulated(personas, deadline=at(23, 9)).call_deadline == at(23, 9)


def test_a_call_that_is_given_up_for_its_text_is_told_with_the_reason(personas, silent_rules):
    decision = circulated(personas)

    given = {"reason": "À chiffrer.", "by": personas.co_chair_iom}
    with pytest.raises(NotWorked):
        actions.reopen_consultation(decision, ends_at=at(22), **given)
    actions.reopen_consultation(decision, ends_at=at(26), **given)
    assert told("reopening") == told("call")
    assert "À chiffrer." in words("reopening")


def test_a_text_that_is_called_on_again_unchanged_is_told_again(personas, silent_rules):
    """Or silence would be taken for the consent of who was never asked."""
    decision = circulated(personas)
    again = {"ends_at": at(26), "reason": "À relire.", "by": personas.co_chair_iom}
    with clock.set_to(MONDAY + timedelta(hours=1)):
        decision = actions.reopen_consultation(decision, **again)
    with clock.set_to(MONDAY + timedelta(hours=2)):
        called = {"deadline": at(24), "mode": Mode.SILENCE, "close_early": True}
        decision = actions.open_call(decision, **called, by=personas.co_chair_iom)
        actions.reopen_consultation(decision, **again)

    assert sorted(told("call")) == sorted(2 * list(set(told("call"))))
    assert sorted(told("reopening")) == sorted(told("call"))


def test_a_written_call_ends_on_a_working_day_too_and_one_in_session_when_the_meeting_does(personas, silent_rules):
    with pytest.raises(NotWorked):
        circulated(personas, deadline=at(21), mode=Mode.WRITTEN)
    assert circulated(personas, deadline=at(21), mode=Mode.IN_SESSION).state == DecisionState.CALL


def test_at_the_deadline_silence_is_consent_and_a_co_chair_notes_it(personas, silent_rules):
    decision = circulated(personas)
    with pytest.raises(DomainError):  # the clock has not run out
        actions.note_consensus(decision, by=personas.co_chair_iom)

    with clock.set_to(at(24, 18)):
        assert decision.state == DecisionState.CALL  # they note it, not the clock
        noted = actions.note_consensus(decision, by=personas.co_chair_iom)
        text = queries.last_text(noted)
        (group,) = voice_pages.voices(noted, text, queries.last_words(noted), [])
    assert noted.state == DecisionState.RECORDED
    assert (group.kind, len(group.voices)) == ("tacit", len(personas.members))


def test_the_outcome_is_told_to_all_in_both_languages(personas, silent_rules, sign_in):
    decision = circulated(personas)
    with clock.set_to(at(24, 18)):
        noted = actions.note_consensus(decision, by=personas.co_chair_iom)

    assert told("silence_result") == told("call")
    mail = mails("silence_result").first()
    assert mail.subject.startswith(
        f"[RNUM] {noted.reference}, Issue de la procédure de silence / Outcome of the silence procedure: "
    )
    body = words("silence_result")
    for said in ("No objection stands", noted.reference, queries.last_text(noted).fingerprint):
        assert said in body
    page = sign_in(personas.focal_a).get(noted.get_absolute_url()).text
    assert "Lettre de résultat" in page
    assert "No objection stands: a co-chair noted the consensus on" in page


def test_the_letter_does_not_say_that_a_procedure_ended_which_all_had_answered(personas, silent_rules):
    decision = circulated(personas)
    for entity in personas.members:
        made.heard_by_mail(decision, entity, personas.secretariat)
    actions.note_consensus(decision, by=personas.co_chair_iom)

    body = words("silence_result")

    assert "Toutes les entités qui ont voix se sont exprimées avant la fin de la procédure de silence" in body
    assert "All the entities that have a voice spoke before the end of the silence procedure" in body
    assert "The silence procedure ended" not in body


def test_an_objection_breaks_the_silence_and_everybody_is_told(personas, silent_rules):
    decision = circulated(personas)
    actions.state_position(
        decision, stance=Stance.OBJECTS, reason="Pas chiffré.", alternative="Chiffrer.", by=personas.focal_b
    )

    assert set(told("objection")) >= {one for one in told("call") if one != "pointfocal.onufemmes"}
    with clock.set_to(at(24, 18)):
        with pytest.raises(consensus.ObjectionStands):
            actions.note_consensus(decision, by=personas.co_chair_iom)
        watch_calls()
    assert "ONU-Femmes" in words("call_ended")


# --- More time -------------------------------------------------------------------------------------------------------
def test_more_time_is_given_for_the_same_text_and_told_with_the_reason(personas, silent_rules):
    decision = circulated(personas)

    longer = actions.extend_call(decision, deadline=at(27), reason="Fête nationale.", by=personas.co_chair_iom)
    assert (longer.call_deadline, longer.texts.get().number) == (at(27), 1)
    assert told("extension") == told("call")
    assert "Fête nationale." in words("extension")
    again = actions.extend_call(longer, deadline=at(30), reason="Encore.", by=personas.co_chair_iom)
    assert mails("extension").count() == 2 * mails("call").count()
    assert again.call_deadline == at(30)


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ({"deadline": at(23)}, NotLater, "court déjà jusqu’au"),
        ({"deadline": at(28)}, NotWorked, "n’est pas ouvré"),
        ({"reason": " "}, DomainError, "pourquoi"),
    ],
)
def test_time_that_is_no_more_time_is_refused(personas, silent_rules, change, error, sentence):
    given = {"deadline": at(27), "reason": "Congés.", "by": personas.co_chair_iom}

    with pytest.raises(error, match=sentence):
        actions.extend_call(circulated(personas), **{**given, **change})


def test_no_time_is_given_once_it_is_over_nor_for_a_meeting(personas, silent_rules):
    decision = circulated(personas)
    in_session = circulated(personas, mode=Mode.IN_SESSION)
    given = {"deadline": at(27), "reason": "Congés.", "by": personas.co_chair_iom}

    with pytest.raises(DomainError, match="avant l’échéance"):
        actions.extend_call(in_session, **given)
    with clock.set_to(at(24, 18)), pytest.raises(DomainError, match="avant l’échéance"):
        actions.extend_call(decision, **given)
    with pytest.raises(NotAllowedNow):
        actions.extend_call(made.draft(personas), **given)


# --- Reminders -------------------------------------------------------------------------------------------------------
def test_only_those_who_have_said_nothing_are_reminded_48_and_4_hours_before(personas, silent_rules):
    decision = circulated(personas)
    actions.state_position(decision, stance=Stance.SUPPORTS, by=personas.focal_b)

    for day, hour, count in ((22, 16, 0), (22, 18, 1), (23, 12, 1), (24, 13, 2), (24, 16, 2)):
        with clock.set_to(at(day, hour)):
            watch_calls()
            watch_calls()  # asked again, it tells nobody twice
        assert told("reminder").count("pointfocal.unicef") == count, (day, hour)
    assert "pointfocal.onufemmes" not in told("reminder")


def test_a_call_shorter_than_48_hours_reminds_once(personas, silent_rules):
    circulated(personas, deadline=at(17), mode=Mode.WRITTEN)

    with clock.set_to(MONDAY + timedelta(minutes=10)):
        watch_calls()
    assert told("reminder") == []
    with clock.set_to(at(17, 14)):
        watch_calls()
    assert told("reminder").count("pointfocal.unicef") == 1


def test_the_co_chairs_are_told_once_that_the_time_is_over(personas, silent_rules):
    decision = circulated(personas)

    for hour in (18, 19):
        with clock.set_to(at(24, hour)):
            watch_calls()
    assert told("call_ended") == ["copresidence.hcdh", "copresidence.oim"]
    assert "constate le consensus" in words("call_ended")
    with clock.set_to(at(24, 20)):
        actions.note_consensus(decision, by=personas.co_chair_iom)
    with clock.set_to(at(27, 9)):
        watch_calls()
    assert mails("call_ended").count() == 2


# --- Page ------------------------------------------------------------------------------------------------------------
def test_the_page_says_what_silence_means_and_of_which_text(personas, silent_rules, sign_in):
    decision = circulated(personas)

    page = sign_in(personas.focal_a).get(decision.get_absolute_url()).content.decode()
    assert "son silence vaut accord" in page
    assert queries.last_text(decision).fingerprint in page
    assert "Prolonger" not in page
    assert "Prolonger" in sign_in(personas.co_chair_iom).get(decision.get_absolute_url()).content.decode()


def test_silence_is_offered_where_the_rules_allow_it(personas, silent_rules, sign_in):
    page = sign_in(personas.secretariat).get(made.in_consultation(personas).get_absolute_url())
    assert (Mode.SILENCE, "par procédure de silence") in page.context["call_form"].fields["mode"].choices

    with clock.set_to(MONDAY - timedelta(days=30)):
        page = sign_in(personas.secretariat).get(made.in_consultation(personas).get_absolute_url())
    assert Mode.SILENCE not in dict(page.context["call_form"].fields["mode"].choices)


def test_a_second_call_names_the_objection_that_stands_in_words(personas, silent_rules):
    decision = circulated(personas)
    actions.state_position(
        decision, stance=Stance.OBJECTS, reason="Pas chiffré.", alternative="Chiffrer.", by=personas.focal_b
    )
    with clock.set_to(MONDAY + timedelta(hours=1)):
        again = {"ends_at": at(26), "reason": "À relire.", "by": personas.co_chair_iom}
        decision = actions.reopen_consultation(decision, **again)
        called = {"deadline": at(24), "mode": Mode.SILENCE, "close_early": True}
        actions.open_call(decision, **called, by=personas.co_chair_iom)

    text, html = bodies(read(mails("call").last()))
    assert "Une objection tient (ONU-Femmes)" in text
    assert "Une objection tient (ONU-Femmes)" in html


def test_no_quorum_is_shown_of_a_silence_that_is_consent(personas, sign_in):
    ruled.adopted(personas, silence_days=1, quorum=50)
    decision = made.called(made.draft(personas), personas, mode=Mode.SILENCE)
    page = sign_in(personas.focal_a).get(decision.get_absolute_url())
    assert "Quorum" not in [str(row.label) for row in page.context["facts"]]


@pytest.mark.parametrize("step", ["consultation_open", "call_open"])
def test_a_few_hours_are_given_when_that_is_meant(personas, sign_in, step):
    """Whatever the rules allow: who is on mission that day loses their say."""
    decision = made.draft(personas) if step == "consultation_open" else made.in_consultation(personas)
    client, address = sign_in(personas.co_chair_iom), reverse(f"decisions:{step}", args=[decision.pk])
    until = timezone.localtime(clock.now() + timedelta(hours=3))
    sent = {
        "day": f"{until:%Y-%m-%d}",
        "hour": f"{until:%H:%M}",
        "mode": "written",
        "text_number": 1,
        "close_early": "on",
    }

    asked = client.post(address, sent)
    assert asked.status_code == 422
    assert "moins d’un jour ouvrable" in asked.text
    assert 'name="so_soon"' in asked.text

    assert client.post(address, sent | {"so_soon": "on"}).status_code == 302


def test_once_the_call_is_over_no_form_asks_for_a_position(personas, sign_in):
    """Who objects may still lift it; the page says that the call is over."""
    decision = made.in_call(personas)
    said = {"stance": Stance.OBJECTS, "reason": "Pas chiffré.", "alternative": "Chiffrer."}
    actions.state_position(decision, **said, by=personas.focal_b)
    with clock.set_to(decision.call_deadline + timedelta(hours=1)):
        asked = {
            name: sign_in(getattr(personas, name)).get(decision.get_absolute_url()).context["position_form"]
            for name in ("focal_a", "focal_b")
        }
    assert asked["focal_a"] is None
    assert [value for value, _label in asked["focal_b"].fields["stance"].choices] == [Stance.LIFTS_OBJECTION]


def test_the_history_tells_how_the_consultation_ended(personas, sign_in):
    decision = made.called(
        made.amended(made.in_consultation(personas), personas).decision, personas, leave_unanswered=True
    )

    page = sign_in(personas.focal_a).get(decision.get_absolute_url())

    (detail,) = [str(event.detail) for event in page.context["history"] if "arrêtée" in str(event.sentence)]
    assert "Cela met fin à la consultation, annoncée jusqu’au" in detail
    assert "1 commentaire est resté sans réponse." in detail
