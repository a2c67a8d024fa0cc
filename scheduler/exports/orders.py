"""Results for the platform whose list was imported: its rows and columns again, with who goes and when."""

from pathlib import Path

import pandas as pd

from scheduler.exports.csv_file import harmless
from scheduler.formats.orders import OrderMap, OrderTable
from scheduler.formats.orders.table import column_of
from scheduler.formats.workbook.cells.text import folded, plain
from scheduler.model import Assignment, Instance, Roster, Visit
from scheduler.model.tasks import is_done
from scheduler.model.time import to_datetime


def results(
    instance: Instance, roster: Roster, table: OrderTable, order_map: OrderMap
) -> pd.DataFrame:
    """The list's rows as text; only columns that the map names, in the list's order, then the map's results.

    An order that is closed, or that is no visit of the week, keeps what the platform wrote of its state.
    """
    wanted = {folded(column) for column in order_map.columns.values()}
    frame = table.cells[[name for name in table.cells.columns if folded(name) in wanted]].copy()
    parts: dict[str, list[Assignment]] = {}
    for part in roster.assignments:
        parts.setdefault(part.task, []).append(part)
    told = [
        _told(instance, order_map, plain(str(id)), parts)
        for id in frame[column_of(table, order_map.columns["id"])]
    ]
    for field, column in order_map.results.model_dump(exclude_none=True).items():
        name = column_of(table, column) or column
        before = frame[name] if name in frame else pd.Series("", frame.index)
        frame[name] = [each.get(field, old) for each, old in zip(told, before, strict=True)]
    return frame


def _told(
    instance: Instance, order_map: OrderMap, id: str, parts: dict[str, list[Assignment]]
) -> dict[str, str]:
    """Who, start, end, place and state of an order; only the state where nobody goes."""
    visit = instance.task_by_id.get(id)
    if not isinstance(visit, Visit):
        return {}
    mine = sorted(parts.get(id, []), key=lambda part: part.slot)
    if not mine:
        return {"state": order_map.states.open}
    done = is_done(visit, {part.slot for part in mine})
    start, end = min(part.start for part in mine), max(part.end for part in mine)
    return {
        "who": "、".join(instance.person_by_id[part.person].name for part in mine),
        "start": _moment(instance, start),
        "end": _moment(instance, end),
        "place": instance.place_by_id[mine[0].place].name,
        "state": order_map.states.planned if done else order_map.states.short,
    }


def _moment(instance: Instance, ticks: int) -> str:
    horizon = instance.horizon
    return f"{to_datetime(ticks, horizon.start, horizon.ticks_per_minute):%Y-%m-%d %H:%M}"


def write_results(path: Path, frame: pd.DataFrame, table: OrderTable) -> None:
    """Write results as CSV in the list's encoding (UTF-8 with its mark after a workbook), or as a workbook.

    No cell can be taken for a formula.
    """
    if path.suffix.lower() == ".xlsx":
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options}) as book:
            frame.to_excel(book, index=False)
        return
    frame.map(harmless).to_csv(
        path,
        header=[harmless(name) for name in frame.columns],
        index=False,
        sep=table.delimiter,
        encoding=table.encoding or "utf-8-sig",
        lineterminator="\r\n",
    )
