"""The roster as a workbook that can be printed and pinned to a wall, with lines that can be edited and read back."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pandas as pd
import xlsxwriter

from scheduler import frames
from scheduler.checker.figures import figures
from scheduler.checker.sentences import figure_in_words
from scheduler.drawings.reader import Reader
from scheduler.due import expand
from scheduler.explain import Trials, why_empty
from scheduler.explain.why_empty import BUDGET_OF_MANY
from scheduler.explain.words import reason_in_words
from scheduler.exports.wall import Wall
from scheduler.exports.words import (
    heads,
    in_footer,
    in_words,
    kinds_in_words,
    part_in_words,
    word,
)
from scheduler.facts import Facts
from scheduler.formats.workbook.write_roster import RememberingBook, write_hidden, write_lines
from scheduler.messages import Lang
from scheduler.messages.names import Names
from scheduler.model import Instance, Roster
from scheduler.model.tasks import tasks as tasks_of
from scheduler.report import Part
from scheduler.report.part import PartLines

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LINE_POINTS, _TALLEST_POINTS = 13.5, 409.0
_INK = {"font_name": "Noto Sans CJK SC", "font_size": 10, "valign": "top"}


def write_roster(
    path: Path, instance: Instance, roster: Roster, lang: Lang, private: bool = False
) -> None:
    """Sheets: a wall sheet of people by days (see `wall`), visits by day, shifts by venue, what is undone and why, figures.

    A4 across, one page wide, heads repeated on every page, no meaning carried by colour alone. The
    sheet of assignments is the one that is read back (`scheduler.formats.workbook.read_roster`).
    """
    week = expand(instance)
    book = RememberingBook(str(path), _OPTIONS)
    page = _Page(book, Names(week, lang))
    assignments = frames.assignments(week, roster, private=private, lang=lang)
    words = in_words(page.names, assignments)
    tasks = frames.tasks(week, private=private, lang=lang)
    Wall(book, Facts(week, roster), Reader(week, private), lang).draw()
    _visits(page, words[~assignments["shift"]])
    _shifts(page, tasks[tasks["shift"]], words["person"].groupby(assignments["task"]).agg(list))
    reader = Reader(week, private)
    names = {task.id: str(getattr(reader.task(task.id), lang)) for task in tasks_of(week)}
    write_lines(book, week, roster, lang, names, reader.tasks | reader.places)
    _undone(page, roster, tasks, reader.names(lang))
    _figures(page, roster)
    write_hidden(book, roster, names)
    book.close()


def write_part(path: Path, part: Part, lang: Lang) -> None:
    """What one reader gets: a sheet with a line for each visit and shift, and a box to tick."""
    lines = PartLines(part)
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    page = _Page(book, Names(part.instance, lang))
    table = part_in_words(lines, lang)
    widths = (
        [15, 16, 13, 28, 24, 18, 20]
        if part.audience.kind == "person"
        else [15, 16, 13, 28, 24, 30, 8]
    )
    sheet = page.sheet("part", [*table.columns, *page.heads("done")], [*widths, 6], head_row=2)
    title = book.add_format(_INK | {"bold": True, "font_size": 16})
    sheet.write_string(0, 0, getattr(part.name, lang), title)
    sheet.set_row(0, 24)
    sheet.write_string(1, 0, part.instance.title or part.instance.id, page.plain)
    for row, cells in enumerate(table.itertuples(index=False), 3):
        page.row(sheet, row, [*cells, "☐"])
    book.close()


def _lines(value: object, width: float) -> int:
    """Lines that a cell's text takes when wrapped, for the row's height; not every spreadsheet program sets it itself."""
    return sum(
        max(
            1, math.ceil(sum(1 + (east_asian_width(sign) in "WF") for sign in line) / (1.1 * width))
        )
        for line in str(value).split("\n")
    )


class _Page:
    """The book with its styles, and sheets set up for printing."""

    def __init__(self, book: xlsxwriter.Workbook, names: Names):
        self.book = book
        self.week = names.instance
        self.names = names
        self.widths: Sequence[float] = ()
        self.head = book.add_format(
            _INK | {"bold": True, "bg_color": "#E7ECEA", "bottom": 2, "text_wrap": True}
        )
        self.plain = book.add_format(_INK)
        self.cell = book.add_format(_INK | {"text_wrap": True, "bottom": 4})
        self.short = book.add_format(_INK | {"bold": True, "text_wrap": True, "bottom": 4})

    def word(self, key: str, **slots: object) -> str:
        return word(key, self.names.lang, **slots)

    def sheet(
        self, name: str, heads: Sequence[str], widths: Sequence[float], head_row: int = 0
    ) -> Any:
        """A sheet with its head row in place; rows are written below it."""
        sheet = self.book.add_worksheet(self.word(f"sheet.{name}"))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.repeat_rows(head_row)
        sheet.freeze_panes(head_row + 1, 1)
        sheet.set_footer(f"&L{in_footer(self.week.title or self.week.id)}&R{self.word('page')}")
        self.widths = widths
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        self.row(sheet, head_row, heads, self.head)
        return sheet

    def row(self, sheet: Any, row: int, values: Iterable[Any], style: Any = None) -> None:
        """Write numbers as numbers, all else as text, which no spreadsheet takes for a formula."""
        values = list(values)
        lines = max(map(_lines, values, self.widths), default=1)
        sheet.set_row(row, min(_LINE_POINTS * lines + 3, _TALLEST_POINTS))
        for column, value in enumerate(values):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(row, column, value, style or self.cell)
            else:
                sheet.write_string(row, column, str(value), style or self.cell)

    def heads(self, *columns: str) -> list[str]:
        return heads(columns, self.names.lang)


def _visits(page: _Page, words: pd.DataFrame) -> None:
    columns = ["day", "clock", "kind", "task", "place", "person", "role"]
    heads = page.heads(*columns, "done")
    sheet = page.sheet("visits", heads, [16, 13, 14, 30, 24, 16, 16, 8])
    for row, cells in enumerate(words[columns].itertuples(index=False), 1):
        page.row(sheet, row, [*cells, "☐"])


def _shifts(page: _Page, shifts: pd.DataFrame, crews: pd.Series) -> None:
    """crews: names of those who do a task, by its id."""
    heads = page.heads("place", "day", "clock", "kind", "task", "headcount", "people")
    sheet = page.sheet("shifts", heads, [24, 16, 13, 14, 30, 12, 40])
    order = {place.id: number for number, place in enumerate(page.week.places)}
    table = shifts.assign(
        order=shifts["place"].map(order),
        kind=kinds_in_words(page.names, shifts),
        end=shifts["earliest"] + pd.to_timedelta(shifts["minutes"], unit="min"),
    ).sort_values(["order", "earliest", "task"])
    for row, shift in enumerate(table.itertuples(), 1):
        people = crews.get(shift.task, [])
        values = (
            page.names.place(shift.place),
            page.names.date(shift.earliest.date()),
            f"{shift.earliest:%H:%M}–{shift.end:%H:%M}",
            shift.kind,
            shift.name,
            page.word("headcount", filled=len(people), least=shift.least),
            page.word("comma").join(people),
        )
        page.row(sheet, row, values, page.short if len(people) < shift.least else None)


def _undone(page: _Page, roster: Roster, tasks: pd.DataFrame, names: Names) -> None:
    """names: neutral ones of what is hidden, for reasons may name other work."""
    heads = page.heads("task", "kind", "priority", "slot", "why")
    sheet = page.sheet("undone", heads, [34, 16, 8, 8, 80])
    rows = tasks.assign(kind=kinds_in_words(page.names, tasks)).to_dict("records")
    by_id = {task.id: row for task, row in zip(tasks_of(page.week), rows, strict=True)}
    reasons = why_empty(Trials(Facts(page.week, roster)), budget=BUDGET_OF_MANY)
    for row, empty in enumerate(reasons, 1):
        task = by_id[empty.task]
        why = page.word("hidden") if task["hidden"] else reason_in_words(names, empty)
        page.row(sheet, row, (task["name"], task["kind"], task["priority"], empty.slot + 1, why))


def _figures(page: _Page, roster: Roster) -> None:
    sheet = page.sheet("figures", page.heads("figure", "value"), [50, 24])
    row = 1
    for part, values in figures(page.week, roster).items():
        for name, value in values.items():
            words = figure_in_words(f"{part}.{name}", page.names.lang)
            if words and isinstance(value, int | float | str):
                page.row(sheet, row, [words, value])
                row += 1
