"""States, steps and stances of a decision. Clause M-61: consensus after consultation, noted and never counted."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DecisionState(TextChoices):
    DRAFT = "draft", _("draft")
    CONSULTATION = "consultation", _("in consultation")
    CALL = "call", _("call for positions")
    CONSENSUS_NOTED = "consensus_noted", _("consensus noted")
    DEFERRED = "deferred", _("deferred to a meeting")
    REFERRED = "referred", _("advice asked for")
    RECORDED = "recorded", _("adopted")
    WITHDRAWN = "withdrawn", _("withdrawn")
    NO_CONSENSUS = "no_consensus", _("no consensus")
    SUPERSEDED = "superseded", _("superseded")


# What a call that found no consensus may wait for (ADR 21).
WAITING = frozenset({DecisionState.DEFERRED, DecisionState.REFERRED})
BEFORE_NETWORK = frozenset({DecisionState.CONSULTATION, DecisionState.CALL, *WAITING})
UNDER_WAY = BEFORE_NETWORK | {DecisionState.DRAFT, DecisionState.CONSENSUS_NOTED}
GIVEN_UP = frozenset({DecisionState.WITHDRAWN, DecisionState.NO_CONSENSUS})

# verb → (states it may start from, state it leads to)
DECISION_TRANSITIONS = {
    "open_consultation": ({DecisionState.DRAFT}, DecisionState.CONSULTATION),
    "extend_consultation": ({DecisionState.CONSULTATION}, DecisionState.CONSULTATION),
    "open_call": ({DecisionState.CONSULTATION, *WAITING}, DecisionState.CALL),
    "extend_call": ({DecisionState.CALL}, DecisionState.CALL),
    "reopen_consultation": ({DecisionState.CALL, *WAITING}, DecisionState.CONSULTATION),
    "defer": ({DecisionState.CALL, *WAITING}, DecisionState.DEFERRED),
    "refer": ({DecisionState.CALL, *WAITING}, DecisionState.REFERRED),
    "note_consensus": ({DecisionState.CALL}, DecisionState.CONSENSUS_NOTED),
    "record": ({DecisionState.CONSENSUS_NOTED}, DecisionState.RECORDED),
    "withdraw": ({DecisionState.DRAFT, *BEFORE_NETWORK}, DecisionState.WITHDRAWN),
    "close_without_consensus": ({DecisionState.CALL, *WAITING}, DecisionState.NO_CONSENSUS),
    "supersede": ({DecisionState.RECORDED}, DecisionState.SUPERSEDED),
}


class Body(TextChoices):
    """Who may be asked for advice where an objection is maintained (clauses M-02, M-65)."""

    RC = "rc", _("Resident Coordinator")
    UNCT = "unct", _("United Nations Country Team")


class Mode(TextChoices):
    """How the positions are collected."""

    IN_SESSION = "in_session", _("in session")
    WRITTEN = "written", _("in writing")
    SILENCE = "silence", _("by silence procedure")


SPOKEN = (Mode.IN_SESSION, Mode.WRITTEN)  # every position is said, none is taken from silence


class Stance(TextChoices):
    """What an entity says of the frozen text. The last word of an entity on the present text is its position."""

    OBJECTS = "objects", _("objects")
    CAN_LIVE_WITH = "can_live_with", _("can live with it")
    STANDS_ASIDE = "stands_aside", _("stands aside")
    SUPPORTS = "supports", _("supports")
    LIFTS_OBJECTION = "lifts_objection", _("lifts its objection")


class Capacity(TextChoices):
    """As what the person spoke for the entity."""

    HEAD = "head", _("head of entity")
    PRINCIPAL = "principal", _("principal focal point")
    ALTERNATE = "alternate", _("alternate focal point")
    DELEGATE = "delegate", _("by delegation")
    SECRETARIAT = "secretariat", _("secretariat, on behalf")


class Channel(TextChoices):
    PORTAL = "portal", _("portal")
    LINK = "link", _("link of a mail")
    IN_SESSION = "in_session", _("in session")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter or note verbale")
    TELEPHONE = "telephone", _("telephone")


# By who speaks for the entity itself; the others are written down on its behalf.
OWN_WORD = frozenset({Channel.PORTAL, Channel.LINK})
# What shows that the entity said it, where neither the portal nor the minutes of the meeting do.
PROVED_BY_FILE = frozenset({Channel.EMAIL, Channel.LETTER})
PROVED_BY_NAME = frozenset({Channel.TELEPHONE})


# As long as its text may be another one.
MAY_CHANGE = frozenset({DecisionState.DRAFT, DecisionState.CONSULTATION})


class Answer(TextChoices):
    """What an entity says of a position that was recorded on its behalf."""

    AWAITED = "awaited", _("awaits confirmation")
    CONFIRMED = "confirmed", _("confirmed")
    CONTESTED = "contested", _("contested")


ON_BEHALF_TRANSITIONS = {
    "confirm_position": ({Answer.AWAITED}, Answer.CONFIRMED),
    "contest_position": ({Answer.AWAITED}, Answer.CONTESTED),
}


class Asks(TextChoices):
    """What a comment asks of a paragraph; all but the first are amendments."""

    COMMENT = "comment", _("comment")
    REWORDING = "rewording", _("new wording")
    ADDITION = "addition", _("new paragraph after it")
    DELETION = "deletion", _("deletion")


WORDED = frozenset({Asks.REWORDING, Asks.ADDITION})  # say the words that are to stand there


class Reply(TextChoices):
    """What those who hold the pen made of a comment."""

    AWAITED = "awaits_reply", _("awaits an answer")
    ACCEPTED = "accepted", _("accepted")
    ADAPTED = "adapted", _("accepted in part")
    DECLINED = "declined", _("not accepted")


# An answer may be thought over until the next version of the text is written.
COMMENT_TRANSITIONS = {
    "accept_comment": ({*Reply}, Reply.ACCEPTED),
    "adapt_comment": ({*Reply}, Reply.ADAPTED),
    "decline_comment": ({*Reply}, Reply.DECLINED),
}


class FollowUp(TextChoices):
    NOT_STARTED = "not_started", _("not started")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")


class ProcedureState(TextChoices):
    """A version of the rules of procedure. Which of those adopted is in force depends on the day."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("proposed")
    ADOPTED = "adopted", _("adopted")
    WITHDRAWN = "withdrawn", _("withdrawn")


PROCEDURE_TRANSITIONS = {
    "propose_procedure": ({ProcedureState.DRAFT}, ProcedureState.PROPOSED),
    "rework_procedure": ({ProcedureState.PROPOSED}, ProcedureState.DRAFT),
    "adopt_procedure": ({ProcedureState.PROPOSED}, ProcedureState.ADOPTED),
    "withdraw_procedure": ({ProcedureState.DRAFT}, ProcedureState.WITHDRAWN),
}


class Change(TextChoices):
    """What a decision changes in the list of members."""

    ADMISSION = "admission", _("admission")
    DEPARTURE = "departure", _("departure")


class NominationState(TextChoices):
    """A call for candidates to a co-chair seat. Whether candidacies are still received depends on the day."""

    OPEN = "open", _("call for candidates")
    PROPOSED = "proposed_to_network", _("before the Network")
    NAMED = "named", _("co-chair named")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Preference(TextChoices):
    """How an entity would receive a candidacy, said in confidence before one is brought before the Network."""

    SUPPORTS = "supports", _("would support it")
    ACCEPTS = "accepts", _("could live with it")
    OBJECTS = "objects", _("would object to it")


NOMINATION_TRANSITIONS = {
    "propose_co_chair": ({NominationState.OPEN}, NominationState.PROPOSED),
    "rework_nomination": ({NominationState.PROPOSED}, NominationState.OPEN),
    "name_co_chair": ({NominationState.PROPOSED}, NominationState.NAMED),
    "withdraw_nomination": ({NominationState.OPEN}, NominationState.WITHDRAWN),
}
