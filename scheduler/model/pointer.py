"""Small helpers for describing a fault: where it is, what stands there, what may have been meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

Path = tuple[str | int, ...]
"""Names of fields and indices of lists, from the root of a document."""
_LONGEST = 60


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


def nearest(value: str, words: Iterable[str], alike: float = 0.6) -> str:
    """The word most like `value`; "" where none is like it.

    alike: least likeness, twice the letters in common over the letters of both
    """
    matches = get_close_matches(value[:_LONGEST], list(words), n=1, cutoff=alike)
    return matches[0] if matches else ""
