"""A text in the other languages in which it circulates (ADR 24)."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError, StaleVersion
from core.transitions import check_version, lock
from decisions import languages, paragraphs, queries
from decisions.actions.decision import TextIsFrozen, check_revisable
from decisions.models import Decision, DecisionText, Translation
from members.models import User


class OtherParagraphs(DomainError):
    """A translation follows its text paragraph by paragraph."""

    field = "words"


class TextMoved(StaleVersion):
    """Another version of the text was written while the one that was read was translated."""

    def __init__(self, decision: Decision, present: int) -> None:
        super().__init__(decision)
        self.args = (_("Version %s of the text was written meanwhile: see whether your words still say it.") % present,)


def check_translatable(decision: Decision, text: DecisionText) -> None:
    """
    Raises:
        TextIsFrozen: the text has circulated; what is said of it is said of it in the languages in which it did.
    """
    check_revisable(decision)
    if text.frozen_at:
        raise TextIsFrozen(_("The text has circulated: write another version of it, and translate that one."))


@transaction.atomic
def translate_text(
    decision: Decision, *, language: str, title: str, words: str, text_number: int, version: int, by: User
) -> Translation:
    """Write the present version of the text in another language, or write it better, until positions are called for.

    Args:
        text_number: the version that was read.
        version: of the translation that was read; 0 where there was none.

    Raises:
        TextIsFrozen: as :func:`check_translatable`.
        TextMoved: another version of the text was written meanwhile.
        StaleVersion: somebody else translated it meanwhile.
        OtherParagraphs: it has more paragraphs than the text, or fewer.
        DomainError: texts do not circulate in that language.
    """
    decision = lock(decision)
    text = queries.last_text(decision)
    check_translatable(decision, text)
    if language not in languages.translated():
        raise DomainError(_("Texts do not circulate in this language."))
    if text_number != text.number:
        raise TextMoved(decision, text.number)
    _require_paragraphs(text, words)
    written = {"title": title, "words": words, "written_at": clock.now(), "written_by": by}
    found = text.translations.filter(language=language).first()
    if found:
        check_version(found, version)
        Translation.objects.filter(pk=found.pk).update(**written, version=version + 1)
        found.refresh_from_db()
    else:
        found = Translation.objects.create(text=text, language=language, **written)
    journal.record("translate_text", decision, by=by, data={"language": language.upper(), "text": text.number})
    return found


def _require_paragraphs(text: DecisionText, words: str) -> None:
    given, asked = len(paragraphs.split(words)), len(text.parts)
    if given != asked:
        said = {"given": given, "asked": asked}
        sentence = _("The text has %(asked)s paragraphs and its translation %(given)s: each line is a paragraph.")
        raise OtherParagraphs(sentence % said)
