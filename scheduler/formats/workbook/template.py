"""The template: a sheet that says what must be filled in, then every sheet, empty or with a small week.

What is rare is folded into an outline; closed lists refuse other words.
"""

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scheduler.formats.workbook.cells.context import CellContext
from scheduler.formats.workbook.cells.kinds import Codes, Counts
from scheduler.formats.workbook.rows import (
    RECORDS,
    RowValues,
    limit_rows,
    rule_rows,
    way_rows,
)
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.formats.workbook.write import BookWriter, opened
from scheduler.messages import Lang, say
from scheduler.model import Calendar, Duties, Settings

_NEEDED = ("settings", "places", "people", "visits", "shifts")
"""Sheets without which there is no week, in the order in which to fill them."""


def write_template(path: Path, lang: Lang, *, example: bool = False) -> None:
    """A workbook to fill in, with drop-downs, a note on each column and an example line on each sheet.

    Example lines begin with 示例 or EXAMPLE and are not read. example: with a small week filled in
    instead, which begins on the next Monday and can be solved.
    """
    today = date.today()
    monday = today + timedelta(days=7 - today.weekday())
    context = CellContext(monday if example else today, 7, lang)
    book = BookWriter(opened(path), context, folded=True)
    typed = _example_week(lang) if example else {}
    _start_here(book)
    settings = _settings(context)
    given = typed.get("settings", [{}])[0] | ({"horizon.start": monday} if example else {})
    book.settings({"horizon.days": 7} | given, settings)
    prefilled: dict[str, Iterable[RowValues]] = {
        "limits": limit_rows(Settings()),
        "ways": way_rows(settings),
        "rules": rule_rows(Settings(), lang),
    }
    for sheet in RECORDS:
        records = list(prefilled.get(sheet.name, ()))
        book.sheet(sheet, records, example=not example, typed=typed.get(sheet.name, ()))
    book.ways([[context.word("travel.corner")]])
    book.close()


def _settings(context: CellContext) -> Settings:
    """The default settings with their words in the template's language."""
    duties = Duties()
    ways = {
        risk: tuple(
            way.model_copy(update={"kind": context.word(f"template.{way.kind}")}) for way in ways
        )
        for risk, ways in duties.ways.items()
    }
    outcomes = Counts().read(context.word("template.outcomes"), context)
    kinds = Codes().read(context.word("template.counselling"), context)
    return Settings(
        calendar=Calendar(country="cn"),
        counselling_kinds=tuple(kinds),
        duties=duties.model_copy(update={"ways": ways, "follow_up_days": outcomes}),
    )


def _example_week(lang: Lang) -> dict[str, list[dict[str, str]]]:
    """Lines of cells by sheet and field, as a coordinator types them."""
    path = Path(__file__).with_name("example_week.toml")
    weeks: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    lines: dict[str, list[dict[str, str]]] = weeks[lang]
    return lines


def _start_here(book: BookWriter) -> None:
    """The first sheet: which sheets and columns to fill in at least, each with a link."""
    lang, word = book.lang, book.context.word
    page = book.book.add_worksheet(word("word.start_here"))
    page.set_tab_color("#D9A441")
    for index, width in enumerate((18, 44, 60)):
        page.set_column(index, index, width, book.cell)
    page.write_string(0, 0, word("start.lead"), book.lead)
    for index, head in enumerate(("sheet", "columns", "what")):
        page.write_string(2, index, word(f"start.{head}"), book.head)
    by_name = {sheet.name: sheet for sheet in SHEETS}
    row = 3
    for name in _NEEDED:
        sheet = by_name[name]
        needed = [column for column in sheet.columns if column.required or column.needed]
        heads = word("word.list").join(sheet.header(column, lang) for column in needed)
        page.write_url(row, 0, f"internal:'{sheet.title(lang)}'!A1", string=sheet.title(lang))
        page.write_string(row, 1, heads, book.cell)
        page.write_string(row, 2, word(f"start.for.{name}"), book.cell)
        row += 1
    page.write_string(row + 1, 0, word("start.others"), book.head)
    page.write_string(row + 1, 1, word("start.hints"), book.head)
    for number, sheet in enumerate(sheet for sheet in SHEETS if sheet.name not in _NEEDED):
        title = sheet.title(lang)
        page.write_url(row + 2 + number, 0, f"internal:'{title}'!A1", string=title)
    for number, hint in enumerate(("ids", "places", "folded", "words", "run")):
        page.write_string(row + 2 + number, 1, say(f"workbook.start.hint.{hint}", lang), book.cell)
