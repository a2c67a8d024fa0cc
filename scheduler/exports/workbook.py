"""The roster as a workbook that can be printed and pinned to a wall."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from scheduler.checker.figures import figures
from scheduler.checker.sentences import day_in_words
from scheduler.explain import why_empty
from scheduler.exports.lines import Sheetful, read, role_in_words
from scheduler.messages import Lang, has, say
from scheduler.model import Instance, Role, Roster
from scheduler.model.tasks import Rank

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LINE_POINTS, _TALLEST_POINTS = 13.5, 409.0
_INK = {"font_name": "Noto Sans CJK SC", "font_size": 10, "valign": "top"}


def write_roster(
    path: Path, instance: Instance, roster: Roster, lang: Lang, private: bool = False
) -> None:
    """Sheets: people by days, visits by day, shifts by venue, what is undone and why, figures.

    A4 across, one page wide, heads repeated on every page, no meaning carried by colour alone.
    """
    sheetful = read(instance, roster, lang, private)
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    page = _Page(book, sheetful)
    _people(page)
    _visits(page)
    _shifts(page)
    _undone(page, roster)
    _figures(page, roster)
    book.close()


def _lines(value: object, width: float) -> int:
    """Lines that a cell's text takes when wrapped; programs that print do not all reckon it themselves."""
    return sum(
        max(
            1, math.ceil(sum(1 + (east_asian_width(sign) in "WF") for sign in line) / (1.1 * width))
        )
        for line in str(value).split("\n")
    )


class _Page:
    """The book with its styles, and sheets set up for printing."""

    def __init__(self, book: xlsxwriter.Workbook, sheetful: Sheetful):
        self.book = book
        self.of = sheetful
        self.lang = sheetful.lang
        self.widths: Sequence[float] = ()
        self.head = book.add_format(
            _INK | {"bold": True, "bg_color": "#E7ECEA", "bottom": 2, "text_wrap": True}
        )
        self.group = book.add_format(_INK | {"bold": True, "bg_color": "#F4F4F0", "top": 1})
        self.cell = book.add_format(_INK | {"text_wrap": True, "bottom": 4})
        self.short = book.add_format(_INK | {"bold": True, "text_wrap": True, "bottom": 4})

    def word(self, key: str, **slots: object) -> str:
        return say(f"exports.{key}", self.lang, **slots)

    def sheet(self, name: str, heads: Sequence[str], widths: Sequence[float]) -> Any:
        """A sheet with its head row in place; rows are written from 1 on."""
        sheet = self.book.add_worksheet(self.word(f"sheet.{name}"))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 1)
        title = (self.of.instance.title or self.of.instance.id).replace("&", "&&")
        sheet.set_footer(f"&L{title}&R{self.word('page')}")
        self.widths = widths
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        self.row(sheet, 0, heads, self.head)
        return sheet

    def row(self, sheet: Any, row: int, values: Iterable[Any], style: Any = None) -> None:
        """Numbers as numbers, everything else as text that nobody takes for a formula."""
        values = list(values)
        lines = max(map(_lines, values, self.widths), default=1)
        sheet.set_row(row, min(_LINE_POINTS * lines + 3, _TALLEST_POINTS))
        for column, value in enumerate(values):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(row, column, value, style or self.cell)
            else:
                sheet.write_string(row, column, str(value), style or self.cell)

    def heads(self, *columns: str) -> list[str]:
        return [self.word(f"column.{column}") for column in columns]

    def days(self) -> list[str]:
        horizon = self.of.instance.horizon
        return [day_in_words(horizon, day, self.lang) for day in range(horizon.days)]


def _people(page: _Page) -> None:
    days = page.days()
    sheet = page.sheet("people", [*page.heads("person"), *days], [14, *[26] * len(days)])
    cells: dict[tuple[str, int], list[str]] = {}
    for line in page.of.lines:
        mark = page.word("mark.shift" if page.of.is_shift(line.stop.task.id) else "mark.visit")
        text = f"{mark} {line.clock} {line.task}\n  {line.place}"
        cells.setdefault((line.stop.person, line.day), []).append(text)
    row, role = 1, None
    order = list(Role)
    for person in sorted(page.of.instance.people, key=lambda one: order.index(one.role)):
        if person.role != role:
            role = person.role
            page.row(sheet, row, [role_in_words(role, page.lang), *[""] * len(days)], page.group)
            row += 1
        texts = ["\n".join(cells.get((person.id, day), [])) for day in range(len(days))]
        page.row(sheet, row, [person.name, *texts])
        row += 1


def _visits(page: _Page) -> None:
    heads = page.heads("day", "clock", "kind", "task", "place", "person", "role", "done")
    sheet = page.sheet("visits", heads, [16, 13, 14, 30, 24, 16, 16, 8])
    lines = [line for line in page.of.lines if not page.of.is_shift(line.stop.task.id)]
    for row, line in enumerate(lines, 1):
        words = (
            line.day_words,
            line.clock,
            line.kind,
            line.task,
            line.place,
            line.person,
            line.role,
        )
        page.row(sheet, row, [*words, "☐"])


def _shifts(page: _Page) -> None:
    heads = page.heads("place", "day", "clock", "kind", "task", "headcount", "people")
    sheet = page.sheet("shifts", heads, [24, 16, 13, 14, 30, 12, 40])
    by_task: dict[str, list[str]] = {}
    for line in page.of.lines:
        by_task.setdefault(line.stop.task.id, []).append(line.person)
    places = [place.id for place in page.of.instance.places]
    shifts = sorted(
        page.of.instance.shifts, key=lambda one: (places.index(one.place), one.start, one.id)
    )
    horizon = page.of.instance.horizon
    for row, shift in enumerate(shifts, 1):
        own = page.of.facts.task_slots[shift.id]
        least = sum(slot.rank is Rank.MINIMUM for slot in own)
        people = by_task.get(shift.id, [])
        count = page.word("headcount", filled=len(people), least=least)
        minutes = shift.start % horizon.day_ticks // horizon.ticks_per_minute
        end = minutes + shift.duration // horizon.ticks_per_minute
        clock = f"{minutes // 60:02}:{minutes % 60:02}–{end // 60 % 24:02}:{end % 60:02}"
        values = (
            page.of.place(shift.id, shift.place),
            day_in_words(horizon, horizon.day_of(shift.start), page.lang),
            clock,
            page.of.kind(shift.id),
            page.of.task(shift.id),
            count,
            page.word("comma").join(people),
        )
        page.row(sheet, row, values, page.short if len(people) < least else None)


def _undone(page: _Page, roster: Roster) -> None:
    heads = page.heads("task", "kind", "priority", "slot", "why")
    sheet = page.sheet("undone", heads, [34, 16, 8, 8, 80])
    for row, empty in enumerate(why_empty(page.of.instance, roster), 1):
        hidden = empty.task in page.of.reader.tasks
        task = page.of.instance.task_by_id[empty.task]
        why = page.word("hidden") if hidden else empty.sentence(page.lang)
        values = (page.of.task(task.id), page.of.kind(task.id), task.priority, empty.slot + 1, why)
        page.row(sheet, row, values)


def _figures(page: _Page, roster: Roster) -> None:
    sheet = page.sheet("figures", page.heads("figure", "value"), [50, 24])
    row = 1
    for part, values in figures(page.of.instance, roster).items():
        for name, value in values.items():
            key = f"figures.{part}.{name}"
            if has(key) and isinstance(value, int | float | str):
                page.row(sheet, row, [say(key, page.lang), value])
                row += 1
