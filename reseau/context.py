"""What every page shows around its content."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from members.standing import Standing, standing_of


@dataclass(frozen=True)
class NavigationEntry:
    label: str
    url: str
    is_current: bool


def portal(request):
    """Navigation, the person in a few words, the network's name. No query beyond the standing."""
    user = getattr(request, "user", None)
    standing = standing_of(user) if user else Standing(clock.today())
    return {
        "navigation": navigation(request.path, standing) if user and user.is_authenticated else [],
        "person_label": person_label(user, standing) if user and user.is_authenticated else "",
        "standing": standing,
        "has_entra": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "demo_data": settings.LOCAL,
        "request_id": getattr(request, "id", ""),
    }


def navigation(path: str, standing: Standing) -> list[NavigationEntry]:
    """The menu: what this person may open."""
    entries = [(_("To do"), reverse("home"))]
    if standing.is_network or standing.is_administrator:
        entries += [
            (_("Meetings"), reverse("meetings:meeting_list")),
            (_("Decisions"), reverse("decisions:decision_list")),
            (_("Work plan"), reverse("workplan:plan_list")),
            (_("Action points"), reverse("actions:action_list")),
            (_("Members"), reverse("members:directory")),
            (_("Partners"), reverse("partners:partner_list")),
            (_("Groups"), reverse("groups:group_list")),
            (_("Reports"), reverse("reports:report_list")),
        ]
    entries.append((_("Mandate"), reverse("mandate")))
    if standing.is_secretariat:
        entries.append((_("Journal"), reverse("journal")))
    return [NavigationEntry(label, url, path == url or (url != "/" and path.startswith(url))) for label, url in entries]


def person_label(user, standing: Standing) -> str:
    """« Aïssata N. · UNICEF, point focal titulaire »."""
    parts = []
    if standing.entity:
        rank = standing.rank.label if standing.rank else None
        parts.append(f"{standing.entity.acronym}, {rank}" if rank else standing.entity.acronym)
    if standing.is_delegate:
        parts.append(_("by delegation"))
    if standing.seat:
        parts.append(_("co-chair"))
    parts += [str(role.label) for role in sorted(standing.roles)]
    return " · ".join([user.get_short_name(), *parts])
