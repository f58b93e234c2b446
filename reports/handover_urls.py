"""Addresses of the handovers of a co-chair, under ``membres/copresidence/passations/``."""

from django.urls import path

from reports import sheet_views as views

app_name = "handover"
urlpatterns = [
    path("preparer/<int:pk>/", views.handover_prepare, name="handover_prepare"),
    path("<int:pk>/", views.handover_detail, name="handover_detail"),
    path("<int:pk>/progression/", views.handover_progress, name="handover_progress"),
    path("<int:pk>/dossier.pdf", views.handover_pdf, name="handover_download"),
    path("<int:pk>/dossier.docx", views.handover_docx, name="handover_docx"),
    path("<int:pk>/relancer/", views.handover_retry, name="handover_retry"),
]
