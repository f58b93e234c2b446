"""Addresses of the statements of the Network, under ``decisions/declarations/``."""

from django.urls import path

from outreach import statement_views as views

app_name = "statements"
urlpatterns = [
    path("", views.statement_list, name="statement_list"),
    path("<int:pk>/declaration.docx", views.statement_docx, name="statement_docx"),
    path("<int:pk>/publier/", views.statement_publish, name="statement_publish"),
]
