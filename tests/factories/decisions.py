"""Decisions in each state, made by the portal's own actions: what a factory builds is what the portal would."""

from datetime import timedelta
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from decisions import actions, subjects
from decisions.enums import Asks, Body, DecisionState, Mode, Stance
from frameworks import workdays


def soon(days=5):
    """So many days from now, or the first working day after that: calls end on one."""
    moment = clock.now() + timedelta(days=days)
    eve = clock.today() + timedelta(days=days - 1)
    return moment + (workdays.calendar(eve, eve).after(eve, 1) - eve - timedelta(days=1))


def draft(personas, **fields):
    given = {"title": "Cadrage du PTA", "text": "Le Réseau adopte le cadrage.", "proposed_by": personas.unicef}
    return actions.propose_decision(**{**given, **fields}, by=personas.focal_a)


def in_consultation(personas, **fields):
    decision = draft(personas, **fields)
    return actions.open_consultation(decision, ends_at=soon(), by=personas.secretariat)


def in_call(personas, *, mode=Mode.WRITTEN, **fields):
    return called(draft(personas, **fields), personas, mode=mode)


def amended(decision, personas, **asked):
    """UN Women asks for other words in the first paragraph."""
    given = {"kind": Asks.REWORDING, "paragraph": 1, "wording": "Une autre rédaction.", "text": ""}
    return actions.add_comment(decision, **{**given, **asked}, by=personas.focal_b)


def translated(decision, personas, **given):
    """The first version of the text in English, by UNICEF, as it stands in :func:`draft`."""
    said = {"language": "en", "title": "Framework", "words": "The Network adopts the framework.", "text_number": 1}
    return actions.translate_text(decision, **{**said, "version": 0, **given}, by=personas.focal_a)


def called(decision, personas, *, mode=Mode.WRITTEN, leave_unanswered=False):
    """A draft or a text in consultation, brought to its call."""
    until = soon()
    if decision.state == DecisionState.DRAFT:
        decision = actions.open_consultation(decision, ends_at=until, by=personas.secretariat)
    return actions.open_call(
        decision, deadline=until, mode=mode, close_early=True, leave_unanswered=leave_unanswered,
        by=personas.co_chair_iom,
    )  # fmt: skip


def objected(personas, **fields):
    """UN Women objects to a text in call."""
    decision = in_call(personas, **fields)
    said = {"stance": Stance.OBJECTS, "reason": "Aucun chiffre.", "alternative": "Un plancher."}
    actions.state_position(decision, **said, by=personas.focal_b)
    return decision


def referred(personas):
    """The Resident Coordinator is asked for advice on an objection."""
    decision = objected(personas)
    actions.refer_decision(decision, body=Body.RC, question="Quel plancher ?", by=personas.co_chair_iom)
    decision.refresh_from_db()
    return decision


def deferred(personas):
    return actions.defer_decision(objected(personas), reason="À la plénière", by=personas.co_chair_iom)


def without_consensus(personas):
    return actions.close_without_consensus(objected(personas), reason="Sans accord", by=personas.co_chair_iom)


def supported_by(decision, entities, by):
    for entity in entities:
        actions.record_position(decision, entity=entity, stance=Stance.SUPPORTS, channel="in_session", by=by)
    return decision


def heard_by_mail(decision, entity, by):
    """What the entity wrote to the secretariat, recorded with its mail."""
    mail = SimpleUploadedFile("Position.eml", b"From: cabinet@example.org\r\n\r\nNous soutenons.\r\n")
    said = {"entity": entity, "stance": Stance.SUPPORTS, "channel": "email", "proof": mail}
    return actions.record_position(decision, **said, by=by).on_behalf


def with_effects(decision, personas, **given):
    """What UNICEF says that its proposal would bring about."""
    said = {
        "responsible": decision.responsible, "due_on": decision.due_on, "in_force_from": None, "in_force_until": None,
        "review_on": None, "replaced": (), "version": decision.version,
    }  # fmt: skip
    return actions.set_effects(decision, **{**said, **given}, by=personas.focal_a)


def heard_in_session(personas, replaced=(), **fields):
    """One entity has spoken and nobody objects: consensus may be noted."""
    proposed = draft(personas, **fields)
    if replaced:
        proposed = with_effects(proposed, personas, replaced=replaced)
    return supported_by(called(proposed, personas, mode=Mode.IN_SESSION), [personas.unicef], personas.secretariat)


def recorded(personas, **fields):
    decision = heard_in_session(personas, **fields)
    return actions.note_consensus(decision, by=personas.co_chair_iom)


def recorded_without_extract(personas):
    """Of a register that was begun before extracts were taken."""
    with patch.object(subjects, "_recorders", []):
        return recorded(personas)
