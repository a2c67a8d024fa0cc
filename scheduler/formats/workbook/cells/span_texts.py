"""Days and times as the workbook writes them: by weekday where that says the same, else by date."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from scheduler.formats.workbook.cells.context import CellContext
from scheduler.formats.workbook.cells.spans import DAY, Span, read_spans


def write_clock(minutes: int) -> str:
    """Minutes after midnight as 08:30; later than a day as 25:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def write_moment(minute: int, context: CellContext) -> str:
    """Minutes from the horizon's start as 2026-11-23 09:00; where it is spoken, as 周一 09:00."""
    if context.spoken:
        return f"{_day(minute // DAY, context)} {write_clock(minute % DAY)}"
    when = datetime(context.start.year, context.start.month, context.start.day)
    return f"{when + timedelta(minutes=minute):%Y-%m-%d %H:%M}"


def _clocks(first: int, last: int, context: CellContext) -> str:
    """Both minutes from the same midnight."""
    if context.spoken and (first, last) == (0, DAY):
        return context.word("word.all_day")
    if last <= DAY:
        return f"{write_clock(first)}-{write_clock(last)}"
    return f"{write_clock(first)}-{context.word('word.next_day')}{write_clock(last - DAY)}"


def write_spans(spans: list[Span], context: CellContext) -> str:
    """The shortest text that reads back as the same spans: by weekday where that holds, else by date."""
    weekly = _weekly(spans, context)
    if weekly is not None and read_spans(weekly, context) == spans:
        return weekly
    dated = "; ".join(_dated(span, context) for span in spans)
    if context.spoken and read_spans(dated, context) != spans:
        return write_spans(spans, replace(context, spoken=False))
    return dated


def _dated(span: Span, context: CellContext) -> str:
    first, last, due = span
    day = first // DAY
    if last - day * DAY <= 2 * DAY:
        text = f"{_day(day, context)} {_clocks(first - day * DAY, last - day * DAY, context)}"
    else:
        ends = replace(context, spoken=False)  # A span of several days is one from date to date.
        text = f"{write_moment(first, ends)} - {write_moment(last, ends)}"
    return (
        text if due is None else f"{text} {context.word('word.due')} {write_moment(due, context)}"
    )


def _day(day: int, context: CellContext) -> str:
    """A day by its date; where it is spoken and no other day of the horizon is called so, by its weekday."""
    if context.spoken and 0 <= day < context.days <= 7:
        return context.weekday(context.date(day).weekday())
    return str(context.date(day))


def _weekly(spans: list[Span], context: CellContext) -> str | None:
    """Text by weekdays; None where they cannot say the same, and for fewer than three spans that are not spoken."""
    if len(spans) < (1 if context.spoken else 3) or any(
        due is not None or not 0 <= first // DAY < context.days or last - first > DAY
        for first, last, due in spans
    ):
        return None
    by_weekday: dict[int, dict[tuple[int, int], None]] = {}
    for first, last, _ in spans:
        day = first // DAY
        by_weekday.setdefault(context.date(day).weekday(), {})[
            (first - day * DAY, last - day * DAY)
        ] = None
    groups: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for weekday in sorted(by_weekday):
        groups.setdefault(tuple(by_weekday[weekday]), []).append(weekday)
    return "; ".join(
        f"{_weekdays(days, context)} "
        + ", ".join(_clocks(first, last, context) for first, last in times)
        for times, days in groups.items()
    )


def _weekdays(days: list[int], context: CellContext) -> str:
    if len(days) == 7:
        return context.word("word.daily")
    runs: list[list[int]] = [[days[0]]]
    for before, after in pairwise(days):
        if after == before + 1:
            runs[-1].append(after)
        else:
            runs.append([after])
    parts = []
    for run in runs:
        first, last = (context.weekday(weekday) for weekday in (run[0], run[-1]))
        joint = context.word("word.through") if len(run) > 2 else context.word("word.list")
        parts.append(first if len(run) == 1 else f"{first}{joint}{last}")
    return context.word("word.list").join(parts)
