from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgendaKind(TextChoices):
    ASPIRATION = "aspiration", _("aspiration")
    GOAL = "goal", _("goal")


class MpfaKind(TextChoices):
    PILLAR = "pillar", _("pillar")
    CROSS_CUTTING = "cross_cutting", _("cross-cutting issue")


class EcowasKind(TextChoices):
    TREATY = "treaty", _("treaty")
    PROTOCOL = "protocol", _("protocol")
    DECISION = "decision", _("decision")
    DECLARATION = "declaration", _("declaration")
    SUPPLEMENTARY_ACT = "supplementary_act", _("supplementary act")
    POLICY = "policy", _("policy")
    VISION = "vision", _("vision")
    PROCESS = "process", _("process")
    PRINCIPLE = "principle", _("principle")


class PriorityKind(TextChoices):
    FRAMEWORK = "framework", _("framework")
    AXIS = "axis", _("axis")
    PRIORITY = "priority", _("priority")
    COMMITMENT = "commitment", _("commitment")


class PartnerGroup(TextChoices):
    """Editorial: the 18 categories of clause M-35 under seven headings, so that a long list can be read."""

    GOVERNMENT = "gov", _("State and territories")
    MIGRANTS = "migrants", _("Migrants and diasporas")
    CIVIL_SOCIETY = "cso", _("Civil society")
    ECONOMY = "economy", _("Economy and work")
    HUMANITARIAN = "humanitarian", _("Humanitarian action")
    KNOWLEDGE = "knowledge", _("Knowledge and media")
    OTHER = "other", _("Others")


class FreeDayKind(TextChoices):
    """Why nobody works: a feast of Senegal, or one that the United Nations keep at this duty station."""

    NATIONAL = "national", _("Senegal")
    UNITED_NATIONS = "un", _("United Nations")
