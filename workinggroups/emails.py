"""Mails to those who sit in a group, and to its guests."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock, ical, outbox
from core.templatetags.typography import deadline, long_day, short_deadline
from decisions.models import Decision
from members.emails import Sheet, send
from members.enums import Role
from members.models import User
from members.queries import co_chairs_on, people_with_role, speaking_for
from workinggroups import calendars, queries
from workinggroups.models import ChairCall, ChairOffer, GroupChair, GroupMeeting, GroupPass, WorkingGroup


def invite(group_pass: GroupPass) -> None:
    """The link is good until the day it says, for this person alone."""
    _write(
        group_pass, "group_pass",
        lambda: _("You are invited to a working group: %s"),
        lambda: _("The United Nations Network on Migration in Senegal opens a working group and its papers to you."),
        lambda: _("Open the group"),
    )  # fmt: skip


def tell_revoked(group_pass: GroupPass) -> None:
    """The guest is no longer expected, and knows whom to ask."""
    _write(
        group_pass, "group_pass_revoked",
        lambda: _("You are no longer invited to the working group: %s"),
        lambda: _("The Network withdraws its invitation to this group; the link of the earlier mail opens nothing."),
        lambda: _("Why this link opens nothing any more"),
    )  # fmt: skip


def _write(group_pass, kind, subject, opening, verb):  # type: ignore[no-untyped-def]  # sentences, not yet in a language
    person, group = group_pass.contact.person, group_pass.group
    with translation.override(person.language):
        sheet = Sheet(
            subject=subject() % group,
            opening=opening(),
            facts=[
                (_("Group:"), group.title), (_("For:"), str(group_pass.contact.partner)),
                (_("Link good until:"), long_day(group_pass.expires_on)),
            ],
            verb=verb(),
            url=settings.SITE_URL + group_pass.get_absolute_url(),
            closing=_("A question? Write to the secretariat:"),
        )  # fmt: skip
    send(f"workinggroups.{kind}", person.email, person, sheet, f"{kind}-{group_pass.pk}".replace("_", "-"), group)


def announce_chair_call(call: ChairCall, told: Iterable[tuple[User, str]] | None = None) -> None:
    """To everybody who speaks for a member of the group, and by their own link to the guests of its partners (M-68).

    Args:
        told: those who came once it was open, and the address of each; without them, everybody.
    """
    for person, url in readers(call.group) if told is None else told:
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("Who chairs the working group? Candidacies until %(day)s: %(group)s")
                % {"day": long_day(call.closes_on), "group": call.group},
                opening=_("Every member of the group, partners included, may offer to chair or co-chair it."),
                facts=_facts(
                    (_("Group:"), call.group.title), (_("Candidacies until:"), long_day(call.closes_on)),
                    (_("What the call says:"), call.message),
                ),
                verb=_("Read the call, or offer"),
                url=url,
                closing=_("Nobody has to offer. A question? Write to the secretariat:"),
            )  # fmt: skip
        send("workinggroups.chair_call", person.email, person, sheet, f"chair-call-{call.pk}-{person.pk}", call.group)


def tell_no_chair(call: ChairCall, reason: str) -> None:
    """To those who were called: nobody was named, and why."""
    for person, url in readers(call.group):
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("No chair was named: %s") % call.group,
                opening=_("The call for chairs of your working group is closed; nobody was named by it."),
                facts=[(_("Group:"), call.group.title), (_("Reason:"), reason)],
                verb=_("Open the group"),
                url=url,
                closing=_("Candidacies stay on record. A question? Write to the secretariat:"),
            )
        send("workinggroups.no_chair", person.email, person, sheet, f"no-chair-{call.pk}-{person.pk}", call.group)


def tell_offer_withdrawn(offer: ChairOffer, reason: str, by: User) -> None:
    """To who runs the call, and to the candidate: nobody finds out on the day of the choice."""
    group, day = offer.call.group, clock.today()
    running = [*people_with_role(Role.SECRETARIAT, day), *(term.person for term in co_chairs_on(day))]
    for person in dict.fromkeys([*running, offer.person]):
        if person == by:
            continue
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("Offer of %(who)s withdrawn: %(group)s") % {"who": offer.seat.who, "group": group},
                opening=_("The offer to chair the working group is withdrawn."),
                facts=_facts((_("Group:"), group.title), (_("Offer of:"), str(offer)), (_("Reason:"), reason)),
                verb=_("Open the group"),
                url=settings.SITE_URL + group.get_absolute_url(),
                closing=_("A question? Write to the secretariat:"),
            )
        send("workinggroups.offer_withdrawn", person.email, person, sheet, f"off-{offer.pk}-{person.pk}", group)


def tell_chairs(group: WorkingGroup, chairs: list[GroupChair]) -> None:
    """Who sits in the group learns who chairs it from now on, and until when."""
    for person, url in readers(group):
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("Who chairs the working group: %s") % group,
                opening=_("The group has chosen who chairs it, among those who offered."),
                facts=[
                    (_("Group:"), group.title),
                    *((_("Chair:"), str(chair)) for chair in chairs),
                    (_("From:"), long_day(chairs[0].starts_on)),
                    (_("Until:"), long_day(chairs[0].ends_on)),
                ],
                verb=_("Open the group"),
                url=url,
                closing=_("A question? Write to the secretariat:"),
            )
        send("workinggroups.chairs", person.email, person, sheet, f"chairs-{chairs[0].pk}-{person.pk}", group)


def convene(meeting: GroupMeeting, told: Iterable[tuple[User, str]] | None = None) -> None:
    """To everybody who sits in the group and to its guests, with the meeting for their calendars.

    Args:
        told: those who came later, and the address of each; without them, everybody.
    """
    _tell_meeting(
        meeting, "group_meeting", "REQUEST",
        lambda: _("%(group)s: meeting on %(moment)s"), lambda: _("A meeting of your working group is convened."), told,
    )  # fmt: skip


def tell_newcomers(group: WorkingGroup, told: list[tuple[User, str]]) -> None:
    """What the others were told before they came: the call for chairs under way, and the meetings ahead."""
    if (call := queries.call_under_way(group)) and call.is_open:
        announce_chair_call(call, told)
    for meeting in group.meetings.ahead().select_related("group").in_order():
        convene(meeting, told)


def tell_change(meeting: GroupMeeting) -> None:
    _tell_meeting(
        meeting, "group_meeting_changed", "REQUEST",
        lambda: _("%(group)s: meeting changed, %(moment)s"),
        lambda: _("The meeting of your working group has changed; your calendar follows."),
    )  # fmt: skip


def tell_called_off(meeting: GroupMeeting) -> None:
    _tell_meeting(
        meeting, "group_meeting_off", "CANCEL",
        lambda: _("%(group)s: meeting called off, %(moment)s"),
        lambda: _("The meeting of your working group is called off; please take it out of your calendar."),
    )  # fmt: skip


def _tell_meeting(meeting, kind, method, subject, opening, told=None):  # type: ignore[no-untyped-def]  # sentences, as above
    group = meeting.group
    for person, url in readers(meeting.group) if told is None else told:
        with translation.override(person.language):
            sheet = Sheet(
                subject=subject() % {"group": group, "moment": short_deadline(meeting.starts_at)},
                opening=opening(),
                facts=_facts(
                    (_("Group:"), group.title), (_("When:"), deadline(meeting.starts_at)),
                    (_("Length in minutes:"), str(meeting.duration_min)),
                    (_("Where:"), meeting.place), (_("Join online:"), meeting.online_link),
                    (_("Agenda:"), meeting.agenda), (_("Reason:"), meeting.called_off_reason),
                ),
                verb=_("Open the group"),
                url=url,
                closing=_("A question? Write to the secretariat:"),
            )  # fmt: skip
            appointment = calendars.appointment(meeting, url)
            calendar = outbox.Calendar(ical.render(appointment, method, person), method)
        key = f"{kind}-{meeting.pk}-{meeting.sequence}-{person.pk}".replace("_", "-")
        send(f"workinggroups.{kind}", person.email, person, sheet, key, group, calendar=calendar)


def tell_forwarded(group: WorkingGroup, decision: Decision, by: User) -> None:
    """To the co-chairs and the secretariat, who open the consultation on it."""
    day = clock.today()
    told = [*(term.person for term in co_chairs_on(day)), *people_with_role(Role.SECRETARIAT, day)]
    for person in dict.fromkeys(told):
        if person == by:
            continue
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("%(group)s hands a text to the Network: %(title)s")
                % {"group": group, "title": decision.title},
                opening=_("A working group asks the Network to decide on its text."),
                facts=[
                    (_("Group:"), group.title), (_("Decision:"), decision.title), (_("Handed on by:"), str(by)),
                ],
                verb=_("Read the text"),
                url=settings.SITE_URL + decision.get_absolute_url(),
                closing=_("Its consultation is opened on that page. A question? Write to the secretariat:"),
            )  # fmt: skip
        send("workinggroups.forwarded", person.email, person, sheet, f"forwarded-{decision.pk}-{person.pk}", decision)


def ask_chairs(group: WorkingGroup, since: date, until: date) -> None:
    """To who chairs the group, and to the secretariat; to the co-chairs of the Network where nobody does."""
    for person, url in _answerable(group):
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("%(group)s: no meeting since %(since)s") % {"group": group, "since": long_day(since)},
                opening=_("Does the group still have something to do? Convene a meeting, or let it rest."),
                facts=[
                    (_("Group:"), group.title), (_("Last meeting, or at work since:"), long_day(since)),
                    (_("Without a meeting convened, dormant after:"), long_day(until)),
                ],
                verb=_("Convene a meeting"),
                url=url,
                closing=_("A dormant group is woken at any time. A question? Write to the secretariat:"),
            )  # fmt: skip
        send("workinggroups.quiet", person.email, person, sheet, f"quiet-{group.pk}-{until}-{person.pk}", group)


def tell_asleep(group: WorkingGroup, since: date) -> None:
    for person, url in _answerable(group):
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("%s is dormant") % group,
                opening=_("No meeting was convened, as was asked: the group is dormant. Its papers and members stay."),
                facts=[(_("Group:"), group.title), (_("Last meeting, or at work since:"), long_day(since))],
                verb=_("Open the group"),
                url=url,
                closing=_("It is woken by the next meeting that is convened. A question? Write to the secretariat:"),
            )
        key = f"asleep-{group.pk}-{clock.today()}-{person.pk}"
        send("workinggroups.asleep", person.email, person, sheet, key, group)


def tell_closed(group: WorkingGroup, told: list[tuple[User, str]]) -> None:
    """To those who read its page until then, guests by their own link: what it leaves, in the note that closes it."""
    for person, url in told:
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("%s is closed") % group,
                opening=_("The working group ends its work. Its papers and what it decided stay in the portal."),
                facts=[(_("Group:"), group.title), (_("What it leaves:"), group.closing_note)],
                verb=_("Open the group"),
                url=url,
                closing=_("A question? Write to the secretariat:"),
            )
        send("workinggroups.closed", person.email, person, sheet, f"closed-{group.pk}-{person.pk}", group)


def _answerable(group: WorkingGroup) -> Iterator[tuple[User, str]]:
    """Who is asked about a group, and the address under which they read its page."""
    day = clock.today()
    chairing = [chair.offer.person for chair in group.chairs.in_office(day).select_related("offer__person")]
    told = dict.fromkeys([*chairing, *people_with_role(Role.SECRETARIAT, day)])
    if not chairing:
        told |= dict.fromkeys(term.person for term in co_chairs_on(day))
    links = {given.contact.person: given for given in group.passes.standing(day).with_guest()}
    for person in told:
        yield person, settings.SITE_URL + (links.get(person) or group).get_absolute_url()


def speakers_of(group: WorkingGroup, entities: Any) -> Iterator[tuple[User, str]]:
    """Who speaks for these entities, and the page of the group."""
    for person in User.objects.filter(speaking_for(entities, clock.today()), is_active=True).by_name():
        yield person, settings.SITE_URL + group.get_absolute_url()


def readers(group: WorkingGroup) -> Iterator[tuple[User, str]]:
    """Each person who reads the page of the group, and the address under which they do."""
    day = clock.today()
    yield from speakers_of(group, group.members.sitting(day).filter(entity__isnull=False).values("entity"))
    for given in group.passes.standing(day).with_guest():
        if given.is_open:
            yield given.contact.person, settings.SITE_URL + given.get_absolute_url()


def _facts(*facts: tuple[str, str]) -> list[tuple[str, str]]:
    return [fact for fact in facts if fact[1]]
