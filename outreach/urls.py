"""Addresses of the log of engagements, under ``partenaires/engagements/``."""

from django.urls import path

from outreach import views

app_name = "engagements"
urlpatterns = [
    path("", views.engagement_list, name="engagement_list"),
    path("export.xlsx", views.engagement_export, name="engagement_export"),
    path("consigner/", views.engagement_record, name="engagement_record"),
    path("<int:pk>/", views.engagement_detail, name="engagement_detail"),
    path("<int:pk>/modifier/", views.engagement_edit, name="engagement_edit"),
    path("<int:pk>/etape-faite/", views.next_step_close, name="next_step_close"),
    path("<int:pk>/retirer/", views.engagement_remove, name="engagement_remove"),
]
