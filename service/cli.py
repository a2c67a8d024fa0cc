"""``lianxin serve``: the job service, where its extra is installed."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.ending import BAD_INPUT, orderly
from scheduler.cli.options import Lang
from scheduler.cli.talk import Talk, helped


def serve(
    lang: Lang,
    host: Annotated[str, typer.Option(help=helped("host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help=helped("port"))] = 8000,
    data: Annotated[Path, typer.Option(help=helped("data"))] = Path("lianxin-data"),
) -> None:
    """Run the job service."""
    talk = Talk(lang)
    try:
        from service.app import serve as run
    except ModuleNotFoundError as error:
        talk.warn("no_service", module=error.name)
        raise typer.Exit(BAD_INPUT) from None
    with orderly(talk):
        run(host, port, data)
