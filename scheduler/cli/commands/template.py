"""``lianxin template``: a workbook to fill in, empty or with a small week."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Lang
from scheduler.cli.talk import Talk, helped


def run(
    path: Annotated[Path, typer.Argument(metavar="WORKBOOK", help=helped("workbook"))],
    lang: Lang,
    kind: Annotated[
        Literal["week", "changes", "worked"], typer.Option("--for", help=helped("template_for"))
    ] = "week",
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
        if kind == "week":
            workbook.write_template(partial, talk.lang, example=example)
        else:
            from scheduler.formats.workbook.write_changes import write_empty

            write_empty(partial, kind, talk.lang)
    talk.tell("written", path=path)
