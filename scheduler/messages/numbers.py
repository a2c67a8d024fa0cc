"""Numbers, shares and plural forms, as CLDR has them for 中文 and English.

Both write numbers alike, as Python does; so babel, whose tables of a language take a twentieth of a second, is asked
for plural forms only.
"""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import cache

ONE_FORM = ("zh",)
"""Languages in which a number changes nothing, of which babel need not be asked."""
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""Plural categories in CLDR's order."""


def number_in_words(value: object, decimals: int | None = None, signed: bool = False) -> str:
    """A number with separators: 12,345.5. decimals: so many; None: as many as it has, 3 at most."""
    return _written(_decimal(value), 3 if decimals is None else decimals, signed, decimals is None)


def percent_in_words(
    share: object, decimals: int = 1, signed: bool = False, trimmed: bool = False
) -> str:
    """A fraction of 1 in per cent: 12.5%. trimmed: without noughts at the end."""
    return _written(100 * _decimal(share), decimals, signed, trimmed) + "%"


def plural(value: object, forms: Sequence[str], lang: str) -> str:
    """The form that a number asks for, of one for each plural category in CLDR's order.

    What is no number asks for the last form. Raises ValueError where the language has another
    number of categories.
    """
    categories = plural_categories(lang)
    if len(forms) != len(categories):
        raise ValueError(f"{lang} has {len(categories)} plural forms, and not {'|'.join(forms)}")
    if len(forms) == 1:
        return forms[0]
    from babel import Locale

    try:
        category = Locale.parse(lang).plural_form(_decimal(value))
    except InvalidOperation:
        category = "other"
    return forms[categories.index(category)]


@cache
def plural_categories(lang: str) -> tuple[str, ...]:
    """The plural categories of a language, in CLDR's order."""
    if lang in ONE_FORM:
        return ("other",)
    from babel import Locale

    tags = Locale.parse(lang).plural_form.tags | {"other"}
    return tuple(category for category in _CATEGORIES if category in tags)


def _decimal(value: object) -> Decimal:
    """A number, or one that was written as text. Raises InvalidOperation for other text."""
    if isinstance(value, float) and value.is_integer():
        return Decimal(int(value))
    return Decimal(str(value).replace(",", ""))


def _written(value: Decimal, decimals: int, signed: bool, trimmed: bool) -> str:
    """trimmed: without noughts at the end."""
    text = f"{value:{'+' if signed else ''},.{decimals}f}"
    return text.rstrip("0").rstrip(".") if trimmed and decimals else text
