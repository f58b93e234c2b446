"""Mails about a decision, to those who speak for a member entity: the text itself, what is asked, and until when."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import clock, outbox
from decisions.models import Decision, DecisionText
from members.enums import MembershipKind
from members.models import FocalPoint, Membership, User


def announce_consultation(decision: Decision) -> None:
    text = decision.texts.latest("number")
    _to_voices(decision, "consultation", lambda: _("%s — your comments are welcome") % decision.title, text)


def announce_call(decision: Decision, text: DecisionText) -> None:
    _to_voices(decision, "call", lambda: _("%s — position awaited") % decision.title, text)


def announce_adoption(decision: Decision) -> None:
    text = decision.texts.latest("number")
    _to_voices(
        decision,
        "adoption",
        lambda: _("Decision %(reference)s: %(title)s") % {"reference": decision.reference, "title": decision.title},
        text,
    )


def voices_on(day: Any) -> list[User]:
    """People who speak for a full member that day."""
    members = Membership.objects.on(day).filter(kind=MembershipKind.MEMBER).values("entity")
    focal_points = FocalPoint.objects.on(day).filter(entity__in=members)
    return list(User.objects.filter(pk__in=focal_points.values("person")).order_by("pk"))


def _to_voices(decision: Decision, kind: str, subject: Callable[[], str], text: DecisionText) -> None:
    for person in voices_on(timezone.localdate(clock.now())):
        with translation.override(person.language):
            line = subject()
        outbox.queue(
            outbox.Letter(
                kind=f"decisions.{kind}",
                to=person.email,
                recipient=person,
                language=person.language,
                subject=line,
                template=f"decisions/mail/{kind}",
                context={
                    "decision": decision,
                    "text": text,
                    "person": person,
                    "url": settings.SITE_URL + decision.get_absolute_url(),
                },
                dedupe_key=f"decision-{decision.pk}-{kind}-{text.number}-{person.pk}",
                thread=f"decision-{decision.pk}",
                about=decision,
            )
        )
