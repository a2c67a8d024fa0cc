"""When somebody is on leave, in words."""

from scheduler.drawings.words import text
from scheduler.model import Horizon, Person
from scheduler.report.part import span_of_day
from scheduler.rules import Text


def leave_of_day(horizon: Horizon, person: Person, on: int) -> list[Text]:
    """What of a calendar day is leave: the whole of it, or each span. [] on a day without."""
    first, last = on * horizon.day_ticks, (on + 1) * horizon.day_ticks
    spans = [(max(away.start, first), min(away.end, last)) for away in person.leave]
    return [
        text("leave.day")
        if (start, end) == (first, last)
        else text("leave.span", span=span_of_day(horizon, on, start, end))
        for start, end in sorted(spans)
        if start < end
    ]
