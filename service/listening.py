"""The address at which the service listens, taken before it begins, so that it is told only where it is had."""

import errno
import socket

from scheduler.model import InputError, Problem
from service.settings import ServiceSettings


def listen(settings: ServiceSettings, *, elsewhere: bool = False) -> socket.socket:
    """A socket that listens at the installation's address.

    elsewhere: where another program has its port, at any that is free. Raises InputError where the
    address cannot be had.
    """
    try:
        return _at(settings.host, settings.port)
    except OSError as error:
        if elsewhere and error.errno == errno.EADDRINUSE:
            return _at(settings.host, 0)
        raise InputError([_fault(settings, error)]) from None


def _at(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.create_server((host, port), family=family)
    # What it accepts has it too. Else an answer's second part waits for the client to say that it has the
    # first, 40 ms; asyncio sees to it only for sockets that say that they are TCP, and this one does not.
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _fault(settings: ServiceSettings, error: OSError) -> Problem:
    if error.errno == errno.EADDRINUSE:
        return Problem(code="settings_port_taken", pointer="--port", value=str(settings.port))
    slots = {"port": str(settings.port), "reason": error.strerror or ""}
    return Problem(code="settings_no_listening", pointer="--host", value=settings.host, slots=slots)
