"""Webhooks: an address of another system is told when a job ends, by ids only, signed, until it takes it.

What is sent is a POST of JSON with the headers ``Lianxin-Delivery`` (its id, the same for each attempt),
``Lianxin-Event`` and ``Lianxin-Signature: t=SECONDS,v1=HEX``: the HMAC-SHA256 under the webhook's secret
of the seconds since 1970, a full stop and the body (as Stripe and Svix do it).
"""

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

from service.settings import LOOPBACK, ServiceSettings
from service.store import Store, clock, webhooks
from service.store.webhooks import DeliveryRow, WebhookRow

DEADLINE_SECONDS = 8.0
"""For connecting, sending and the status line together."""
FIRST_WAIT_SECONDS = 10.0
MOST_WAIT_SECONDS = 6 * 3600.0
MOST_ATTEMPTS = 12
"""With waits of 10 s, 40 s, 160 s … 6 h: for about two days."""
_AT_ONCE = 8
_MOST_URL = 2000
_PORTS = {"http": 80, "https": 443}


def allowed(url: str, hosts: Sequence[str]) -> bool:
    """Whether an installation sends to an address.

    hosts: ``name`` (ports 80 and 443) or ``name:port``; of the same form as in the address.
    """
    parts = _parts(url)
    if parts is None:
        return False
    port = parts.port or _PORTS[parts.scheme]
    host = str(parts.hostname)
    named = f"[{host}]" if ":" in host else host
    usual = port == _PORTS[parts.scheme]
    return f"{named}:{port}" in hosts or (usual and (named in hosts or host in hosts))


def _parts(url: str) -> SplitResult | None:
    """An address's parts; None for one that is not plain http(s)://host[:port]/path[?query] in ASCII."""
    if not (url.isascii() and url.isprintable()) or " " in url or len(url) > _MOST_URL:
        return None
    if "\\" in url or "#" in url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    sound = parts.scheme in _PORTS and parts.hostname and "@" not in parts.netloc and port != 0
    return parts if sound else None


def signature(secret: str, seconds: int, body: bytes) -> str:
    """The signature of a body sent at a time (seconds since 1970), in hexadecimal digits."""
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


def deliver(store: Store, settings: ServiceSettings) -> int:
    """Enter what has ended and send what is due, once; how many were taken.

    A duty of one worker at a time. A receiver's fault raises nothing and costs `DEADLINE_SECONDS` at most.
    """
    with store.session() as session:
        if not webhooks.all_rows(session):
            return 0
        webhooks.enter_ended(session)
    with store.session() as session:
        due = webhooks.due(session, _AT_ONCE)
    if not due:
        return 0
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        outcomes = list(
            pool.map(lambda pair: _attempt(pair[0], pair[1], settings.webhook_hosts), due)
        )
    taken = 0
    with store.session() as session:
        now = clock.now(session)
        for (delivery, _), outcome in zip(due, outcomes, strict=True):
            webhooks.tried(session, delivery.id, **after_attempt(delivery, outcome, now))
            taken += _is_taken(outcome)
    return taken


def _is_taken(outcome: str) -> bool:
    return len(outcome) == 3 and outcome.startswith("2")


def after_attempt(delivery: DeliveryRow, outcome: str, now: float) -> dict[str, Any]:
    """What is stored of an attempt made `now` (seconds since 1970): when to try again, or that it was the last."""
    attempts = delivery.attempts + 1
    values: dict[str, Any] = {"attempts": attempts, "outcome": outcome, "due": None}
    if _is_taken(outcome):
        return values | {"delivered": now}
    if attempts < MOST_ATTEMPTS:
        wait = min(FIRST_WAIT_SECONDS * 4 ** (attempts - 1), MOST_WAIT_SECONDS)
        values["due"] = now + wait
    return values


def _attempt(delivery: DeliveryRow, webhook: WebhookRow, hosts: Sequence[str]) -> str:
    """Send a delivery; the status it was answered with, or the kind of failure."""
    if not allowed(webhook.url, hosts):
        return "host_not_allowed"
    body = _body(delivery)
    seconds = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "lianxin",
        "Lianxin-Delivery": delivery.id,
        "Lianxin-Event": delivery.event,
        "Lianxin-Signature": f"t={seconds},v1={signature(webhook.secret, seconds, body)}",
    }
    return post_within(DEADLINE_SECONDS, webhook.url, body, headers)


def _body(delivery: DeliveryRow) -> bytes:
    return json.dumps(
        {
            "id": delivery.id,
            "event": delivery.event,
            "job_id": delivery.job_id,
            "instance_id": delivery.instance_id,
            "created_at": datetime.fromtimestamp(delivery.created, UTC).isoformat(),
        }
    ).encode()


class NearAddressError(OSError):
    """A name leads to this machine or its own wire."""


class _HookLine(http.client.HTTPConnection):
    """A connection to a host.

    Whoever allows a name trusts who keeps it with another machine, and not with this one, whose own services let
    in whom they take for local: that is reached by its address or as localhost alone.
    """

    def connect(self) -> None:
        """Connect. Raises NearAddressError, and OSError where nobody answers."""
        addresses = [self.host] if _is_address(self.host) else _far(self.host, self.port)
        for number, address in enumerate(addresses, 1):
            try:
                self.sock = socket.create_connection((address, self.port), self.timeout)
                return
            except OSError:
                if number == len(addresses):
                    raise


class _HookTlsLine(http.client.HTTPSConnection, _HookLine):
    """The same by TLS, for which the name counts."""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host in LOOPBACK
    return True


def _far(host: str, port: int) -> list[str]:
    """The addresses of a name, looked up once, without those of this machine and its own wire."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    far = [address for *_, (address, *_) in found if not _is_near(str(address))]
    if not far:
        raise NearAddressError(host)
    return [str(address) for address in far]


def _is_near(address: str) -> bool:
    known = ipaddress.ip_address(address.partition("%")[0])
    known = getattr(known, "ipv4_mapped", None) or known
    return known.is_loopback or known.is_link_local or known.is_unspecified or known.is_multicast


def post_within(seconds: float, url: str, body: bytes, headers: dict[str, str]) -> str:
    """Send in a thread that is left behind where it takes too long: also a slow name server ends in time."""
    parts = urlsplit(url)
    kinds = {"http": _HookLine, "https": _HookTlsLine}
    connection = kinds[parts.scheme](str(parts.hostname), parts.port, timeout=seconds)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    outcome = ["timeout"]

    def send() -> None:
        # No redirect is followed, no proxy of the environment used, nothing after the headers read.
        try:
            connection.request("POST", target, body, headers)
            outcome[0] = str(connection.getresponse().status)
        except (OSError, http.client.HTTPException, ValueError) as error:
            outcome[0] = type(error).__name__
        finally:
            connection.close()

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    thread.join(seconds)
    told = outcome[0]
    if thread.is_alive() and (line := connection.sock) is not None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
    return told
