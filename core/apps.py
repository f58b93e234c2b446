from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        from core import holdings, personal  # noqa: PLC0415 - models are not there before ready()

        personal.register_holdings(holdings.HOLDINGS, holdings.IN_JOURNAL)
