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
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from service.access.managing import AccountWish
    from service.access.tables import AccountRow, TokenRow
    from service.settings import ServiceSettings


class UserAction(StrEnum):
    """What is done with accounts."""

    ADD = "add"
    LIST = "list"
    CHANGE = "change"
    PASSWORD = "password"
    DISABLE = "disable"
    ENABLE = "enable"
    REMOVE = "remove"


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
            with _opened(talk, config, data) as (session, _):
                rows = _account_lines(talk, session)
            return _print_table(talk, "user.heads", rows)
        from service.access import accounts
        from service.access.managing import AccountWish

        wish = AccountWish(role, _split(areas), private, person)
        with _opened(talk, config, data) as (session, settings):
            known = accounts.named(session, name or "")
            if known is None and action is not UserAction.ADD:
                _refuse(talk, "user.unknown", name=printable(name or ""))
            told, secret = _acted(session, action, name or "", known, wish)
            strange = _unknown_areas(session, wish.areas or ())
        if strange:
            talk.warn("user.no_such_area", areas=", ".join(map(printable, strange)))
        if secret:
            talk.tell("user.link", name=told, hours=24)
            talk.out.print(_link(settings, secret, told), soft_wrap=True)
        else:
            talk.tell(f"user.done.{action}", name=told)
    return None


def _acted(
    session: "Session",
    action: UserAction,
    name: str,
    row: "AccountRow | None",
    wish: "AccountWish",
) -> tuple[str, str]:
    """Do it; the account's name, and the secret of a link where one is made."""
    from service.access import managing

    if row is None or action is UserAction.ADD:
        row, secret = managing.add(session, None, name, wish)
        return row.name, secret
    told = row.name
    match action:
        case UserAction.CHANGE:
            managing.change(session, None, row, wish)
        case UserAction.DISABLE:
            managing.disable(session, None, row)
        case UserAction.ENABLE:
            managing.enable(session, None, row)
        case UserAction.REMOVE:
            managing.remove(session, None, row)
        case _:
            return told, managing.reset(session, None, row)
    return told, ""


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
            with _opened(talk, config, data) as (session, _):
                rows = _token_lines(talk, session)
            return _print_table(talk, "token.heads", rows)
        if not name:
            _refuse(talk, "token.name_needed")
        from service.access import accounts, managing

        with _opened(talk, config, data) as (session, _):
            if action is TokenAction.REVOKE:
                managing.revoke_token(session, None, name)
                talk.tell("token.revoked", id=name)
                return None
            account = accounts.named(session, name)
            if account is None:
                _refuse(talk, "user.unknown", name=printable(name))
            wish = managing.TokenWish(title, role, _split(areas), private, days)
            row, secret = managing.add_token(session, None, account, wish)
        talk.tell("token.added", name=name, role=row.role, until=_day(row.ends))
        talk.out.print(secret, soft_wrap=True)
    return None


def _token_lines(talk: Talk, session: "Session") -> list[tuple[str, ...]]:
    """Few columns: beside an id a terminal has room for no more."""
    from service.access import tokens

    def state(row: "TokenRow") -> str:
        if row.revoked is not None:
            return talk.word("token.is_revoked")
        return talk.word("token.ended" if row.ends <= time.time() else "user.active")

    def told(*parts: str) -> str:
        return "\n".join(filter(None, parts))

    return [
        (
            row.id,
            told(printable(account.name), printable(row.title)),
            told(
                row.role,
                "" if row.areas is None else ", ".join(row.areas),
                talk.word("token.private") if row.private else "",
            ),
            told(
                f"{state(row)} {_day(row.ends)}",
                talk.word("token.used", day=_day(row.used)) if row.used is not None else "",
            ),
        )
        for row, account in tokens.everyone(session)
    ]


@contextmanager
def _opened(
    talk: Talk, config: Config, data: Data
) -> Iterator[tuple["Session", "ServiceSettings"]]:
    """One transaction on the installation's database, which is made where it is missing."""
    from service.configuration import read_settings
    from service.migrate import migrate
    from service.problems import ServiceError
    from service.store import Store

    settings = read_settings(config, data_dir=data)
    migrate(settings)
    store = Store.of(settings)
    try:
        with store.session() as session:
            yield session, settings
    except ServiceError as error:
        # What the web refuses is refused here in the same words.
        talk.err.print(talk.say(f"service.problem.{error.code}.detail", **error.slots))
        raise typer.Exit(BAD_INPUT) from None
    finally:
        store.close()


def _refuse(talk: Talk, key: str, **slots: object) -> NoReturn:
    talk.warn(key, **slots)
    raise typer.Exit(BAD_INPUT)


def _split(areas: str | None) -> list[str] | None:
    return None if areas is None else [area.strip() for area in areas.split(",") if area.strip()]


def _link(settings: "ServiceSettings", secret: str, name: str) -> str:
    """Where a password is set."""
    from service.access import invitations

    return invitations.link(settings.reached, secret, name)


def _unknown_areas(session: "Session", areas: "Collection[str]") -> list[str]:
    """Those of some areas that no week has; none where there is no week yet to know them from."""
    from service.store import weeks

    known = weeks.known_areas(session)
    return [area for area in areas if known and area not in known]


def _print_table(talk: Talk, heads: str, rows: list[tuple[str, ...]]) -> None:
    from scheduler.cli.tables import PlainTable

    table = PlainTable(*talk.word(heads).split(" / "), ids=(0,))
    for row in rows:
        table.add_row(*row)
    talk.out.print(table)


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().date().isoformat()
