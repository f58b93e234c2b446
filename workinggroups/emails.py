"""Mails to the guests of a group."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.templatetags.typography import long_day
from members.emails import Sheet, send
from workinggroups.models import GroupPass


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
