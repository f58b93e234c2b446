"""Addresses of the nomination of co-chairs, under ``membres/copresidence/appels/``."""

from django.urls import path

from decisions import nomination_views as views

app_name = "nominations"
urlpatterns = [
    path("", views.nomination_list, name="nomination_list"),
    path("ouvrir/", views.nomination_open, name="nomination_open"),
    path("<int:pk>/", views.nomination_detail, name="nomination_detail"),
    path("<int:pk>/candidatures/proposer/", views.candidacy_put, name="candidacy_put"),
    path("<int:pk>/candidatures/<int:candidacy_pk>/retirer/", views.candidacy_withdraw, name="candidacy_withdraw"),
    path("<int:pk>/porter-devant-le-reseau/", views.co_chair_propose, name="co_chair_propose"),
    path("<int:pk>/sondage/ouvrir/", views.sounding_open, name="sounding_open"),
    path("<int:pk>/sondage/repondre/", views.sounding_answer, name="sounding_answer"),
    path("<int:pk>/reprendre/", views.nomination_rework, name="nomination_rework"),
    path("<int:pk>/retirer/", views.nomination_withdraw, name="nomination_withdraw"),
]
