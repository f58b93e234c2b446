"""Mails about the plan: to those who are consulted, who are to sign, and who are to acknowledge receipt."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock, outbox
from members.enums import Role
from members.models import User
from members.queries import co_chairs_on, people_with_role, voices_on
from workplan.models import WorkPlan


def announce_consultation(plan: WorkPlan) -> None:
    """Clause M-59: every member has a say in the draft. A consultation opened again is announced again."""
    people = voices_on(clock.today())
    opened = f"-{plan.consultation_opened_at:%Y%m%d%H%M%S}"
    _send(plan, "consultation", people, lambda: _("Work plan %s — the draft is open to you") % plan.year, key=opened)


def ask_for_signatures(plan: WorkPlan) -> None:
    """Clause M-54 begins with a plan that both seats have signed."""
    people = [term.person for term in co_chairs_on(clock.today())]
    _send(plan, "signature", people, lambda: _("Work plan %s — your signature is awaited") % plan.year)


def announce_transmission(plan: WorkPlan) -> None:
    people = people_with_role(Role.RC_OFFICE, clock.today())
    _send(plan, "transmission", people, lambda: _("Work plan %s — please acknowledge receipt") % plan.year)


def _send(plan: WorkPlan, kind: str, people: Iterable[User], subject: Any, key: str = "") -> None:
    for person in people:
        with translation.override(person.language):
            line = subject()
        outbox.queue(
            outbox.Letter(
                kind=f"workplan.{kind}",
                to=person.email,
                recipient=person,
                language=person.language,
                subject=line,
                template=f"workplan/mail/{kind}",
                context={"plan": plan, "person": person, "url": settings.SITE_URL + plan.get_absolute_url()},
                dedupe_key=f"plan-{plan.pk}-{kind}{key}-{person.pk}",
                thread=f"plan-{plan.pk}",
                about=plan,
            )
        )
