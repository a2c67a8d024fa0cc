"""Accounts and tokens given, changed and taken: what command line, interface and pages do with them.

Every rule about them is here, and every act's line in the audit. `by`: who does it; None: the command
line, at the machine of the database, which may do everything. Whoever else gives only what is theirs.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.model import InputError, Problem
from service.access import accounts, audit, invitations, tokens
from service.access.caller import Caller
from service.access.roles import AccountRole
from service.access.tables import AccountRow, TokenRow
from service.problems import ServiceError

WITH_AREAS = (AccountRole.COORDINATOR, AccountRole.VIEWER)
"""The roles of accounts that may be for some areas only."""
MOST_ID_LETTERS = 200


@dataclass(frozen=True)
class AccountWish:
    """What an account is to be for. areas: None: every area."""

    role: AccountRole | None
    areas: Collection[str] | None = None
    private: bool = False
    person: str | None = None


@dataclass(frozen=True)
class TokenWish:
    """What a token is to give of its account's rights. role: None: the account's; areas: None: all that it has."""

    title: str = ""
    role: AccountRole | None = None
    areas: Collection[str] | None = None
    private: bool = False
    days: int = 90


def ensure_whole(by: Caller | None) -> None:
    """Refuse who is for some areas only: accounts are the whole installation's. Raises ServiceError."""
    if by is not None and by.areas is not None:
        raise ServiceError("not_whole")


def account_of(session: Session, by: Caller | None, id: str) -> AccountRow:
    """An account by its id. Raises ServiceError where there is none, or it is not for the caller."""
    ensure_whole(by)
    row = session.get(AccountRow, id)
    if row is None:
        raise ServiceError("account_not_found", id=id)
    return row


def add(
    session: Session, by: Caller | None, name: str, wish: AccountWish
) -> tuple[AccountRow, str]:
    """A new account, and the secret of the link by which its password is set.

    Raises InputError with all that is wrong, and ServiceError.
    """
    ensure_whole(by)
    faults = [*_name_faults(session, name), *_faults(by, wish, None), *_first(session, by, wish)]
    role = _sound(faults, wish)
    row = accounts.add(
        session, name, role, areas=wish.areas, private=wish.private, person=wish.person
    )
    _note(session, by, "user_add", row)
    return row, invitations.add(session, row)


def change(session: Session, by: Caller | None, row: AccountRow, wish: AccountWish) -> None:
    """Give an account other rights; it is signed out everywhere. Raises InputError and ServiceError."""
    ensure_whole(by)
    role = _sound(list(_faults(by, wish, row)), wish)
    _note(session, by, "user_change", row, role)
    if role is not AccountRole.ADMINISTRATOR:
        _ensure_another(session, row)
    accounts.change(session, row, role, areas=wish.areas, private=wish.private, person=wish.person)


def disable(session: Session, by: Caller | None, row: AccountRow) -> None:
    """Let nobody sign in by an account until it is enabled; its links are void. Raises ServiceError."""
    ensure_whole(by)
    _note(session, by, "user_disable", row)
    _ensure_another(session, row)
    if row.disabled is None:
        accounts.disable(session, row)


def enable(session: Session, by: Caller | None, row: AccountRow) -> None:
    """Let an account be used again, as it was. Raises ServiceError."""
    ensure_whole(by)
    _note(session, by, "user_enable", row)
    row.disabled = None


def remove(session: Session, by: Caller | None, row: AccountRow) -> None:
    """Forget an account with its sessions, links and tokens; the audit still names it. Raises ServiceError."""
    ensure_whole(by)
    _note(session, by, "user_remove", row)
    if not _others(session, row):
        raise ServiceError("last_administrator")
    session.delete(row)
    session.flush()


def reset(session: Session, by: Caller | None, row: AccountRow) -> str:
    """The secret of a new link to set the password; the old one is void, and the account signed out.

    Raises ServiceError, also where it would give rights that are not the caller's own.
    """
    ensure_whole(by)
    if row.disabled is not None:
        raise ServiceError("account_disabled", name=row.name)
    if by is not None and row.private and not by.private:
        raise ServiceError("not_yours_to_give")
    _note(session, by, "user_password", row)
    if by is not None:
        _ensure_another(session, row)
    row.password = None
    accounts.end_sessions(session, row.id)
    return invitations.add(session, row)


def set_own_password(session: Session, row: AccountRow, password: str) -> None:
    """Give an account the password that its owner chose; it is signed out everywhere. password: its hash."""
    row.password = password
    invitations.void(session, row)
    accounts.end_sessions(session, row.id)
    audit.record(session, accounts.caller(row), "set_password")


def add_token(
    session: Session, by: Caller | None, account: AccountRow, wish: TokenWish, id: str | None = None
) -> tuple[TokenRow, str]:
    """A token of an account, and its secret, which is shown now and never again.

    id: of its own, so that a form that is sent twice makes one. Raises InputError and ServiceError.
    """
    ensure_whole(by)
    if account.disabled is not None:
        raise ServiceError("account_disabled", name=account.name)
    if id is not None and session.get(TokenRow, id) is not None:
        raise ServiceError("token_made")
    if faults := list(_token_faults(by, account, wish)):
        raise InputError(faults)
    row, secret = tokens.add(
        session,
        account,
        wish.title.strip(),
        wish.role or AccountRole(account.role),
        days=wish.days,
        areas=wish.areas,
        private=wish.private,
        id=id,
    )
    _note(session, by, "token_add", account, token=row.id)
    return row, secret


def revoke_token(session: Session, by: Caller | None, id: str) -> None:
    """End a token. Raises ServiceError where there is none that has not been ended."""
    ensure_whole(by)
    if not tokens.revoke(session, id):
        raise ServiceError("token_not_found", id=id)
    row = session.get_one(TokenRow, id)
    _note(session, by, "token_revoke", account_of(session, by, row.account_id), token=id)


def _note(
    session: Session,
    by: Caller | None,
    operation: str,
    row: AccountRow,
    role: AccountRole | None = None,
    token: str | None = None,
) -> None:
    """Write an act into the audit. Its writers wait for each other, so that what follows sees what they did."""
    purpose = f"{row.name} {role or row.role}"
    audit.record(session, by, operation, who=row.name, purpose=purpose, token=token)
    session.refresh(row)


def _others(session: Session, row: AccountRow) -> int:
    """How many other administrators can sign in."""
    return (
        session.scalar(
            select(func.count()).where(
                AccountRow.id != row.id,
                AccountRow.role == AccountRole.ADMINISTRATOR,
                AccountRow.disabled.is_(None),
                AccountRow.password.is_not(None),
            )
        )
        or 0
    )


def _ensure_another(session: Session, row: AccountRow) -> None:
    """Refuse what would leave nobody who gives accounts. Raises ServiceError."""
    administers = row.role == AccountRole.ADMINISTRATOR and row.disabled is None
    if administers and not _others(session, row):
        raise ServiceError("last_administrator")


def _sound(faults: list[Problem], wish: AccountWish) -> AccountRole:
    """The role of a wish without faults. Raises InputError."""
    if faults or wish.role is None:
        raise InputError(faults)
    return wish.role


def _name_faults(session: Session, name: str) -> Iterator[Problem]:
    if not name.strip() or not name.isprintable():
        yield _fault("account_name_needed", "name")
    elif len(name) > accounts.MOST_LETTERS:
        yield _fault("account_name_long", "name", most=accounts.MOST_LETTERS)
    elif accounts.named(session, name) is not None:
        yield _fault("account_taken", "name", name=accounts.spelt(name))


def _first(session: Session, by: Caller | None, wish: AccountWish) -> Iterator[Problem]:
    """Nobody could give accounts any more, where the first one were no administrator's."""
    other = wish.role not in (None, AccountRole.ADMINISTRATOR)
    if by is not None and other and not accounts.exist(session):
        yield _fault("account_first", "role")


def _faults(by: Caller | None, wish: AccountWish, row: AccountRow | None) -> Iterator[Problem]:
    """What is wrong with the rights that an account is to have. row: that has others now; None: a new one."""
    if wish.role is None:
        yield _fault("account_role_needed", "role", known=", ".join(AccountRole))
    elif (wish.person is not None) != (wish.role is AccountRole.WORKER):
        worker = wish.role is AccountRole.WORKER
        yield _fault("account_person_needed" if worker else "account_person_unwanted", "person")
    if wish.person is not None and not _is_id(wish.person):
        yield _fault("account_not_an_id", "person", most=MOST_ID_LETTERS)
    if wish.areas is not None and wish.role is not None and wish.role not in WITH_AREAS:
        yield _fault("account_areas_unwanted", "areas", role=wish.role)
    yield from _area_faults(wish.areas)
    gives = wish.private and not (row is not None and row.private)
    if by is not None and gives and not by.private:
        yield _fault("account_private_not_yours", "private")


def _token_faults(by: Caller | None, account: AccountRow, wish: TokenWish) -> Iterator[Problem]:
    may = accounts.part_of(AccountRole(account.role))
    if wish.role is not None and wish.role not in may:
        yield _fault("token_no_part", "role", role=account.role, wanted=wish.role)
    yield from _area_faults(wish.areas)
    if wish.private and not account.private:
        yield _fault("token_not_private", "private", name=account.name)
    elif wish.private and by is not None and not by.private:
        yield _fault("account_private_not_yours", "private")
    if not 1 <= wish.days <= tokens.MOST_DAYS:
        yield _fault("token_days", "days", most=tokens.MOST_DAYS)
    if len(wish.title) > MOST_ID_LETTERS or not wish.title.isprintable():
        yield _fault("token_title", "title", most=MOST_ID_LETTERS)


def _area_faults(areas: Collection[str] | None) -> Iterator[Problem]:
    if areas is not None and not areas:
        yield _fault("account_areas_empty", "areas")
    elif not all(map(_is_id, areas or ())):
        yield _fault("account_not_an_id", "areas", most=MOST_ID_LETTERS)


def _is_id(text: str) -> bool:
    return bool(text.strip()) and text.isprintable() and len(text) <= MOST_ID_LETTERS


def _fault(code: str, field: str, **slots: object) -> Problem:
    told = {name: str(value) for name, value in slots.items()}
    return Problem(code=code, pointer=f"/{field}", slots=told)
