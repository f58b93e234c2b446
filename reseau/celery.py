"""The Celery application. Redis only rings the bell: what must be done is a row in PostgreSQL (see ADR 0007)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reseau.settings")

app = Celery("reseau")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
