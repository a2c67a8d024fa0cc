from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, Role
from tests.rules.build import amounts, at, instance, limited, lowered, morning, person, shift, visit
from tests.rules.engine import priced


def tiny() -> Instance:
    tasks = morning("v", days=(0, 1)), morning("w"), shift("s", at(0, "14:00"))
    return instance(limited("A", daily_tasks=1), person("B"), *tasks, days=2)


VISITS = visit("u"), visit("v"), visit("w")


def test_each_task_beyond_the_limit_counts():
    week = instance(person("a", limits=Limits(daily_tasks=1)), *VISITS)
    rows = [
        (task, 0, "a", "P", at(0, f"{hour}:00"))
        for task, hour in zip("uvw", (9, 11, 14), strict=True)
    ]
    # three tasks, one allowed
    assert amounts("daily_tasks", week, *rows) == {"a": [2]}
    assert priced(week, ("daily_tasks",), *rows) == 2 * HARD


def test_a_volunteers_own_limit_holds_day_by_day():
    week = instance(person("a", Role.RESIDENT_VOLUNTEER), *VISITS, days=2)
    rows = [
        (task, 0, "a", "P", at(day, "09:00")) for task, day in zip("uvw", (0, 0, 1), strict=True)
    ]
    assert amounts("daily_tasks", week, *rows) == {}
    assert lowered(week, "daily_tasks").day.most.tolist() == [[2, 2]]
