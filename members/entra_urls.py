"""Addresses of the sign-in with a Microsoft account; the names are those by which the account library finds them."""

from django.conf import settings
from django.urls import path

from members import entra

ENTRA = {"provider_id": settings.ENTRA_PROVIDER}  # by which the library asks for them; there is one provider

urlpatterns = [
    path("", entra.start, ENTRA, name="openid_connect_login"),
    path("retour/", entra.callback, ENTRA, name="openid_connect_callback"),
    path("lien/", entra.linked_account, name="socialaccount_connections"),
]
