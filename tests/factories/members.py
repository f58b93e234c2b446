"""People, entities and their ties. Ties began a year ago and are open unless the test says otherwise."""

from datetime import timedelta

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from core import clock
from members.enums import MembershipKind, Rank, Role, Seat
from members.models import CoChairTerm, Entity, FocalPoint, InstitutionalRole, Invitation, Membership, User

PASSWORD = "correct-horse-battery"


def a_year_ago():
    return clock.today() - timedelta(days=365)


class SignInAddressFactory(DjangoModelFactory):
    """An address that the person has proved to own."""

    class Meta:
        model = EmailAddress

    email = factory.SelfAttribute("user.email")
    verified = primary = True


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n:06}@example.org")
    given_name = "Awa"
    # As long as the longest: lists sort by name, and stay in the order in which people were made.
    family_name = factory.Sequence(lambda n: f"Ndiaye-{n:06}")
    title = "Chargée de programme"
    phone = "+221 00 000 00 00"
    language = "fr"
    password = factory.LazyFunction(lambda: make_password(None))  # known, without an account

    class Params:
        with_account = factory.Trait(
            password=factory.django.Password(PASSWORD),
            address=factory.RelatedFactory(SignInAddressFactory, factory_related_name="user"),
        )


class EntityFactory(DjangoModelFactory):
    class Meta:
        model = Entity

    slug = factory.Sequence(lambda n: f"entite-{n:06}")
    acronym_fr = factory.Sequence(lambda n: f"ENT{n:06}")
    acronym_en = factory.LazyAttribute(lambda entity: entity.acronym_fr)
    name_fr = factory.Sequence(lambda n: f"Entité numéro {n}")
    name_en = factory.Sequence(lambda n: f"Entity number {n}")


class TieFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    starts_on = factory.LazyFunction(a_year_ago)


class MembershipFactory(TieFactory):
    class Meta:
        model = Membership

    entity = factory.SubFactory(EntityFactory)
    kind = MembershipKind.MEMBER

    class Params:
        invitee = factory.Trait(kind=MembershipKind.STANDING_INVITEE)


class MemberFactory(EntityFactory):
    """An entity that has been a full member for a year."""

    class Meta:
        model = Entity
        skip_postgeneration_save = True

    membership = factory.RelatedFactory(MembershipFactory, factory_related_name="entity")


class FocalPointFactory(TieFactory):
    """A person with an account who speaks for a full member."""

    class Meta:
        model = FocalPoint

    entity = factory.SubFactory(MemberFactory)
    person = factory.SubFactory(UserFactory, with_account=True)
    rank = Rank.PRINCIPAL

    class Params:
        alternate = factory.Trait(rank=Rank.ALTERNATE)
        head = factory.Trait(rank=Rank.HEAD)


class InstitutionalRoleFactory(TieFactory):
    class Meta:
        model = InstitutionalRole

    person = factory.SubFactory(UserFactory, with_account=True)
    role = Role.SECRETARIAT

    class Params:
        rc_office = factory.Trait(role=Role.RC_OFFICE)
        administrator = factory.Trait(role=Role.ADMINISTRATOR)


class CoChairTermFactory(TieFactory):
    class Meta:
        model = CoChairTerm

    seat = Seat.COORDINATOR
    entity = factory.SubFactory(MemberFactory)
    person = factory.SubFactory(UserFactory, with_account=True)

    class Params:
        rotating = factory.Trait(seat=Seat.ROTATING)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    person = factory.SubFactory(UserFactory)
    token_digest = factory.Sequence(lambda n: f"{n:064}")
    invited_by = factory.SubFactory(UserFactory)
    invited_at = factory.LazyFunction(clock.now)
    expires_at = factory.LazyAttribute(lambda invitation: invitation.invited_at + timedelta(days=7))
