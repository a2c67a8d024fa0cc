"""``lianxin user`` and ``lianxin token``: accounts and tokens, on the machine of the database."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from scheduler.cli.ending import BAD_INPUT, orderly
from scheduler.cli.options import Lang
from scheduler.cli.talk import Talk, helped, printable
from service.access.roles import AccountRole
from service.commands.serving import Config, Data, installed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from service.access.tables import AccountRow, TokenRow
    from service.settings import ServiceSettings


class UserAction(StrEnum):
    """What is done with accounts."""

    ADD = "add"
    LIST = "list"
    CHANGE = "change"
    PASSWORD = "password"
    DISABLE = "disable"


class TokenAction(StrEnum):
    """What is done with tokens."""

    ADD = "add"
    LIST = "list"
    REVOKE = "revoke"


Name = Annotated[
    str | None, typer.Argument(metavar="NAME", help=helped("user_name"), show_default=False)
]
RoleOption = Annotated[
    AccountRole | None, typer.Option("--role", help=helped("user_role"), show_default=False)
]
Areas = Annotated[
    str | None, typer.Option("--areas", help=helped("user_areas"), show_default=False)
]


def user(
    lang: Lang,
    action: Annotated[
        UserAction, typer.Argument(metavar="|".join(UserAction), help=helped("user_action"))
    ],
    name: Name = None,
    role: RoleOption = None,
    areas: Areas = None,
    private: Annotated[bool, typer.Option("--private", help=helped("user_private"))] = False,
    person: Annotated[
        str | None, typer.Option("--person", help=helped("user_person"), show_default=False)
    ] = None,
    config: Config = None,
    data: Data = None,
) -> None:
    """Make and change accounts."""
    talk = Talk(lang)
    with installed(talk), orderly(talk, config):
        if action is UserAction.LIST:
            with _opened(config, data) as (session, _):
                rows = _account_lines(talk, session)
            return _print_table(talk, "user.heads", rows)
        with _opened(config, data) as (session, settings):
            known = _account(talk, session, action, name)
            if known is None or action is UserAction.CHANGE:
                row = _with_rights(talk, session, known, str(name), role, areas, private, person)
            else:
                row = known
            secret = _acted(session, action, row)
        if secret:
            talk.tell("user.link", name=row.name, hours=24)
            talk.out.print(_link(settings, secret), soft_wrap=True)
        else:
            talk.tell(f"user.done.{action}", name=row.name)
    return None


def _account(
    talk: Talk, session: "Session", action: UserAction, name: str | None
) -> "AccountRow | None":
    """The account that is meant: None of one to add."""
    from service.access import accounts

    if name is None or not name.strip() or not name.isprintable():
        _refuse(talk, "user.name_needed")
    if len(name) > accounts.MOST_LETTERS:
        _refuse(talk, "user.name_too_long", most=accounts.MOST_LETTERS)
    row = accounts.named(session, name)
    if action is UserAction.ADD and row is not None:
        _refuse(talk, "user.taken", name=row.name)
    if action is not UserAction.ADD and row is None:
        _refuse(talk, "user.unknown", name=name)
    return row


def _with_rights(
    talk: Talk,
    session: "Session",
    row: "AccountRow | None",
    name: str,
    role: AccountRole | None,
    areas: str | None,
    private: bool,
    person: str | None,
) -> "AccountRow":
    """The account with these rights: changed, or added where there is none."""
    from service.access import accounts

    if role is None:
        _refuse(talk, "user.role_needed", known=", ".join(AccountRole))
    if (person is not None) != (role is AccountRole.WORKER):
        _refuse(talk, "user.person_of_worker")
    if areas is not None and role not in (AccountRole.COORDINATOR, AccountRole.VIEWER):
        _refuse(talk, "user.no_areas", role=role)
    within = _split(areas)
    if within is not None and not within:
        _refuse(talk, "user.empty_areas")
    if row is None:
        return accounts.add(session, name, role, areas=within, private=private, person=person)
    accounts.change(session, row, role, areas=within, private=private, person=person)
    return row


def _acted(session: "Session", action: UserAction, row: "AccountRow") -> str:
    """Do what is left to do, and note it; the secret of a link, where one is made."""
    from service.access import accounts, audit, invitations

    if action is UserAction.DISABLE:
        accounts.disable(session, row)
    audit.record(session, None, f"user_{action}", who=row.name, purpose=row.role)
    linked = action in (UserAction.ADD, UserAction.PASSWORD) and row.disabled is None
    return invitations.add(session, row) if linked else ""


def _account_lines(talk: Talk, session: "Session") -> list[tuple[str, ...]]:
    from service.access import accounts

    def state(row: "AccountRow") -> str:
        if row.disabled is not None:
            return talk.word("user.disabled")
        return talk.word("user.active" if row.password else "user.no_password")

    return [
        (
            printable(row.name),
            row.role,
            talk.word("user.every") if row.areas is None else ", ".join(row.areas),
            row.person or "",
            talk.word("user.yes") if row.private else "",
            state(row),
        )
        for row in accounts.everyone(session)
    ]


def token(
    lang: Lang,
    action: Annotated[
        TokenAction, typer.Argument(metavar="|".join(TokenAction), help=helped("token_action"))
    ],
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=helped("token_name"), show_default=False)
    ] = None,
    title: Annotated[str, typer.Option("--title", help=helped("token_title"))] = "",
    role: RoleOption = None,
    areas: Areas = None,
    private: Annotated[bool, typer.Option("--private", help=helped("token_private"))] = False,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help=helped("token_days"))] = 90,
    config: Config = None,
    data: Data = None,
) -> None:
    """Make and revoke tokens for programs."""
    talk = Talk(lang)
    with installed(talk), orderly(talk, config):
        if action is TokenAction.LIST:
            with _opened(config, data) as (session, _):
                rows = _token_lines(talk, session)
            return _print_table(talk, "token.heads", rows)
        if not name:
            _refuse(talk, "token.name_needed")
        if action is TokenAction.REVOKE:
            with _opened(config, data) as (session, _):
                _revoke(talk, session, name)
            talk.tell("token.revoked", id=name)
        else:
            with _opened(config, data) as (session, _):
                row, secret = _new_token(talk, session, name, title, role, areas, private, days)
            talk.tell("token.added", name=name, role=row.role, until=_day(row.ends))
            talk.out.print(secret, soft_wrap=True)
    return None


def _new_token(
    talk: Talk,
    session: "Session",
    name: str,
    title: str,
    role: AccountRole | None,
    areas: str | None,
    private: bool,
    days: int,
) -> tuple["TokenRow", str]:
    from service.access import accounts, audit, tokens

    account = accounts.named(session, name)
    if account is None or account.disabled is not None:
        _refuse(talk, "user.unknown", name=printable(name))
    may = accounts.part_of(AccountRole(account.role))
    if role is not None and role not in may:
        _refuse(talk, "token.no_part", role=account.role, wanted=role)
    if private and not account.private:
        _refuse(talk, "token.not_private", name=account.name)
    row, secret = tokens.add(
        session, account, title, role or may[0], days=days, areas=_split(areas), private=private
    )
    audit.record(session, None, "token_add", who=account.name, token=row.id)
    return row, secret


def _revoke(talk: Talk, session: "Session", id: str) -> None:
    from service.access import audit, tokens

    if not tokens.revoke(session, id):
        _refuse(talk, "token.unknown", id=printable(id))
    audit.record(session, None, "token_revoke", token=id)


def _token_lines(talk: Talk, session: "Session") -> list[tuple[str, ...]]:
    from service.access import tokens

    def state(row: "TokenRow") -> str:
        if row.revoked is not None:
            return talk.word("token.is_revoked")
        return talk.word("token.ended" if row.ends <= time.time() else "user.active")

    return [
        (
            row.id,
            printable(name),
            printable(row.title),
            row.role,
            talk.word("user.every") if row.areas is None else ", ".join(row.areas),
            talk.word("user.yes") if row.private else "",
            _day(row.ends),
            state(row),
        )
        for row, name in tokens.everyone(session)
    ]


@contextmanager
def _opened(config: Config, data: Data) -> Iterator[tuple["Session", "ServiceSettings"]]:
    """One transaction on the installation's database, which is made where it is missing."""
    from service.configuration import read_settings
    from service.migrate import migrate
    from service.store import Store

    settings = read_settings(config, data_dir=data)
    migrate(settings)
    store = Store.of(settings)
    try:
        with store.session() as session:
            yield session, settings
    finally:
        store.close()


def _refuse(talk: Talk, key: str, **slots: object) -> NoReturn:
    talk.warn(key, **slots)
    raise typer.Exit(BAD_INPUT)


def _split(areas: str | None) -> list[str] | None:
    return None if areas is None else [area.strip() for area in areas.split(",") if area.strip()]


def _link(settings: "ServiceSettings", secret: str) -> str:
    """Where a password is set: the secret stands after #, which no browser sends."""
    return f"{settings.address}/welcome#{secret}"


def _print_table(talk: Talk, heads: str, rows: list[tuple[str, ...]]) -> None:
    from scheduler.cli.tables import PlainTable

    table = PlainTable(*talk.word(heads).split(" / "), ids=(0,))
    for row in rows:
        table.add_row(*row)
    talk.out.print(table)


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().date().isoformat()
