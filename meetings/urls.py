from django.urls import path

from meetings.views import agenda, meeting, minutes, presence, requests

app_name = "meetings"
urlpatterns = [
    path("", meeting.meeting_list, name="meeting_list"),
    path("nouvelle/", meeting.meeting_create, name="meeting_create"),
    path("demandes/nouvelle/", requests.request_create, name="request_create"),
    path("demandes/<int:pk>/repondre/", requests.request_answer, name="request_answer"),
    path("<int:pk>/", meeting.meeting_detail, name="meeting_detail"),
    path("<int:pk>/modifier/", meeting.meeting_edit, name="meeting_edit"),
    path("<int:pk>/convoquer/", meeting.meeting_convene, name="meeting_convene"),
    path("<int:pk>/reporter/", meeting.meeting_postpone, name="meeting_postpone"),
    path("<int:pk>/annuler/", meeting.meeting_cancel, name="meeting_cancel"),
    path("<int:pk>/ouvrir-la-seance/", meeting.session_open, name="session_open"),
    path("<int:pk>/lever-la-seance/", meeting.session_close, name="session_close"),
    path("<int:pk>/clore/", meeting.meeting_close, name="meeting_close"),
    path("<int:pk>/envois/", meeting.deliveries, name="deliveries"),
    path("<int:pk>/invitation.ics", meeting.invitation_ics, name="invitation_ics"),
    path("<int:pk>/ordre-du-jour/", agenda.agenda, name="agenda"),
    path("<int:pk>/ordre-du-jour/ajouter/", agenda.item_add, name="item_add"),
    path("<int:pk>/ordre-du-jour/publier/", agenda.agenda_publish, name="agenda_publish"),
    path("<int:pk>/ordre-du-jour/<int:item_pk>/modifier/", agenda.item_edit, name="item_edit"),
    path("<int:pk>/ordre-du-jour/<int:item_pk>/deplacer/", agenda.item_move, name="item_move"),
    path("<int:pk>/ordre-du-jour/<int:item_pk>/retirer/", agenda.item_remove, name="item_remove"),
    path("<int:pk>/repondre/", presence.reply, name="reply"),
    path("<int:pk>/presences/", presence.attendance, name="attendance"),
    path("<int:pk>/compte-rendu.docx", minutes.minutes_docx, name="minutes_docx"),
    path("<int:pk>/compte-rendu/", minutes.minutes, name="minutes"),
    path("<int:pk>/compte-rendu/diffuser/", minutes.minutes_circulate, name="minutes_circulate"),
    path("<int:pk>/compte-rendu/approuver/", minutes.minutes_approve, name="minutes_approve"),
    path("<int:pk>/compte-rendu/accepter/", minutes.minutes_accept, name="minutes_accept"),
    path("<int:pk>/compte-rendu/<int:item_pk>/", minutes.item_minutes, name="item_minutes"),
    path("<int:pk>/compte-rendu/<int:item_pk>/corriger/", minutes.remark_add, name="remark_add"),
    path("<int:pk>/compte-rendu/corrections/<int:remark_pk>/", minutes.remark_answer, name="remark_answer"),
    path("<int:pk>/compte-rendu/<int:item_pk>/rattacher/", minutes.decision_attach, name="decision_attach"),
    path(
        "<int:pk>/compte-rendu/<int:item_pk>/decisions/<int:decision_pk>/detacher/",
        minutes.decision_detach,
        name="decision_detach",
    ),
    path("<int:pk>/compte-rendu/<int:item_pk>/confier/", minutes.action_add, name="action_add"),
]
