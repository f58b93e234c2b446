"""The actions about partners, ready to be carried out (:mod:`tests.nets.acts`)."""

from core import clock
from members import actions as members
from outreach import actions as outreach
from tests.factories.partners import EngagementFactory, PartnerFactory


def _new(p):
    category = PartnerFactory().category
    return lambda: members.add_partner(name_fr="Université", category=category, by=p.secretariat)


def _contact(p, action, **details):
    partner = PartnerFactory()
    return lambda: action(partner, starts_on=clock.today(), **details, by=p.secretariat)


def _of_unicef(p, action, **values):
    one = EngagementFactory(entity=p.unicef, next_step="Écrire")
    return lambda: action(one, **values, by=p.focal_a)


def _engagement(p):
    facts = {"partner": PartnerFactory(), "entity": p.unicef, "kind": "meeting", "subject": "Rencontre"}
    return lambda: outreach.record_engagement(**facts, happened_on=clock.today(), by=p.focal_a)


def _edit_partner(p):
    partner = PartnerFactory()
    return lambda: members.edit_partner(partner, version=1, acronym="ORG", by=p.secretariat)


SOMEBODY = {"email": "contact@example.org", "given_name": "Awa", "family_name": "Sy"}
ACTS = {
    "members.add_partner": _new,
    "members.edit_partner": _edit_partner,
    "members.add_contact": lambda p: _contact(p, members.add_contact, **SOMEBODY),
    "members.name_contact": lambda p: _contact(p, members.name_contact, person=p.no_entity),
    "outreach.record_engagement": _engagement,
    "outreach.edit_engagement": lambda p: _of_unicef(p, outreach.edit_engagement, version=1, subject="Autre"),
    "outreach.close_next_step": lambda p: _of_unicef(p, outreach.close_next_step),
    "outreach.remove_engagement": lambda p: _of_unicef(p, outreach.remove_engagement),
}
