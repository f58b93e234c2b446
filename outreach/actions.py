"""The log of engagements with partners (clause M-56), and the statements that the Network publishes."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused
from core.templatetags.typography import long_day
from core.transitions import check_version, lock
from decisions.models import Decision
from members.models import Entity, Partner, User
from members.queries import entities_taking_part
from outreach import emails
from outreach.enums import STATEMENT
from outreach.models import Engagement, Publication

FACTS = ("partner", "entity", "happened_on", "kind", "subject", "account", "next_step", "next_step_due")


@transaction.atomic
def record_engagement(
    *,
    partner: Partner,
    entity: Entity,
    happened_on: date,
    kind: str,
    subject: str,
    account: str = "",
    next_step: str = "",
    next_step_due: date | None = None,
    by: User | None,
) -> Engagement:
    """An entity of the Network did something with a partner.

    Raises:
        Refused: the day is still to come, the entity did not take part in the Network or the partner was none any more
            on it, or a day is given for a step that is not said.
    """
    engagement = Engagement(
        partner=partner, entity=entity, happened_on=happened_on, kind=kind, subject=subject, account=account,
        next_step=next_step, next_step_due=next_step_due, recorded_by=by, recorded_at=clock.now(),
    )  # fmt: skip
    _check(engagement)
    engagement.save(force_insert=True)
    journal.record("record_engagement", engagement, by=by, data={"partner": str(partner), "entity": entity.slug})
    return engagement


@transaction.atomic
def edit_engagement(engagement: Engagement, *, version: int, by: User, **values: Any) -> Engagement:
    """Correct or complete what was recorded. A step that is no longer said is no longer done either.

    Raises:
        StaleVersion: somebody changed it meanwhile.
        Refused: as for :func:`record_engagement`.
    """
    engagement = lock(engagement)
    check_version(engagement, version)
    if unknown := values.keys() - set(FACTS):
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    changed = {name: value for name, value in values.items() if getattr(engagement, name) != value}
    for name, value in changed.items():
        setattr(engagement, name, value)
    if "next_step" in changed:
        engagement.next_step_done_on = None
    _check(engagement)
    engagement.version += 1
    engagement.save()
    journal.record("edit_engagement", engagement, by=by, data={"fields": sorted(changed)})
    return engagement


@transaction.atomic
def close_next_step(engagement: Engagement, *, by: User) -> Engagement:
    """What was to follow has been done today.

    Raises:
        DomainError: nothing is to follow, or it was done already.
    """
    engagement = lock(engagement)
    if not engagement.has_open_step:
        raise DomainError(_("No next step is open here: it was noted as done already, or taken out."))
    engagement.next_step_done_on = clock.today()
    engagement.version += 1
    engagement.save(update_fields=["next_step_done_on", "version"])
    journal.record("close_next_step", engagement, by=by, data={"step": engagement.next_step})
    return engagement


@transaction.atomic
def remove_engagement(engagement: Engagement, *, by: User) -> None:
    """Take back what was recorded by mistake. The journal keeps what it was."""
    engagement = lock(engagement)
    facts = {name: str(getattr(engagement, name)) for name in ("partner", "entity", "happened_on", "subject")}
    journal.record("remove_engagement", engagement, by=by, data=facts)
    engagement.delete()


def _check(engagement: Engagement) -> None:
    day, partner = engagement.happened_on, engagement.partner
    if day > clock.today():
        raise Refused(_("This day is still to come: an engagement is logged once it took place."), "happened_on")
    if not entities_taking_part(day).filter(pk=engagement.entity_id).exists():
        raise Refused(_("%s did not take part in the Network on that day.") % engagement.entity, "entity")
    if partner.ended_on and partner.ended_on < day:
        raise Refused(_("%s was no longer a partner on that day.") % partner, "partner")
    if engagement.next_step_due and not engagement.next_step:
        raise Refused(_("Say what is to be done by that day, or take the day out."), "next_step")
    if engagement.next_step_due and engagement.next_step_due < day:
        raise Refused(_("This is before the engagement itself."), "next_step_due")


# --- Statements ------------------------------------------------------------------------------------------------------
@transaction.atomic
def statement_adopted(decision: Decision, *, by: User) -> None:
    """Called by the decision that is being recorded: the secretariat and the co-chairs are asked to publish it."""
    journal.record("announce_statement", decision, by=by)
    emails.ask_to_publish(decision)


def check_publishable(decision: Decision) -> None:
    """
    Raises:
        DomainError: it is no adopted statement, or its publication is on record.
    """
    if decision.subject_kind != STATEMENT or not decision.number:
        raise DomainError(_("Only an adopted statement is published."))
    if Publication.objects.filter(decision=decision).exists():
        raise DomainError(_("The publication of this statement is on record already."))


@transaction.atomic
def record_publication(decision: Decision, *, published_on: date, where: str, url: str = "", by: User) -> Publication:
    """Note where and when the statement was published, once.

    Raises:
        DomainError: as :func:`check_publishable`.
        Refused: on a day to come, or before it was adopted.
    """
    decision = lock(decision)
    check_publishable(decision)
    adopted: Any = decision.recorded_at
    if published_on > clock.today():
        raise Refused(_("This day is still to come."), "published_on")
    if published_on < timezone.localdate(adopted):
        raise Refused(_("The Network adopted it later, on %s.") % long_day(timezone.localdate(adopted)), "published_on")
    found = Publication.objects.create(
        decision=decision, published_on=published_on, where=where, url=url, recorded_by=by, recorded_at=clock.now()
    )
    journal.record("record_publication", decision, by=by, data={"where": where, "day": published_on.isoformat()})
    return found
