"""What the environment makes of the portal: one's own machine, a demo, production."""

import os
import subprocess
import sys

import pytest

NAMES = ("DEBUG", "LOCAL", "SESSION_COOKIE_SECURE")
KEPT = ("PATH", "DATABASE_URL", "REDIS_URL", "RESEAU_VAR")
PRODUCTION = {
    "DJANGO_DEBUG": "0",
    "SECRET_KEY": "a-secret-of-the-deployer-which-is-long-enough",
    "ALLOWED_HOSTS": "portail.example.org",
}


def settings_with(**environment):
    """DEBUG, LOCAL and SESSION_COOKIE_SECURE of a process that has these variables, or the last line of its refusal."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    asked = "from reseau import settings as s; print(" + ", ".join(f"s.{name}" for name in NAMES) + ")"
    done = subprocess.run(
        [sys.executable, "-c", asked], env=kept | environment, capture_output=True, text=True, check=False
    )
    return (done.stdout or done.stderr).strip().splitlines()[-1]


def test_with_nothing_set_the_portal_is_on_ones_own_machine():
    assert settings_with() == "True True False"


def test_demo_has_the_pages_of_production_over_plain_http():
    assert settings_with(DJANGO_DEBUG="0", RESEAU_LOCAL="1") == "False True False"


def test_production_sends_its_cookies_over_https_alone():
    assert settings_with(**PRODUCTION) == "False False True"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_without_its_secrets_does_not_start(missing):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}

    assert f"Set the {missing} environment variable" in settings_with(**environment)
