"""The roster as CSV, a line for each assignment, for a spreadsheet or the city's platform."""

from pathlib import Path
from typing import Any

from scheduler import frames
from scheduler.exports.words import heads, in_words, part_in_words
from scheduler.messages import Lang
from scheduler.messages.names import Names
from scheduler.model import Instance, Roster
from scheduler.report import Part
from scheduler.report.part import PartLines

COLUMNS = [
    "date", "weekday", "start", "end", "kind", "task", "place", "person", "role", "slot",
]  # fmt: skip
_FORMULA = tuple("=+-@＝＋－＠")
"""Where letters are typed in full width, a spreadsheet takes such a sign for the other."""


def write_roster(
    path: Path, instance: Instance, roster: Roster, lang: Lang, private: bool = False
) -> None:
    """UTF-8 with a byte order mark, which Excel asks for; no cell can be taken for a formula."""
    assignments = frames.assignments(instance, roster, private=private, lang=lang)
    table = in_words(Names(instance, lang), assignments)[COLUMNS].map(harmless)
    head = heads(COLUMNS, lang)
    table.to_csv(path, header=head, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def write_part(path: Path, part: Part, lang: Lang) -> None:
    """What one reader gets, a line for each visit and shift, in the same manner."""
    table = part_in_words(PartLines(part), lang).map(harmless)
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def harmless(cell: Any) -> Any:
    """The cell; text that a spreadsheet would take for a formula has an apostrophe before it.

    Some leave out what is blank at the beginning of a cell, so that it does not count.
    """
    if isinstance(cell, str) and cell.lstrip().startswith(_FORMULA):
        return f"'{cell}"
    return cell
