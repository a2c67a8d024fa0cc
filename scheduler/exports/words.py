"""The words of the exports: a roster's rows in words, heads of columns, an event's title."""

from collections.abc import Iterable

import pandas as pd

from scheduler.drawings.words import one_line
from scheduler.messages import Lang, say
from scheduler.messages.names import Names
from scheduler.report.part import PartLines

_LONGEST_TITLE = 100


def in_words(names: Names, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `frames.assignments` as people read them, in columns named as in ``exports.column``.

    date, weekday, day (25 Nov with its weekday), start, end (times of day), clock (09:00–10:30), kind,
    task, place, person, role: words; slot: Int64, counted from 1. A hidden visit has no kind of its own.
    """
    start, end = (table[moment].dt.strftime("%H:%M") for moment in ("start", "end"))
    return pd.DataFrame(
        {
            "date": table["start"].dt.strftime("%Y-%m-%d"),
            "weekday": [names.date(moment.date(), "weekday") for moment in table["start"]],
            "day": [names.date(moment.date()) for moment in table["start"]],
            "start": start,
            "end": end,
            "clock": start + "–" + end,
            "kind": kinds_in_words(names, table),
            "task": table["name"],
            "place": table["place_name"],
            "person": table["person_name"],
            "role": [names.role(role) for role in table["role"]],
            "slot": table["slot"] + 1,
        }
    ).astype({"weekday": object, "day": object, "role": object})  # of no rows, too


def kinds_in_words(names: Names, table: pd.DataFrame) -> pd.Series:
    """Kinds of the rows of a table of tasks; a hidden visit's is its neutral name."""
    kinds = table["kind"].astype("string").map(names.kind)
    return table["name"].where(table["hidden"], kinds)


def part_in_words(lines: PartLines, lang: Lang) -> pd.DataFrame:
    """The lines of what one reader gets, under heads in words.

    Day, time, kind, task, place; of a person's part household and company, else who does it and how
    many are short.
    """
    personal = lines.part.audience.kind == "person"
    columns = ["day", "clock", "kind", "task", "place"]
    columns += ["household", "company"] if personal else ["people", "missing"]
    comma = word("comma", lang)
    rows = []
    for line in lines.lines:
        told = (lines.day(line.day), lines.clock(line), lines.kinds[line.kind].label)
        cells = [getattr(text, lang) for text in (*told, line.name, line.place)]
        people = comma.join(getattr(one, lang) for one in line.people)
        rows.append(
            [*cells, *([line.household or "", people] if personal else [people, line.missing])]
        )
    return pd.DataFrame(rows, columns=heads(columns, lang))


def word(key: str, lang: Lang, **slots: object) -> str:
    """A message of the exports' catalogue."""
    return say(f"exports.{key}", lang, **slots)


def heads(columns: Iterable[str], lang: Lang) -> list[str]:
    """Heads of columns."""
    return [word(f"column.{column}", lang) for column in columns]


def in_footer(title: str) -> str:
    """A title as a sheet's footer takes it: ``&`` is a sign of its own there, and 255 letters are all it holds."""
    return one_line(title)[:_LONGEST_TITLE].replace("&", "&&")


def event_title(task: str, person: str, lang: Lang) -> str:
    """The title of an assignment in a calendar."""
    return word("event", lang, task=task, person=person)
