from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from core.sentences import register_sentences
from frameworks.sync import sync_on_migrate


class FrameworksConfig(AppConfig):
    name = "frameworks"

    def ready(self):
        post_migrate.connect(sync_on_migrate, sender=self)
        register_sentences(
            {
                "frameworks.add_national_priority": _("%(actor)s added %(code)s to the national priorities"),
                "frameworks.edit_national_priority": _("%(actor)s changed this national priority"),
                "frameworks.correct_calendar": _("%(actor)s corrected the calendar for %(day)s"),
                "frameworks.remove_correction": _("%(actor)s removed the correction of the calendar for %(day)s"),
            }
        )
