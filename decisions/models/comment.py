"""What an entity says of a text during the consultation, or asks to be written in it, and what it was answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.enums import COMMENT_TRANSITIONS, WORDED, Asks, Reply
from decisions.models.decision import Decision
from members.models import Entity, User

STRUCK = [Asks.REWORDING, Asks.DELETION]  # after these a paragraph no longer stands as it did


class CommentQuerySet(models.QuerySet["Comment"]):
    def awaiting_reply(self) -> "CommentQuerySet":
        return self.filter(state=Reply.AWAITED)

    def to_carry_out(self, text_number: int) -> "CommentQuerySet":
        """Amendments to that version that were accepted as they stand."""
        accepted = self.filter(state=Reply.ACCEPTED, text_number=text_number)
        return accepted.exclude(kind=Asks.COMMENT).order_by("paragraph", "at", "pk")


class Comment(models.Model):
    """On one paragraph of one version, or on the whole of it. Its own words never change (a trigger refuses).

    Attributes:
        paragraph: its number in version ``text_number``, from 1; ``None`` for the whole text.
        wording: of an amendment, what is to stand there.
        text: the comment, or why the amendment is asked for.
        answer: what those who hold the pen say to it.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="comments")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text_number = models.PositiveSmallIntegerField()
    paragraph = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=20, choices=Asks, default=Asks.COMMENT)
    wording = models.TextField(blank=True)
    text = models.TextField(gettext_lazy("comment"), blank=True)
    state = models.CharField(max_length=20, choices=Reply, default=Reply.AWAITED)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = CommentQuerySet.as_manager()
    transitions = COMMENT_TRANSITIONS

    class Meta:
        verbose_name = gettext_lazy("comment")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Asks.values), name="comment_kind_known"),
            models.CheckConstraint(condition=Q(state__in=Reply.values), name="comment_state_known"),
            models.CheckConstraint(
                condition=Q(paragraph__isnull=False, paragraph__gte=1) | Q(paragraph__isnull=True, kind=Asks.COMMENT),
                name="comment_amendment_has_paragraph",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=sorted(WORDED)) & ~Q(wording="")) | (~Q(kind__in=sorted(WORDED)) & Q(wording="")),
                name="comment_worded_as_its_kind",
            ),
            models.CheckConstraint(condition=~Q(kind=Asks.COMMENT) | ~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(state=Reply.AWAITED, answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state=Reply.AWAITED) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="comment_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[Reply.ADAPTED, Reply.DECLINED]) | ~Q(answer=""),
                name="comment_not_taken_up_says_why",
            ),
            models.UniqueConstraint(
                fields=["decision", "text_number", "paragraph"],
                condition=Q(state=Reply.ACCEPTED, kind__in=STRUCK),
                name="comment_paragraph_amended_once",
                violation_error_message=gettext_lazy(
                    "Another amendment of this paragraph was accepted: accept this one in part, or not at all."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity}, {self.place}"

    def get_absolute_url(self) -> str:
        return f"{self.decision.get_absolute_url()}#remarque-{self.pk}"

    @property
    def is_amendment(self) -> bool:
        return self.kind != Asks.COMMENT

    @property
    def is_answered(self) -> bool:
        return self.state != Reply.AWAITED

    @property
    def place(self) -> str:
        """« § 3 », or the whole text."""
        return _("§ %s") % self.paragraph if self.paragraph else _("whole text")
