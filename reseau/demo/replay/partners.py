"""Partners of a year file, who answers for them, and what the entities did with them."""

from frameworks.models import PartnerCategory, Region
from members import actions
from members.models import Partner as PartnerRow
from outreach import actions as outreach
from outreach.enums import EngagementKind
from outreach.models import Engagement
from reseau.demo.replay.stage import Event, Stage, at
from reseau.demo.year import EngagementPart, Partner, Year


def events(year: Year, stage: Stage) -> list[Event]:
    founded = min(member.joined_at for member in year.members)
    found = [Event(at(founded, 9), _enter(stage, partner)) for partner in year.partners]
    for part in year.engagements:
        found.append(Event(at(part.date, 17), _record(stage, part), f"engagements {part.code}"))
        if part.next_step_done_at:
            found.append(Event(at(part.next_step_done_at, 16), _close(stage, part), f"engagements {part.code}"))
    return found


def _enter(stage: Stage, part: Partner):
    def act():
        by = stage.person(stage.secretary)
        category = PartnerCategory.objects.get(slug=part.category.lower())
        regions = Region.objects.filter(slug__in=[code.lower() for code in part.regions])
        partner = actions.add_partner(
            name_fr=part.name_fr, category=category, email=part.contact_email, regions=list(regions), by=by
        )
        stage.partners[part.code] = partner
        for contact in part.contacts:
            actions.add_contact(
                partner, starts_on=partner.created_at.date(), email=contact.email, civility=contact.civility,
                given_name=contact.given_name, family_name=contact.family_name, title=contact.title_fr, by=by,
            )  # fmt: skip

    return act


def _record(stage: Stage, part: EngagementPart):
    def act():
        stage.engagements[part.code] = outreach.record_engagement(
            partner=PartnerRow.objects.get(pk=stage.partners[part.partner].pk), entity=stage.entities[part.by],
            happened_on=part.date, kind=EngagementKind(part.kind), subject=part.subject_fr, account=part.account_fr,
            next_step=part.next_step_fr, next_step_due=part.next_step_due, by=stage.principal_of(part.by),
        )  # fmt: skip

    return act


def _close(stage: Stage, part: EngagementPart):
    def act():
        engagement = Engagement.objects.get(pk=stage.engagements[part.code].pk)
        outreach.close_next_step(engagement, by=stage.principal_of(part.by))

    return act
