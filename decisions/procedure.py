"""The rules of procedure in force on a day, and every rule in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.prepared import prepared
from decisions import thresholds
from decisions.enums import DecisionState, ProcedureState
from decisions.models import Decision, RulesOfProcedure
from members.enums import Rank

SUBJECT = "rules_of_procedure"
# The Network begins with the usages of its foundation, before it has decided on any rule.
FOUNDATION = date(2000, 1, 1)


def in_force(day: date) -> RulesOfProcedure:
    """The version adopted last among those that had begun on ``day``.

    Raises:
        LookupError: the first version is missing: the portal was not installed to its end (``migrate``).
    """
    found = _in_force(day=day)
    if not found:
        raise LookupError("no rules of procedure: run migrate")
    return found[0]


@prepared
def _in_force(day: Any) -> QuerySet[RulesOfProcedure]:
    return _last_begun(day)


def _last_begun(day: Any) -> QuerySet[RulesOfProcedure]:
    begun = RulesOfProcedure.objects.filter(state=ProcedureState.ADOPTED, starts_on__lte=day)
    return begun.order_by("-starts_on", "-number")[:1]


def coordinator_rotates(day: date) -> Subquery:
    """A condition of SQL for the floor below: whether the coordinator’s seat rotates on ``day`` (clause M-47)."""
    return Subquery(_last_begun(day).values("coordinator_rotates"))


def target_on(day: Any, key: str) -> Subquery:
    """The same for a target of the mandate board: a whole number."""
    number = Cast(KeyTextTransform("0", KeyTransform(key, "thresholds")), IntegerField())
    return Subquery(_last_begun(day).annotate(target=number).values("target"))


@dataclass(frozen=True)
class Rule:
    """One rule: the field that holds it, its name, and its value in words."""

    field: str
    label: Callable[[], str]
    words: Callable[[Any], str]


def _before(days: int) -> str:
    return ngettext("%(n)s day before at least", "%(n)s days before at least", days) % {"n": days}


def _after(days: int) -> str:
    return ngettext("%(n)s day after at most", "%(n)s days after at most", days) % {"n": days}


def working_days(days: int) -> str:
    return ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}


def _at_least(days: int) -> str:
    return _("%s at least") % working_days(days)


def quorum(share: int) -> str:
    return _("%s %% of the member entities") % share


def ranks(held: list[str]) -> str:
    return ", ".join(str(rank.label) for rank in Rank if rank in held)


# In the order in which a meeting, then a decision, meets them.
RULES = (
    Rule("notice_days", lambda: _("Notice of a meeting"), _before),
    Rule("agenda_days", lambda: _("Publication of the agenda"), _before),
    Rule("quorum", lambda: _("Quorum"), lambda n: quorum(n) if n else _("no quorum")),
    Rule("minutes_days", lambda: _("Circulation of the minutes"), _after),
    Rule(
        "consultation_days", lambda: _("Shortest consultation"), lambda n: _at_least(n) if n else _("no minimum")
    ),
    Rule("objectors", lambda: _("Who may object for an entity"), ranks),
    Rule("silence_days", lambda: _("Silence procedure"), lambda n: _at_least(n) if n else _("not allowed")),
    Rule(
        "both_chairs_note", lambda: _("Who notes the consensus"),
        lambda both: _("both co-chairs") if both else _("one co-chair"),
    ),
    Rule(
        "coordinator_rotates", lambda: _("The coordinator’s seat"),
        lambda rotates: _("rotates, as the other one") if rotates else _("does not rotate"),
    ),
)  # fmt: skip


def in_words(procedure: RulesOfProcedure) -> list[tuple[str, str]]:
    """Name and value of each rule."""
    return [(rule.label(), rule.words(getattr(procedure, rule.field))) for rule in RULES]


def changes(old: RulesOfProcedure, new: RulesOfProcedure) -> list[tuple[str, str, str]]:
    """Name, value before and value after of each rule and threshold that differs."""
    rules = [
        (rule.label(), rule.words(getattr(old, rule.field)), rule.words(getattr(new, rule.field)))
        for rule in RULES
        if getattr(old, rule.field) != getattr(new, rule.field)
    ]
    return rules + thresholds.changes(old, new)


def last_adopted() -> RulesOfProcedure:
    """The one that the next version goes on from, whether its day has come or not."""
    return RulesOfProcedure.objects.filter(state=ProcedureState.ADOPTED).latest("number")


def before(one: RulesOfProcedure) -> RulesOfProcedure:
    """The version that ``one`` replaced, or would replace; itself when it is the first."""
    if one.number is None:
        return last_adopted()
    return RulesOfProcedure.objects.filter(number__lt=one.number).order_by("-number").first() or one


def after(one: RulesOfProcedure) -> RulesOfProcedure | None:
    """The adopted version that replaced, or is to replace, an adopted one."""
    return RulesOfProcedure.objects.filter(number__gt=one.number).order_by("number").first()


def is_open(one: RulesOfProcedure) -> bool:
    """Whether it may still be changed: nobody was called to give a position on it yet."""
    if one.state == ProcedureState.PROPOSED and one.decision is not None:
        return one.decision.state in {DecisionState.DRAFT, DecisionState.CONSULTATION}
    return one.state == ProcedureState.DRAFT


def proposed_by(decision: Decision) -> RulesOfProcedure | None:
    """The version that the decision would adopt, or has adopted."""
    if decision.subject_kind != SUBJECT:
        return None
    return RulesOfProcedure.objects.filter(decision=decision).order_by("pk").first()


def url_of(decision: Decision) -> str:
    return reverse("procedure:procedure_detail", args=[decision.subject_id])


def found(**_signal: Any) -> None:
    """Put the usages of the foundation in force, where nothing is yet. Called after each ``migrate``."""
    if not RulesOfProcedure.objects.exists():
        RulesOfProcedure.objects.create(
            state=ProcedureState.ADOPTED, number=1, starts_on=FOUNDATION, adopted_at=clock.now()
        )


def text_of_decision(old: RulesOfProcedure, new: RulesOfProcedure) -> str:
    """What the Network is asked to adopt, rule by rule."""
    said = [
        _("%(rule)s: %(new)s (until now: %(old)s).") % {"rule": rule, "old": before, "new": after}
        for rule, before, after in changes(old, new)
    ]
    return "\n\n".join([_("The Network adopts the following changes of its rules of procedure:"), *said])
