"""Days and times as people write them: 周一至周五 08:30-12:00, 13:30-17:30; 11月23日 9：00-11：00.

A text is a list of segments; a segment is days (dates, weekdays, ranges of either), then times, then
perhaps a due moment. Days without times are whole days, times without days are on every day. Moments
are minutes from midnight of the horizon's first day; a weekday is every such day of the horizon.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from scheduler.formats.workbook.context import CellContext, CellError
from scheduler.formats.workbook.text import plain

DAY = 24 * 60
Span = tuple[int, int, int | None]
"""First minute, first minute no longer inside, due minute or None."""

_WEEKDAYS = {
    **{letter: number for number, letter in enumerate("一二三四五六日")},
    "天": 6,
    **{
        name: number
        for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    },
}
_TOKENS = re.compile(
    r"(?P<time>(?P<h>\d{1,3})\s*:\s*(?P<m>\d{2})(?::00)?(?!\d)"
    r"|(?P<hh>\d{1,2})\s*[点时]\s*(?:(?P<mm>\d{1,2})\s*分?|(?P<half>半))?)"
    r"|(?P<date>(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<dom>\d{1,2})(?!\d)\s*[日号]?)"
    r"|(?P<weekday>(?:周|星期|礼拜)(?P<zh>[一二三四五六日天])"
    r"|(?P<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|(?P<short>[一二三四五六日天]))"
    r"|(?P<daily>每天|每日|daily|every\s*day)"
    r"|(?P<allday>全天|all\s*day)"
    r"|(?P<next>次日|第二天|next\s*day)"
    r"|(?P<due>截止|最迟|due)"
    r"|(?P<dash>[-~–—−至到]|to\b)"
    r"|(?P<comma>[,、]|and\b)"
    r"|(?P<semicolon>[;\n。])"
    r"|(?P<blank>[\s()]+|(?<=\d)T(?=\d))",
    re.IGNORECASE,
)
Token = tuple[str, object]


def _tokens(text: str, context: CellContext) -> list[Token]:
    text = plain(text)
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        match = _TOKENS.match(text, place)
        if match is None:
            raise CellError()
        kind = match.lastgroup or ""
        for name in ("time", "date", "weekday"):
            if match[name] is not None:
                kind = name
        value: object = None
        if kind == "time":
            value = _clock(match)
        elif kind == "date":
            value = _date(match, context)
        elif kind == "weekday":
            value = _WEEKDAYS[(match["zh"] or match["short"] or match["en"]).lower()]
        if kind != "blank":
            tokens.append((kind, value))
        place = match.end()
    return tokens


def _clock(match: re.Match[str]) -> int:
    if match["h"] is not None:
        hours, minutes = int(match["h"]), int(match["m"])
    else:
        hours = int(match["hh"])
        minutes = 30 if match["half"] else int(match["mm"] or 0)
    if minutes > 59:
        raise CellError("no_such_time", part=match.group())
    return hours * 60 + minutes


def _date(match: re.Match[str], context: CellContext) -> date:
    try:
        if match["year"]:
            return date(int(match["year"]), int(match["month"]), int(match["dom"]))
        return context.nearest(int(match["month"]), int(match["dom"]))
    except CellError:
        raise
    except ValueError:
        raise CellError("no_such_day", part=match.group().strip()) from None


class _SpanReader:
    """A recursive-descent reader of the tokens of a text. weekly: whether weekdays or every day occur."""

    def __init__(self, tokens: list[Token], context: CellContext):
        self.tokens = tokens
        self.context = context
        self.place = 0
        self.weekly = False

    def kind(self, ahead: int = 0) -> str:
        at = self.place + ahead
        return self.tokens[at][0] if at < len(self.tokens) else "end"

    def take(self, *kinds: str) -> Any:
        if self.kind() not in kinds:
            raise CellError()
        self.place += 1
        return self.tokens[self.place - 1][1]

    def skip(self, kind: str) -> bool:
        if self.kind() != kind:
            return False
        self.place += 1
        return True

    def moment(self) -> int:
        """Minutes of a date (or the first such weekday) and a time."""
        day = self.day(self.take("date", "weekday"))[0]
        minute: int = self.take("time")
        return day * DAY + minute

    def day(self, value: object) -> list[int]:
        if isinstance(value, date):
            return [self.context.day(value)]
        days = [
            day for day in range(self.context.days) if self.context.date(day).weekday() == value
        ]
        if not days:
            raise CellError("weekday_outside")
        return days

    def days(self) -> list[int]:
        """A list of dates, weekdays and ranges of them; no day at all is every day."""
        if self.skip("daily") or self.kind() not in ("date", "weekday"):
            self.weekly = True
            return list(range(self.context.days))
        days: list[int] = []
        while self.kind() in ("date", "weekday"):
            kind, first = self.tokens[self.place]
            self.place += 1
            if self.kind() == "dash" and self.kind(1) in ("date", "weekday"):
                self.place += 1
                days += self.range(first, self.tokens[self.place][1])
                self.place += 1
            else:
                self.weekly = self.weekly or kind == "weekday"
                days += self.day(first)
            if self.kind() == "comma" and self.kind(1) in ("date", "weekday"):
                self.place += 1
        return days

    def range(self, first: object, last: object) -> list[int]:
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                raise CellError("ends_before_start")
            if (last - first).days > 400:
                raise CellError("range_too_long")
            return list(range(self.context.day(first), self.context.day(last) + 1))
        if isinstance(first, int) and isinstance(last, int):
            self.weekly = True
            wanted = {(first + step) % 7 for step in range((last - first) % 7 + 1)}
            return [
                day
                for day in range(self.context.days)
                if self.context.date(day).weekday() in wanted
            ]
        raise CellError()

    def times(self) -> list[tuple[int, int]]:
        """A list of times; none at all is the whole day."""
        if self.skip("allday"):
            return [(0, DAY)]
        times: list[tuple[int, int]] = []
        while self.kind() == "time":
            first = self.take("time")
            self.take("dash")
            later = DAY if self.skip("next") else 0
            last = self.take("time") + later
            if last <= first:
                raise CellError("ends_before_start")
            times.append((first, last))
            if self.kind() == "comma" and self.kind(1) == "time":
                self.place += 1
        return times or [(0, DAY)]

    def segment(self) -> Iterator[Span]:
        """The spans of one segment."""
        if [self.kind(ahead) for ahead in range(4)] == ["date", "time", "dash", "date"]:
            first = self.moment()
            self.take("dash")
            last = self.moment()
            if last <= first:
                raise CellError("ends_before_start")
            whole = [(first, last)]
        else:
            days = self.days()
            times = self.times()
            whole = [(day * DAY + first, day * DAY + last) for day in days for first, last in times]
        due = self.moment() if self.skip("due") else None
        for first, last in whole:
            yield first, last, due


def read_spans(text: str, context: CellContext) -> list[Span]:
    """Spans of a text, in order of start where it has weekdays in it, else as written."""
    reader = _SpanReader(_tokens(text, context), context)
    spans: list[Span] = []
    while True:
        while reader.kind() in ("comma", "semicolon"):
            reader.place += 1
        if reader.kind() == "end":
            break
        before = reader.place
        spans += reader.segment()
        if reader.place == before:
            raise CellError()
    if reader.weekly:
        spans.sort(key=lambda span: span[:2])
    return spans


def read_days(text: str, context: CellContext) -> list[date]:
    """Dates of a list such as 11-23, 11-25至11-27."""
    reader = _SpanReader(_tokens(text, context), context)
    days: list[date] = []
    while reader.kind() != "end":
        if not reader.skip("comma") and not reader.skip("semicolon"):
            if reader.kind() not in ("date", "weekday"):
                raise CellError()
            days += [context.date(day) for day in reader.days()]
    return days


def read_moment(text: str, context: CellContext) -> int:
    """Minutes of a date and time, such as 11月23日 9：00."""
    reader = _SpanReader(_tokens(text, context), context)
    moment = reader.moment()
    if reader.kind() != "end":
        raise CellError()
    return moment


def read_clocks(text: str, context: CellContext, count: int) -> list[int]:
    """Minutes after midnight of `count` times of day joined by dashes."""
    reader = _SpanReader(_tokens(text, context), context)
    clocks = [reader.take("time")]
    while reader.skip("dash"):
        clocks.append(reader.take("time"))
    if reader.kind() != "end" or len(clocks) != count:
        raise CellError()
    return clocks


def write_clock(minutes: int) -> str:
    """Minutes after midnight as 08:30; later than a day as 25:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def write_moment(minute: int, context: CellContext) -> str:
    """Minutes from the horizon's start as 2026-11-23 09:00."""
    when = datetime(context.start.year, context.start.month, context.start.day)
    return f"{when + timedelta(minutes=minute):%Y-%m-%d %H:%M}"


def _clocks(first: int, last: int, context: CellContext) -> str:
    """Both minutes from the same midnight."""
    if last <= DAY:
        return f"{write_clock(first)}-{write_clock(last)}"
    return f"{write_clock(first)}-{context.word('word.next_day')}{write_clock(last - DAY)}"


def write_spans(spans: list[Span], context: CellContext) -> str:
    """The shortest text that reads back as the same spans: by weekday where that holds, else by date."""
    weekly = _weekly(spans, context)
    if weekly is not None and read_spans(weekly, context) == spans:
        return weekly
    return "; ".join(_dated(span, context) for span in spans)


def _dated(span: Span, context: CellContext) -> str:
    first, last, due = span
    day = first // DAY
    if last - day * DAY <= 2 * DAY:
        text = f"{context.date(day)} {_clocks(first - day * DAY, last - day * DAY, context)}"
    else:
        text = f"{write_moment(first, context)} - {write_moment(last, context)}"
    return (
        text if due is None else f"{text} {context.word('word.due')} {write_moment(due, context)}"
    )


def _weekly(spans: list[Span], context: CellContext) -> str | None:
    """Text by weekdays; None for fewer than three spans, and where weekdays cannot say the same."""
    if len(spans) < 3 or any(
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
