"""The actions about files that are handed in, ready to be carried out (:mod:`tests.nets.acts`)."""

from core.uploads import small_picture
from members import actions
from tests.factories.imports import PERSON, a_file
from tests.factories.pictures import a_picture


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


def _set_logo(p):
    return lambda: actions.set_logo(p.unicef, logo=small_picture(a_picture(), 480), by=p.focal_a)


ACTS = {
    "members.set_logo": _set_logo,
    "members.check_import": _check,
    "members.carry_out_import": _carry_out,
    "members.give_up_import": _give_up,
}
