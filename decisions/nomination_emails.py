"""Mails about a co-chair seat: the call for candidates, who offers, the sounding, and what was given up."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.typography import long_day
from decisions.models import Candidacy, Nomination, Sounding
from members.emails import Sheet, send
from members.models import User
from members.queries import contact_people, voices_on


def announce_nomination(call: Nomination) -> None:
    """To who speaks for the members: a seat is to be filled, and until when one offers (clauses M-47, M-75)."""

    def sheet() -> Sheet:
        return Sheet(
            subject=_("%(call)s — candidacies until %(day)s") % {"call": call, "day": long_day(call.closes_on)},
            opening=_("The Network calls its members for candidates to a co-chair seat."),
            facts=[
                _seat(call),
                (_("From:"), long_day(call.starts_on)),
                (_("Until:"), long_day(call.ends_on)),
                (_("Candidacies until:"), long_day(call.closes_on)),
                *([(_("What the call says:"), call.message)] if call.message else []),
            ],
            verb=_("Read the call and put somebody forward"),
            url=_url(call),
            closing=_("A question? Write to the secretariat:"),
        )

    _send("nomination", voices_on(clock.today()), call, sheet, key=f"nomination-{call.pk}")


def tell_candidacy(candidacy: Candidacy) -> None:
    """To who speaks for the entity and to the person put forward: who recorded it may be neither."""
    call = candidacy.nomination

    def sheet() -> Sheet:
        named = {"entity": candidacy.entity, "call": call}
        return Sheet(
            subject=_("%(call)s — candidacy of %(entity)s received") % named,
            opening=_("A candidate was put forward in the name of your entity."),
            facts=[
                _seat(call),
                (_("Entity:"), candidacy.entity.name),
                (_("Person:"), str(candidacy.person)),
                *([(_("What the candidate offers:"), candidacy.statement)] if candidacy.statement else []),
                *([(_("Recorded by:"), str(candidacy.put_by))] if candidacy.put_by else []),
            ],
            verb=_("Read the candidacies"),
            url=_url(call),
            closing=_(
                "Those who speak for the entity may withdraw it until the Network has it before it. A question? "
                "Write to the secretariat:"
            ),
        )

    told = [*contact_people(candidacy.entity, clock.today()), candidacy.person]
    _send(
        "candidacy",
        (person for person in told if person != candidacy.put_by),
        call,
        sheet,
        key=f"candidacy-{candidacy.pk}",
    )


def tell_nomination_withdrawn(call: Nomination, reason: str) -> None:
    """To who speaks for the members, who were called for candidates and may have been sounded."""

    def sheet() -> Sheet:
        return Sheet(
            subject=_("%s — given up") % call,
            opening=_("The call for candidates is given up; nobody answers it any more."),
            facts=[_seat(call), (_("Reason:"), reason)],
            verb=_("Read the call"),
            url=_url(call),
            closing=_("A question? Write to the secretariat:"),
        )

    _send("nomination_withdrawn", voices_on(clock.today()), call, sheet, key=f"nomination-withdrawn-{call.pk}")


def announce_sounding(sounding: Sounding) -> None:
    """To who speaks for the members: how they would receive each candidacy, in confidence (ADR 26)."""
    call = sounding.nomination

    def sheet() -> Sheet:
        day = long_day(sounding.closes_on)
        return Sheet(
            subject=_("%(call)s — confidential sounding until %(day)s") % {"call": call, "day": day},
            opening=_("The members are asked in confidence how they would receive each candidacy."),
            facts=[
                _seat(call),
                (_("Candidacies:"), " · ".join(str(one) for one in call.candidacies.standing().order_by("pk"))),
                (_("Answers until:"), day),
            ],
            verb=_("Read the candidacies and answer"),
            url=settings.SITE_URL + sounding.get_absolute_url(),
            closing=_(
                "Each entity answers once. Nobody can tell what an entity said; nothing is shown before the end, "
                "nor ever if fewer than %(n)s answer. A question? Write to the secretariat:"
            )
            % {"n": sounding.minimum},
        )

    _send("sounding", voices_on(clock.today()), call, sheet, key=f"sounding-{sounding.pk}")


def _seat(call: Nomination) -> tuple[str, str]:
    return _("Seat:"), capfirst(str(call.get_seat_display()))


def _url(call: Nomination) -> str:
    return settings.SITE_URL + call.get_absolute_url()


def _send(kind: str, told: Iterable[User], call: Nomination, sheet: Callable[[], Sheet], *, key: str) -> None:
    """One mail to each, in its language, and one only for this key."""
    for person in dict.fromkeys(told):
        with translation.override(person.language):
            written = sheet()
        send(f"decisions.{kind}", person.email, person, written, f"{key}-{person.pk}", call)
