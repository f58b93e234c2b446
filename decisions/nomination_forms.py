"""Forms of the nomination of a co-chair."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import DayField, OnceMixin, PortalForm, paragraphs
from decisions.forms import DecisionWordsForm
from decisions.models import Candidacy
from members.enums import Role, Seat
from members.forms import EntityField
from members.models import InstitutionalRole, PartnerContact, User
from members.queries import speaking_for


class NominationForm(OnceMixin, PortalForm):
    """The call for candidates to one seat."""

    seat = forms.ChoiceField(label=_("Seat"), choices=Seat.choices, widget=forms.RadioSelect)
    starts_on = DayField(label=_("First day of the term"))
    ends_on = DayField(label=_("Last day of the term, included"))
    closes_on = DayField(label=_("Candidacies until"), help_text=_("This day included."))
    message = paragraphs(
        _("What the call says"), limit=2000, required=False,
        help_text=_("What is expected of the seat, and how the Network will choose. Sent with the call."),
    )  # fmt: skip


class CandidacyForm(OnceMixin, PortalForm):
    """An entity offers; whoever speaks for one offers their own."""

    entity = EntityField()
    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Who would hold the seat"), empty_label=_("choose"),
        help_text=_("Somebody who speaks for the entity, or for none."),
    )  # fmt: skip
    statement = paragraphs(_("Why, in a few lines"), limit=2000, required=False)

    def __init__(self, *args, entity=None, **kwargs):
        """``entity`` is the one the reader speaks for; without one, the reader chooses."""
        super().__init__(*args, **kwargs)
        day, active = clock.today(), User.objects.filter(is_active=True)
        members = self.fields["entity"].queryset.members_on(day)
        if entity:
            active = active.exclude(speaking_for(members.exclude(pk=entity.pk).values("pk"), day))
        # Of a partner, or of the office that nobody of an entity serves in: the action would refuse them.
        elsewhere = [PartnerContact.objects.on(day), InstitutionalRole.objects.on(day).filter(role=Role.RC_OFFICE)]
        for ties in elsewhere:
            active = active.exclude(pk__in=ties.values("person"))
        self.fields["person"].queryset = active.by_name()
        if entity is None:
            self.fields["entity"].queryset = members.by_acronym()
        else:
            del self.fields["entity"]


class CoChairProposalForm(DecisionWordsForm):
    """The candidacy that the Network is asked to agree on, and the words of the decision."""

    candidacy = forms.ModelChoiceField(Candidacy.objects.none(), label=_("Candidate"), empty_label=_("choose"))
    field_order = ("candidacy", "title", "text")

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        standing = call.candidacies.standing().select_related("entity", "person")
        self.fields["candidacy"].queryset = standing.order_by("put_at", "pk")
