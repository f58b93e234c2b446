"""The extract of a decision: what the register holds of it, for who proposed it and who carries it out."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.sentences import elided
from core.templatetags.typography import deadline, french_day, long_day
from decisions import effects_pages, objections, queries, translation_pages
from decisions.enums import Capacity, Channel, Mode, Stance
from decisions.models import Decision, DecisionText, Position, Translation
from members.models import Entity
from reports.sheets import Part, PlainTable, Sheet
from reports.tables import Column


def extract(decision: Decision) -> Sheet:
    """As it stands at its adoption; the caller has set the language of the file.

    Args:
        decision: one that has its number.
    """
    text, said = queries.last_text(decision), queries.positions(decision)
    translations = queries.translations_of(text)
    counted = [word for word in said if not word.is_struck_out]
    words = queries.last_of(counted, text)
    parts = [
        Part(_("Text of the decision"), _numbered(text.parts)),
        *(_translation(one) for one in translations),
        _how(decision, text, translations),
        _positions(decision, words),
        _objections(counted),
        *_advice(decision),
        _effects(decision),
        Part(_("Authenticity"), _seals(decision, text)),
    ]
    lead = (decision.title, _("Adopted by consensus on %s.") % french_day(decision.recorded_at))
    return Sheet(_("Extract of the register of decisions, %s") % decision.reference, lead, tuple(parts))


def _numbered(parts: list[str]) -> tuple[str, ...]:
    """Each paragraph with its number, where there are several."""
    if len(parts) == 1:
        return tuple(parts)
    return tuple(f"{number}. {part}" for number, part in enumerate(parts, start=1))


def _translation(one: Translation) -> Part:
    return Part(_("Translation (%s)") % one.language_name, (one.title, *_numbered(one.parts)))


def _how(decision: Decision, text: DecisionText, translations: list[Translation]) -> Part:
    said = [_("Proposed by: %s.") % f"{decision.proposed_by.name} ({decision.proposed_by})"]
    if decision.procedure:
        said.append(_("Under the rules of procedure: %s.") % decision.procedure)
    asked = {"mode": decision.get_mode_display(), "number": text.number}
    said.append(_("Positions given %(mode)s, on version %(number)s of the text.") % asked)
    if translations:
        said.append(_("Languages in which the text circulated: %s.") % translation_pages.line(translations))
    if decision.call_opened_at and decision.call_deadline:
        days = {"start": long_day(timezone.localdate(decision.call_opened_at)), "end": deadline(decision.call_deadline)}
        said.append(_("Call opened on %(start)s, until %(end)s.") % days)
    noted = {"person": decision.noted_by, "day": french_day(decision.noted_at)}
    return Part(_("How it was taken"), (*said, _("Consensus noted by %(person)s on %(day)s.") % noted))


def _positions(decision: Decision, words: dict[int, Position]) -> Part:
    """Everybody who had a voice that day, by name: each reason on a line of its own, those without one together."""
    rows = []
    for stance in Stance:
        said = sorted((word for word in words.values() if word.stance == stance), key=_by_name)
        rows += [(_they(stance), word.entity.acronym, word.reason) for word in said if word.reason]
        rows += _together(_they(stance), [word.entity for word in said if not word.reason])
    silent = _("agree by silence") if decision.mode == Mode.SILENCE else pgettext("entities", "have not spoken")
    rows += _together(capfirst(silent), queries.silent_entities(decision, words))
    columns = (Column(_("Position"), 24, "head"), Column(_("Entities"), 34), Column(_("Reason"), 42))
    ways = (*_ways(sorted(words.values(), key=_by_name)), *_unconfirmed(words))
    return Part(_("Positions"), ways, tables=(PlainTable(_("Positions"), columns, tuple(rows)),))


def _ways(words: list[Position]) -> tuple[str, ...]:
    """Which positions were not given on the portal by who speaks for the entity, by the way they came."""
    came: dict[str, list[str]] = {}
    for word in words:
        if word.channel == Channel.LINK:
            came.setdefault(_("By the link of a mail"), []).append(word.entity.acronym)
        elif word.capacity == Capacity.SECRETARIAT:
            way = _("Recorded by the secretariat (%s)") % word.get_channel_display()
            came.setdefault(way, []).append(word.entity.acronym)
    return tuple(_("%(label)s: %(value)s.") % {"label": way, "value": ", ".join(who)} for way, who in came.items())


def _unconfirmed(words: dict[int, Position]) -> tuple[str, ...]:
    """What was recorded for an entity that may still contest it; what it contests later stands on the portal."""
    awaited = sorted((record.position for record in queries.unconfirmed(words)), key=_by_name)
    if not awaited:
        return ()
    named = ", ".join(word.entity.acronym for word in awaited)
    return (_("Not confirmed by these entities at the adoption, which may contest it on the portal: %s.") % named,)


def _by_name(word: Position) -> str:
    return word.entity.acronym.casefold()


def _they(stance: Stance) -> str:
    return capfirst(str(stance.label))


def _together(what: str, entities: list[Entity]) -> list[tuple[str, str, str]]:
    return [(what, ", ".join(entity.acronym for entity in entities), "")] if entities else []


def _objections(counted: list[Position]) -> Part:
    """Those that were raised, and what answered them: nothing of it disappears."""
    said = []
    for life in objections.objections(counted):
        raised = {"entity": life.entity, "day": long_day(timezone.localdate(life.raised.at))}
        said.append(elided(_("Objection of %(entity)s, raised on %(day)s:") % raised) + f" {life.last.reason}")
        if life.ended_by:
            said.append(_ended(life.ended_by))
    return Part(_("Objections"), tuple(said), empty=_("No entity objected."))


def _ended(word: Position) -> str:
    day = long_day(timezone.localdate(word.at))
    if word.stance == Stance.LIFTS_OBJECTION:
        return _("Lifted on %(day)s: %(why)s") % {"day": day, "why": word.reason}
    ended = {"day": day, "stance": word.get_stance_display(), "why": word.reason}
    return (_("Ended on %(day)s, the entity %(stance)s. %(why)s") % ended).rstrip()


def _advice(decision: Decision) -> list[Part]:
    """What the Resident Coordinator or the Country Team advised on an objection; nothing where nobody was asked."""
    said = []
    for one in queries.referrals(decision):
        said.append(_("%(advice)s asked for: %(question)s") % {"advice": capfirst(str(one)), "question": one.question})
        if one.advised_on:
            reference = f" ({one.reference})" if one.reference else ""
            said.append(
                _("Given on %(day)s: %(advice)s") % {"day": long_day(one.advised_on), "advice": one.advice} + reference
            )
    return [Part(_("Advice"), tuple(said))] if said else []


def _effects(decision: Decision) -> Part:
    replaced, _by = queries.replacements(decision)
    said = effects_pages.lines(decision, replaced)
    lines = tuple(_("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in said)
    return Part(_("What the decision brings about"), lines)


def _seals(decision: Decision, text: DecisionText) -> tuple[str, ...]:
    return (
        _("Fingerprint of the text (SHA-256): %s") % text.fingerprint,
        _("Seal of the register: %s") % decision.seal,
    )
