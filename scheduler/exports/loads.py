"""Loads over weeks as a table for a spreadsheet: a line a person, a column of hours a week."""

from pathlib import Path

import pandas as pd

from scheduler.exports.csv_file import harmless
from scheduler.exports.words import word
from scheduler.formats.atomic import replacing
from scheduler.messages import Lang
from scheduler.messages.names import role_in_words


def write_loads(path: Path, by_week: pd.DataFrame, use: pd.DataFrame, lang: Lang) -> None:
    """Write `frames.weekly_loads` and `frames.use` of the same weeks, by the path's ending: .csv or .xlsx.

    Hours with one decimal; people in the order of the weeks.
    """
    table = _table(by_week, use, lang)
    with replacing(path) as partial:
        if path.suffix.lower() == ".csv":
            table.map(harmless).to_csv(
                partial, index=False, encoding="utf-8-sig", lineterminator="\r\n"
            )
        else:
            _write_sheet(partial, table, lang)


def _table(by_week: pd.DataFrame, use: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {
        word("column.person", lang): use["name"],
        word("column.role", lang): use["role"].map(lambda role: role_in_words(role, lang)),
    }
    for (start, _), week in by_week.groupby(["start", "week"]):
        hours = (week.set_index("person")["task_minutes"] / 60).round(1)
        columns[word("loads.week", lang, start=f"{start:%Y-%m-%d}")] = use["person"].map(hours)
    columns |= {
        word("loads.hours", lang): (use["task_minutes"] / 60).round(1),
        word("loads.share", lang): (use["fair_minutes"] / 60).round(1),
        word("loads.tasks", lang): use["tasks"],
        word("loads.last", lang): use["last"].dt.strftime("%Y-%m-%d"),
        word("loads.idle_days", lang): use["idle_days"],
        word("loads.there", lang): use["there"].map({True: "", False: word("loads.away", lang)}),
    }
    return pd.DataFrame(columns)


def _write_sheet(path: Path, table: pd.DataFrame, lang: Lang) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        table.to_excel(
            writer, sheet_name=word("loads.sheet", lang), index=False, freeze_panes=(1, 1)
        )
        sheet = writer.sheets[word("loads.sheet", lang)]
        sheet.set_column(0, 1, 14)
        sheet.set_column(2, len(table.columns) - 1, 12)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
