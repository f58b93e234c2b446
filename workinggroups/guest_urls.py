"""What a guest of a group opens without an account, by the link of the mail."""

from django.urls import path

from workinggroups import paper_views as views

app_name = "group_guests"
urlpatterns = [
    path("<str:group_token>/", views.group_guest, name="group_guest"),
    path("<str:group_token>/retirer/", views.guest_offer_withdraw, name="guest_offer_withdraw"),
    path("<str:group_token>/papiers/<int:paper_pk>/", views.guest_file, name="guest_file"),
]
