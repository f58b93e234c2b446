from django.apps import AppConfig


class ReseauConfig(AppConfig):
    name = "reseau"
