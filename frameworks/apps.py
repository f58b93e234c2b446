from django.apps import AppConfig
from django.db.models.signals import post_migrate

from frameworks.sync import sync_on_migrate


class FrameworksConfig(AppConfig):
    name = "frameworks"

    def ready(self):
        post_migrate.connect(sync_on_migrate, sender=self)
