"""Mails to people about their account."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import outbox
from members.models import Invitation


def send_invitation(invitation: Invitation, token: str) -> None:
    """The link is only in this mail; the database keeps its digest."""
    person = invitation.person
    with translation.override(person.language):
        subject = _("Your access to the portal of the Network — to be opened within seven days")
    outbox.queue(
        outbox.Letter(
            kind="members.invitation",
            to=person.email,
            recipient=person,
            language=person.language,
            subject=subject,
            template="members/mail/invitation",
            context={
                "person": person,
                "invitation": invitation,
                "secretariat_email": settings.SECRETARIAT_EMAIL,
                "url": settings.SITE_URL + reverse("members:invitation_accept", args=[token]),
            },
            dedupe_key=f"invitation-{invitation.pk}",
            about=person,
        )
    )
