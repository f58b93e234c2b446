"""Forms of a consultation: what is said of a text, what it is answered, which versions are compared."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import StaleVersion
from core.forms import OnceMixin, PortalForm, VersionMixin
from decisions.enums import WORDED, Asks, Reply
from decisions.forms import long_text

LAST_NUMBER = 30_000


class CommentForm(OnceMixin, PortalForm):
    """On the whole text."""

    ids = "comment"
    text = long_text(
        _("Your comment"), rows=4, help_text=_("On the whole text; each paragraph has a link for its own comments.")
    )


class ParagraphForm(OnceMixin, PortalForm):
    """On one paragraph; ``text_number`` is the version that was read, the present one once it was told as such.

    ``now`` is the number at which a paragraph that has moved stands in the present version, if it does.
    """

    now: int | None = None
    kind = forms.ChoiceField(
        label=_("What your entity asks"), widget=forms.RadioSelect,
        choices=[
            (Asks.REWORDING, _("Another wording of this paragraph")),
            (Asks.ADDITION, _("A new paragraph after this one")),
            (Asks.DELETION, _("That this paragraph be struck out")),
            (Asks.COMMENT, _("Nothing to change: a comment")),
        ],
    )  # fmt: skip
    wording = long_text(
        _("Proposed wording"), rows=5, required=False,
        help_text=_("For another wording, change the words of the paragraph; for a new one, write it in their place."),
    )  # fmt: skip
    text = long_text(
        _("Comment, or reason of what you ask"), rows=4, required=False,
        help_text=_("Required for a comment; a reason helps those who answer."),
    )  # fmt: skip
    text_number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LAST_NUMBER)

    def clean(self):
        data = super().clean()
        if data.get("kind") in WORDED:
            self.require("wording", _("Write the words that are to stand there."))
        if data.get("kind") == Asks.COMMENT:
            self.require("text", _("Write your comment."))
        return data

    def refuse(self, error):
        super().refuse(error)
        if isinstance(error, StaleVersion):
            self.data = self.data.copy()
            self.data["text_number"] = str(error.thing.texts.count())
            self.now = error.line.after if error.line else None


class AnswerForm(VersionMixin, PortalForm):
    reply = forms.ChoiceField(
        label=_("What becomes of it"), widget=forms.RadioSelect,
        choices=[
            (Reply.ACCEPTED, _("Accepted as it stands")),
            (Reply.ADAPTED, _("Accepted in part, or in other words")),
            (Reply.DECLINED, _("Not accepted")),
        ],
    )  # fmt: skip
    answer = long_text(
        _("Your answer"), rows=4, required=False, help_text=_("Required unless it is accepted as it stands.")
    )

    def standing(self, thing):
        return {"reply": thing.state, "answer": thing.answer}

    def clean(self):
        data = super().clean()
        if data.get("reply") in {Reply.ADAPTED, Reply.DECLINED}:
            self.require("answer", _("Say why: the entity reads your answer beside its words."))
        return data


class VersionsForm(PortalForm):
    """Which two versions are compared."""

    before = forms.TypedChoiceField(label=_("Version"), coerce=int)
    after = forms.TypedChoiceField(label=_("Compared with version"), coerce=int)

    def __init__(self, *args, numbers, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = [(number, str(number)) for number in numbers]
