"""Mails about the plan: to the co-chairs whose signature is awaited, to the office that is to acknowledge receipt."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock, outbox
from members.enums import Role
from members.models import User
from members.queries import co_chairs_on, people_with_role
from workplan.models import WorkPlan


def ask_for_signatures(plan: WorkPlan) -> None:
    """Clause M-54 begins with a plan that both seats have signed."""
    people = [term.person for term in co_chairs_on(clock.today())]
    _send(plan, "signature", people, lambda: _("Work plan %s — your signature is awaited") % plan.year)


def announce_transmission(plan: WorkPlan) -> None:
    people = people_with_role(Role.RC_OFFICE, clock.today())
    _send(plan, "transmission", people, lambda: _("Work plan %s — please acknowledge receipt") % plan.year)


def _send(plan: WorkPlan, kind: str, people: Iterable[User], subject: Any) -> None:
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
                dedupe_key=f"plan-{plan.pk}-{kind}-{person.pk}",
                thread=f"plan-{plan.pk}",
                about=plan,
            )
        )
