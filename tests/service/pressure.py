"""Clients that press a service, and what its processes hold meanwhile."""

import socket
from contextlib import suppress
from pathlib import Path

from service.settings import MEGABYTE
from tests.service.conftest import http_client
from tests.service.puppets import name_of, parent_of

MOST_RESIDENT = 600 * MEGABYTE


def unharmed(service):
    """A client of a service that is well afterwards, and took little memory."""
    with http_client(f"{service.url}/v1") as client:
        yield client
    assert service.http.get("/health").status_code == 200
    assert resident(service.process.pid, "VmHWM") < MOST_RESIDENT


def resident(pid, field="VmRSS"):
    """Bytes of memory that a process has, or had at most (VmHWM)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    raise AssertionError


def below(pid):
    """The processes below a process, by how they were started."""
    children = [
        int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ]
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError):
            children += [int(child) for child in (thread / "children").read_text().split()]
    return sorted(set(children)) + [one for child in set(children) for one in below(child)]


def answerers(service):
    """Process ids of those that answer for the web process, not of the one that forks them."""
    found = []
    for pid in below(service.process.pid):
        with suppress(OSError):
            if name_of(pid) == name_of(parent_of(pid)) == "answering":
                found.append(pid)
    return found


def raw(service, said=b""):
    """A connection that has sent something."""
    connection = socket.create_connection(("127.0.0.1", service.settings.port), timeout=120)
    connection.sendall(said)
    return connection


def is_cut(connection):
    """Whether the other side ends a connection on which nothing more is sent."""
    with connection, suppress(ConnectionError):
        while connection.recv(65536):
            pass
    return True
