"""What all tables share: dtypes, units, and what of a private week they show."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import pandas as pd

from scheduler.drawings.reader import Reader
from scheduler.due import Expanded
from scheduler.messages import Lang
from scheduler.messages.names import PRIVATE
from scheduler.model import Instance, Level, Role, Shift, Visit
from scheduler.model.tasks import Rank, household_of, tasks
from scheduler.model.time import to_datetime
from scheduler.report.neutral import Neutral

TEXT, WHOLE, REAL, YES_NO = "string", "Int64", "Float64", "boolean"
MOMENT = "datetime64[us]"
"""Exact to a microsecond, as moments are; nanoseconds would end in the year 2262."""
ROLE = pd.CategoricalDtype([role.value for role in Role], ordered=True)
RANK = pd.CategoricalDtype([rank.value for rank in Rank], ordered=True)
LEVEL = pd.CategoricalDtype([level.value for level in Level], ordered=True)


def table(rows: Iterable[tuple[Any, ...]], **dtypes: Any) -> pd.DataFrame:
    """Rows under named columns of these dtypes, whether there are rows or not."""
    columns = list(zip(*rows, strict=True)) or [()] * len(dtypes)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(dtypes.items(), columns, strict=True)
        }
    )


class WeekClock:
    """Ticks of a week as minutes and moments."""

    def __init__(self, week: Instance):
        self._horizon = week.horizon

    def minutes(self, ticks: int | None) -> int | None:
        """Whole minutes, rounded; None for None."""
        return None if ticks is None else round(ticks / self._horizon.ticks_per_minute)

    def moment(self, ticks: int) -> datetime:
        """Local date and time of a moment."""
        return to_datetime(ticks, self._horizon.start, self._horizon.ticks_per_minute)

    def date(self, day: int) -> datetime:
        """Midnight at which a day begins."""
        return datetime.combine(self._horizon.date(day), time())


class Mask:
    """Ids, names and kinds of an expanded week's tasks as a reader may see them."""

    def __init__(self, week: Instance, private: bool, lang: Lang = "zh"):
        self._week, self._lang, self._reader = week, lang, Reader(week, private)
        neutral = Neutral(Expanded(week), private=private).ids.get("task", {})
        self._ids = {task: neutral.get(task, task) for task in self._reader.tasks}
        self.kinds = pd.CategoricalDtype(sorted({self.kind(task.id) for task in tasks(week)}))

    def hides(self, task: str) -> bool:
        """Whether a task is hidden."""
        return task in self._ids

    def task(self, task: str) -> str:
        """Its id, or the id that stands for it."""
        return self._ids.get(task, task)

    def name(self, task: str) -> str:
        """Its name, or a neutral one."""
        return str(getattr(self._reader.task(task), self._lang))

    def kind(self, task: str) -> str:
        """Its kind of work, or that it is private."""
        return PRIVATE if self.hides(task) else self._week.task_by_id[task].kind

    def place(self, task: str, place: str) -> str | None:
        """The id of its place; None where it is hidden."""
        return None if self.hides(task) else place

    def place_name(self, task: str, place: str) -> str:
        """The name of its place, or of an area around it."""
        return str(getattr(self._reader.place(task, place), self._lang))

    def area(self, task: str, place: str) -> str | None:
        """The innermost area, or the one that stands for a hidden place."""
        if self.hides(task):
            return self._reader.area(place)
        return self._week.place_by_id[place].area

    def household(self, task: Visit | Shift) -> str | None:
        """Whose home a visit goes to, unless that would say something of a hidden visit."""
        home = household_of(self._week, task)
        if home is None or self.hides(task.id) or home.id in self._reader.households:
            return None
        return home.id
