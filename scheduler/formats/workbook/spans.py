"""Days and times as people write them: 周一至周五 08:30-12:00, 13:30-17:30; 11月23日 9：00-11：00.

A text is a list of segments; a segment is days (dates, weekdays, ranges of either), then times, then
perhaps a due moment. Days without times are whole days, times without days are every day. Moments
are minutes from midnight of the horizon's first day; weekdays stand for every such day in it.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from scheduler.formats.workbook.context import CellError, Frame, plain

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


def _tokens(text: str, frame: Frame) -> list[Token]:
    text = plain(text)
    found: list[Token] = []
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
            value = _date(match, frame)
        elif kind == "weekday":
            value = _WEEKDAYS[(match["zh"] or match["short"] or match["en"]).lower()]
        if kind != "blank":
            found.append((kind, value))
        place = match.end()
    return found


def _clock(match: re.Match[str]) -> int:
    if match["h"] is not None:
        hours, minutes = int(match["h"]), int(match["m"])
    else:
        hours = int(match["hh"])
        minutes = 30 if match["half"] else int(match["mm"] or 0)
    if minutes > 59:
        raise CellError("no_such_time", part=match.group())
    return hours * 60 + minutes


def _date(match: re.Match[str], frame: Frame) -> date:
    try:
        if match["year"]:
            return date(int(match["year"]), int(match["month"]), int(match["dom"]))
        return frame.nearest(int(match["month"]), int(match["dom"]))
    except CellError:
        raise
    except ValueError:
        raise CellError("no_such_day", part=match.group().strip()) from None


class _SpanReader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[Token], frame: Frame):
        self.tokens = tokens
        self.frame = frame
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
        """A date (or weekday: the first such day) and a time."""
        day = self.day(self.take("date", "weekday"))[0]
        minute: int = self.take("time")
        return day * DAY + minute

    def day(self, value: object) -> list[int]:
        if isinstance(value, date):
            return [self.frame.day(value)]
        days = [d for d in range(self.frame.days) if self.frame.date(d).weekday() == value]
        if not days:
            raise CellError("weekday_outside")
        return days

    def days(self) -> list[int]:
        """A list of dates, weekdays and ranges of them; no day at all is every day."""
        if self.skip("daily") or self.kind() not in ("date", "weekday"):
            self.weekly = True
            return list(range(self.frame.days))
        found: list[int] = []
        while self.kind() in ("date", "weekday"):
            kind, first = self.tokens[self.place]
            self.place += 1
            if self.kind() == "dash" and self.kind(1) in ("date", "weekday"):
                self.place += 1
                found += self.range(first, self.tokens[self.place][1])
                self.place += 1
            else:
                self.weekly = self.weekly or kind == "weekday"
                found += self.day(first)
            if self.kind() == "comma" and self.kind(1) in ("date", "weekday"):
                self.place += 1
        return found

    def range(self, first: object, last: object) -> list[int]:
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                raise CellError("ends_before_start")
            if (last - first).days > 400:
                raise CellError("range_too_long")
            return list(range(self.frame.day(first), self.frame.day(last) + 1))
        if isinstance(first, int) and isinstance(last, int):
            self.weekly = True
            wanted = {(first + step) % 7 for step in range((last - first) % 7 + 1)}
            return [d for d in range(self.frame.days) if self.frame.date(d).weekday() in wanted]
        raise CellError()

    def times(self) -> list[tuple[int, int]]:
        """A list of times; none at all is the whole day."""
        if self.skip("allday"):
            return [(0, DAY)]
        found: list[tuple[int, int]] = []
        while self.kind() == "time":
            first = self.take("time")
            self.take("dash")
            later = DAY if self.skip("next") else 0
            last = self.take("time") + later
            if last <= first:
                raise CellError("ends_before_start")
            found.append((first, last))
            if self.kind() == "comma" and self.kind(1) == "time":
                self.place += 1
        return found or [(0, DAY)]

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


def read_spans(text: str, frame: Frame) -> list[Span]:
    """Spans of a text, in order of start where weekdays stand in it, else as written."""
    reader = _SpanReader(_tokens(text, frame), frame)
    found: list[Span] = []
    while True:
        while reader.kind() in ("comma", "semicolon"):
            reader.place += 1
        if reader.kind() == "end":
            break
        before = reader.place
        found += reader.segment()
        if reader.place == before:
            raise CellError()
    if reader.weekly:
        found.sort(key=lambda span: span[:2])
    return found


def read_days(text: str, frame: Frame) -> list[date]:
    """Dates of a list such as 11-23, 11-25至11-27."""
    reader = _SpanReader(_tokens(text, frame), frame)
    found: list[date] = []
    while reader.kind() != "end":
        if not reader.skip("comma") and not reader.skip("semicolon"):
            if reader.kind() not in ("date", "weekday"):
                raise CellError()
            found += [frame.date(day) for day in reader.days()]
    return found


def read_moment(text: str, frame: Frame) -> int:
    """Minutes of a date and time, such as 11月23日 9：00."""
    reader = _SpanReader(_tokens(text, frame), frame)
    moment = reader.moment()
    if reader.kind() != "end":
        raise CellError()
    return moment


def read_clocks(text: str, frame: Frame, count: int) -> list[int]:
    """Minutes after midnight of `count` times of day joined by dashes."""
    reader = _SpanReader(_tokens(text, frame), frame)
    found = [reader.take("time")]
    while reader.skip("dash"):
        found.append(reader.take("time"))
    if reader.kind() != "end" or len(found) != count:
        raise CellError()
    return found


def write_clock(minutes: int) -> str:
    """Minutes after midnight as 08:30; later than a day as 25:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def write_moment(minute: int, frame: Frame) -> str:
    """Minutes from the horizon's start as 2026-11-23 09:00."""
    when = datetime(frame.start.year, frame.start.month, frame.start.day)
    return f"{when + timedelta(minutes=minute):%Y-%m-%d %H:%M}"


def _clocks(first: int, last: int, frame: Frame) -> str:
    """Both minutes from the same midnight."""
    if last <= DAY:
        return f"{write_clock(first)}-{write_clock(last)}"
    return f"{write_clock(first)}-{frame.word('word.next_day')}{write_clock(last - DAY)}"


def write_spans(spans: list[Span], frame: Frame) -> str:
    """The shortest text that reads back as the same spans: by weekday where that holds, else by date."""
    weekly = _weekly(spans, frame)
    if weekly is not None and read_spans(weekly, frame) == spans:
        return weekly
    return "; ".join(_dated(span, frame) for span in spans)


def _dated(span: Span, frame: Frame) -> str:
    first, last, due = span
    day = first // DAY
    if last - day * DAY <= 2 * DAY:
        text = f"{frame.date(day)} {_clocks(first - day * DAY, last - day * DAY, frame)}"
    else:
        text = f"{write_moment(first, frame)} - {write_moment(last, frame)}"
    return text if due is None else f"{text} {frame.word('word.due')} {write_moment(due, frame)}"


def _weekly(spans: list[Span], frame: Frame) -> str | None:
    """Text by weekdays, or None where it would not be shorter than two dates."""
    if len(spans) < 3 or any(
        due is not None or not 0 <= first // DAY < frame.days or last - first > DAY
        for first, last, due in spans
    ):
        return None
    by_weekday: dict[int, dict[tuple[int, int], None]] = {}
    for first, last, _ in spans:
        day = first // DAY
        by_weekday.setdefault(frame.date(day).weekday(), {})[
            (first - day * DAY, last - day * DAY)
        ] = None
    groups: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for weekday in sorted(by_weekday):
        groups.setdefault(tuple(by_weekday[weekday]), []).append(weekday)
    return "; ".join(
        f"{_weekdays(days, frame)} "
        + ", ".join(_clocks(first, last, frame) for first, last in times)
        for times, days in groups.items()
    )


def _weekdays(days: list[int], frame: Frame) -> str:
    if len(days) == 7:
        return frame.word("word.daily")
    runs: list[list[int]] = [[days[0]]]
    for before, after in pairwise(days):
        if after == before + 1:
            runs[-1].append(after)
        else:
            runs.append([after])
    parts = []
    for run in runs:
        first, last = (frame.weekday(one) for one in (run[0], run[-1]))
        joint = frame.word("word.through") if len(run) > 2 else frame.word("word.list")
        parts.append(first if len(run) == 1 else f"{first}{joint}{last}")
    return frame.word("word.list").join(parts)
