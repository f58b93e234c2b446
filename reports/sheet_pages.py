"""What the pages of handovers, dated lists and extracts show, and the part that stands under a seat."""

from typing import Any

from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import clock, jobs, journal, outbox
from core.components import SummaryRow, TimelineEvent
from core.templatetags.typography import long_day, moment
from decisions import queries, subjects
from decisions.models import Decision
from members.enums import Seat
from members.models import CoChairTerm, User
from members.queries import network_people
from reports.actions import SHEET_JOB
from reports.models import DecisionExtract, FrozenSheet, HandoverPack, MemberList


def _file_facts(frozen: FrozenSheet) -> list[SummaryRow]:
    facts = [SummaryRow(_("Records of"), moment(frozen.taken_at))]
    if frozen.file:
        printed = format_html("<code>{}</code>", frozen.sha256)
        facts += [SummaryRow(_("Pages"), str(frozen.pages)), SummaryRow(_("Fingerprint (SHA-256)"), printed)]
    return facts


def _file(frozen: FrozenSheet, may_retry: bool) -> dict[str, Any]:
    """The printed file, or how far it is."""
    progress = jobs.progress_of(SHEET_JOB, frozen) if not frozen.file else None
    return {
        "one": frozen,
        "progress": progress,
        "may_retry": may_retry and progress is not None and progress.is_failed,
        "facts": _file_facts(frozen),
        "history": [TimelineEvent(event.at, journal.sentence(event)) for event in journal.history(frozen)],
    }


def handover_page(user: User, one: HandoverPack) -> dict[str, Any]:
    may = user.has_perm("reports.prepare_handover")
    return {**_file(one, may), "may_prepare": may, "term": one.term, "sheet": one.sheet}


def list_page(user: User, one: MemberList) -> dict[str, Any]:
    may = user.has_perm("reports.freeze_member_list")
    sent = outbox.deliveries(one)
    return {
        **_file(one, may),
        "listed": one.listed,
        "may_share": may and one.shared_at is None,
        "may_see_sends": may and one.shared_at is not None,
        "sends": list(sent) if may and one.shared_at else [],
        "counts": sent.order_by("state").values("state").annotate(n=Count("pk")) if may and one.shared_at else [],
    }


def place_of_extract(decision: Decision) -> list[subjects.Place]:
    """For the page of a decision that entered the register."""
    if not decision.number:
        return []
    return [(_("Extract of the register (PDF, Word)"), reverse("extracts:extract_detail", args=[decision.pk]))]


def extract_page(user: User, one: DecisionExtract) -> dict[str, Any]:
    """Who runs the agendas sees whom it has reached: a decision is done once those concerned hold its extract."""
    may = user.has_perm("reports.take_extract")
    sends = list(outbox.deliveries(one)) if may else []
    _replaced, successors = queries.replacements(one.decision)
    return {
        **_file(one, may), "decision": one.decision, "sheet": one.sheet, "sends": sends,
        "successors": [later for later in successors if later.number],
    }  # fmt: skip


def share_page(one: MemberList) -> dict[str, Any]:
    """« Vérifier avant envoi »: what goes out, and to how many."""
    listed = one.listed
    people = network_people(clock.today())
    return {
        "one": one,
        "facts": [
            SummaryRow(_("List"), str(one)),
            SummaryRow(_("As of"), long_day(timezone.localdate(one.taken_at))),
            SummaryRow(_("Entities"), str(len(listed.entities))),
            SummaryRow(_("Recipients"), str(people.count())),
        ],
    }


def seat_handover(user: User, seat: Seat) -> SafeString:
    """Under a seat: what was prepared last to be handed over by who holds it."""
    if not user.has_perm("reports.view_handover"):
        return SafeString("")
    held = CoChairTerm.objects.on(clock.today()).filter(seat=seat)
    latest = HandoverPack.objects.light().filter(term__in=held).select_related("term").order_by("-pk").first()
    return render_to_string("reports/_seat_handover.html", {"latest": latest}) if latest else SafeString("")
