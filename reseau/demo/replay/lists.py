"""The dated lists of members of a year file: frozen by the secretariat, shared by a co-chair."""

from reports import actions
from reseau.demo.replay.stage import Event, Stage, at
from reseau.demo.year import ListVersionPart, Year


def events(year: Year, stage: Stage) -> list[Event]:
    found: list[Event] = []
    for part in year.membership_list_versions:
        found.append(Event(at(part.date, 10), _freeze(stage, part), f"membership_list_versions {part.code}"))
        found.append(Event(at(part.shared_at, 15), _share(stage, part), f"membership_list_versions {part.code}"))
    return found


def _freeze(stage: Stage, part: ListVersionPart):
    def act():
        stage.lists[part.code] = actions.freeze_member_list(by=stage.person(stage.secretary))

    return act


def _share(stage: Stage, part: ListVersionPart):
    return lambda: actions.share_member_list(stage.lists[part.code], by=stage.person(stage.rotating))
