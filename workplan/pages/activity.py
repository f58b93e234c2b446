"""What the page of one activity shows, and the list of an entity's own."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import clock
from core.components import Column, DataTable, SummaryRow, TimelineEvent
from core.templatetags.components import state_tag
from core.templatetags.typography import long_day, money, number
from members.standing import standing_of
from workplan import forms, queries, updates
from workplan.enums import FROZEN, REPORTABLE
from workplan.models import Activity, QuarterReport, WorkPlan
from workplan.pages.plan import is_drafted_by


def activity_page(user: Any, activity: Activity, quarter: int, bound: dict[str, Any]) -> dict[str, Any]:
    """The context of one activity, with the update form of ``quarter`` for whoever may report."""
    plan = activity.plan
    tags = queries.tags_of([activity.pk])[activity.pk]
    reports = plan.state in REPORTABLE and user.has_perm("workplan.report_progress", activity)
    return {
        "activity": activity,
        "plan": plan,
        "totals": queries.totals_of(activity),
        "totals_xof": queries.totals_of(activity).in_xof(plan),
        "facts": activity_facts(activity, tags),
        "alignment": [
            (label, [(tag.mark, tag.title) for tag in tags[name]])
            for name, label in alignment_labels()
            if tags[name]
        ],
        "indicators_table": indicators_table(activity),
        "budget_table": budget_table(activity),
        "history": history(activity),
        "quarter": quarter,
        "quarters": updates.begun_quarters(plan, clock.today()) if reports else [],
        "progress_form": forms.ProgressForm(
            activity=activity, quarter=quarter, contributor=updates.contributor(user, activity)
        )
        if reports
        else None,
        "may_edit": is_drafted_by(user, plan) and user.has_perm("workplan.edit_activity", activity),
        "may_add_funding": plan.state in FROZEN and user.has_perm("workplan.add_funding", activity),
        "may_check_rights": user.has_perm("workplan.record_rights_check", activity),
        **bound,
    }  # fmt: skip


def history(activity: Activity) -> list[tuple[str, list[TimelineEvent]]]:
    """By quarter, every update in the order in which they came."""
    said: dict[int, list[str]] = {}
    for indicator in activity.indicators.all():
        for one in indicator.values.all():
            said.setdefault(one.report_id, []).append(_labelled(indicator.label, number(one.value, 2)))
    for amount in updates.amounts_of(activity):
        spent = _("%(mobilised)s mobilised, %(spent)s spent") % {
            "mobilised": money(amount.mobilised), "spent": money(amount.spent),
        }  # fmt: skip
        said.setdefault(amount.report_id, []).append(_labelled(str(amount.line), spent))
    rows = list(activity.reports.all())
    by_quarter: dict[str, list[TimelineEvent]] = {}
    for at, row in enumerate(rows):
        correction = next((other for other in rows[at + 1 :] if _same_voice(row, other)), None)
        title = _update_title(row)
        if any(_same_voice(row, other) for other in rows[:at]):
            title = _("correction: %s") % title
        replaced = _("corrected on %s") % long_day(correction.reported_at) if correction else ""
        event = TimelineEvent(row.reported_at, title, _update_words(row, said.get(row.pk, [])), replaced=replaced)
        by_quarter.setdefault(row.get_quarter_display(), []).append(event)
    return list(by_quarter.items())


def _same_voice(row: QuarterReport, other: QuarterReport) -> bool:
    """Both are what the lead, or the same contributing entity, says of the same quarter: the later corrects."""
    if row.quarter != other.quarter or row.is_contribution != other.is_contribution:
        return False
    return not row.is_contribution or row.entity_id == other.entity_id


def _labelled(label: str, value: str) -> str:
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def _update_title(row: QuarterReport) -> str:
    title = _("%(status)s, %(progress)s%%") % {"status": row.get_status_display(), "progress": row.progress_percent}
    return _("%(update)s (contributing entity)") % {"update": title} if row.is_contribution else title


def _update_words(row: QuarterReport, said: list[str]) -> str:
    author = " · ".join(filter(None, [str(row.entity or ""), str(row.reported_by)]))
    return " · ".join(filter(None, [author, row.note, *said]))


def alignment_labels() -> list[tuple[str, str]]:
    return [
        ("gcm_objectives", _("GCM objectives")),
        ("guiding_principles", _("Guiding principles of the GCM")),
        ("sdg_targets", _("SDG targets")),
        ("mpfa_items", _("Migration Policy Framework for Africa")),
        ("ecowas_instruments", _("ECOWAS instruments")),
        ("national_priorities", _("National priorities")),
    ]


def activity_facts(activity: Activity, tags: dict[str, list[queries.Tag]]) -> list[SummaryRow]:
    places = [tag.title for tag in tags["regions"]]
    where = ", ".join([_("National level"), *places] if activity.is_national else places)
    contributing = ", ".join(entity.acronym for entity in activity.contributing.all())
    quarters = ", ".join(str(quarter.label) for quarter in activity.quarters)
    rows = [
        SummaryRow(_("Outcome"), str(activity.outcome)),
        SummaryRow(_("Lead entity"), f"{activity.lead.acronym} · {activity.lead.name}"),
        SummaryRow(_("Contributing entities"), contributing or "—"),
        SummaryRow(_("Where"), where or "—"),
        SummaryRow(_("When"), quarters or "—"),
    ]
    if activity.external_partners:
        partners = ", ".join(filter(None, map(str.strip, activity.external_partners.splitlines())))
        rows.append(SummaryRow(_("External partners"), partners))
    if activity.risk:
        rows.append(SummaryRow(_("Risk or obstacle"), activity.risk))
    rows.append(SummaryRow(_("Human rights check"), rights_check(activity)))
    return rows


def rights_check(activity: Activity) -> str:
    """Clause M-32."""
    if activity.rights_checked_on is None:
        return _("not done yet")
    return _("%(day)s, by %(entity)s") % {
        "day": long_day(activity.rights_checked_on), "entity": activity.rights_checked_by_entity,
    }  # fmt: skip


def indicators_table(activity: Activity) -> DataTable:
    columns = (
        Column(_("Indicator"), "head"), Column(_("Unit")), Column(_("Means of verification")),
        Column(_("Baseline"), "num"), Column(_("Target"), "num"),
        Column(_("Q1"), "num"), Column(_("Q2"), "num"), Column(_("Q3"), "num"), Column(_("Q4"), "num"),
    )  # fmt: skip
    rows = tuple(
        (row.label, row.unit, row.means_of_verification, number(row.baseline, 2), number(row.target, 2),
         *(number(value, 2) for value in row.by_quarter.values()))
        for row in activity.indicators.all()
    )  # fmt: skip
    return DataTable(_("Values at the end of each quarter"), columns, rows)


def budget_table(activity: Activity) -> DataTable:
    columns = (
        Column(_("Source of funds"), "head"), Column(_("Planned"), "num"), Column(_("Mobilised"), "num"),
        Column(_("Spent"), "num"),
    )  # fmt: skip
    rows = tuple(
        (str(line), number(line.planned), number(line.mobilised), number(line.spent))
        for line in activity.budget_lines.all()
    )
    total = queries.totals_of(activity)
    last = (_("Total"), number(total.planned), number(total.mobilised), number(total.spent))
    caption = _("Amounts in USD; to be mobilised: %s") % money(total.gap)
    return DataTable(caption, columns, rows, total=last)


def own_page(user: Any, plan: WorkPlan, quarter: int) -> dict[str, Any]:
    entity = standing_of(user).entity
    return {
        "plan": plan,
        "entity": entity,
        "quarter": quarter,
        "quarters": updates.begun_quarters(plan, clock.today()),
        "table": _own_table(plan, updates.activities_to_update(plan, entity, quarter) if entity else [], quarter),
        "due_on": updates.quarter_end(plan.year, quarter),
    }


def _own_table(plan: WorkPlan, rows: list[updates.OwnActivity], quarter: int) -> DataTable:
    columns = (
        Column(_("Code")), Column(_("Activity"), "head"), Column(_("Your part")), Column(_("Status")),
        Column(_("Update")),
    )  # fmt: skip
    cells = tuple(
        (
            row.activity.code,
            format_html(
                '<a href="{}?trimestre={}#avancement">{}</a>',
                row.activity.get_absolute_url(),
                quarter,
                row.activity.title,
            ),
            _("lead entity") if row.is_lead else _("contributes"),
            state_tag(row.activity, "status"),
            _update_state(row),
        )
        for row in rows
    )
    return DataTable(_("Activities of your entity"), columns, cells, hide_caption=True)


def _update_state(row: updates.OwnActivity) -> str:
    if row.report:
        return _("reported on %s") % long_day(row.report.reported_at)
    return _("not reported") if row.is_awaited else _("not expected")
