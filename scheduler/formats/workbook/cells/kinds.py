"""Kinds of cell: each reads what people in offices type, and writes the same.

`read` takes a cell that is not blank (text, number, truth value, date, time) and returns a value for
the model, or raises CellError. `write` takes the model's value and returns a cell, None for blank.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Protocol

from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.numerals import DIGITS, counted, minutes
from scheduler.formats.workbook.cells.numerals import number as number_in
from scheduler.formats.workbook.cells.text import (
    folded,
    is_word,
    plain,
    quoted,
    spellings,
    split,
    unquoted,
)
from scheduler.messages import LANGS, say
from scheduler.model.pointer import nearest

ITEMS = "、,;\n"
BETWEEN = re.compile(r"\s*[/|\\&和与及或]\s*|\s+")
"""What stands between several names besides the marks of a list; some ids hold such signs, too."""


class CellKind(Protocol):
    """What a column's cells hold."""

    @property
    def name(self) -> str:
        """Key of ``workbook.kind``, which describes the kind to people."""
        ...

    def read(self, cell: Any, context: CellContext) -> Any:
        """The model's value of a cell that is not blank. Raises CellError."""
        ...

    def write(self, value: Any, context: CellContext) -> Any:
        """The cell of a value; None for blank."""
        ...


def as_text(cell: Any) -> str:
    """A cell as text: whole numbers without a point, dates as ISO."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell).strip()


@dataclass(frozen=True)
class FreeText:
    """Text for people, kept as typed without the blanks around it."""

    name: str = "text"

    def read(self, cell: Any, context: CellContext) -> str:
        return as_text(cell)

    def write(self, value: str, context: CellContext) -> str | None:
        return value or None


@dataclass(frozen=True)
class Code:
    """An id or the name of a kind: compared in NFKC."""

    name: str = "code"

    def read(self, cell: Any, context: CellContext) -> str:
        return plain(as_text(cell))

    def write(self, value: str | None, context: CellContext) -> str | None:
        return value


@dataclass(frozen=True)
class Codes:
    """A list of ids. `empty_word`: the word 无 is the empty list, and a blank cell is None."""

    empty_word: bool = False
    name: str = "codes"

    def read(self, cell: Any, context: CellContext) -> list[str]:
        text = plain(as_text(cell))
        if is_word(text, "word.none"):
            return []
        return [unquoted(part) for part in split(text, ITEMS)]

    def write(self, value: tuple[str, ...] | None, context: CellContext) -> str | None:
        if not value:
            return context.word("word.none") if self.empty_word and value is not None else None
        return context.word("word.list").join(quoted(code) for code in value)


@dataclass(frozen=True)
class Integer:
    """A whole number, also with the word for what is counted: 2人; `offset` is added on reading (people count slots from 1)."""

    offset: int = 0
    name: str = "integer"

    def read(self, cell: Any, context: CellContext) -> int:
        number = _number(counted(cell) if isinstance(cell, str) else cell)
        if number != int(number):
            raise CellError()
        return int(number) + self.offset

    def write(self, value: int | None, context: CellContext) -> int | None:
        return None if value is None else value - self.offset


@dataclass(frozen=True)
class Number:
    """A number with decimals."""

    name: str = "number"

    def read(self, cell: Any, context: CellContext) -> float:
        return float(_number(cell))

    def write(self, value: float | None, context: CellContext) -> float | None:
        return value


def _number(cell: Any) -> Decimal:
    if isinstance(cell, bool | date | time):
        raise CellError()
    if isinstance(cell, float):
        # Spreadsheets show eleven digits, so that 0.1 + 0.2 is meant as 0.3.
        cell = repr(round(cell, 11))
    number = number_in(str(cell))
    if not number.is_finite() or abs(number) > 10**15:
        raise CellError()
    return number


@dataclass(frozen=True)
class Duration:
    """Minutes: 90, 90分钟, 1小时30分, 1.5h, 一个半小时.

    unit: minutes that a bare number counts. least: a bare number below it may as well count hours.
    """

    name: str = "duration"
    unit: int = 1
    least: int = 0

    def read(self, cell: Any, context: CellContext) -> int:
        if isinstance(cell, time):
            return cell.hour * 60 + cell.minute
        if isinstance(cell, timedelta):
            return round(cell.total_seconds() / 60)
        bare = not isinstance(cell, str) or re.fullmatch(r"[\d.]+", plain(cell))
        number = _number(cell) * self.unit if bare else minutes(cell)
        if bare and self.unit == 1 and 0 < number < self.least:
            first, second = (
                f"{number}{context.word(f'word.{word}')}" for word in ("minutes", "hours")
            )
            raise CellError("two_meanings", part=f"{number}", first=first, second=second)
        if number != int(number):
            raise CellError()
        return int(number)

    def write(self, value: int | None, context: CellContext) -> int | str | None:
        if value is not None and 0 < value < self.least:
            return f"{value}{context.word('word.minutes')}"
        return value


@dataclass(frozen=True)
class YesNo:
    """是 or 否."""

    name: str = "yes_no"
    source: str = "yes_no"

    def read(self, cell: Any, context: CellContext) -> bool:
        if isinstance(cell, bool):
            return cell
        key = spellings("choice.yes_no").get(folded(as_text(cell)))
        if key is None:
            raise CellError()
        return key in ("yes", "true", "one", "tick")

    def write(self, value: bool | None, context: CellContext) -> str | None:
        return None if value is None else context.word(f"choice.yes_no.{'yes' if value else 'no'}")


@dataclass(frozen=True)
class Choice:
    """One word of a closed list, shown in the reader's language."""

    source: str
    name: str = "choice"

    def read(self, cell: Any, context: CellContext) -> str:
        return _choice(as_text(cell), self.source, context)

    def write(self, value: str | None, context: CellContext) -> str | None:
        return None if value is None else context.word(f"choice.{self.source}.{value}")


@dataclass(frozen=True)
class Choices:
    """Several words of a closed list."""

    source: str
    name: str = "choices"

    def read(self, cell: Any, context: CellContext) -> list[str]:
        keys: list[str] = []
        for part in split(plain(as_text(cell)), ITEMS):
            pieces = BETWEEN.split(part)
            known = spellings(f"choice.{self.source}")
            several = folded(part) not in known and any(folded(piece) in known for piece in pieces)
            keys += [
                _choice(piece, self.source, context) for piece in (pieces if several else [part])
            ]
        return keys

    def write(self, value: tuple[str, ...], context: CellContext) -> str | None:
        words = [context.word(f"choice.{self.source}.{key}") for key in value]
        return context.word("word.list").join(words) or None


def _choice(text: str, source: str, context: CellContext) -> str:
    words = {key: context.word(f"choice.{source}.{key}") for key in choices(source)}
    key = spellings(f"choice.{source}").get(folded(text))
    if key is not None:
        return key
    fitting = [key for key in words if _fits(folded(text), source, key)]
    shown = context.word("word.list").join(words[key] for key in fitting or words)
    if len(fitting) > 1:
        raise CellError("choice_of_several", part=text, choices=shown)
    if not fitting:
        raise CellError(choices=shown, suggestion=nearest(text, words.values()))
    context.note("read_as", part=text, meant=words[fitting[0]])
    return fitting[0]


def _fits(text: str, source: str, key: str) -> bool:
    """Whether a text is a word of the list with something left out (楼长 for 楼栋长) or said besides."""
    words = [folded(say(f"workbook.choice.{source}.{key}", lang)) for lang in LANGS]
    for word in words:
        letters = iter(word)
        left_out = not text.isascii() and all(letter in letters for letter in text)
        if len(text) > 1 and len(word) > 1 and (left_out or word in text):
            return True
    return len(text) > 3 and any(text in word for word in words)


def choices(source: str) -> list[str]:
    """Keys of a closed list, in the catalogue's order; of yes and no only those that are written."""
    keys = list(dict.fromkeys(spellings(f"choice.{source}").values()))
    return keys[:2] if source == "yes_no" else keys


_AFTER_COUNT = re.compile(r"(:\s*-?\d+\s*级?)\s*[/|\s]\s*(?=[^\s;,、])")
"""A number with no mark of a list, but a stroke or a space, before the next name."""


@dataclass(frozen=True)
class Counts:
    """Names with numbers: 心理咨询:2; 急救. A name alone counts `alone`, where that is allowed."""

    alone: int | None = None
    empty_word: bool = False
    name: str = "counts"

    def read(self, cell: Any, context: CellContext) -> dict[str, int]:
        text = plain(as_text(cell))
        if is_word(text, "word.none"):
            return {}
        counts: dict[str, int] = {}
        for part in split(_AFTER_COUNT.sub(r"\1;", text), ITEMS):
            label, number = self.part(part, context)
            if label in counts:
                raise CellError("named_twice", part=label)
            counts[label] = number
        return counts

    def part(self, part: str, context: CellContext) -> tuple[str, int]:
        """Name and number of one item."""
        match = re.fullmatch(
            rf'("(?:[^"]|"")*"|[^:]*?)\s*(?::\s*(-?\d+|[{DIGITS}])\s*级?'
            rf"|\(?(\d+|[{DIGITS}])\s*级\)?|\((\d+)\)|(?<=\s)(\d+))?",
            part,
            re.DOTALL,
        )
        number = (
            None if match is None else next((part for part in match.groups()[1:] if part), None)
        )
        if match is None or not match[1] or (number is None and self.alone is None):
            raise CellError()
        return unquoted(match[1]), int(_number(number)) if number is not None else self.alone or 0

    def write(self, value: dict[str, int] | None, context: CellContext) -> str | None:
        if not value:
            return context.word("word.none") if self.empty_word and value is not None else None
        return "; ".join(
            quoted(label) if number == self.alone else f"{quoted(label)}:{number}"
            for label, number in value.items()
        )


@dataclass(frozen=True)
class Interval:
    """Least and most: 7-14; one number is both."""

    name: str = "pair"

    def read(self, cell: Any, context: CellContext) -> list[int]:
        match = re.fullmatch(r"(-?\d+)(?:\s*(?:[-~–—至到]|to)\s*(-?\d+))?", plain(as_text(cell)))
        if match is None:
            raise CellError()
        return [int(match[1]), int(match[2] if match[2] is not None else match[1])]

    def write(self, value: tuple[int, int] | None, context: CellContext) -> str | None:
        return None if value is None else f"{value[0]}-{value[1]}"


@dataclass(frozen=True)
class Points:
    """Five whole numbers, by priority 1 to 5."""

    name: str = "points"

    def read(self, cell: Any, context: CellContext) -> list[int]:
        numbers = [Integer().read(part, context) for part in split(plain(as_text(cell)), ITEMS)]
        if len(numbers) != 5:
            raise CellError()
        return numbers

    def write(self, value: tuple[int, ...], context: CellContext) -> str:
        return "; ".join(str(number) for number in value)


@dataclass(frozen=True)
class Sequences:
    """Pairs of kinds that may not follow each other, such as 夜班>早班."""

    name: str = "sequences"

    def read(self, cell: Any, context: CellContext) -> list[list[str]]:
        pairs = []
        for part in split(plain(as_text(cell)).replace("→", ">"), ITEMS):
            ends = [unquoted(end) for end in split(part, ">")]
            if len(ends) != 2:
                raise CellError()
            pairs.append(ends)
        return pairs

    def write(self, value: tuple[tuple[str, str], ...], context: CellContext) -> str | None:
        return "; ".join(f"{quoted(first)}>{quoted(then)}" for first, then in value) or None


@dataclass(frozen=True)
class Unlimited:
    """Another kind in which the word 不限 means no limit: None, which differs from left out."""

    inner: CellKind

    @property
    def name(self) -> str:
        return self.inner.name

    def read(self, cell: Any, context: CellContext) -> Any:
        if isinstance(cell, str) and is_word(cell, "word.any"):
            return None
        return self.inner.read(cell, context)

    def write(self, value: Any, context: CellContext) -> Any:
        return context.word("word.any") if value is None else self.inner.write(value, context)
