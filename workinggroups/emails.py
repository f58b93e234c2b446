"""Mails to those who sit in a group, and to its guests."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.typography import long_day
from members.emails import Sheet, send
from members.models import User
from members.queries import speaking_for
from workinggroups.models import ChairCall, GroupChair, GroupPass, WorkingGroup


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


def announce_chair_call(call: ChairCall) -> None:
    """To everybody who speaks for a member of the group, and by their own link to the guests of its partners (M-68)."""
    for person, url in _readers(call.group):
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


def tell_chairs(group: WorkingGroup, chairs: list[GroupChair]) -> None:
    """Who sits in the group learns who chairs it from now on, and until when."""
    for person, url in _readers(group):
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("Who chairs the working group: %s") % group,
                opening=_("The group has chosen who chairs it, among those who offered."),
                facts=[
                    (_("Group:"), group.title),
                    *((_("Chair:"), str(chair)) for chair in chairs),
                    (_("Until:"), long_day(chairs[0].ends_on)),
                ],
                verb=_("Open the group"),
                url=url,
                closing=_("A question? Write to the secretariat:"),
            )
        send("workinggroups.chairs", person.email, person, sheet, f"chairs-{chairs[0].pk}-{person.pk}", group)


def _readers(group: WorkingGroup) -> Iterator[tuple[User, str]]:
    """Each person who reads the page of the group, and the address under which they do."""
    day = clock.today()
    entities = group.members.sitting(day).filter(entity__isnull=False).values("entity")
    for person in User.objects.filter(speaking_for(entities, day), is_active=True).by_name():
        yield person, settings.SITE_URL + group.get_absolute_url()
    for given in group.passes.standing(day).with_guest():
        if given.is_open:
            yield given.contact.person, settings.SITE_URL + given.get_absolute_url()


def _facts(*facts: tuple[str, str]) -> list[tuple[str, str]]:
    return [fact for fact in facts if fact[1]]
