"""The official lists are loaded by the migration; only national rows of a test's own are made here."""

import factory
from factory.django import DjangoModelFactory

from frameworks.enums import PriorityKind
from frameworks.models import NationalPriority


class NationalPriorityFactory(DjangoModelFactory):
    class Meta:
        model = NationalPriority

    slug = factory.Sequence(lambda n: f"essai-{n}")
    order = factory.Sequence(lambda n: 900 + n)
    kind = PriorityKind.FRAMEWORK
    title_fr = factory.Sequence(lambda n: f"Cadre national {n}")
    title_en = factory.Sequence(lambda n: f"National framework {n}")
