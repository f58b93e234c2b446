"""The groups at the annual review: what each did in short, and what was found of it."""

from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.components import Column, DataTable
from core.templatetags.components import state_tag
from core.templatetags.typography import ABSENT, long_day, numeric_day, typo
from meetings.models import GroupReview, Meeting
from workinggroups.enums import AT_WORK, DeliverableState
from workinggroups.models import Deliverable, GroupMeeting, WorkingGroup


def in_short(group: WorkingGroup) -> str:
    """« 3 réunions, la dernière le 4 novembre 2026 ; 2 livrables sur 5 achevés. »"""
    (found,) = _with_figures(WorkingGroup.objects.filter(pk=group.pk))
    return _("; ").join([_met(found), _delivered(found)]) + "."


def _met(group: Any) -> str:
    if not group.met:
        return _("no meeting")
    said = {"n": group.met, "day": long_day(group.last_met)}
    return ngettext("%(n)s meeting, on %(day)s", "%(n)s meetings, the last one on %(day)s", group.met) % said


def _delivered(group: Any) -> str:
    if not group.due:
        return _("no deliverable")
    said = {"done": group.done, "due": group.due}
    return (
        ngettext("%(done)s deliverable of %(due)s completed", "%(done)s deliverables of %(due)s completed", group.done)
        % said
    )


def _with_figures(groups: QuerySet[WorkingGroup]) -> QuerySet[Any]:
    """Each with its meetings that took place, and its deliverables that were not given up."""
    mine = {"group": OuterRef("pk")}
    met = GroupMeeting.objects.standing().filter(**mine, starts_at__lte=clock.now()).order_by().values("group")
    due = Deliverable.objects.filter(**mine).exclude(state=DeliverableState.CANCELLED).order_by().values("group")
    return groups.annotate(
        met=Subquery(met.values(n=Count("pk"))),
        last_met=Subquery(met.values(day=Max("starts_at"))),
        due=Subquery(due.values(n=Count("pk"))),
        done=Subquery(due.values(n=Count("pk", filter=Q(state=DeliverableState.COMPLETED)))),
    ).in_order()  # type: ignore[attr-defined]


def reviews_page(user: Any, review: Meeting) -> dict[str, Any]:
    """Groups at work until the minutes circulate, then those that were reviewed there."""
    found = {row.group_id: row for row in GroupReview.objects.filter(review=review).select_related("noted_by")}
    writes = review.takes_group_reviews and user.has_perm("meetings.review_groups", review)
    to_review = Q(pk=None) if review.minutes_circulated_at else Q(state__in=AT_WORK)
    groups = list(_with_figures(WorkingGroup.objects.filter(to_review | Q(pk__in=found))))
    columns = (Column(_("Group"), "head"), Column(_("State")), Column(_("What it did")), Column(_("What was found")))
    rows = tuple(
        (
            format_html('<a href="{}">{}</a>', one.get_absolute_url(), typo(str(one))),
            state_tag(one),
            typo(_("; ").join([_met(one), _delivered(one)])),
            _found(found.get(one.pk), review, one, writes),
        )
        for one in groups
    )
    awaiting = sum(one.pk not in found for one in groups)
    return {
        "meeting": review,
        "table": DataTable(_("Working groups"), columns, rows, hide_caption=True) if rows else None,
        "awaiting": awaiting,
    }


def _found(row: GroupReview | None, review: Meeting, group: WorkingGroup, writes: bool) -> Any:
    if row:
        lines = [capfirst(str(row.get_verdict_display())), row.note, f"{row.noted_by}, {numeric_day(row.noted_at)}"]
        return format_html_join(SafeString("<br>"), "{}", ((typo(line),) for line in lines if line))
    if not writes:
        return ABSENT
    url = reverse("meetings:group_review", args=[review.pk, group.slug])
    words, which = _("Note what the Network finds"), _(": %s") % group
    return format_html('<a href="{}">{}<span class="visually-hidden">{}</span></a>', url, words, which)


def link(review: Meeting) -> SafeString:
    url = reverse("meetings:group_reviews", args=[review.pk])
    return format_html('<a href="{}">{}</a>', url, _("What was found of each"))


def panel(user: Any, group: WorkingGroup) -> SafeString:
    """On the page of a group at work, for who speaks for it."""
    if group.state not in AT_WORK or not user.has_perm("workinggroups.forward_text", group):
        return SafeString("")
    url = reverse("meetings:item_forward", args=[group.slug])
    words = _("Ask for an item on an agenda of the Network")
    return format_html('<p class="actions"><a class="btn btn-secondary" href="{}">{}</a></p>', url, words)
