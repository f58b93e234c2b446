"""Naming a co-chair: call for candidates → consultation → decision of the annual review → term (clauses M-47, M-75)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused
from core.templatetags.typography import long_day
from core.transitions import lock, move, require_move
from decisions import nomination, nomination_emails
from decisions.actions.decision import propose_decision
from decisions.actions.soundings import end_sounding, require_no_sounding, running
from decisions.enums import GIVEN_UP, Mode
from decisions.models import Candidacy, Decision, Nomination
from members.actions import record_co_chair_term
from members.actions.ties import check_co_chair
from members.enums import Seat
from members.models import CoChairTerm, Entity, User
from members.queries import entities_with_voice


@transaction.atomic
def open_nomination(
    *, seat: str, starts_on: date, ends_on: date, closes_on: date, message: str = "", by: User | None
) -> Nomination:
    """Call the members for candidates to a seat, until ``closes_on`` included. They are told by mail.

    Raises:
        Refused: the seat does not rotate, is held or called for already, the days are in disorder, or the term is
            longer than a year (clause M-47).
    """
    if not nomination.rotates(Seat(seat), clock.today()):
        raise Refused(_("This seat does not rotate under the rules of procedure in force."), "seat")
    if closes_on < clock.today():
        raise Refused(_("Candidacies are received until today at the earliest."), "closes_on")
    if closes_on >= starts_on:
        raise Refused(_("Candidacies close before the term begins."), "closes_on")
    if ends_on < starts_on:
        raise Refused(_("The last day is before the first one."), "ends_on")
    if ends_on > nomination.last_day_of_a_year(starts_on):
        raise Refused(_("The seats rotate every year (mandate): a term lasts a year at most."), "ends_on")
    held = CoChairTerm.objects.between(starts_on, ends_on).filter(seat=seat).select_related("person").first()
    if held:
        raise Refused(_("%s holds this seat on one of these days.") % held.person, "starts_on")
    call = Nomination(
        seat=seat, starts_on=starts_on, ends_on=ends_on, closes_on=closes_on, message=message, opened_by=by
    )  # fmt: skip
    with nomination.refusals(Nomination):
        call.save(force_insert=True)
    journal.record("open_nomination", call, by=by, data={"seat": seat, "closes_on": closes_on})
    nomination_emails.announce_nomination(call)
    return call


@transaction.atomic
def put_forward(call: Nomination, *, entity: Entity, person: User, statement: str = "", by: User | None) -> Candidacy:
    """An entity offers to hold the seat, with the person who would; both are told, unless they did it themselves.

    Raises:
        DomainError: the call is closed.
        Refused: the entity is no full member or a candidate already, or the person could not hold the seat.
    """
    call = lock(call)
    check_receiving(call)
    if not entities_with_voice(clock.today()).filter(pk=entity.pk).exists():
        raise Refused(_("%s is not a full member today.") % entity, "entity")
    check_co_chair(person, entity, call.starts_on, call.ends_on)
    candidacy = Candidacy(nomination=call, entity=entity, person=person, statement=statement, put_by=by)
    with nomination.refusals(Candidacy):
        candidacy.save(force_insert=True)
    journal.record("put_forward", call, by=by, data={"entity": str(entity), "person": str(person)})
    nomination_emails.tell_candidacy(candidacy)
    return candidacy


def check_receiving(call: Nomination) -> None:
    """Refuse as :func:`put_forward` does, before its form is shown."""
    if not call.is_open:
        raise DomainError(_("Candidacies were received until %s.") % long_day(call.closes_on))


@transaction.atomic
def withdraw_candidacy(candidacy: Candidacy, *, by: User) -> Candidacy:
    """The entity no longer offers; what it had said stays on record, what a running sounding counted of it does not.

    Raises:
        DomainError: the Network has this candidacy before it, or it was withdrawn already.
    """
    call = lock(candidacy.nomination)
    candidacy = lock(candidacy)
    if candidacy.withdrawn_at:
        raise DomainError(_("This candidacy is withdrawn already."))
    if call.chosen_id == candidacy.pk:
        raise DomainError(_("The Network has this candidacy before it: the decision is withdrawn first."))
    candidacy.withdrawn_at = clock.now()
    candidacy.save(update_fields=["withdrawn_at"])
    if sounding := running(call):
        sounding.tallies.filter(candidacy=candidacy).delete()
    journal.record("withdraw_candidacy", call, by=by, data={"entity": str(candidacy.entity)})
    return candidacy


@transaction.atomic
def propose_co_chair(
    call: Nomination, *, candidacy: Candidacy, title: str, text: str, entity: Entity | None, by: User
) -> Nomination:
    """Bring one candidacy before the Network: a decision, for the annual review to take (clause M-75).

    Raises:
        NotAllowedNow: the Network has a proposal already.
        DomainError: candidacies are still received, the members are being sounded, the person belongs to no entity
            that could propose.
        Refused: the candidacy is not one of this call, or was withdrawn.
    """
    call = lock(call)
    check_proposable(call)
    candidacy = lock(candidacy)
    if candidacy.nomination_id != call.pk or candidacy.withdrawn_at:
        raise Refused(_("This candidacy is withdrawn, or of another call."), "candidacy")
    decision = propose_decision(
        title=title, text=text, mode=Mode.IN_SESSION, subject_kind=nomination.SUBJECT, subject_id=str(call.pk),
        proposed_by=entity, by=by,
    )  # fmt: skip
    return move(
        call, "propose_co_chair", by=by, decision=decision, chosen=candidacy, data={"candidate": str(candidacy)}
    )  # fmt: skip


def check_proposable(call: Nomination) -> None:
    """Refuse as :func:`propose_co_chair` does, before its form is shown."""
    require_move(call, "propose_co_chair")
    if call.is_open:
        raise DomainError(_("Candidacies are received until %s: the proposal comes after.") % long_day(call.closes_on))
    require_no_sounding(call)
    if not call.candidacies.standing().exists():
        raise DomainError(_("Nobody is a candidate: withdraw this call and open another one."))


@transaction.atomic
def rework_nomination(call: Nomination, *, by: User) -> Nomination:
    """Take the call up again after its decision was withdrawn.

    Raises:
        DomainError: the decision is still before the Network: it is withdrawn first.
    """
    call = lock(call)
    require_move(call, "rework_nomination")
    if call.decision and call.decision.state not in GIVEN_UP:
        raise DomainError(_("“%s” is still before the Network: it is withdrawn first.") % call.decision.title)
    return move(call, "rework_nomination", by=by, decision=None, chosen=None)


@transaction.atomic
def withdraw_nomination(call: Nomination, *, reason: str, by: User) -> Nomination:
    """Give the call up, and tell the members why; it stays on record with its candidates, without what a running
    sounding counted.
    """
    call = lock(call)
    if sounding := running(call):
        end_sounding(sounding, is_kept=False)
    nomination_emails.tell_nomination_withdrawn(call, reason)
    return move(call, "withdraw_nomination", by=by, data={"reason": reason})


def co_chair_named(decision: Decision, *, by: User) -> None:
    """The decision was recorded: the term begins on its day, held by whom the Network chose.

    Raises:
        Refused: the person can no longer hold the seat, so that the consensus cannot be noted on this text.
    """
    call = lock(Nomination.objects.get(decision=decision))
    chosen: Any = call.chosen  # the database has one for each call that is before the Network
    term = record_co_chair_term(
        chosen.entity, seat=call.seat, person=chosen.person, starts_on=call.starts_on, ends_on=call.ends_on,
        basis=decision.reference, by=by,
    )  # fmt: skip
    move(call, "name_co_chair", by=by, term=term, data={"person": str(chosen.person), "decision": decision.reference})
