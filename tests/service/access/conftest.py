"""A service with accounts, and clients that sign in as them."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import select

from service.access import accounts, tokens
from service.access.audit import AuditRow
from service.access.roles import AccountRole
from service.store import Store
from tests.service.conftest import Service, http_client

PASSWORD = "three herons on the ice"
RIGHTS = {
    "administrator": {"private": True},
    "coordinator": {"areas": ["grid-1"]},
    "worker": {"person": "worker-03"},
    "viewer": {},
    "monitor": {},
}


class Office:
    """A service with an account of each role, each named as its role, with one password."""

    def __init__(self, service: Service):
        self.service = service
        self.store = Store.of(service.settings)
        self.secrets: dict[str, str] = {}
        quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64),)).hash(PASSWORD)
        with self.store.session() as session:
            for role, rights in RIGHTS.items():
                row = accounts.add(session, role, AccountRole(role), **rights)
                row.password = quick
                token = tokens.add(session, row, "test", AccountRole(role), days=1, private=True)
                self.secrets[role] = token[1]

    def client(self, who: str = "nobody") -> httpx2.Client:
        """A program with the token of a role; "nobody" has none."""
        secret = self.secrets.get(who)
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        return http_client(self.service.url, headers=headers)

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> httpx2.Response:
        """The answer to the form."""
        with self.client() as client:
            return client.post("/sign-in", data={"name": name, "password": password, **more})


@pytest.fixture(scope="session")
def office(make_shared_service: Callable[..., Service]) -> Iterator[Office]:
    office = Office(make_shared_service())
    yield office
    office.store.close()


@pytest.fixture(scope="session")
def as_account(office):
    """Makes clients of accounts with some rights."""

    made = []

    def make(name: str, role: AccountRole, **rights: Any):
        with office.store.session() as session:
            row = accounts.add(session, name, role, **rights)
            _, secret = tokens.add(session, row, "t", role, days=1, private=True)
        office.secrets[name] = secret
        made.append(office.client(name))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture(scope="session")
def plain(as_account):
    """A coordinator of everything without the right to private cases."""
    return as_account("plain", AccountRole.COORDINATOR)


@pytest.fixture(scope="session")
def cleared(as_account):
    """One who has the right."""
    return as_account("cleared-one", AccountRole.COORDINATOR, private=True)


@pytest.fixture(scope="session")
def east(as_account):
    """A coordinator of one area."""
    return as_account("east-one", AccountRole.COORDINATOR, areas=["east"])


def outcomes(office, who):
    """(operation, outcome) of the audit, of one name, oldest first."""
    with office.store.session() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.who == who).order_by(AuditRow.id))
        return [(row.operation, row.outcome) for row in rows]
