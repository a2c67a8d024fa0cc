"""Where nobody has to sign in: on loopback alone, until there is an account."""

from collections.abc import Collection

from service.settings import LOOPBACK, ServiceSettings

HEADER = "Lianxin-Mode"


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    return host in LOOPBACK


def may_be_open(settings: ServiceSettings) -> bool:
    """Whether an installation without accounts lets everybody in.

    Not behind a proxy, through which others may reach loopback, nor under any name but loopback's.
    """
    return (
        bool(settings.allowed_hosts)
        and set(settings.allowed_hosts) <= set(LOOPBACK)
        and not settings.proxies
    )


def refusals(
    host: str, allowed: Collection[str], settings: ServiceSettings, accounts: bool
) -> list[str]:
    """Why the service may not listen on an address: keys below ``service.refusal``; none where it may.

    allowed: names that requests may be for. accounts: whether there is any account.
    """
    missing = []
    if not accounts and not (is_loopback(host) and may_be_open(settings)):
        missing.append("no_account")
    if not allowed and not is_loopback(host):
        missing.append("no_host")
    return missing
