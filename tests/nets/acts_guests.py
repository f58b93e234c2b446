"""The actions about guests of a meeting, ready to be carried out (:mod:`tests.nets.acts`)."""

from meetings import actions
from tests.factories import meetings as made
from tests.factories.guests import invited
from tests.factories.partners import PartnerContactFactory


def _invite(p):
    meeting, contact = made.convened(p), PartnerContactFactory()
    return lambda: actions.invite_guests(meeting, contacts=[contact], by=p.secretariat)


def _revoke(p):
    given = invited(p, made.convened(p))
    return lambda: actions.revoke_pass(given, by=p.secretariat)


ACTS = {"meetings.invite_guests": _invite, "meetings.revoke_pass": _revoke}
