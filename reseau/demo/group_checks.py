"""What must hold inside the working groups of a year file, and between them and the rest of it."""

from collections.abc import Iterator

from reseau.demo.checks import Check, each
from reseau.demo.group_part import GroupPart
from reseau.demo.year import Year


def codes(year: Year, known: dict[str, set[str]]) -> list[Check]:
    checks: list[Check] = []
    for i, group in enumerate(year.working_groups):
        checks += each(f"working_groups[{i}].gcm_objectives", group.gcm_objectives, known["gcm_objectives"])
    return checks


def references(year: Year, entities: set[str], partners: set[str], decisions: set[str]) -> list[Check]:
    checks: list[Check] = []
    for i, group in enumerate(year.working_groups):
        at = f"working_groups[{i}]"
        checks.append((f"{at}.adopted_by", group.adopted_by, decisions))
        checks += [(f"{at}.members[{j}]", code, entities) for j, code in enumerate(group.members)]
        checks += [(f"{at}.partners[{j}]", code, partners) for j, code in enumerate(group.partners)]
        checks += [(f"{at}.papers[{j}].by", paper.by, set(group.members)) for j, paper in enumerate(group.papers)]
        for j, chair in enumerate(group.chairs):
            checks.append((f"{at}.chairs[{j}].entity", chair.entity, set(group.members)))
            checks.append((f"{at}.chairs[{j}].partner", chair.partner, set(group.partners)))
        sitting = set(group.partners)
        checks += [(f"{at}.passes[{j}].partner", one.partner, sitting) for j, one in enumerate(group.passes)]
    return checks


def dates(year: Year) -> Iterator[str]:
    for i, group in enumerate(year.working_groups):
        yield from _way_to_the_unct(f"working_groups[{i}]", group)
        yield from _end(f"working_groups[{i}]", group)


def _way_to_the_unct(at: str, group: GroupPart) -> Iterator[str]:
    """Each submission that was returned is followed by another one."""
    days = [*(one.submitted_at for one in group.unct_returns), group.submitted_to_unct_at]
    for j, (one, again) in enumerate(zip(group.unct_returns, days[1:], strict=True)):
        if one.returned_at < one.submitted_at:
            yield f"{at}.unct_returns[{j}].returned_at: before it was submitted"
        if again is None or again < one.returned_at:
            yield f"{at}.unct_returns[{j}].returned_at: the group was not submitted again after it"


def _end(at: str, group: GroupPart) -> Iterator[str]:
    for name, pause in (("asleep", group.asleep), ("closing", group.closing)):
        if pause and (group.active_from is None or pause.at < max([group.active_from, *group.meetings])):
            yield f"{at}.{name}.at: the group begins its work, or meets, after it"
    if group.asleep and group.closing and group.closing.at < group.asleep.at:
        yield f"{at}.closing.at: a closed group does not fall asleep"
