"""Lines broken where a reader of 中文 and English expects it: Rich breaks them at spaces only.

A line ends after a space, or between two characters of double width, such as Chinese ones; no line begins with
a closing mark, nor ends with an opening one. What has neither, such as an id or a path, stays in one
piece wherever it fits into a line; so does a name that ends with a number. What is indented stays so.
"""

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

_CLOSING = set(">，。；：、！？）》】」』”’…％%,.;:!?)]}·／/")
"""What no line begins with."""
_OPENING = set("<（《【「『“‘([{")
"""What no line ends with."""
_INDENT = re.compile(r"\s+(?:[·→]\s+|\d+\.\s+)?")
"""What the further lines of an indented one stay clear of: its spaces, and its number or mark."""


def wrapped(text: Text, width: int) -> Text:
    """The text with its lines broken so that none has more than `width` cells, where that can be."""
    lines = (
        line for paragraph in text.split(allow_blank=True) for line in _lines(paragraph, width)
    )
    broken = Text("\n").join(lines)
    broken.justify, broken.end, broken.style = text.justify, text.end, text.style
    broken.overflow, broken.no_wrap = text.overflow, text.no_wrap
    return broken


def _lines(text: Text, width: int) -> list[Text]:
    mark = _INDENT.match(text.plain)
    indent = cell_len(mark.group()) if mark else 0
    starts, used = [], 0
    for start, piece in _pieces(text.plain):
        if used > indent and used + cell_len(piece.rstrip()) > width:
            starts.append(start)
            used = indent
        used += cell_len(piece)
    first, *further = text.divide(starts)
    for line in (first, *further[:-1]):
        line.rstrip()
    return [first, *(Text(" " * indent).append_text(line) for line in further)]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """(where it starts, itself) of each piece that stays in one line; spaces belong to the piece before them."""
    start = 0
    for place in range(1, len(text)):
        if _breakable(text[place - 1], text[place]):
            yield start, text[start:place]
            start = place
    if text:
        yield start, text[start:]


def _breakable(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if after.isspace():
        return False
    if before.isspace():
        return True
    wide = cell_len(before) == 2, cell_len(after) == 2
    if not any(wide) or (before.isalnum() and after.isalnum() and not all(wide)):
        return False
    return before not in _OPENING and after not in _CLOSING
