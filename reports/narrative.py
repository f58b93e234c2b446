"""The sentences of the report, made of its figures. Each function gives the paragraphs of one section."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.typography import long_day, money, percent
from reports import figures
from reports.snapshot import Meeting, Plan, Snapshot


def listed(words: Sequence[str]) -> str:
    """« A, B et C »."""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def period(snapshot: Snapshot) -> str:
    if figures.is_whole_year(snapshot):
        return _("1 January to 31 December %(year)s") % {"year": snapshot.year}
    return _("1 January to %(day)s, year under way") % {"day": long_day(figures.last_day(snapshot))}


def summary(snapshot: Snapshot) -> list[str]:
    """What a reader with one minute needs."""
    held, taken = len(figures.held(snapshot)), len(snapshot.decisions)
    text = _("In %(year)s the Network held %(meetings)s and took %(decisions)s by consensus.") % {
        "year": snapshot.year,
        "meetings": ngettext("%(n)s meeting", "%(n)s meetings", held) % {"n": held},
        "decisions": ngettext("%(n)s decision", "%(n)s decisions", taken) % {"n": taken},
    }
    if snapshot.plan:
        rows = figures.coverage(snapshot)
        served = {"covered": figures.covered(rows), "all": len(rows)}
        plan = _("Its joint work plan contributed to %(covered)s of the %(all)s objectives of the Global Compact.")
        text += " " + plan % served
    return [text, *plan_execution(snapshot)]


def composition(snapshot: Snapshot) -> list[str]:
    members, invitees = figures.members_at_end(snapshot), figures.members_at_end(snapshot, "standing_invitee")
    day = long_day(figures.last_day(snapshot))
    first = ngettext(
        "On %(day)s the Network had %(n)s member.", "On %(day)s the Network had %(n)s members.", len(members)
    ) % {"day": day, "n": len(members)}
    sentences = [first]
    if invitees:
        names = listed([one.acronym for one in invitees])
        text = ngettext(
            "Standing invitee, without a voice in decisions: %(names)s.",
            "Standing invitees, without a voice in decisions: %(names)s.",
            len(invitees),
        )
        sentences.append(text % {"names": names})
    changes = figures.membership_changes(snapshot)
    joined = sum(change.joined for change in changes)
    left = len(changes) - joined
    # Who and when stands in the list below the paragraph.
    if joined:
        text = ngettext("%(n)s entity joined during the year.", "%(n)s entities joined during the year.", joined)
        sentences.append(text % {"n": joined})
    if left:
        text = ngettext("%(n)s entity left during the year.", "%(n)s entities left during the year.", left)
        sentences.append(text % {"n": left})
    if not changes:
        sentences.append(_("No entity joined or left the Network during the year."))
    return [" ".join(sentences)]


def _of_each_kind(meetings: Sequence[Meeting]) -> list[str]:
    counts: dict[str, int] = {}
    for meeting in meetings:
        counts[meeting.kind] = counts.get(meeting.kind, 0) + 1
    words = {
        "plenary": lambda n: ngettext("%(n)s ordinary meeting", "%(n)s ordinary meetings", n),
        "ad_hoc": lambda n: ngettext("%(n)s ad hoc meeting", "%(n)s ad hoc meetings", n),
        "annual_review": lambda n: ngettext("%(n)s annual review", "%(n)s annual reviews", n),
        "partners": lambda n: ngettext("%(n)s meeting with partners", "%(n)s meetings with partners", n),
    }
    return [word(counts[kind]) % {"n": counts[kind]} for kind, word in words.items() if kind in counts]


def meetings(snapshot: Snapshot) -> list[str]:
    held = figures.held(snapshot)
    if not held:
        return [_("No meeting has been held in the period.")]
    times = ngettext("The Network met %(n)s time: %(kinds)s.", "The Network met %(n)s times: %(kinds)s.", len(held))
    text = times % {"n": len(held), "kinds": listed(_of_each_kind(held))}
    turnout = figures.mean_turnout(snapshot)
    if turnout is not None:
        text += " " + _("Over the year, %(share)s of the entities invited were present.") % {"share": percent(turnout)}
    coming = figures.to_come(snapshot)
    if coming:
        names = listed([f"{one.title} ({long_day(one.starts_at)})" for one in coming])
        text += " " + _("Still to come when the records were read: %(names)s.") % {"names": names}
    return [text]


def decisions(snapshot: Snapshot) -> list[str]:
    rule = _(
        "The mandate knows no vote: decisions are taken by consensus after consultation. A co-chair notes that nobody "
        "objects; while an objection stands, consensus cannot be noted. Each entity has one voice, and what it said is "
        "given here by name."
    )
    count = len(snapshot.decisions)
    if not count:
        return [rule, _("No decision was adopted in the period.") + " " + _objections(snapshot)]
    text = ngettext("%(n)s decision was adopted.", "%(n)s decisions were adopted.", count) % {"n": count}
    return [rule, f"{text} {_objections(snapshot)}"]


def _objections(snapshot: Snapshot) -> str:
    count = figures.objection_count(snapshot)
    if not count.raised:
        return _("No objection was raised.")
    lifted = ngettext("%(n)s lifted", "%(n)s lifted", count.lifted) % {"n": count.lifted}
    text = ngettext(
        "%(n)s objection was raised, %(lifted)s.", "%(n)s objections were raised, %(lifted)s.", count.raised
    ) % {"n": count.raised, "lifted": lifted}
    if count.on_open:
        where = {"adopted": count.on_adopted, "open": count.on_open}
        text += " " + _("On decisions adopted: %(adopted)s; on proposals under way: %(open)s.") % where
    return text


def plan_path(plan: Plan) -> list[str]:
    """How the plan came into force (clauses M-53 and M-76)."""
    steps = []
    if plan.validated_on:
        steps.append(
            _("validated on %(day)s by decision %(reference)s")
            % {"day": long_day(plan.validated_on), "reference": plan.validated_by or "—"}
        )
    if plan.transmitted_on:
        steps.append(_("sent to the Resident Coordinator on %(day)s") % {"day": long_day(plan.transmitted_on)})
    if plan.acknowledged_on:
        steps.append(_("acknowledged on %(day)s") % {"day": long_day(plan.acknowledged_on)})
    if not steps:
        return [_("“%(title)s”: %(state)s.") % {"title": plan.title, "state": plan.state_label}]
    return [_("“%(title)s” was %(steps)s.") % {"title": plan.title, "steps": listed(steps)}]


def plan_execution(snapshot: Snapshot) -> list[str]:
    if snapshot.plan is None:
        return [_("No joint work plan is on record for the year.")]
    return [_activities(snapshot), *money_sentence(snapshot)]


# In the order of the sentence; each agrees with its number.
_IN_STATUS = {
    "completed": lambda n: ngettext("%(n)s completed", "%(n)s completed", n),
    "in_progress": lambda n: ngettext("%(n)s in progress", "%(n)s in progress", n),
    "delayed": lambda n: ngettext("%(n)s delayed", "%(n)s delayed", n),
    "not_started": lambda n: ngettext("%(n)s not started", "%(n)s not started", n),
    "postponed": lambda n: ngettext("%(n)s postponed", "%(n)s postponed", n),
    "cancelled": lambda n: ngettext("%(n)s cancelled", "%(n)s cancelled", n),
}


def _activities(snapshot: Snapshot) -> str:
    """Every activity under its status, so that the parts add up to the whole."""
    rows = figures.all_activities(snapshot)
    if not rows:
        return _("The plan has no activity.")
    counts = {status: sum(one.status == status for one in rows) for status in _IN_STATUS}
    told = [word(counts[status]) % {"n": counts[status]} for status, word in _IN_STATUS.items() if counts[status]]
    text = ngettext(
        "The plan has %(n)s activity: %(statuses)s.", "The plan has %(n)s activities: %(statuses)s.", len(rows)
    ) % {"n": len(rows), "statuses": listed(told)}
    found = figures.indicators(rows)
    reached = sum(one.is_reached for one in found)
    if found:
        text += " " + ngettext(
            "%(n)s indicator of %(all)s has reached its target.",
            "%(n)s indicators of %(all)s have reached their target.",
            reached,
        ) % {"n": reached, "all": len(found)}
    return text


def money_sentence(snapshot: Snapshot) -> list[str]:
    """Planned, mobilised, spent, and what is missing."""
    if snapshot.plan is None:
        return []
    total, currency = figures.budget(snapshot.plan.activities), snapshot.plan.currency
    if not total.planned:
        return []
    return [
        _(
            "Of %(planned)s planned, %(mobilised)s were mobilised (%(share)s) and %(spent)s spent (%(used)s); %(gap)s "
            "remain to be mobilised."
        )
        % {
            "planned": money(total.planned, currency),
            "mobilised": money(total.mobilised, currency),
            "share": percent(figures.share(total.mobilised, total.planned)),
            "spent": money(total.spent, currency),
            "used": percent(figures.share(total.spent, total.planned)),
            "gap": money(total.gap, currency),
        }
    ]


def coverage(rows: Sequence[figures.Coverage]) -> list[str]:
    served = figures.covered(rows)
    text = ngettext(
        "%(n)s of the %(all)s objectives is served by at least one activity that goes ahead.",
        "%(n)s of the %(all)s objectives are served by at least one activity that goes ahead.",
        served,
    ) % {"n": served, "all": len(rows)}
    idle = [row for row in rows if row.activities and not row.acting]
    none = [row for row in rows if not row.activities]
    if none:
        names = listed([f"{row.objective.number} ({row.objective.label})" for row in none])
        text += " " + _("No activity serves: %(names)s.") % {"names": names}
    if idle:
        names = listed([f"{row.objective.number} ({row.objective.label})" for row in idle])
        only = ngettext(
            "Served only by activities postponed or cancelled: %(names)s.",
            "Served only by activities postponed or cancelled: %(names)s.",
            len(idle),
        )
        text += " " + only % {"names": names}
    return [text]


def challenges(snapshot: Snapshot) -> list[str]:
    text = _(
        "This chapter is drawn from the records: activities that did not go as planned, objections that stand, actions "
        "that are late, and objectives that nobody serves."
    )
    return [text]
