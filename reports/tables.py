"""The tables of the report: widths that suit a page, cells ready to print. Rows come from the snapshot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts import progress_bar
from core.templatetags.typography import hours, long_day, number, numeric_day, percent, short_day, typo
from reports import figures
from reports.snapshot import Activity, Decision, Indicator, Member, Outcome, Snapshot


@dataclass(frozen=True)
class Column:
    """``width`` in per cent of the page; ``kind``: text, num, or head for the cell that names its row."""

    label: str
    width: int
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        if sum(column.width for column in self.columns) != 100:
            raise ValueError(f"the columns of “{self.caption}” do not fill the page")
        if any(len(row) != len(self.columns) for row in (*self.rows, *filter(None, [self.total]))):
            raise ValueError(f"a row of “{self.caption}” does not fit its columns")

    @property
    def lines(self) -> list[list[tuple[Column, Any]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    @property
    def total_line(self) -> list[tuple[Column, Any]]:
        return list(zip(self.columns, self.total, strict=True)) if self.total else []


def lines(*parts: Any) -> SafeString:
    """The parts that say something, one under the other; the first one carries the weight."""
    kept = [part for part in parts if part]
    first = format_html("{}", typo(kept[0])) if kept else ""
    rest = format_html_join("", '<br><span class="second">{}</span>', ((typo(part),) for part in kept[1:]))
    return format_html("{}{}", first, rest)


def meetings(snapshot: Snapshot) -> Table:
    columns = (
        Column(_("Date"), 16),
        Column(_("Meeting"), 34, "head"),
        Column(_("How and where"), 26),
        Column(_("Present"), 12, "num"),
        Column(_("Share"), 12, "num"),
    )
    rows = tuple(
        (
            numeric_day(row.meeting.starts_at),
            lines(row.meeting.title, row.meeting.kind_label),
            lines(row.meeting.mode_label, row.meeting.place),
            _("%(n)s of %(all)s") % {"n": row.present, "all": row.invited},
            percent(row.percent),
        )
        for row in figures.turnouts(snapshot)
    )
    return Table(_("Meetings held and entities present"), columns, rows)


def attendance(snapshot: Snapshot) -> Table:
    columns = (
        Column(_("Entity"), 30, "head"),
        Column(_("Present"), 14, "num"),
        Column(_("Apologies"), 14, "num"),
        Column(_("Absent"), 14, "num"),
        Column(_("Not recorded"), 14, "num"),
        Column(_("Share"), 14, "num"),
    )
    rows = tuple(
        (row.entity, row.present, row.apologies, row.absent, row.unrecorded, percent(row.percent))
        for row in figures.attendance_by_entity(snapshot)
    )
    return Table(_("The most present first"), columns, rows)


def register(snapshot: Snapshot) -> Table:
    columns = (
        Column(_("Number"), 24),
        Column(_("Decision"), 36, "head"),
        Column(_("Adopted"), 14),
        Column(_("Positions given"), 12),
        Column(_("Follow-up"), 14),
    )
    rows = tuple(
        (
            one.reference,
            lines(one.title, one.responsible and _("In charge: %(entity)s") % {"entity": one.responsible}),
            numeric_day(one.adopted_on),
            one.mode_label,
            one.follow_up,
        )
        for one in snapshot.decisions
    )
    return Table(_("In the order of their numbers"), columns, rows)


def objections(pairs: Sequence[tuple[Decision, Any]], caption: str) -> Table:
    columns = (
        Column(_("Decision"), 24, "head"),
        Column(_("Entity and date"), 18),
        Column(_("Reason"), 29),
        Column(_("How it was lifted"), 29),
    )
    rows = tuple(
        (
            lines(decision.reference or decision.title, decision.reference and decision.title),
            lines(one.entity, numeric_day(one.raised_on)),
            typo(one.reason),
            _lifting(one),
        )
        for decision, one in pairs
    )
    return Table(caption, columns, rows)


def _lifting(objection: Any) -> SafeString:
    if objection.lifted_on:
        return lines(objection.how_lifted or _("Lifted."), numeric_day(objection.lifted_on))
    would = objection.would_lift and _("What would lift it: %(text)s") % {"text": objection.would_lift}
    return lines(_("It stands."), would)


def outcomes(outcomes_: Iterable[Outcome]) -> Table:
    columns = (
        Column(_("Outcome"), 52, "head"),
        Column(_("Activities"), 12, "num"),
        Column(_("Completed"), 12, "num"),
        Column(_("Progress"), 24),
    )
    rows = tuple(
        (
            f"{one.number}. {typo(one.title)}",
            len(one.activities),
            sum(activity.status == "completed" for activity in one.activities),
            progress_bar(figures.progress(one.activities), title=_("Progress of outcome %s") % one.number),
        )
        for one in outcomes_
    )
    return Table(_("Activities and progress by outcome"), columns, rows)


def budget(outcomes_: Sequence[Outcome], currency: str) -> Table:
    columns = (
        Column(_("Outcome"), 40, "head"),
        Column(_("Planned"), 15, "num"),
        Column(_("Mobilised"), 15, "num"),
        Column(_("Spent"), 15, "num"),
        Column(_("To mobilise"), 15, "num"),
    )

    def sums(label: str, activities: Iterable[Activity]) -> tuple[str, ...]:
        total = figures.budget(activities)
        return (label, *map(number, (total.planned, total.mobilised, total.spent, total.gap)))

    rows = tuple(sums(f"{one.number}. {typo(one.title)}", one.activities) for one in outcomes_)
    everything = [activity for one in outcomes_ for activity in one.activities]
    total = sums(_("Total"), everything)
    return Table(_("Budget by outcome, in %(currency)s") % {"currency": currency}, columns, rows, total)


def activities(outcome: Outcome) -> Table:
    columns = (
        Column(_("No."), 7),
        Column(_("Activity"), 39, "head"),
        Column(_("Lead, contributors"), 22),
        Column(_("Status"), 17),
        Column(_("Progress"), 15, "num"),
    )
    rows = tuple(
        (
            one.code,
            lines(one.title, one.note),
            lines(one.lead, ", ".join(one.contributors)),
            one.status_label,
            percent(one.progress),
        )
        for one in outcome.activities
    )
    return Table(_("Activities of outcome %(number)s") % {"number": outcome.number}, columns, rows)


def indicators(outcome: Outcome) -> Table:
    columns = (
        Column(_("No."), 7),
        Column(_("Indicator"), 45, "head"),
        Column(_("Baseline"), 12, "num"),
        Column(_("Target"), 12, "num"),
        Column(_("Result"), 24, "num"),
    )
    rows = tuple(
        (activity.code, lines(one.label, one.unit), number(one.baseline, 2), number(one.target, 2), _result(one))
        for activity in outcome.activities
        for one in activity.indicators
    )
    return Table(_("Indicators of outcome %(number)s") % {"number": outcome.number}, columns, rows)


def _result(one: Indicator) -> SafeString:
    if one.result is None:
        return lines(_("not yet reported"))
    reached = _("target reached") if one.is_reached else _("target not reached")
    return lines(number(one.result, 2), f"{reached} ({one.result_quarter})" if one.result_quarter else reached)


def objectives(rows: Sequence[figures.Coverage], caption: str) -> Table:
    columns = (
        Column(_("Objective"), 34, "head"),
        Column(_("Activities and lead entities"), 44),
        Column(_("Where it stands"), 22),
    )
    return Table(caption, columns, tuple((_objective(row), _serving(row), _stand(row)) for row in rows))


def _objective(row: figures.Coverage) -> SafeString:
    return lines(f"{row.objective.number}. {row.objective.label}", row.objective.title)


def _serving(row: figures.Coverage) -> SafeString | str:
    if not row.activities:
        return _("No activity.")
    return format_html_join("", "<p>{} {} ({})</p>", ((one.code, typo(one.title), one.lead) for one in row.activities))


def _stand(row: figures.Coverage) -> SafeString | str:
    if not row.activities:
        return "—"
    found = figures.indicators(row.activities)
    reached = sum(one.is_reached for one in found)
    mean = _("Mean progress: %(share)s") % {"share": percent(figures.progress(row.activities))}
    targets = _("Targets reached: %(n)s of %(all)s") % {"n": reached, "all": len(found)}
    return lines(mean, targets if found else "")


def co_chairs(snapshot: Snapshot) -> Table:
    columns = (
        Column(_("Seat"), 26, "head"),
        Column(_("Entity"), 16),
        Column(_("Person"), 32),
        Column(_("Term"), 26),
    )
    rows = tuple(
        (
            lines(one.seat, one.basis),
            one.entity,
            lines(one.person, one.title),
            _("%(start)s to %(end)s")
            % {"start": numeric_day(one.starts_on), "end": numeric_day(one.ends_on) if one.ends_on else "…"},
        )
        for one in snapshot.co_chairs
    )
    return Table(_("Terms of the year"), columns, rows)


def open_decisions(snapshot: Snapshot) -> Table:
    columns = (
        Column(_("Proposal"), 46, "head"),
        Column(_("Proposed by"), 16),
        Column(_("State"), 20),
        Column(_("Deadline"), 18),
    )
    rows = tuple(
        (typo(one.title), one.proposed_by, one.state_label, numeric_day(one.deadline))
        for one in snapshot.open_decisions
    )
    return Table(_("Proposals before the Network when the records were read"), columns, rows)


def troubled(activities_: Iterable[Activity]) -> Table:
    columns = (
        Column(_("No."), 7),
        Column(_("Activity"), 38, "head"),
        Column(_("Lead"), 15),
        Column(_("Status"), 14),
        Column(_("Reason on record"), 26),
    )
    rows = tuple(
        (one.code, typo(one.title), one.lead, one.status_label, typo(one.risk or one.note) or "—")
        for one in activities_
    )
    return Table(_("Delayed, postponed or cancelled, with the reason on record"), columns, rows)


def action_points(points: Iterable[Any], caption: str) -> Table:
    columns = (
        Column(_("Action"), 42, "head"),
        Column(_("Decided at"), 26),
        Column(_("Entity"), 12),
        Column(_("Due"), 10),
        Column(_("State"), 10),
    )
    rows = tuple(
        (
            typo(one.text),
            typo(one.meeting),
            one.responsible,
            short_day(one.due_on),
            _("late") if one.is_overdue else one.state_label,
        )
        for one in points
    )
    return Table(caption, columns, rows)


def members(members_: Iterable[Member]) -> Table:
    columns = (Column(_("Entity"), 34, "head"), Column(_("Member since"), 20), Column(_("Speak for it"), 46))
    rows = tuple((lines(one.acronym, one.name), _membership(one), _people(one)) for one in members_)
    return Table(_("In alphabetical order, standing invitees last"), columns, rows)


def _membership(one: Member) -> SafeString:
    until = one.until and _("until %(day)s") % {"day": numeric_day(one.until)}
    return lines(long_day(one.since), until, one.kind_label if one.kind != "member" else "")


def _people(one: Member) -> SafeString | str:
    if not one.people:
        return _("nobody named")
    people = ((who.name, who.rank) for who in one.people)
    return format_html_join("", '<p>{} <span class="second">{}</span></p>', people)


def agenda(meeting: Any) -> Table:
    columns = (
        Column(_("No."), 8, "num"),
        Column(_("Agenda item"), 56, "head"),
        Column(_("Led by"), 18),
        Column(_("Duration"), 18, "num"),
    )
    rows = tuple(
        (point.position, typo(point.title), point.lead or "—", _("%(n)s min") % {"n": point.minutes})
        for point in meeting.agenda
    )
    day = timezone.localdate(meeting.starts_at)
    title = f"{meeting.title}, {long_day(day)}, {hours(meeting.starts_at, meeting.ends_at)}"
    return Table(typo(title), columns, rows)
