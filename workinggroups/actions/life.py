"""Every write on working groups, from the need to the closing note (clauses M-64 to M-67)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused, refusals_of
from core.templatetags.typography import deadline
from core.transitions import check_version, lock, move, require_move
from core.turns import take_turn
from core.uploads import kept_name
from decisions.actions import propose_decision
from decisions.models import Decision
from frameworks.models import GcmObjective
from members.models import Entity, Partner, User
from members.queries import entities_taking_part
from workinggroups import emails, queries, step_emails
from workinggroups import terms as terms_of_reference
from workinggroups.enums import AT_WORK, TEXT_OF_A_GROUP, GroupState
from workinggroups.models import GroupMember, WorkingGroup

FACTS = ("title_fr", "title_en", "need", "terms")
refusals = refusals_of(
    {
        "group_member_in_order": "ends_on", "group_member_entity_once": "who", "group_member_partner_once": "who",
    }
)  # fmt: skip


class GroupIsOver(DomainError):
    """The group is closed or was withdrawn: nobody and nothing is added to it any more."""


@transaction.atomic
def propose_group(
    *,
    title_fr: str,
    title_en: str = "",
    need: str,
    terms: str,
    objectives: Iterable[GcmObjective] = (),
    proposed_by: Entity | None,
    by: User,
) -> WorkingGroup:
    """Say which need a group would answer, and on what terms of reference (clauses M-64, M-66).

    Raises:
        DomainError: the person belongs to no entity that could propose.
        Refused: nothing is written under the headings of the terms of reference.
    """
    if proposed_by is None:
        raise DomainError(_("A group is proposed by an entity, and you belong to none today."))
    _require_written(terms)
    take_turn("workinggroups.number", 0)
    last = WorkingGroup.objects.aggregate(Max("number"))["number__max"] or 0
    group = WorkingGroup.objects.create(
        number=last + 1, title_fr=title_fr, title_en=title_en, need=need, terms=terms, proposed_by=proposed_by,
        proposed_at=clock.now(),
    )  # fmt: skip
    group.objectives.set(objectives)
    journal.record("propose_group", group, by=by)
    step_emails.tell_proposed(group, by)
    return group


def _require_written(words: str) -> None:
    if terms_of_reference.is_blank(words):
        raise Refused(_("Write under these headings: the terms of reference are what the Network adopts."), "terms")


@transaction.atomic
def edit_group(
    group: WorkingGroup, *, version: int, objectives: Iterable[GcmObjective] | None = None, by: User, **values: Any
) -> WorkingGroup:
    """Change the proposal until the Network has it before it.

    Raises:
        StaleVersion: somebody changed it meanwhile.
        DomainError: it is before the Network, or beyond.
        Refused: nothing is written under the headings of the terms of reference.
    """
    if unknown := values.keys() - set(FACTS):
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    group = lock(group)
    check_editable(group)
    check_version(group, version)
    _require_written(values.get("terms", group.terms))
    changed = [name for name, value in values.items() if getattr(group, name) != value]
    for name in changed:
        setattr(group, name, values[name])
    group.version += 1
    group.save(update_fields=[*changed, "version"])
    if objectives is not None:
        group.objectives.set(objectives)
    journal.record("edit_group", group, by=by, data={"fields": changed})
    return group


def check_editable(group: WorkingGroup) -> None:
    """Refuse as :func:`edit_group` does, before its form is shown."""
    if group.state != GroupState.PROPOSED or queries.is_before_network(group):
        raise DomainError(_("The proposal is before the Network, or decided: it is no longer changed."))


@transaction.atomic
def withdraw_group(group: WorkingGroup, *, by: User) -> WorkingGroup:
    """Give the proposal up; it stays on record.

    Raises:
        DomainError: the Network has it before it: the decision is withdrawn first.
    """
    group = lock(group)
    require_move(group, "withdraw_group")
    require_not_before_network(group)
    return move(group, "withdraw_group", by=by)


@transaction.atomic
def forward_text(group: WorkingGroup, *, title: str, text: str, entity: Entity | None, by: User) -> Decision:
    """Hand a text of the group to the Network, as the draft of a decision that names the group it comes from.

    Raises:
        DomainError: the group is not at work, or the person belongs to no entity that could propose.
    """
    group = lock(group)
    check_forwardable(group)
    decision = propose_decision(
        title=title, text=text, subject_kind=TEXT_OF_A_GROUP, subject_id=str(group.pk), proposed_by=entity, by=by
    )
    journal.record("forward_text", group, by=by)
    emails.tell_forwarded(group, decision, by)
    return decision


def require_not_before_network(group: WorkingGroup) -> None:
    if queries.is_before_network(group):
        raise DomainError(_("“%s” is before the Network: that decision is withdrawn first.") % group.decision)


def check_forwardable(group: WorkingGroup) -> None:
    """Refuse as :func:`forward_text` does, before its form is shown."""
    if group.state not in AT_WORK:
        raise DomainError(_("A group hands texts to the Network while it is at work."))


@transaction.atomic
def submit_to_unct(group: WorkingGroup, *, submitted_on: date, by: User) -> WorkingGroup:
    """The terms of reference were sent to the country team (clause M-65).

    Raises:
        Refused: on a day to come, or before the Network endorsed the group.
    """
    group = lock(group)
    require_move(group, "submit_to_unct")
    decided: Any = group.decision
    _require_between(submitted_on, decided.recorded_at.date(), "submitted_on")
    group = move(group, "submit_to_unct", by=by, submitted_on=submitted_on)
    step_emails.tell_submitted(group, by)
    return group


@transaction.atomic
def return_from_unct(group: WorkingGroup, *, reason: str, by: User) -> WorkingGroup:
    """The country team asks for something else: the group is submitted again later, as it stands or on other terms."""
    group = move(lock(group), "return_from_unct", by=by, data={"reason": reason})
    step_emails.tell_returned(group, reason, by)
    return group


@transaction.atomic
def record_unct_endorsement(
    group: WorkingGroup, *, validated_on: date, unct_reference: str, record: UploadedFile | None = None, by: User
) -> WorkingGroup:
    """The country team validated the group (clause M-65).

    Args:
        unct_reference: of its minutes or letter.
        record: that paper; checked by :class:`core.uploads.DocumentField`.

    Raises:
        Refused: on a day to come, or before it was submitted.
    """
    group = lock(group)
    require_move(group, "record_unct_endorsement")
    _require_between(validated_on, group.submitted_on, "validated_on")
    stamps: dict[str, Any] = {"validated_on": validated_on, "unct_reference": unct_reference}
    if record:
        stamps |= {"unct_record": record, "unct_record_name": kept_name(str(record.name))}
    group = move(group, "record_unct_endorsement", by=by, data={"reference": unct_reference}, **stamps)
    step_emails.tell_validated(group, by)
    return group


@transaction.atomic
def correct_unct_record(
    group: WorkingGroup, *, unct_reference: str, record: UploadedFile | None = None, by: User
) -> WorkingGroup:
    """The reference was mistyped, or the paper came later; what stood there before is in the journal.

    Args:
        record: takes the place of the paper that is there; without one, that stays.

    Raises:
        DomainError: the country team has not validated the group.
    """
    group = lock(group)
    check_recorded(group)
    data = {"before": group.unct_reference, "reference": unct_reference}
    group.unct_reference = unct_reference
    if record:
        group.unct_record, group.unct_record_name = record, kept_name(str(record.name))
    group.save(update_fields=["unct_reference", "unct_record", "unct_record_name"])
    journal.record("correct_unct_record", group, by=by, data=data)
    return group


def check_recorded(group: WorkingGroup) -> None:
    """Refuse as :func:`correct_unct_record` does, before its form is shown."""
    if group.validated_on is None:
        raise DomainError(_("The UNCT has not validated this group yet."))


def _require_between(day: date, first: date | None, field: str) -> None:
    if day > clock.today():
        raise Refused(_("This day is still to come."), field)
    if first and day < first:
        raise Refused(_("This is before the step that comes first."), field)


@transaction.atomic
def start_group(group: WorkingGroup, *, active_from: date, by: User) -> WorkingGroup:
    """The group begins its work.

    Raises:
        Refused: before the country team validated it, or on a day to come.
        DomainError: nobody sits in it on that day, or its members were not asked who would chair it (clause M-68).
    """
    group = lock(group)
    require_move(group, "start_group")
    if group.validated_on and active_from < group.validated_on:
        raise Refused(_("A group begins once the UNCT has validated it."), "active_from")
    if active_from > clock.today():
        raise Refused(_("This day is still to come."), "active_from")
    if not group.members.sitting(active_from).exists():
        raise DomainError(_("Nobody sits in the group yet: enter its members first."))
    if not group.chair_calls.exists():
        raise DomainError(_("The chair is open to all members of the group: call them for chairs first."))
    group = move(group, "start_group", by=by, active_from=active_from, awake_since=active_from)
    step_emails.tell_begun(group, by)
    return group


@transaction.atomic
def put_to_sleep(group: WorkingGroup, *, reason: str, by: User) -> WorkingGroup:
    """It does not meet for the time being.

    Raises:
        DomainError: a meeting is ahead.
    """
    group = lock(group)
    require_move(group, "put_to_sleep")
    check_no_meeting_ahead(group)
    group = move(group, "put_to_sleep", by=by, data={"reason": reason}, asked_on=None)
    step_emails.tell_put_to_sleep(group, reason, by)
    return group


@transaction.atomic
def wake_group(group: WorkingGroup, *, by: User) -> WorkingGroup:
    group = move(lock(group), "wake_group", by=by, awake_since=clock.today())
    step_emails.tell_woken(group, by)
    return group


@transaction.atomic
def close_group(group: WorkingGroup, *, note: str, by: User) -> WorkingGroup:
    """What it leaves is said in the note, sent to who sits in it, until today; who was to come no longer will.

    Raises:
        DomainError: a meeting is ahead, a call for its chairs is under way, or the Network has other terms of reference
            for it before it.
    """
    group, today = lock(group), clock.today()
    require_move(group, "close_group")
    check_closing(group)
    readers = list(emails.readers(group))
    move(group, "close_group", by=by, closed_on=today, closing_note=note, asked_on=None)
    for ties in (group.chairs, group.members):
        ties.on(today).update(ends_on=today)
        ties.filter(starts_on__gt=today).delete()
    emails.tell_closed(group, readers)
    return group


def check_closing(group: WorkingGroup) -> None:
    """Refuse as :func:`close_group` does, before its form is shown: nobody is left waiting for what will not come."""
    check_no_meeting_ahead(group)
    if queries.call_under_way(group):
        raise DomainError(_("A call for chairs is under way: name them, or close the call, first."))
    if under_way := queries.new_terms_under_way(group):
        raise DomainError(_("“%s” is before the Network: that decision is withdrawn first.") % under_way)


def check_no_meeting_ahead(group: WorkingGroup) -> None:
    """Those who were convened are told first that there is no meeting.

    Raises:
        DomainError: one is ahead.
    """
    ahead = group.meetings.ahead().in_order().first()
    if ahead:
        raise DomainError(_("A meeting of the group is convened on %s: call it off first.") % deadline(ahead.starts_at))


@transaction.atomic
def join_group(
    group: WorkingGroup,
    *,
    entity: Entity | None = None,
    partner: Partner | None = None,
    starts_on: date,
    ends_on: date | None = None,
    by: User,
) -> GroupMember:
    """An entity of the Network or a partner sits in the group from that day on (clause M-67).

    Raises:
        GroupIsOver: the group is closed or was withdrawn.
        Refused: it is none of the Network or no partner that day, or sits there already.
    """
    group = lock(group)
    require_not_over(group)
    if (entity is None) == (partner is None):
        raise TypeError("an entity or a partner sits in a group")
    if entity and not entities_taking_part(starts_on).filter(pk=entity.pk).exists():
        raise Refused(_("%s is not of the Network on that day.") % entity, "who")
    if partner and not Partner.objects.current_on(starts_on).filter(pk=partner.pk).exists():
        raise Refused(_("%s is no longer a partner on that day.") % partner, "who")
    seat = GroupMember(group=group, entity=entity, partner=partner, starts_on=starts_on, ends_on=ends_on)
    with refusals(GroupMember):
        seat.save(force_insert=True)
    journal.record("join_group", group, by=by, data={"who": str(seat.who)})
    if entity and seat.holds_on(clock.today()):
        emails.tell_newcomers(group, list(emails.speakers_of(group, [entity])))
    return seat


def check_joinable(group: WorkingGroup, entity: Entity | None) -> None:
    """Refuse as :func:`join_group` does, before the form is shown to who would enter this entity."""
    require_not_over(group)
    if entity and group.members.on(clock.today()).filter(entity=entity).exists():
        raise DomainError(_("%s sits in this group already.") % entity)


def require_not_over(group: WorkingGroup) -> None:
    """Refuse what only a standing group takes, before its form is shown."""
    if group.is_over:
        raise GroupIsOver(_("“%s” is closed: nothing is added to it any more.") % group)


@transaction.atomic
def leave_group(seat: GroupMember, *, ends_on: date, by: User) -> GroupMember:
    """The seat is held for the last time on ``ends_on``; who chairs the group for it does so no longer than that.

    Raises:
        Refused: it ended before that day, or begins after it.
    """
    seat = lock(seat)
    if seat.ends_on is not None and seat.ends_on <= ends_on:
        raise Refused(_("This already ends on that day or before."), "ends_on")
    seat.ends_on = ends_on
    with refusals(GroupMember):
        seat.save(update_fields=["ends_on"])
    terms = seat.group.chairs.filter(offer__seat=seat)
    terms.filter(starts_on__gt=ends_on).delete()
    terms.filter(ends_on__gt=ends_on).update(ends_on=ends_on)
    journal.record("leave_group", seat.group, by=by, data={"who": str(seat.who)})
    return seat
