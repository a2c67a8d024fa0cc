"""``lianxin texts``: a short text for each person to paste into a chat, of the week or of what changes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Answer, Lang, Week, expanded
from scheduler.cli.talk import Talk, helped, printable

if TYPE_CHECKING:
    from scheduler.report.texts import ReaderText


def run(
    week: Week,
    roster: Answer,
    lang: Lang,
    person: Annotated[str | None, typer.Option(help=helped("texts_person"))] = None,
    before: Annotated[Path | None, typer.Option(help=helped("texts_before"))] = None,
    before_week: Annotated[Path | None, typer.Option(help=helped("before_week"))] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=helped("texts_out"))] = None,
) -> None:
    """Print a text for each person to paste into a chat."""
    from scheduler.cli import files
    from scheduler.cli.readers import audience
    from scheduler.exports.texts import texts, write
    from scheduler.formats.atomic import replacing

    talk = Talk(lang)
    if out is not None:
        files.check_folder(talk, out)
    with orderly(talk, week):
        instance = expanded(talk, week)
        planned = files.read_roster(roster, instance, talk)
        published = None
        if before is not None:
            old = instance if before_week is None else expanded(talk, before_week)
            published = (old, files.read_roster(before, old, talk))
        reader = audience(instance, person)
        who = None if reader is None else reader.id
        told = texts(instance, planned, talk.lang, published, who)
        if out is not None:
            with replacing(out) as partial:
                write(partial, told)
            talk.tell("written", path=out)
        else:
            _print(talk, told)


def _print(talk: Talk, told: "list[ReaderText]") -> None:
    if not told:
        talk.tell("texts.nobody")
    for number, text in enumerate(told):
        if number:
            talk.out.out("")
        for line in text.lines:
            talk.out.out(printable(line))
