"""Versions of the rules of procedure in each state, made by the portal's own actions."""

from core import clock
from decisions import actions, procedure
from decisions.enums import Mode
from tests.factories import decisions as decided


def in_force():
    return procedure.in_force(clock.today())


def draft(personas, **changed):
    """A version that differs from the one in force, at least in its silence procedure."""
    made = actions.prepare_procedure(by=personas.secretariat)
    values = {"silence_days": 5, **changed}
    return actions.edit_procedure(made, **values, version=made.version, by=personas.secretariat)


def proposed(personas, **changed):
    return brought(draft(personas, **changed), personas)


def brought(one, personas):
    return actions.propose_procedure(
        one, title="Procédure de silence", text="Le Réseau adopte une procédure de silence.",
        entity=personas.iom, by=personas.secretariat,
    )  # fmt: skip


def adopted(personas, **changed):
    """In force from today, unless ``starts_on`` is given."""
    made = proposed(personas, **changed)
    return adopt(made, personas)


def adopt(made, personas):
    called = decided.called(made.decision, personas, mode=Mode.IN_SESSION)
    decided.supported_by(called, [personas.unicef], personas.secretariat)
    actions.note_consensus(called, by=personas.co_chair_iom)
    made.refresh_from_db()
    return made
