from django.urls import path

from decisions import call_link_views, comment_views, effects_views, objection_views, translation_views, views

app_name = "decisions"
urlpatterns = [
    path("", views.decision_list, name="decision_list"),
    path("export.xlsx", views.decision_export, name="decision_export"),
    path("proposer/", views.decision_propose, name="decision_propose"),
    path("<int:pk>/", views.decision_detail, name="decision_detail"),
    path("<int:pk>/texte/", views.text_revise, name="text_revise"),
    path("<int:pk>/traduire/<str:language>/", translation_views.text_translate, name="text_translate"),
    path("<int:pk>/ouvrir-la-consultation/", views.consultation_open, name="consultation_open"),
    path("<int:pk>/prolonger-la-consultation/", views.consultation_extend, name="consultation_extend"),
    path("<int:pk>/commenter/", comment_views.comment_add, name="comment_add"),
    path("<int:pk>/paragraphes/<int:paragraph>/commenter/", comment_views.paragraph_comment, name="paragraph_comment"),
    path("<int:pk>/commentaires/<int:comment_pk>/repondre/", comment_views.comment_answer, name="comment_answer"),
    path("<int:pk>/commentaires.xlsx", comment_views.matrix_xlsx, name="matrix_xlsx"),
    path("<int:pk>/commentaires.docx", comment_views.matrix_docx, name="matrix_docx"),
    path("<int:pk>/comparer/", comment_views.text_compare, name="text_compare"),
    path("<int:pk>/ouvrir-l-appel/", views.call_open, name="call_open"),
    path("<int:pk>/prolonger-l-appel/", views.call_extend, name="call_extend"),
    path("<int:pk>/rouvrir-la-consultation/", views.consultation_reopen, name="consultation_reopen"),
    path("repondre/<str:call_token>/", call_link_views.call_answer, name="call_answer"),
    path("<int:pk>/se-prononcer/", views.position_state, name="position_state"),
    path("<int:pk>/consigner-une-position/", views.position_record, name="position_record"),
    path("<int:pk>/positions/<int:position>/confirmer/", views.position_confirm, name="position_confirm"),
    path("<int:pk>/positions/<int:position>/contester/", views.position_contest, name="position_contest"),
    path("<int:pk>/positions/<int:position>/justificatif/", views.position_proof, name="position_proof"),
    path("<int:pk>/constater-le-consensus/", views.consensus_note, name="consensus_note"),
    path(
        "<int:pk>/objections/<int:objection_pk>/faciliter/",
        objection_views.objection_facilitate,
        name="objection_facilitate",
    ),
    path("<int:pk>/reporter/", objection_views.decision_defer, name="decision_defer"),
    path("<int:pk>/demander-un-avis/", objection_views.decision_refer, name="decision_refer"),
    path("<int:pk>/consigner-l-avis/", objection_views.advice_record, name="advice_record"),
    path("<int:pk>/clore-sans-consensus/", objection_views.no_consensus_note, name="no_consensus_note"),
    path("<int:pk>/retirer/", views.decision_withdraw, name="decision_withdraw"),
    path("<int:pk>/effets/", effects_views.effects_set, name="effects_set"),
    path("<int:pk>/reexaminer/", effects_views.decision_review, name="decision_review"),
    path("<int:pk>/suivre/", views.follow_up, name="follow_up"),
]
