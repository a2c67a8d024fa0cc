"""What an instance asks for beyond single visits with windows, so that peers can say what they lack."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.due import expand
from scheduler.model import Instance, Limits, Person, Visit
from scheduler.model.tasks import Rank, slots
from scheduler.rules import is_on


@dataclass(frozen=True)
class Feature:
    """text: for people. rule: one that has to be on for it to matter, or "". count: how often it is asked for."""

    text: str
    rule: str
    count: Callable[[Instance], int]


def _with_limit(*fields: str) -> Callable[[Instance], int]:
    """Counts people with one of the limits."""

    def count(instance: Instance) -> int:
        limits = (instance.limits(person.id) for person in instance.people)
        return sum(any(_set(limit, field) for field in fields) for limit in limits)

    return count


def _set(limits: Limits, field: str) -> bool:
    return getattr(limits, field) not in (None, {})


def _visits(matches: Callable[[Visit], object]) -> Callable[[Instance], int]:
    return lambda instance: sum(bool(matches(visit)) for visit in instance.visits)


def _split(instance: Instance) -> int:
    """People with several spans of presence on a day."""
    return sum(_is_split(instance, person) for person in instance.people)


def _is_split(instance: Instance, person: Person) -> bool:
    days = [instance.horizon.day_of(span.start) for span in person.availability]
    return len(set(days)) < len(days)


def _several_cases(instance: Instance) -> int:
    return sum(case.same_person for case in instance.cases)


def _with_extra(instance: Instance) -> int:
    return sum(any(slot.rank is Rank.EXTRA for slot in slots(shift)) for shift in instance.shifts)


def _due(instance: Instance) -> int:
    return sum(
        visit.due is not None or any(window.due is not None for window in visit.windows)
        for visit in instance.visits
    )


FEATURES = {
    "visits": Feature("visits with travel between them", "", lambda week: len(week.visits)),
    "crews": Feature("visits by several people at once", "", _visits(lambda v: len(v.slots) > 1)),
    "places": Feature("visits at one of several places", "", _visits(lambda v: len(v.places) > 1)),
    "gaps": Feature("visits at a distance from others", "gap", lambda week: 2 * len(week.gaps)),
    "bundles": Feature("visits done all or none", "bundle", _visits(lambda v: v.bundle)),
    "cases": Feature("cases led by one person", "same_person", _several_cases),
    "due": Feature("visits late at a price", "due_date", _due),
    "preferred": Feature("visits with preferred people", "preferred_person", _visits(lambda v: v.preferred)),
    "capacity": Feature(
        "places with room for so many", "place_capacity", lambda week: sum(p.capacity is not None for p in week.places)
    ),
    "shifts": Feature("shifts with headcounts", "", lambda week: len(week.shifts)),
    "extra": Feature("shifts with room beyond their target", "", _with_extra),
    "split": Feature("people present twice a day", "", _split),
    "breaks": Feature("people owed a break", "rest_break", _with_limit("breaks")),
    "overtime": Feature("people with a limit on the day's work", "daily_minutes", _with_limit("daily_minutes")),
    "tasks": Feature("people with a limit on the day's tasks", "daily_tasks", _with_limit("daily_tasks")),
    "weekly": Feature(
        "people with a limit on the week's work or tasks",
        "weekly_minutes",
        _with_limit("weekly_minutes", "weekly_tasks"),
    ),
    "period": Feature(
        "people with limits on the period's work",
        "period_minutes",
        _with_limit("period_minutes_max", "period_minutes_min"),
    ),
    "runs": Feature(
        "people with limits on days in a row",
        "days_in_row",
        _with_limit("days_in_row_max", "days_in_row_min", "days_off_min"),
    ),
    "days": Feature("people with a limit on the week's days", "rest_day", _with_limit("weekly_days")),
    "weekends": Feature("people with a limit on weekends", "weekends", _with_limit("weekends")),
    "kinds": Feature("people with limits on kinds of work", "kind_counts", _with_limit("kind_counts")),
    "rest": Feature("people owed a rest between days", "min_rest", _with_limit("rest_minutes")),
    "sequences": Feature(
        "kinds that may not follow one another", "shift_sequence", lambda week: len(week.settings.forbidden_sequences)
    ),
    "wishes": Feature("people with wishes", "wishes", lambda week: sum(bool(p.wishes) for p in week.people)),
    "fairness": Feature("people with a fair share", "fairness", _with_limit("contract_minutes")),
    "history": Feature("people with a history", "", lambda week: len(week.history)),
    "pins": Feature("settled parts", "pinned", lambda week: len(week.pins)),
}  # fmt: skip
"""By a short name that the peers use."""


def lacking(instance: Instance, expressed: frozenset[str]) -> list[str]:
    """What the instance asks for and a peer does not express, with how often."""
    instance = expand(instance)
    lacks = []
    for name, feature in FEATURES.items():
        if name not in expressed and (not feature.rule or is_on(instance, feature.rule)):
            count = feature.count(instance)
            if count:
                lacks.append(f"{feature.text} ({count})")
    return lacks
