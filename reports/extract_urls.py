"""Addresses of the extract of a decision, under the decision’s own."""

from django.urls import path

from reports import extract_views as views

app_name = "extracts"
urlpatterns = [
    path("", views.extract_detail, name="extract_detail"),
    path("prendre/", views.extract_take, name="extract_take"),
    path("progression/", views.extract_progress, name="extract_progress"),
    path("extrait.pdf", views.extract_pdf, name="extract_download"),
    path("extrait.docx", views.extract_docx, name="extract_docx"),
    path("relancer/", views.extract_retry, name="extract_retry"),
]
