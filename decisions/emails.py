"""Mails about a decision: the text itself, what is asked or was said, and until when."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import clock, outbox
from core.templatetags.typography import deadline, long_day, short_deadline
from decisions import call_links, effects_pages, queries, translation_pages
from decisions.enums import Stance
from decisions.models import Decision, DecisionText, OnBehalf, Position, Translation
from decisions.objections import ending
from members.emails import Sheet, send
from members.enums import Role
from members.models import Entity, User
from members.queries import co_chairs_on, contact_people, people_with_role, voices_of, voices_on


def announce_consultation(decision: Decision) -> None:
    text = decision.texts.latest("number")
    _to_voices(
        decision,
        "consultation",
        lambda title: (
            _("%(title)s — your comments before %(end)s")
            % {"title": title, "end": short_deadline(decision.consultation_ends_at)}
        ),
        text,
    )


def announce_reopening(decision: Decision, reason: str) -> None:
    """To who speaks for the members: the call is over without an outcome, its text is taken up again."""

    def subject(title: str) -> str:
        said = {"title": title, "end": short_deadline(decision.consultation_ends_at)}
        return _("%(title)s — taken up again, your comments before %(end)s") % said

    text = decision.texts.latest("number")
    _to(voices_on(clock.today()), decision, "reopening", subject, text, moment=_moment(decision), reason=reason)


def announce_call(decision: Decision, text: DecisionText) -> None:
    def subject(title: str) -> str:
        said = {"title": title, "end": short_deadline(decision.call_deadline)}
        if decision.takes_silence_for_consent:
            return _("%(title)s — silence procedure until %(end)s") % said
        return _("%(title)s — position awaited before %(end)s") % said

    # By the call and not by the text: a text that is called on again unchanged is told again.
    words = queries.last_words(decision, text).values()
    objecting = [str(word.entity) for word in words if word.stance == Stance.OBJECTS]
    _to(
        voices_on(clock.today()), decision, "call", subject, text, moment=_moment(decision), objecting=objecting,
        counts=any(word.text_number == text.number for word in words), answers=True,
    )  # fmt: skip


def announce_extension(decision: Decision, reason: str) -> None:
    """To who speaks for the members: more time is given for the same text."""

    def subject(title: str) -> str:
        said = {"title": title, "end": short_deadline(decision.call_deadline)}
        return _("%(title)s — more time, until %(end)s") % said

    text = decision.texts.latest("number")
    _to(
        voices_on(clock.today()), decision, "extension", subject, text, moment=_moment(decision), reason=reason,
        answers=True,
    )  # fmt: skip


def announce_longer_consultation(decision: Decision, reason: str) -> None:
    """To who speaks for the members: there is more time to comment."""

    def subject(title: str) -> str:
        said = {"title": title, "end": short_deadline(decision.consultation_ends_at)}
        return _("%(title)s — more time to comment, until %(end)s") % said

    text, until = decision.texts.latest("number"), f"{decision.consultation_ends_at:%Y%m%d%H%M}"
    _to(voices_on(clock.today()), decision, "longer_consultation", subject, text, moment=until, reason=reason)


def remind(decision: Decision, silent: Iterable[Entity], hours: int) -> None:
    """To who speaks for an entity that has said nothing: once for each of these hours before each deadline."""

    def subject(title: str) -> str:
        said = {"title": title, "end": short_deadline(decision.call_deadline)}
        return _("Reminder: %(title)s — until %(end)s") % said

    text = decision.texts.latest("number")
    people = voices_of(silent, clock.today())
    _to(people, decision, "reminder", subject, text, moment=f"{_moment(decision)}-{hours}", answers=True)


def tell_of_end(decision: Decision, objecting: list[Entity]) -> None:
    """To the co-chairs: the time is over, and what the portal finds; they note the consensus, not the clock."""
    chairing = [term.person for term in co_chairs_on(clock.today())]
    _to(
        chairing, decision, "call_ended", lambda title: _("%s — the deadline has passed") % title,
        decision.texts.latest("number"), moment=_moment(decision), objecting=list(map(str, objecting)),
    )  # fmt: skip


def ask_other_chair(decision: Decision) -> None:
    """To the co-chair who is awaited, where the rules of procedure ask for both."""
    first = decision.first_noted_by
    for person in [term.person for term in co_chairs_on(clock.today()) if term.person != first]:
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("%s — the consensus awaits your note") % decision.title,
                opening=_("%s noted the consensus. The rules of procedure ask for both co-chairs.") % first,
                facts=[
                    (_("Decision:"), decision.title),
                    (_("Text:"), decision.texts.latest("number").text),
                    (_("Noted by:"), str(first)),
                ],
                verb=_("Read the positions and note the consensus"),
                url=settings.SITE_URL + decision.get_absolute_url(),
                closing=_("An objection that is raised meanwhile voids the first note. A question? Write to the "
                          "secretariat:"),
            )  # fmt: skip
        key = f"other-chair-{decision.pk}-{decision.first_noted_at:%Y%m%d%H%M%S%f}-{person.pk}"
        send("decisions.other_chair", person.email, person, sheet, key, decision)


def _moment(decision: Decision) -> str:
    """The call and its deadline in the key of a mail: another call, or another deadline, is another mail."""
    return f"{decision.call_opened_at:%Y%m%d%H%M%S%f}-{decision.call_deadline:%Y%m%d%H%M}"


def announce_objection(decision: Decision, word: Position, text: DecisionText) -> None:
    """An objection was raised, said again or met: those who facilitate it and those who proposed the text are told.

    Where silence is consent, all who speak for the members are.
    """
    chairing = [term.person for term in co_chairs_on(clock.today())]
    told = dict.fromkeys([*chairing, *contact_people(decision.proposed_by, clock.today())])
    if decision.takes_silence_for_consent:  # the others count on the silence that is broken
        told |= dict.fromkeys(voices_on(clock.today()))
    told.pop(word.author, None)
    named = {"entity": word.entity}
    _to(
        list(told),
        decision,
        "objection",
        lambda title: (
            _("Objection of %(entity)s: %(title)s") % {**named, "title": title}
            if word.stance == Stance.OBJECTS
            else _("%(said)s — %(title)s") % {"said": ending(word), "title": title}
        ),
        text,
        word=word,
    )


def ask_to_confirm(record: OnBehalf) -> None:
    """A position was written down for an entity: those who speak for it read it as recorded, and confirm or contest."""
    position = record.position
    for person in contact_people(position.entity, clock.today()).exclude(pk=position.author.pk):
        with translation.override(person.language):
            named = {"entity": position.entity, "title": position.decision.title}
            sheet = Sheet(
                subject=_("Position recorded for %(entity)s, to be confirmed: %(title)s") % named,
                opening=_("The secretariat recorded a position on behalf of %(entity)s. Is it yours?") % named,
                facts=[*_as_recorded(record), (_("Answer until:"), deadline(record.answer_until))],
                verb=_("Confirm or contest"),
                url=settings.SITE_URL + record.get_absolute_url(),
                closing=_("It counts as long as it is not contested. A question? Write to the secretariat:"),
            )
        send(
            "decisions.on_behalf", person.email, person, sheet, f"on-behalf-{record.pk}-{person.pk}", position.decision
        )


def tell_of_answer(position: Position) -> None:
    """To all who speak for the entity, its author among them: a position was given by the link of a mail (ADR 22)."""
    decision, day = position.decision, clock.today()
    for person in dict.fromkeys([position.author, *contact_people(position.entity, day)]):
        with translation.override(person.language):
            named = {"entity": position.entity, "title": decision.title, "author": position.author}
            facts = [
                (_("Decision:"), decision.title),
                (_("Position:"), capfirst(str(position.get_stance_display()))),
                (_("Reason:"), position.reason),
                (_("What would lift it:"), position.alternative),
                (_("Position given on:"), deadline(position.at)),
            ]
            sheet = Sheet(
                subject=_("Position of %(entity)s received: %(title)s") % named,
                opening=(
                    _("You gave the position of your entity by the link of a mail, not signed in.")
                    if person == position.author
                    else _("%(author)s gave the position of %(entity)s by the link of a mail, not signed in.") % named
                ),
                facts=[(label, value) for label, value in facts if value],
                verb=_("Read the decision"),
                url=settings.SITE_URL + decision.get_absolute_url(),
                closing=_("Not what your entity says? Give its position on the portal: its last word counts. Or write "
                          "to the secretariat:"),
            )  # fmt: skip
        send("decisions.answer", person.email, person, sheet, f"answer-{position.pk}-{person.pk}", decision)


def announce_contest(record: OnBehalf) -> None:
    """Those who counted on the position are told that it is none: the secretariat and the co-chairs."""
    day = clock.today()
    position = record.position
    told = [*people_with_role(Role.SECRETARIAT, day), *(term.person for term in co_chairs_on(day))]
    for person in dict.fromkeys(told):
        with translation.override(person.language):
            named = {"entity": position.entity, "title": position.decision.title}
            sheet = Sheet(
                subject=_("%(entity)s contests the position recorded for it: %(title)s") % named,
                opening=_("%(entity)s says that the position recorded on its behalf is not its own.") % named,
                facts=[
                    *_as_recorded(record),
                    (_("Contested by:"), str(record.answered_by)),
                    (_("Its reason:"), record.reason),
                ],
                verb=_("Read the decision"),
                url=settings.SITE_URL + record.get_absolute_url(),
                closing=_("A question? Write to the secretariat:"),
            )
        send("decisions.contest", person.email, person, sheet, f"contest-{record.pk}-{person.pk}", position.decision)


def _as_recorded(record: OnBehalf) -> list[tuple[str, str]]:
    position = record.position
    facts = [
        (_("Decision:"), position.decision.title),
        (_("Position:"), capfirst(str(position.get_stance_display()))),
        (_("Reason:"), position.reason),
        (_("What would lift it:"), position.alternative),
        (_("How it was said:"), str(position.get_channel_display())),
        (_("By whom:"), record.said_by),
        (_("Recorded by:"), str(position.author)),
    ]
    return [(label, value) for label, value in facts if value]


def announce_adoption(decision: Decision) -> None:
    text = decision.texts.latest("number")
    if decision.takes_silence_for_consent:
        early, to_all = decision.was_noted_early, voices_on(clock.today())
        _to(to_all, decision, "silence_result", lambda _title: _result_of_silence(decision), text, noted_early=early)
        return
    _to_voices(
        decision,
        "adoption",
        lambda title: _("Decision %(reference)s: %(title)s") % {"reference": decision.reference, "title": title},
        text,
    )


def remind_of_review(decision: Decision) -> None:
    """To who speaks for the entity in charge, or to the secretariat where none is, and to the co-chairs."""
    day = clock.today()
    if decision.responsible:
        carrying = list(contact_people(decision.responsible, day))
    else:
        carrying = list(people_with_role(Role.SECRETARIAT, day))
    for person in dict.fromkeys([*carrying, *(term.person for term in co_chairs_on(day))]):
        with translation.override(person.language):
            until = long_day(decision.review_on)
            sheet = Sheet(
                subject=_("%(reference)s, to be reviewed on %(day)s") % {"reference": decision.reference, "day": until},
                opening=_("The Network adopted this decision to be looked at again. Does it still hold?"),
                facts=[
                    (_("Decision:"), str(decision)), (_("To be reviewed on:"), until),
                    *([(_("In charge:"), decision.responsible.name)] if decision.responsible else []),
                    (_("Follow-up:"), str(decision.get_follow_up_display())),
                ],
                verb=_("Write down what the review found"),
                url=f"{settings.SITE_URL}{decision.get_absolute_url()}#reexamen",
                closing=_("Another decision replaces it, if it no longer holds. A question? Write to the secretariat:"),
            )  # fmt: skip
        key = f"review-{decision.pk}-{decision.review_on:%Y%m%d}-{person.pk}"
        send("decisions.review", person.email, person, sheet, key, decision)


def _result_of_silence(decision: Decision) -> str:
    """In both languages, as the letter itself (as the presidents of UN bodies write it, GA decision 74/544)."""
    lines = []
    for language in ("fr", "en"):
        with translation.override(language):
            lines.append(_("Outcome of the silence procedure"))
    return f"{decision.reference}, {' / '.join(lines)}: {decision.title}"


def _to_voices(decision: Decision, kind: str, subject: Callable[[str], str], text: DecisionText) -> None:
    _to(voices_on(clock.today()), decision, kind, subject, text)


def _to(
    people: Iterable[User], decision: Decision, kind: str, subject: Callable[[str], str], text: DecisionText,
    word: Position | None = None, moment: str = "", answers: bool = False, **said: Any,
) -> None:  # fmt: skip
    """One mail to each, under ``subject(title)``; where it ``answers`` a call, its button opens the form and no account
    is asked.
    """
    replaced, _by = queries.replacements(decision)
    translations = queries.translations_of(text)
    which = moment or (word.pk if word else text.number)
    page = settings.SITE_URL + decision.get_absolute_url()
    for person in people:
        with translation.override(person.language):
            line = subject(_title_for(person, decision, translations))
            said_effects = effects_pages.lines(decision, replaced)
            circulates = translation_pages.line(translations) if translations else ""
            effects = [_("%(label)s: %(value)s") % {"label": label, "value": words} for label, words in said_effects]
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
                    "effects": effects,
                    "word": word,
                    "circulates": circulates,
                    "translations": _read_by(person, translations, is_letter=kind == "silence_result"),
                    **said,
                    "url": settings.SITE_URL + call_links.url_of(decision, person) if answers else page,
                    "page": page if answers else "",
                },
                dedupe_key=f"decision-{decision.pk}-{kind}-{which}-{person.pk}",
                thread=f"decision-{decision.pk}",
                about=decision,
            )
        )


def _title_for(person: User, decision: Decision, translations: list[Translation]) -> str:
    """What the subject names: in the language of the person where the text circulates in it."""
    return next((one.title for one in translations if one.language == person.language), decision.title)


def _read_by(person: User, translations: list[Translation], *, is_letter: bool) -> list[Translation]:
    """The text in the language of the person; the letter of result holds it in all of them."""
    return [one for one in translations if is_letter or one.language == person.language]
