"""``lianxin generate``: an example week, by name."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Lang
from scheduler.cli.talk import Talk, helped


def generate(
    name: Annotated[str, typer.Argument(help=helped("name"), show_default=False)],
    lang: Lang,
    seed: Annotated[int, typer.Option(min=0, help=helped("generate_seed"))] = 1,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=helped("generate_out"))] = None,
) -> None:
    """Write one of the weeks that come with Lianxin."""
    from instances import generate as weeks
    from scheduler.cli.files import check_week_target, write_instance

    talk = Talk(lang)
    if name not in weeks.NAMES:
        raise typer.BadParameter(talk.word("unknown_name", name=name, known=", ".join(weeks.NAMES)))
    path = out or Path(f"{name.replace('/', '-')}.json")
    check_week_target(talk, path)
    with orderly(talk):
        write_instance(path, weeks.generate(name, seed), talk.lang)
    talk.tell("written", path=path)
