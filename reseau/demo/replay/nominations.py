"""Calls for candidates to a co-chair seat that a year file leaves open, and who was put forward."""

from decisions import actions
from members.enums import Seat
from reseau.demo.replay.stage import Event, Stage, at
from reseau.demo.year import CandidatePart, Term, Year


def events(year: Year, stage: Stage) -> list[Event]:
    found: list[Event] = []
    for term in year.co_chair_terms:
        if term.opened_at is None:
            continue
        found.append(Event(at(term.opened_at, 18), _open(stage, term), f"co_chair_terms {term.code}"))
        for candidate in term.candidates:
            offer = _put_forward(stage, term, candidate)
            found.append(Event(at(candidate.received_at, 11), offer, f"co_chair_terms {term.code}"))
    return found


def _open(stage: Stage, term: Term):
    def act():
        stage.nominations[term.code] = actions.open_nomination(
            seat=Seat(term.seat), starts_on=term.start, ends_on=term.end, closes_on=term.closes_at or term.start,
            message=term.message_fr, by=stage.person(stage.secretary),
        )  # fmt: skip

    return act


def _put_forward(stage: Stage, term: Term, candidate: CandidatePart):
    def act():
        person = stage.principal_of(candidate.entity)
        actions.put_forward(
            stage.nominations[term.code], entity=stage.entities[candidate.entity], person=person,
            statement=candidate.statement_fr, by=person,
        )  # fmt: skip

    return act
