"""Requests over one kept connection, timed; and the weight of a first visit as a browser would load it."""

import gzip
import http.client
import re
import statistics
import time
from dataclasses import dataclass
from urllib.parse import urljoin

# What a browser fetches for a page: style sheets, scripts with what they import, pictures of the shell.
_LINKS = re.compile(
    r'<link[^>]+rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"|<script[^>]+src="([^"]+)"|<img[^>]+src="([^"]+)"'
)
_IMPORTS = re.compile(r"""(?:import|from)\s*\(?["']([^"']+\.js)["']""")


@dataclass
class Side:
    """One server, with a signed-in session."""

    port: int
    cookie: str

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path: str, encoding: str = "gzip") -> tuple[http.client.HTTPResponse, bytes]:
        headers = {
            "Cookie": self.cookie,
            "Host": "localhost",
            "X-Forwarded-Proto": "https",
            "Accept-Encoding": encoding,
        }
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        return answer, answer.read()

    def milliseconds(self, path: str) -> float:
        began = time.perf_counter()
        answer, _body = self.get(path)
        spent = 1000 * (time.perf_counter() - began)
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        return spent


def interleaved(sides: dict[str, tuple[Side, str]], *, rounds: int, requests: int) -> list[dict[str, float]]:
    """Per round, the median of each page in milliseconds. Pages take turns, so that a busy machine is busy for all."""
    for side, path in sides.values():
        for _ in range(5):
            side.milliseconds(path)
    # Some waited longer than a server keeps a connection; the next request opens one.
    for side, _path in sides.values():
        side.connection.close()
    medians = []
    for _ in range(rounds):
        times: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(requests):
            for name, (side, path) in sides.items():
                times[name].append(side.milliseconds(path))
        medians.append({name: statistics.median(found) for name, found in times.items()})
    return medians


@dataclass(frozen=True)
class Weight:
    """Bytes on the wire for somebody who comes for the first time, and how many requests."""

    html: int
    script: int
    total: int
    requests: int


def first_visit(side: Side, path: str) -> Weight:
    answer, body = side.get(path)
    html = gzip.decompress(body).decode() if answer.headers.get("Content-Encoding") == "gzip" else body.decode()
    sizes, scripts = {path: len(body)}, 0
    waiting = [next(filter(None, found)) for found in _LINKS.findall(html)]
    while waiting:
        address = waiting.pop()
        if address in sizes or address.startswith("data:"):
            continue
        answer, body = side.get(address)
        sizes[address] = len(body)
        if address.endswith(".js"):
            scripts += len(body)
            text = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
            waiting += [urljoin(address, name) for name in _IMPORTS.findall(text.decode())]
    return Weight(sizes[path], scripts, sum(sizes.values()), len(sizes))
