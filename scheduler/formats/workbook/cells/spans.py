"""Days and times as people write them: 周一至周五 08:30-12:00, 13:30-17:30; 11月23日 9：00-11：00.

A text is a list of segments; a segment is days (dates, weekdays, workdays, ranges of them), then times
or parts of the day, then perhaps a due moment. Days without times are whole days; times without days
are on the days before them, else on every day. Moments are minutes from midnight of the horizon's first
day; a weekday is every such day of the horizon. What may mean two things is refused with both.
"""

from datetime import date

from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.tokens import (
    HALVES,
    ClockText,
    DateText,
    Token,
    hours_or_date,
    in_part,
    night_hour,
    note_past_midnight,
    refuse_unclear_half,
    shown,
    tokens,
)

DAY = 24 * 60
Span = tuple[int, int, int | None]
"""First minute, first minute no longer inside, due minute or None."""
_DAYS = ("date", "weekday", "workday", "dayoff", "holiday", "weekend", "daily")
_TIMES = ("time", "part", "allday")
_STOPS = ("comma", "semicolon", "line")
_NIGHT_FROM, _NIGHT_TO = 16 * 60, 12 * 60
"""From four in the afternoon on to noon at most, 22:00-6:00 needs no word to end on the next day."""


class _SpanReader:
    """A recursive-descent reader of the tokens of a text. weekly: whether weekdays or every day occur."""

    def __init__(self, text: str, context: CellContext):
        self.tokens = tokens(text, context)
        self.context = context
        self.place = 0
        self.weekly = False

    def kind(self, ahead: int = 0) -> str:
        at = self.place + ahead
        return self.tokens[at].kind if at < len(self.tokens) else "end"

    def take(self, *kinds: str) -> Token:
        if self.kind() not in kinds:
            raise CellError()
        self.place += 1
        return self.tokens[self.place - 1]

    def skip(self, *kinds: str) -> bool:
        if self.kind() not in kinds:
            return False
        self.place += 1
        return True

    # ---- days ----

    def day(self) -> int:
        """One day of the horizon or near it, and the weekday beside a date if there is one."""
        if self.kind() in _TIMES:
            raise CellError("needs_day")
        if self.kind() not in ("date", "weekday"):
            raise CellError()
        text, days = self.tokens[self.place].text, self.named()
        if len(days) > 1:
            first, second = (f"{self.context.date(day):%m-%d}" for day in days[:2])
            raise CellError("two_meanings", part=text, first=first, second=second)
        return days[0]

    def named(self) -> list[int]:
        """The days of a date or a weekday, or of both beside each other: 11-24 周二."""
        here, then = self.tokens[self.place], self.kind(1)
        self.place += 1
        if {here.kind, then} != {"date", "weekday"}:
            return self.dates(here)
        beside = self.take(then)
        dated, weekday = (here, beside) if here.kind == "date" else (beside, here)
        (day,) = self.dates(dated)
        if self.context.date(day).weekday() == weekday.value:
            return [day]
        if dated is beside and isinstance(dated.value, DateText) and dated.value.hours:
            raise hours_or_date(dated, dated.value.hours)
        part, when = f"{here.text} {beside.text}", f"{self.context.date(day):%m-%d}"
        raise CellError("two_meanings", part=part, first=when, second=weekday.text)

    def dates(self, word: Token) -> list[int]:
        """The days of one word."""
        if isinstance(word.value, DateText):
            return [self.context.day(word.value.date(self.context))]
        self.weekly = True
        days = [day for day in range(self.context.days) if self.fits(word, self.context.date(day))]
        if not days and word.kind == "weekday":
            raise CellError("weekday_outside")
        return days

    def fits(self, word: Token, when: date) -> bool:
        calendar = self.context.calendar
        if word.kind == "weekday":
            return when.weekday() == word.value
        if word.kind == "holiday":
            return bool(calendar.holiday(when))
        if word.kind == "daily":
            return True
        off, weekend = calendar.day_off(when), when.weekday() >= 5
        if off != weekend:
            self.context.note("by_the_calendar", part=word.text, day=f"{when:%m-%d}")
        return {"workday": not off, "dayoff": off, "weekend": off and weekend}[word.kind]

    def listed(self) -> list[int]:
        """A list of days and ranges of them, as it stands, but for those that are excepted."""
        groups: list[list[int]] = []
        while self.kind() in _DAYS:
            groups.append(self.group())
        days = [day for group in groups for day in group]
        if self.skip(
            "excepted"
        ):  # 周一至周五, 周三除外; of 周一, 周三除外 nobody knows which are meant
            days, out = groups[0], [day for group in groups[1:] for day in group]
            if len(groups) == 1:
                days, out = list(range(self.context.days)), days
            if not set(out) <= set(days):
                raise CellError()
            days = [day for day in days if day not in out]
        return self.without(list(dict.fromkeys(days)))

    def without(self, days: list[int]) -> list[int]:
        """The days but for those of 除周三外 that follows; of every day where there are none yet."""
        while self.skip("without"):
            out: list[int] = []
            while self.kind() in _DAYS:
                out += self.group()
            if not out:
                raise CellError()
            self.skip("excepted")
            self.skip("comma")
            days = [day for day in days or range(self.context.days) if day not in out]
        return days

    def group(self) -> list[int]:
        """The days of one word or range, and the comma behind it if more days follow."""
        word = self.tokens[self.place]
        if self.kind() in ("date", "weekday"):
            days = self.named_or_range()
        else:
            self.place += 1
            days = self.dates(word)
        self.unclear_hours()
        if self.kind() == "comma" and self.kind(1) in (*_DAYS, "without"):
            self.place += 1
        return days

    def named_or_range(self) -> list[int]:
        first = self.tokens[self.place]
        if self.kind(1) != "dash" or self.kind(2) not in ("date", "weekday"):
            return self.named()
        last = self.tokens[self.place + 2]
        self.place += 3
        return self.range(first, last)

    def unclear_hours(self) -> None:
        """Refuse 9-11 right behind a day: the ninth of November, or from nine to eleven."""
        word = self.tokens[self.place] if self.kind() == "date" else None
        if word and isinstance(word.value, DateText) and word.value.hours:
            raise hours_or_date(word, word.value.hours)

    def range(self, first: Token, last: Token) -> list[int]:
        if isinstance(first.value, DateText) and isinstance(last.value, DateText):
            begin, end = self.dates(first)[0], self.dates(last)[0]
            if end < begin:
                raise CellError("ends_before_start")
            if end - begin > 400:
                raise CellError("range_too_long")
            return list(range(begin, end + 1))
        if isinstance(first.value, int) and isinstance(last.value, int):
            self.weekly = True
            wanted = {
                (first.value + step) % 7 for step in range((last.value - first.value) % 7 + 1)
            }
            return [
                day
                for day in range(self.context.days)
                if self.context.date(day).weekday() in wanted
            ]
        raise CellError()

    # ---- times ----

    def clock(self, part: str = "") -> tuple[int, ClockText, str]:
        """Minutes after midnight, the time as written, and the part of the day that it is said of."""
        own = self.take("part") if self.kind() == "part" else None
        part = str(own.value) if own else part
        written = self.take("time").value
        assert isinstance(written, ClockText)
        note_past_midnight(written, self.context)
        minutes = in_part(written, part) if part else written.minutes
        night = part == "evening" and written.minutes < 300
        if minutes is None and own and not night:
            raise CellError("no_such_time", part=f"{own.text}{shown(written.minutes)}")
        return -1 if minutes is None else minutes, written, part

    def times(self) -> list[tuple[int, int]]:
        """A list of times and parts of the day; none at all is the whole day."""
        if self.skip("allday"):
            return [(0, DAY)]
        times: list[tuple[int, int]] = []
        while self.kind() in ("time", "part"):
            times.append(self.time())
            if self.kind() in ("comma", "line") and self.kind(1) in ("time", "part"):
                self.place += 1
        return times or [(0, DAY)]

    def time(self) -> tuple[int, int]:
        if self.kind() == "part" and self.kind(1) != "time":
            return self.part_of_day()
        first, written, part = self.clock()
        if first < 0:
            raise night_hour(written, self.context)
        if self.skip("since"):
            return first, DAY
        if self.skip("until"):
            return 0, first
        if self.kind() != "dash":
            raise CellError("without_end", part=shown(written.minutes))
        self.take("dash")
        if self.skip("next"):
            return first, self.clock()[0] + DAY
        if self.kind() == "part":
            last, end, _ = self.clock()
            last = end.minutes + DAY if last < 0 else last
            return first, last + DAY if last <= first else last
        inherited, end, _ = self.clock(part)
        if self.skip("next"):
            return first, end.minutes + DAY
        last = end.minutes if part == "" or inherited <= first else inherited
        return first, last if last > first else self.after_midnight(first, end)

    def after_midnight(self, first: int, end: ClockText) -> int:
        """The end of a span whose end is written as earlier than its start."""
        last = end.minutes
        if first < 780 and not end.exact and first < last + DAY // 2 and last < DAY // 2:
            text, afternoon = shown(last), shown(last + DAY // 2)
            next_day = f"{self.context.word('word.next_day')}{text}"
            raise CellError("two_meanings", part=text, first=afternoon, second=next_day)
        if first >= _NIGHT_FROM and last <= _NIGHT_TO:
            return last + DAY
        raise CellError("ends_before_start")

    def part_of_day(self) -> tuple[int, int]:
        """上午, or from one part of the day to another."""
        first = last = self.take("part")
        if self.kind() == "dash" and self.kind(1) == "part":
            self.place += 1
            last = self.take("part")
        elif self.kind() == "date":  # 上午 9-11: hours, since a part of the day says so
            hours = getattr(self.take("date").value, "hours", None)
            if hours is None:
                raise CellError()
            ends = [in_part(ClockText(hour * 60, exact=False), str(first.value)) for hour in hours]
            begin, end = ends[0], ends[1] if ends[1] is not None else hours[1] * 60
            if begin is None or end <= begin:
                raise CellError("ends_before_start")
            return begin, end
        for word in dict.fromkeys((first, last)):
            begin, end = HALVES[str(word.value)]
            self.context.note("part_of_day", part=word.text, first=shown(begin), last=shown(end))
        return HALVES[str(first.value)][0], HALVES[str(last.value)][1]

    def moment(self) -> int:
        """Minutes of a date (or the only such weekday) and a time."""
        day = self.day()
        minutes, written, _ = self.clock()
        if minutes < 0:
            raise night_hour(written, self.context)
        return day * DAY + minutes

    # ---- the whole ----

    def stops(self) -> list[Token]:
        """The marks between two segments."""
        first = self.place
        while self.skip(*_STOPS):
            pass
        return self.tokens[first : self.place]

    def segment(self, before: list[int]) -> tuple[list[Span], list[int]]:
        """The spans of one segment, and its days. before: the days of the segment before it."""
        if [self.kind(ahead) for ahead in range(4)] == ["date", "time", "dash", "date"]:
            first = self.moment()
            self.take("dash")
            last = self.moment()
            if last <= first:
                raise CellError("ends_before_start")
            whole, days = [(first, last)], []
        else:
            days = self.segment_days(before)
            times = self.times()
            clocks = [word.value for word in self.tokens[: self.place] if word.kind == "time"]
            refuse_unclear_half(clocks, times)
            days = self.without(days)
            whole = [(day * DAY + first, day * DAY + last) for day in days for first, last in times]
        due = self.moment() if self.skip("due") else None
        return [(first, last, due) for first, last in whole], days

    def segment_days(self, before: list[int]) -> list[int]:
        if self.kind() in (*_DAYS, "without"):
            self.weekly |= self.kind() == "without"
            days = self.listed()
            if self.kind() == "line" and self.kind(1) in _TIMES:
                self.place += 1
            return days
        if self.kind() not in _TIMES:
            raise CellError()
        self.weekly = True
        return before or list(range(self.context.days))


def read_spans(text: str, context: CellContext) -> list[Span]:
    """Spans of a text, in order of start where it has weekdays in it, else as written."""
    reader = _SpanReader(text, context)
    spans: list[Span] = []
    days: list[int] = []
    while True:
        stops = {word.kind for word in reader.stops()}
        if reader.kind() == "end":
            break
        before = reader.place
        if days and "semicolon" in stops and reader.kind() in _TIMES:
            context.note("times_of_days_before", part=text)
        more, days = reader.segment(days)
        spans += more
        if reader.place == before:
            raise CellError()
    if reader.weekly:
        spans.sort(key=lambda span: span[:2])
    return spans


def read_days(text: str, context: CellContext) -> list[date]:
    """Dates of a list such as 11-23, 11-25至11-27."""
    reader = _SpanReader(text, context)
    days: list[date] = []
    while reader.kind() != "end":
        if not reader.skip(*_STOPS, "allday"):
            if reader.kind() not in _DAYS:
                raise CellError()
            days += [context.date(day) for day in reader.listed()]
    return days


def read_moment(text: str, context: CellContext) -> int:
    """Minutes of a date and time, such as 11月23日 9：00."""
    reader = _SpanReader(text, context)
    moment = reader.moment()
    if reader.kind() != "end":
        raise CellError()
    return moment


def read_start(text: str, context: CellContext) -> tuple[int, int | None]:
    """Minutes of a date and time, and the minute at which it ends if the text says so."""
    reader = _SpanReader(text, context)
    more = reader.kind(1) in ("comma", "dash") and reader.kind(2) in _DAYS
    if more or (reader.kind() in _DAYS and reader.kind() not in ("date", "weekday")):
        raise CellError("several_days", part=text)
    place = reader.place
    start = reader.moment()
    if reader.kind() == "end":
        return start, None
    reader.place = place
    day = reader.day()
    if reader.kind(1) == "dash" and reader.kind(2) == "date":
        reader.place = place
        spans, _ = reader.segment([])
        (_, end, _) = spans[0]
    else:
        end = day * DAY + reader.time()[1]
    if reader.kind() != "end":
        raise CellError()
    return start, end


def read_clocks(text: str, context: CellContext, count: int) -> list[int]:
    """Minutes after midnight of `count` times of day joined by dashes."""
    reader = _SpanReader(text, context)
    clocks: list[int] = []
    part = ""
    while not clocks or reader.skip("dash"):
        minutes, written, part = reader.clock(part)
        clocks.append(written.minutes if clocks and minutes <= clocks[-1] else minutes)
    if reader.kind() != "end" or len(clocks) != count or min(clocks) < 0:
        raise CellError()
    return clocks
