"""What the year file says, in the words in which the pages have to say it. Nothing of the portal is asked here."""

from tests.reseau.year_file.decisions import decisions, register
from tests.reseau.year_file.groups import groups
from tests.reseau.year_file.meetings import action_list, meeting_list, meetings, minutes, requests
from tests.reseau.year_file.members import (
    co_chairs,
    delegations,
    directory,
    entities,
    free_days,
    nominations,
    people,
    successions,
)
from tests.reseau.year_file.partners import engagements, member_lists, partners
from tests.reseau.year_file.plan import activities, activity_rows, plan

FAMILIES = {
    "directory": directory, "entities": entities, "people": people, "partners": partners, "engagements": engagements,
    "member lists": member_lists, "free days": free_days,
    "co-chairs": co_chairs, "nominations": nominations, "delegations": delegations, "successions": successions,
    "groups": groups, "meeting list": meeting_list, "requests": requests, "meetings": meetings, "minutes": minutes,
    "action points": action_list, "register": register, "decisions": decisions, "plan": plan,
    "activity rows": activity_rows, "activities": activities,
}  # fmt: skip
