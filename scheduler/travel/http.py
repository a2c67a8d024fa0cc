"""One request to a server that the installation names: no proxy, no redirect, so many bytes, until a moment."""

import base64
import socket
import ssl
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from urllib.parse import unquote, urlsplit

_CHUNK = 1 << 16


class UnusableError(Exception):
    """A server did not answer in time, or not with a JSON value of the size expected."""


@dataclass(frozen=True)
class Address:
    """Where a server listens."""

    secure: bool
    host: str
    port: int | None
    path: str
    credentials: str | None
    """Of the HTTP Basic scheme, encoded."""

    @classmethod
    def of(cls, url: str) -> "Address":
        """Raises ValueError for what is no http or https address of a host."""
        if not url.isascii() or not url.isprintable() or " " in url:
            raise ValueError("letters that no address has")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("no http or https address")
        if parts.query or parts.fragment:
            raise ValueError("no query and no fragment")
        credentials = None
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            credentials = base64.b64encode(pair.encode()).decode()
        path = parts.path.rstrip("/")
        return cls(parts.scheme == "https", parts.hostname, parts.port, path, credentials)

    @property
    def shown(self) -> str:
        """The address without its credentials."""
        scheme = "https" if self.secure else "http"
        return f"{scheme}://{self.host}:{self.port or ''}{self.path}"


def ask(
    address: Address, method: str, path: str, body: bytes | None, most_bytes: int, until: float
) -> bytes:
    """The body of an answer with status 200 and media type JSON.

    path: below the address's. until: of the monotonic clock. Raises UnusableError for anything else.
    """
    left = until - time.monotonic()
    if left <= 0:
        raise UnusableError
    if address.secure:
        context = ssl.create_default_context()
        connection: HTTPConnection = HTTPSConnection(
            address.host, address.port, timeout=left, context=context
        )
    else:
        connection = HTTPConnection(address.host, address.port, timeout=left)
    with ExitStack() as closing:
        closing.callback(connection.close)
        try:
            connection.connect()
            # A server that sends a byte now and then keeps within every timeout of the socket.
            end = Timer(max(0.0, until - time.monotonic()), _hang_up, (connection.sock,))
            end.daemon = True
            end.start()
            closing.callback(end.cancel)
            headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
            if address.credentials is not None:
                headers["Authorization"] = f"Basic {address.credentials}"
            if body is not None:
                headers["Content-Type"] = "application/json"
            connection.request(method, address.path + path, body, headers)
            answer = closing.enter_context(connection.getresponse())
            return _body(answer, most_bytes, until)
        except (OSError, HTTPException, ValueError):
            raise UnusableError from None


def _body(answer: HTTPResponse, most_bytes: int, until: float) -> bytes:
    coding = answer.headers.get("Content-Encoding", "identity")
    if answer.status != 200 or coding != "identity":
        raise UnusableError
    if answer.headers.get_content_type() != "application/json":
        raise UnusableError
    received = bytearray()
    while chunk := answer.read(_CHUNK):
        received += chunk
        if len(received) > most_bytes:
            raise UnusableError
    if time.monotonic() > until:
        raise UnusableError  # cut off
    return bytes(received)


def _hang_up(connected: socket.socket) -> None:
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)
