"""Decisions on memberships, under ``membres/adhesions/proposer/``."""

from django.urls import path

from decisions import membership_views as views

app_name = "memberships"
urlpatterns = [path("<slug:slug>/", views.change_propose, name="change_propose")]
