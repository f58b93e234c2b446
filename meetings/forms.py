"""Forms validate and return clean values; they decide nothing."""

from datetime import datetime
from functools import partial

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core import clock
from core.forms import DayField, HourField, OnceMixin, PortalForm, VersionMixin, paragraphs, sentence
from core.templatetags.typography import long_day
from decisions.models import Decision
from meetings.actions.presence import ONLY_REPRESENTED
from meetings.enums import SEATS, AgendaKind, Answer, Kind, Mode, Relevance, RemarkAnswer, RequestAnswer, Venue
from meetings.guests import contacts_for
from meetings.models import Meeting
from meetings.models.agenda import TITLE_LENGTH
from members.enums import MembershipKind, Role
from members.models import CoChairTerm, Entity, FocalPoint, InstitutionalRole, PartnerContact, User
from members.partner_forms import ContactsField
from members.queries import with_entity

MINUTES_LENGTH = 20_000
REASON_LENGTH = 2_000
long_text = partial(paragraphs, limit=REASON_LENGTH)


def taking_part():
    """Entities of the Network today, in the order of acronyms."""
    return Entity.objects.members_on(clock.today(), *MembershipKind).order_by("acronym_fr", "pk")


class GuestsForm(PortalForm):
    contacts = ContactsField(
        PartnerContact.objects.none(), label=_("Contacts of partners"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Those who are invited already are not listed."),
    )  # fmt: skip

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        invited = meeting.passes.filter(revoked_at=None).values("contact")
        found = contacts_for(meeting)
        # A form sent twice finds the contacts it has just invited: they keep the pass they have.
        self.fields["contacts"].queryset = found if self.is_bound else found.exclude(pk__in=invited)


class GatheringForm(PortalForm):
    """At which hours people meet, how and where: what several meetings may have in common."""

    start = HourField(label=_("From (Dakar time)"))
    end = HourField(label=_("To (Dakar time)"))
    mode = forms.ChoiceField(label=_("How people take part"), choices=Mode.choices, widget=forms.RadioSelect)
    venue = forms.ChoiceField(
        label=_("Place"), choices=[("", "—"), *Venue.choices], required=False,
        help_text=_("The mandate gives the IOM office and the RC office. Leave empty for a meeting online."),
    )  # fmt: skip
    room = forms.CharField(label=_("Room or address"), max_length=200, required=False)
    venue_reason = sentence(_("Why elsewhere"), required=False, help_text=_("Only when the place is elsewhere."))
    online_link = forms.URLField(
        label=_("Link to join online"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Starts with https://. Leave empty for a meeting in person."),
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if data.get("start") and data.get("end") and data["end"] <= data["start"]:
            self.add_error("end", _("The meeting ends before it starts."))
        if data.get("mode") == Mode.ONLINE:
            data["venue"] = data["room"] = data["venue_reason"] = ""
        if data.get("mode") == Mode.IN_PERSON and "online_link" not in self.errors:
            data["online_link"] = ""
        if data.get("venue") != Venue.ELSEWHERE:
            data["venue_reason"] = ""
        elif data.get("venue"):
            self.require("room", _("Give the address: the place is neither of the two offices."))
            self.require("venue_reason", _("Say why the meeting is held elsewhere."))
        return data


class MeetingForm(GatheringForm):
    """The facts of a meeting: ``cleaned_data`` is what the actions take."""

    title = forms.CharField(label=_("Title"), max_length=200)
    day = DayField(label=_("Day"))
    chair = forms.ModelChoiceField(
        User.objects.none(), label=_("Chaired by"), required=False, empty_label=_("to be named")
    )
    rapporteur = forms.ModelChoiceField(
        User.objects.none(), label=_("Rapporteur"), required=False, empty_label=_("to be named")
    )
    note = long_text(
        _("Note"), rows=3, required=False,
        help_text=_("The whole Network reads it on the meeting’s page once it is convened; it is not in the mail."),
    )  # fmt: skip

    field_order: tuple[str, ...] = (
        "title", "day", "start", "end", "mode", "venue", "room", "venue_reason", "online_link", "chair", "rapporteur",
        "note",
    )  # fmt: skip

    def __init__(self, *args, meeting=None, **kwargs):
        super().__init__(*args, **kwargs)
        today = clock.today()
        seats = CoChairTerm.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today)).values("person")
        speaking = FocalPoint.objects.on(today).values("person")
        secretariat = InstitutionalRole.objects.on(today).filter(role=Role.SECRETARIAT).values("person")
        chair, rapporteur = (meeting.chair_id, meeting.rapporteur_id) if meeting else (None, None)
        people = User.objects.by_name()
        self.fields["chair"].queryset = people.filter(Q(pk__in=seats) | Q(pk=chair))
        self.fields["rapporteur"].queryset = people.filter(
            Q(pk__in=speaking) | Q(pk__in=secretariat) | Q(pk__in=seats) | Q(pk=rapporteur)
        )

    def clean(self):
        return self._ahead(self._moments(super().clean()))

    def _moments(self, data):
        """The day and the two hours become two instants, which is what the actions take."""
        day, start, end = data.pop("day", None), data.pop("start", None), data.pop("end", None)
        if day and start and end:
            data["starts_at"] = timezone.make_aware(datetime.combine(day, start))
            data["ends_at"] = timezone.make_aware(datetime.combine(day, end))
        return data

    def _ahead(self, data):
        """A meeting is prepared for a day to come; one whose day has passed keeps it until another is chosen."""
        is_set = {"day", "start"} & set(self.changed_data)
        if is_set and data.get("starts_at") and data["starts_at"] <= clock.now():
            self.add_error("day", _("This day has passed: choose one to come."))
        return data


class MeetingCreateForm(OnceMixin, MeetingForm):
    kind = forms.ChoiceField(
        label=_("Kind of meeting"), choices=Kind.choices,
        help_text=_("An annual review starts with the five items that the mandate gives it."),
    )  # fmt: skip
    field_order = ("kind", *MeetingForm.field_order)


class MeetingEditForm(VersionMixin, MeetingForm):
    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, meeting=meeting, initial=self._facts(meeting), **kwargs)

    def standing(self, thing):
        return self._facts(thing)

    @staticmethod
    def _facts(meeting):
        starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        names = ("title", "mode", "venue", "venue_reason", "room", "online_link", "chair", "rapporteur", "note")
        facts = {name: getattr(meeting, name) for name in (*names, "version")}
        return {**facts, "day": starts.date(), "start": starts.time(), "end": ends.time()}


class ReasonForm(PortalForm):
    reason = long_text(
        _("Reason"), rows=3, help_text=_("It goes out to everybody who was convened and stays on the page.")
    )


class AgendaItemForm(PortalForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of item"), choices=[("", _("choose")), *AgendaKind.choices])
    lead_entity = forms.ModelChoiceField(
        Entity.objects.none(), label=_("Led by"), required=False, empty_label=_("to be named")
    )
    duration_min = forms.IntegerField(label=_("Duration in minutes"), min_value=1, max_value=600, initial=15)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead_entity"].queryset = taking_part()


class AgendaItemAddForm(OnceMixin, AgendaItemForm):
    pass


class AgendaItemEditForm(VersionMixin, AgendaItemForm):
    pass


class OrderForm(PortalForm):
    order = forms.IntegerField(label=_("Number"), min_value=1, max_value=500)


class ReplyForm(PortalForm):
    """« Confirmer votre présence » for one entity."""

    answer = forms.ChoiceField(label=_("Your answer"), choices=Answer.choices, widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=_("How"), required=False, widget=forms.RadioSelect)
    represented_by = forms.CharField(
        label=_("Represented by"),
        max_length=200,
        required=False,
        help_text=_("Name and function, if you do not come yourself."),
    )
    note = sentence(_("Note to the secretariat"), required=False)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        seats = SEATS[Mode(meeting.mode)]
        self.fields["mode"].choices = [(seat.value, seat.label) for seat in seats]
        if len(seats) == 1:
            del self.fields["mode"]

    def clean(self):
        data = super().clean()
        if data.get("answer") in {Answer.YES, Answer.REPRESENTED} and "mode" in self.fields:
            self.require("mode", _("Please say whether in the room or online."))
        if data.get("answer") == Answer.REPRESENTED:
            self.require("represented_by", _("Please say who will represent the entity."))
        elif "represented_by" not in self.changed_data:
            data["represented_by"] = ""  # what an earlier answer said
        elif data.get("represented_by"):
            self.add_error("represented_by", ONLY_REPRESENTED)
        return data


class MinutesForm(VersionMixin, PortalForm):
    minutes = long_text(
        _("Minutes of this item"), rows=12, limit=MINUTES_LENGTH, required=False,
        help_text=_("Paragraphs are kept. A line that begins with “- ” is a list, **words** are bold."),
    )  # fmt: skip


class AttachDecisionForm(PortalForm):
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label=_("Decision"), empty_label=_("choose"),
        help_text=_("One noted on the day of the meeting or since stays in its minutes; it may only change item."),
    )  # fmt: skip

    def __init__(self, *args, decisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions
        self.fields["decision"].label_from_instance = lambda row: " · ".join(filter(None, [row.reference, row.title]))


def _with_acronym(person):
    return f"{person} ({person.entity_acronym})" if person.entity_acronym else str(person)


class ActionPointForm(PortalForm):
    text = sentence(_("What is to be done"))
    responsible = forms.ModelChoiceField(Entity.objects.none(), label=_("Entity in charge"), empty_label=_("choose"))
    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Person in charge"), required=False, empty_label=_("no one in particular")
    )
    due_on = DayField(label=_("Due on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = taking_part() | Entity.objects.filter(pk=self._chosen("responsible"))
        speaking = FocalPoint.objects.on(clock.today()).values("person")
        people = User.objects.filter(Q(pk__in=speaking) | Q(pk=self._chosen("person")))
        self.fields["person"].queryset = with_entity(people, clock.today())
        self.fields["person"].label_from_instance = _with_acronym

    def _chosen(self, name):
        """Who was chosen before stays on the list, whatever they are today."""
        return getattr(self.initial.get(name), "pk", None)


class ActionPointAddForm(OnceMixin, ActionPointForm):
    pass


class ActionPointEditForm(VersionMixin, ActionPointForm):
    pass


class DoneForm(PortalForm):
    note = long_text(_("What was done"), rows=3, help_text=_("One or two sentences; the Network reads them."))


class RemarkForm(OnceMixin, PortalForm):
    text = long_text(_("Correction you ask for"), rows=3)


class RemarkAnswerForm(VersionMixin, PortalForm):
    answer = forms.ChoiceField(label=_("Answer"), choices=RemarkAnswer.choices, widget=forms.RadioSelect)
    reason = long_text(
        _("In a few words"), rows=3, required=False,
        help_text=_("Shown beside the correction. Required when it is not kept."),
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if data.get("answer") == RemarkAnswer.NOT_KEPT:
            self.require("reason", _("Please say why the correction is not kept."))
        return data


class ApprovalForm(PortalForm):
    approved_in = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Approved in"), required=False, empty_label=_("in writing, outside a meeting")
    )

    def __init__(self, *args, sessions, circulated_at, **kwargs):
        super().__init__(*args, **kwargs)
        if circulated_at:
            days = (clock.today() - timezone.localdate(circulated_at)).days
            said = ngettext(
                "In writing: the minutes have been in circulation since %(day)s, %(n)s day.",
                "In writing: the minutes have been in circulation since %(day)s, %(n)s days.",
                days,
            )
            self.fields["approved_in"].help_text = said % {"day": long_day(circulated_at), "n": days}
        self.fields["approved_in"].queryset = sessions
        self.fields["approved_in"].initial = sessions.first()


class MeetingRequestForm(OnceMixin, PortalForm):
    subject = sentence(_("What the meeting would be about"))
    co_requested_by = forms.ModelMultipleChoiceField(
        Entity.objects.none(), label=_("Together with"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, entity, **kwargs):
        super().__init__(*args, **kwargs)
        others = taking_part()
        self.fields["co_requested_by"].queryset = others.exclude(pk=entity.pk) if entity else others


class ItemForwardForm(OnceMixin, PortalForm):
    subject = sentence(
        _("Title of the item"), limit=TITLE_LENGTH, help_text=_("As it should stand on the agenda.")
    )  # fmt: skip


class GroupReviewForm(PortalForm):
    verdict = forms.ChoiceField(
        label=_("The Network finds that it"), choices=Relevance.choices, widget=forms.RadioSelect
    )
    note = long_text(
        _("Why, in a few words"), rows=4, required=False, limit=600,
        help_text=_("Required unless it goes on as it is. A group that is closed shows it as its closing note."),
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if data.get("verdict") not in {None, Relevance.GOES_ON}:
            self.require("note", _("Say why, in a few words."))
        return data


class RequestAnswerForm(PortalForm):
    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=[choice for choice in RequestAnswer.choices if choice[0] != RequestAnswer.WITHDRAWN],
    )  # fmt: skip
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Meeting that deals with it"), required=False, empty_label="—",
        help_text=_("One to come. Added to its agenda, the subject becomes its last item."),
    )  # fmt: skip
    reason = long_text(_("Reason"), rows=3, required=False, help_text=_("Required when the request is declined."))

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda row: f"{row.title}, {long_day(row.starts_at)}"

    def clean(self):
        data = super().clean()
        if data.get("answer") == RequestAnswer.DECLINED:
            self.require("reason", _("Please say why the request is declined."))
        if data.get("answer") in {RequestAnswer.ACCEPTED, RequestAnswer.ADDED_TO_AGENDA}:
            self.require("meeting", _("Please name the meeting that will deal with it."))
        return data
