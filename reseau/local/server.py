"""One local server process: started once, found again, ended cleanly.

The truth about its life is a lock, not a pid file: the server inherits an open file with an exclusive ``flock``, and
its children inherit it too. The kernel keeps the lock while any of them lives and drops it when the last one dies,
however it dies. So a lock that can be taken proves that nobody uses the data.
"""

import fcntl
import json
import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

import psutil

from reseau.local.errors import LocalServiceError
from reseau.local.layout import Layout

LOG_LIMIT = 5 * 1024 * 1024


class Server(ABC):
    """A server of one kind on one ``var``. All methods but ``answers`` expect the caller to hold ``layout.lock``."""

    name: str
    # Seconds given to a process that lives but does not answer, and to a fresh one.
    patience = 15.0
    start_patience = 60.0
    # Signal and seconds to wait for the end, from polite to final.
    farewell: tuple[tuple[signal.Signals, float], ...] = (
        (signal.SIGINT, 20),
        (signal.SIGQUIT, 5),
        (signal.SIGKILL, 5),
        (signal.SIGKILL, 5),
    )

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.hold = layout.var / f"{self.name}.hold"
        self.log = layout.logs / f"{self.name}.log"

    @property
    @abstractmethod
    def tag(self) -> str:
        """Text present in the command line of each process of this server and of no other."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether a client is served now, asked within two seconds."""

    @abstractmethod
    def prepare(self) -> list[str]:
        """Makes the data ready, clears what a dead server left, and returns the command line."""

    def ensure(self, *, by: str) -> bool:
        """Leaves the server answering. Returns whether this call started it; ``by`` is remembered then."""
        if self.answers():
            return False
        if self.is_alive():
            if self._wait_for_answer(self.patience):
                return False
            self.stop()
        self._start(by)
        return True

    def is_alive(self) -> bool:
        """Whether some process of the server lives, answering or not."""
        if not self.hold.exists():
            return False
        descriptor = self._take()
        if descriptor is not None:
            os.close(descriptor)
        return descriptor is None

    def started_by(self) -> str:
        """What ``ensure`` was told by the caller that started the server; empty when unknown."""
        return str(self._state().get("by", ""))

    def pids(self) -> list[int]:
        """The server's main process, or its remaining children when that one died."""
        main = self._state().get("pid")
        if isinstance(main, int) and self._is_ours(main):
            return [main]
        return [pid for pid in psutil.pids() if self._is_ours(pid)]

    def stop(self) -> bool:
        """Ends every process of the server. Returns whether there was one; raises if one survives everything."""
        if not self.is_alive():
            return False
        for word, seconds in self.farewell:
            for pid in self.pids():
                _send(pid, word)
            if self._wait_for_end(seconds):
                return True
        raise LocalServiceError(f"{self.name} does not end; its processes: {self.pids()}, its log: {self.log}")

    def _start(self, by: str) -> None:
        descriptor = self._take()
        if descriptor is None:
            raise LocalServiceError(f"Another process still uses {self.layout.var}; its log: {self.log}")
        try:
            process = self._spawn(descriptor, self.prepare())
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, json.dumps({"pid": process.pid, "by": by}).encode(), 0)
        finally:
            os.close(descriptor)
        deadline = time.monotonic() + self.start_patience
        while not self.answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise LocalServiceError(f"{self.name} does not start. Last lines of {self.log}:\n{_tail(self.log)}")
            time.sleep(0.03)
        # The server outlives this process on purpose: Popen must not complain about it when collected.
        process.returncode = 0

    def _spawn(self, descriptor: int, command: list[str]) -> subprocess.Popen[bytes]:
        too_long = self.log.exists() and self.log.stat().st_size > LOG_LIMIT
        with self.log.open("wb" if too_long else "ab") as log:
            return subprocess.Popen(  # noqa: S603 - the program comes from reseau.local.binaries
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                pass_fds=[descriptor],
                start_new_session=True,  # Ctrl-C in the terminal is for the portal, which then stops us in order.
            )

    def _take(self) -> int | None:
        descriptor = os.open(self.hold, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return descriptor

    def _state(self) -> dict[str, object]:
        try:
            state = json.loads(self.hold.read_text())
        except (OSError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def _is_ours(self, pid: int) -> bool:
        try:
            return any(self.tag in word for word in psutil.Process(pid).cmdline())
        except psutil.Error:
            return False

    def _wait_for_answer(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.is_alive():
            if self.answers():
                return True
            time.sleep(0.1)
        return False

    def _wait_for_end(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self.is_alive():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.03)
        return True


def _send(pid: int, word: signal.Signals) -> None:
    try:
        os.kill(pid, word)
    except ProcessLookupError:
        return


def _tail(path: Path) -> str:
    lines = path.read_text(errors="replace").splitlines() if path.exists() else []
    return "\n".join(lines[-5:])
