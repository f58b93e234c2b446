"""Calls for candidates to a co-chair seat in each state, made by the portal's own actions."""

from datetime import timedelta

from core import clock
from decisions import actions
from decisions.enums import Mode
from decisions.models import Nomination
from meetings.enums import Kind
from tests.factories import decisions as decided
from tests.factories import meetings as met

TEXT = "Le bilan annuel nomme la coprésidence."


def term_to_come():
    first = clock.today() + timedelta(days=200)
    return {"starts_on": first, "ends_on": first + timedelta(days=364)}


def opened(personas, **facts):
    """For the rotating seat, which the personas hold without an end: their term ends before the next begins."""
    term = personas.ohchr.co_chair_terms.get()
    if term.ends_on is None:
        term.ends_on = clock.today() + timedelta(days=30)
        term.save()
    days = {**term_to_come(), "closes_on": clock.today() + timedelta(days=21)}
    return actions.open_nomination(seat="rotating", **{**days, **facts}, by=personas.secretariat)


def offered(personas, call, who="focal_a"):
    person = getattr(personas, who)
    entity = {"focal_a": personas.unicef, "focal_b": personas.unwomen}[who]
    return actions.put_forward(call, entity=entity, person=person, statement="Nous sommes prêts.", by=person)


def closed(personas, seat="rotating"):
    """The day for candidacies has passed, with one candidacy."""
    if seat == "rotating":
        call = opened(personas)
    else:  # where the rules let it rotate
        call = Nomination.objects.create(seat=seat, **term_to_come(), closes_on=clock.today())
    offered(personas, call)
    Nomination.objects.filter(pk=call.pk).update(closes_on=clock.today() - timedelta(days=1))
    call.refresh_from_db()
    return call


def sounded(personas, closes_on=None, seat="rotating"):
    """The members are asked in confidence about its one candidacy, for a week."""
    call = closed(personas, seat)
    last = closes_on or clock.today() + timedelta(days=7)
    return actions.open_sounding(call, closes_on=last, by=personas.secretariat)


def proposed(personas):
    call = closed(personas)
    return actions.propose_co_chair(
        call, candidacy=call.candidacies.get(), title="Coprésidence", text=TEXT, entity=personas.iom,
        by=personas.secretariat,
    )  # fmt: skip


def called(personas):
    """Its decision waits for the consensus to be noted."""
    call = proposed(personas)
    decision = decided.called(call.decision, personas, mode=Mode.IN_SESSION)
    decided.supported_by(decision, [personas.unwomen], personas.secretariat)
    return call


def before_the_review(personas):
    """The same, while the annual review sits (clause M-75)."""
    met.in_session(personas, kind=Kind.ANNUAL_REVIEW, title="Bilan annuel")
    return called(personas)
