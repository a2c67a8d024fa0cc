"""Words in both languages at once: the file holds both and shows one."""

from scheduler.checker.sentences import day_in_words, duration_in_words
from scheduler.messages import LANGS, Lang, say
from scheduler.model import Horizon
from scheduler.rules import Text


def text(key: str, **slots: object) -> Text:
    """A message of the report in both languages; a slot may itself be a `Text`."""
    return Text(**{lang: _say(f"report.{key}", lang, slots) for lang in LANGS})


def _say(key: str, lang: Lang, slots: dict[str, object]) -> str:
    filled = {
        name: getattr(value, lang) if isinstance(value, Text) else value
        for name, value in slots.items()
    }
    return say(key, lang, **filled)


def same(words: str) -> Text:
    """A name from the data: the same in both languages."""
    return Text(zh=words, en=words)


def joined(parts: list[Text]) -> Text:
    """Several texts in a row, with the language's comma."""
    return Text(
        **{
            lang: say("report.comma", lang).join(getattr(part, lang) for part in parts)
            for lang in LANGS
        }
    )


def duration(minutes: int) -> Text:
    """Minutes as hours and minutes."""
    return Text(**{lang: duration_in_words(minutes, 1, lang) for lang in LANGS})


def clock(minutes: int) -> str:
    """Time of day of minutes from any midnight, such as 08:30."""
    hours, rest = divmod(minutes % (24 * 60), 60)
    return f"{hours:02d}:{rest:02d}"


def day(horizon: Horizon, index: int) -> Text:
    """A day of the horizon with its weekday."""
    return Text(**{lang: day_in_words(horizon, index, lang) for lang in LANGS})


def short_day(horizon: Horizon, index: int) -> Text:
    """A day of the horizon as narrow as a column's head."""
    when = horizon.date(index)
    return Text(
        **{
            lang: say(
                "report.short_day",
                lang,
                weekday=say(f"words.weekday.d{when.isoweekday()}", lang),
                month=when.month,
                month_name=say(f"words.month.m{when.month}", lang),
                day=when.day,
            )
            for lang in LANGS
        }
    )


def span(horizon: Horizon) -> Text:
    """The horizon from its first day to its last."""
    return text(
        "year_span",
        year=horizon.start.year,
        first=day(horizon, 0),
        last=day(horizon, horizon.days - 1),
        days=horizon.days,
    )
