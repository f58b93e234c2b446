"""``python -m reseau.local start|stop|status|reset|env`` and ``python -m reseau.local run -- COMMAND``."""

import shlex
import signal
import subprocess
import sys

from reseau.local import services

USAGE = "python -m reseau.local start|stop|status|reset|env|run -- COMMAND…"


def main(words: list[str]) -> int:
    """Exit status: the command's for ``run``; 1 when a service fails; 2 for a word that is not known."""
    try:
        match words:
            case ["start"]:
                services.ensure()
            case ["stop"]:
                print("stopped:", ", ".join(services.stop()) or "nothing ran")
            case ["status"]:
                print(*(f"{name}: {state}" for name, state in services.status().items()), sep="\n")
            case ["reset"]:
                services.reset()
            case ["env"]:
                found = services.urls()
                print(f"export DATABASE_URL={shlex.quote(found.database)} REDIS_URL={shlex.quote(found.redis)}")
            case ["run", "--", *command] if command:
                return run(command)
            case _:
                print(USAGE, file=sys.stderr)
                return 2
    except services.LocalServiceError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run(command: list[str]) -> int:
    """Runs the command with the services up and passes it TERM; returns its exit status."""
    with services.running():
        child = subprocess.Popen(command)  # noqa: S603 - the caller's own command
        # Ctrl-C reaches the child through the terminal; this process only waits for it, then tidies up.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for word in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(word, lambda *_: child.send_signal(signal.SIGTERM))
        status = child.wait()
    return 128 - status if status < 0 else status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
