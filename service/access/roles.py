"""What accounts are for; what each may do stands in `service.access.rules`."""

from enum import StrEnum


class AccountRole(StrEnum):
    """What an account is for."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    WORKER = "worker"
    VIEWER = "viewer"
    MONITOR = "monitor"
    """A program that watches over the service: figures of the whole installation, and nothing that they are of."""
