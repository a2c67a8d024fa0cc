"""``lianxin keys``, ``audit`` and ``erase``: what is private, on the machine of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.ending import BAD_INPUT, orderly
from scheduler.cli.options import Lang
from scheduler.cli.talk import Talk, helped, printable
from service.commands.serving import Config, Data, installed

if TYPE_CHECKING:
    from service.settings import ServiceSettings
    from service.store import Store


class KeysAction(StrEnum):
    """What is done with the keys."""

    LIST = "list"
    ADD = "add"
    ROTATE = "rotate"


def keys(
    lang: Lang,
    action: Annotated[
        KeysAction, typer.Argument(metavar="|".join(KeysAction), help=helped("keys_action"))
    ],
    config: Config = None,
    data: Data = None,
) -> None:
    """Add a key, and seal everything with the newest."""
    talk = Talk(lang)
    with installed(talk), orderly(talk, config), _opened(config, data) as (store, settings):
        from service.store.keys import Keyring, add_key
        from service.store.rotate import rotate

        if action is KeysAction.ADD:
            talk.tell("keys.added", id=add_key(settings.key_path), path=settings.key_path)
            store.migrate()  # notes the key as one that seals
        elif action is KeysAction.ROTATE:
            newest = Keyring(settings.key_path).newest
            talk.tell("keys.rotated", count=rotate(store), id=newest)
        else:
            for id in Keyring(settings.key_path).ids:
                talk.out.print(id)


def audit(
    lang: Lang,
    check: Annotated[bool, typer.Option("--check", help=helped("audit_check"))] = False,
    limit: Annotated[int, typer.Option("--last", min=1, help=helped("audit_last"))] = 50,
    config: Config = None,
    data: Data = None,
) -> None:
    """Show who read private cases and who signed in, or check that nothing of it was changed."""
    talk = Talk(lang)
    with installed(talk), orderly(talk, config), _opened(config, data) as (store, _):
        from service.access import audit as log

        with store.session() as session:
            bad = log.check(session) if check else None
            last, digest = log.head(session)
            rows = [] if check else log.rows(session, limit=limit)
        for row in reversed(rows):
            ids = (row.instance, row.job, row.task, row.token)
            told = " ".join(printable(id) for id in ids if id)
            when = f"{datetime.fromtimestamp(row.at):%Y-%m-%d %H:%M:%S}"
            line = f"{row.id} {when} {printable(row.who)} {row.operation} {row.outcome} {told}"
            talk.out.print(line, soft_wrap=True)
        if bad is not None:
            talk.warn("audit.broken", id=bad)
            raise typer.Exit(BAD_INPUT)
        if check:
            talk.tell("audit.sound", last=last, digest=digest[:16])


def erase(
    lang: Lang,
    person: Annotated[
        str | None, typer.Option("--person", help=helped("erase_person"), show_default=False)
    ] = None,
    household: Annotated[
        str | None, typer.Option("--household", help=helped("erase_household"), show_default=False)
    ] = None,
    sure: Annotated[bool, typer.Option("--yes", help=helped("erase_yes"))] = False,
    config: Config = None,
    data: Data = None,
) -> None:
    """Take one person or household out of everything that is kept."""
    talk = Talk(lang)
    with installed(talk), orderly(talk, config), _opened(config, data) as (store, _):
        from service.access.forgetting import forget, traces

        if (person is None) == (household is None):
            talk.warn("erase.one")
            raise typer.Exit(BAD_INPUT)
        kind, who = ("person", person) if person is not None else ("household", household)
        with store.session() as session:
            where = traces(session, kind, str(who))
        if not where:
            talk.warn("erase.nobody", who=printable(str(who)))
            raise typer.Exit(BAD_INPUT)
        for id in (*where.instances, *where.jobs, *where.weeks):
            talk.out.print(id)
        if sure:
            forget(store, kind, str(who))
        key = "erase.done" if sure else "erase.would"
        talk.tell(
            key,
            instances=len(where.instances),
            jobs=len(where.jobs),
            weeks=len(where.weeks),
        )


@contextmanager
def _opened(config: Config, data: Data) -> Iterator[tuple["Store", "ServiceSettings"]]:
    """The database, brought up to date, and the settings."""
    from service.configuration import read_settings
    from service.migrate import migrate
    from service.store import Store

    settings = read_settings(config, data_dir=data)
    migrate(settings)
    store = Store.of(settings)
    try:
        yield store, settings
    finally:
        store.close()
