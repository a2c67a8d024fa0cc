"""Kinds of cell for days and times; see `kinds` for what a kind is."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.kinds import Counts, Duration, as_text
from scheduler.formats.workbook.cells.span_texts import write_clock, write_moment, write_spans
from scheduler.formats.workbook.cells.spans import (
    DAY,
    read_clocks,
    read_days,
    read_moment,
    read_spans,
    read_start,
)
from scheduler.formats.workbook.cells.text import (
    is_word,
    plain,
    quoted,
    simplified,
    split,
    unquoted,
)

_OLDEST = date(1900, 3, 1)
"""Spreadsheets differ in how they count earlier days."""


@dataclass(frozen=True)
class Date:
    """A day: a date, a spreadsheet's day number, 2026-11-23, 11月23日."""

    name: str = "date"

    def read(self, cell: Any, context: CellContext) -> date:
        when = _datetime(cell)
        if when is not None:
            return when.date()
        text = plain(as_text(cell))
        if re.fullmatch(r"\d{1,2}\s*[日号]", text):
            raise CellError("needs_month")
        days = read_days(text, context)
        if len(days) != 1:
            raise CellError()
        return days[0]

    def write(self, value: date | None, context: CellContext) -> date | str | None:
        return value if value is None or value >= _OLDEST else value.isoformat()


@dataclass(frozen=True)
class Dates:
    """A list of days and ranges of days."""

    name: str = "dates"

    def read(self, cell: Any, context: CellContext) -> list[date]:
        when = _datetime(cell)
        return [when.date()] if when is not None else read_days(as_text(cell), context)

    def write(self, value: tuple[date, ...], context: CellContext) -> str | None:
        return context.word("word.list").join(day.isoformat() for day in value) or None


@dataclass(frozen=True)
class NamedDates:
    """Days and ranges of days with names: 10-01至10-07:国庆节; a name may be left out."""

    name: str = "named_dates"

    def read(self, cell: Any, context: CellContext) -> dict[str, str]:
        when = _datetime(cell)
        if when is not None:
            return {when.date().isoformat(): ""}
        named: dict[str, str] = {}
        for part in split(plain(as_text(cell)), ";\n"):
            days, _, name = part.partition(":")
            named |= {day.isoformat(): unquoted(name.strip()) for day in read_days(days, context)}
        return named

    def write(self, value: dict[date, str], context: CellContext) -> str | None:
        return "; ".join(f"{day.isoformat()}:{quoted(name)}" for day, name in value.items()) or None


@dataclass(frozen=True)
class Moment:
    """A day and a time: 2026-11-23 09:00, 11月23日 9：00, or a date cell with a time."""

    name: str = "moment"

    def read(self, cell: Any, context: CellContext) -> int:
        when = _datetime(cell)
        if when is None:
            return read_moment(as_text(cell), context)
        return context.day(when.date()) * DAY + when.hour * 60 + when.minute

    def write(self, value: int | None, context: CellContext) -> datetime | str | None:
        if value is None:
            return None
        day = context.date(value // DAY)
        if day < _OLDEST or context.spoken:
            return write_moment(value, context)
        return datetime(day.year, day.month, day.day) + timedelta(minutes=value % DAY)


@dataclass(frozen=True)
class Start(Moment):
    """A moment that may say its end too: 11-24 18:30-20:30; read as a moment or a list of both."""

    def read(self, cell: Any, context: CellContext) -> Any:
        if _datetime(cell) is not None:
            return super().read(cell, context)
        start, end = read_start(as_text(cell), context)
        return start if end is None else [start, end]


@dataclass(frozen=True)
class Length(Duration):
    """A duration, or the hours of it: 18:30-20:30; read as minutes or a list of both clocks."""

    def read(self, cell: Any, context: CellContext) -> Any:
        try:
            return super().read(cell, context)
        except CellError as error:
            if error.code or not isinstance(cell, str):
                raise
        try:
            ((first, last, _),) = read_spans(cell, replace(context, days=1, notes=[]))
        except (CellError, ValueError):
            raise CellError() from None
        return [first, last]


def _datetime(cell: Any) -> datetime | None:
    """A date cell or a day number as a moment in whole minutes; None for text."""
    if isinstance(cell, bool | time):
        raise CellError()
    if isinstance(cell, int | float):
        if cell == int(cell) and 19_000_000 < cell < 30_000_000:
            return None  # a date without its marks: 20261123
        if not 1 <= cell < 2_958_466:
            raise CellError()
        from openpyxl.utils.datetime import from_excel  # late: takes a third of a second

        cell = from_excel(cell)
    if not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else None
    rounded = (cell + timedelta(seconds=30)).replace(second=0, microsecond=0)
    if abs((rounded - cell).total_seconds()) > 1:
        raise CellError("not_whole_minutes")
    return rounded


@dataclass(frozen=True)
class Clock:
    """A time of day: 9:00, 9：00, 0.375."""

    name: str = "clock"

    def read(self, cell: Any, context: CellContext) -> int:
        if isinstance(cell, time):
            return cell.hour * 60 + cell.minute
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            minutes = cell * DAY
            if not 0 <= cell <= 2 or abs(minutes - round(minutes)) > 0.02:
                raise CellError()
            return round(minutes)
        if not isinstance(cell, str):
            raise CellError()
        return read_clocks(cell, context, 1)[0]

    def write(self, value: int | None, context: CellContext) -> str | None:
        return None if value is None else write_clock(value)


@dataclass(frozen=True)
class Clocks:
    """A span of the day: 09:00-19:00."""

    name: str = "clocks"

    def read(self, cell: Any, context: CellContext) -> list[int]:
        return read_clocks(as_text(cell), context, 2)

    def write(self, value: tuple[int, int] | None, context: CellContext) -> str | None:
        return None if value is None else "-".join(write_clock(clock) for clock in value)


@dataclass(frozen=True)
class RestSpan:
    """A break: 11:30-13:30 45 (between which times, and for how many minutes).

    Two more numbers say from how many minutes a day owes it, and work holds it, where not six hours
    (-: six hours).
    """

    name: str = "rest"

    def read(self, cell: Any, context: CellContext) -> dict[str, int]:
        match = re.fullmatch(
            r"(.*?)\s+(\d+)\s*(?:分钟?|min|minutes)?(?:\s+(\d+|-)\s+(\d+|-))?", plain(as_text(cell))
        )
        if match is None:
            raise CellError()
        first, last = read_clocks(match[1], context, 2)
        given = {"beyond": match[3], "within": match[4]}
        more = {name: int(text) for name, text in given.items() if text not in (None, "-")}
        return {"from": first, "to": last, "minutes": int(match[2])} | more

    def write(self, value: Any, context: CellContext) -> str | None:
        if value is None:
            return None
        text = f"{write_clock(value.start)}-{write_clock(value.end)} {value.minutes}"
        more = ["-" if ticks is None else str(ticks) for ticks in (value.beyond, value.within)]
        return text if more == ["-", "-"] else " ".join([text, *more])


@dataclass(frozen=True)
class Spans:
    """Spans of time; see `spans`. besides: pattern of words that may stand beside them."""

    name: str = "spans"
    besides: str = ""

    def read(self, cell: Any, context: CellContext) -> list[dict[str, int]]:
        when = _datetime(cell)
        if when is not None and when.time() != time():
            raise CellError("without_end", part=f"{when:%H:%M}")
        text = f"{when:%Y-%m-%d}" if when is not None else plain(as_text(cell))
        if self.besides:
            text = re.sub(self.besides, " ", simplified(text)).strip(" ,、:()") or text
        if is_word(text, "word.none"):
            return []
        return [
            {"from": first, "to": last} | ({} if due is None else {"due": due})
            for first, last, due in read_spans(text, context)
        ]

    def write(self, value: Any, context: CellContext) -> str | None:
        if value is None:
            return None
        spans = [(span.start, span.end, span.due) for span in value]
        return write_spans(spans, context) if spans else context.word("word.none")


@dataclass(frozen=True)
class Durations(Counts):
    """Names with durations: 夜班:48小时; 中班:600."""

    empty_word: bool = True
    name: str = "durations"

    def part(self, part: str, context: CellContext) -> tuple[str, int]:
        """Name and minutes of one item."""
        match = re.fullmatch(r'("(?:[^"]|"")*"|[^:]*?)\s*:\s*(.+)', part, re.DOTALL)
        if match is None or not match[1]:
            raise CellError()
        return unquoted(match[1]), Duration().read(match[2], context)


@dataclass(frozen=True)
class TimeOfDay:
    """A time of day without its day: minutes after midnight."""

    minutes: int


@dataclass(frozen=True)
class MomentOrClock(Moment):
    """A day and a time, or a time alone, whose day the rest of the row says."""

    def read(self, cell: Any, context: CellContext) -> Any:
        try:
            return TimeOfDay(Clock().read(cell, context))
        except CellError:
            return super().read(cell, context)
