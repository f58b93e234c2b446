"""A CHECK passes when it is unknown, and a comparison with NULL is: no condition may be left so by a missing value."""

from itertools import product

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, F, Q

CHECKS = [
    pytest.param(model, constraint, id=constraint.name)
    for model in apps.get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint)
]


def leaves(condition):
    for child in condition.children:
        yield from leaves(child) if isinstance(child, Q) else [child]


def truth(condition, of_leaf):
    """As SQL has it: True, False, or ``None`` for unknown."""
    found = [truth(child, of_leaf) if isinstance(child, Q) else of_leaf(child) for child in condition.children]
    if condition.connector == Q.AND:
        said = False if False in found else (None if None in found else True)
    elif condition.connector == Q.OR:
        said = True if True in found else (None if None in found else False)
    else:
        said = None if None in found else sum(found) % 2 == 1
    return not said if condition.negated and said is not None else said


def fields_of(model, leaf):
    """The columns of a leaf that may be empty."""
    name, value = leaf
    names = {name.partition("__")[0]} | ({value.name} if isinstance(value, F) else set())
    return {name for name in names if model._meta.get_field(name).null}


def unknown_when_empty(model, condition):
    """Each set of columns that leaves the condition unknown when they are empty, whatever its comparisons say."""
    asked = [leaf for leaf in leaves(condition) if isinstance(leaf, tuple)]
    may_be_empty = sorted(set().union(*(fields_of(model, leaf) for leaf in asked)))
    compared = list({str(leaf) for leaf in asked if not leaf[0].endswith("__isnull")})
    for empty in product([False, True], repeat=len(may_be_empty)):
        is_empty = dict(zip(may_be_empty, empty, strict=True))
        for told in product([True, False], repeat=len(compared)):
            says = dict(zip(compared, told, strict=True))

            def of_leaf(leaf, is_empty=is_empty, says=says):
                if not isinstance(leaf, tuple):
                    return True  # an expression; none of ours reads a column that may be empty
                if leaf[0].endswith("__isnull"):
                    return is_empty.get(leaf[0].partition("__")[0], False) == leaf[1]
                return None if any(is_empty[name] for name in fields_of(model, leaf)) else says[str(leaf)]

            if truth(condition, of_leaf) is None:
                yield {name for name in may_be_empty if is_empty[name]}


@pytest.mark.parametrize(("model", "constraint"), CHECKS)
def test_no_check_passes_because_a_value_is_missing(model, constraint):
    assert not list(unknown_when_empty(model, constraint.condition)), "say what is asked of the empty value"


def test_missing_day_leaves_a_comparison_unknown():
    from workinggroups.models import WorkingGroup  # noqa: PLC0415 - what the rule above would find

    assert {"validated_on"} in list(
        unknown_when_empty(WorkingGroup, Q(state="active") & Q(validated_on__gte=F("submitted_on")))
    )
