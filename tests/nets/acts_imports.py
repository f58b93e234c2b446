"""The actions about files that are imported, ready to be carried out (:mod:`tests.nets.acts`)."""

from members import actions
from tests.factories.imports import PERSON, a_file


def _checked(p):
    return actions.check_import("people", file=a_file("people", PERSON), by=p.secretariat)


def _check(p):
    return lambda: _checked(p)


def _carry_out(p):
    checked = _checked(p)
    return lambda: actions.carry_out_import(checked, by=p.secretariat)


def _give_up(p):
    checked = _checked(p)
    return lambda: actions.give_up_import(checked, by=p.secretariat)


ACTS = {
    "members.check_import": _check,
    "members.carry_out_import": _carry_out,
    "members.give_up_import": _give_up,
}
