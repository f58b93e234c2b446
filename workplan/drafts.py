"""The form of an activity and its two formsets, answering as one form: the view hands their data to one action."""

from django.utils.translation import gettext as _

from core.components import Difference
from core.templatetags.typography import money, number
from members.standing import standing_of
from workplan import forms
from workplan.models import Outcome

TAGS = (
    "contributing", "regions", "gcm_objectives", "guiding_principles", "sdg_targets", "mpfa_items",
    "ecowas_instruments", "national_priorities",
)  # fmt: skip
VALUES = (
    "title", "description", "added_value", "lead", "external_partners", "is_national", "in_q1", "in_q2", "in_q3",
    "in_q4", "risk", "version",
)  # fmt: skip


# The prefixes of the two tables, as the page names them.
ROWS = {"budget", "indicateurs"}


class ActivityDraft:
    """Looks like a form to :func:`core.steps.carry_out`."""

    http_status = 200

    def __init__(self, user, plan, data, *, activity=None, outcome="", longer=""):
        """``longer`` names the table that is to get one more row: then nothing is judged, and nothing carried out."""
        self.is_bound = data is not None and longer not in ROWS
        if data is not None and not self.is_bound:
            data = _with_one_more(data, longer)
        # Whoever is not in charge of the plan writes for the own entity only.
        own = None if user.has_perm("workplan.choose_lead", plan) else standing_of(user).entity
        outcomes = Outcome.objects.filter(plan=plan).order_by("number", "pk")
        form_class = forms.ActivityEditForm if activity else forms.ActivityAddForm
        initial = _initial(activity) if activity else _first(outcomes, outcome, own)
        self.form = form_class(data, initial=initial, outcomes=outcomes, lead_only=own)
        rows = list(activity.budget_lines.all()) if activity else []
        measures = list(activity.indicators.all()) if activity else []
        self.lines = forms.BudgetLineFormSet(
            data, prefix="budget", initial=[_line(row) for row in rows], form_kwargs={"funders": forms.funders()}
        )
        self.indicators = forms.IndicatorFormSet(
            data, prefix="indicateurs", initial=[_indicator(row) for row in measures],
            form_kwargs={"codes": [row.code for row in measures]},
        )  # fmt: skip
        if data is not None and not self.is_bound:
            for form in (self.form, *self.lines.forms, *self.indicators.forms):
                form.unjudged()
            for rows_ in (self.lines, self.indicators):
                rows_.unjudged()

    def is_valid(self):
        """Each part is asked, so that each says its errors."""
        wrong = [part for part in (self.form, self.lines, self.indicators) if not part.is_valid()]
        return not wrong

    @property
    def cleaned_data(self):
        return {
            **self.form.cleaned_data,
            "lines": self.lines.lines(),
            "indicators": self.indicators.indicators(),
        }

    def refuse(self, error):
        self.form.refuse(error)
        if self.form.conflict is not None:
            self.form.conflict += self._rows_that_differ(error.thing)

    def _rows_that_differ(self, activity):
        """The tables of both texts, a line a row."""
        texts = [
            (_("Budget"), _money_in_words(self.lines.lines()), _money_in_words(activity.budget_lines.all())),
            (_("Indicators"), _measures_in_words(self.indicators.indicators()),
             _measures_in_words(activity.indicators.all())),
        ]  # fmt: skip
        return [Difference(label, mine, theirs) for label, mine, theirs in texts if mine != theirs]


def _with_one_more(data, prefix):
    longer, name = data.copy(), f"{prefix}-TOTAL_FORMS"
    if longer.get(name, "").isdecimal():
        longer[name] = str(int(longer[name][:3]) + 1)
    return longer


def _first(outcomes, number, own):
    chosen = next((row for row in outcomes if str(row.number) == number), None)
    return {"outcome": chosen.pk if chosen else None, "lead": own.pk if own else None}


def _initial(activity):
    values = {name: getattr(activity, name) for name in VALUES}
    tags = {name: [row.pk for row in getattr(activity, name).order_by("pk")] for name in TAGS}
    return {**values, **tags, "lead": activity.lead_id}


def _line(row):
    return {"funder": str(row.funder_id or ""), "planned": row.planned, "mobilised": row.mobilised}


def _indicator(row):
    names = ("label", "unit", "direction", "means_of_verification", "code")
    return {
        **{name: getattr(row, name) for name in names},
        "baseline": forms.plain(row.baseline),
        "target": forms.plain(row.target),
    }


def _money_in_words(lines):
    return _rows_in_words(
        (line.funder or _("without a planned source"), f"{money(line.planned)}, {money(line.mobilised)}")
        for line in lines
    )


def _measures_in_words(indicators):
    return _rows_in_words(
        (one.label, f"{number(one.baseline, 2)} → {number(one.target, 2)} {one.unit}".rstrip()) for one in indicators
    )


def _rows_in_words(rows):
    return "\n".join(_("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in rows)
