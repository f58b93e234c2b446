from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

STATEMENT = "statement"  # the kind of decision that is published once it is adopted


class EngagementKind(TextChoices):
    """How the Network and a partner met."""

    MEETING = "meeting", _("meeting")
    WORKSHOP = "workshop", _("workshop or training")
    VISIT = "visit", _("joint visit")
    EXCHANGE = "exchange", _("letter, mail or call")
    PARTICIPATION = "participation", _("participation in the work of the Network")
    OTHER = "other", _("other")
