#!/usr/bin/env python
"""Command line of the portal. With nothing set in the environment it wakes the local services first."""

import os
import sys

# Commands that only read code: starting a database for them would be a surprise.
WITHOUT_SERVICES = {"makemessages", "compilemessages", "help", "version", "--help", "--version", "startapp"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reseau.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings must be named first

    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_SERVICES:
        from reseau.local import services  # noqa: PLC0415 - only when a service may be needed

        services.ensure()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
