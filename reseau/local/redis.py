"""Redis or Valkey, on a Unix socket only, keeping nothing on disk.

It only rings the bell for Celery: what must be done is a row in PostgreSQL, and a sweeper rings again (docs/adr/0007).
"""

import signal
import socket
from pathlib import Path

from reseau.local import account, binaries
from reseau.local.postgres import Postgres
from reseau.local.server import Server


class Redis(Server):
    """Runs under the account of the caller."""

    name = "redis"
    timeout = 2.0
    farewell = ((signal.SIGTERM, 5), (signal.SIGKILL, 5), (signal.SIGKILL, 5))

    @property
    def socket(self) -> Path:
        return self.layout.sockets / "redis.sock"

    @property
    def tag(self) -> str:
        return str(self.socket)

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def answers(self) -> bool:
        try:
            return self._ask(b"PING\r\n").startswith(b"+PONG")
        except OSError:
            return False

    def reset(self) -> None:
        """Forgets every queued message."""
        self._ask(b"FLUSHALL\r\n")

    def prepare(self) -> list[str]:
        self.layout.make(account.server_uid(Postgres(self.layout).data))
        self.socket.unlink(missing_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "no",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        return [str(binaries.redis()), *(word for key, value in options.items() for word in (f"--{key}", value))]

    def _ask(self, command: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(self.timeout)
            client.connect(str(self.socket))
            client.sendall(command)
            return client.recv(64)
