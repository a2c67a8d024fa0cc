"""The language and the two consoles that all commands share."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from scheduler.cli.wrapping import wrapped
from scheduler.messages import Lang, say


class Language(StrEnum):
    """Languages to talk in."""

    ZH = "zh"
    EN = "en"


_asked: ContextVar[Language | None] = ContextVar("asked", default=None)


@contextmanager
def speaking(language: Language | None) -> Iterator[None]:
    """Within it, `spoken` is this language; None: as before."""
    token = _asked.set(language or _asked.get())
    try:
        yield
    finally:
        _asked.reset(token)


def spoken(environment: Mapping[str, str] = os.environ) -> Language:
    """The language asked for by ``--lang``, else by the environment: LIANXIN_LANG, LC_ALL, LC_MESSAGES, LANG.

    中文 unless they say English.
    """
    if (asked := _asked.get()) is not None:
        return asked
    named = ("LIANXIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    value = next((environment[name] for name in named if environment.get(name)), "")
    return Language.EN if value.lower().startswith("en") else Language.ZH


def helped(key: str, **slots: object) -> str:
    """Key and slots of a help text, which the help says in the language asked for when it is drawn."""
    return json.dumps({"help": key, **slots})


def help_in_words(text: str | None, lang: Lang) -> str:
    """What `helped` stands for; any other text, such as another package's, as it is."""
    try:
        slots = json.loads(text or "")
        return say(f"cli.help.{slots.pop('help')}", lang, **slots)
    except (ValueError, AttributeError, KeyError):
        return text or ""


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


class UnwritableError(Exception):
    """What a command says cannot be written where it goes, such as a full disk."""


class _Console(Console):
    """A console that breaks lines as `wrapped` does, and ends in good order where nobody reads on, or nothing can be written.

    Raises UnwritableError for the latter.
    """

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        options = options or self.options
        if isinstance(renderable, str):
            renderable = self.render_str(renderable, highlight=options.highlight)
        if isinstance(renderable, Text) and not (renderable.no_wrap or options.no_wrap):
            renderable = wrapped(renderable, options.max_width)
            if (
                options.max_width == self.width
            ):  # a terminal shows, and copies, a longer id in one piece
                renderable.no_wrap, renderable.overflow = True, "ignore"
        yield from super().render(renderable, options)

    def print(self, *objects: Any, crop: bool = False, **how: Any) -> None:
        """As Rich does, but never cutting a line off."""
        try:
            super().print(*objects, crop=crop, **how)
        except OSError as error:
            raise UnwritableError(error.strerror) from None

    def on_broken_pipe(self) -> None:
        """End quietly; Rich would end with the code for a roster that breaks a hard rule."""
        try:
            super().on_broken_pipe()
        except SystemExit:
            raise SystemExit(PIPE_CLOSED) from None


def _console(stderr: bool) -> Console:
    # Names and values come from files: no markup, no emoji codes, no guessing of numbers in them.
    return _Console(stderr=stderr, markup=False, emoji=False, highlight=False)


@cache
def printable(text: str) -> str:
    """Text from a file without control characters, which a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
