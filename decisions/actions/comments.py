"""What entities say of a text while it may still change, and what they are answered (clause M-61: consultation)."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError, StaleVersion
from core.refusals import refusals_of
from core.transitions import check_version, lock, move
from decisions import paragraphs, queries
from decisions.actions.voices import NoVoice
from decisions.enums import WORDED, Asks, DecisionState, Reply
from decisions.models import Comment, Decision, DecisionText
from members.models import User
from members.standing import standing_on

VERBS = {
    Reply.ACCEPTED: "accept_comment",
    Reply.ADAPTED: "adapt_comment",
    Reply.DECLINED: "decline_comment",
}


refusals = refusals_of({"comment_paragraph_amended_once": "reply"})


class ParagraphMoved(StaleVersion):
    """The paragraph that the person read stands elsewhere now, in other words, or nowhere.

    Attributes:
        line: what became of it; ``None`` where the version that was read had no such paragraph.
    """

    def __init__(self, thing: Decision, sentence: str, line: paragraphs.Line | None) -> None:
        super().__init__(thing)
        self.line = line
        self.args = (sentence,)


class Unworded(DomainError):
    """An amendment says which words are to stand there, and they are not those that stand there already."""

    field = "wording"


class SaysNothing(DomainError):
    """A comment says something."""

    field = "text"


class Unanswered(DomainError):
    """What is not taken up, or only in part, is answered with the reason."""

    field = "answer"


def check_consulted(decision: Decision) -> None:
    """
    Raises:
        DomainError: nobody is asked what they think of the text now.
    """
    if decision.state != DecisionState.CONSULTATION:
        raise DomainError(_("The consultation on this text is not open."))


def check_answerable(comment: Comment, present: int) -> None:
    """
    Args:
        present: the number of the present version of the text.

    Raises:
        DomainError: the consultation is not open, or the text was rewritten on the answer that was given.
    """
    check_consulted(comment.decision)
    if comment.is_answered and comment.text_number != present:
        said = {"version": present, "answer": comment.get_state_display()}
        raise DomainError(_("Version %(version)s was written since: the answer “%(answer)s” stands.") % said)


@transaction.atomic
def add_comment(
    decision: Decision,
    *,
    text: str,
    kind: str = Asks.COMMENT,
    paragraph: int | None = None,
    wording: str = "",
    text_number: int | None = None,
    by: User,
) -> Comment:
    """Say something on the text for one's entity, or ask for other words, while the consultation is open.

    Args:
        text: the comment; of an amendment, why it is asked for, which may be left out.
        paragraph: its number from 1; ``None`` for the whole text, on which there are comments only.
        wording: what is to stand there; empty, or the words of the paragraph, where ``kind`` asks for none.
        text_number: the version the person read; ``None`` takes the present one.

    Raises:
        NoVoice: the person belongs to no entity.
        ParagraphMoved: that paragraph no longer stands at its number in the present version.
        Unworded: an amendment without words, or with those that stand there; or words where none are asked for.
        SaysNothing: a comment without a word.
        DomainError: the consultation is not open.
    """
    decision = lock(decision)
    entity = standing_on(by, clock.today()).entity
    check_consulted(decision)
    if entity is None:
        raise NoVoice(_("You do not speak for an entity of the Network today."))
    asks, present = Asks(kind), queries.last_text(decision)
    if paragraph is not None:
        _require_place(decision, paragraph, text_number or present.number, present)
    stood = paragraphs.split(present.text)[paragraph - 1] if paragraph else ""
    _require_words(asks, text, wording, stood)
    comment = Comment.objects.create(
        decision=decision, entity=entity, author=by, at=clock.now(), text_number=present.number,
        paragraph=paragraph, kind=asks, wording=wording.strip() if asks in WORDED else "", text=text.strip(),
    )  # fmt: skip
    data = {"entity": entity.slug, "text": present.number, "paragraph": paragraph, "kind": str(asks)}
    journal.record("add_comment", decision, by=by, data=data)
    return comment


@transaction.atomic
def answer_comment(comment: Comment, *, reply: str, answer: str = "", version: int, by: User) -> Comment:
    """Say what becomes of a comment. Thought over before the next version, another answer takes its place.

    Raises:
        StaleVersion: somebody answered it meanwhile.
        Unanswered: it is not taken up, or only in part, and nothing says why.
        Refused: another amendment of the same paragraph was accepted as it stands.
        DomainError: the consultation is not open, or another version was written on the answer that was given.
    """
    decision = lock(comment.decision)
    comment = lock(comment)
    comment.decision = decision
    check_answerable(comment, queries.last_text(decision).number)
    check_version(comment, version)
    if Reply(reply) in {Reply.ADAPTED, Reply.DECLINED} and not answer.strip():
        raise Unanswered(_("Say why: the entity reads your answer beside its words."))
    data = {"entity": str(comment.entity), "paragraph": comment.paragraph}
    with refusals(Comment):
        return move(
            comment, VERBS[Reply(reply)], by=by, data=data, answer=answer.strip(), answered_at=clock.now(),
            answered_by=by, version=version + 1,
        )  # fmt: skip


def _require_place(decision: Decision, paragraph: int, read: int, present: DecisionText) -> None:
    """The paragraph that was read is the one that stands at its number now."""
    parts = paragraphs.split(present.text)
    if read == present.number:
        if paragraph > len(parts):
            raise DomainError(_("The text has no paragraph %s.") % paragraph)
        return
    before = decision.texts.filter(number=read).first()
    if before is None:
        raise DomainError(_("The text has no version %s.") % read)
    line = paragraphs.place_of(paragraph, paragraphs.compared(paragraphs.split(before.text), parts))
    if line is None or line.kind != "same" or line.after != paragraph:
        raise ParagraphMoved(decision, _what_became(line, paragraph, present.number), line)


def _what_became(line: paragraphs.Line | None, paragraph: int, version: int) -> str:
    said = {"paragraph": paragraph, "version": version, "now": line.after if line else None}
    if line is None or line.after is None:
        sentence = _("Version %(version)s was written meanwhile: § %(paragraph)s no longer stands in it.")
    elif line.kind == "same":
        sentence = _("Version %(version)s was written meanwhile: § %(paragraph)s has become § %(now)s.")
    else:
        sentence = _("Version %(version)s was written meanwhile: § %(paragraph)s has other words there (§ %(now)s).")
    return sentence % said


def _require_words(asks: Asks, text: str, wording: str, stood: str) -> None:
    if asks == Asks.COMMENT and not text.strip():
        raise SaysNothing(_("Write your comment."))
    if asks != Asks.COMMENT and not stood:
        raise DomainError(_("Say which paragraph you would change."))
    if asks in WORDED and not wording.strip():
        raise Unworded(_("Write the words that are to stand there."))
    is_the_same = wording.split() == stood.split()
    if asks in WORDED and is_the_same:
        raise Unworded(_("These are the words that stand there already: change them, or choose another request."))
    if asks not in WORDED and wording.strip() and not is_the_same:
        raise Unworded(_("You changed these words: choose another wording or a new paragraph, or empty this field."))
