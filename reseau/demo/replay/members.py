"""Entities, people, focal points and co-chairs of a year file."""

import json
from datetime import date, timedelta

from frameworks import workdays
from frameworks.actions import correct_calendar
from frameworks.enums import FreeDayKind
from frameworks.models import GcmObjective, Region
from members import actions
from members.enums import MembershipKind, Rank, Role, Seat
from members.models import Entity, User
from reseau.demo.contradictions import ENTITIES
from reseau.demo.replay.stage import Event, Stage, at
from reseau.demo.year import DelegationPart, FreeDayPart, Member, Person, SuccessionPart, Term, Year

HEADS = {"resident_coordinator", "co_chair_representative"}  # who lead their entity in Senegal


def events(year: Year, stage: Stage) -> list[Event]:
    names = names_of_entities()
    by_entity = {member.entity: member for member in year.members}
    found = [Event(at(member.joined_at, 7), _join(stage, member, names[member.entity])) for member in year.members]
    for person in year.people:
        member = by_entity[person.entity]
        found.append(Event(at(person.arrives_at or member.joined_at, 7, 30), _arrive(stage, person, member)))
    for member in year.members:
        found.append(Event(at(member.profile_reviewed_at, 8), _review(stage, member)))
        found.append(Event(at(member.confirmed_at, 8, 30), _confirm(stage, member)))
    terms = [term for term in year.co_chair_terms if term.entity and term.person]
    found += [Event(at(_known_on(year, term), 18), _take_seat(stage, year, term)) for term in terms]
    found += [Event(at(part.noted_at, 9), _keep_free(stage, part), "free_days") for part in year.free_days]
    found += [Event(at(part.given_at, 10), _delegate(stage, part), "delegations") for part in year.delegations]
    found += [Event(at(part.handed_over_at, 10), _hand_over(stage, part), "successions") for part in year.successions]
    return found


def add_entity(names: dict[str, str], by: User | None) -> Entity:
    """An entity of the UN system, as the register of entities names it."""
    return actions.add_entity(
        slug=names["code"].lower(), acronym_fr=names["acronym_fr"], acronym_en=names["acronym_en"], name_fr=names["fr"],
        name_en=names["en"], website=names["website"] or "", by=by,
    )  # fmt: skip


def names_of_entities() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in json.loads(ENTITIES.read_text("utf-8"))}


def _join(stage, member: Member, names):
    def act():
        entity = add_entity(names, None)
        actions.record_membership(entity, kind=MembershipKind(member.status), starts_on=member.joined_at, by=None)
        stage.entities[member.entity], stage.principals[member.entity] = entity, member.principal

    return act


def _arrive(stage, person: Person, member: Member):
    def act():
        entity = stage.entities[person.entity]
        stage.people[person.code] = user = actions.add_person(
            email=person.email,
            civility=person.civility,
            given_name=person.given_name,
            family_name=person.family_name,
            title=person.title_fr,
            phone=person.phone,
            by=None,
        )
        if rank := _rank(person, member):
            actions.name_focal_point(entity, person=user, rank=rank, starts_on=member.joined_at, by=None)
        if person.code == stage.secretary:
            actions.grant_role(user, role=Role.SECRETARIAT, starts_on=member.joined_at, by=None)
        if person.entity == "RCO":
            actions.grant_role(user, role=Role.RC_OFFICE, starts_on=member.joined_at, by=None)

    return act


def _rank(person: Person, member: Member) -> Rank | None:
    if person.role in HEADS:
        return Rank.HEAD
    return {member.principal: Rank.PRINCIPAL, member.alternate: Rank.ALTERNATE}.get(person.code)


def _review(stage, member: Member):
    def act():
        entity = stage.entities[member.entity]
        entity.refresh_from_db()
        actions.edit_entity(
            entity,
            version=entity.version,
            fields_of_intervention=member.fields_of_intervention_fr,
            gcm_objectives=list(GcmObjective.objects.filter(slug__in=[code.lower() for code in member.gcm_objectives])),
            regions=list(Region.objects.filter(slug__in=[code.lower() for code in member.regions])),
            by=stage.principal_of(member.entity),
        )

    return act


def _confirm(stage, member: Member):
    return lambda: actions.confirm_details(stage.entities[member.entity], by=stage.principal_of(member.entity))


def _known_on(year: Year, term: Term) -> date:
    """The day a term is recorded: that of its decision, else three weeks before it starts, never in the future."""
    decision = next((row for row in year.decisions if row.code == term.decision), None)
    if decision and decision.adopted_at:
        return decision.adopted_at
    joined = min(member.joined_at for member in year.members)
    return max(joined, min(term.start - timedelta(days=21), year.meta.as_of))


def _take_seat(stage, year: Year, term: Term):
    def act():
        basis = stage.decisions[term.decision].reference if term.decision else (term.note_fr or "")
        actions.record_co_chair_term(
            stage.entities[term.entity],
            seat=Seat(term.seat),
            person=stage.person(term.person),
            starts_on=term.start,
            ends_on=term.end,
            basis=basis,
            by=stage.person(stage.secretary),
        )

    return act


def _keep_free(stage: Stage, part: FreeDayPart):
    def act():
        if workdays.computed_feast(part.day):
            return  # a year moved by some weeks: the day falls on a feast of Senegal
        correct_calendar(
            part.day, is_free=True, kind=FreeDayKind.UNITED_NATIONS, name_fr=part.name_fr, name_en=part.name_en,
            by=stage.person(stage.secretary),
        )  # fmt: skip

    return act


def _delegate(stage: Stage, part: DelegationPart):
    def act():
        giver, person = stage.person(part.giver), stage.person(part.person)
        days = {"starts_on": part.start, "ends_on": part.end}
        actions.delegate_voice(giver, person=person, **days, reason=part.reason_fr, by=giver)

    return act


def _hand_over(stage: Stage, part: SuccessionPart):
    def act():
        person, successor = stage.person(part.person), stage.person(part.successor)
        actions.hand_over(person, successor=successor, last_day=part.last_day, by=stage.person(stage.secretary))

    return act
