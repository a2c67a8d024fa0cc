"""What falls due, in words."""

from scheduler.due.dates import DueVisit
from scheduler.messages import Lang, say

COLUMNS = ("visit", "name", "household", "why", "earliest", "latest", "overdue")


def heads(lang: Lang) -> list[str]:
    """Heads of a table of what falls due: see `COLUMNS`."""
    return [say(f"due.column.{column}", lang) for column in COLUMNS]


def why(due_visit: DueVisit, lang: Lang) -> str:
    """The reason why a visit falls due."""
    return say(f"due.why.{due_visit.why}", lang)


def overdue(due_visit: DueVisit, lang: Lang) -> str:
    """By how many days it is late; "" where it is not."""
    return say("due.overdue", lang, days=due_visit.overdue) if due_visit.overdue else ""
