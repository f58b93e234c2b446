"""The demo accounts (docs/interface.md): sign-in addresses given to people of the fictional year, and three more."""

from allauth.account.models import EmailAddress
from django.conf import settings

from core import clock
from members import actions
from members.enums import Role
from members.models import Partner, User

# sign-in address → person of the year file who opens the portal with it
OF_THE_YEAR = {
    "secretariat@example.org": "PER-IOM-S",
    "copresidence.oim@example.org": "PER-IOM-COM",
    "copresidence.hcdh@example.org": "PER-OHCHR-REP",
    "bcr@example.org": "PER-RCO-T",
    "pointfocal.unicef@example.org": "PER-UNICEF-T",
    "pointfocal.onufemmes@example.org": "PER-UNWOMEN-T",
    "suppleant.unicef@example.org": "PER-UNICEF-S",
    "presidence.gt1@example.org": "PER-UNFPA-T",
}
# sign-in address → (given name, family name, function) of people the year does not know
OTHERS = {
    "partenaire@example.org": ("Khadim", "Sarr-Villard", "Invité d’une organisation partenaire"),
    "sans.entite@example.org": ("Bintou", "Ngom-Ferrier", "Compte sans entité"),
    "admin@example.org": ("Ousmane", "Tall-Berger", "Administrateur technique"),
}


# code of the partner in the year file for which the invited persona answers
PARTNER = "PAR-05"


def open_demo_accounts(people: dict[str, User], partners: dict[str, Partner]) -> None:
    """Give each persona an account with the public demo password. Both are those of the replayed year, by code."""
    for email, code in OF_THE_YEAR.items():
        _open(people[code], email)
    for email, (given_name, family_name, title) in OTHERS.items():
        person = actions.add_person(email=email, given_name=given_name, family_name=family_name, title=title, by=None)
        _open(person, email)
        if email.startswith("admin@"):
            actions.grant_role(person, role=Role.ADMINISTRATOR, starts_on=clock.today(), by=None)
        if email.startswith("partenaire@") and PARTNER in partners:
            actions.name_contact(partners[PARTNER], person=person, starts_on=clock.today(), by=None)


def _open(person: User, email: str) -> None:
    person.set_password(settings.DEMO_PASSWORD)
    person.save(update_fields=["password"])
    # A second verified address: the year's own stays the one that lists and mails show.
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    if person.email != email:
        EmailAddress.objects.create(user=person, email=person.email, verified=True)
