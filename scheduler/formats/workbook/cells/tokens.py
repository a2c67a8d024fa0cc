"""The words of which people make days and times, whole and half width, in Chinese and English."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.numerals import DIGITS, whole
from scheduler.formats.workbook.cells.text import plain, simplified

HALVES: dict[str, tuple[int, int]] = {
    "before_dawn": (0, 360),
    "morning": (510, 720),
    "noon": (720, 810),
    "afternoon": (810, 1050),
    "evening": (1080, 1260),
    "daytime": (510, 1050),
}
"""What a part of the day without times means: minutes after midnight, as a notice tells once."""
_PART_WORDS = {
    "before_dawn": "凌晨",
    "morning": "上午|早上|早晨|清晨|早间|早|morning",
    "noon": "中午|正午|noon",
    "afternoon": "下午|午后|傍晚|afternoon",
    "evening": "晚上|晚间|夜间|夜里|夜晚|晚|evening|night",
    "daytime": "白天|日间",
}
_WEEKDAYS = {
    **{letter: number for number, letter in enumerate("一二三四五六日")},
    "天": 6,
    **{str(number + 1): number for number in range(7)},
    **{
        name: number
        for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    },
}
_DASH = "[-~–—−至到]"
_TOKENS = re.compile(
    rf"(?P<ampm>(?P<h12>\d{{1,2}})(?:\s*:\s*(?P<m12>\d{{2}}))?\s*(?P<half_day>[ap])\.?m\b\.?)"
    rf"|(?P<time>(?P<h>\d{{1,3}})\s*:\s*(?P<m>\d{{2}})(?::00)?(?!\d)"
    rf"|(?P<hh>\d{{1,2}}|[{DIGITS}]{{1,3}})\s*[点时]\s*"
    rf"(?:(?P<half>半)|(?P<quarter>[一三])刻|整|(?P<mm>\d{{1,2}})\s*分?)?"
    rf"|(?P<hour>\d{{1,2}})(?=\s*{_DASH}+\s*\d{{1,2}}\s*[点时]))"
    r"|(?P<date>(?P<iso>\d{8})(?!\d)"
    r"|(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*(?P<mark>[-/.月])\s*(?P<dom>\d{1,2})(?!\d)\s*(?P<unit>[日号])?)"
    rf"|(?P<monthday>(?P<md>\d{{1,2}})(?:\s*[日号]|(?=\s*(?:[、,和~至到]\s*\d{{1,2}}\s*)+[日号])))"
    r"|(?P<allday>全天|整天|全日|24\s*小时|全周|整周|all\s*day)"
    r"|(?P<number>\d{1,2})"
    r"|(?P<workday>工作日|weekdays?|work(?:ing)?\s*days?)"
    r"|(?P<dayoff>非工作日|休息日)"
    r"|(?P<holiday>(?:法定)?节假日|公共假日|public\s*holidays?)"
    r"|(?P<weekend>每?(?:周末|双休日)|weekends?)"
    r"|(?P<daily>每天|每日|天天|每(?=[早晚上中下])|daily|every\s*day)"
    r"|(?P<weekday>[每本这]?(?:周|星期|礼拜)\s*(?P<zh>[一二三四五六日天]|[1-7](?!\d|\s*[:点时月/.]))"
    r"|(?P<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|(?P<short>[一二三四五六日天](?!间)))"
    r"|(?P<both>上下午|上、下午)"
    + "".join(rf"|(?P<{name}>{words})" for name, words in _PART_WORDS.items())
    + r"|(?P<next>次日|第二天|翌日|next\s*day)"
    r"|(?P<due>截止|最迟|due)"
    r"|(?P<since>以后|之后|后|起|onwards?)"
    r"|(?P<until>以前|之前|前)"
    rf"|(?P<dash>{_DASH}+|to\b)"
    r"|(?P<without>除(?!外)了?|不含|不包括|except)"
    r"|(?P<excepted>以外|之外|除外|外|excepted|excluded)"
    r"|(?P<comma>[,、]|/(?!\s*\d)|/(?=\s*\d{1,2}\s*[:点时])|和|及|与|或者?|and\b|or\b)"
    r"|(?P<semicolon>[;。])"
    r"|(?P<line>[\r\n]\s*)"
    r"|(?P<blank>[^\S\r\n]+|[()]|[从自由的]|(?<=\d)T(?=\d))",
    re.IGNORECASE,
)
_NAMES = ("ampm", "time", "date", "monthday", "weekday")


@dataclass(frozen=True)
class ClockText:
    """A time of day as written. exact: written so that only one half of the day can be meant."""

    minutes: int
    exact: bool


@dataclass(frozen=True)
class DateText:
    """A date as written, which may lack its year, or its year and month (0)."""

    text: str
    dom: int
    month: int = 0
    year: int | None = None
    hours: tuple[int, int] | None = None
    """The two numbers of 9-11, which may be hours."""

    def date(self, context: CellContext) -> date:
        """The day that is meant. Raises CellError where there is none, or no one."""
        try:
            if not self.month:
                return context.day_of_month(self.dom)
            if self.year is not None:
                return date(self.year, self.month, self.dom)
            return context.nearest(self.month, self.dom)
        except CellError:
            raise
        except ValueError:
            raise CellError("no_such_day", part=self.text) from None

    def exists(self) -> bool:
        """Whether the calendar has such a day in some year."""
        try:
            date(self.year or 2000, self.month or 1, self.dom)
        except ValueError:
            return False
        return True


@dataclass(frozen=True)
class Token:
    """A word: its kind, and what it says."""

    kind: str
    value: object = None
    text: str = ""


def tokens(text: str, context: CellContext) -> list[Token]:
    """The words of a text. Raises CellError where a word is none of them."""
    text = _CLOCKS.sub(_with_colons, simplified(plain(text)))
    words: list[Token] = []
    place = 0
    while place < len(text):
        match = _TOKENS.match(text, place)
        if match is None:
            raise CellError()
        kind = next((name for name in _NAMES if match[name] is not None), match.lastgroup or "")
        place = match.end()
        if kind == "blank":
            continue
        words += _words(kind, match, words, context)
    return words


_CLOCKS = re.compile(
    rf"(?<![\d./年月-])(?P<a>\d{{1,2}})(?P<mark>[.]|(?<=\d\d)(?=\d\d))(?P<b>\d\d)"
    rf"(?P<dash>\s*{_DASH}+\s*)(?P<c>\d{{1,2}})(?P=mark)(?P<d>\d\d)(?![\d.])"
)
"""9.30-12.00 or 0930-1200."""


def _with_colons(match: re.Match[str]) -> str:
    """Two clocks without colons with them; two days of the year as they stand."""
    pairs = [(int(match[one]), int(match[two])) for one, two in ("ab", "cd")]
    days = all(1 <= month <= 12 and 1 <= dom <= 31 for month, dom in pairs)
    if days or not all(hours <= 24 and minutes < 60 for hours, minutes in pairs):
        return match.group()
    return f"{match['a']}:{match['b']}{match['dash']}{match['c']}:{match['d']}"


def _words(
    kind: str, match: re.Match[str], before: list[Token], context: CellContext
) -> list[Token]:
    text = match.group().strip()
    if kind in ("ampm", "time"):
        return [Token("time", _clock(kind, match), text)]
    if kind == "date":
        return _date(match, context)
    if kind == "monthday":
        return [Token("date", _in_month_of(before, int(match["md"]), text), text)]
    if kind == "number":
        return [_number(int(match["number"]), before, text)]
    if kind == "weekday":
        letter = (match["zh"] or match["short"] or match["en"]).lower()
        return [Token("weekday", _WEEKDAYS[letter], text)]
    if kind == "both":
        return [Token("part", "morning", text), Token("comma"), Token("part", "afternoon", text)]
    return [Token("part", kind, text) if kind in HALVES else Token(kind, None, text)]


def _clock(kind: str, match: re.Match[str]) -> ClockText:
    if kind == "ampm":
        hours, minutes = int(match["h12"]), int(match["m12"] or 0)
        if not 1 <= hours <= 12 or minutes > 59:
            raise CellError("no_such_time", part=match.group())
        later = 720 if match["half_day"].lower() == "p" else 0
        return ClockText(hours % 12 * 60 + minutes + later, exact=True)
    if match["hour"] is not None:
        return ClockText(int(match["hour"]) * 60, exact=int(match["hour"]) > 12)
    if match["h"] is not None:
        hours, minutes, written = int(match["h"]), int(match["m"]), match["h"]
    else:
        written = match["hh"]
        hours = whole(written)
        minutes = 30 if match["half"] else int(match["mm"] or 0)
        if match["quarter"]:
            minutes = 15 if match["quarter"] == "一" else 45
    if minutes > 59:
        raise CellError("no_such_time", part=match.group())
    return ClockText(hours * 60 + minutes, exact=hours > 12 or written.startswith("0"))


def _date(match: re.Match[str], context: CellContext) -> list[Token]:
    text = match.group().strip()
    if match["iso"]:
        digits = match["iso"]
        when = DateText(text, int(digits[6:]), int(digits[4:6]), int(digits[:4]))
        return [Token("date", when, text)]
    year = int(match["year"]) if match["year"] else None
    first, second = int(match["month"]), int(match["dom"])
    whole_date = DateText(text, second, first, year)
    if match["mark"] != "-" or year is not None:
        return [Token("date", whole_date, text)]
    if match["unit"] is None:
        hours = (first, second) if first < second <= 24 else None
        return [Token("date", DateText(text, second, first, hours=hours), text)]
    days = (DateText(text, first), DateText(text, second))
    both = first < second and all(day.exists() for day in days)
    if both and (not whole_date.exists() or _means_days(whole_date, days, context)):
        return [Token("date", days[0], text), Token("dash"), Token("date", days[1], text)]
    return [Token("date", whole_date, text)]


def _means_days(
    whole_date: DateText, days: tuple[DateText, DateText], context: CellContext
) -> bool:
    """Whether 11-24日 is the 11th to the 24th, since only that lies in the horizon."""
    inside = [context.holds(day.date(context)) for day in days]
    if context.holds(whole_date.date(context)) == all(inside):
        first, second = (str(day.dom) for day in days)
        date_text = f"{whole_date.month:02d}-{whole_date.dom:02d}"
        days_text = f"{first}{context.word('word.through')}{second}"
        raise CellError("two_meanings", part=whole_date.text, first=date_text, second=days_text)
    return all(inside)


def _number(number: int, before: list[Token], text: str) -> Token:
    """A bare number: the second hour of 8:30-12, or a further day of 11月25、26."""
    kinds = [word.kind for word in before[-2:]]
    if kinds == ["time", "dash"]:
        return Token("time", ClockText(number * 60, exact=number > 12), text)
    first = before[-2].value if kinds in (["date", "dash"], ["date", "comma"]) else None
    if isinstance(first, DateText) and not (first.hours and before[-1].text == "-"):
        return Token("date", _in_month_of(before, number, text), text)
    raise CellError()


def _in_month_of(before: list[Token], dom: int, text: str) -> DateText:
    """A day in the month of the date before it; of the horizon's month where there is none."""
    for word in reversed(before):
        if word.kind not in ("date", "dash", "comma"):
            break
        if isinstance(word.value, DateText) and word.value.month:
            return DateText(text, dom, word.value.month, word.value.year)
    return DateText(text, dom)


def in_part(written: ClockText, part: str) -> int | None:
    """Minutes after midnight of a time in a part of the day; None where it has no such time."""
    minutes = written.minutes
    twelve = minutes % (12 * 60) + 12 * 60 if minutes <= 12 * 60 + 59 else minutes
    if part in ("before_dawn", "morning"):
        midnight = part == "before_dawn" and 720 <= minutes < 780
        return minutes - 720 if midnight else minutes if minutes <= 720 else None
    if part == "noon":
        return minutes if 660 <= minutes <= 840 else twelve if 60 <= minutes <= 120 else None
    if part == "afternoon":
        return twelve if 0 < minutes <= 1440 else None
    if part == "evening":
        late = minutes >= 960 or 300 <= minutes < 720
        return minutes + 720 if 720 <= minutes < 780 else twelve if late else None
    return minutes


def shown(minutes: int) -> str:
    """A time of day as a message has it: 9:05."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def hours_or_date(word: Token, hours: tuple[int, int]) -> CellError:
    """9-11 is the ninth of November, or from nine to eleven."""
    first, second = hours
    when, clocks = f"{first:02d}-{second:02d}", f"{first}:00-{second}:00"
    return CellError("two_meanings", part=word.text, first=when, second=clocks)


def night_hour(written: ClockText, context: CellContext) -> CellError:
    """Two at night is of the day that ends, or of the day that begins."""
    text = shown(written.minutes)
    next_day = f"{context.word('word.next_day')}{text}"
    return CellError("two_meanings", part=text, first=f"0{text}", second=next_day)


def note_past_midnight(written: ClockText, context: CellContext) -> None:
    """Note how 25:00 is read, which may be a slip; refuse what lies days ahead."""
    beyond = written.minutes - 24 * 60
    if beyond >= 24 * 60:
        raise CellError("no_such_time", part=shown(written.minutes))
    if beyond > 0:
        context.note("past_midnight", part=shown(written.minutes), last=shown(beyond))


def refuse_unclear_half(clocks: list[object], times: list[tuple[int, int]]) -> None:
    """Refuse 8:30-12:00, 2:00-5:30: two in the morning, or in the afternoon. clocks: as written."""
    exact = {word.minutes for word in clocks if isinstance(word, ClockText) and word.exact}
    for (_, end), (first, last) in pairwise(times):
        if first < end <= first + 720 and last < 720 and not {first, last} & exact:
            raise CellError(
                "two_meanings",
                part=f"{shown(first)}-{shown(last)}",
                first=f"{shown(first + 720)}-{shown(last + 720)}",
                second=f"0{shown(first)}-0{shown(last)}",
            )
