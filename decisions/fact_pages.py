"""The lines of summary on the decision's page."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.components import SummaryRow
from core.templatetags.components import state_tag, status_tag
from core.templatetags.typography import deadline, french_day
from decisions import effects_pages, procedure, procedure_pages, queries, subjects, translation_pages
from decisions.consensus import quorum_of
from decisions.enums import GIVEN_UP, DecisionState
from decisions.models import Decision, DecisionText, Position, Translation


def _nothing(_decision: Decision) -> list[tuple[str, str]]:
    return []


def places(decision: Decision) -> list[SummaryRow]:
    """Where the portal deals with what is decided on."""
    links = [(url, capfirst(words)) for words, url in subjects.places(decision)]
    joined = format_html_join(SafeString("<br>"), '<a href="{}">{}</a>', links)
    return [SummaryRow(_("See also"), joined)] if links else []


def facts(
    decision: Decision, text: DecisionText, words: dict[int, Position], translations: list[Translation]
) -> list[SummaryRow]:
    """The lines of the summary; those that are not known yet are left out."""
    rows = [
        SummaryRow(_("Proposed by"), decision.proposed_by.name),
        SummaryRow(_("Subject"), decision.subject.label),
        *places(decision),
        *(SummaryRow(*fact) for fact in (decision.subject.facts_of or _nothing)(decision)),
        SummaryRow(_("Positions are given"), decision.get_mode_display()),
    ]
    rows += _taken_up(decision)
    rows += translation_pages.facts(translations)
    rows += _call_facts(decision, text, words)
    if decision.responsible:
        rows.append(SummaryRow(_("In charge"), decision.responsible.name))
    if decision.due_on:
        rows.append(SummaryRow(_("To be carried out by"), french_day(decision.due_on)))
    rows += effects_pages.facts(decision)
    if decision.number:
        rows.append(SummaryRow(_("Seal of the register"), format_html("<code>{}</code>", decision.seal)))
        rows.append(SummaryRow(_("Follow-up"), state_tag(decision, "follow_up")))
        if decision.follow_up_note:
            rows.append(SummaryRow(_("Note"), decision.follow_up_note))
    return rows


def _taken_up(decision: Decision) -> list[SummaryRow]:
    """The proposal that was given up and is proposed anew by this one; or the decisions that take this one up again."""
    rows = [SummaryRow(_("Takes up again"), effects_pages.links([decision.takes_up]))] if decision.takes_up else []
    anew = queries.proposed_anew(decision) if decision.state in GIVEN_UP else []
    return [*rows, SummaryRow(_("Proposed anew"), effects_pages.links(anew))] if anew else rows


def _call_facts(decision: Decision, text: DecisionText, words: dict[int, Position]) -> list[SummaryRow]:
    """On what, under which rules and until when positions were asked for, and who noted the consensus."""
    rows = []
    if text.frozen_at:
        rows.append(SummaryRow(_("Fingerprint of the text"), format_html("<code>{}</code>", text.fingerprint)))
    if decision.procedure:
        rows.append(SummaryRow(_("Under the rules of procedure"), procedure_pages.link(decision.procedure)))
        rows += _quorum(decision, words)
    if decision.call_deadline and decision.noted_at:
        rows.append(SummaryRow(_("Positions were due by"), deadline(decision.call_deadline)))
    elif decision.call_deadline and not decision.awaited_until:
        rows.append(SummaryRow(_("The last call was announced until"), deadline(decision.call_deadline)))
    if decision.first_noted_by:
        rows.append(SummaryRow(_("First noted"), f"{french_day(decision.first_noted_at)} · {decision.first_noted_by}"))
    if decision.noted_by:
        rows.append(SummaryRow(_("Consensus noted"), f"{french_day(decision.noted_at)} · {decision.noted_by}"))
    return rows


def _quorum(decision: Decision, words: dict[int, Position]) -> list[SummaryRow]:
    """What the rules ask for and, while positions are given, whether it is reached (never a share of the answers)."""
    if not decision.procedure or not decision.procedure.quorum or decision.takes_silence_for_consent:
        return []
    asked = SummaryRow(_("Quorum"), procedure.quorum(decision.procedure.quorum))
    found = quorum_of(decision, words) if decision.state == DecisionState.CALL else None
    if found is None:
        return [asked]
    said = {"needed": found.needed, "all": found.entities, "heard": found.heard}
    line = _("%(needed)s of the %(all)s entities; %(heard)s have spoken") % said
    reached = status_tag("done", _("reached")) if found.is_reached else status_tag("waiting", _("not reached yet"))
    return [asked, SummaryRow(_("A word is asked of"), format_html("{} {}", line, reached))]
