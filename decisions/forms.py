"""Forms validate and return clean values; they decide nothing."""

from dataclasses import replace
from datetime import datetime, time
from functools import partial

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import StaleVersion
from core.forms import DayField, HourField, OnceMixin, PortalForm, VersionMixin, paragraphs
from core.templatetags.typography import deadline
from core.uploads import JPEG, MAIL, OUTLOOK, PDF, PNG, DocumentField
from decisions import calls, languages, procedure, queries, subjects, thresholds
from decisions.enums import OWN_WORD, SPOKEN, Change, Channel, DecisionState, FollowUp, Mode, Stance
from decisions.models import Translation
from decisions.models.procedure import LONGEST_DELAY
from members.enums import MembershipKind, Rank
from members.models import Entity
from members.queries import entities_taking_part

TERMS_LENGTH = 20_000  # of what stands in the text of a decision beside its own words
TEXT_LENGTH = 100_000  # with the terms of reference of several groups
REASON_LENGTH = 4_000
long_text = partial(paragraphs, limit=REASON_LENGTH, rows=6)


class ProposalForm(OnceMixin, PortalForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    subject_kind = forms.ChoiceField(label=_("What it is about"))
    text = long_text(
        _("Text of the decision"), rows=8, limit=TEXT_LENGTH, help_text=_("As it should stand in the register.")
    )
    responsible = forms.ModelChoiceField(
        Entity.objects.none(), label=_("Entity in charge of carrying it out"), required=False
    )
    due_on = DayField(label=_("To be carried out by"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject_kind"].choices = subjects.choices(free_only=True)
        self.fields["due_on"].validators.append(MinValueValidator(clock.today, _("This day has passed.")))
        self.fields["responsible"].queryset = entities_taking_part(clock.today()).by_acronym()


class DecisionWordsForm(OnceMixin, PortalForm):
    """The words of a decision that is proposed from the page of its subject."""

    title = forms.CharField(label=_("Title of the decision"), max_length=200)
    text = long_text(
        _("Text of the decision"), rows=8, limit=TEXT_LENGTH, help_text=_("As it should stand in the register.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("title", "text"):  # in the language in which texts prevail, whoever words them
            self.fields[name].widget.attrs["lang"] = languages.prevailing()


class TextForm(VersionMixin, PortalForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    text = long_text(_("Text of the decision"), rows=8, limit=TEXT_LENGTH)
    note = forms.CharField(label=_("What changed"), max_length=300, required=False)

    def standing(self, thing):
        last = queries.last_text(thing)
        return {"title": thing.title, "text": last.text, "note": last.note}

    def differences(self, thing):
        who = queries.last_text(thing).written_by
        return [replace(one, who=who) for one in super().differences(thing)]


class TranslationForm(VersionMixin, PortalForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    words = long_text(
        _("Text"), rows=14, limit=TEXT_LENGTH, help_text=_("As many paragraphs as the text: each line is one.")
    )
    text_number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("title", "words"):
            self.fields[name].widget.attrs["lang"] = language

    def standing(self, thing):
        return {"title": thing.title, "words": thing.words}

    def differences(self, thing):
        """Another version of the text is another text to translate: the page that comes back shows that one."""
        if isinstance(thing, Translation):
            return [replace(one, who=thing.written_by) for one in super().differences(thing)]
        self.data = self.data.copy()
        self.data["text_number"] = str(queries.last_text(thing).number)
        return []

    def version_of(self, thing):
        return thing.version if isinstance(thing, Translation) else 0


class DeadlineForm(PortalForm):
    """A day and an hour in Dakar → ``cleaned_data["moment"]``, an aware instant."""

    ids = "consultation"
    day = DayField(label=_("Until"))
    hour = HourField(label=_("At (Dakar time)"), initial=time(17, 0))

    def clean(self):
        data = super().clean()
        if data.get("day") and data.get("hour"):
            data["moment"] = timezone.make_aware(datetime.combine(data["day"], data["hour"]))
            if clock.now() < data["moment"] < calls.silent_until(1) and self.is_for_writing(data):
                self.ask_again()
        return data

    def is_for_writing(self, _data):
        """Whether people read and answer in their own time, which some hours are not."""
        return True

    def ask_again(self):
        """Whatever the rules allow, a colleague on mission loses their say in a few hours: meant, or mistyped?"""
        self.fields["so_soon"] = forms.BooleanField(
            label=gettext("Less than one working day is enough"), required=False
        )
        if not self.data.get(self.add_prefix("so_soon")):
            self.add_error(
                "so_soon", gettext("Entities would have less than one working day: tick this box if it is meant.")
            )


class CallForm(DeadlineForm):
    ids = "call"
    mode = forms.ChoiceField(label=_("Positions are given"), choices=Mode.choices)
    text_number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)

    def __init__(self, *args, decision, text_number, unanswered, missing, **kwargs):
        """``missing`` are the amendments that were accepted as they stand and that the text does not hold."""
        mode = Mode.IN_SESSION if decision.state == DecisionState.DEFERRED else decision.mode
        super().__init__(*args, initial={"mode": mode, "text_number": text_number}, **kwargs)
        silence = procedure.in_force(clock.today()).silence_days
        if silence is None:
            self.fields["mode"].choices = [(mode.value, mode.label) for mode in SPOKEN]
        else:
            self.fields["mode"].help_text = gettext("Silence procedure: who says nothing agrees; %s at least.") % (
                procedure.working_days(silence)
            )
        if decision.state == DecisionState.CONSULTATION and unanswered:
            self.fields["leave_unanswered"] = forms.BooleanField(
                label=gettext("Call without having answered every comment"),
                error_messages={"required": gettext("Tick this box to confirm it.")},
                help_text=ngettext(
                    "%(n)s comment awaits an answer.", "%(n)s comments await an answer.", unanswered
                ) % {"n": unanswered},
            )  # fmt: skip
        if decision.state == DecisionState.CONSULTATION and missing:
            self.fields["leave_out"] = forms.BooleanField(
                label=gettext("Call on the text without the amendments accepted"),
                error_messages={"required": gettext("Tick this box to confirm it.")},
                help_text=gettext("Accepted as it stands, and not in this text: %s.") % " · ".join(map(str, missing)),
            )
        ends_at = decision.consultation_ends_at
        if decision.state == DecisionState.CONSULTATION and ends_at and ends_at > clock.now():
            self.fields["close_early"] = forms.BooleanField(
                label=gettext("Close the consultation before its end"),
                error_messages={"required": gettext("Tick this box to confirm it.")},
                help_text=gettext("It was announced until %s.") % deadline(ends_at),
            )

    def is_for_writing(self, data):
        return data.get("mode") != Mode.IN_SESSION

    def refuse(self, error):
        super().refuse(error)
        if isinstance(error, StaleVersion):  # the page that comes back shows the present text
            self.data = self.data.copy()
            self.data["text_number"] = str(error.thing.texts.count())


class ExtensionForm(DeadlineForm):
    ids = "extension"
    reason = forms.CharField(label=_("Why more time is given"), max_length=300)

    def is_for_writing(self, _data):
        return False  # it only adds to the time that there is


class ReopenForm(DeadlineForm):
    ids = "reopen"
    reason = forms.CharField(label=_("Why the text is taken up again"), max_length=300)


class _SpokenForm(OnceMixin, PortalForm):
    """What one entity says. The radio choices carry their meaning; a reason is asked only where it is needed."""

    stance = forms.ChoiceField(label=_("Your position"), widget=forms.RadioSelect)
    reason = long_text(
        _("Reason"), rows=3, required=False, help_text=_("Required for a reservation or an objection, and to lift one.")
    )
    alternative = long_text(
        _("What would lift the objection"),
        rows=3,
        required=False,
        help_text=_("Required for an objection: the wording or the condition you could accept."),
    )
    text_number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)

    def __init__(self, *args, may_lift=False, only_lift=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stance"].choices = [
            (Stance.SUPPORTS, _("I support — the entity commits to applying it.")),
            (Stance.CAN_LIVE_WITH, _("I can live with it — a reservation is put on record; the text passes.")),
            (Stance.STANDS_ASIDE, _("I stand aside — the entity neither opposes nor commits.")),
            (Stance.OBJECTS, _("I object — say why, and what would lift the objection.")),
        ]
        if may_lift:
            lift = (Stance.LIFTS_OBJECTION, _("I lift the objection — say what met it."))
            self.fields["stance"].choices = [lift, *([] if only_lift else self.fields["stance"].choices)]

    def clean(self):
        data = super().clean()
        stance = data.get("stance")
        if stance in {Stance.OBJECTS, Stance.CAN_LIVE_WITH, Stance.LIFTS_OBJECTION}:
            self.require("reason", _("Please say why: it is put on record with the position."))
        if stance == Stance.OBJECTS:
            self.require("alternative", _("Please say what would lift the objection."))
        elif stance:
            data["alternative"] = ""  # nothing is objected to that could be lifted
        return data


class PositionForm(VersionMixin, _SpokenForm):
    """The voice of one's own entity; ``version`` is the number of its last word, nought before it has spoken."""

    ids = "position"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].required = False  # a word replaces no other: both stay on record

    def version_of(self, thing):
        return thing.pk

    def standing(self, thing):
        return {"stance": thing.stance, "reason": thing.reason, "alternative": thing.alternative}


class RecordPositionForm(_SpokenForm):
    ids = "record"
    entity = forms.ModelChoiceField(Entity.objects.none(), label=_("Entity"))
    channel = forms.ChoiceField(
        label=_("How it was said"), choices=[(way.value, way.label) for way in Channel if way not in OWN_WORD]
    )
    stance = forms.ChoiceField(label=_("Position of the entity"), widget=forms.RadioSelect)
    said_by = forms.CharField(
        label=_("Who spoke for the entity"), max_length=200, required=False,
        help_text=_(
            "Name and function. Required for what was said by telephone; what was said in session is in the minutes."
        ),
    )  # fmt: skip
    proof = DocumentField(
        label=_("Proof"), kinds=(PDF, PNG, JPEG, MAIL, OUTLOOK), required=False,
        help_text=_(
            "Required for a mail or a letter: the message itself (EML, MSG) or a PDF, PNG or JPEG; 10 MB at most. It "
            "is seen by the entity, the secretariat and the co-chairs."
        ),
    )  # fmt: skip
    field_order = ("entity", "channel", "said_by", "proof", "stance", "reason", "alternative", "text_number", "once")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stance"].choices = [
            (Stance.LIFTS_OBJECTION, _("It lifts its objection — with what met it.")),
            (Stance.SUPPORTS, _("It supports — it commits to applying the text.")),
            (Stance.CAN_LIVE_WITH, _("It can live with it — a reservation is put on record; the text passes.")),
            (Stance.STANDS_ASIDE, _("It stands aside — it neither opposes nor commits.")),
            (Stance.OBJECTS, _("It objects — with the reason, and what would lift the objection.")),
        ]
        self.fields["entity"].queryset = Entity.objects.members_on(clock.today()).by_acronym()


class ContestForm(PortalForm):
    ids = "contest"
    reason = long_text(_("What was not as it was written down"), rows=3)


class ReasonForm(PortalForm):
    ids = "withdrawal"
    reason = long_text(_("Reason"), rows=3)


class FollowUpForm(VersionMixin, PortalForm):
    ids = "follow_up"
    state = forms.ChoiceField(label=_("Follow-up"), choices=FollowUp.choices)
    note = long_text(_("Note"), rows=3, required=False)

    def standing(self, thing):
        return {"state": thing.follow_up, "note": thing.follow_up_note}


class ReviewForm(VersionMixin, PortalForm):
    ids = "review"
    note = long_text(_("What the review found"), rows=3)
    review_on = DayField(label=_("Next review"), required=False, help_text=_("Empty: it is not reviewed again."))

    def standing(self, thing):
        return {"note": "", "review_on": thing.review_on}


# --- Memberships -----------------------------------------------------------------------------------------------------
class MembershipChangeForm(DecisionWordsForm):
    """``change`` says which of the two the page was about when it was opened."""

    change = forms.ChoiceField(choices=Change.choices, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Status"), choices=MembershipKind.choices, widget=forms.RadioSelect, initial=MembershipKind.MEMBER
    )
    day = DayField(label=_("First day"), help_text=_("Or the day on which the decision is recorded, if that is later."))
    field_order = ("change", "kind", "day", "title", "text")

    def __init__(self, *args, is_departure, **kwargs):
        super().__init__(*args, **kwargs)
        if is_departure:
            del self.fields["kind"]
            self.fields["day"].label = _("Last day, included")


# --- Rules of procedure ----------------------------------------------------------------------------------------------
def _days(label, help_text, *, least=0, required=True):
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=least, max_value=LONGEST_DELAY, required=required
    )


class ProcedureForm(VersionMixin, PortalForm):
    starts_on = DayField(label=_("In force from"), help_text=_("Or from the day of its adoption, if that is later."))
    notice_days = _days(_("Notice of a meeting"), _("In days before the meeting."))
    agenda_days = _days(_("Publication of the agenda"), _("In days before the meeting."))
    quorum = forms.IntegerField(
        label=_("Quorum"), help_text=_("In per cent of the member entities; empty for none."), min_value=1,
        max_value=100, required=False,
    )  # fmt: skip
    minutes_days = _days(_("Circulation of the minutes"), _("In days after the meeting."), least=1)
    consultation_days = _days(_("Shortest consultation"), _("In working days; nought for no minimum."))
    objectors = forms.MultipleChoiceField(
        label=_("Who may object for an entity"), choices=Rank.choices, widget=forms.CheckboxSelectMultiple
    )
    silence_days = _days(
        _("Silence procedure"), _("In working days at least; empty where silence is not consent."), least=1,
        required=False,
    )  # fmt: skip
    both_chairs_note = forms.BooleanField(label=_("Both co-chairs note the consensus"), required=False)
    coordinator_rotates = forms.BooleanField(
        label=_("The coordinator’s seat rotates, as the other one"), required=False
    )

    def clean_objectors(self):
        return [rank for rank in Rank.values if rank in self.cleaned_data["objectors"]]  # as they are stored


class ThresholdForm(VersionMixin, PortalForm):
    """Two numbers of one measure; which is the smaller one depends on whether more of it is better."""

    target = forms.IntegerField(min_value=0)
    limit = forms.IntegerField(min_value=0)

    def __init__(self, *args, threshold, initial, **kwargs):
        standing = {"target": threshold.target, "limit": threshold.limit}
        super().__init__(*args, initial={**standing, **initial}, **kwargs)
        measure = threshold.measure
        self.measure = measure
        labels = (
            (_("Kept from"), _("Missed below")) if measure.more_is_better
            else (_("Kept up to"), _("Missed beyond"))
        )  # fmt: skip
        for name, label in zip(("target", "limit"), labels, strict=True):
            field = self.fields[name]
            field.label, field.help_text, field.max_value = label, measure.unit_in_words, measure.largest
            field.validators.append(MaxValueValidator(measure.largest))
            field.widget.attrs["max"] = measure.largest

    def standing(self, thing):
        return next(
            {"target": one.target, "limit": one.limit}
            for one in thresholds.of(thing) if one.measure == self.measure
        )  # fmt: skip


class ProcedureProposalForm(PortalForm):
    title = forms.CharField(label=_("Title of the decision"), max_length=200)
    text = long_text(
        _("Text of the decision"), rows=8, limit=TEXT_LENGTH,
        help_text=_("As it should stand in the register. What changes is shown below the text in any case."),
    )  # fmt: skip
