"""Mails about each step of a group: what was done and what comes next, to who does it and to who proposed it."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from decisions.models import Decision
from members.emails import Sheet, send
from members.enums import Role
from members.models import User
from members.queries import co_chairs_on, contact_people, people_with_role
from workinggroups.emails import readers
from workinggroups.models import WorkingGroup

Facts = list[tuple[str, str]]


def tell_proposed(group: WorkingGroup, by: User) -> None:
    def words() -> tuple[str, str, Facts]:
        facts = [(_("Proposed by:"), group.proposed_by.name), (_("Need, and what a group adds:"), group.need)]
        return (
            _("%s is proposed") % group,
            _("A working group is proposed: it is to be brought before the Network."),
            facts,
        )

    _tell(group, "proposed", _running(), words, by)


def tell_endorsed(group: WorkingGroup, by: User) -> None:
    def words() -> tuple[str, str, Facts]:
        opening = _("The Network endorsed the group: its letter is to be signed, and the group submitted to the UNCT.")
        return _("%s is endorsed by the Network") % group, opening, [(_("Decision:"), str(group.decision))]

    _tell(group, "endorsed", [*_running(), *_proposing(group)], words, by)


def tell_submitted(group: WorkingGroup, by: User) -> None:
    """To the office of the Resident Coordinator, which records the answer of the country team, and to who proposed."""

    def words() -> tuple[str, str, Facts]:
        opening = _("The Network submits the group to the UNCT. Its answer is recorded on the page of the group.")
        facts = [(_("Decision:"), str(group.decision)), (_("Terms of reference:"), group.terms)]
        return _("%s is submitted to the UNCT") % group, opening, facts

    office = people_with_role(Role.RC_OFFICE, clock.today())
    _tell(group, "submitted", [*office, *_proposing(group)], words, by)


def tell_returned(group: WorkingGroup, reason: str, by: User) -> None:
    def words() -> tuple[str, str, Facts]:
        opening = _("The UNCT asks for something else: submit the group again, or take its proposal up again.")
        return _("%s is returned by the UNCT") % group, opening, [(_("What it asks:"), reason)]

    _tell(group, "returned", [*_running(), *_proposing(group)], words, by)


def tell_validated(group: WorkingGroup, by: User) -> None:
    def words() -> tuple[str, str, Facts]:
        opening = _("The UNCT validated the group: enter its members and call them for chairs before it begins.")
        facts = [(_("Reference of the UNCT:"), group.unct_reference)]
        return _("%s is validated by the UNCT") % group, opening, facts

    sitting = [person for person, _url in readers(group)]
    _tell(group, "validated", [*_running(), *_proposing(group), *sitting], words, by)


def tell_begun(group: WorkingGroup, by: User) -> None:
    def words() -> tuple[str, str, Facts]:
        opening = _("The UNCT has validated the group, and its work begins: its first meeting is to be convened.")
        return _("%s is at work") % group, opening, []

    _tell_readers(group, "begun", words, by)


def tell_put_to_sleep(group: WorkingGroup, reason: str, by: User) -> None:
    def words() -> tuple[str, str, Facts]:
        opening = _("The group does not meet for the time being. Its papers and members stay.")
        return _("%s is dormant") % group, opening, [(_("Reason:"), reason)]

    _tell_readers(group, "put_to_sleep", words, by)


def tell_woken(group: WorkingGroup, by: User) -> None:
    def words() -> tuple[str, str, Facts]:
        return _("%s is at work again") % group, _("The group is woken: its next meeting is to be convened."), []

    _tell_readers(group, "woken", words, by)


def tell_terms(group: WorkingGroup, decision: Decision) -> None:
    """To who sits in the group, and to the office of the Resident Coordinator, which tells the UNCT (clause M-65)."""

    def words() -> tuple[str, str, Facts]:
        opening = _(
            "The Network gave the group other terms of reference; the office tells the UNCT, which validated it."
        )
        facts = [(_("Decision:"), str(decision)), (_("Terms of reference:"), group.terms)]
        return _("%s has new terms of reference") % group, opening, facts

    _tell_readers(group, "terms", words, None, [*_running(), *people_with_role(Role.RC_OFFICE, clock.today())])


def _running() -> list[User]:
    """The secretariat and the co-chairs, who take the next step."""
    day = clock.today()
    return [*people_with_role(Role.SECRETARIAT, day), *(term.person for term in co_chairs_on(day))]


def _proposing(group: WorkingGroup) -> list[User]:
    return list(contact_people(group.proposed_by, clock.today()))


def _tell_readers(
    group: WorkingGroup, kind: str, words: Callable[[], tuple[str, str, Facts]], by: User | None,
    others: Iterable[User] = (),
) -> None:  # fmt: skip
    """Guests by their own link, the others by the page of the group."""
    told = dict(readers(group))
    page = settings.SITE_URL + group.get_absolute_url()
    for person in others:
        told.setdefault(person, page)
    for person, url in told.items():
        if person != by:
            _send(group, kind, person, url, words)


def _tell(
    group: WorkingGroup, kind: str, people: Iterable[User], words: Callable[[], tuple[str, str, Facts]], by: User
) -> None:
    for person in dict.fromkeys(people):
        if person != by:
            _send(group, kind, person, settings.SITE_URL + group.get_absolute_url(), words)


def _send(group: WorkingGroup, kind: str, person: User, url: str, words: Callable[[], tuple[str, str, Facts]]) -> None:
    with translation.override(person.language):
        subject, opening, facts = words()
        sheet = Sheet(
            subject=subject, opening=opening, facts=[(_("Group:"), group.title), *facts], verb=_("Open the group"),
            url=url, closing=_("A question? Write to the secretariat:"),
        )  # fmt: skip
    key = f"group-{kind}-{group.pk}-{clock.now():%Y%m%d%H%M%S%f}-{person.pk}"
    send(f"workinggroups.{kind}", person.email, person, sheet, key, group)
