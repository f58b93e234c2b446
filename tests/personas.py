"""The people of every test, the same everywhere, in a Network of six entities."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from members.models import Entity, User
from tests.factories.members import (
    CoChairTermFactory,
    EntityFactory,
    FocalPointFactory,
    InstitutionalRoleFactory,
    MemberFactory,
    MembershipFactory,
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


def _entity(slug: str, acronym: str) -> Entity:
    return MemberFactory(slug=slug, acronym_fr=acronym, name_fr=f"Nom de {acronym}")


def _person(name: str, **fields) -> User:
    return UserFactory(email=f"{name}@example.org", with_account=True, **fields)


def create_personas() -> Personas:
    iom, ohchr = _entity("iom", "OIM"), _entity("ohchr", "HCDH")
    unicef, unwomen, unfpa = _entity("unicef", "UNICEF"), _entity("unwomen", "ONU-Femmes"), _entity("unfpa", "UNFPA")
    rco = EntityFactory(slug="rco", acronym_fr="BCR", name_fr="Bureau du Coordonnateur résident")
    MembershipFactory(entity=rco, invitee=True)
    personas = Personas(
        iom=iom,
        ohchr=ohchr,
        unicef=unicef,
        unwomen=unwomen,
        unfpa=unfpa,
        rco=rco,
        no_entity=_person("sans.entite"),
        focal_a=FocalPointFactory(entity=unicef, person=_person("pointfocal.unicef")).person,
        focal_b=FocalPointFactory(entity=unwomen, person=_person("pointfocal.onufemmes")).person,
        alternate_a=FocalPointFactory(entity=unicef, person=_person("suppleant.unicef"), alternate=True).person,
        group_chair=FocalPointFactory(entity=unfpa, person=_person("presidence.gt1")).person,
        partner=_person("partenaire"),
        secretariat=FocalPointFactory(entity=iom, person=_person("secretariat"), alternate=True).person,
        co_chair_iom=CoChairTermFactory(entity=iom, person=_person("copresidence.oim")).person,
        co_chair_ohchr=CoChairTermFactory(entity=ohchr, person=_person("copresidence.hcdh"), seat="rotating").person,
        rc_office=FocalPointFactory(entity=rco, person=_person("bcr")).person,
        administrator=_person("admin"),
    )
    InstitutionalRoleFactory(person=personas.secretariat)
    InstitutionalRoleFactory(person=personas.rc_office, rc_office=True)
    InstitutionalRoleFactory(person=personas.administrator, administrator=True)
    return personas
