"""What a sheet has besides its cells' values: merged cells, hidden rows, formulas that were never computed.

openpyxl leaves these out where it reads a workbook in little memory, so that they are looked up in the
parts of the file (ECMA-376, part 1, 18.3.1).
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import fromstring

from scheduler.formats.workbook.cell_names import row_and_column

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*?\shidden="(?:1|true)")[^>]*?\sr="(\d+)"[^>]*>')
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
NOT_COMPUTED = "#NAME?"
"""Stands for a formula whose value is not in the file, as for one that failed."""


@dataclass(frozen=True)
class Layout:
    """merged: first column, first row, last column, last row, from 1; uncomputed: row, column, from 1."""

    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    uncomputed: tuple[tuple[int, int], ...] = ()

    def fill(self, cells_by_row: dict[int, list[Any]]) -> None:
        """Give every cell of a merge its value, in rows that have something of their own."""
        for row, column in self.uncomputed:
            cells = cells_by_row.setdefault(row, [])
            cells += [None] * (column - len(cells))
            cells[column - 1] = NOT_COMPUTED
        own = {row for row, cells in cells_by_row.items() if any(c is not None for c in cells)}
        for left, top, right, bottom in self.merged:
            first = cells_by_row.get(top, [])
            value = first[left - 1] if left <= len(first) else None
            for row in own.intersection(range(top, bottom + 1)) if value is not None else ():
                cells = cells_by_row[row]
                cells += [None] * (right - len(cells))
                cells[left - 1 : right] = [value] * (right - left + 1)


def layouts(book: zipfile.ZipFile) -> dict[str, Layout]:
    """Title → layout of every sheet. Raises KeyError and ParseError where the file is no workbook."""
    return {title: _layout(book.read(part)) for title, part in _parts(book)}


def _layout(text: bytes) -> Layout:
    from openpyxl.utils.cell import range_boundaries  # late: takes a third of a second

    merged = {range_boundaries(match[1].decode()) for match in _MERGED.finditer(text)}
    return Layout(
        tuple(sorted(bounds for bounds in merged if None not in bounds)),
        frozenset(int(match[1]) for match in _HIDDEN_ROW.finditer(text)),
        tuple(row_and_column(match[1].decode()) for match in _UNCOMPUTED.finditer(text)),
    )


def _parts(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Title and part of every sheet."""
    targets = {
        link.get("Id"): link.get("Target", "")
        for link in fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    for element in fromstring(book.read("xl/workbook.xml")).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            key = next((v for name, v in element.items() if name.endswith("}id")), None)
            target = targets.get(key, "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if "worksheets/" in part:
                yield element.get("name", ""), part
