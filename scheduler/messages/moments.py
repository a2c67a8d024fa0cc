"""Days, times of day and durations in words. Names of weekdays and months, and their order: CLDR's."""

from datetime import date
from functools import lru_cache

from scheduler.messages import Lang, beginnings, catalogue, say
from scheduler.model import Horizon
from scheduler.model.time import MINUTES_PER_DAY


@lru_cache(maxsize=4096)
def date_in_words(when: date, lang: Lang, shape: str = "day") -> str:
    """A date as ``words.pattern`` has it. shape: "day" (Wed 25 Nov, 11月25日 周三), "short_day", "weekday"."""
    from babel.dates import format_date  # not needed by commands that tell no date

    return format_date(when, catalogue(lang, "words")[f"words.pattern.{shape}"], locale=lang)


def day_in_words(horizon: Horizon, day: int, lang: Lang) -> str:
    """A day index as date and weekday: 11月25日 周三, Wed 25 Nov."""
    return date_in_words(horizon.date(day), lang)


def moment_in_words(
    horizon: Horizon, moment: int, lang: Lang, named_day: str | int | None = None
) -> str:
    """A moment as day and time of day; only the time on a day that the sentence has named already."""
    day = horizon.day_of(moment)
    clock = clock_in_words(moment // horizon.ticks_per_minute)
    if day == named_day:
        return clock
    return say("words.moment", lang, day=day_in_words(horizon, day, lang), clock=clock)


def clock_in_words(minutes: int) -> str:
    """Time of day of minutes from any midnight, such as 08:30: the same in both languages."""
    hours, rest = divmod(minutes % MINUTES_PER_DAY, 60)
    return f"{hours:02d}:{rest:02d}"


def duration_in_words(ticks: int, ticks_per_minute: int, lang: Lang) -> str:
    """A duration as hours and minutes, 1 小时 20 分, 1 h 20 min; where ticks are finer to thousandths."""
    # Rounded before it is split into hours and minutes, so that there is no 60 min and no 1 h 0 min.
    thousandths = round(abs(ticks) * 1000 / ticks_per_minute)
    hours, rest = divmod(thousandths, 60_000)
    minutes = f"{rest / 1000:.3f}".rstrip("0").rstrip(".")
    if not hours:
        words = say("words.duration.minutes", lang, minutes=minutes)
    elif not rest:
        words = say("words.duration.hours", lang, hours=hours)
    else:
        words = say("words.duration.both", lang, hours=hours, minutes=minutes)
    negative = ticks < 0 and thousandths > 0
    return say("words.less_than_nothing", lang, duration=words) if negative else words


def load_words(lang: Lang) -> None:
    """Read what words of a language are made of, which otherwise is read when each is asked for."""
    for begin in beginnings():
        catalogue(lang, begin)
    date_in_words(date.min, lang)
