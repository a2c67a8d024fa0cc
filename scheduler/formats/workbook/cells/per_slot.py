"""The kind of cell for the slots of a crew or the needs of a shift; see `kinds` for what a kind is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.kinds import CellKind
from scheduler.formats.workbook.cells.text import is_word, split


@dataclass(frozen=True)
class PerSlot:
    """Another kind for each slot of a crew or need of a shift, joined by +; 不限 stands for `blank`.

    Read as a list; a list of one holds for all slots. `always`: written for each slot even where all
    are alike, because the number of slots is read from this column.
    """

    inner: CellKind
    blank: Any = None
    always: bool = False

    @property
    def name(self) -> str:
        return f"each_{self.inner.name}"

    def read(self, cell: Any, context: CellContext) -> list[Any]:
        if not isinstance(cell, str):
            return [self.inner.read(cell, context)]
        return [
            self.blank if is_word(part, "word.any") else self.inner.read(part, context)
            for part in split(cell.replace("＋", "+"), "+")
        ]

    def write(self, value: list[Any], context: CellContext) -> Any:
        """One cell for all slots; blank where all of them have the value `blank`."""
        if not self.always and all(part == self.blank for part in value):
            return None
        if len(value) == 1 or (not self.always and all(part == value[0] for part in value)):
            return self.inner.write(value[0], context)
        return " + ".join(self._part(part, context) for part in value)

    def _part(self, value: Any, context: CellContext) -> str:
        return str(
            context.word("word.any") if value == self.blank else self.inner.write(value, context)
        )


def spread_over_slots(parts: list[Any], count: int) -> Iterator[Any]:
    """The parts of a `PerSlot` cell for `count` slots. Raises CellError where the numbers differ."""
    if len(parts) not in (1, count):
        raise CellError("crew_parts", parts=str(len(parts)), count=str(count))
    return iter(parts * count if len(parts) == 1 else parts)
