"""Mails to people about their account: one sheet for all, with what happened, until when, and one button."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import clock, outbox
from core.sentences import elided
from core.templatetags.typography import browser_name, deadline, long_day, moment
from members.enums import Role
from members.models import CoChairTerm, Delegation, Invitation, User
from members.queries import co_chairs_on, people_with_role
from members.succession import Succession

# What the account library did to an account → what its person is told.
WARNINGS: dict[str, Callable[[], str]] = {
    "password_changed": lambda: _("The password of your account was changed."),
    "password_reset": lambda: _("The password of your account was changed by the link of a mail."),
    "password_set": lambda: _("A password was set for your account."),
    "totp_activated": lambda: _("An authenticator app was added as the second step of your sign-in."),
    "totp_deactivated": lambda: _("The authenticator app of your account was removed."),
    "webauthn_added": lambda: _("A passkey was added to your account."),
    "webauthn_removed": lambda: _("A passkey of your account was removed."),
    "account_connected": lambda: _("A Microsoft account was linked to your account and signs in to it."),
    "account_disconnected": lambda: _("The Microsoft account no longer signs in to your account."),
    "recovery_codes_generated": lambda: _("New recovery codes were made for your account; the former ones are void."),
}


@dataclass(frozen=True)
class Sheet:
    """The words of one mail, in the reader's language. ``facts`` are pairs, ``closing`` leads to the secretariat."""

    subject: str
    opening: str
    facts: Sequence[tuple[str, str]]
    verb: str
    url: str
    closing: str


def send_invitation(invitation: Invitation, token: str) -> None:
    """The link is only in this mail; the database keeps its digest."""
    person = invitation.person
    with translation.override(person.language):
        who = invitation.invited_by
        opening = _(
            "%(who)s opens an account for you on the portal of the United Nations Network on Migration in Senegal."
        )
        sheet = Sheet(
            subject=_("Your access to the portal of the Network — to be opened within seven days"),
            opening=opening % {"who": who},
            facts=[
                (_("Your sign-in address:"), person.email),
                (_("Link good until:"), deadline(invitation.expires_at)),
            ],
            verb=_("Choose your password"),
            url=settings.SITE_URL + reverse("members:invitation_accept", args=[token]),
            closing=_(
                "The link works once and is for you alone. If you did not expect this mail, ignore it or write to the "
                "secretariat:"
            ),
        )
    send("members.invitation", person.email, person, sheet, key=f"invitation-{invitation.pk}")


def send_password_link(person: User, address: str, url: str) -> None:
    """For somebody who forgot the password."""
    with translation.override(person.language):
        until = clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        sheet = Sheet(
            subject=_("A new password for the portal of the Network — link good for one day"),
            opening=_("Somebody, probably you, asked for a new password on the sign-in page of the portal."),
            facts=[(_("Your sign-in address:"), address), (_("Link good until:"), deadline(until))],
            verb=_("Choose a new password"),
            url=url,
            closing=_(
                "The link works once. If you did not ask for it, ignore this mail: your password stays as it is. "
                "Something seems odd? Write to the secretariat:"
            ),
        )
    send("members.password_link", address, person, sheet)


def send_code(person: User, address: str, code: str) -> None:
    """The code that signs in without a password."""
    with translation.override(person.language):
        until = clock.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        sheet = Sheet(
            subject=_("Your sign-in code for the portal of the Network — good for ten minutes"),
            opening=_("Type this code in the browser in which you asked for it."),
            facts=[(_("Your code:"), code), (_("Good until:"), deadline(until))],
            verb=_("Type the code"),
            url=settings.SITE_URL + reverse("account_confirm_login_code"),
            closing=_(
                "Nobody of the Network will ever ask you for this code. If you did not ask for it, ignore this mail or "
                "write to the secretariat:"
            ),
        )
    send("members.code", address, person, sheet)


def send_no_account(address: str) -> None:
    """For an address that signs nobody in: who owns it may have another one, or wait for an invitation."""
    sheet = Sheet(
        subject=_("No account opens with this address"),
        opening=_("Somebody, probably you, tried to sign in to the portal with this address. No account has it."),
        facts=[(_("Address tried:"), address)],
        verb=_("Sign in with another address"),
        url=settings.SITE_URL + reverse("account_login"),
        closing=_(
            "Accounts are opened by invitation of the secretariat. If it was not you, ignore this mail. "
            "To be given an account, write to the secretariat:"
        ),
    )
    send("members.no_account", address, None, sheet)


def send_warning(person: User, what: str, browser: str) -> None:
    """Something about how the account opens was changed; ``what`` is one of :data:`WARNINGS`."""
    with translation.override(person.language):
        sheet = Sheet(
            subject=_("The security of your account was changed"),
            opening=WARNINGS[what](),
            facts=[(_("When:"), moment(clock.now())), (_("Browser:"), browser_name(browser))],
            verb=_("Look at your account"),
            url=settings.SITE_URL + reverse("members:account"),
            closing=_("If it was not you, write to the secretariat at once:"),
        )
    send("members.warning", person.email, person, sheet)


def tell_of_delegation(delegation: Delegation) -> None:
    """To whoever speaks in another's place: for whom, and on which days."""
    person = delegation.person
    with translation.override(person.language):
        sheet = Sheet(
            subject=_("You speak for %(entity)s by delegation") % {"entity": delegation.entity},
            opening=_("%(giver)s asks you to speak for the entity: positions, replies and updates.")
            % {"giver": delegation.giver},
            facts=[
                (_("From:"), long_day(delegation.starts_on)),
                (_("Until:"), long_day(delegation.ends_on)),
                *([(_("Reason:"), delegation.reason)] if delegation.reason else []),
            ],
            verb=_("See what awaits you"),
            url=settings.SITE_URL + reverse("home"),
            closing=_("If you cannot, tell them, or write to the secretariat:"),
        )
    send("members.delegation", person.email, person, sheet, key=f"delegation-{delegation.pk}")


def warn_of_ending_term(term: CoChairTerm) -> None:
    """Once for each term, to the secretariat and the co-chairs: nobody is named to follow (clauses M-47, M-75)."""
    day = clock.today()
    told = [*people_with_role(Role.SECRETARIAT, day), *(one.person for one in co_chairs_on(day))]
    for person in dict.fromkeys(told):
        with translation.override(person.language):
            named = {"seat": term.get_seat_display(), "day": long_day(term.ends_on)}
            sheet = Sheet(
                subject=_("A co-chair term ends on %(day)s, and nobody is named yet") % named,
                opening=_("The annual review names the next co-chair: call for candidates in time."),
                facts=[
                    (_("Seat:"), capfirst(str(named["seat"]))),
                    (_("Held by:"), f"{term.person}, {term.entity}"),
                    (_("Until:"), named["day"]),
                ],
                verb=_("Prepare the nomination"),
                url=settings.SITE_URL + reverse("members:co_chairs"),
                closing=_("A question? Write to the secretariat:"),
            )
        send("members.ending_term", person.email, person, sheet, f"ending-term-{term.pk}-{person.pk}", term)


def tell_of_succession(change: Succession) -> None:
    """To the successor what was taken over, to the one who leaves what was given; each in their own language."""
    choice = change.choice
    for person in (choice.successor, choice.person):
        with translation.override(person.language):
            sheet = _succession_sheet(change, to_successor=person == choice.successor)
        send("members.succession", person.email, person, sheet)


def _succession_sheet(change: Succession, *, to_successor: bool) -> Sheet:
    choice, named = change.choice, {"person": change.choice.person, "successor": change.choice.successor}
    facts = [
        (_("Last day of who leaves:"), long_day(choice.last_day)),
        (_("First day of the successor:"), long_day(choice.first_day)),
        *((_("Changes hands:"), capfirst(str(tie))) for tie in change.ties_in_words),
        *((_("%(label)s:") % {"label": title}, str(count)) for title, count in change.moving.items()),
    ]
    if to_successor:
        opening, verb = _("You succeed %(person)s in the Network."), _("See what awaits you")
    else:
        opening, verb = _("%(successor)s succeeds you in the Network."), _("Open the portal")
    return Sheet(
        subject=_("Succession: %(successor)s follows %(person)s") % named,
        opening=opening % named,
        facts=facts,
        verb=verb,
        url=settings.SITE_URL + reverse("home"),
        closing=_("If something is missing or wrong, write to the secretariat:"),
    )


def send(
    kind: str, to: str, person: User | None, sheet: Sheet, key: str = "", about: Model | None = None,
    attachments: Sequence[tuple[str, bytes, str]] = (), calendar: outbox.Calendar | None = None,
) -> None:  # fmt: skip
    """Queue the sheet, with French names elided; ``about`` is the thing it tells of, the person where there is none.

    Args:
        attachments: name, content and type of each file.
    """
    language = person.language if person else translation.get_language() or settings.LANGUAGE_CODE
    sheet = _elided(sheet, language)
    outbox.queue(
        outbox.Letter(
            kind=kind,
            to=to,
            recipient=person,
            language=language,
            subject=sheet.subject,
            template="members/mail/account",
            context={**vars(sheet), "person": person, "secretariat_email": settings.SECRETARIAT_EMAIL},
            dedupe_key=key or f"{kind}-{uuid4()}",
            about=about or person,
            attachments=attachments,
            calendar=calendar,
        )
    )


def _elided(sheet: Sheet, language: str) -> Sheet:
    """« de ONU-Femmes » is « d’ONU-Femmes », as the journal tells it."""
    facts = [(elided(label, language), words) for label, words in sheet.facts]
    subject, opening = elided(sheet.subject, language), elided(sheet.opening, language)
    return replace(sheet, subject=subject, opening=opening, facts=facts)
