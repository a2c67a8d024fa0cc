"""``lianxin template``: a workbook to fill in, empty or with a small week."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Lang
from scheduler.cli.talk import Talk, helped


def run(
    path: Annotated[Path, typer.Argument(metavar="WORKBOOK", help=helped("workbook"))],
    lang: Lang,
    example: Annotated[bool, typer.Option("--example", help=helped("filled"))] = False,
) -> None:
    """Write a workbook to fill in, empty or with a small week."""
    from scheduler.cli.files import check_folder
    from scheduler.formats import workbook
    from scheduler.formats.atomic import replacing

    talk = Talk(lang)
    check_folder(talk, path)
    if path.suffix.lower() != ".xlsx":
        raise typer.BadParameter(talk.word("unknown_ending", path=path, known=".xlsx"))
    with orderly(talk), replacing(path) as partial:
        workbook.write_template(partial, talk.lang, example=example)
    talk.tell("written", path=path)
