"""A decision, the versions of its text, what entities say of it, and its place in the register."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from decisions import paragraphs, subjects
from decisions.enums import DECISION_TRANSITIONS, Answer, Capacity, Channel, DecisionState, FollowUp, Mode, Stance
from members.models import Entity, User
from members.standing import standing_of

NUMBERED = [DecisionState.RECORDED, DecisionState.SUPERSEDED]
NOTED = [DecisionState.CONSENSUS_NOTED, *NUMBERED]


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Any) -> "DecisionQuerySet":
        """The Network sees all but drafts; a draft is seen by its entity, the secretariat and the co-chairs."""
        standing = standing_of(user)
        if standing.is_secretariat or standing.is_co_chair:
            return self
        if not (standing.is_network or standing.is_administrator):
            return self.none()
        own = Q(proposed_by=standing.entity) if standing.entity else Q(pk=None)
        return self.filter(~Q(state=DecisionState.DRAFT) | own)

    def in_force_on(self, day: date) -> "DecisionQuerySet":
        """Adopted, begun, and neither at its end nor replaced; what says nothing of it begins with its adoption."""
        begun = Q(in_force_from__lte=day) | Q(in_force_from__isnull=True)
        standing = Q(in_force_until__gte=day) | Q(in_force_until__isnull=True)
        return self.filter(begun, standing, state=DecisionState.RECORDED)

    def objected(self) -> "DecisionQuerySet":
        """Those in call on which the last word of an entity that counts is an objection."""
        said = Position.objects.counted().filter(decision=OuterRef("pk"))
        later = Position.objects.counted().filter(
            decision=OuterRef("decision"), entity=OuterRef("entity"), pk__gt=OuterRef("pk")
        )
        return self.filter(Exists(said.filter(~Exists(later), stance=Stance.OBJECTS)), state=DecisionState.CALL)

    def to_review(self, until: date) -> "DecisionQuerySet":
        """Standing, and to be looked at again by that day."""
        return self.filter(state=DecisionState.RECORDED, review_on__lte=until)


class Decision(models.Model):
    """Proposal → consultation → call on a frozen text → consensus noted by a co-chair → number in the register.

    From when to when it is in force and which decisions it replaces is adopted, and sealed, with its text.
    """

    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(max_length=20, choices=DecisionState, default=DecisionState.DRAFT)
    mode = models.CharField(_("positions are given"), max_length=20, choices=Mode, default=Mode.WRITTEN)
    subject_kind = models.CharField(_("subject"), max_length=40, default="free")
    subject_id = models.CharField(max_length=40, blank=True)
    proposed_by = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    consultation_opened_at = models.DateTimeField(null=True)
    consultation_ends_at = models.DateTimeField(_("end of the consultation"), null=True)
    procedure = models.ForeignKey(
        "decisions.RulesOfProcedure", null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("rules of procedure"),
    )  # fmt: skip
    call_opened_at = models.DateTimeField(null=True)
    call_deadline = models.DateTimeField(_("deadline"), null=True)
    # Where the rules ask for both co-chairs: the first of them, until the other one notes it too.
    first_noted_at = models.DateTimeField(null=True)
    first_noted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField(null=True)
    seal = models.CharField(max_length=64, blank=True, editable=False)
    responsible = models.ForeignKey(
        Entity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions_in_charge",
        verbose_name=_("in charge"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    supersedes = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="superseded_by", verbose_name=_("replaces")
    )
    takes_up = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_up_by", verbose_name=_("takes up again")
    )
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    follow_up = models.CharField(_("follow-up"), max_length=20, choices=FollowUp, default=FollowUp.NOT_STARTED)
    follow_up_note = models.TextField(_("note on the follow-up"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DecisionQuerySet.as_manager()
    transitions = DECISION_TRANSITIONS

    class Meta:
        verbose_name = _("decision")
        indexes = [
            # Searched as icontains asks; its statistics tell how many rows a word finds, or each would be joined alone.
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="decision_title_words"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DecisionState.values), name="decision_state_known"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="decision_mode_known"),
            models.CheckConstraint(condition=Q(follow_up__in=FollowUp.values), name="decision_follow_up_known"),
            models.CheckConstraint(
                condition=Q(state=DecisionState.CALL, call_opened_at__isnull=False, call_deadline__isnull=False)
                | ~Q(state=DecisionState.CALL),
                name="decision_call_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NOTED, noted_at__isnull=False, noted_by__isnull=False)
                | (~Q(state__in=NOTED) & Q(noted_at__isnull=True, noted_by__isnull=True)),
                name="decision_noted_when_consensus",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NUMBERED, number__isnull=False, year__isnull=False, recorded_at__isnull=False)
                | (~Q(state__in=NUMBERED) & Q(number__isnull=True, year__isnull=True, recorded_at__isnull=True)),
                name="decision_numbered_when_recorded",
            ),
            models.CheckConstraint(
                condition=Q(call_deadline__isnull=True)
                | Q(call_opened_at__isnull=False, call_deadline__gt=F("call_opened_at")),
                name="decision_deadline_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(first_noted_at__isnull=True, first_noted_by__isnull=True)
                | (
                    Q(first_noted_at__isnull=False, first_noted_by__isnull=False)
                    & (Q(noted_by__isnull=True) | ~Q(noted_by=F("first_noted_by")))
                ),
                name="decision_noted_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True)
                | Q(in_force_from__isnull=True)
                | Q(in_force_until__gte=F("in_force_from")),
                name="decision_in_force_for_a_while",
            ),
            models.UniqueConstraint(fields=["year", "number"], name="decision_number_once"),
            models.CheckConstraint(
                condition=(Q(number__isnull=True, seal="") | (Q(number__isnull=False) & ~Q(seal=""))),
                name="decision_sealed_when_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} · {self.title}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("decisions:decision_detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """« RNUM-SN/2026/D-001 », or nothing before it is recorded."""
        return f"{settings.NETWORK_CODE}/{self.year}/D-{self.number:03d}" if self.number else ""

    @property
    def is_past_deadline(self) -> bool:
        return self.call_deadline is not None and self.call_deadline < clock.now()

    @property
    def awaited_until(self) -> datetime | None:
        """When its consultation or its call ends; ``None`` while it is in neither."""
        ends = {DecisionState.CONSULTATION: self.consultation_ends_at, DecisionState.CALL: self.call_deadline}
        return ends.get(DecisionState(self.state))

    @property
    def may_be_extended(self) -> bool:
        """More time may be given while there is some, unless it is that of a meeting."""
        return self.state == DecisionState.CALL and self.mode != Mode.IN_SESSION and not self.is_past_deadline

    @property
    def takes_silence_for_consent(self) -> bool:
        return self.mode == Mode.SILENCE

    @property
    def was_noted_early(self) -> bool:
        """The consensus was noted before the time given was over: all had spoken."""
        return bool(self.noted_at and self.call_deadline and self.noted_at < self.call_deadline)

    @property
    def follow_up_is_late(self) -> bool:
        is_owed = self.state == DecisionState.RECORDED and self.follow_up != FollowUp.DONE
        return is_owed and self.due_on is not None and self.due_on < clock.today()

    def is_in_force_on(self, day: date) -> bool:
        """As :meth:`DecisionQuerySet.in_force_on` says of this one."""
        if self.state != DecisionState.RECORDED or self.recorded_at is None:
            return False
        begins = self.in_force_from or timezone.localdate(self.recorded_at)
        return begins <= day and (self.in_force_until is None or day <= self.in_force_until)

    @property
    def subject(self) -> subjects.Subject:
        return subjects.get(self.subject_kind)


class DecisionText(models.Model):
    """One version of the text. The version that a call is about is frozen: a trigger refuses to change it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [GinIndex(OpClass(Upper("text"), name="gin_trgm_ops"), name="decision_text_words")]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="decision_text_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="decision_text_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.decision.title}, v{self.number}"

    @property
    def parts(self) -> list[str]:
        """Its paragraphs, as they are numbered."""
        return paragraphs.split(self.text)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of its words in UTF-8, in hexadecimal: who holds it can tell that a text is the one called on."""
        return sha256(self.text.encode()).hexdigest()


class PositionQuerySet(models.QuerySet["Position"]):
    def counted(self) -> "PositionQuerySet":
        """All but those that their entity contested before consensus was noted."""
        in_time = Q(decision__noted_at__isnull=True) | Q(on_behalf__answered_at__lt=F("decision__noted_at"))
        return self.exclude(Q(on_behalf__state=Answer.CONTESTED) & in_time)


class Position(models.Model):
    """One voice, said once: an append-only event (triggers refuse UPDATE and DELETE). The last one counts."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="positions")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    text_number = models.PositiveSmallIntegerField()
    stance = models.CharField(max_length=20, choices=Stance)
    reason = models.TextField(_("reason"), blank=True)
    alternative = models.TextField(_("what would lift the objection"), blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=20, choices=Capacity)
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.PORTAL)
    at = models.DateTimeField()

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="position_stance_known"),
            models.CheckConstraint(condition=Q(capacity__in=Capacity.values), name="position_capacity_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="position_channel_known"),
            models.CheckConstraint(
                condition=~Q(stance__in=[Stance.OBJECTS, Stance.CAN_LIVE_WITH, Stance.LIFTS_OBJECTION]) | ~Q(reason=""),
                name="position_reason_where_asked",
                violation_error_message=_("A reservation, an objection or its lifting says why."),
            ),
        ]
        indexes = [models.Index(fields=["decision", "entity", "-id"], name="position_last_word")]

    def __str__(self) -> str:
        return gettext("%(label)s: %(value)s") % {"label": self.entity, "value": self.get_stance_display()}

    @property
    def record(self) -> Any:
        """Its :class:`decisions.models.OnBehalf`; ``None`` where its entity spoke for itself."""
        return getattr(self, "on_behalf", None)

    @property
    def is_struck_out(self) -> bool:
        """Contested by its entity before anything was decided: on record, and counted no more."""
        return self.record is not None and self.record.is_struck_out

    @property
    def is_contested(self) -> bool:
        """Whether its entity says that it is not its own; contested after the decision, it counts all the same."""
        return self.record is not None and self.record.state == Answer.CONTESTED

    def counts_on(self, text_number: int) -> bool:
        """Whether an entity's last word still counts on that version: given on it, or an objection (ADR 10)."""
        return self.text_number == text_number or self.stance == Stance.OBJECTS
