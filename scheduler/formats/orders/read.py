"""The rows of a platform's list as orders of a week; every fault at its row and column."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

import pandas as pd

from scheduler.formats import mentions
from scheduler.formats.orders.mapping import OTHER, KindOfWork, OrderField, OrderMap
from scheduler.formats.orders.table import OrderTable, column_of
from scheduler.formats.workbook.cells.text import folded, plain
from scheduler.model import InputError, Instance, Problem, Window
from scheduler.model.base import Record
from scheduler.model.pointer import nearest, shortened
from scheduler.model.time import to_ticks

_DATE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:时](\d{1,2})?分?(?::\d{1,2}(?:\.\d+)?)?)?"
)
_SPOILT = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
"""What a spreadsheet makes of a long number."""
_CLOCK = re.compile("[0-9][:点时]|午")
"""What tells a time from a day."""
_MINUTES = re.compile(r"(\d{1,4})(?:\.0)?\s*(?:分钟?|min(?:utes)?)?")
_TO_BE_THERE = 30
"""Minutes within which a visit starts that is wanted at a moment."""


class Order(Record):
    """One order of the list; None: the list does not say."""

    id: str
    """The platform's number, and the visit's id."""
    row: int
    """Its row in the file, from 1."""
    closed: bool
    """Nobody has to go any more; of such an order nothing else is read."""
    name: str = ""
    """What is to be done."""
    kind: str = ""
    """Kind of work."""
    means: KindOfWork = KindOfWork()
    """What the map says of that kind."""
    place: str | None = None
    """Id of the place."""
    new_place: str | None = None
    """Name of a place that the week does not have yet."""
    area: str | None = None
    """Id of the area of a new place."""
    household: str | None = None
    """Id of the household."""
    priority: int | None = None
    """1 to 5."""
    due: int | None = None
    """Ticks; late from here on. An hour long past is the week's begin."""
    windows: tuple[Window, ...] | None = None
    """When it is wanted."""
    duration: int | None = None
    """Ticks."""


def read_orders(
    instance: Instance, table: OrderTable, order_map: OrderMap
) -> tuple[list[Order], list[Problem]]:
    """The orders, in the list's order, and warnings. Raises InputError listing every fault of the list."""
    reader = _Reader(instance, table, order_map)
    orders = [order for row in table.cells.index if (order := reader.order(int(row))) is not None]
    errors = [problem for problem in reader.problems if problem.severity == "error"]
    if errors:
        raise InputError(errors, table.source)
    return orders, reader.problems


class _Reader:
    def __init__(self, instance: Instance, table: OrderTable, order_map: OrderMap):
        self._instance, self._table, self._map = instance, table, order_map
        self._columns: dict[OrderField, str] = {
            field: found
            for field, column in order_map.columns.items()
            if (found := column_of(table, column)) is not None
        }
        self._seen: dict[str, int] = {}
        self._kinds = {folded(word): kind for word, kind in order_map.kinds.items()}
        self._priorities = {folded(word): rank for word, rank in order_map.priorities.items()}
        self._closed = set(map(folded, order_map.closed))
        self._households = _by_word(
            [(each.id, each.name) for each in instance.household_by_id.values()]
        )
        self.problems: list[Problem] = []

    def order(self, row: int) -> Order | None:
        """The order of a row; None where it has a fault, or is of another week."""
        before = len(self.problems)
        id = self._id(row)
        closed = folded(self._cell(row, "state")) in self._closed
        if id is None or closed:
            return None if id is None else Order(id=id, row=row, closed=True)
        word = self._cell(row, "kind")
        means = self._kind(row, word) or KindOfWork()
        place, new_place = self._place(row)
        order = Order(
            id=id,
            row=row,
            closed=False,
            name=self._cell(row, "name") or word or id,
            kind=means.kind or word or OTHER,
            means=means,
            place=place,
            new_place=new_place,
            area=self._area(row),
            household=self._household(row),
            priority=self._priority(row),
            due=self._due(row),
            windows=self._windows(row),
            duration=self._duration(row, word, id),
        )
        return order if len(self.problems) == before else None

    def _cell(self, row: int, field: OrderField) -> str:
        column = self._columns.get(field)
        return "" if column is None else str(self._table.cells.at[row, column])

    def _tell(self, code: str, row: int, field: OrderField, **slots: str) -> None:
        self._add(Problem(code=code, pointer="", slots=slots), row, field)

    def _add(self, problem: Problem, row: int, field: OrderField) -> None:
        place = self._table.place(row, self._columns[field])
        value = shortened(self._cell(row, field))
        self.problems.append(problem.model_copy(update={"pointer": place, "value": value}))

    def _id(self, row: int) -> str | None:
        id = plain(self._cell(row, "id"))
        if not id:
            self._tell("orders_no_id", row, "id")
        elif _SPOILT.fullmatch(id):
            self._tell("orders_spoilt_id", row, "id")
        elif id in self._seen and not self._alike(row, self._seen[id]):
            self._tell("orders_twice", row, "id", other=str(self._seen[id]))
        elif id not in self._seen:
            self._seen[id] = row
            task = self._instance.task_by_id.get(id)
            if task is None or task in self._instance.visits:
                return id
            self._tell("orders_of_a_shift", row, "id")
        return None

    def _alike(self, row: int, other: int) -> bool:
        """Whether two rows say the same of what the map reads."""
        columns = list(self._columns.values())
        cells: pd.DataFrame = self._table.cells
        return bool((cells.loc[row, columns] == cells.loc[other, columns]).all())

    def _kind(self, row: int, word: str) -> KindOfWork | None:
        means = self._means(word)
        if means is None:
            self._tell("orders_kind", row, "kind", suggestion=nearest(word, self._map.kinds))
        return means

    def _means(self, word: str) -> KindOfWork | None:
        return self._kinds.get(folded(word)) or self._kinds.get(OTHER)

    def _place(self, row: int) -> tuple[str | None, str | None]:
        text = self._cell(row, "place")
        if not text:
            if not self._cell(row, "household"):
                self._tell("orders_no_place", row, "place" if "place" in self._columns else "id")
            return None, None
        try:
            return mentions.place(self._instance, text).id, None
        except InputError as error:
            [problem] = error.problems
            if problem.code == "none_of_place" and self._map.new_places:
                return None, text
            self._add(problem, row, "place")
        return None, None

    def _area(self, row: int) -> str | None:
        text = self._cell(row, "area")
        try:
            return mentions.area(self._instance, text).id if text else None
        except InputError as error:
            self._add(error.problems[0], row, "area")
        return None

    def _household(self, row: int) -> str | None:
        text = self._cell(row, "household")
        if not text:
            return None
        meant = self._households.get(folded(text), [])
        if len(meant) != 1:
            self._tell("orders_households" if meant else "orders_household", row, "household")
            return None
        return meant[0]

    def _priority(self, row: int) -> int | None:
        text = plain(self._cell(row, "priority"))
        rank = self._priorities.get(folded(text))
        if rank is None and re.fullmatch("[1-5]", text):
            rank = int(text)
        if text and rank is None:
            known = ", ".join(self._map.priorities)
            self._tell("orders_priority", row, "priority", known=known)
        return rank

    def _due(self, row: int) -> int | None:
        text = plain(self._cell(row, "due"))
        found = self._moment(row, "due", text) if text else None
        if found is None:
            return None
        ticks, whole_day = found
        return max(0, ticks + self._instance.horizon.day_ticks * whole_day)

    def _windows(self, row: int) -> tuple[Window, ...] | None:
        """When a visit may start; None where the list says nothing. Of another week: told, and no order."""
        text = plain(self._cell(row, "when"))
        if not text:
            return None
        if not _DATE.fullmatch(text):
            try:
                return tuple(mentions.spans(self._instance, text))
            except InputError as error:
                self._add(error.problems[0], row, "when")
                return None
        found = self._moment(row, "when", text)
        if found is None:
            return None
        (start, whole_day), horizon = found, self._instance.horizon
        if not 0 <= start < horizon.end:
            self._add(Problem(code="orders_outside", pointer="", severity="warning"), row, "when")
            return None
        if not whole_day:
            return (Window(start=start, end=start + _TO_BE_THERE * horizon.ticks_per_minute),)
        end = start + horizon.day_ticks
        usual = usual_hours(self._instance, self._map)
        return tuple(span for span in usual if start <= span.start < end) or (
            Window(start=start, end=end),
        )

    def _moment(self, row: int, field: OrderField, text: str) -> tuple[int, bool] | None:
        """Ticks of a text, and whether it is a day without a time; None, and told, where it is none."""
        horizon = self._instance.horizon
        try:
            match = _DATE.fullmatch(text)
            if match is None:
                return mentions.moment(self._instance, text), _CLOCK.search(text) is None
            year, month, day, hour, minute = (int(part or 0) for part in match.groups())
            if hour > 24 or minute > 59 or (hour == 24 and minute):
                raise ValueError(text)
            moment = datetime(year, month, day) + timedelta(hours=hour, minutes=minute)
            ticks = to_ticks(moment, horizon.start, horizon.ticks_per_minute)
            return ticks, match.group(4) is None
        except InputError as error:
            self._add(error.problems[0], row, field)
        except ValueError:
            self._tell("orders_no_date", row, field)
        return None

    def _duration(self, row: int, word: str, id: str) -> int | None:
        text = plain(self._cell(row, "minutes"))
        if not text:
            means = self._means(word)
            needed = means is not None and means.minutes is None
            if needed and id not in self._instance.task_by_id:
                field: OrderField = "minutes" if "minutes" in self._columns else "id"
                self._tell("orders_no_minutes", row, field, kind=word)
            return None
        match = _MINUTES.fullmatch(text)
        if match is None or int(match.group(1)) == 0:
            self._tell("orders_minutes", row, "minutes")
            return None
        return int(match.group(1)) * self._instance.horizon.ticks_per_minute


def usual_hours(instance: Instance, order_map: OrderMap) -> tuple[Window, ...]:
    """When a visit may start where the list names no time. Raises InputError where the map's hours are none."""
    try:
        return tuple(mentions.spans(instance, order_map.hours))
    except InputError:
        value = shortened(order_map.hours)
        raise InputError([Problem(code="orders_hours", pointer="", value=value)]) from None


def _by_word(records: list[tuple[str, str]]) -> Mapping[str, list[str]]:
    """Folded id or name → ids."""
    found: dict[str, list[str]] = {}
    for id, name in records:
        for word in {folded(id), folded(name)}:
            found.setdefault(word, []).append(id)
    return found
