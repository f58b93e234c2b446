"""Every write on decisions and on the rules by which they are taken; one module per thing written."""

from decisions.actions.calls import NotLater, extend_call, open_call
from decisions.actions.comments import ParagraphMoved, add_comment, answer_comment, check_answerable, check_consulted
from decisions.actions.decision import (
    TextIsFrozen,
    check_revisable,
    follow_up,
    note_consensus,
    open_consultation,
    propose_decision,
    reopen_consultation,
    revise_text,
    withdraw_decision,
)
from decisions.actions.membership import check_change_possible, membership_decided, propose_membership_change
from decisions.actions.nomination import (
    check_proposable as check_nomination_proposable,
)
from decisions.actions.nomination import (
    co_chair_named,
    open_nomination,
    propose_co_chair,
    put_forward,
    rework_nomination,
    withdraw_candidacy,
    withdraw_nomination,
)
from decisions.actions.on_behalf import NoProof, confirm_position, contest_position, record_position
from decisions.actions.procedure import (
    BeginsInThePast,
    NothingChanges,
    ThresholdRefused,
    check_editable,
    check_proposable,
    edit_procedure,
    edit_threshold,
    prepare_procedure,
    procedure_adopted,
    propose_procedure,
    rework_procedure,
    withdraw_procedure,
)
from decisions.actions.voices import AlreadyHeard, NoVoice, state_position
from decisions.calls import NoSilence, NotWorked, TooShort

__all__ = [
    "AlreadyHeard",
    "BeginsInThePast",
    "NoProof",
    "NoSilence",
    "NoVoice",
    "NotLater",
    "NotWorked",
    "NothingChanges",
    "ParagraphMoved",
    "TextIsFrozen",
    "ThresholdRefused",
    "TooShort",
    "add_comment",
    "answer_comment",
    "check_answerable",
    "check_change_possible",
    "check_consulted",
    "check_editable",
    "check_nomination_proposable",
    "check_proposable",
    "check_revisable",
    "co_chair_named",
    "confirm_position",
    "contest_position",
    "edit_procedure",
    "edit_threshold",
    "extend_call",
    "follow_up",
    "membership_decided",
    "note_consensus",
    "open_call",
    "open_consultation",
    "open_nomination",
    "prepare_procedure",
    "procedure_adopted",
    "propose_co_chair",
    "propose_decision",
    "propose_membership_change",
    "propose_procedure",
    "put_forward",
    "record_position",
    "reopen_consultation",
    "revise_text",
    "rework_nomination",
    "rework_procedure",
    "state_position",
    "withdraw_candidacy",
    "withdraw_decision",
    "withdraw_nomination",
    "withdraw_procedure",
]
