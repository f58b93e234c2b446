"""What gunicorn serves: the portal, on the day of the suite; each answer names its process."""

import os
from datetime import timedelta

from django.core.wsgi import get_wsgi_application
from django.utils import timezone

_real_now = timezone.now
_moved_by = timedelta(seconds=float(os.environ["MOVED_BY"]))
timezone.now = lambda: _real_now() + _moved_by
_portal = get_wsgi_application()


def application(environ, start_response):
    def start(status, headers, exc_info=None):
        return start_response(status, [*headers, ("X-Process", str(os.getpid()))], exc_info)

    return _portal(environ, start)
