"""Settings of the web processes that tests start: the suite's, with nobody at work behind them."""

from reseau.settings_test import *  # noqa: F403 - the suite's own with two lines changed

CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"  # what is ordered ends with the process
