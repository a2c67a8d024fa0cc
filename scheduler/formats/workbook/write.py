"""Writing workbooks: one filled from an instance, with drop-downs and notes; `template` has the empty one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from scheduler.formats.workbook.cells.context import CellContext
from scheduler.formats.workbook.cells.kinds import Choice, Unlimited, YesNo, choices
from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.rare import is_rare
from scheduler.formats.workbook.records import default_setting
from scheduler.formats.workbook.rows import (
    RECORDS,
    RowValues,
    rows,
    value_at,
)
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.formats.workbook.sheets.places import TRAVEL
from scheduler.formats.workbook.sheets.settings import SETTINGS
from scheduler.formats.workbook.ways import way_rows as ways_of
from scheduler.messages import Lang, has, say
from scheduler.model import InputError, Instance, Problem, Settings

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_INK = {"font_name": "Noto Sans CJK SC", "font_size": 10, "valign": "top"}
_LAST_ROW = 5_000
"""Drop-downs and notes reach down to here."""
_LONGEST_NOTE = 255


def write_instance(path: Path, instance: Instance, lang: Lang) -> None:
    """The instance as a workbook that reads back as an equal instance.

    A workbook holds whole minutes and straight-line travel; it cannot hold travel tables, road
    servers, other ticks than minutes, or settings without limits for any role.
    Raises InputError where the instance has what it cannot hold.
    """
    faults = list(_not_writable(instance))
    if faults:
        raise InputError(faults)
    book = BookWriter(
        opened(path), CellContext(instance.horizon.start, instance.horizon.days, lang)
    )
    values = {
        column.field: value_at(instance, column.field)
        for column in SETTINGS.columns
        if column.field.partition(".")[0] in ("id", "title", "horizon", "affected")
    }
    book.settings(values, instance.settings)
    for sheet in RECORDS:
        book.sheet(sheet, rows(instance, sheet, lang), example=False)
    book.ways(ways_of(instance, book.context))
    book.close()


def _not_writable(instance: Instance) -> Iterable[Problem]:
    settings = instance.settings
    if instance.horizon.ticks_per_minute != 1:
        ticks = str(instance.horizon.ticks_per_minute)
        yield Problem(code="workbook_cannot_hold", pointer="/horizon/ticks_per_minute", value=ticks)
    if settings.travel.kind != "straight_line":
        kind = settings.travel.kind
        yield Problem(code="workbook_cannot_hold", pointer="/settings/travel/kind", value=kind)
    if not settings.limits:
        yield Problem(code="workbook_cannot_hold", pointer="/settings/limits", value="{}")


def opened(path: Path) -> xlsxwriter.Workbook:
    """A file to write a workbook into."""
    return xlsxwriter.Workbook(str(path), _OPTIONS)


class BookWriter:
    """A workbook that is being written, sheet by sheet in the order of the tabs.

    sheets: those that it may get; names: name of a sheet → what drop-downs choose from in its stead
    folded: drop-downs list names, since ids may be left blank, and rare items are folded away
    """

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        context: CellContext,
        sheets: Sequence[Sheet] = SHEETS,
        names: Mapping[str, list[str]] | None = None,
        *,
        folded: bool = False,
    ):
        self.folded = folded
        self.book = book
        self.context = context
        self.sheets = sheets
        make = self.book.add_format
        self.head = make(_INK | {"bold": True, "bg_color": "#E7ECEA", "bottom": 2, "text_wrap": 1})
        self.must = make(_INK | {"bold": True, "bg_color": "#F6E7C8", "bottom": 2, "text_wrap": 1})
        self.cell = make(_INK | {"text_wrap": 1})
        self.text = make(_INK | {"text_wrap": 1, "num_format": "@"})
        self.day = make(_INK | {"num_format": "yyyy-mm-dd"})
        self.moment = make(_INK | {"num_format": "yyyy-mm-dd hh:mm"})
        self.example = make(_INK | {"italic": 1, "font_color": "#5A6B66", "bg_color": "#F4F4F0"})
        self.lead = make(_INK | {"italic": 1, "font_color": "#5A6B66"})
        self.lists = _lists(context, sheets) | dict(names or {})

    @property
    def lang(self) -> Lang:
        """The language to write in."""
        return self.context.lang

    def close(self) -> None:
        """Write the words to choose from, and the file."""
        self.write_lists()
        self.book.close()

    def write_lists(self) -> None:
        """Write the hidden sheet of the words that drop-downs choose from."""
        hidden = self.book.add_worksheet(self.context.word("word.lists"))
        for index, (source, words) in enumerate(self.lists.items()):
            hidden.write_column(0, index, [source, *words])
        hidden.hide()

    def settings(self, values: dict[str, Any], settings: Settings) -> None:
        """The settings sheet, one item in each row: its name, its value, what it means."""
        heads = [self.context.word(f"page.{word}") for word in ("item", "value", "note")]
        page = self._page(SETTINGS, heads, [28, 34, 60])
        for number, column in enumerate(SETTINGS.columns, 1):
            style = self.must if column.required else self.head
            page.write_string(number, 0, SETTINGS.header(column, self.lang), style)
            path = column.field.removeprefix("settings.")
            value = values.get(column.field)
            if path != column.field:
                value = value_at(settings, path)
                value = default_setting(path) if value is None else value
            if value is not None:
                self._write(page, number, 1, column.kind.write(value, self.context))
            page.write_string(number, 2, self._note(SETTINGS, column), self.cell)
            self._help(page, column, number, number, 1, SETTINGS)
            if self.folded and is_rare(SETTINGS, column):
                page.set_row(number, None, None, {"level": 1, "hidden": True})

    def sheet(
        self,
        sheet: Sheet,
        records: list[RowValues],
        *,
        example: bool,
        typed: Sequence[Mapping[str, str]] = (),
    ) -> None:
        """A sheet of records: a head row, an example where asked for, then a row for each record.

        typed: lines of text by field, as somebody would type them, below the records
        """
        heads = [sheet.header(column, self.lang) for column in sheet.columns]
        page = self._page(sheet, heads, [column.width for column in sheet.columns])
        first = self._head(sheet) + 1
        for index, column in enumerate(sheet.columns):
            if column.required or column.needed:
                page.write_string(first - 1, index, heads[index], self.must)
            self._help(page, column, first, _LAST_ROW, index, sheet)
        if example and sheet.example:
            for index, column in enumerate(sheet.columns):
                key = f"workbook.{sheet.name}.example.{column.field}"
                if has(key):
                    page.write_string(first, index, say(key, self.lang), self.example)
            page.write_comment(first, 0, self.context.word("page.example_note"))
            first += 1
        for number, record in enumerate(records, first):
            for index, column in enumerate(sheet.columns):
                if column.field in record:
                    self._write(
                        page, number, index, column.kind.write(record[column.field], self.context)
                    )
        for number, line in enumerate(typed, first + len(records)):
            for field, text in line.items():
                self._write(page, number, sheet.position(field), text)
        if self.folded:
            self._fold(page, sheet, {field for line in typed for field in line})

    def _fold(self, page: Any, sheet: Sheet, filled: set[str]) -> None:
        """Fold rare columns that hold nothing into an outline; + above them shows them."""
        for index, column in enumerate(sheet.columns):
            rare = is_rare(sheet, column) and column.field not in filled
            before = index > 0 and is_rare(sheet, sheet.columns[index - 1])
            if rare or before:
                options = {"level": 1, "hidden": True} if rare else {"collapsed": True}
                page.set_column(index, index, column.width, self.text, options)
        if is_rare(sheet, sheet.columns[-1]):
            page.set_column(len(sheet.columns), len(sheet.columns), None, None, {"collapsed": True})

    def ways(self, cells: list[list[Any]]) -> None:
        """The sheet of ways: places down and across, minutes between them."""
        page = self._page(TRAVEL, [], [])
        page.set_column(0, len(cells[0]), 14, self.text)
        page.write_comment(0, 0, self._note(TRAVEL, TRAVEL.columns[0]))
        for row, line in enumerate(cells):
            for index, value in enumerate(line):
                if row and index:
                    self._write(page, row, index, value)
                else:
                    page.write_string(row, index, value, self.head)

    def _page(self, sheet: Sheet, heads: list[str], widths: list[int]) -> Any:
        page = self.book.add_worksheet(sheet.title(self.lang))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        row = self._head(sheet)
        if row:
            page.write_string(0, 0, self.context.word(f"{sheet.name}.lead"), self.lead)
        page.repeat_rows(0, row)
        page.freeze_panes(row + 1, 1)
        page.set_footer(f"&R{self.context.word('page.footer')}")
        for index, (head, width) in enumerate(zip(heads, widths, strict=True)):
            page.set_column(index, index, width, self.text)
            page.write_string(row, index, head, self.head)
        return page

    def _head(self, sheet: Sheet) -> int:
        """The row of the heads, 0 the first: below the line that says what the sheet is for, where it has one."""
        return int(has(f"workbook.{sheet.name}.lead"))

    def _write(self, page: Any, row: int, index: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            page.write_datetime(row, index, value, self.moment)
        elif isinstance(value, date):
            page.write_datetime(row, index, datetime(value.year, value.month, value.day), self.day)
        elif isinstance(value, int | float):
            page.write_number(row, index, value, self.cell)
        else:
            page.write_string(row, index, value, self.text)

    def _note(self, sheet: Sheet, column: Column) -> str:
        key = f"workbook.{sheet.name}.note.{column.field}"
        form = self.context.word(f"kind.{column.kind.name}")
        return say(key, self.lang) if has(key) else form

    def _help(
        self, page: Any, column: Column, first: int, last: int, index: int, sheet: Sheet
    ) -> None:
        """A drop-down where there is a list, and a note when the cell is chosen."""
        if column.shown:
            return
        note = self._note(sheet, column)
        form = self.context.word(f"kind.{column.kind.name}")
        message = note if form in note else f"{note}\n{form}"
        validation: dict[str, Any] = {
            "validate": "any",
            "input_title": sheet.header(column, self.lang)[:32],
            "input_message": message[:_LONGEST_NOTE],
        }
        source = self._source(column)
        if source is not None:
            validation |= {"validate": "list", "source": source}
            # Ids and names may be typed before their record; the words of a closed list are all there are.
            validation |= self._refusal() if _is_closed(column) else {"show_error": False}
        page.data_validation(first, index, last, index, validation)

    def _refusal(self) -> dict[str, Any]:
        """A drop-down that refuses other words, and says so."""
        title, message = (
            self.context.word(f"page.refused_{part}") for part in ("title", "message")
        )
        return {"error_type": "stop", "error_title": title, "error_message": message}

    def _source(self, column: Column) -> str | None:
        kind = column.kind.inner if isinstance(column.kind, Unlimited) else column.kind
        if isinstance(kind, Choice | YesNo):
            return self._list(kind.source)
        if column.refers in self.lists:
            return self._list(column.refers)
        other = next((sheet for sheet in self.sheets if sheet.name == column.refers), None)
        if other is None:
            return None
        named = self.folded and any(column.field == "name" for column in other.columns)
        letter = xl_col_to_name(other.position("name") if named else 0)
        return f"='{other.title(self.lang)}'!${letter}$2:${letter}${_LAST_ROW}"

    def _list(self, source: str) -> str:
        """The cells of the hidden sheet that hold a list's words."""
        name = xl_col_to_name(list(self.lists).index(source), col_abs=True)
        return f"='{self.context.word('word.lists')}'!{name}$2:{name}${len(self.lists[source]) + 1}"


def _is_closed(column: Column) -> bool:
    return isinstance(column.kind, Choice | YesNo)


def _lists(context: CellContext, sheets: Sequence[Sheet]) -> dict[str, list[str]]:
    """Words of every closed list that some column chooses from."""
    words_by_source: dict[str, list[str]] = {}
    for sheet in sheets:
        for column in sheet.columns:
            kind = column.kind.inner if isinstance(column.kind, Unlimited) else column.kind
            if isinstance(kind, Choice | YesNo):
                source = kind.source
                words_by_source[source] = [
                    context.word(f"choice.{source}.{key}") for key in choices(source)
                ]
    return words_by_source
