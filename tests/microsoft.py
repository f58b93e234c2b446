"""A Microsoft Entra of one’s own: an OpenID Connect provider on loopback, and the browser of a person who uses it."""

import json
import secrets
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

TENANT, OTHER_TENANT = "5a1f2f6e-3f5c-4c1d-9a55-0d5f6f1c7a01", "11111111-2222-4333-8444-555555555555"
CLIENT, SECRET = "portal-of-the-network", "known-to-two"  # the second is a password of nothing
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Microsoft:
    """``claims`` are what the next ID token says; ``asked`` what the portal sent to the authorisation page."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    exchanged: list[dict[str, str]] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"{self.url}/{TENANT}/v2.0"

    def says(self, **claims: Any) -> None:
        self.claims = claims

    def id_token(self) -> str:
        now = datetime.now(UTC)
        usual = {
            "iss": self.issuer, "aud": CLIENT, "sub": "a-person", "tid": TENANT, "iat": now,
            "exp": now + timedelta(hours=1),
        }  # fmt: skip
        return jwt.encode(usual | self.claims, KEY, algorithm="RS256", headers={"kid": "one"})

    def answer(self, path: str, sent: dict[str, str]) -> dict[str, Any] | str:
        """JSON, or the address the browser is led to."""
        match path.rpartition("/")[2]:
            case "openid-configuration":
                page = f"{self.url}/{TENANT}/oauth2/v2.0"
                return {
                    "issuer": self.issuer, "authorization_endpoint": f"{page}/authorize",
                    "token_endpoint": f"{page}/token", "jwks_uri": f"{page}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }  # fmt: skip
            case "keys":
                key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
                return {"keys": [key | {"kid": "one", "use": "sig", "alg": "RS256"}]}
            case "authorize":
                self.asked.append(sent)
                back = {"code": secrets.token_urlsafe(8), "state": sent["state"]}
                return f"{sent['redirect_uri']}?{urlencode(back)}"
            case "token":
                self.exchanged.append(sent)
                return {"access_token": "nothing-opens", "token_type": "Bearer", "id_token": self.id_token()}
        raise LookupError(path)


def handler(microsoft: Microsoft) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = urlsplit(self.path)
            self.give(microsoft.answer(asked.path, {name: one for name, (one,) in parse_qs(asked.query).items()}))

        def do_POST(self):
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.give(microsoft.answer(self.path, {name: one for name, (one,) in sent.items()}))

        def give(self, answer):
            body = b"" if isinstance(answer, str) else json.dumps(answer).encode()
            self.send_response(302 if isinstance(answer, str) else 200)
            if isinstance(answer, str):
                self.send_header("Location", answer)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """The tests say what went wrong."""

    return Handler


def serve():
    """Yields a :class:`Microsoft` that answers on a free port of loopback, until the generator is closed."""
    microsoft = Microsoft()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(microsoft))
    microsoft.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield microsoft
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def there(client, **sent):
    """The person presses the button and signs in at Microsoft: the address that leads back to the portal."""
    led = client.post("/compte/microsoft/", sent)
    assert led.status_code == 302, led.content.decode()
    return requests.get(led["Location"], allow_redirects=False, timeout=5).headers["Location"]


def there_and_back(client, **sent):
    """The answer of the portal to who comes back."""
    parts = urlsplit(there(client, **sent))
    return client.get(f"{parts.path}?{parts.query}")
