"""Addresses of what is imported from Excel files, under ``membres/importer/``."""

from django.urls import path

from members.views import imports

app_name = "imports"
urlpatterns = [
    path("", imports.import_check, name="import_check"),
    path("modele-<str:kind>.xlsx", imports.template_xlsx, name="template_xlsx"),
    path("<int:pk>/", imports.import_detail, name="import_detail"),
    path("<int:pk>/renoncer/", imports.import_give_up, name="import_give_up"),
]
