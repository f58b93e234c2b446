"""Working groups of a year file: proposed, endorsed by their decision, validated by the UNCT, at work."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock, word
from frameworks.models import GcmObjective
from reseau.demo.group_part import (
    ChairCallPart,
    ChairPart,
    DeliverablePart,
    GroupPaperPart,
    GroupPart,
    GroupPassPart,
    PausePart,
    UnctReturnPart,
)
from reseau.demo.replay.mails import saved_mail
from reseau.demo.replay.stage import Event, Stage, at
from reseau.demo.year import Year
from workinggroups import actions, queries

Step = tuple[datetime, Callable[[], object]]
TERM = timedelta(days=364)  # a year, its last day included


def events(year: Year, stage: Stage) -> list[Event]:
    proposers = {part.code: part.proposed_by for part in year.decisions}
    found: list[Event] = []
    for part in year.working_groups:
        proposer = part.proposed_by or proposers.get(part.adopted_by or "", "IOM")
        steps: list[Step] = [(at(part.proposed_at, 8, 30), _propose(stage, part, proposer))]
        steps += _way_to_the_unct(stage, part)
        call = part.chair_call
        if joined := call.opened_at if call else part.active_from or part.unct_validated_at:
            steps.append((at(joined, 14), _seat(stage, part, joined)))
        if call:
            steps.append((at(call.opened_at, 14, 30), _call(stage, part, call)))
            steps += [(at(call.closed_at, 11), _offer(stage, part, chair)) for chair in part.chairs]
            named_on = call.closed_at + timedelta(days=1)
            steps.append((at(named_on, 10), _name_chairs(stage, part, named_on)))
            steps += [(at(one.until, 9), _end_chair(stage, part, one, one.until)) for one in part.chairs if one.until]
        if part.active_from:
            steps.append((at(part.active_from, 15), _start(stage, part, part.active_from)))
        steps += [(at(paper.added_at, 16), _put(stage, part, paper)) for paper in part.papers]
        if joined:
            steps += [(at(joined, 17), _promise(stage, part, one)) for one in part.deliverables]
            yesterday = year.meta.as_of - timedelta(days=1)  # what today still brings is left out
            steps += [(at(min(one.due, yesterday), 17, 30), _tell(stage, part, one)) for one in part.deliverables]
        steps += _meetings(stage, part)
        steps += [(at(one.given_at, 16, 30), _invite(stage, part, one)) for one in part.passes]
        steps += _end(stage, part)
        found += [Event(moment, act, f"working_groups {part.code}") for moment, act in steps]
    return found


def _way_to_the_unct(stage: Stage, part: GroupPart) -> list[Step]:
    """Submitted, sent back and submitted again as often as the file says, then validated."""
    steps: list[Step] = []
    for one in part.unct_returns:
        steps.append((at(one.submitted_at, 10), _submit(stage, part, one.submitted_at)))
        steps.append((at(one.returned_at, 12), _return(stage, part, one)))
    if part.submitted_to_unct_at:
        steps.append((at(part.submitted_to_unct_at, 10), _submit(stage, part, part.submitted_to_unct_at)))
    if part.unct_validated_at:
        steps.append((at(part.unct_validated_at, 12), _validate(stage, part, part.unct_validated_at)))
    return steps


def _end(stage: Stage, part: GroupPart) -> list[Step]:
    steps: list[Step] = []
    if part.asleep:
        steps.append((at(part.asleep.at, 17), _put_to_sleep(stage, part, part.asleep)))
    if part.closing:
        steps.append((at(part.closing.at, 17), _close(stage, part, part.closing)))
    return steps


def _propose(stage: Stage, part: GroupPart, proposer: str):
    def act():
        objectives = GcmObjective.objects.filter(slug__in=[code.lower() for code in part.gcm_objectives])
        stage.groups[part.code] = actions.propose_group(
            title_fr=part.title_fr, title_en=part.title_en, need=part.need_fr or part.title_fr,
            terms=part.tor_summary_fr, objectives=objectives, proposed_by=stage.entities[proposer],
            by=stage.principal_of(proposer),
        )  # fmt: skip

    return act


def _submit(stage: Stage, part: GroupPart, day: date):
    return lambda: actions.submit_to_unct(stage.groups[part.code], submitted_on=day, by=stage.person(stage.secretary))


def _return(stage: Stage, part: GroupPart, one: UnctReturnPart):
    return lambda: actions.return_from_unct(
        stage.groups[part.code], reason=one.reason_fr, by=stage.person(stage.rc_office)
    )


def _validate(stage: Stage, part: GroupPart, day: date):
    reference = part.unct_reference or "UNCT"
    return lambda: actions.record_unct_endorsement(
        stage.groups[part.code], validated_on=day, unct_reference=reference, record=_minutes(part, reference, day),
        by=stage.person(stage.rc_office),
    )  # fmt: skip


def _minutes(part: GroupPart, reference: str, day: date) -> SimpleUploadedFile:
    """The message by which the office sent what the country team decided."""
    said = f"L’UNCT a validé ce {day:%d/%m/%Y} la création du groupe « {part.title_fr} » ({reference}).\n"
    sender = "Bureau de la Coordination <bcr@example.org>"
    return saved_mail("Extrait du compte rendu de l’UNCT", sender, f"UNCT : {part.title_fr}", said)


def _seat(stage: Stage, part: GroupPart, day: date):
    def act():
        group, by = stage.groups[part.code], stage.person(stage.secretary)
        for code in part.members:
            actions.join_group(group, entity=stage.entities[code], starts_on=day, by=by)
        for code in part.partners:
            actions.join_group(group, partner=stage.partners[code], starts_on=day, by=by)

    return act


def _call(stage: Stage, part: GroupPart, call: ChairCallPart):
    return lambda: actions.open_chair_call(
        stage.groups[part.code], closes_on=call.closed_at, message=call.message_fr, by=stage.person(stage.secretary)
    )  # fmt: skip


def _offer(stage: Stage, part: GroupPart, chair: ChairPart):
    """In the words of who offers; the file holds those whom the group chose."""

    def act():
        group = stage.groups[part.code]
        if chair.partner:
            partner = stage.partners[chair.partner]
            seat = group.members.get(partner=partner)
            person = partner.contacts.get(person__email=chair.contact).person
        else:
            seat, person = group.members.get(entity=stage.entities[chair.entity or ""]), stage.person(chair.person)
        actions.offer_to_chair(group, seat=seat, person=person, by=person)

    return act


def _name_chairs(stage: Stage, part: GroupPart, day: date):
    def act():
        group = stage.groups[part.code]
        offers = queries.offers_under_way(group)
        by = stage.person(stage.secretary)
        actions.name_chairs(group, offers=offers, starts_on=day, ends_on=day + TERM, by=by)

    return act


def _end_chair(stage: Stage, part: GroupPart, chair: ChairPart, day: date):
    def act():
        held = stage.groups[part.code].chairs.get(offer__person=stage.person(chair.person))
        actions.end_chair(held, ends_on=day, by=stage.person(stage.secretary))

    return act


def _put(stage: Stage, part: GroupPart, paper: GroupPaperPart):
    def act():
        document = word.new_document(paper.title_fr, clock.now())
        for paragraph in paper.text_fr:
            document.add_paragraph(word.clean(paragraph))
        file = SimpleUploadedFile(f"{paper.title_fr}.docx", word.saved(document), word.DOCX)
        by = stage.principal_of(paper.by)
        actions.add_paper(stage.groups[part.code], title=paper.title_fr, file=file, by=by)

    return act


def _meetings(stage: Stage, part: GroupPart) -> list[Step]:
    """Each is convened a week before, and written down on its day."""
    steps: list[Step] = []
    for day in part.meetings:
        convened = max(day - timedelta(days=7), part.active_from or day)
        steps += [(at(convened, 16, 15), _convene(stage, part, day)), (at(day, 16, 45), _minute(stage, part, day))]
    return steps


def _convene(stage: Stage, part: GroupPart, day: date):
    return lambda: actions.convene_group(
        stage.groups[part.code], starts_at=at(day, 10), duration_min=90, place="Bureau de l’OIM, Almadies",
        online_link="", agenda="1. Suites de la réunion précédente\n2. Livrables du groupe\n3. Suite des travaux",
        by=stage.person(stage.secretary),
    )  # fmt: skip


def _minute(stage: Stage, part: GroupPart, day: date):
    def act():
        group = stage.groups[part.code]
        meeting = group.meetings.get(starts_at=at(day, 10))
        said = "Le groupe fait le point sur ses livrables et convient de la suite."
        actions.minute_group_meeting(meeting, record=said, version=meeting.version, by=stage.person(stage.secretary))

    return act


def _promise(stage: Stage, part: GroupPart, one: DeliverablePart):
    def act():
        group, by = stage.groups[part.code], stage.person(stage.secretary)
        stage.deliverables[one.code] = actions.add_deliverable(group, title=one.title_fr, due_on=one.due, by=by)

    return act


def _tell(stage: Stage, part: GroupPart, one: DeliverablePart):
    """How far it is: on the day it is due, or on the eve of the last day of the file."""

    def act():
        group, row = stage.groups[part.code], stage.deliverables[one.code]
        paper = group.papers.standing().filter(title=one.title_fr).first()
        actions.edit_deliverable(
            row, title=row.title, due_on=row.due_on, state=one.status, paper=paper, version=row.version,
            by=stage.person(stage.secretary),
        )  # fmt: skip

    return act


def _invite(stage: Stage, part: GroupPart, one: GroupPassPart):
    def act():
        contacts = stage.partners[one.partner].contacts.all()
        by = stage.person(stage.secretary)
        actions.invite_to_group(stage.groups[part.code], contacts=contacts, expires_on=one.expires_on, by=by)

    return act


def _start(stage: Stage, part: GroupPart, day: date):
    return lambda: actions.start_group(stage.groups[part.code], active_from=day, by=stage.person(stage.secretary))


def _put_to_sleep(stage: Stage, part: GroupPart, pause: PausePart):
    return lambda: actions.put_to_sleep(stage.groups[part.code], reason=pause.text_fr, by=stage.person(stage.secretary))


def _close(stage: Stage, part: GroupPart, pause: PausePart):
    return lambda: actions.close_group(stage.groups[part.code], note=pause.text_fr, by=stage.person(stage.secretary))
