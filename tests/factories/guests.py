"""Guests of a meeting: contacts of partners with a pass."""

from meetings import actions
from tests.factories.partners import PartnerContactFactory


def invited(personas, meeting, **contact):
    """One guest of the meeting, with the pass."""
    (guest_pass,) = actions.invite_guests(meeting, contacts=[PartnerContactFactory(**contact)], by=personas.secretariat)
    return guest_pass
