"""Numbers as people type them: « 100 000 », with any of the spaces that a keyboard or a table gives."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.templatetags.typography import number
from workplan.models.activity import MAX_USD


def plain(value):
    """4 rather than 4,00 in an input; 2.5 stays 2.5."""
    return int(value) if value is not None and value == int(value) else value


def without_spaces(value):
    return "".join(value.split()) if isinstance(value, str) else value


class AmountField(forms.IntegerField):
    """Whole US dollars."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "short"})

    def __init__(self, *, min_value=0, max_value=MAX_USD, **kwargs):
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_python(self, value):
        return super().to_python(without_spaces(value))

    def prepare_value(self, value):
        return number(value) if isinstance(value, int) else value


class MeasureField(forms.DecimalField):
    """A value of an indicator, with a comma or a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})

    def __init__(self, *, max_value=None, **kwargs):
        super().__init__(max_digits=14, decimal_places=2, localize=True, min_value=0, max_value=max_value, **kwargs)

    def to_python(self, value):
        return super().to_python(without_spaces(value))


def above_plan_field():
    return forms.BooleanField(
        label=_("More came in than planned"), required=False, initial=False,
        help_text=_("What is mobilised may then go above what the activity requires."),
    )  # fmt: skip
