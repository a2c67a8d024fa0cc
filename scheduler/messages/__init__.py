"""Every word that a user reads, 中文 and English, in catalogues beside this file.

A catalogue is ``<part>.<lang>.toml``; a message's key is ``part.table.name``. Parts are read when they are asked for. The words of rules are
in the rules' files, the headings of limits in the model. Both languages have the same keys and the
same slots (tested). `scheduler.messages.filling` says how a slot asks for a plural form or for the
format of a number.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from scheduler.messages.filling import fill

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


@cache
def catalogue(lang: Lang, begin: str = "") -> dict[str, str]:
    """Every message of a language by its dotted key. begin: only those whose keys begin with this name."""
    messages: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob(f"{begin or '*'}.*{lang}.toml")):
        part = path.name.removesuffix(f".{lang}.toml")
        _flatten(part, tomllib.loads(path.read_text(encoding="utf-8")), messages)
    return messages


def beginnings() -> set[str]:
    """The names with which keys begin."""
    return {path.name.partition(".")[0] for path in Path(__file__).parent.glob("*.toml")}


def _begun(key: str, lang: Lang) -> dict[str, str]:
    return catalogue(lang, key.partition(".")[0])


def _flatten(prefix: str, table: dict[str, Any], into: dict[str, str]) -> None:
    for key, value in table.items():
        if isinstance(value, dict):
            _flatten(f"{prefix}.{key}", value, into)
        else:
            into[f"{prefix}.{key}"] = value


def say(key: str, lang: Lang, **slots: object) -> str:
    """The message of a key with its slots filled. Raises KeyError for a key that is not there."""
    return fill(_begun(key, lang)[key], lang, **slots)


def has(key: str) -> bool:
    """Whether the catalogues know a key."""
    return key in _begun(key, "en")
