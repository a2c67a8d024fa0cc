"""Where the data of a workbook comes from: JSON pointers → cells, so that no reader meets a pointer."""

from dataclasses import dataclass, field
from typing import Any

from scheduler.formats.workbook.grid import SheetGrid
from scheduler.model import Problem
from scheduler.model.pointer import parts, pointer


@dataclass
class SourceCells:
    """JSON pointers of the data → the rows and cells that it comes from, as ``sheet!cell``.

    rows: pointer of a record → field → cell; the field "" is the row's first cell
    cells: pointer of a value → cell
    """

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)

    def row(self, base: str, grid: SheetGrid, number: int) -> None:
        """Note that a record comes from a row."""
        fields = {column.field: grid.at(number, index) for index, column in grid.columns.items()}
        self.rows[base] = {"": grid.at(number), **fields}

    def cell(self, base: str, at: str) -> None:
        """Note that a value comes from a cell."""
        self.cells[base] = at

    def find(self, at: str) -> str:
        """``sheet!cell`` of a JSON pointer, or of its longest beginning that was noted; "" for none."""
        path = parts(at)
        for length in range(len(path), 0, -1):
            base = pointer(*path[:length])
            if base in self.cells:
                return self.cells[base]
            if base in self.rows:
                return _in_row(self.rows[base], path[length:])
        return ""

    def located(self, problem: Problem) -> Problem:
        """A problem of the data with the cells that it comes from instead of JSON pointers."""
        slots = {
            name: self.find(value) or value if value.startswith("/") else value
            for name, value in problem.slots.items()
        }
        at = self.find(problem.pointer) or problem.pointer
        return problem.model_copy(update={"pointer": at, "slots": slots})

    def as_json(self) -> dict[str, Any]:
        """Plain data, for another process."""
        return {"rows": self.rows, "cells": self.cells}


def _in_row(row: dict[str, str], rest: list[str]) -> str:
    """The cell of the field that is the longest beginning of a path, else the row's first."""
    names = [part for part in rest if not part.isdigit()]
    for length in range(len(names), 0, -1):
        name = ".".join(names[:length])
        for column, cell in row.items():
            if column == name or (length == len(names) and column.startswith(f"{name}.")):
                return cell
    return row[""]
