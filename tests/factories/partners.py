"""Partners, who answers for them, and what was done with them."""

import factory
from factory.django import DjangoModelFactory

from core import clock
from frameworks.models import PartnerCategory
from members.models import Partner, PartnerContact
from outreach.models import Engagement
from tests.factories.members import MemberFactory, TieFactory, UserFactory


class PartnerFactory(DjangoModelFactory):
    """Of the category of civil society, unless the test says otherwise."""

    class Meta:
        model = Partner

    name_fr = factory.Sequence(lambda n: f"Organisation {n:06}")
    category = factory.LazyFunction(lambda: PartnerCategory.objects.get(slug="pc-03"))
    created_at = factory.LazyFunction(clock.now)


class PartnerContactFactory(TieFactory):
    class Meta:
        model = PartnerContact

    partner = factory.SubFactory(PartnerFactory)
    person = factory.SubFactory(UserFactory)


class EngagementFactory(DjangoModelFactory):
    class Meta:
        model = Engagement

    partner = factory.SubFactory(PartnerFactory)
    entity = factory.SubFactory(MemberFactory)
    happened_on = factory.LazyFunction(clock.today)
    kind = "meeting"
    subject = factory.Sequence(lambda n: f"Rencontre {n:06}")
    recorded_at = factory.LazyFunction(clock.now)
