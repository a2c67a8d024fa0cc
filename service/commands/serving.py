"""``lianxin serve``, ``worker`` and ``migrate``: the job service, where its extra is installed."""

import os
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.ending import BAD_INPUT, orderly
from scheduler.cli.options import Lang
from scheduler.cli.talk import Talk, helped
from service.children import nursery

if TYPE_CHECKING:
    from service.settings import ServiceSettings

Config = Annotated[Path | None, typer.Option("--config", help=helped("config"), show_default=False)]
Data = Annotated[Path | None, typer.Option("--data", help=helped("data"), show_default=False)]

_DESKTOP = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
"""Variables that say on other systems that a browser has somewhere to appear."""


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
    example: Annotated[
        float | None, typer.Option(min=0.1, help=helped("example_week"), show_default=False)
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help=helped("browser"), show_default=False)
    ] = False,
) -> None:
    """Run the job service."""
    talk = Talk(lang)
    with installed(talk), orderly(talk, config):
        nursery.prepare()
        from service.access.exposure import any_account, check_exposed
        from service.app import run
        from service.configuration import read_settings
        from service.demo import prepare_example
        from service.listening import listen
        from service.logs import written_to
        from service.migrate import migrate

        settings = read_settings(
            config, host=host, port=port, allowed_hosts=allowed_host or None, data_dir=data
        )
        check_exposed(settings)
        migrate(settings)
        log = settings.data_dir.resolve() / "lianxin.log"
        with written_to(log) if browser else nullcontext():
            nursery.begin()
            if example is not None:
                talk.tell("serving.example", folder=settings.data_dir.resolve())
                told = partial(talk.tell, "serving.search", seconds=f"{example:g}")
                prepare_example(settings, example, told)
            with listen(settings, elsewhere=browser) as at:
                settings = settings.model_copy(update={"port": at.getsockname()[1]})
                closed = any_account(settings)
                # It only makes links right: nothing stops where it cannot be told.
                with suppress(OSError):
                    settings.address_path.write_text(settings.address, "utf-8")
                if browser:
                    talk.tell("serving.log", file=log)
                talk.tell("serving.at", url=settings.address)
                talk.tell("serving.closed" if closed else "serving.open")
                run(settings, worker=worker, at=at, ready=partial(_show, settings, browser))


def worker(lang: Lang, config: Config = None, data: Data = None) -> None:
    """Run jobs for services over the same database."""
    talk = Talk(lang)
    with installed(talk), orderly(talk, config):
        nursery.prepare()
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


def _show(settings: "ServiceSettings", browser: bool) -> None:
    """Open the pages in the browser, where that is wanted and there is a desktop for one."""
    desktop = sys.platform in ("win32", "darwin") or any(map(os.environ.get, _DESKTOP))
    if browser and desktop:
        Thread(target=webbrowser.open, args=[settings.address], daemon=True).start()


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
