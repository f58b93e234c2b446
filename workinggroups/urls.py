"""Addresses of working groups, under ``groupes/``."""

from django.urls import path, register_converter

from workinggroups import chair_views as chairs
from workinggroups import deliverable_views as deliverables
from workinggroups import meeting_views as meetings
from workinggroups import paper_views as papers
from workinggroups import terms_views as terms
from workinggroups import views


class GroupSlug:
    """« gt-3 », which is the group of number 3."""

    regex = "gt-[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        return int(value.removeprefix("gt-"))

    def to_url(self, value: object) -> str:
        return str(value)


register_converter(GroupSlug, "group")

app_name = "groups"
urlpatterns = [
    path("", views.group_list, name="group_list"),
    path("proposer/", views.group_propose, name="group_propose"),
    path("<group:group_number>/", views.group_detail, name="group_detail"),
    path("<group:group_number>/modifier/", views.group_edit, name="group_edit"),
    path("<group:group_number>/retirer/", views.group_withdraw, name="group_withdraw"),
    path("<group:group_number>/porter-devant-le-reseau/", terms.group_bring, name="group_bring"),
    path("<group:group_number>/reprendre/", terms.group_rework, name="group_rework"),
    path("<group:group_number>/termes-de-reference/", terms.terms_propose, name="terms_propose"),
    path("<group:group_number>/lettre.docx", views.unct_letter_docx, name="unct_letter_docx"),
    path("<group:group_number>/soumettre/", views.unct_submit, name="unct_submit"),
    path("<group:group_number>/renvoyer/", views.unct_return, name="unct_return"),
    path("<group:group_number>/valider/", views.unct_endorse, name="unct_endorse"),
    path("<group:group_number>/valider/rectifier/", views.unct_record_correct, name="unct_record_correct"),
    path("<group:group_number>/validation/", views.unct_record_file, name="unct_record_file"),
    path("<group:group_number>/commencer/", views.group_start, name="group_start"),
    path("<group:group_number>/mettre-en-sommeil/", views.group_sleep, name="group_sleep"),
    path("<group:group_number>/reveiller/", views.group_wake, name="group_wake"),
    path("<group:group_number>/clore/", views.group_close, name="group_close"),
    path("<group:group_number>/papiers/ajouter/", papers.paper_add, name="paper_add"),
    path("<group:group_number>/papiers/<int:paper_pk>/", papers.paper_file, name="paper_file"),
    path("<group:group_number>/papiers/<int:paper_pk>/retirer/", papers.paper_remove, name="paper_remove"),
    path("<group:group_number>/porter-un-texte/", views.text_forward, name="text_forward"),
    path("<group:group_number>/reunions/convoquer/", meetings.meeting_convene, name="meeting_convene"),
    path(
        "<group:group_number>/reunions/<int:group_meeting_pk>/modifier/",
        meetings.meeting_change,
        name="meeting_change",
    ),
    path(
        "<group:group_number>/reunions/<int:group_meeting_pk>/annuler/",
        meetings.meeting_call_off,
        name="meeting_call_off",
    ),
    path(
        "<group:group_number>/reunions/<int:group_meeting_pk>/compte-rendu/",
        meetings.meeting_minute,
        name="meeting_minute",
    ),
    path("<group:group_number>/livrables/ajouter/", deliverables.deliverable_add, name="deliverable_add"),
    path(
        "<group:group_number>/livrables/<int:deliverable_pk>/modifier/",
        deliverables.deliverable_edit,
        name="deliverable_edit",
    ),
    path(
        "<group:group_number>/livrables/<int:deliverable_pk>/retirer/",
        deliverables.deliverable_remove,
        name="deliverable_remove",
    ),
    path("<group:group_number>/presidence/appeler/", chairs.chair_call_open, name="chair_call_open"),
    path("<group:group_number>/presidence/proposer/", chairs.chair_offer, name="chair_offer"),
    path(
        "<group:group_number>/presidence/candidatures/<int:offer_pk>/retirer/",
        chairs.chair_offer_withdraw,
        name="chair_offer_withdraw",
    ),
    path("<group:group_number>/presidence/designer/", chairs.chairs_name, name="chairs_name"),
    path("<group:group_number>/presidence/clore/", chairs.chair_call_close, name="chair_call_close"),
    path("<group:group_number>/presidence/<int:chair_pk>/terminer/", chairs.chair_end, name="chair_end"),
    path("<group:group_number>/inviter/", papers.group_invite, name="group_invite"),
    path("<group:group_number>/invites/<int:group_pass_pk>/retirer/", papers.pass_revoke, name="pass_revoke"),
    path("<group:group_number>/rejoindre/", views.group_join, name="group_join"),
    path("<group:group_number>/membres/<int:seat_pk>/terminer/", views.group_leave, name="group_leave"),
]
