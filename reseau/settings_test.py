"""Settings of the test suite: the portal's own, made strict and fast."""

import os

from reseau.settings import *  # noqa: F403 - a test settings file is the base one with a few lines changed
from reseau.settings import DATABASES, MIDDLEWARE, TEMPLATES, VAR_DIR

DEBUG, LOCAL = False, True
SECRET_KEY = "tests-only"  # noqa: S105 - signs nothing that lasts
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MEDIA_ROOT = VAR_DIR / "test-files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": MEDIA_ROOT}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The harness empties tables between tests that commit; nobody else may (core/migrations/0003).
DATABASES["default"]["OPTIONS"]["options"] += " -c reseau.may_truncate=on"
# Several suites may run beside each other on one server.
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE_NAME", "test_reseau")}


class UndefinedVariable(str):
    """Stands for a template variable that does not exist: rendering it is an error, not an empty space."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, other: object) -> str:
        raise AssertionError(f"undefined template variable: {other}")


_options: dict[str, object] = {**dict(TEMPLATES[0]["OPTIONS"]), "string_if_invalid": UndefinedVariable("%s")}  # type: ignore[call-overload]  # a plain dict of settings
TEMPLATES = [{**TEMPLATES[0], "OPTIONS": _options}]
MIDDLEWARE = [line for line in MIDDLEWARE if "whitenoise" not in line] + ["tests.nets.GetWritesNothingMiddleware"]
