"""The link of a mail by which one person reads a call and gives the position of their entity without an account.

It is good for one call and one person, and only as long as that person speaks for a member (ADR 22).
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock, links
from decisions.enums import DecisionState
from decisions.models import Decision
from members.models import User
from members.standing import Standing, standing_on

SALT = "call-answer"


@dataclass(frozen=True)
class CallLink:
    """What a link opens: a call, for one who speaks for a member."""

    decision: Decision
    person: User
    standing: Standing
    is_of_this_call: bool

    @property
    def why_closed(self) -> str:
        """A sentence for who follows the link; empty while it is open."""
        if not self.person.is_active or not self.standing.has_voice:
            return _("You do not speak for a member entity of the Network today.")
        if self.is_of_this_call:
            return ""
        if self.decision.state == DecisionState.CALL:
            return _(
                "This link was for an earlier call on this decision. The last mail holds the link of the present one."
            )
        return _("The call is over: the decision is “%s”.") % self.decision.get_state_display()

    def why_not_from(self, reader: Any) -> str:
        """Why ``reader``, who is signed in or is not, gives no position by it; empty where they do.

        Who proves twice who they are, or has to, is not passed by a link that proves it once.
        """
        if reader.is_authenticated and reader != self.person:
            named = {"reader": reader, "person": self.person}
            return _("You are signed in as %(reader)s, and this link is that of %(person)s: sign out first.") % named
        if self.standing.lacks_second_factor or (self.standing.has_second_factor and not reader.is_authenticated):
            return _("Your account asks for a second proof of who you are: sign in to give the position.")
        return ""


def url_of(decision: Decision, person: User) -> str:
    """The address, from the root of the site, by which this person answers the call that is open."""
    return reverse("decisions:call_answer", args=[links.sign(SALT, f"{decision.pk}.{person.pk}.{_opening(decision)}")])


def opened_by(token: str) -> CallLink | None:
    """What the link opens, or opened; ``None`` for one that the portal did not make."""
    value = links.read(SALT, token)
    if value is None:
        return None
    decision_pk, person_pk, opening = value.split(".")
    decision = Decision.objects.select_related("proposed_by", "responsible", "procedure").filter(pk=decision_pk).first()
    person = User.objects.filter(pk=person_pk).first()
    if decision is None or person is None:
        return None
    is_of_this_call = decision.state == DecisionState.CALL and _opening(decision) == opening
    return CallLink(decision, person, standing_on(person, clock.today()), is_of_this_call)


def _opening(decision: Decision) -> str:
    """Names the call: more time for it leaves the link good, another call does not."""
    return f"{decision.call_opened_at:%Y%m%d%H%M%S%f}"
