"""A mail server of its own on this machine, with one mailbox, as a process (pymap: another implementation of IMAP)."""

import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

from imap_tools import MailBoxUnencrypted

USER, PASSWORD = "secretariat", "mot de passe/é"


class MailServer:
    """``address`` is what ``MAILBOX_URL`` takes."""

    def __init__(self, port):
        self.port = port
        self.address = f"imap://{USER}:mot%20de%20passe%2F%C3%A9@127.0.0.1:{port}/INBOX"

    @contextmanager
    def opened(self):
        with MailBoxUnencrypted("127.0.0.1", port=self.port).login_utf8(USER, PASSWORD) as box:
            yield box

    def deliver(self, *messages):
        with self.opened() as box:
            for message in messages:
                box.append(message, "INBOX")

    def seen(self):
        """Of each message, whether it was marked as read."""
        with self.opened() as box:
            return [message.flags for message in box.fetch(mark_seen=False)]


@contextmanager
def running():
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("pymap")
    asked = [
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-tls",
        "--no-service",
        "admin",
        "--no-service",
        "managesieve",
    ]
    given = ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    with subprocess.Popen([program, *asked, *given], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            _wait(process, port)
            yield MailServer(port)
        finally:
            process.terminate()
            process.stderr.close()


def _wait(process, port):
    for _turn in range(300):
        if process.poll() is not None:
            raise RuntimeError(process.stderr.read().decode())
        with closing(socket.socket()) as asking:
            asking.settimeout(1)
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the mail server did not start")
