"""Filters of lists: what is in use, said in words, with the way to drop it."""

from datetime import date

from django.forms import ModelChoiceField
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from core.components import Filter
from core.templatetags.typography import numeric_day


def active_filters(filterset):
    """Each filter in use with the address of the list without it; none when something typed is not valid."""
    if not filterset.is_bound or not filterset.form.is_valid():
        return []
    active = []
    for name, value in filterset.form.cleaned_data.items():
        if value:
            query = filterset.data.copy()
            query.pop(name, None)
            query.pop("page", None)
            field = filterset.form.fields[name]
            words = _("%(label)s: %(value)s") % {"label": field.label, "value": _shown(field, value)}
            active.append(Filter(words, f"?{query.urlencode()}"))
    return active


def _shown(field, value):
    """A model choice says itself; a plain choice has its words in the field; a day is written as people write it."""
    if hasattr(field, "choices") and not isinstance(field, ModelChoiceField):
        return dict(flatten_choices(list(field.choices))).get(value, value)
    return numeric_day(value) if isinstance(value, date) else value
