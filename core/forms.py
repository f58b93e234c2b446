"""What all forms of the portal share: crispy layout without its own <form>, a once-token, a version."""

import re
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Manager, QuerySet
from django.forms.utils import ErrorDict
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.components import Difference, autosave_attrs, count_attrs
from core.errors import StaleVersion
from core.models import UsedToken
from core.templatetags.typography import number


class PortalFormMixin:
    """Errors stand by the field, the page draws the <form> element and its buttons."""

    ids = ""  # set where several forms stand on one page, so that a label never names the field of another form
    http_status = 200  # of the form's page; :func:`core.steps.carry_out` makes it 422 (refused) or 409 (stale)
    conflict: list[Difference] | None = None  # where the two texts differ, once somebody else saved meanwhile

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.ids:
            self.auto_id = f"id_{self.ids}_%s"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.use_custom_control = True
        for name, field in self.fields.items():
            # Said here and not where the field is declared: words of the page's language, the limit of the field.
            if "data-count" in field.widget.attrs and field.max_length:
                field.widget.attrs.update(count_attrs(field.max_length))
            if getattr(field, "empty_label", None) == "---------":
                field.empty_label = "—"
            if "data-keep" in field.widget.attrs:
                del field.widget.attrs["data-keep"]
                field.widget.attrs.update(autosave_attrs(name))

    def full_clean(self):
        """Here, and not at the start: a form may have added fields of its own."""
        for field in self.fields.values():
            field.error_messages.update(plain_errors(field))
            if self.is_bound and "data-autosave" in field.widget.attrs:
                field.widget.attrs["data-autosave-typed"] = ""
        super().full_clean()
        self._ask_for_files_again()

    def refuse(self, error):
        """Say why the action refused: by the field that the error names, or above them all."""
        field = getattr(error, "field", None)
        self.add_error(field if field in self.fields else None, str(error))
        self._ask_for_files_again()

    def _ask_for_files_again(self):
        """No browser keeps a chosen file on a page that comes back: said, or it would be left out unnoticed."""
        given = [name for name in self.fields if self.files.get(self.add_prefix(name))] if self._errors else []
        for name in set(given) - self._errors.keys():
            self.add_error(name, _("Choose the file again: a page that comes back does not keep it."))

    def require(self, name, message):
        """A field that another answer makes compulsory; one that was refused already keeps its own error."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)


def plain_errors(field: Any) -> dict[str, str]:
    """What the framework says in the words of a programmer, said to a person."""
    if isinstance(field, forms.URLField):
        return {"invalid": _("Give the whole address, for example https://www.example.org.")}
    low, high = getattr(field, "min_value", None), getattr(field, "max_value", None)
    if low is None:
        return {}
    if high is None:
        return {"min_value": _("Give a number that is not below %s.") % number(low)}
    said = _("Give a number from %(low)s to %(high)s.") % {"low": number(low), "high": number(high)}
    return {"min_value": said, "max_value": said}


class PortalForm(PortalFormMixin, forms.Form):
    pass


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    pass


class OnceMixin(forms.Form):
    """A creating form: ``form.cleaned_data["once"]`` goes to :func:`core.once.once`."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid4

    def full_clean(self):
        """A token that got lost on the way is nobody's mistake by a field: the form comes back with another."""
        super().full_clean()
        if self.is_bound and "once" in self._errors:
            del self._errors["once"]
            self.data = self.data.copy()
            self.data[self.add_prefix("once")] = str(uuid4())
            self.add_error(None, _("Nothing was saved: the page did not arrive whole. Check it, then send it again."))

    def is_valid(self):
        """A form that was carried out before is not judged again: its own object would stand in its way."""
        return super().is_valid() or self._was_carried_out()

    def _was_carried_out(self):
        token = getattr(self, "cleaned_data", {}).get("once")
        if token is None or not UsedToken.objects.filter(token=token).exists():
            return False
        self._errors = ErrorDict()
        return True


class CheckedForm(OnceMixin, PortalForm):
    """The button of a page of checking: pressed twice it acts once, and only on what was shown (:mod:`core.checks`)."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class VersionMixin(forms.Form):
    """An editing form: ``form.cleaned_data["version"]`` goes to the action, which refuses a stale one.

    What was typed then stays, beside what was saved meanwhile; saving it again is a choice, made knowingly.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def refuse(self, error):
        super().refuse(error)
        if isinstance(error, StaleVersion):
            self.conflict = self.differences(error.thing)
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = str(self.version_of(error.thing))

    def version_of(self, thing):
        return thing.version

    def standing(self, thing):
        """Field → what stands in ``thing`` now. A form whose fields are not those of the row says how they are."""
        return {name: getattr(thing, name) for name in self.fields}

    def differences(self, thing):
        """The fields in which what was typed is not what stands, both in the words of a reader."""
        standing = self.standing(thing)
        pairs = []
        for bound in self.visible_fields():
            mine = _in_words(bound.field, bound.field.clean(bound.data))
            theirs = _in_words(bound.field, standing[bound.name])
            if mine != theirs:
                pairs.append(Difference(bound.label, mine, theirs))
        return pairs


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, Manager | QuerySet):
        return "\n".join(sorted(str(one) for one in value.all()))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        value = value.normalize() + 0  # 600.0000 and 600 are one rate
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        value = dict(field.widget.choices).get(value, value)
    return "" if value is None else str(localize(value))


class DateInput(forms.DateInput):
    """The browser's own date picker; Django's default would localise the value and leave the picker empty."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that belongs to the life of the Network; far ones are slips of the hand."""

    widget = DateInput
    default_validators = [
        MinValueValidator(date(2000, 1, 1), gettext_lazy("This day is too far in the past.")),
        MaxValueValidator(date(2100, 12, 31), gettext_lazy("This day is too far in the future.")),
    ]


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class HourField(forms.TimeField):
    """An hour of the day, as people write it: 10:00, 10h00, 10 h 00, 10h."""

    widget = TimeInput
    default_error_messages = {"invalid": gettext_lazy("Give an hour, for example 10:00.")}

    def to_python(self, value):
        if isinstance(value, str) and (typed := re.fullmatch(r"\s*([0-9]{1,2})\s*[hH:]\s*([0-9]{2})?\s*", value)):
            value = f"{typed[1]}:{typed[2] or '00'}"
        return super().to_python(value)


def paragraphs(label, *, limit, rows=4, required=True, help_text=""):
    """Several paragraphs of at most ``limit`` characters: counted while they are typed, and kept by the browser."""
    widget = forms.Textarea(attrs={"rows": rows, "data-count": "", "data-keep": ""})
    return forms.CharField(label=label, max_length=limit, required=required, widget=widget, help_text=help_text)


def sentence(label, *, limit=300, required=True, help_text=""):
    """One line of prose, kept by the browser as paragraphs are."""
    widget = forms.TextInput(attrs={"data-keep": ""})
    return forms.CharField(label=label, max_length=limit, required=required, widget=widget, help_text=help_text)
