"""Addresses of the register of partners, under ``partenaires/``."""

from django.urls import path

from members.views import partners, ties

app_name = "partners"
urlpatterns = [
    path("", partners.partner_list, name="partner_list"),
    path("export.xlsx", partners.partner_export, name="partner_export"),
    path("ajouter/", partners.partner_add, name="partner_add"),
    path("<int:pk>/", partners.partner_detail, name="partner_detail"),
    path("<int:pk>/modifier/", partners.partner_edit, name="partner_edit"),
    path("<int:pk>/contacts/ajouter/", partners.contact_add, name="contact_add"),
    path("<int:pk>/contacts/nommer/", partners.contact_name, name="contact_name"),
    path("contacts/<int:pk>/terminer/", ties.contact_end, name="contact_end"),
    path("contacts/<int:pk>/retirer/", ties.contact_remove, name="contact_remove"),
]
