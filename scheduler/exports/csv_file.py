"""The roster as CSV, a line an assignment, for a spreadsheet or the city's platform."""

import csv
from pathlib import Path

from scheduler.exports.lines import read
from scheduler.messages import Lang, say
from scheduler.model import Instance, Roster

COLUMNS = (
    "date", "weekday", "start", "end", "kind", "task", "place", "person", "role", "slot",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_roster(
    path: Path, instance: Instance, roster: Roster, lang: Lang, private: bool = False
) -> None:
    """UTF-8 with a byte order mark, which Excel asks for; no cell can be taken for a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow([say(f"exports.column.{column}", lang) for column in COLUMNS])
        for line in read(instance, roster, lang, private).lines:
            weekday = say(f"words.weekday.d{line.start.isoweekday()}", lang)
            words = (line.kind, line.task, line.place, line.person, line.role)
            table.writerow(
                [
                    f"{line.start:%Y-%m-%d}",
                    weekday,
                    f"{line.start:%H:%M}",
                    f"{line.end:%H:%M}",
                    *map(_harmless, words),
                    line.slot,
                ]
            )


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
