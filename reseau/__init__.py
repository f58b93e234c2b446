"""The top floor: settings, addresses, the Celery application, the home page and the demo year."""

from reseau.celery import app as celery_app

__all__ = ["celery_app"]
