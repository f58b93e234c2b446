"""Forms of working groups."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import DayField, HourField, OnceMixin, PortalForm, VersionMixin, paragraphs, sentence
from core.uploads import DOCX, JPEG, MAIL, OUTLOOK, PDF, PNG, PPTX, XLSX, DocumentField
from decisions import languages
from decisions.forms import TERMS_LENGTH, TEXT_LENGTH, DecisionWordsForm, long_text
from frameworks.models import GcmObjective
from members.models import Entity, Partner, PartnerContact
from members.partner_forms import ContactsField
from members.queries import EVERY_KIND
from workinggroups import queries
from workinggroups.enums import DeliverableState
from workinggroups.models import ChairOffer, GroupPaper, WorkingGroup

NOTE_LENGTH = 4_000
USUAL_CALL, USUAL_TERM = timedelta(days=10), timedelta(days=364)  # a term of a year, its last day included


class GroupForm(PortalForm):
    title_fr = sentence(_("Title in French"), limit=200)
    title_en = sentence(_("Title in English"), limit=200, required=False)
    need = paragraphs(
        _("Need, and what a group adds"), limit=NOTE_LENGTH, rows=5,
        help_text=_("Which question asks for it, and what the Network cannot do without it."),
    )  # fmt: skip
    terms = paragraphs(_("Terms of reference"), limit=TERMS_LENGTH, rows=16)
    objectives = forms.ModelMultipleChoiceField(
        GcmObjective.objects.none(), label=_("Objectives of the Global Compact"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["objectives"].queryset = GcmObjective.objects.in_order()


class GroupProposeForm(OnceMixin, GroupForm):
    pass


class GroupEditForm(VersionMixin, GroupForm):
    pass


class EndorsementForm(DecisionWordsForm):
    """The decision by which the Network endorses one group, or several at once."""

    others = forms.ModelMultipleChoiceField(
        WorkingGroup.objects.none(), label=_("Together with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("others", "title", "text")

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        if others.exists():
            self.fields["others"].queryset = others
        else:
            del self.fields["others"]


class TermsForm(DecisionWordsForm):
    """The decision by which the Network gives a group other terms of reference."""

    terms_text = paragraphs(
        _("Terms of reference"), limit=TERMS_LENGTH, rows=16,
        help_text=_("As they would stand from the day of the decision; they are part of its text."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["terms_text"].widget.attrs["lang"] = languages.prevailing()


class ForwardForm(OnceMixin, PortalForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    text = long_text(
        _("Text of the decision"), rows=8, limit=TEXT_LENGTH,
        help_text=_("A draft of your entity, which names the group; it is then opened for consultation."),
    )  # fmt: skip


class SubmitForm(PortalForm):
    submitted_on = DayField(label=_("Sent to the UNCT on"), initial=clock.today)


class UnctEndorsementForm(PortalForm):
    validated_on = DayField(label=_("Validated on"), initial=clock.today)
    unct_reference = sentence(
        _("Reference"), limit=120, help_text=_("Of the minutes of the UNCT, or of its letter.")
    )  # fmt: skip
    record = DocumentField(
        label=_("The minutes or the letter"), kinds=(PDF, PNG, JPEG, MAIL, OUTLOOK), required=False,
        help_text=_("A PDF, PNG or JPEG, or the message itself (EML, MSG); 10 MB at most. The whole Network reads it."),
    )  # fmt: skip


class RecordForm(PortalForm):
    unct_reference = sentence(
        _("Reference"), limit=120, help_text=_("Of the minutes of the UNCT, or of its letter.")
    )  # fmt: skip
    record = DocumentField(
        label=_("The minutes or the letter"), kinds=(PDF, PNG, JPEG, MAIL, OUTLOOK), required=False,
        help_text=_("Takes the place of the one that is there; empty, that one stays."),
    )  # fmt: skip


class ReasonForm(PortalForm):
    reason = paragraphs(_("Reason"), limit=NOTE_LENGTH)


class WithdrawalForm(PortalForm):
    reason = paragraphs(_("Reason"), limit=NOTE_LENGTH, required=False, help_text=_("Nobody owes one."))


class StartForm(PortalForm):
    active_from = DayField(label=_("At work from"), initial=clock.today)


class ClosingForm(PortalForm):
    note = paragraphs(
        _("Closing note"), limit=NOTE_LENGTH, rows=6,
        help_text=_("What the group has done, what it leaves, and who goes on with it."),
    )  # fmt: skip


class SeatForm(OnceMixin, PortalForm):
    """An entity or a partner sits in the group; whoever speaks for an entity enters their own."""

    who = forms.ChoiceField(label=_("Entity or partner"))
    starts_on = DayField(label=_("From"), initial=clock.today)
    ends_on = DayField(label=_("Until, included"), required=False)

    def __init__(self, *args, entity=None, **kwargs):
        """``entity`` is the one the reader speaks for; without one, the reader chooses."""
        super().__init__(*args, **kwargs)
        if entity:
            del self.fields["who"]
            return
        day = clock.today()
        entities = Entity.objects.members_on(day, *EVERY_KIND).by_acronym()
        partners = Partner.objects.current_on(day).by_name()
        self.fields["who"].choices = [
            ("", _("choose")),
            (_("Entities"), [(f"entity {one.pk}", f"{one.acronym} – {one.name}") for one in entities]),
            (_("Partners"), [(f"partner {one.pk}", one.name) for one in partners]),
        ]

    def clean_who(self):
        """The entity or the partner itself, by the name of its kind."""
        kind, number = self.cleaned_data["who"].split(" ")
        return {kind: {"entity": Entity, "partner": Partner}[kind].objects.get(pk=number)}


class PaperForm(OnceMixin, PortalForm):
    title = sentence(_("Title"), limit=200)
    file = DocumentField(
        label=_("File"), kinds=(PDF, DOCX, XLSX, PPTX, PNG, JPEG),
        help_text=_("A PDF, Word, Excel, PowerPoint, PNG or JPEG file; 10 MB at most."),
    )  # fmt: skip


class DeliverableForm(OnceMixin, PortalForm):
    title = sentence(_("What is handed over"), limit=200)
    due_on = DayField(label=_("Due on"))


class DeliverableEditForm(VersionMixin, PortalForm):
    title = sentence(_("What is handed over"), limit=200)
    due_on = DayField(label=_("Due on"))
    state = forms.ChoiceField(label=_("State"), choices=DeliverableState.choices)
    paper = forms.ModelChoiceField(
        GroupPaper.objects.none(), label=_("Paper of the group"), required=False, empty_label=_("none yet"),
        help_text=_("What was handed over, among the papers of the group."),
    )  # fmt: skip

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = group.papers.standing()


class GuestsForm(PortalForm):
    contacts = ContactsField(
        PartnerContact.objects.none(), label=_("Contacts of partners"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Of the partners that sit in the group; those who are invited already are not listed."),
    )  # fmt: skip
    expires_on = DayField(label=_("Link good until"), help_text=_("This day included."))

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        found = queries.contacts_for(group)
        invited = group.passes.standing(clock.today()).values("contact")
        # A form sent twice finds the contacts it has just invited: they keep the pass they have.
        self.fields["contacts"].queryset = found if self.is_bound else found.exclude(pk__in=invited)


class LeaveForm(PortalForm):
    ends_on = DayField(label=_("Last day, included"), initial=clock.today)


class ChairCallForm(OnceMixin, PortalForm):
    closes_on = DayField(label=_("Candidacies until"), help_text=_("This day included."))
    message = paragraphs(
        _("What the call says"), limit=2000, required=False,
        help_text=_("What is expected of the chair, and how the group will choose. Sent with the call."),
    )  # fmt: skip


class ChairOfferForm(OnceMixin, PortalForm):
    """A member of the group offers, by somebody who speaks for it; each choice is a person under their member."""

    candidate = forms.ChoiceField(label=_("Who would chair"))
    statement = paragraphs(_("Why, in a few lines"), limit=2000, required=False)

    def __init__(self, *args, seats, **kwargs):
        """``seats`` are those for which the reader may offer."""
        super().__init__(*args, **kwargs)
        speakers = queries.speakers(seats, clock.today())
        self.choosable = {f"{seat.pk} {one.pk}": (seat, one) for seat, people in speakers for one in people}
        groups = [(seat.who.name, [(f"{seat.pk} {one.pk}", str(one)) for one in people]) for seat, people in speakers]
        self.fields["candidate"].choices = [("", _("choose")), *(group for group in groups if group[1])]

    def clean_candidate(self):
        """The seat and the person."""
        seat, person = self.choosable[self.cleaned_data["candidate"]]
        return {"seat": seat, "person": person}


class ChairsNameForm(OnceMixin, PortalForm):
    offers = forms.ModelMultipleChoiceField(
        ChairOffer.objects.none(), label=_("Chosen by the group"), widget=forms.CheckboxSelectMultiple
    )
    starts_on = DayField(label=_("First day of the term"))
    ends_on = DayField(label=_("Last day of the term, included"))

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        offers = queries.offers_under_way(group)
        self.fields["offers"].queryset = offers
        if len(offers) == 1:
            self.initial["offers"] = [offer.pk for offer in offers]


def usual_term(day):
    """A year from that day."""
    return {"starts_on": day, "ends_on": day + USUAL_TERM}


class GuestOfferForm(PortalForm):
    """A guest offers for the partner they answer for."""

    # Not kept by the browser: the page that follows has the same address and no form, so the text would come back as
    # one that was never sent.
    statement = forms.CharField(
        label=_("Why, in a few lines"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-count": ""}),
    )  # fmt: skip


class MeetingForm(PortalForm):
    """Day and hour in Dakar → ``starts_at``, an aware instant."""

    day = DayField(label=_("Day"))
    hour = HourField(label=_("From (Dakar time)"), initial=time(10, 0))
    duration_min = forms.IntegerField(
        label=_("Length in minutes"), min_value=15, max_value=600, initial=90,
    )  # fmt: skip
    place = sentence(_("Place"), limit=200, required=False)
    online_link = forms.URLField(
        label=_("Link to join online"), max_length=500, required=False, assume_scheme="https",
        help_text=_("A place, a link, or both."),
    )  # fmt: skip
    agenda = paragraphs(_("Agenda"), limit=NOTE_LENGTH, rows=5)

    def clean(self):
        data = super().clean()
        day, hour = data.pop("day", None), data.pop("hour", None)
        if day and hour:
            data["starts_at"] = timezone.make_aware(datetime.combine(day, hour))
        if not data.get("place") and not data.get("online_link") and not {"place", "online_link"} & self.errors.keys():
            self.add_error("place", _("Say where people meet, or give the link to join."))
        return data


class MeetingConveneForm(OnceMixin, MeetingForm):
    pass


class MeetingChangeForm(VersionMixin, MeetingForm):
    def standing(self, thing):
        moment = timezone.localtime(thing.starts_at)
        words = {name: getattr(thing, name) for name in ("duration_min", "place", "online_link", "agenda")}
        return words | {"day": moment.date(), "hour": moment.time()}


class MinutesForm(VersionMixin, PortalForm):
    record = paragraphs(
        _("What was said"), limit=TEXT_LENGTH, rows=10,
        help_text=_("Read by those who sit in the group, its guests, the co-chairs and the secretariat."),
    )  # fmt: skip
    paper = forms.ModelChoiceField(
        GroupPaper.objects.none(),
        label=_("Paper of the group that says more"),
        required=False,
        empty_label=_("no paper"),
    )

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = group.papers.standing()
