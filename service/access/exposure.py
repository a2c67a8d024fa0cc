"""Where nobody has to sign in, and what a service needs that others than this machine's users can reach.

Open mode: on loopback, under loopback's names, not behind a proxy, as long as there is no account.
"""

from scheduler.model import InputError, Problem
from service.access import accounts
from service.migrate import migrate
from service.settings import LOOPBACK, ServiceSettings
from service.store import Store

HEADER = "Lianxin-Mode"
"""Says ``open`` on every answer where nobody has to sign in."""


def may_be_open(settings: ServiceSettings) -> bool:
    """Whether everybody is let in while there are no accounts."""
    names = set(settings.allowed_hosts)
    return (
        settings.host in LOOPBACK and bool(names) and names <= {*LOOPBACK} and not settings.proxies
    )


def check_exposed(settings: ServiceSettings) -> None:
    """Raise InputError where what an open address needs is missing: an account; names that it is reached by."""
    problems = []
    if not may_be_open(settings) and not any_account(settings):
        problems.append(Problem(code="settings_no_account", **_reached(settings)))
    if settings.host not in LOOPBACK and not set(settings.allowed_hosts) - set(LOOPBACK):
        problems.append(Problem(code="settings_no_allowed_host", pointer="--allowed-host"))
    if problems:
        raise InputError(problems)


def _reached(settings: ServiceSettings) -> dict[str, str]:
    """The setting by which others reach the service, and its value."""
    if settings.host not in LOOPBACK:
        return {"pointer": "--host", "value": settings.host}
    if settings.proxies:
        return {"pointer": "/proxies", "value": ", ".join(settings.proxies)}
    return {"pointer": "--allowed-host", "value": ", ".join(settings.allowed_hosts)}


def any_account(settings: ServiceSettings) -> bool:
    """Whether there is an account, so that everybody has to sign in."""
    migrate(settings)
    store = Store.of(settings)
    try:
        with store.session() as session:
            return accounts.exist(session)
    finally:
        store.close()
