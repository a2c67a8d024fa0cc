"""Numbers and durations as people write them: 两人, 2个, 1,200, 半小时, 一个半小时, 1.5h."""

import re
from decimal import Decimal, InvalidOperation

from scheduler.formats.workbook.cells.context import CellError
from scheduler.formats.workbook.cells.text import plain, simplified

_VALUES = {letter: number for number, letter in enumerate("〇一二三四五六七八九")}
_VALUES |= {"零": 0, "两": 2, "俩": 2, "仨": 3}
DIGITS = "".join(_VALUES) + "十"
"""The letters of Chinese numbers below a hundred."""
_NUMBER = rf"\d+(?:\.\d+)?|[{DIGITS}百]+"
_MEASURES = (
    "个人|个月|个|人次|人|名|位|天|日|次|项|户|级|分|米|号|场|班|件|组|轮|份|条|趟"
    "|people|persons?|days?|times?|points?|visits?|m"
)
_COUNTED = re.compile(rf"(-?[\d.,]+|[{DIGITS}百]+)\s*(?:{_MEASURES})?", re.IGNORECASE)
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_HOURS = re.compile(
    rf"(?:(?P<half_hour>半\s*个?\s*(?:小时|钟头|点钟))"
    rf"|(?P<hours>{_NUMBER})\s*个?\s*(?P<and_half>半)?\s*(?:小时|钟头|h\b|h(?=\d)|hours?|hrs?)(?P<half>半)?)?"
    rf"\s*(?:(?P<quarters>[一三1-3])\s*刻钟?|(?P<minutes>{_NUMBER})\s*(?:分钟?|m|mins?|minutes?)?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")


def whole(text: str) -> int:
    """A whole number below a thousand in digits or Chinese letters. Raises CellError for other text."""
    if text.isdecimal():
        return int(text)
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    letters = [hundreds, tens, ones]
    if (
        not text
        or any(len(part) > 1 for part in letters)
        or not all(part in _VALUES for part in letters if part)
    ):
        raise CellError()
    hundred = _VALUES[hundreds] if hundreds else int("百" in text)
    return hundred * 100 + (_VALUES[tens] if tens else int(bool(ten))) * 10 + _VALUES.get(ones, 0)


def number(text: str) -> Decimal:
    """A number with or without decimals, thousands grouped, or in Chinese letters; 130% is 1.3.

    Raises CellError for other text.
    """
    text = plain(text)
    if text and all(letter in DIGITS + "百" for letter in text):
        return Decimal(whole(text))
    share = text.endswith("%")
    text = text.removesuffix("%").rstrip()
    try:
        value = Decimal(text.replace(",", "") if _GROUPED.fullmatch(text) else text)
    except InvalidOperation:
        raise CellError() from None
    return value / 100 if share else value


def counted(text: str) -> str:
    """The number of a text with the word for what is counted: 2 of 2人; other text as it is."""
    match = _COUNTED.fullmatch(simplified(plain(text)))
    return match[1] if match else text


def minutes(text: str) -> Decimal:
    """Minutes of a duration. Raises CellError for text that is none."""
    text = simplified(plain(text))
    clock = _CLOCK.fullmatch(text)
    if clock is not None and int(clock[2]) < 60:
        return Decimal(int(clock[1]) * 60 + int(clock[2]))
    match = _HOURS.fullmatch(text)
    if not text or match is None:
        raise CellError()
    if match["quarters"]:
        quarters = Decimal(15 * whole(match["quarters"]))
    else:
        quarters = number(match["minutes"]) if match["minutes"] else Decimal(0)
    hours = number(match["hours"]) if match["hours"] else Decimal(0)
    halves = sum(match[name] is not None for name in ("half_hour", "and_half", "half"))
    if halves > 1 or (halves and match["minutes"]):
        raise CellError()
    return hours * 60 + 30 * halves + quarters
