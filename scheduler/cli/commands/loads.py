"""``lianxin loads``: hours by person over one week or many, beside their fair share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Lang
from scheduler.cli.talk import Talk, helped, printable

if TYPE_CHECKING:
    import pandas as pd

Files = Annotated[
    list[Path],
    typer.Argument(metavar="WEEK ROSTER …", help=helped("loads_files"), show_default=False),
]
UNUSED_DAYS = 28
ENDINGS = (".csv", ".xlsx")


def run(
    files: Files,
    lang: Lang,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=helped("loads_out"))] = None,
) -> None:
    """Show hours over weeks."""
    from scheduler import frames
    from scheduler.cli.files import check_folder
    from scheduler.cli.pairs import pairs
    from scheduler.exports.loads import write_loads

    talk = Talk(lang)
    if out is not None:
        if out.suffix.lower() not in ENDINGS:
            known = ", ".join(ENDINGS)
            raise typer.BadParameter(talk.word("unknown_ending", path=out, known=known))
        check_folder(talk, out)
    with orderly(talk):
        weeks = pairs(talk, files)
        use = frames.use(weeks)
        _show(talk, use, len(weeks))
        if out is not None:
            write_loads(out, frames.weekly_loads(weeks), use, talk.lang)
            talk.tell("written", path=out)


def _show(talk: Talk, use: "pd.DataFrame", weeks: int) -> None:
    """The table, in the order of the weeks' people, and whom nobody asked for long."""
    from scheduler.cli.tables import PlainTable
    from scheduler.messages.names import role_in_words

    heads = ("person", "role", "hours", "share", "tasks", "last")
    table = PlainTable(*(talk.word(f"loads.{head}") for head in heads), right=(2, 3, 4))
    rows = use.to_dict("records")
    for row in rows:
        table.add_row(
            printable(row["name"]),
            role_in_words(row["role"], talk.lang),
            _hours(row["task_minutes"]),
            _hours(row["fair_minutes"]),
            str(row["tasks"]),
            _last(talk, row),
        )
    talk.out.print(table)
    unused = [row["name"] for row in rows if row["there"] and row["idle_days"] >= UNUSED_DAYS]
    if unused:
        names = talk.say("words.comma").join(map(printable, unused))
        talk.tell("loads.unused", people=names, count=len(unused))
    elif all(row["idle_days"] < UNUSED_DAYS for row in rows) and 7 * weeks < UNUSED_DAYS:
        talk.tell("loads.too_short")
    talk.tell("loads.note")


def _hours(minutes: Any) -> str:
    from scheduler.messages.numbers import number_in_words

    return "–" if minutes is None or minutes != minutes else number_in_words(minutes / 60, 1)


def _last(talk: Talk, row: dict[str, Any]) -> str:
    """The last day worked; else for how long there was none, as far as is known."""
    from scheduler.messages.moments import date_in_words

    if not row["there"]:
        return talk.word("loads.away")
    if row["last"] == row["last"]:
        return date_in_words(row["last"].date(), talk.lang)
    return talk.word("loads.none_for", days=row["idle_days"])
