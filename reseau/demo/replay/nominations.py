"""Calls for candidates to a co-chair seat that a year file leaves open, who was put forward, how it was received."""

from datetime import timedelta

from decisions import actions
from decisions.enums import Preference
from members.enums import Seat
from reseau.demo.replay.stage import Event, Stage, at
from reseau.demo.year import CandidatePart, SoundingPart, Term, Year


def events(year: Year, stage: Stage) -> list[Event]:
    found: list[Event] = []
    for term in year.co_chair_terms:
        if term.opened_at is None:
            continue
        found.append(Event(at(term.opened_at, 18), _open(stage, term), f"co_chair_terms {term.code}"))
        for candidate in term.candidates:
            offer = _put_forward(stage, term, candidate)
            found.append(Event(at(candidate.received_at, 11), offer, f"co_chair_terms {term.code}"))
        if term.sounding:
            found += _sounded(stage, term, term.sounding)
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


def _sounded(stage: Stage, term: Term, part: SoundingPart) -> list[Event]:
    """Opened, answered on its last day, closed the day after. The file has counts: its entities say them in turn."""

    def begin():
        actions.open_sounding(stage.nominations[term.code], closes_on=part.closes_at, by=stage.person(stage.secretary))

    def answer():
        call = stage.nominations[term.code]
        for place, code in enumerate(part.heard):
            said = {
                candidacy: _in_turn(part.counts[candidate], place)
                for candidacy in call.candidacies.standing()
                for candidate in part.counts
                if stage.entities[candidate].pk == candidacy.entity_id
            }
            actions.answer_sounding(call.sounding, entity=stage.entities[code], preferences=said)

    def end():
        actions.close_sounding(stage.nominations[term.code].sounding, by=None)

    about = f"co_chair_terms {term.code}"
    return [
        Event(at(part.opened_at, 10), begin, about),
        Event(at(part.closes_at, 15), answer, about),
        Event(at(part.closes_at + timedelta(days=1), 6), end, about),
    ]


def _in_turn(counts: dict[str, int], place: int) -> Preference:
    return [Preference(said) for said, number in counts.items() for _ in range(number)][place]
