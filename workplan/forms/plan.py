"""Forms of the plan: the year, its outcomes, its consultations and the steps of its custody."""

from functools import partial

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, OnceMixin, PortalForm, VersionMixin, paragraphs
from core.templatetags.typography import long_day
from decisions.enums import SPOKEN
from decisions.models import Decision
from frameworks.models import Agenda2063Item, NationalPriority
from meetings.models import Meeting
from workplan import queries, revising
from workplan.enums import FunderKind

TEXT_LENGTH = 5_000
long_text = partial(paragraphs, limit=TEXT_LENGTH, required=False)


def several(queryset, label, help_text=""):
    """Boxes to tick: a list of the choices that needs no script and no modifier key."""
    return forms.ModelMultipleChoiceField(
        queryset, label=label, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


YEARS = _("Give a year from 2020 to 2100.")


class PlanFacts(PortalForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    xof_per_usd = forms.DecimalField(
        label=_("XOF for one USD"), min_value=1, max_value=99_999, max_digits=9, decimal_places=4, localize=True,
        help_text=_("The rate used all year to show amounts in both currencies."),
    )  # fmt: skip


class PlanForm(OnceMixin, PlanFacts):
    # Not min_value: a year is no quantity, its thousands are not parted from its hundreds.
    year = forms.IntegerField(
        label=_("Year"), widget=forms.NumberInput(attrs={"min": 2020, "max": 2100}),
        validators=[MinValueValidator(2020, YEARS), MaxValueValidator(2100, YEARS)],
    )  # fmt: skip
    field_order = ("year", "title", "xof_per_usd")


class PlanEditForm(VersionMixin, PlanFacts):
    pass


class OutcomeFacts(PortalForm):
    title_fr = forms.CharField(label=_("Outcome in French"), max_length=300)
    title_en = forms.CharField(label=_("Outcome in English"), max_length=300, required=False)
    agenda2063 = several(Agenda2063Item.objects.none(), _("Agenda 2063 of the African Union"))
    national_priorities = several(NationalPriority.objects.none(), _("National priorities and cooperation framework"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agenda2063"].queryset = Agenda2063Item.objects.in_order()
        self.fields["national_priorities"].queryset = NationalPriority.objects.in_order()


class OutcomeForm(OnceMixin, OutcomeFacts):
    pass


class OutcomeEditForm(VersionMixin, OutcomeFacts):
    pass


class ConsultationForm(OnceMixin, PortalForm):
    held_on = DayField(label=_("Date"))
    with_whom = forms.CharField(label=_("With whom"), max_length=300)
    is_government = forms.BooleanField(
        label=_("The Government of Senegal took part"), required=False,
        help_text=_("The plan is to agree with the priorities of the Government."),
    )  # fmt: skip
    note = long_text(_("What came out of it"))


class TableForm(PortalForm):
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Annual review"), empty_label=None,
        help_text=_("The plan is presented and validated at the annual review."),
    )  # fmt: skip

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        _offer(self.fields["meeting"], queries.reviews_to_table_at(plan))


def _offer(field, reviews):
    """Asked for once: the widget would ask again each time it is drawn."""
    field.queryset = reviews
    field.choices = [(row.pk, f"{row}, {long_day(row.starts_at)}") for row in reviews]


class ReviewForm(PortalForm):
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Annual review that examined it"), empty_label=None,
        help_text=_("Only annual reviews that were held are listed."),
    )  # fmt: skip

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        _offer(self.fields["meeting"], queries.reviews_that_examined(plan))


class ConfirmForm(PortalForm):
    """Nothing to fill in: the page names what is about to happen."""


class ValidationForm(OnceMixin, PortalForm):
    title = forms.CharField(label=_("Title of the decision"), max_length=200)
    text = long_text(_("Text of the decision"), rows=5, required=True)
    mode = forms.ChoiceField(label=_("Positions are given"), choices=[(mode.value, mode.label) for mode in SPOKEN])


class NoteForm(PortalForm):
    note = long_text(_("Note"), rows=3)

    def __init__(self, *args, label=None, **kwargs):
        super().__init__(*args, **kwargs)
        if label:
            self.fields["note"].label = label


class ReworkForm(PortalForm):
    reason = forms.CharField(label=_("What is to be taken up again"), max_length=300)


class RevisionForm(OnceMixin, PortalForm):
    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label=_("Decision"),
        help_text=_("A decision on the work plan, adopted after the validation of this plan."),
    )
    note = long_text(_("What it changes"), required=True)

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = revising.decisions(plan)


class FunderForm(OnceMixin, PortalForm):
    name = forms.CharField(label=_("Name"), max_length=150)
    kind = forms.ChoiceField(label=_("Kind"), choices=FunderKind.choices)
