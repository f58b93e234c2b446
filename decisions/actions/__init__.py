"""Every write on decisions and on the rules by which they are taken; one module per thing written."""

from decisions.actions.decision import (
    TextIsFrozen,
    TooShort,
    follow_up,
    note_consensus,
    open_call,
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
    check_editable,
    check_proposable,
    edit_procedure,
    prepare_procedure,
    procedure_adopted,
    propose_procedure,
    rework_procedure,
    withdraw_procedure,
)
from decisions.actions.voices import AlreadyHeard, NoVoice, add_comment, state_position

__all__ = [
    "AlreadyHeard",
    "BeginsInThePast",
    "NoProof",
    "NoVoice",
    "NothingChanges",
    "TextIsFrozen",
    "TooShort",
    "add_comment",
    "check_change_possible",
    "check_editable",
    "check_nomination_proposable",
    "check_proposable",
    "co_chair_named",
    "confirm_position",
    "contest_position",
    "edit_procedure",
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
