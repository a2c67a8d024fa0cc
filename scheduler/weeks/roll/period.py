"""The planning period that goes on in the following horizon: what it holds already."""

from typing import Any

from scheduler.facts.weekends import uncounted_weekends
from scheduler.weeks.roll.past import PastWeek


def period_sums(past: PastWeek, person: str) -> dict[str, Any]:
    """Fields of the person's history; nothing where the following horizon begins a new period."""
    end = past.instance.settings.period_end
    if end is None or end < past.following.horizon.start:
        return {}
    before, worked = past.instance.past(person), past.facts.by_day[person]
    days = range(past.instance.horizon.days)
    weekends = uncounted_weekends(past.instance, person)
    return {
        "period_tasks": before.period_tasks + sum(len(worked.get(day, ())) for day in days),
        "period_weekends": before.period_weekends
        + sum(any(day in worked for day in weekend) for weekend in weekends),
    }
