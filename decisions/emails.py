"""Mails about a decision, to those who speak for a member entity: the text itself, what is asked, and until when."""

from collections.abc import Callable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock, outbox
from core.templatetags.typography import short_deadline
from decisions.models import Decision, DecisionText
from members.queries import voices_on


def announce_consultation(decision: Decision) -> None:
    text = decision.texts.latest("number")
    _to_voices(
        decision,
        "consultation",
        lambda: (
            _("%(title)s — your comments before %(end)s")
            % {"title": decision.title, "end": short_deadline(decision.consultation_ends_at)}
        ),
        text,
    )


def announce_call(decision: Decision, text: DecisionText) -> None:
    _to_voices(
        decision,
        "call",
        lambda: (
            _("%(title)s — position awaited before %(end)s")
            % {"title": decision.title, "end": short_deadline(decision.call_deadline)}
        ),
        text,
    )


def announce_adoption(decision: Decision) -> None:
    text = decision.texts.latest("number")
    _to_voices(
        decision,
        "adoption",
        lambda: _("Decision %(reference)s: %(title)s") % {"reference": decision.reference, "title": decision.title},
        text,
    )


def _to_voices(decision: Decision, kind: str, subject: Callable[[], str], text: DecisionText) -> None:
    for person in voices_on(clock.today()):
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
