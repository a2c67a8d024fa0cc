"""The language and the two consoles that all commands share."""

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from rich.console import Console

from scheduler.messages import Lang, say

_WIDTH_OF_FILES = 140


class Language(StrEnum):
    """Languages to talk in."""

    ZH = "zh"
    EN = "en"


def spoken(environment: Mapping[str, str] = os.environ) -> Language:
    """The language of the environment (LC_ALL, LC_MESSAGES, LANG); 中文 unless it says English."""
    named = ("LC_ALL", "LC_MESSAGES", "LANG")
    value = next((environment[name] for name in named if environment.get(name)), "")
    return Language.EN if value.lower().startswith("en") else Language.ZH


def helped(key: str, **slots: object) -> str:
    """A help text in the environment's language, for help is drawn before any option is read.

    Spaces after full-width marks: lines are broken at spaces only, and longer words are cut off.
    """
    text = say(f"cli.help.{key}", _lang(spoken()), **slots)
    return re.sub("([，；：。])(?=.)", r"\1 ", text)


def _lang(language: Language) -> Lang:
    return "zh" if language is Language.ZH else "en"


class Talk:
    """Prints the catalogue's messages in one language: results to stdout, the rest to stderr."""

    def __init__(self, language: Language):
        self.lang = _lang(language)
        self.out = _console(stderr=False)
        self.err = _console(stderr=True)

    def word(self, key: str, **slots: object) -> str:
        """A message of the command line's catalogue."""
        return say(f"cli.{key}", self.lang, **slots)

    def say(self, key: str, **slots: object) -> str:
        """A message of any catalogue."""
        return say(key, self.lang, **slots)

    def tell(self, key: str, **slots: object) -> None:
        """One line to stdout."""
        self.out.print(self.word(key, **slots))

    def warn(self, key: str, **slots: object) -> None:
        """One line to stderr."""
        self.err.print(self.word(key, **slots), style="yellow")


PIPE_CLOSED = 141
"""Exit code where the reader of the output went away: 128 and SIGPIPE, as shells tell it."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """End quietly; Rich would end with the code for a roster that breaks a hard rule."""
        try:
            super().on_broken_pipe()
        except SystemExit:
            raise SystemExit(PIPE_CLOSED) from None


def _console(stderr: bool) -> Console:
    # Names and values come from files: no markup, no emoji codes, no guessing of numbers in them.
    console = _Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDTH_OF_FILES
    return console


@cache
def printable(text: str) -> str:
    """Text from a file without control characters, which a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
