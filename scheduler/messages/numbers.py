"""Numbers, shares and plural forms, as CLDR has them for a language."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import cache

from babel import Locale
from babel.numbers import format_decimal, format_percent

_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""Plural categories in CLDR's order."""


def number_in_words(
    value: object, lang: str, decimals: int | None = None, signed: bool = False
) -> str:
    """A number with separators: 12,345.5. decimals: so many; None: as many as it has, 3 at most."""
    shape = "#,##0.###" if decimals is None else "#,##0" + _tail(decimals, "0")
    return format_decimal(_decimal(value), _signed(shape, signed), locale=lang)


def percent_in_words(
    share: object, lang: str, decimals: int = 1, signed: bool = False, trimmed: bool = False
) -> str:
    """A fraction of 1 in per cent: 12.5%. trimmed: without noughts at the end."""
    shape = "#,##0" + _tail(decimals, "#" if trimmed else "0") + "%"
    return format_percent(_decimal(share), _signed(shape, signed), locale=lang)


def plural(value: object, forms: Sequence[str], lang: str) -> str:
    """The form that a number asks for, of one for each plural category in CLDR's order.

    What is no number asks for the last form. Raises ValueError where the language has another
    number of categories.
    """
    categories = plural_categories(lang)
    if len(forms) != len(categories):
        raise ValueError(f"{lang} has {len(categories)} plural forms, and not {'|'.join(forms)}")
    try:
        category = Locale.parse(lang).plural_form(_decimal(value))
    except InvalidOperation:
        category = "other"
    return forms[categories.index(category)]


@cache
def plural_categories(lang: str) -> tuple[str, ...]:
    """The plural categories of a language, in CLDR's order."""
    tags = Locale.parse(lang).plural_form.tags | {"other"}
    return tuple(category for category in _CATEGORIES if category in tags)


def _decimal(value: object) -> Decimal:
    """A number, or one that was written as text. Raises InvalidOperation for other text."""
    if isinstance(value, float) and value.is_integer():
        return Decimal(int(value))
    return Decimal(str(value).replace(",", ""))


def _tail(decimals: int, sign: str) -> str:
    return "." + sign * decimals if decimals else ""


def _signed(shape: str, signed: bool) -> str:
    return f"+{shape};-{shape}" if signed else shape
