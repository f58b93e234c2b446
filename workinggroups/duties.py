"""What working groups await of a person, for whoever succeeds them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from members.duties import Charge, Duty
from members.models import User
from workinggroups.models import GroupChair


def _chairs(person: User) -> Iterator[Duty]:
    """A group chooses its own chairs: a term ends with who leaves, and its members are called again (clause M-68)."""
    held = GroupChair.objects.between(clock.today(), None).filter(offer__person=person).select_related("group")
    for chair in held.order_by("group__number", "starts_on"):
        stays = _("the group chooses its chairs: a call to its members is opened on its page")
        url = chair.group.get_absolute_url() + "#presidence"
        yield Duty(f"group-chair-{chair.pk}-{chair.ends_on}", str(chair.group), url, chair.ends_on, stays)


CHARGES = (Charge(gettext_lazy("Chairs of working groups"), _chairs, ("workinggroups.ChairOffer.person",)),)
