"""The report's words, in both languages at once: the page holds both and shows one of them."""

from collections.abc import Callable

from scheduler.messages import LANGS, Lang, say
from scheduler.messages.moments import date_in_words, day_in_words, duration_in_words
from scheduler.messages.names import holiday_in_words, kind_in_words, role_in_words
from scheduler.model import Horizon, Instance
from scheduler.rules import Text


def bilingual(words: Callable[[Lang], str]) -> Text:
    """The text that a function gives in each language."""
    return Text(**{lang: words(lang) for lang in LANGS})


def text(key: str, **slots: object) -> Text:
    """A message of the report in both languages; a slot may itself be a `Text`."""
    return bilingual(lambda lang: _say(f"report.{key}", lang, slots))


def _say(key: str, lang: Lang, slots: dict[str, object]) -> str:
    filled = {
        name: getattr(value, lang) if isinstance(value, Text) else value
        for name, value in slots.items()
    }
    return say(key, lang, **filled)


def same(words: str) -> Text:
    """A name from the data: the same in both languages."""
    return Text(zh=words, en=words)


def one_line(words: str) -> str:
    """Words without ends of lines: a name that holds some, as a cell may, begins no line of its own in a text."""
    return " ".join(words.splitlines())


def joined(parts: list[Text]) -> Text:
    """Texts joined by the language's comma."""
    return bilingual(
        lambda lang: say("report.comma", lang).join(getattr(part, lang) for part in parts)
    )


def duration(minutes: int) -> Text:
    """Minutes as hours and minutes."""
    return bilingual(lambda lang: duration_in_words(minutes, 1, lang))


def kind(kind: str) -> Text:
    """The word for a kind; a kind that is not in the catalogue is shown as it is."""
    return bilingual(lambda lang: kind_in_words(kind, lang))


def role(role: str, count: int = 2) -> Text:
    """The word for so many people of a role; for all of them unless said."""
    return bilingual(lambda lang: role_in_words(role, lang, count))


def day(horizon: Horizon, index: int) -> Text:
    """A day of the horizon with its weekday."""
    return bilingual(lambda lang: day_in_words(horizon, index, lang))


def short_day(horizon: Horizon, index: int) -> Text:
    """A day of the horizon, short enough for the head of a column."""
    return bilingual(lambda lang: date_in_words(horizon.date(index), lang, "short_day"))


def called_day(instance: Instance, index: int) -> Text:
    """A day with its weekday, or with the public holiday that it is, or for which it makes up."""
    calendar, date = instance.settings.calendar, instance.horizon.date(index)
    if calendar.holiday(date) or calendar.makes_up(date):
        return head_day(instance, index)
    return day(instance.horizon, index)


def head_day(instance: Instance, index: int) -> Text:
    """As `short_day`, with the public holiday that it is, or for which it makes up."""
    calendar, date = instance.settings.calendar, instance.horizon.date(index)
    holiday, makes_up = calendar.holiday(date), calendar.makes_up(date)
    if not (holiday or makes_up):
        return short_day(instance.horizon, index)
    name = bilingual(lambda lang: holiday_in_words(holiday or makes_up, lang))
    key = "calendar.holiday" if holiday else "calendar.makes_up"
    return text(key, day=short_day(instance.horizon, index), holiday=name)


def span(horizon: Horizon) -> Text:
    """The horizon from its first day to its last."""
    return text(
        "year_span",
        year=horizon.start.year,
        first=day(horizon, 0),
        last=day(horizon, horizon.days - 1),
        days=horizon.days,
    )
