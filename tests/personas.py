"""The people of every test, the same everywhere, in a Network of six entities."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser

from members.models import Entity, InstitutionalRole, Membership, User
from tests.factories.members import (
    PASSWORD,
    CoChairTermFactory,
    EntityFactory,
    FocalPointFactory,
    InstitutionalRoleFactory,
    MembershipFactory,
    SignInAddressFactory,
    UserFactory,
)


@dataclass
class Personas:
    """Eleven personas and the visitor; ``all`` gives them by name."""

    iom: Entity
    ohchr: Entity
    unicef: Entity
    unwomen: Entity
    unfpa: Entity
    rco: Entity
    no_entity: User
    focal_a: User
    focal_b: User
    alternate_a: User
    group_chair: User
    partner: User
    secretariat: User
    co_chair_iom: User
    co_chair_ohchr: User
    rc_office: User
    administrator: User

    @property
    def all(self) -> dict[str, User | AnonymousUser]:
        people = {name: value for name, value in vars(self).items() if isinstance(value, User)}
        return {"visitor": AnonymousUser(), **people}

    @property
    def members(self) -> list[Entity]:
        """Entities with a voice."""
        return [self.iom, self.ohchr, self.unicef, self.unwomen, self.unfpa]


ENTITIES = {
    "iom": "OIM", "ohchr": "HCDH", "unicef": "UNICEF", "unwomen": "ONU-Femmes", "unfpa": "UNFPA", "rco": "BCR",
}  # fmt: skip
NAMES = {"rco": "Bureau du Coordonnateur résident"}
PEOPLE = {
    "no_entity": "sans.entite", "focal_a": "pointfocal.unicef", "focal_b": "pointfocal.onufemmes",
    "alternate_a": "suppleant.unicef", "group_chair": "presidence.gt1", "partner": "partenaire",
    "secretariat": "secretariat", "co_chair_iom": "copresidence.oim", "co_chair_ohchr": "copresidence.hcdh",
    "rc_office": "bcr", "administrator": "admin",
}  # fmt: skip
# person → entity, and the traits of the tie
FOCAL_POINTS = {
    "focal_a": ("unicef", {}), "focal_b": ("unwomen", {}), "alternate_a": ("unicef", {"alternate": True}),
    "group_chair": ("unfpa", {}), "secretariat": ("iom", {"alternate": True}), "rc_office": ("rco", {}),
}  # fmt: skip
TERMS = {"co_chair_iom": ("iom", {}), "co_chair_ohchr": ("ohchr", {"rotating": True})}
ROLES = {"secretariat": {}, "rc_office": {"rc_office": True}, "administrator": {"administrator": True}}


def create_personas() -> Personas:
    """A thousand tests begin here: each table is filled at once."""
    entities = {slug: _entity(slug) for slug in ENTITIES}
    Entity.objects.bulk_create(entities.values())
    Membership.objects.bulk_create(
        MembershipFactory.build(entity=entity, invitee=slug == "rco") for slug, entity in entities.items()
    )
    password = make_password(PASSWORD)
    people = {who: UserFactory.build(email=f"{name}@example.org", password=password) for who, name in PEOPLE.items()}
    User.objects.bulk_create(people.values())
    EmailAddress.objects.bulk_create(SignInAddressFactory.build(user=person) for person in people.values())
    for factory, ties in ((FocalPointFactory, FOCAL_POINTS), (CoChairTermFactory, TERMS)):
        factory._meta.model.objects.bulk_create(
            factory.build(entity=entities[slug], person=people[who], **traits) for who, (slug, traits) in ties.items()
        )
    InstitutionalRole.objects.bulk_create(
        InstitutionalRoleFactory.build(person=people[who], **traits) for who, traits in ROLES.items()
    )
    return Personas(**entities, **people)


def _entity(slug: str) -> Entity:
    acronym = ENTITIES[slug]
    return EntityFactory.build(slug=slug, acronym_fr=acronym, name_fr=NAMES.get(slug, f"Nom de {acronym}"))
