"""A text in another language, for who reads that one; the text itself prevails."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from decisions import languages, paragraphs
from decisions.models.decision import DecisionText
from members.models import User


class Translation(models.Model):
    """Of one version of a text, into one language. Triggers refuse to change it once that version was frozen.

    It has as many paragraphs as its text, under the same numbers.
    """

    text = models.ForeignKey(DecisionText, on_delete=models.PROTECT, related_name="translations")
    language = models.CharField(max_length=12)
    title = models.CharField(_("title"), max_length=200)
    words = models.TextField(_("text"))
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("translation")
        constraints = [
            models.UniqueConstraint(fields=["text", "language"], name="decision_translation_once"),
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(words=""), name="decision_translation_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def language_name(self) -> str:
        return languages.name_of(self.language)

    @property
    def parts(self) -> list[str]:
        """Its paragraphs, as they are numbered."""
        return paragraphs.split(self.words)
