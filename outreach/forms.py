"""Forms of the log of engagements, and of the publication of statements."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import DayField, OnceMixin, PortalForm, VersionMixin, paragraphs, sentence
from members.forms import EntityField
from members.models import Partner
from members.queries import EVERY_KIND
from outreach.enums import EngagementKind


class EngagementForm(PortalForm):
    partner = forms.ModelChoiceField(Partner.objects.none(), label=_("Partner"), empty_label=_("choose"))
    entity = EntityField()
    happened_on = DayField(label=_("Day"), initial=clock.today)
    kind = forms.ChoiceField(label=_("Kind"), choices=EngagementKind.choices, widget=forms.RadioSelect)
    subject = sentence(_("Subject"), limit=200)
    account = paragraphs(_("What came of it"), limit=4000, required=False)
    next_step = sentence(_("Next step"), required=False, help_text=_("What is to follow; leave empty if nothing is."))
    next_step_due = DayField(label=_("Next step, for the"), required=False)

    def __init__(self, *args, entity=None, **kwargs):
        """``entity`` is the one that the reader logs for; without one, the reader chooses."""
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = Partner.objects.by_name()
        if entity is None:
            members = self.fields["entity"].queryset.members_on(clock.today(), *EVERY_KIND)
            self.fields["entity"].queryset = members.by_acronym()
        else:
            del self.fields["entity"]

    def clean(self):
        data = super().clean()
        if data.get("next_step_due") and not data.get("next_step"):
            self.require("next_step", _("Say what is to be done by that day, or take the day out."))
        return data


class EngagementRecordForm(OnceMixin, EngagementForm):
    pass


class EngagementEditForm(VersionMixin, EngagementForm):
    """The entity stays the one that recorded it."""


class PublicationForm(PortalForm):
    published_on = DayField(label=_("Published on"), initial=clock.today)
    where = sentence(
        _("Where"), limit=200, help_text=_("For example: press release, site of the United Nations in Senegal.")
    )
    url = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
