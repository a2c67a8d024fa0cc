"""A roster as lines of a workbook that a coordinator may edit, read back as edited.

One line is one assignment. A line that is gone, or whose person is blank, is none any more; a line
that was added is one more. What nobody edited comes back as it was, score and outcome included; once
edited, a roster has neither, and is judged anew. What each cell was is known from `as_written`; of a
workbook that has lost it, the lines are all that there is.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from scheduler.facts.visits import places
from scheduler.formats import mentions
from scheduler.formats.parse import parse_roster
from scheduler.formats.workbook import as_written
from scheduler.formats.workbook.as_written import AsWritten
from scheduler.formats.workbook.books import refuse_another_kind
from scheduler.formats.workbook.called import called
from scheduler.formats.workbook.cells.context import CellContext
from scheduler.formats.workbook.cells.moments import TimeOfDay
from scheduler.formats.workbook.cells.text import folded
from scheduler.formats.workbook.grid import grids, open_sheets
from scheduler.formats.workbook.records import UNREADABLE, RecordReader
from scheduler.formats.workbook.sheets import ROSTER_SHEETS
from scheduler.formats.workbook.sheets.roster import ASSIGNMENTS
from scheduler.formats.workbook.source_cells import SourceCells
from scheduler.model import (
    Assignment,
    Horizon,
    InputError,
    Instance,
    Problem,
    Roster,
    Shift,
    Visit,
)
from scheduler.model.pointer import pointer
from scheduler.model.tasks import slots
from scheduler.model.time import MINUTES_PER_DAY


def inspect_roster(
    source: Path | bytes, instance: Instance
) -> tuple[Roster | None, list[Problem], SourceCells]:
    """The roster of a workbook, as it was edited (None where there are errors), every problem, and its cells.

    instance: the week that it is of, everything due in it visits by now; names are those of its records
    """
    book = open_sheets(source, (as_written.TITLE,))
    refuse_another_kind(book, "roster")
    written = as_written.read(book)
    pages = {as_written.TITLE, *(written.pages if written is not None else ())}
    found, lang, problems = grids(
        {title: rows for title, rows in book.items() if title not in pages}, ROSTER_SHEETS
    )
    horizon = instance.horizon
    reader = RecordReader(found, CellContext(horizon.start, horizon.days, lang))
    reader.problems += problems
    if written is not None:
        reader.problems += as_written.edited(written, book)
    about = _about(reader, instance, written)
    if about is None:
        return None, reader.problems, reader.source_cells
    lines = _LineReader(reader, instance, written).lines()
    roster = _roster(reader, lines, about, written)
    _, faults = parse_roster(roster.model_dump(mode="json"))
    reader.problems += [reader.source_cells.located(problem) for problem in faults]
    if any(problem.severity == "error" for problem in reader.problems):
        return None, reader.problems, reader.source_cells
    if written is not None and roster != written.roster:
        _tell_edits(reader, roster, written.roster)
    return roster, reader.problems, reader.source_cells


class _About(NamedTuple):
    """Which week a roster is of."""

    instance: str
    horizon: Horizon


def _about(reader: RecordReader, instance: Instance, written: AsWritten | None) -> _About | None:
    """What the workbook says of its week, else the week itself; None, with a problem, for another week."""
    known = _About(instance.id, instance.horizon)
    if written is not None:
        known = _About(written.roster.instance, written.roster.horizon)
    for _, values, at in reader.rows("about"):
        reader.source_cells.cell("/instance", at)
        start, days = values.get("horizon.start"), values.get("horizon.days")
        horizon = known.horizon
        if isinstance(start, str) and isinstance(days, int) and days >= 1:
            told = {"start": date.fromisoformat(start), "days": days}
            horizon = horizon.model_copy(update=told)
        name = values.get("instance", known.instance)
        known = _About(name if isinstance(name, str) else known.instance, horizon)
        break
    if known.instance != instance.id:
        at = reader.source_cells.find("/instance")
        slots = {"expected": instance.id}
        reader.fault("roster_of_another_instance", at, known.instance, **slots)
        return None
    return known


_MEANT: dict[str, Callable[[Instance, str], str]] = {
    "person": lambda instance, text: mentions.person(instance, text).id,
    "place": lambda instance, text: mentions.place(instance, text).id,
    "task": lambda instance, text: mentions.task(instance, text).id,
}


class _ReadLine(NamedTuple):
    """An assignment, and the number of the row that it stands in."""

    part: Assignment
    row: int


class _LineReader:
    """Reads lines as assignments; what is blank or half told is taken from the task where that says it."""

    def __init__(self, reader: RecordReader, instance: Instance, written: AsWritten | None):
        self.reader = reader
        self.instance = instance
        self.ticks = instance.horizon.ticks_per_minute
        self.written = written
        parts = written.roster.assignments if written is not None else ()
        self.before = {(part.task, part.slot): part for part in parts}
        self.called: dict[str, dict[str, str]] = {
            "person": {name: id for id, name in called(instance.people).items()},
            "place": {name: id for id, name in called(instance.places).items()},
        }

    def lines(self) -> list[_ReadLine]:
        """Every line with a person; broken ones are told and left out."""
        waiting: list[tuple[int, dict[str, Any], Visit | Shift, str]] = []
        lines: list[_ReadLine] = []
        for row, values, _ in self.reader.rows("assignments"):
            self._with_date(values)
            if UNREADABLE in values.values() or "person" not in values:
                continue
            task = self._task(row.number, values)
            person = self._meant("person", values["person"], row.number)
            if task is None or person is None:
                continue
            if "slot" not in values:
                waiting.append((row.number, values, task, person))
            else:
                lines += self._line(row.number, values, task, person)
        for number, values, task, person in waiting:
            taken = {line.part.slot for line in lines if line.part.task == task.id}
            values["slot"] = self._free_slot(task, person, taken)
            if values["slot"] >= len(slots(task)):
                count = str(len(slots(task)))
                self.reader.fault("no_free_slot", self._at(number, "slot"), task.name, count=count)
                continue
            lines += self._line(number, values, task, person)
        return lines

    def _with_date(self, values: dict[str, Any]) -> None:
        """Tell tasks of one name apart by the day of the line's start, where there is no id."""
        name, start = values.get("name"), values.get("start")
        alike = [task for task in self.instance.task_by_id.values() if task.name == name]
        if "task" in values or len(alike) < 2 or not isinstance(start, int):
            return
        meant = [task for task in alike if start // MINUTES_PER_DAY in self._days(task)]
        if len(meant) == 1:
            values["task"] = meant[0].id

    def _line(
        self, row: int, values: dict[str, Any], task: Visit | Shift, person: str
    ) -> Iterator[_ReadLine]:
        before = self.before.get((task.id, values["slot"]))
        self._name(row, values, before)
        place = self._place(row, values, task, before)
        start = self._start(row, values, task, before)
        if place is None or start is None:
            return
        end = self._end(values, task, before, start)
        part = {"task": task.id, "slot": values["slot"], "person": person, "place": place}
        yield _ReadLine(Assignment(**part, start=start, end=end), row)

    def _task(self, row: int, values: dict[str, Any]) -> Visit | Shift | None:
        field = "task" if "task" in values else "name"
        if field not in values:
            self._needed(row, "task")
            return None
        id = self._meant("task", values[field], row, field)
        return None if id is None else self.instance.task_by_id[id]

    def _name(self, row: int, values: dict[str, Any], before: Assignment | None) -> None:
        """Tell where a name was typed over beside an id that stayed: the two say different things."""
        if before is None or self.written is None or not {"task", "name"} <= values.keys():
            return
        shown = self.written.names.get(before.task, "")
        known = {folded(shown), folded(self.instance.task_by_id[before.task].name)}
        if folded(values["name"]) not in known:
            self.reader.fault("name_beside_id", self._at(row, "name"), values["name"], name=shown)

    def _place(
        self, row: int, values: dict[str, Any], task: Visit | Shift, before: Assignment | None
    ) -> str | None:
        if "place" in values:
            return self._meant("place", values["place"], row)
        if before is not None:
            return before.place
        if len(places(task)) == 1:
            return places(task)[0]
        self._needed(row, "place")
        return None

    def _start(
        self, row: int, values: dict[str, Any], task: Visit | Shift, before: Assignment | None
    ) -> int | None:
        cell = values.get("start")
        if cell is None and isinstance(task, Shift):
            return task.start
        if isinstance(cell, TimeOfDay):
            days = (
                self._days(task) if before is None else {self.instance.horizon.day_of(before.start)}
            )
            if len(days) != 1:
                self.reader.fault("cell_needs_day", self._at(row, "start"), _clock(cell))
                return None
            cell = days.pop() * MINUTES_PER_DAY + cell.minutes
        if cell is None:
            self._needed(row, "start")
            return None
        same = before is not None and cell == before.start // self.ticks
        return before.start if before is not None and same else int(cell) * self.ticks

    def _end(
        self, values: dict[str, Any], task: Visit | Shift, before: Assignment | None, start: int
    ) -> int:
        """The end that was typed; where none was, the work takes as long as before, or as its slot says."""
        cell = values.get("end")
        if isinstance(cell, TimeOfDay):
            day = self.instance.horizon.day_of(start)
            end = (day * MINUTES_PER_DAY + cell.minutes) * self.ticks
            return end if end > start else end + self.instance.horizon.day_ticks
        if before is not None and cell in (None, before.end // self.ticks):
            return start + before.end - before.start
        if cell is not None:
            return int(cell) * self.ticks
        parts = slots(task)
        slot = values["slot"]
        return start + (parts[slot].duration if 0 <= slot < len(parts) else task.duration)

    def _days(self, task: Visit | Shift) -> set[int]:
        """Days on which the task may begin."""
        day_of = self.instance.horizon.day_of
        if isinstance(task, Shift):
            return {day_of(task.start)}
        return {
            day
            for window in task.windows
            for day in range(day_of(window.start), day_of(window.end - 1) + 1)
        }

    def _free_slot(self, task: Visit | Shift, person: str, taken: set[int]) -> int:
        """The first free slot that asks for the person's role, else the first free one."""
        parts = slots(task)
        free = [number for number in range(len(parts)) if number not in taken]
        role = self.instance.person_by_id[person].role
        fit = [number for number in free if role in parts[number].roles]
        return next(iter([*fit, *free]), len(parts))

    def _meant(
        self, kind: Literal["person", "place", "task"], text: str, row: int, field: str = ""
    ) -> str | None:
        """Id of the record that a cell names; None, with a problem, where none is meant."""
        if text in self.called.get(kind, {}):
            return self.called[kind][text]
        try:
            return _MEANT[kind](self.instance, text)
        except InputError as error:
            at = {"pointer": self._at(row, field or kind)}
            self.reader.problems += [p.model_copy(update=at) for p in error.problems]
            return None

    def _needed(self, row: int, field: str) -> None:
        column = ASSIGNMENTS.columns[ASSIGNMENTS.position(field)]
        head = ASSIGNMENTS.header(column, self.reader.context.lang)
        self.reader.fault("cell_required", self._at(row, field), "", column=head)

    def _at(self, row: int, field: str) -> str:
        grid = self.reader.grids["assignments"]
        return grid.at(row, grid.index(field))


def _clock(time: TimeOfDay) -> str:
    return f"{time.minutes // 60}:{time.minutes % 60:02d}"


def _roster(
    reader: RecordReader, lines: list[_ReadLine], about: _About, written: AsWritten | None
) -> Roster:
    """The roster of the lines; the one that was written where they say the same."""
    before = written.roster.assignments if written is not None else ()
    order = {(part.task, part.slot): number for number, part in enumerate(before)}
    lines.sort(key=lambda line: order.get((line.part.task, line.part.slot), len(order)))
    for number, line in enumerate(lines):
        base = pointer("assignments", number)
        reader.source_cells.row(base, reader.grids["assignments"], line.row)
    parts = tuple(line.part for line in lines)
    if written is not None and (parts, about.horizon) == (before, written.roster.horizon):
        return written.roster
    return Roster(instance=about.instance, horizon=about.horizon, assignments=parts)


def _tell_edits(reader: RecordReader, roster: Roster, written: Roster) -> None:
    """Say how many lines were edited, added or struck, and that the roster's score went with that."""
    old = {(part.task, part.slot): part for part in written.assignments}
    new = {(part.task, part.slot): part for part in roster.assignments}
    counts = {
        "changed": sum(new[key] != old[key] for key in new.keys() & old.keys()),
        "added": len(new.keys() - old.keys()),
        "struck": len(old.keys() - new.keys()),
    }
    grid = reader.grids["assignments"]
    slots = {name: str(count) for name, count in counts.items()}
    reader.warn("roster_edited", grid.at(grid.head), "", **slots)
