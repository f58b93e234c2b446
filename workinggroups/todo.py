"""What awaits a person about working groups: a call for chairs to answer, or one that closed."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.todo import Question, TodoItem, ask, end_of_day
from frameworks.models import in_active_language
from members.standing import Standing, standing_of
from workinggroups.enums import GroupState
from workinggroups.models import ChairCall, ChairOffer, GroupChair, GroupMeeting, GroupMember, WorkingGroup

TO_COME = timedelta(days=21)  # how long before a meeting of a group it stands among what awaits


def todo(user: Any) -> list[TodoItem]:
    return ask(questions(user))


def questions(user: Any) -> list[Question]:
    """For who speaks for a member of a group that calls for chairs; for who records whom a group chose.

    For who chairs a group that does not meet, or manages all of them.
    """
    standing = standing_of(user)
    found = [_call_to_answer(standing)] if standing.entity and standing.rank and standing.is_member else []
    manages = standing.is_secretariat or standing.is_co_chair
    if standing.entity and standing.rank and standing.is_member:
        found.append(_meeting_to_come(standing))
    if standing.is_rc_office:
        found.append(_answer_of_unct())
    found.append(_quiet_group(user, standing.day, manages=manages))
    return [*found, _call_that_closed(standing.day), _to_submit(), _to_begin()] if manages else found


def _to_submit() -> Question:
    """What the Network endorsed waits for its letter to the country team (clause M-65)."""

    def tell(facts: dict[str, Any]) -> TodoItem:
        why = _("The Network endorsed the group: its letter is signed and sent.")
        address = reverse("groups:group_detail", args=[f"gt-{facts['number']}"])
        return TodoItem(_("Submit the group to the UNCT: %s") % _named(facts), address, why, tag=_("endorsed"))

    def rows() -> QuerySet[WorkingGroup]:
        return WorkingGroup.objects.filter(state=GroupState.ENDORSED)

    facts = {"number": "number", "fr": "title_fr", "en": "title_en", "since": "decision__recorded_at"}
    return Question("group-to-submit", rows, facts, tell, "since")


def _to_begin() -> Question:
    """A group that the country team validated is called for chairs, then begins."""

    def tell(facts: dict[str, Any]) -> TodoItem:
        why = _("The UNCT validated it: enter its members, call them for chairs, then record its beginning.")
        return TodoItem(_("Bring the group to work: %s") % _named(facts), _address(facts), why, tag=_("validated"))

    def rows() -> QuerySet[WorkingGroup]:
        under_way = ChairCall.objects.filter(closed_at__isnull=True)
        return WorkingGroup.objects.filter(state=GroupState.VALIDATED).exclude(pk__in=under_way.values("group"))

    facts = {"number": "number", "fr": "title_fr", "en": "title_en", "since": "validated_on"}
    return Question("group-to-begin", rows, facts, tell, "since")


def _meeting_to_come(standing: Standing) -> Question:
    """The meetings of one's groups in the weeks to come, on the day of each."""

    def tell(facts: dict[str, Any]) -> TodoItem:
        starts_at = datetime.fromisoformat(facts["starts_at"])
        address = reverse("groups:group_detail", args=[f"gt-{facts['number']}"]) + "#reunions"
        return TodoItem(
            _("Prepare the meeting of the group: %s") % _named(facts), address, facts["where"], due=starts_at
        )

    def rows(entity: Any, now: Any, until: Any, day: Any) -> QuerySet[GroupMeeting]:
        sitting = GroupMember.objects.on(day).filter(entity=entity)
        ahead = GroupMeeting.objects.standing().filter(starts_at__gt=now, starts_at__lte=until)
        return ahead.filter(group__in=sitting.values("group"))

    facts = {
        "number": "group__number", "fr": "group__title_fr", "en": "group__title_en", "starts_at": "starts_at",
        "where": Coalesce(NullIf("place", Value("")), "online_link"),
    }  # fmt: skip
    own, now = standing.entity and standing.entity.pk, clock.now()
    values = {"entity": own, "now": now, "until": now + TO_COME, "day": standing.day}
    return Question("group-meeting-to-come", rows, facts, tell, "starts_at", values)


def _answer_of_unct() -> Question:
    """What the UNCT says of a group is written down by the office of the Resident Coordinator (clause M-67)."""

    def tell(facts: dict[str, Any]) -> TodoItem:
        why = _("The Network submitted the group: validated, or something else is asked for.")
        address = reverse("groups:group_detail", args=[f"gt-{facts['number']}"])
        return TodoItem(_("Record the answer of the UNCT: %s") % _named(facts), address, why, tag=_("submitted"))

    def rows() -> QuerySet[WorkingGroup]:
        return WorkingGroup.objects.filter(state=GroupState.SUBMITTED)

    facts = {"number": "number", "fr": "title_fr", "en": "title_en", "since": "submitted_on"}
    return Question("answer-of-unct", rows, facts, tell, "since")


def _quiet_group(user: Any, day: date, *, manages: bool) -> Question:
    def tell(facts: dict[str, Any]) -> TodoItem:
        why = _("Convene a meeting, or the group is dormant.")
        due = end_of_day(date.fromisoformat(facts["asked_on"]) + timedelta(days=settings.GROUP_ANSWER_DAYS))
        address = reverse("groups:group_detail", args=[f"gt-{facts['number']}"]) + "#reunions"
        return TodoItem(_("The group does not meet: %s") % _named(facts), address, why, due=due)

    def rows(person: Any, day: Any) -> QuerySet[WorkingGroup]:
        asked = WorkingGroup.objects.filter(asked_on__isnull=False)
        return asked.filter(pk__in=GroupChair.objects.on(day).filter(offer__person=person).values("group"))

    def all_rows() -> QuerySet[WorkingGroup]:
        return WorkingGroup.objects.filter(asked_on__isnull=False)

    facts = {"number": "number", "fr": "title_fr", "en": "title_en", "asked_on": "asked_on"}
    if manages:
        return Question("quiet-group", all_rows, facts, tell, "asked_on")
    return Question("quiet-group-chaired", rows, facts, tell, "asked_on", {"person": user.pk, "day": day})


def _call_to_answer(standing: Standing) -> Question:
    def tell(facts: dict[str, Any]) -> TodoItem:
        why = _("Every member of the group may offer; nobody has to.")
        due = end_of_day(date.fromisoformat(facts["closes_on"]))
        return TodoItem(_("Who chairs the group? %s") % _named(facts), _address(facts), why, due=due)

    def rows(entity: Any, day: Any) -> QuerySet[ChairCall]:
        sitting = GroupMember.objects.on(day).filter(entity=entity)
        offered = ChairOffer.objects.standing().filter(seat__entity=entity)
        under_way = ChairCall.objects.filter(closed_at__isnull=True, closes_on__gte=day)
        return under_way.filter(group__in=sitting.values("group")).exclude(pk__in=offered.values("call"))

    own = standing.entity and standing.entity.pk
    return Question("chair-call-to-answer", rows, _FACTS, tell, "closes_on", {"entity": own, "day": standing.day})


def _call_that_closed(day: date) -> Question:
    def tell(facts: dict[str, Any]) -> TodoItem:
        why = _("Candidacies are closed: the group chooses, and whom it chose is recorded.")
        return TodoItem(_("Name the chairs: %s") % _named(facts), _address(facts), why, tag=_("call closed"))

    def rows(day: Any) -> QuerySet[ChairCall]:
        return ChairCall.objects.filter(closed_at__isnull=True, closes_on__lt=day)

    return Question("chair-call-that-closed", rows, _FACTS, tell, "closes_on", {"day": day})


_FACTS = {"number": "group__number", "fr": "group__title_fr", "en": "group__title_en", "closes_on": "closes_on"}


def _named(facts: dict[str, Any]) -> str:
    title = in_active_language(facts["fr"], facts["en"] or facts["fr"])
    return _("WG %(number)s – %(title)s") % {"number": facts["number"], "title": title}


def _address(facts: dict[str, Any]) -> str:
    return reverse("groups:group_detail", args=[f"gt-{facts['number']}"]) + "#presidence"
