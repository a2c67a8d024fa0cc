"""Whether a service may listen where others than this machine's users can reach it."""

from scheduler.model import InputError, Problem
from service.settings import LOOPBACK, ServiceSettings


def check_exposed(settings: ServiceSettings) -> None:
    """Raise InputError where what an open address needs is missing: names that it is reached by."""
    if settings.host in LOOPBACK:
        return
    if not set(settings.allowed_hosts) - set(LOOPBACK):
        raise InputError([Problem(code="settings_no_allowed_host", pointer="--allowed-host")])
