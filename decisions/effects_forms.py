"""The form of what a decision would bring about beside its text."""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import DayField, PortalForm, VersionMixin
from decisions.models import NUMBERED, Decision
from members.models import Entity
from members.queries import entities_taking_part

_NUMBER = re.compile(r"(?:(?:[A-Za-z-]+/)?(?P<year>[0-9]{4})/)?[dD]-?(?P<number>[0-9]{1,4})")


class References(list[Decision]):
    """Decisions of the register, read as their numbers."""

    def __str__(self):
        return ", ".join(one.reference for one in self)


class ReferencesField(forms.CharField):
    """Numbers of the register between commas, whole or of this year (D-003) → the decisions, in that order."""

    def __init__(self, **kwargs):
        super().__init__(max_length=500, required=False, **kwargs)

    def to_python(self, value):
        written = re.split(r"[\s,;]+", super().to_python(value).strip())
        return References(self._found(one) for one in dict.fromkeys(filter(None, written)))

    def _found(self, written):
        number = _NUMBER.fullmatch(written)
        if not number:
            said = {"written": written, "code": settings.NETWORK_CODE}
            raise ValidationError(gettext("“%(written)s” is no number: write it as %(code)s/2026/D-001.") % said)
        named = {"year": number["year"] or clock.today().year, "number": number["number"]}
        found = Decision.objects.filter(state__in=NUMBERED, **named).order_by("pk").first()
        if found is None:
            raise ValidationError(gettext("No decision of the register bears the number %s.") % written)
        return found

    def prepare_value(self, value):
        return value if value is None else str(value)


class EffectsForm(VersionMixin, PortalForm):
    responsible = forms.ModelChoiceField(
        Entity.objects.none(), label=_("Entity in charge of carrying it out"), required=False
    )
    due_on = DayField(label=_("To be carried out by"), required=False)
    in_force_from = DayField(
        label=_("In force from"), required=False, help_text=_("Or from the day of its adoption, if that is later.")
    )
    in_force_until = DayField(label=_("In force until"), required=False, help_text=_("Empty: until it is replaced."))
    review_on = DayField(
        label=_("To be reviewed on"), required=False,
        help_text=_("Those in charge and the co-chairs are reminded thirty days before."),
    )  # fmt: skip
    replaced = ReferencesField(
        label=_("Replaces the decisions"), help_text=_("Their numbers, between commas; once it is adopted they are "
                                                       "marked as replaced.")
    )  # fmt: skip

    def __init__(self, *args, decision, **kwargs):
        super().__init__(*args, initial={**self.standing(decision), "version": decision.version}, **kwargs)
        self.fields["responsible"].queryset = entities_taking_part(clock.today()).by_acronym()

    def standing(self, thing):
        names = ("responsible", "due_on", "in_force_from", "in_force_until", "review_on")
        replaced = References(thing.supersedes.order_by("year", "number"))
        return {**{name: getattr(thing, name) for name in names}, "replaced": replaced}
