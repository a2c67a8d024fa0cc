"""Text of cells: how it is compared, words of the catalogue in any language, and lists."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from scheduler.messages import LANGS, catalogue, say


def plain(text: str) -> str:
    """Text in the form in which ids are compared: NFKC, which turns full-width to half-width; trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def folded(text: str) -> str:
    """Text in the form in which words are compared: plain, without spaces and without case."""
    return re.sub(r"\s+", "", plain(text)).casefold()


@cache
def spellings(table: str) -> dict[str, str]:
    """Folded word in any language, or the key itself → key, for a table of the catalogue.

    What else people say for a word is read as well.
    """
    prefix = f"workbook.{table}."
    keys: dict[str, str] = {}
    for lang in LANGS:
        for key, word in catalogue(lang).items():
            if key.startswith(prefix):
                name = key.removeprefix(prefix)
                keys[folded(word)] = name
                keys.setdefault(folded(name), name)
    for key, word in also(table.rpartition(".")[2]):
        keys.setdefault(folded(word), key)
    return keys


def also(table: str) -> Iterator[tuple[str, str]]:
    """(key, word) of what else people say for the keys of a table, in any language."""
    for key, words in _synonyms().get(table, {}).items():
        yield from ((key, word) for word in words)


@cache
def _synonyms() -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).with_name("synonyms.toml")
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return tables


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
        quote = _QUOTED.match(text, place) if before in _BEFORE_QUOTE else None
        if quote:
            piece += quote.group()
            place = quote.end()
            continue
        if text[place] in separators:
            parts.append(piece)
            piece = ""
        else:
            piece += text[place]
        place += 1
    parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def unquoted(text: str) -> str:
    """A part of a list without its quotes."""
    if _QUOTED.fullmatch(text):
        return text[1:-1].replace('""', '"')
    return text


def quoted(text: str) -> str:
    """An id as written in a list: in quotes if it has a list's marks in it, or is 不限 or 无."""
    risky = re.search(r'[、,;+:"\n>]', text) or any(
        is_word(text, f"word.{key}") for key in ("any", "none")
    )
    return '"' + text.replace('"', '""') + '"' if risky else text
