"""Addresses of the dated lists of members, under ``membres/listes/``."""

from django.urls import path

from reports import sheet_views as views

app_name = "lists"
urlpatterns = [
    path("", views.list_index, name="list_index"),
    path("figer/", views.list_freeze, name="list_freeze"),
    path("<int:pk>/", views.list_detail, name="list_detail"),
    path("<int:pk>/progression/", views.list_progress, name="list_progress"),
    path("<int:pk>/liste.pdf", views.list_pdf, name="list_download"),
    path("<int:pk>/liste.xlsx", views.list_xlsx, name="list_xlsx"),
    path("<int:pk>/liste.vcf", views.list_vcf, name="list_vcf"),
    path("<int:pk>/partager/", views.list_share, name="list_share"),
    path("<int:pk>/relancer/", views.list_retry, name="list_retry"),
]
