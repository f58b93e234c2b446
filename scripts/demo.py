"""The portal, populated and running: services, database, demo year, web, worker and beat, until Ctrl-C.

``make demo`` runs it inside .venv; ``--reset`` begins from an empty database; ``PORT`` names the port.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from reseau.local import layout, services  # noqa: E402 - the project is not an installed package

PASSWORD = "reseau-demo-2026"  # noqa: S105 - public by design, see docs/
ACCOUNTS = {
    "secretariat@example.org": "secrétariat (OIM)",
    "copresidence.oim@example.org": "coprésidence, siège du coordonnateur (OIM)",
    "copresidence.hcdh@example.org": "coprésidence, siège tournant (HCDH)",
    "bcr@example.org": "bureau du Coordonnateur résident",
    "pointfocal.unicef@example.org": "point focal (UNICEF)",
    "pointfocal.onufemmes@example.org": "point focal (ONU Femmes)",
    "suppleant.unicef@example.org": "suppléance (UNICEF)",
    "presidence.gt1@example.org": "présidence du groupe de travail 1",
    "partenaire@example.org": "partenaire invité",
    "sans.entite@example.org": "compte sans entité",
    "admin@example.org": "administration technique",
}
# A part of the portal that stops gets this long to finish what it does.
GRACE = 15
START_TIMEOUT = 90


class DemoError(RuntimeError):
    """The demo cannot go on; the text says why in one line."""


class Stopped(BaseException):
    """Someone asked to end: Ctrl-C, TERM, or the terminal went away."""


class Parts:
    """The child processes of the demo, each with a log of its own under ``var/log``."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *words: str) -> None:
        """Starts a Python module; on Linux it also ends if this process is killed."""
        setpriv = shutil.which("setpriv")
        lifeline = [setpriv, "--pdeathsig", "TERM"] if setpriv else []
        with (self.logs / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(  # noqa: S603 - our own words
                [*lifeline, sys.executable, "-m", *words],
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C comes to us alone; we end the parts in order.
            )

    def check(self) -> None:
        """Raises when a part ended by itself, with the end of what it said."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                log = self.logs / f"{name}.log"
                last = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
                raise DemoError(f"{name} s'est arrêté (code {process.returncode}), voir {log} :\n{last}")

    def stop(self) -> None:
        """Asks all parts to end and waits; kills the groups of those that do not."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def check_port(port: int) -> None:
    """Raises when the port is not a number one may use or is taken."""
    if not 1 <= port <= 65535:
        raise DemoError(f"PORT={port} n'est pas un port.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise DemoError(
                f"Le port {port} n'est pas libre ({error.strerror}) / busy: essayez make demo PORT={port + 1}"
            ) from None


def prepare(reset: bool) -> None:
    """Database up to date and populated, in one process because loading Django costs a second each time."""
    if reset:
        services.reset()
        for folder in ("files", "mail"):
            shutil.rmtree(layout.current().var / folder, ignore_errors=True)
    script = [sys.executable, "-c", "from scripts.demo import load; load()"]
    if subprocess.run(script, cwd=PROJECT, check=False).returncode:  # noqa: S603
        raise DemoError("La préparation de la base a échoué (voir plus haut) / preparing the database failed.")


def load() -> None:
    """Static files, tables, and the demo year if nobody is in the database yet. Runs in its own process."""
    import django  # noqa: PLC0415 - only this process needs Django

    django.setup()
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - models exist after setup
    from django.core.management import call_command  # noqa: PLC0415 - same

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    # Present while the year is being played: what a killed seed_demo leaves is not a demo.
    unfinished = layout.current().var / "demo.unfinished"
    if get_user_model().objects.exists() and not unfinished.exists():
        return
    if get_user_model().objects.exists():
        raise SystemExit("Le chargement précédent a été interrompu / interrupted: make demo-reset")
    print("Chargement de l'année de démonstration…", flush=True)
    unfinished.touch()
    call_command("seed_demo", even_without_debug=True, keep_weekdays=True)
    unfinished.unlink()


def start_parts(parts: Parts, port: int) -> None:
    """Web on the loopback only, worker, beat."""
    web = ["--bind", f"127.0.0.1:{port}", "--workers=2", "--worker-class=gthread", "--threads=4", "--reuse-port"]
    # Its control socket would live in the person's home folder.
    parts.start("web", "gunicorn", "reseau.wsgi", *web, "--timeout=60", "--no-control-socket")
    alone = ["--without-mingle", "--without-gossip"]
    parts.start("worker", "celery", "-A", "reseau", "worker", "--concurrency=2", "--loglevel=INFO", *alone)
    schedule = layout.current().var / "beat-schedule"
    parts.start("beat", "celery", "-A", "reseau", "beat", "--loglevel=INFO", f"--schedule={schedule}", "--pidfile=")


def wait_until_healthy(parts: Parts, port: int) -> None:
    """Returns when ``/sante/`` says 200; raises when a part dies or the time is over."""
    deadline = time.monotonic() + START_TIMEOUT
    reason = ""
    while time.monotonic() < deadline:
        parts.check()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/", timeout=5):
                return
        except urllib.error.HTTPError as error:
            reason = f"HTTP {error.code}"
        except OSError as error:
            reason = str(error)
        time.sleep(0.1)
    raise DemoError(f"/sante/ ne répond pas après {START_TIMEOUT} s ({reason}), voir {parts.logs / 'web.log'}")


def announce(port: int) -> None:
    width = max(map(len, ACCOUNTS))
    print(f"\n  Portail du Réseau : http://localhost:{port}/\n")
    print(f"  Comptes de démonstration (mot de passe : {PASSWORD})")
    for login, persona in ACCOUNTS.items():
        print(f"    {login:<{width}}  {persona}")
    print("\n  Ctrl-C arrête tout.", flush=True)


def on_signal(*_: object) -> None:
    raise Stopped


def run(port: int, reset: bool) -> None:
    """The demo's whole life; raises DemoError, LocalServiceError or Stopped."""
    check_port(port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reseau.settings")
    # What a visitor sees is what production shows: its error pages, not those of a developer.
    os.environ.setdefault("DJANGO_DEBUG", "0")
    os.environ.setdefault("RESEAU_LOCAL", "1")
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    with services.running():
        prepare(reset)
        parts = Parts(layout.current().logs)
        try:
            start_parts(parts, port)
            wait_until_healthy(parts, port)
            announce(port)
            while True:
                time.sleep(1)
                parts.check()
        finally:
            for word in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(word, signal.SIG_IGN)  # A second Ctrl-C must not leave half of it running.
            print("\nArrêt…", flush=True)
            parts.stop()


def main() -> int:
    for word in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(word, on_signal)
    try:
        run(int(os.environ.get("PORT") or 8000), "--reset" in sys.argv[1:])
    except Stopped:
        return 0
    except (DemoError, services.LocalServiceError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
