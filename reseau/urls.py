"""All addresses, French and without language prefix (docs/interface.md)."""

from core.ui import ui
from django.conf import settings
from django.urls import include, path
from django.views.i18n import set_language

from core.health import health
from reseau import views

LATER = [
    ("mandat/cadres/", "frameworks.urls"),
    ("", "members.urls"),  # membres/… and compte/…: one namespace
    ("reunions/", "meetings.urls"),
    ("actions/", "meetings.action_urls"),
    ("decisions/", "decisions.urls"),
    ("pta/", "workplan.urls"),
    ("rapports/", "reports.urls"),
    ("taches/", "core.urls"),
]


def half_written(module):  # TEMPORARY
    try:
        include(module)
    except Exception:
        return True
    return False


urlpatterns = [
    path("", views.home, name="home"),
    path("sante/", health, name="health"),
    path("langue/", views.public(set_language), name="set_language"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("mentions-legales/", views.legal, name="legal"),
    path("mandat/", views.mandate, name="mandate"),
    *[path(address, include(module)) for address, module in LATER if not half_written(module)],
    path("compte/", include("allauth.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("ui/", ui, name="ui"))

handler400 = "core.errors_views.bad_request"
handler403 = "core.errors_views.permission_denied"
handler404 = "core.errors_views.not_found"
handler500 = "core.errors_views.server_error"
