from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")


class MembershipKind(TextChoices):
    """A standing invitee (the RC office) takes part but has no voice of its own in decisions."""

    MEMBER = "member", _("member")
    STANDING_INVITEE = "standing_invitee", _("standing invitee")


class Rank(TextChoices):
    """Who may speak for an entity, in order of precedence: head, principal, alternate."""

    HEAD = "head", _("head of entity")
    PRINCIPAL = "principal", _("principal focal point")
    ALTERNATE = "alternate", _("alternate focal point")


class Role(TextChoices):
    """Institutional roles; co-chairs are not here, their seats have terms of their own."""

    SECRETARIAT = "secretariat", _("secretariat")
    RC_OFFICE = "rc_office", _("Resident Coordinator’s office")
    ADMINISTRATOR = "administrator", _("administrator")


class ImportKind(TextChoices):
    """What a file may hold."""

    ENTITIES = "entities", _("member entities")
    PEOPLE = "people", _("people and focal points")
    PARTNERS = "partners", _("partners and contacts")


class ImportState(TextChoices):
    CHECKED = "checked", _("checked")
    IMPORTED = "imported", _("imported")
    GIVEN_UP = "given_up", _("given up")


IMPORT_TRANSITIONS = {
    "carry_out_import": ({ImportState.CHECKED}, ImportState.IMPORTED),
    "give_up_import": ({ImportState.CHECKED}, ImportState.GIVEN_UP),
}


class Seat(TextChoices):
    """Clauses M-45 and M-47. Whether the coordinator's seat rotates is a rule of procedure, not code."""

    COORDINATOR = "coordinator", _("coordinator’s seat")
    ROTATING = "rotating", _("rotating seat")
