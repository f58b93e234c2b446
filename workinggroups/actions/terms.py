"""Terms of reference: brought before the Network, adopted as the decision words them, changed later (M-61, M-65)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import journal
from core.errors import DomainError
from core.transitions import lock, move, require_move
from decisions import queries as decided
from decisions.actions import propose_decision, set_effects
from decisions.enums import DecisionState
from decisions.models import Decision
from members.models import Entity, User
from workinggroups import queries, step_emails, terms
from workinggroups.actions.life import require_not_before_network
from workinggroups.enums import BEYOND_THE_UNCT, ENDORSEMENT, TERMS_OF_A_GROUP, GroupState
from workinggroups.models import WorkingGroup


@transaction.atomic
def bring_before_network(groups: Iterable[WorkingGroup], *, title: str, text: str, by: User, **facts: Any) -> Decision:
    """One decision that endorses the groups, all of them proposals, for the entity that proposed the first of them.

    Their terms of reference stand in its text: what is circulated, commented on and adopted is what they work on.

    Args:
        facts: what else :func:`propose_decision` takes: mode, who is in charge, until when.

    Raises:
        DomainError: a group is before the Network already or beyond.
    """
    chosen = [lock(group) for group in sorted(groups, key=lambda group: group.number)]
    for group in chosen:
        check_proposable(group)
    decision = propose_decision(
        title=title, text=terms.written(text, chosen), subject_kind=ENDORSEMENT, subject_id=str(chosen[0].pk),
        proposed_by=chosen[0].proposed_by, by=by, **facts,
    )  # fmt: skip
    if former := _answered_anew(chosen):
        decision = set_effects(
            decision, responsible=decision.responsible, due_on=decision.due_on, in_force_from=None, in_force_until=None,
            review_on=None, replaced=former, version=decision.version, by=by,
        )  # fmt: skip
    for group in chosen:
        group.decision = decision
        group.save(update_fields=["decision"])
        journal.record("bring_before_network", group, by=by, data={"decision": decision.title})
    return decision


def _answered_anew(groups: list[WorkingGroup]) -> list[Decision]:
    """The decisions that endorsed these very groups before they were taken up again: another one takes their place."""
    former = {group.decision for group in groups if group.decision and group.decision.state == DecisionState.RECORDED}
    numbers = {group.pk for group in groups}
    return [one for one in former if set(one.groups.values_list("pk", flat=True)) <= numbers]


def check_proposable(group: WorkingGroup) -> None:
    """Refuse as :func:`bring_before_network` does, before its form is shown."""
    require_move(group, "endorse_group")
    require_not_before_network(group)


@transaction.atomic
def rework_group(group: WorkingGroup, *, by: User) -> WorkingGroup:
    """Take the proposal up again, for instance on what the country team asked for; the Network endorses it anew."""
    return move(lock(group), "rework_group", by=by, submitted_on=None)


def require_terms(decision: Decision) -> None:
    """What a call on it asks for: the text still holds the terms of reference that it approves.

    Raises:
        DomainError: the section of a group is gone, or nothing stands in it.
    """
    groups = concerned(decision)
    found = terms.read(decided.last_text(decision).text, groups)
    for group in groups:
        if group.number not in found:
            said = _("The text no longer holds the terms of reference that it approves, under the heading “%s”.")
            raise DomainError(said % terms.heading(group))


def concerned(decision: Decision) -> list[WorkingGroup]:
    """The groups whose terms of reference stand in its text, in order."""
    if decision.subject_kind == TERMS_OF_A_GROUP:
        return list(WorkingGroup.objects.filter(pk=decision.subject_id))
    return list(WorkingGroup.objects.filter(decision=decision, state=GroupState.PROPOSED).in_order())


def groups_endorsed(decision: Decision, *, by: User) -> None:
    """The decision was recorded: its groups go on to the UNCT, on the terms that were adopted.

    One on groups in general endorses none.
    """
    groups = concerned(decision)
    adopted = terms.read(decided.last_text(decision).text, groups)
    for group in groups:
        words = adopted.get(group.number, group.terms)
        endorsed = move(lock(group), "endorse_group", by=by, data={"decision": decision.reference}, terms=words)
        step_emails.tell_endorsed(endorsed, by)


@transaction.atomic
def propose_terms(
    group: WorkingGroup, *, title: str, text: str, terms_text: str, entity: Entity | None, by: User
) -> Decision:
    """Put other terms of reference to the Network for a group that the country team validated on the present ones.

    Args:
        terms_text: the new ones, which stand in the text of the decision.

    Raises:
        DomainError: the group has none to change, others are before the Network, or they are the present ones.
    """
    group = lock(group)
    check_terms(group)
    if terms_text.split() == group.terms.split():
        raise DomainError(_("These are the present terms of reference: not a word is different."))
    words = f"{text.rstrip()}\n\n{terms.section(group, terms_text)}"
    decision = propose_decision(
        title=title, text=words, subject_kind=TERMS_OF_A_GROUP, subject_id=str(group.pk), proposed_by=entity, by=by
    )
    journal.record("propose_terms", group, by=by, data={"decision": decision.title})
    return decision


def check_terms(group: WorkingGroup) -> None:
    """Refuse as :func:`propose_terms` does, before its form is shown."""
    if group.state not in BEYOND_THE_UNCT:
        raise DomainError(_("The Network changes the terms of reference of a group that the UNCT has validated."))
    if under_way := queries.new_terms_under_way(group):
        raise DomainError(_("“%s” is before the Network: that decision is withdrawn first.") % under_way)


def terms_adopted(decision: Decision, *, by: User) -> None:
    """The decision was recorded: the group works on the terms that it words; who sits in it and the office are told."""
    for group in concerned(decision):
        group = lock(group)
        group.terms = terms.read(decided.last_text(decision).text, [group])[group.number]
        group.version += 1
        group.save(update_fields=["terms", "version"])
        journal.record("change_terms", group, by=by, data={"decision": decision.reference})
        step_emails.tell_terms(group, decision)
