"""What falls due, in words."""

from scheduler.due.dates import Due
from scheduler.messages import Lang, say

COLUMNS = ("visit", "name", "household", "why", "earliest", "latest", "overdue")


def heads(lang: Lang) -> list[str]:
    """Heads of a table of what falls due: see `COLUMNS`."""
    return [say(f"due.column.{column}", lang) for column in COLUMNS]


def why(one: Due, lang: Lang) -> str:
    """Why a visit falls due."""
    return say(f"due.why.{one.why}", lang)


def overdue(one: Due, lang: Lang) -> str:
    """By how many days it is late; "" where it is not."""
    return say("due.overdue", lang, days=one.overdue) if one.overdue else ""
