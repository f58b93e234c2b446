"""Working groups: a need, terms of reference, a decision of the Network, the validation of the UNCT (M-64 to M-67)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.uploads import made_name
from decisions.models import Decision
from frameworks.models import GcmObjective, in_active_language
from members.enums import MembershipKind
from members.models import Dated, Entity, Partner
from members.models.dated import DatedQuerySet, in_order, never_two
from workinggroups.enums import (
    AT_WORK,
    BEFORE_THE_NETWORK,
    BEFORE_THE_UNCT,
    BEFORE_VALIDATION,
    GROUP_TRANSITIONS,
    OVER,
    GroupState,
)


def record_path(_row: models.Model, name: str) -> str:
    return made_name("groups", name)


class GroupQuerySet(models.QuerySet["WorkingGroup"]):
    def visible_to(self, user: Any) -> "GroupQuerySet":
        """The register of groups is read by the whole Network."""
        return self if user.has_perm("workinggroups.view_groups") else self.none()

    def in_order(self) -> "GroupQuerySet":
        return self.order_by("number")

    def standing(self) -> "GroupQuerySet":
        """Neither closed nor withdrawn."""
        return self.exclude(state__in=OVER)


class WorkingGroup(models.Model):
    """One group. Never at work before the UNCT has validated it: the database refuses it (clause M-65)."""

    state = models.CharField(max_length=20, choices=GroupState, default=GroupState.PROPOSED)
    number = models.PositiveSmallIntegerField(unique=True)
    title_fr = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    need = models.TextField()
    terms = models.TextField()
    objectives = models.ManyToManyField(GcmObjective, related_name="working_groups", blank=True)
    proposed_by = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="groups_proposed")
    proposed_at = models.DateTimeField()
    # One decision may endorse several groups.
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="groups")
    submitted_on = models.DateField(null=True)
    validated_on = models.DateField(null=True)
    unct_reference = models.CharField(max_length=120, blank=True)
    unct_record = models.FileField(upload_to=record_path, blank=True, max_length=200)
    unct_record_name = models.CharField(max_length=200, blank=True)
    active_from = models.DateField(null=True)
    # Since when it is at work without a break, and when its chairs were asked why it does not meet.
    awake_since = models.DateField(null=True)
    asked_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closing_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = GroupQuerySet.as_manager()
    transitions = GROUP_TRANSITIONS

    class Meta:
        verbose_name = _("working group")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=GroupState.values), name="working_group_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=BEFORE_THE_NETWORK) | Q(decision__isnull=False),
                name="working_group_endorsed_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=BEFORE_THE_UNCT) | Q(submitted_on__isnull=False),
                name="working_group_submitted_to_unct",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=BEFORE_VALIDATION) & Q(validated_on__isnull=True))
                | (
                    ~Q(state__in=BEFORE_VALIDATION)
                    & Q(submitted_on__isnull=False, validated_on__isnull=False)
                    & Q(validated_on__gte=F("submitted_on"))
                    & ~Q(unct_reference="")
                ),
                name="working_group_validated_by_unct",
            ),
            models.CheckConstraint(
                condition=Q(active_from__isnull=True)
                | Q(validated_on__isnull=False, active_from__gte=F("validated_on")),
                name="working_group_at_work_once_validated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AT_WORK) | Q(active_from__isnull=False), name="working_group_at_work_since"
            ),
            models.CheckConstraint(
                condition=~Q(state=GroupState.ACTIVE) | Q(awake_since__isnull=False), name="working_group_awake_since"
            ),
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True) | Q(state=GroupState.ACTIVE), name="working_group_asked_at_work"
            ),
            models.CheckConstraint(
                condition=Q(state=GroupState.CLOSED, closed_on__isnull=False) & ~Q(closing_note="")
                | ~Q(state=GroupState.CLOSED) & Q(closed_on__isnull=True),
                name="working_group_closed_with_a_note",
            ),
        ]

    def __str__(self) -> str:
        return gettext("WG %(number)s – %(title)s") % {"number": self.number, "title": self.title}

    def get_absolute_url(self) -> str:
        return reverse("groups:group_detail", args=[self.slug])

    @property
    def title(self) -> str:
        return in_active_language(self.title_fr, self.title_en or self.title_fr)

    @property
    def slug(self) -> str:
        """« gt-3 », in addresses."""
        return f"gt-{self.number}"

    @property
    def was_returned(self) -> bool:
        """The country team asked for something else, and it was not submitted again."""
        return self.state == GroupState.ENDORSED and self.submitted_on is not None

    @property
    def is_over(self) -> bool:
        return self.state in OVER


class GroupMemberQuerySet(DatedQuerySet):
    def sitting(self, day: Any) -> "GroupMemberQuerySet":
        """Those of ``day`` whose entity or partner belongs to the Network on it: who leaves it leaves its groups."""
        members = Entity.objects.members_on(day, *MembershipKind)
        belongs = Q(entity__in=members) | Q(partner__in=Partner.objects.current_on(day))
        return self.on(day).filter(belongs)  # type: ignore[return-value]


class GroupMember(Dated):
    """An entity of the Network, or a partner, sits in a group for a time (clause M-67)."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="members")
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="group_seats")
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="group_seats")

    objects = GroupMemberQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("member of a working group")
        constraints = [
            in_order("group_member_in_order"),
            models.CheckConstraint(
                condition=Q(entity__isnull=False, partner__isnull=True)
                | Q(entity__isnull=True, partner__isnull=False),
                name="group_member_is_one",
            ),
            never_two(
                "group_member_entity_once", "group", "entity",
                message=_("This entity sits in the group already on one of these days."),
            ),
            never_two(
                "group_member_partner_once", "group", "partner",
                message=_("This partner sits in the group already on one of these days."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.who}, {self.group}"

    @property
    def who(self) -> Entity | Partner:
        sitting: Any = self.entity or self.partner  # the database has exactly one
        return sitting
