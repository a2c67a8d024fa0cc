"""What accounts are for; what each may do stands in `service.access.rules`."""

from enum import StrEnum


class AccountRole(StrEnum):
    """What an account is for."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    WORKER = "worker"
    VIEWER = "viewer"
