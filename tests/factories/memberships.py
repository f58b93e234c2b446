"""Decisions on memberships, made by the portal's own actions."""

from core import clock
from decisions import actions
from decisions.enums import Change
from tests.factories import decisions as decided
from tests.factories.members import EntityFactory

WORDS = {"title": "Adhésion", "text": "Le Réseau décide."}


def proposed(personas, entity=None, change=Change.ADMISSION, **fields):
    """An entity that does not belong yet is proposed, unless another one, or its departure, is given."""
    given = {"day": clock.today(), **WORDS, "proposed_by": personas.iom, **fields}
    return actions.propose_membership_change(
        entity or EntityFactory(), change=change, **given, by=personas.co_chair_iom
    )


def called(personas, entity=None, change=Change.ADMISSION, **fields):
    """In its call, heard, so that consensus may be noted."""
    one = proposed(personas, entity, change, **fields)
    one.decision = decided.called(one.decision, personas, mode="in_session")
    decided.supported_by(one.decision, [personas.unwomen], personas.secretariat)
    return one
