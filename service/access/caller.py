"""Who asks. Routes get it by `Asking`; what a caller may do is told by the table of rights alone."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from service.access.roles import AccountRole
from service.problems import ServiceError


@dataclass(frozen=True)
class Caller:
    """An account, as it stands at this request.

    account: its id; None where nobody has to sign in (an installation on loopback without accounts).
    areas: ids of the areas it is for, with all below them; None: every area.
    private: whether it may read private cases as they are.
    person: of a worker: the person's id in the weeks.
    week: of a private link: id of the only week that it is for.
    token: id of the API token that it came with, for the audit.
    """

    account: str | None
    name: str
    role: AccountRole
    areas: frozenset[str] | None = None
    private: bool = False
    person: str | None = None
    token: str | None = field(default=None, compare=False)
    week: str | None = None


LOCAL = Caller(None, "local", AccountRole.ADMINISTRATOR, private=True)
"""Anybody at this machine, where nobody has to sign in."""


async def _caller(request: Request) -> Caller:
    caller: Caller | None = request.state.caller
    if caller is None:
        raise ServiceError("sign_in_needed")
    return caller


Asking = Annotated[Caller, Depends(_caller)]
