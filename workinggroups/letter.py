"""The letter by which the Network submits its working groups to the country team (clause M-65)."""

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import clock, word
from core.templatetags.typography import french_day, long_day
from members.models import CoChairTerm
from workinggroups.enums import BEFORE_THE_NETWORK
from workinggroups.models import GroupMember, GroupQuerySet, WorkingGroup


def may_be_written(group: WorkingGroup) -> bool:
    """Whether the Network has endorsed the group: before, there is nothing to submit."""
    return group.state not in BEFORE_THE_NETWORK


def filename(group: WorkingGroup) -> str:
    return _("Letter to the UNCT, %s.docx") % group.slug.upper()


def letter(group: WorkingGroup) -> bytes:
    """A Word file, to be signed by the co-chairs: one letter for all groups that a decision sends together.

    It bears the day of the submission, or today while it has not left yet; ``group`` was endorsed.
    """
    day = group.submitted_on or clock.today()
    groups = list(_together(group, day))
    decision: Any = group.decision
    document = word.new_document(_("Working groups submitted to the United Nations Country Team"), clock.now())
    say = partial(_say, document)
    say(_("Dakar, %s") % french_day(day))
    say(_("To the United Nations Country Team (UNCT), care of the Resident Coordinator"))
    say(
        _("By its decision %(reference)s of %(day)s, taken by consensus, the United Nations Network on Migration in "
          "Senegal endorsed the terms of reference of:")
        % {"reference": decision.reference, "day": long_day(decision.recorded_at)}
    )  # fmt: skip
    for one in groups:
        say(str(one), "List Bullet")
    say(
        _("The mandate of the Network provides that its working groups are validated by the UNCT. The Network submits "
          "them to it for validation; none begins its work before.")
    )  # fmt: skip
    say(_("The co-chairs of the Network:"))
    for term in CoChairTerm.objects.on(day).select_related("person", "entity").order_by("seat", "pk"):
        say(f"{term.person}, {term.entity.acronym} – {capfirst(str(term.get_seat_display()))}", "List Bullet")
    for one in groups:
        _annex(document, one)
    return word.saved(document)


def _say(document: Any, words: str, style: str | None = None) -> None:
    document.add_paragraph(word.clean(words), style=style)


def _together(group: WorkingGroup, day: date) -> GroupQuerySet:
    """The groups of one decision that are, or were, submitted on the same day, with who sits in them on it."""
    seats = GroupMember.objects.sitting(day).select_related("entity", "partner").order_by("starts_on", "pk")
    found: GroupQuerySet = WorkingGroup.objects.filter(decision=group.decision, submitted_on=group.submitted_on)
    return (
        found.exclude(state__in=BEFORE_THE_NETWORK)
        .select_related("proposed_by")
        .prefetch_related("objectives", Prefetch("members", seats, to_attr="seats"))
        .in_order()
    )


def _annex(document: Any, group: Any) -> None:
    document.add_page_break()
    document.add_heading(word.clean(str(group)), level=1)
    _say(document, _("Proposed by: %s") % group.proposed_by.name)
    for heading, text in ((_("Need, and what a group adds"), group.need), (_("Terms of reference"), group.terms)):
        document.add_heading(heading, level=2)
        for paragraph in filter(None, (line.strip() for line in text.splitlines())):
            _say(document, paragraph)
    lists = (
        (_("Objectives of the Global Compact"), [f"{one.number}. {one.label}" for one in group.objectives.all()]),
        (_("Members of the group"), [seat.who.name for seat in group.seats]),
    )
    for heading, lines in lists:
        if lines:
            document.add_heading(heading, level=2)
        for line in lines:
            _say(document, line, "List Bullet")
