from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.sentences import register_sentences

SENTENCES = {
    "core.order_job": _("%(actor)s ordered a file: %(subject)s"),
    "core.finish_job": _("The file is ready"),
    "core.fail_job": _("The file could not be made: %(reason)s"),
    "core.retry_job": _("%(actor)s had the file made again"),
}


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        from core import holdings, personal  # noqa: PLC0415 - models are not there before ready()

        personal.register_holdings(holdings.HOLDINGS, holdings.IN_JOURNAL)
        register_sentences(SENTENCES)
