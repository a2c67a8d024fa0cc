from datetime import timedelta

from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, PastSums, PersonHistory
from tests.rules.build import MONDAY, amounts, at, instance, limited, person, shift
from tests.rules.engine import priced


def tiny() -> Instance:
    history = {"A": PersonHistory(period=PastSums(tasks=1))}
    people = limited("A", period_tasks_max=2, period_tasks_min=2), limited("B", period_tasks_max=1)
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in range(4)]
    return instance(*people, *tasks, days=4, history=history)


SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(7))


def week(done: int = 0, ends: int | None = None, **bounds: int) -> Instance:
    """ends: days from the horizon's first to the period's last; None: the horizon's last."""
    return instance(
        person("a", limits=Limits(**bounds)),
        *SHIFTS,
        history={"a": PersonHistory(period=PastSums(tasks=done))},
        period_end=None if ends is None else MONDAY + timedelta(ends),
    )


def tasks(found: Instance, number: int) -> list[int]:
    rows = [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in range(number)]
    told = amounts("tasks_in_period", found, *rows).get("a", [])
    assert priced(found, ("tasks_in_period",), *rows) == sum(told) * HARD
    return told


def test_each_task_beyond_the_most_or_short_of_the_least_counts():
    bounds = {"period_tasks_max": 4, "period_tasks_min": 2}
    assert [tasks(week(**bounds), number) for number in (0, 1, 2, 4, 6)] == [[2], [1], [], [], [2]]


def test_tasks_of_the_period_before_the_horizon_count():
    assert tasks(week(done=3, period_tasks_max=4), 3) == [2]
    assert tasks(week(done=3, period_tasks_min=4), 0) == [1]
    assert tasks(week(done=3, period_tasks_min=4), 1) == []


def test_tasks_that_were_too_many_before_are_not_judged_again():
    assert tasks(week(done=6, period_tasks_max=4), 0) == []
    assert tasks(week(done=6, period_tasks_max=4), 2) == [2]


def test_the_least_is_asked_where_the_period_ends_with_the_horizon():
    assert tasks(week(ends=6, period_tasks_min=3), 1) == [2]
    assert tasks(week(ends=7, period_tasks_min=3), 1) == []
    assert tasks(week(ends=7, period_tasks_max=3), 5) == [2]
