"""A roster in plain words, the same for every export."""

from functools import partial

import pandas as pd

from scheduler.checker.sentences import day_in_words, kind_in_words, role_in_words
from scheduler.messages import Lang, say
from scheduler.model import Instance


def in_words(instance: Instance, table: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """The rows of `frames.assignments` as people read them, in columns named as in ``exports.column``.

    date, weekday, day (25 Nov with its weekday), start, end (times of day), clock (09:00–10:30), kind,
    task, place, person, role: words; slot: Int64, counted from 1. A hidden visit has no kind of its own.
    """
    start, end = (table[moment].dt.strftime("%H:%M") for moment in ("start", "end"))
    day = partial(day_in_words, instance.horizon, lang=lang)
    return pd.DataFrame(
        {
            "date": table["start"].dt.strftime("%Y-%m-%d"),
            "weekday": [_weekday(moment, lang) for moment in table["start"]],
            "day": [day(int(number)) for number in table["day"]],
            "start": start,
            "end": end,
            "clock": start + "–" + end,
            "kind": kinds_in_words(table, lang),
            "task": table["name"],
            "place": table["place_name"],
            "person": table["person_name"],
            "role": [role_in_words(role, lang) for role in table["role"]],
            "slot": table["slot"] + 1,
        }
    )


def kinds_in_words(table: pd.DataFrame, lang: Lang) -> pd.Series:
    """Kinds of the rows of a table of tasks; a hidden visit's is its neutral name."""
    kinds = table["kind"].astype("string").map(partial(kind_in_words, lang=lang))
    return table["name"].where(table["hidden"], kinds)


def _weekday(moment: pd.Timestamp, lang: Lang) -> str:
    return say(f"words.weekday.d{moment.isoweekday()}", lang)
