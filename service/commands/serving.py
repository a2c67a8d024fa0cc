"""``lianxin serve``, ``worker`` and ``migrate``: the job service, where its extra is installed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.ending import BAD_INPUT, orderly
from scheduler.cli.options import Lang
from scheduler.cli.talk import Talk, helped

Config = Annotated[Path | None, typer.Option("--config", help=helped("config"), show_default=False)]
Data = Annotated[Path | None, typer.Option("--data", help=helped("data"), show_default=False)]


def serve(
    lang: Lang,
    config: Config = None,
    host: Annotated[str | None, typer.Option(help=helped("host"))] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help=helped("port"))] = None,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option("--allowed-host", help=helped("allowed_host"), show_default=False),
    ] = None,
    data: Data = None,
    worker: Annotated[
        bool, typer.Option(" /--no-worker", help=helped("no_worker"), show_default=False)
    ] = True,
) -> None:
    """Run the job service."""
    talk = Talk(lang)
    with installed(talk), orderly(talk, config):
        from service.access.exposure import any_account, check_exposed
        from service.app import run
        from service.configuration import read_settings
        from service.migrate import migrate

        settings = read_settings(
            config, host=host, port=port, allowed_hosts=allowed_host or None, data_dir=data
        )
        check_exposed(settings)
        migrate(settings)
        talk.tell(
            "serving.closed" if any_account(settings) else "serving.open", url=settings.address
        )
        run(settings, worker=worker)


def worker(lang: Lang, config: Config = None, data: Data = None) -> None:
    """Run jobs for services over the same database."""
    talk = Talk(lang)
    with installed(talk), orderly(talk, config):
        from service.configuration import read_settings
        from service.worker import run

        run(read_settings(config, data_dir=data))


def migrate(lang: Lang, config: Config = None, data: Data = None) -> None:
    """Bring the database up to date."""
    talk = Talk(lang)
    with installed(talk), orderly(talk, config):
        from service.configuration import read_settings
        from service.migrate import migrate as bring_up_to_date

        bring_up_to_date(read_settings(config, data_dir=data))
    talk.tell("migrated")


@contextmanager
def installed(talk: Talk) -> Iterator[None]:
    """End with a sentence where a package is missing, the database is away, or its keys are wrong."""
    try:
        yield
    except ModuleNotFoundError as error:
        talk.warn("no_service", module=error.name)
        raise typer.Exit(BAD_INPUT) from None
    except Exception as error:
        from sqlalchemy.exc import OperationalError

        from service.store.keys import KeysError

        if isinstance(error, OperationalError):
            reason = str(error.orig).strip().partition("\n")[0]
            talk.warn("no_database", reason=reason)
        elif isinstance(error, KeysError):
            talk.warn(f"keys.{error.code}", **error.slots)
        else:
            raise
        raise typer.Exit(BAD_INPUT) from None
