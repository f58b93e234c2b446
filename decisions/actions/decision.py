"""Every write on a decision. Clause M-61: consensus after consultation; it is noted by a co-chair, never counted."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.templatetags.typography import deadline
from core.transitions import check_version, lock, move, require_move
from core.turns import take_turn
from decisions import deferral, emails, objection_emails, procedure, queries, register, subjects
from decisions.actions.effects import supersede
from decisions.calls import NotLater, require_consulted, require_future, require_worked
from decisions.consensus import awaits_another, check_consensus
from decisions.enums import BEFORE_NETWORK, GIVEN_UP, MAY_CHANGE, FollowUp, Mode
from decisions.models import Decision, DecisionText
from members.models import Entity, User


class TextIsFrozen(DomainError):
    """The text that a call is about does not change; a changed text needs a new call."""


@transaction.atomic
def propose_decision(
    *,
    title: str,
    text: str,
    mode: str = Mode.WRITTEN,
    subject_kind: str = "free",
    subject_id: str = "",
    proposed_by: Entity | None,
    responsible: Entity | None = None,
    due_on: date | None = None,
    takes_up: Decision | None = None,
    by: User,
) -> Decision:
    """Write a draft with the first version of its text.

    Args:
        takes_up: the proposal that was given up and is proposed anew.

    Raises:
        DomainError: the person belongs to no entity that could propose it, or what it takes up was not given up.
    """
    if proposed_by is None:
        raise DomainError(_("A decision is proposed by an entity, and you belong to none today."))
    if takes_up and takes_up.state not in GIVEN_UP:
        raise DomainError(_("“%s” was not given up: it is not proposed anew.") % takes_up)
    decision = Decision.objects.create(
        title=title,
        mode=mode,
        subject_kind=subject_kind,
        subject_id=subject_id,
        proposed_by=proposed_by,
        responsible=responsible,
        due_on=due_on,
        takes_up=takes_up,
        created_at=clock.now(),
        created_by=by,
    )
    DecisionText.objects.create(decision=decision, number=1, text=text, written_at=clock.now(), written_by=by)
    journal.record("propose_decision", decision, by=by, data={"entity": proposed_by.slug, "subject": subject_kind})
    return decision


def check_revisable(decision: Decision) -> None:
    """
    Raises:
        TextIsFrozen: positions are being given on the text, or were.
    """
    if decision.state not in MAY_CHANGE:
        raise TextIsFrozen(_("The text is frozen: entities are giving their positions on it, or have done so."))


@transaction.atomic
def revise_text(decision: Decision, *, title: str, text: str, note: str = "", version: int, by: User) -> DecisionText:
    """Write the next version of the text, while it is a draft or in consultation.

    Raises:
        TextIsFrozen: positions are being given on the text, or were.
        StaleVersion: somebody wrote another version meanwhile.
        DomainError: not a word is different.
    """
    decision = lock(decision)
    check_revisable(decision)
    check_version(decision, version)
    if (title, text) == (decision.title, queries.last_text(decision).text):
        raise DomainError(_("Not a word is different from version %s.") % queries.last_text(decision).number)
    decision.title, decision.version = title, decision.version + 1
    decision.save(update_fields=["title", "version"])
    last = decision.texts.aggregate(Max("number"))["number__max"]
    written = DecisionText.objects.create(
        decision=decision, number=last + 1, text=text, note=note, written_at=clock.now(), written_by=by
    )
    journal.record("revise_text", decision, by=by, data={"text": written.number, "note": note})
    return written


@transaction.atomic
def open_consultation(decision: Decision, *, ends_at: datetime, by: User) -> Decision:
    """Ask the Network what it thinks of the text, until ``ends_at``, under the rules of procedure of today.

    Raises:
        DomainError: the end is in the past.
        NotWorked: it falls on a day on which nobody works.
        TooShort: the consultation would be shorter than the rules allow.
    """
    decision = lock(decision)
    require_move(decision, "open_consultation")
    require_future(ends_at)
    require_worked(ends_at)
    rules, now = procedure.in_force(clock.today()), clock.now()
    require_consulted(rules, now, ends_at)
    move(
        decision, "open_consultation", by=by, consultation_opened_at=now, consultation_ends_at=ends_at, procedure=rules
    )
    emails.announce_consultation(decision)
    return decision


@transaction.atomic
def extend_consultation(decision: Decision, *, ends_at: datetime, reason: str, by: User) -> Decision:
    """Give the Network more time to comment, also once the time is over; who speaks for the members is told why.

    Raises:
        NotLater: the consultation already runs until then.
        NotWorked: it would end on a day on which nobody works.
        DomainError: no consultation is open, the end is in the past, or no reason is given.
    """
    decision = lock(decision)
    require_move(decision, "extend_consultation")
    if not reason.strip():
        raise DomainError(_("Say why more time is given."))
    require_future(ends_at)
    if decision.consultation_ends_at and ends_at <= decision.consultation_ends_at:
        until = deadline(decision.consultation_ends_at)
        raise NotLater(_("The consultation already runs until %s: choose a later day.") % until)
    require_worked(ends_at)
    data = {"reason": reason.strip(), "until": ends_at.isoformat()}
    move(decision, "extend_consultation", by=by, consultation_ends_at=ends_at, data=data)
    emails.announce_longer_consultation(decision, reason.strip())
    return decision


@transaction.atomic
def reopen_consultation(decision: Decision, *, reason: str, ends_at: datetime, by: User) -> Decision:
    """Go back to the text, for instance to meet an objection.

    Positions stay on record with the version they were given on, and count until another version is written;
    an objection counts until its entity says otherwise. Who speaks for the members is told, with the reason: the
    deadline that they were given is void.

    Raises:
        DomainError: the end is in the past.
        NotWorked: it falls on a day on which nobody works.
    """
    decision = lock(decision)
    require_move(decision, "reopen_consultation")
    require_future(ends_at)
    require_worked(ends_at)
    move(decision, "reopen_consultation", by=by, data={"reason": reason}, consultation_ends_at=ends_at)
    deferral.untable(decision, by=by)
    emails.announce_reopening(decision, reason)
    return decision


@transaction.atomic
def note_consensus(decision: Decision, *, by: User) -> Decision:
    """A co-chair notes that nobody objects; the decision gets its number and its subject follows.

    Where the rules of procedure ask for both, the first note waits for the other co-chair’s. An objection voids it.

    Raises:
        DomainError: as :func:`check_consensus`.
        NotedBefore: the same person noted it, and the other one is awaited.
    """
    decision = lock(decision)
    require_move(decision, "note_consensus")
    words = queries.last_words(decision)
    check_consensus(decision, words)
    if awaits_another(decision, by):
        return _note_first(decision, by)
    silent = [entity.slug for entity in queries.silent_entities(decision, words)]
    move(decision, "note_consensus", by=by, noted_at=clock.now(), noted_by=by, data={"silent": silent})
    _record(decision, by)
    emails.announce_adoption(decision)
    return decision


def _note_first(decision: Decision, by: User) -> Decision:
    decision.first_noted_at, decision.first_noted_by = clock.now(), by
    decision.save(update_fields=["first_noted_at", "first_noted_by"])
    journal.record("note_consensus_first", decision, by=by)
    emails.ask_other_chair(decision)
    return decision


def _record(decision: Decision, by: User) -> None:
    """Give the next number of the year, and seal the entry with the one before it (:mod:`decisions.register`).

    Under the lock of a transaction-wide advisory key, so that two decisions recorded at once get two numbers and one
    order.
    """
    take_turn("decisions.register", 0)
    year = clock.today().year
    decision.in_force_from = max(decision.in_force_from or clock.today(), clock.today())
    last = Decision.objects.filter(year=year).aggregate(Max("number"))["number__max"] or 0
    decision.year, decision.number, decision.recorded_at = year, last + 1, clock.now()
    replaced = supersede(decision, by=by)
    text, said = queries.last_text(decision), queries.positions(decision)
    translated = queries.translations_of(text)
    seal = register.seal(register.last_seal(), decision, text, said, replaced, translated)
    stamps = {
        "recorded_at": decision.recorded_at, "year": year, "number": last + 1, "seal": seal,
        "in_force_from": decision.in_force_from,
    }  # fmt: skip
    move(decision, "record", by=by, **stamps, data={"number": last + 1})
    for demand in subjects.demands_on(decision):
        demand.on_adopted(decision, by=by)
    if decision.subject.on_adopted:
        decision.subject.on_adopted(decision, by=by)
    subjects.recorded(decision, by=by)


@transaction.atomic
def withdraw_decision(decision: Decision, *, reason: str, by: User) -> Decision:
    """Take the proposal back; it stays on record with its reason, and who was asked about it is told."""
    decision = lock(decision)
    was_seen = decision.state in BEFORE_NETWORK
    decision = move(decision, "withdraw", by=by, data={"reason": reason})
    if was_seen:
        deferral.untable(decision, by=by)
        objection_emails.announce_withdrawal(decision, reason)
    return decision


def carried_out(decision: Decision, *, by: User) -> Decision:
    """For who registers a kind of decision that is carried out as it is recorded: nothing is left to be followed up."""
    return follow_up(decision, state=FollowUp.DONE, note="", version=lock(decision).version, by=by)


@transaction.atomic
def follow_up(decision: Decision, *, state: str, note: str, version: int, by: User) -> Decision:
    """Say where the execution of a recorded decision stands.

    Raises:
        DomainError: the decision is not adopted.
        StaleVersion: somebody else said it meanwhile.
    """
    decision = lock(decision)
    if not decision.number:
        raise DomainError(_("Only an adopted decision is followed up."))
    check_version(decision, version)
    decision.follow_up, decision.follow_up_note, decision.version = FollowUp(state), note, version + 1
    decision.save(update_fields=["follow_up", "follow_up_note", "version"])
    journal.record("follow_up", decision, by=by, data={"follow_up": state, "note": note})
    return decision
