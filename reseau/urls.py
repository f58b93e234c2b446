"""All addresses, French and without language prefix (docs/interface.md)."""

from allauth.account import urls as account_urls
from django.conf import settings
from django.urls import include, path
from django.views.i18n import set_language

from core.health import health
from core.ui import ui
from members.views.accounts import recovery_codes, session_close
from reseau import views

# One does not add addresses to sign in with: the secretariat, who knows the person, changes the one there is.
CLOSED = {"account_email", "account_email_verification_sent", "account_confirm_email"}

urlpatterns = [
    path("", views.home, name="home"),
    path("sante/", health, name="health"),
    path("langue/", views.public(set_language), name="set_language"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("mentions-legales/", views.legal, name="legal"),
    path("journal/", views.journal, name="journal"),
    path("journal/export.xlsx", views.journal_export, name="journal_export"),
    path("mandat/", views.mandate, name="mandate"),
    path("mandat/cadres/", include("frameworks.urls")),
    path("mandat/regles/", include("decisions.procedure_urls")),
    path("mandat/calendrier/", include("frameworks.calendar_urls")),
    path("membres/adhesions/proposer/", include("decisions.membership_urls")),
    path("membres/importer/", include("members.import_urls")),
    path("membres/listes/", include("reports.list_urls")),
    path("membres/copresidence/passations/", include("reports.handover_urls")),
    path("membres/copresidence/appels/", include("decisions.nomination_urls")),
    path("membres/<slug:slug>/contribution/", views.entity_contribution, name="entity_contribution"),
    path("", include("members.urls")),  # membres/… and compte/…: one namespace
    path("partenaires/engagements/", include("outreach.urls")),
    path("partenaires/", include("members.partner_urls")),
    path("groupes/", include("workinggroups.urls")),
    path("reunions/", include("meetings.urls")),
    path("invites/groupes/", include("workinggroups.guest_urls")),
    path("invites/", include("meetings.guest_urls")),
    path("actions/", include("meetings.action_urls")),
    path("decisions/<int:pk>/extrait/", include("reports.extract_urls")),
    path("decisions/declarations/", include("outreach.statement_urls")),
    path("decisions/", include("decisions.urls")),
    path("pta/", include("workplan.urls")),
    path("rapports/", include("reports.urls")),
    path("compte/", include([route for route in account_urls.urlpatterns if route.name not in CLOSED])),
    path("compte/2fa/recovery-codes/download/", recovery_codes, name="mfa_download_recovery_codes"),
    path("compte/2fa/", include("allauth.mfa.urls")),
    path("compte/microsoft/", include("members.entra_urls")),
    path("compte/sessions/", include("allauth.usersessions.urls")),
    path("compte/sessions/<int:pk>/fermer/", session_close, name="usersessions_close"),
]
if settings.LOCAL:
    urlpatterns.append(path("ui/", ui, name="ui"))

handler400 = "core.errors_views.bad_request"
handler403 = "core.errors_views.permission_denied"
# The account library draws its own page 429: templates/429.html.
handler404 = "core.errors_views.not_found"
handler500 = "core.errors_views.server_error"
