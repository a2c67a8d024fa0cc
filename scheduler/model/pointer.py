"""Small helpers for describing a fault: where it is, what stands there, what may have been meant."""

from bisect import bisect
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

Path = tuple[str | int, ...]
"""Names of fields and indices of lists, from the root of a document."""
_LONGEST = 60
_MOST_COMPARED = 60
"""Words that a word is compared with, letter by letter."""


def pointer(*parts: str | int) -> str:
    """JSON pointer (RFC 6901) of a path; the whole document is the empty string."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def parts(pointer: str) -> list[str]:
    """The path of a JSON pointer, unescaped."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def shortened(value: Any) -> str:
    """A value as a person may read it in a message: at most 60 characters, always printable."""
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list | tuple):
        return "[…]" if value else "[]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else str(value)
    text = "".join(letter if letter.isprintable() else "�" for letter in text[: _LONGEST + 1])
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class Words:
    """Words that something may have meant, in order from their begin and from their end."""

    def __init__(self, words: Iterable[str]):
        self._forward = sorted(words)
        self._backward = sorted(word[::-1] for word in self._forward)

    def around(self, value: str) -> list[str]:
        """All words; of very many, those that begin or end most like `value`."""
        if len(self._forward) <= _MOST_COMPARED:
            return self._forward
        begin = _neighbours(self._forward, value)
        end = [word[::-1] for word in _neighbours(self._backward, value[::-1])]
        return list(dict.fromkeys([*begin, *end]))


def _neighbours(words: list[str], value: str) -> list[str]:
    at = max(0, bisect(words, value) - _MOST_COMPARED // 4)
    return words[at : at + _MOST_COMPARED // 2]


SHORT = 3
"""A word of so many letters is like another that shares half of them."""


def likest(value: str, words: Words) -> str:
    """As `nearest`, of names in 中文 too, most of which have two or three letters; one that begins alike comes first."""
    alike = 0.5 if len(value) <= SHORT else 0.7
    around = words.around(value)
    begin_alike = [word for word in around if word[:1] == value[:1]]
    return nearest(value, begin_alike, alike) or nearest(value, around, alike)


def nearest(value: str, words: Iterable[str] | Words, alike: float = 0.6) -> str:
    """The word most like `value`; "" where none is like it.

    Of very many words, given as `Words`, only those are looked at that begin or end like it.

    alike: least likeness, twice the letters in common over the letters of both
    """
    value = value[:_LONGEST]
    candidates = words.around(value) if isinstance(words, Words) else list(words)
    short = [word for word in candidates if len(word) <= 2 * _LONGEST]
    matches = get_close_matches(value, short, n=1, cutoff=alike)
    return matches[0] if matches else ""
