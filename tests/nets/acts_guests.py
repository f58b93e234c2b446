"""The actions about guests of a meeting and about calendars, ready to be carried out (:mod:`tests.nets.acts`)."""

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


def _revoke_feed(p):
    actions.open_feed(by=p.focal_a)
    return lambda: actions.revoke_feed(by=p.focal_a)


ACTS = {
    "meetings.invite_guests": _invite,
    "meetings.revoke_pass": _revoke,
    "meetings.open_feed": lambda p: lambda: actions.open_feed(by=p.focal_a),
    "meetings.revoke_feed": _revoke_feed,
}
