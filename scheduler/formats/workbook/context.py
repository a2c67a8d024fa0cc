"""What a cell needs besides itself to be read or written: the horizon, the language, the words."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from scheduler.messages import LANGS, Lang, catalogue, say
from scheduler.messages.moments import date_in_words

Day = date
_A_MONDAY = date(2026, 11, 23)


class CellError(ValueError):
    """A cell does not say what its column asks for. `code` "": it has not the form of its kind."""

    def __init__(self, code: str = "", **slots: str):
        self.code = code
        self.slots = slots
        super().__init__(code)


@dataclass(frozen=True)
class Frame:
    """The horizon's first day and length, and the language to write in (both are read).

    dated: whether the first day is known, so that a date may leave out its year.
    """

    start: date
    days: int
    lang: Lang = "zh"
    dated: bool = True

    def day(self, when: date) -> int:
        """Day index of a date."""
        return (when - self.start).days

    def date(self, day: int) -> date:
        """Date of a day index."""
        return self.start + timedelta(days=day)

    def nearest(self, month: int, day: int) -> Day:
        """The date with this month and day nearest the horizon's start; ValueError where there is none."""
        if not self.dated:
            raise CellError("needs_year")
        found = []
        for year in (self.start.year - 1, self.start.year, self.start.year + 1):
            try:
                found.append(date(year, month, day))
            except ValueError:
                continue
        if not found:
            raise ValueError("no such day")
        return min(found, key=lambda one: abs(self.day(one)))

    def weekday(self, number: int) -> str:
        """The name of a weekday, 0 for Monday."""
        return date_in_words(_A_MONDAY + timedelta(days=number), self.lang, "weekday")

    def word(self, key: str) -> str:
        """A word of the catalogue in this frame's language."""
        return say(f"workbook.{key}", self.lang)


def plain(text: str) -> str:
    """Text as ids are compared: NFKC (full-width letters, digits, colons and spaces), trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def folded(text: str) -> str:
    """Text as words are compared: also without spaces and without case."""
    return re.sub(r"\s+", "", plain(text)).casefold()


@cache
def spellings(table: str) -> dict[str, str]:
    """Folded word in any language, or the key itself → key, for a table of the catalogue."""
    prefix = f"workbook.{table}."
    found: dict[str, str] = {}
    for lang in LANGS:
        for key, word in catalogue(lang).items():
            if key.startswith(prefix):
                name = key.removeprefix(prefix)
                found[folded(word)] = name
                found.setdefault(folded(name), name)
    return found


def is_word(text: str, key: str) -> bool:
    """Whether the text is the word of this key in any language."""
    return folded(text) in {folded(say(f"workbook.{key}", lang)) for lang in LANGS}


_BEFORE_QUOTE = ("", *"、,;:+>\n")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def split(text: str, separators: str) -> list[str]:
    """Parts of a text at any of the separators, trimmed, empty ones dropped; "quoted" parts stay whole."""
    parts: list[str] = []
    piece = ""
    place = 0
    while place < len(text):
        before = text[:place].rstrip(" ")[-1:]
        quoted = _QUOTED.match(text, place) if before in _BEFORE_QUOTE else None
        if quoted:
            piece += quoted.group()
            place = quoted.end()
            continue
        if text[place] in separators:
            parts.append(piece)
            piece = ""
        else:
            piece += text[place]
        place += 1
    parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def bare(text: str) -> str:
    """A part without its quotes."""
    if _QUOTED.fullmatch(text):
        return text[1:-1].replace('""', '"')
    return text


def guarded(text: str) -> str:
    """An id as it stands in a list: quoted where it holds a mark that lists use, or is a word of ours."""
    risky = re.search(r'[、,;+:"\n>]', text) or any(
        is_word(text, f"word.{key}") for key in ("any", "none")
    )
    return '"' + text.replace('"', '""') + '"' if risky else text
