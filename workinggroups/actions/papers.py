"""Papers of a group, and the passes by which contacts of its partners read them (clauses M-67, M-68)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused
from core.transitions import lock
from core.uploads import kept_name
from members.models import PartnerContact, User
from workinggroups import emails, queries
from workinggroups.actions.life import require_not_over
from workinggroups.models import GroupPaper, GroupPass, WorkingGroup

LONGEST_PASS = timedelta(days=366)


@transaction.atomic
def add_paper(group: WorkingGroup, *, title: str, file: UploadedFile, by: User) -> GroupPaper:
    """Put a paper before those who sit in the group.

    Args:
        file: checked by :class:`core.uploads.DocumentField`.

    Raises:
        GroupIsOver: the group is closed or was withdrawn.
    """
    group = lock(group)
    require_not_over(group)
    paper = GroupPaper.objects.create(
        group=group, title=title, file=file, file_name=kept_name(str(file.name)), added_at=clock.now()
    )
    journal.record("add_paper", group, by=by, data={"paper": title})
    return paper


@transaction.atomic
def remove_paper(paper: GroupPaper, *, by: User) -> GroupPaper:
    """It is read by nobody any more; that it was there stays on record.

    Raises:
        GroupIsOver: the group is closed: what it leaves stays.
        DomainError: it was removed already.
    """
    require_not_over(lock(paper.group))
    paper = lock(paper)
    if paper.removed_at:
        raise DomainError(_("This paper was removed already."))
    paper.removed_at = clock.now()
    paper.save(update_fields=["removed_at"])
    journal.record("remove_paper", paper.group, by=by, data={"paper": paper.title})
    return paper


@transaction.atomic
def invite_to_group(
    group: WorkingGroup, *, contacts: Iterable[PartnerContact], expires_on: date, by: User
) -> list[GroupPass]:
    """Give each of these contacts a pass to this group and its papers, until that day; whoever has one keeps it.

    Raises:
        GroupIsOver: the group is closed or was withdrawn.
        Refused: the day has passed or is more than a year ahead, or somebody answers for no partner of the group.
    """
    group = lock(group)
    require_not_over(group)
    if expires_on < clock.today():
        raise Refused(_("This day has passed."), "expires_on")
    if expires_on - clock.today() > LONGEST_PASS:
        raise Refused(_("A link is good for a year at most; it can be given again."), "expires_on")
    chosen = list(dict.fromkeys(contacts))
    answering = queries.contacts_for(group).filter(pk__in=[contact.pk for contact in chosen])
    known = {contact.pk: contact for contact in answering}
    for contact in chosen:
        if contact.pk not in known:
            raise Refused(_("%s answers for no partner that sits in the group.") % contact.person, "contacts")
    has_one = set(group.passes.standing(clock.today()).values_list("contact", flat=True))
    expired = group.passes.filter(revoked_at=None, expires_on__lt=clock.today(), contact__in=chosen)
    expired.update(revoked_at=clock.now())  # one pass a contact
    given = [
        GroupPass.objects.create(group=group, contact=known[contact.pk], expires_on=expires_on, given_at=clock.now())
        for contact in chosen
        if contact.pk not in has_one
    ]
    if given:
        names = ", ".join(sorted({str(one.contact.partner) for one in given}))
        journal.record("invite_to_group", group, by=by, data={"partners": names, "expires_on": expires_on})
    for one in given:
        emails.invite(one)
    emails.tell_newcomers(group, [(one.contact.person, settings.SITE_URL + one.get_absolute_url()) for one in given])
    return given


@transaction.atomic
def revoke_group_pass(group_pass: GroupPass, *, by: User) -> GroupPass:
    """From now on the link opens nothing; the guest is told.

    Raises:
        DomainError: it was revoked before.
    """
    group_pass = lock(group_pass)
    if group_pass.revoked_at:
        raise DomainError(_("This invitation was withdrawn already."))
    was_open = group_pass.is_open
    group_pass.revoked_at = clock.now()
    group_pass.save(update_fields=["revoked_at"])
    partner = str(group_pass.contact.partner)
    journal.record("revoke_group_pass", group_pass.group, by=by, data={"partner": partner})
    if was_open:
        emails.tell_revoked(group_pass)
    return group_pass
