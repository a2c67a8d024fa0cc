"""The wall sheet of the roster workbook: a page that one pins up, people by days, a week a sheet.

At its true size each sheet is as wide as A4 lies across, or A3 where A4 would take too many pages. No
meaning is carried by colour alone: every kind of work has a letter, leave and absence are words.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from scheduler.drawings.kinds import kinds
from scheduler.drawings.reader import Reader
from scheduler.drawings.words import head_day
from scheduler.exports.words import in_footer, word
from scheduler.facts import Facts
from scheduler.messages import Lang
from scheduler.messages.names import Names
from scheduler.model import Person, Role
from scheduler.report.leave import leave_of_day
from scheduler.report.part import span_of_day
from scheduler.report.tables import weeks

_FONT: dict[str, Any] = {"font_name": "Microsoft YaHei", "valign": "top"}
_INKS = ("#1F6B74", "#8A5A00", "#33507C", "#3F6B49", "#5B3F8C", "#3C5C8A", "#4A6230", "#7A5A3A", "#55595D")  # fmt: skip
"""Of the letters of kinds, by `Kind.colour`; each reads on white paper."""
_SIZE, _LINE = 9, 13.0
"""Points of the letters, and of a line of them."""
_TALLEST = 400.0
"""Points of a row; no spreadsheet program allows more than 409."""
_MOST_PAGES = 3
"""Of A4; a longer sheet is printed on A3."""


@dataclass(frozen=True)
class Paper:
    """A paper that lies across. code: Excel's; widths in characters; height in points, without margins."""

    code: int
    name_width: float
    week_width: float
    height: float


A4, A3 = Paper(9, 11.0, 130.0, 480.0), Paper(8, 13.0, 192.0, 720.0)


@dataclass(frozen=True)
class WallCell:
    """A cell of one person's day: parts (style, text), and whether they are away."""

    parts: list[tuple[str, str]] = field(default_factory=list)
    away: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(text for _, text in self.parts)


@dataclass(frozen=True)
class WallRow:
    """A row. cells: a person's days, None where the name goes across all; first: of a role."""

    name: WallCell
    cells: list[WallCell] | None
    height: float
    first: bool


class Wall:
    """Draws the sheets. The roster is one that the checker accepts, the instance expanded."""

    def __init__(self, book: xlsxwriter.Workbook, facts: Facts, reader: Reader, lang: Lang):
        self._book, self._facts, self._reader, self._lang = book, facts, reader, lang
        self._names = Names(facts.instance, lang)
        filled = [task for task, crew in facts.by_task.items() if crew]
        self._kinds, self._kind_of = kinds(facts, reader, filled)

    def draw(self) -> None:
        """A sheet for each week."""
        spans = list(weeks(self._facts))
        for number, days in enumerate(spans, 1):
            name = self._word("sheet.wall") + (f" {number}" if len(spans) > 1 else "")
            self._sheet(self._book.add_worksheet(name), days)

    def _sheet(self, sheet: Any, days: Sequence[int]) -> None:
        paper, rows = A4, list(self._rows(days, A4))
        if sum(row.height for row in rows) > _MOST_PAGES * A4.height:
            paper, rows = A3, list(self._rows(days, A3))
        self._set_up(sheet, paper, days)
        self._top(sheet, days)
        for number, row in enumerate(rows, 4):
            sheet.set_row(number, row.height)
            if row.cells is None:
                style = self._style["line_first" if row.first else "line"]
                sheet.merge_range(number, 0, number, len(days), row.name.text, style)
                continue
            for column, cell in enumerate((row.name, *row.cells)):
                shape = ("away" if cell.away else "cell") if column else "name"
                style = self._style[f"{shape}_first" if row.first else shape]
                self._write(sheet, number, column, cell, style)
        foot = 4 + len(rows)
        sheet.merge_range(foot, 0, foot, len(days), self._foot(), self._style["note"])

    def _set_up(self, sheet: Any, paper: Paper, days: Sequence[int]) -> None:
        sheet.set_landscape()
        sheet.set_paper(paper.code)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.4, 0.55)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.repeat_rows(3)
        sheet.freeze_panes(4, 1)
        sheet.set_footer(f"&L&9{in_footer(self._title())}&R&9{self._word('page')}")
        sheet.set_column(0, 0, paper.name_width)
        sheet.set_column(1, len(days), paper.week_width / len(days))

    def _top(self, sheet: Any, days: Sequence[int]) -> None:
        """Title, dates, legend and heads: four rows."""
        last, horizon = len(days), self._facts.horizon
        sheet.merge_range(0, 0, 0, last, self._title(), self._style["title"])
        sheet.set_row(0, 32)
        first, end = (horizon.date(day) for day in (days[0], days[-1]))
        span = self._word(
            "wall.span", year=first.year, first=self._names.date(first), last=self._names.date(end)
        )
        if revision := self._facts.roster.revision:
            span += self._word("wall.revision", count=revision)
        sheet.merge_range(1, 0, 1, last, span, self._style["span"])
        sheet.set_row(1, 18)
        legend = WallCell([*self._legend()])
        sheet.merge_range(2, 0, 2, last, "", self._style["note"])
        self._write(sheet, 2, 0, legend, self._style["note"])
        total = A4.name_width + A4.week_width
        sheet.set_row(2, _LINE * _lines(legend.text, total) + 4)
        sheet.write_string(3, 0, self._word("column.person"), self._style["head"])
        for column, day in enumerate(days, 1):
            off = self._facts.instance.settings.calendar.day_off(horizon.date(day))
            name = str(getattr(head_day(self._facts.instance, day), self._lang))
            sheet.write_string(3, column, name, self._style["head_off" if off else "head"])
        sheet.set_row(3, 20)

    def _rows(self, days: Sequence[int], paper: Paper) -> Iterator["WallRow"]:
        """People by role; who has neither work nor leave stands in a line with the others of the role."""
        for role in Role:
            rows: list[tuple[WallCell, list[WallCell] | None]] = []
            idle = []
            for person in self._facts.instance.people:
                if person.role is role:
                    blocks = [self._blocks(person, day) for day in days]
                    rows += self._split(person, days, blocks, paper) if any(blocks) else []
                    idle += [] if any(blocks) else [person.name]
            if idle:
                listed = self._word("wall.idle", people=self._word("comma").join(idle))
                rows.append((WallCell([("text", listed)]), None))
            head = ("role", f"{self._names.role(role, count=2)}\n")
            for number, (name, cells) in enumerate(rows):
                first = not number
                if first:
                    name = WallCell([head, *name.parts])
                yield WallRow(name, cells, self._row_height(name, cells, paper), first)

    def _split(
        self,
        person: Person,
        days: Sequence[int],
        blocks: list[list[WallCell]],
        paper: Paper,
    ) -> Iterator[tuple[WallCell, list[WallCell] | None]]:
        """The rows of a person; a day that one row cannot hold goes on in the next."""
        width = paper.week_width / len(days)
        columns = [list(_pages(of_day, width)) or [WallCell()] for of_day in blocks]
        for number in range(max(map(len, columns))):
            cells = [pages[number] if number < len(pages) else WallCell() for pages in columns]
            if not number:
                cells = [
                    cell if cell.parts or self._is_there(person, day) else self._absent
                    for cell, day in zip(cells, days, strict=True)
                ]
            name = self._word("wall.more", person=person.name) if number else person.name
            yield WallCell([("bold", name)]), cells

    @cached_property
    def _absent(self) -> WallCell:
        return WallCell([("text", self._word("wall.absent"))], away=True)

    def _is_there(self, person: Person, day: int) -> bool:
        first = day * self._facts.horizon.day_ticks
        last = first + self._facts.horizon.day_ticks
        return any(start < last and end > first for start, end in self._facts.present(person.id))

    def _blocks(self, person: Person, day: int) -> list[WallCell]:
        """A person's leave and work of a day, each for itself."""
        leave = [
            WallCell([("bold", getattr(words, self._lang))], away=True)
            for words in leave_of_day(self._facts.horizon, person, day)
        ]
        return leave + [self._work(stop, day) for stop in self._facts.shown(person.id, day)]

    def _work(self, stop: Any, day: int) -> WallCell:
        kind = self._kinds[self._kind_of[stop.task.id]]
        clock = span_of_day(self._facts.horizon, day, stop.start, stop.end)
        task = self._reader.task(stop.task.id)
        place = self._reader.place(stop.task.id, stop.place)
        return WallCell(
            [
                (
                    f"kind{kind.colour}",
                    self._word("wall.mark", mark=getattr(kind.mark, self._lang)),
                ),
                ("bold", f"{getattr(clock, self._lang)}"),
                ("text", f" {getattr(task, self._lang)}\n{getattr(place, self._lang)}"),
            ]
        )

    def _legend(self) -> Iterator[tuple[str, str]]:
        yield "bold", self._word("wall.legend")
        for kind in self._kinds:
            mark, label = getattr(kind.mark, self._lang), getattr(kind.label, self._lang)
            yield f"kind{kind.colour}", self._word("wall.mark", mark=mark)
            yield "text", f"{label}  "
        yield "text", self._word("wall.empty")

    def _write(self, sheet: Any, row: int, column: int, cell: WallCell, style: Any) -> None:
        if len(cell.parts) < 2:
            sheet.write_string(row, column, cell.text, style)
            return
        parts = [piece for name, text in cell.parts for piece in (self._style[name], text)]
        sheet.write_rich_string(row, column, *parts, style)

    def _row_height(self, name: WallCell, cells: list[WallCell] | None, paper: Paper) -> float:
        if cells is None:
            lines = _lines(name.text, paper.name_width + paper.week_width)
        else:
            width = paper.week_width / len(cells)
            lines = max(_lines(cell.text, width) for cell in cells)
            lines = max(lines, _lines(name.text, paper.name_width))
        return min(_LINE * lines + 5, _TALLEST)

    def _title(self) -> str:
        instance = self._facts.instance
        return self._word("wall.title", week=instance.title or instance.id)

    def _foot(self) -> str:
        return self._word("wall.private") if self._reader.tasks else self._word("wall.end")

    def _word(self, key: str, **slots: object) -> str:
        return word(key, self._lang, **slots)

    @cached_property
    def _style(self) -> dict[str, Any]:
        """By name: of cells, and of parts of their text."""
        box = _FONT | {
            "font_size": _SIZE,
            "text_wrap": True,
            "border": 1,
            "border_color": "#7F7F7F",
        }
        shapes: dict[str, dict[str, Any]] = {
            "title": _FONT | {"font_size": 20, "bold": True, "align": "center", "valign": "vcenter"},
            "span": _FONT | {"font_size": 12, "align": "center", "valign": "vcenter"},
            "note": _FONT | {"font_size": _SIZE, "text_wrap": True},
            "head": box | {"font_size": 11, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E4EAE8"},
            "name": box | {"font_size": 10, "bold": True, "bg_color": "#F2F2EE"},
            "line": box | {"bg_color": "#F2F2EE"},
            "cell": box,
            "away": box | {"bg_color": "#EDEDED"},
            "text": _FONT | {"font_size": _SIZE},
            "bold": _FONT | {"font_size": _SIZE, "bold": True},
        }  # fmt: skip
        for name in ("name", "line", "cell", "away"):
            shapes[f"{name}_first"] = shapes[name] | {"top": 5, "top_color": "#404040"}
        shapes["role"] = shapes["bold"] | {"font_color": "#17616B"}
        shapes["head_off"] = shapes["head"] | {"italic": True, "bg_color": "#D9D9D9"}
        inks = {f"kind{number}": shapes["bold"] | {"font_color": ink} for number, ink in enumerate(_INKS)}  # fmt: skip
        return {name: self._book.add_format(shape) for name, shape in (shapes | inks).items()}


def _pages(blocks: list[WallCell], width: float) -> Iterator[WallCell]:
    """Blocks below each other in as few cells as the tallest row lets."""
    page, lines = WallCell(), 0
    for block in blocks:
        more = _lines(block.text, width)
        if page.parts and _LINE * (lines + more) + 5 > _TALLEST:
            yield page
            page, lines = WallCell(), 0
        parts = [*page.parts, *([("text", "\n")] if page.parts else []), *block.parts]
        page, lines = WallCell(parts, page.away or block.away), lines + more
    if page.parts:
        yield page


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column of this width, which counts a spreadsheet's usual figures.

    Those have 11 points, these letters 9: a Chinese one is 1.75 as wide, any other at most as wide.
    """
    return sum(
        max(
            1,
            math.ceil(sum(1.75 if east_asian_width(sign) in "WF" else 1 for sign in line) / width),
        )
        for line in text.split("\n")
    )
