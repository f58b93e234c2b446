"""Mails about what becomes of an objection: what was done, what is asked, and where it goes on."""

from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.typography import long_day
from decisions import queries
from decisions.enums import Stance
from decisions.models import Decision, Facilitation, Referral
from members.emails import Sheet, send
from members.enums import Role
from members.models import User
from members.queries import co_chairs_on, contact_people, people_with_role, voices_of, voices_on

Facts = list[tuple[str, str]]


def announce_facilitation(decision: Decision, note: Facilitation) -> None:
    """To who speaks for the entity that objects, and to the other co-chair."""
    entity = note.objection.entity
    told = [*contact_people(entity, clock.today()), *_chairing()]

    def sheet() -> Sheet:
        named = {"entity": entity, "title": decision.title}
        facts = [(_("Decision:"), decision.title), (_("Note of the co-chairs:"), note.text)]
        return Sheet(
            subject=_("Objection of %(entity)s, note of the co-chairs: %(title)s") % named,
            opening=_("The co-chairs wrote down where the objection of %s stands.") % entity,
            facts=facts, verb=_("Read the decision"), url=_url(decision),
            closing=_("An objection stands until its entity lifts it. A question? Write to the secretariat:"),
        )  # fmt: skip

    _send("facilitation", told, decision, sheet, key=note.pk, but=note.author)


def announce_deferral(decision: Decision, reason: str, meeting: Mapping[str, str]) -> None:
    """To who speaks for the members: no position is awaited any more, the text is taken up in a meeting.

    Args:
        meeting: language → the words of the meeting.
    """

    def sheet() -> Sheet:
        return Sheet(
            subject=_("%s — deferred to a meeting") % decision.title,
            opening=_("The co-chairs take this decision up in a meeting: no position is awaited until then."),
            facts=[
                (_("Decision:"), decision.title), (_("Meeting:"), meeting[translation.get_language()]),
                (_("Reason:"), reason),
                *_objecting(decision),
            ],
            verb=_("Read the decision"), url=_url(decision),
            closing=_("The positions given stay on record. A question? Write to the secretariat:"),
        )  # fmt: skip

    _send("deferral", voices_on(clock.today()), decision, sheet, key=_moment())


def announce_referral(referral: Referral) -> None:
    """To the Resident Coordinator’s office, which carries what is asked of the Country Team too; to the co-chairs and
    to who speaks for the members, of whom no position is awaited any more.
    """
    decision = referral.decision
    day = clock.today()
    told = [*people_with_role(Role.RC_OFFICE, day), *_chairing(), *voices_on(day)]

    def sheet() -> Sheet:
        named = {"advice": referral, "title": decision.title}
        return Sheet(
            subject=capfirst(_("%(advice)s asked for: %(title)s") % named),
            opening=_("The co-chairs ask for the %(advice)s on an objection that is maintained.") % named,
            facts=[
                (_("Decision:"), decision.title), (_("What is asked:"), referral.question),
                *_objecting(decision), (_("Text:"), queries.last_text(decision).text),
            ],
            verb=_("Read the decision"), url=_url(decision),
            closing=_("No position is awaited until then; those given stay on record. The Network decides by "
                      "consensus, in the light of this advice. A question? Write to the secretariat:"),
        )  # fmt: skip

    _send("referral", told, decision, sheet, key=referral.pk, but=referral.asked_by)


def announce_advice(referral: Referral) -> None:
    """To the co-chairs, who take it up, to those who proposed the text or object to it, and to the office itself."""
    decision, day = referral.decision, clock.today()
    concerned = [decision.proposed_by, *(word.entity for word in _objections(decision))]
    told = [*_chairing(), *voices_of(concerned, day), *people_with_role(Role.RC_OFFICE, day)]

    def sheet() -> Sheet:
        named = {"advice": referral, "title": decision.title}
        facts = [(_("Decision:"), decision.title), (_("What was asked:"), referral.question)]
        if referral.advised_on:
            facts.append((_("Given on:"), long_day(referral.advised_on)))
        return Sheet(
            subject=capfirst(_("%(advice)s: %(title)s") % named),
            opening=_("The %(advice)s was received.") % named,
            facts=[*facts, *_answered(referral)], verb=_("Read the decision"), url=_url(decision),
            closing=_("A co-chair takes the decision up with the Network. A question? Write to the secretariat:"),
        )  # fmt: skip

    _send("advice", told, decision, sheet, key=referral.pk, but=referral.recorded_by)


def announce_no_consensus(decision: Decision, reason: str) -> None:
    """To who speaks for the members: the text is not adopted, and why."""

    def sheet() -> Sheet:
        return Sheet(
            subject=_("%s — no consensus") % decision.title,
            opening=_("A co-chair notes that the Network found no consensus on this text: it is not adopted."),
            facts=[(_("Decision:"), decision.title), (_("Reason:"), reason), *_objecting(decision)],
            verb=_("Read the decision"), url=_url(decision),
            closing=_("Everything that was said stays on record. A question? Write to the secretariat:"),
        )  # fmt: skip

    _send("no_consensus", _asked(decision), decision, sheet, key=_moment())


def announce_withdrawal(decision: Decision, reason: str) -> None:
    """To who was asked about the text: it is taken back, nothing is awaited any more."""

    def sheet() -> Sheet:
        return Sheet(
            subject=_("%s — withdrawn") % decision.title,
            opening=_("This proposal is withdrawn: nothing is awaited of you any more."),
            facts=[(_("Decision:"), decision.title), (_("Reason:"), reason)],
            verb=_("Read the decision"), url=_url(decision),
            closing=_("Everything that was said stays on record. A question? Write to the secretariat:"),
        )  # fmt: skip

    _send("withdrawal", _asked(decision), decision, sheet, key=_moment())


def _asked(decision: Decision) -> list[User]:
    """Who speaks for the members, and the office whose advice has not come."""
    day = clock.today()
    awaited = queries.awaited_advice(decision)
    return [*voices_on(day), *(people_with_role(Role.RC_OFFICE, day) if awaited else [])]


def _answered(referral: Referral) -> Facts:
    """The advice, under which reference, and who wrote it down."""
    facts = [(_("Advice:"), referral.advice), (_("Recorded by:"), str(referral.recorded_by))]
    return [*facts, (_("Reference:"), referral.reference)] if referral.reference else facts


def _objections(decision: Decision):
    return [word for word in queries.last_words(decision).values() if word.stance == Stance.OBJECTS]


def _objecting(decision: Decision) -> Facts:
    """Each objection that stands, with its reason and what would lift it."""
    return [
        (_("Objection of %s:") % word.entity, "\n".join(filter(None, [word.reason, _lift(word.alternative)])))
        for word in sorted(_objections(decision), key=lambda word: word.pk)
    ]


def _lift(alternative: str) -> str:
    return _("What would lift it: %s") % alternative if alternative else ""


def _chairing() -> list[User]:
    return [term.person for term in co_chairs_on(clock.today())]


def _moment() -> str:
    return f"{clock.now():%Y%m%d%H%M%S%f}"


def _url(decision: Decision) -> str:
    return settings.SITE_URL + decision.get_absolute_url()


def _send(
    kind: str, people: Iterable[User], decision: Decision, sheet: Callable[[], Sheet], *, key: object,
    but: User | None = None,
) -> None:  # fmt: skip
    """To each once, in their language, but to who wrote it."""
    for person in dict.fromkeys(people):
        if person == but:
            continue
        with translation.override(person.language):
            words = sheet()
        send(f"decisions.{kind}", person.email, person, words, f"{kind}-{decision.pk}-{key}-{person.pk}", decision)
