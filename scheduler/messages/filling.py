"""A message with its slots filled: numbers as a language writes them, plural forms by number.

A slot in braces may say after a colon how its value is shown:

- ``{count:day|days}`` is the plural form that the number asks for: a form for each plural category
  that CLDR has for the language, in CLDR's order. English has two (one | other); Chinese has one,
  so its messages need no such slot.
- ``{present:=0 nobody|one person|{present} people}`` has a form for just the number 0 before the
  plural forms: where nothing is left to count, or a word such as 都 asks for several.
- ``{count:,}`` and ``{count:,.1f}`` are numbers with separators, ``{rate:.1%}`` is a fraction of 1
  in per cent.

Anything else is as in `str.format`. A number may be given as text, as in a `Problem`.
"""

from functools import cache
from string import Formatter
from typing import Any

from scheduler.messages.numbers import number_in_words, percent_in_words, plural


def fill(message: str, lang: str, **slots: object) -> str:
    """The message with its slots filled. Raises KeyError for a slot without a value."""
    if _counts(message):
        return _filler(lang).vformat(message, (), slots)
    return message.format(**slots)  # ten times as fast, and enough for most sentences


class _Filler(Formatter):
    def __init__(self, lang: str):
        self._lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            return self._form(value, format_spec.split("|"))
        if format_spec.endswith("%"):
            return percent_in_words(value, int(format_spec[1:-1]))
        if format_spec.startswith(","):
            decimals = format_spec.removeprefix(",").removeprefix(".").removesuffix("f")
            return number_in_words(value, int(decimals) if decimals else None)
        return format(value, format_spec)

    def _form(self, value: object, forms: list[str]) -> str:
        exact, others = {}, []
        for form in forms:
            number, _, words = form.partition(" ")
            if number.startswith("="):
                exact[number[1:]] = words
            else:
                others.append(form)
        return exact[str(value)] if str(value) in exact else plural(value, others, self._lang)


@cache
def _counts(message: str) -> bool:
    """Whether any slot says how its value is shown."""
    return any(spec for _, _, spec, _ in Formatter().parse(message))


@cache
def _filler(lang: str) -> _Filler:
    return _Filler(lang)
