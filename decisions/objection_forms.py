"""Forms on what becomes of an objection; they decide nothing."""

from functools import partial

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, OnceMixin, PortalForm
from core.templatetags.typography import long_day
from decisions import deferral
from decisions.enums import Body
from decisions.forms import long_text

reason = partial(long_text, rows=3)


class FacilitationForm(OnceMixin, PortalForm):
    """``objection`` tells the forms of several objections apart."""

    text = reason(
        _("Note of the co-chairs"), help_text=_("What was done or heard, and where it leads. Read by the Network.")
    )

    def __init__(self, *args, objection, **kwargs):
        self.ids = f"facilitation_{objection}"
        super().__init__(*args, **kwargs)


class DeferralForm(PortalForm):
    ids = "deferral"
    meeting = forms.ChoiceField(label=_("Meeting"), required=False)
    reason = reason(_("Reason"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = deferral.meetings_ahead() or [("", gettext("the next one that is prepared"))]


class ReferralForm(PortalForm):
    ids = "referral"
    body = forms.ChoiceField(label=_("Whose advice"), choices=Body.choices, widget=forms.RadioSelect, initial=Body.RC)
    question = reason(_("What is asked"))


class AdviceForm(PortalForm):
    ids = "advice"
    advice = long_text(_("Advice"), rows=5)
    advised_on = DayField(label=_("Given on"))
    reference = forms.CharField(label=_("Reference"), max_length=100, required=False)


class NoConsensusForm(PortalForm):
    ids = "no_consensus"
    reason = reason(_("Reason"), help_text=_("What stands against it, and what was tried. Sent to the Network."))

    def __init__(self, *args, awaited, **kwargs):
        """``awaited`` is the advice that was asked for and has not come."""
        super().__init__(*args, **kwargs)
        if awaited:
            said = {"advice": awaited, "day": long_day(timezone.localdate(awaited.asked_at))}
            self.fields["without_advice"] = forms.BooleanField(
                label=gettext("Close without waiting for the advice"),
                error_messages={"required": gettext("Tick this box to confirm it.")},
                help_text=gettext("The %(advice)s is awaited since %(day)s.") % said,
            )
