"""What a guest opens without an account, by the link of the mail."""

from django.urls import path

from meetings.views import guests

app_name = "guests"
urlpatterns = [
    path("<str:token>/", guests.guest_meeting, name="guest_meeting"),
    path("<str:token>/invitation.ics", guests.guest_ics, name="guest_ics"),
]
