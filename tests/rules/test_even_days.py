from scheduler import solve
from scheduler.model import Instance
from scheduler.stop import Stop
from tests.rules.build import amounts, at, instance, morning, person, visit, window
from tests.rules.engine import priced


def tiny() -> Instance:
    tasks = (morning(name, days=(0, 1), duration=30) for name in "uvw")
    return instance(person("A"), *tasks, days=2)


VISITS = tuple(visit(name, duration=30) for name in "uvwxy")


def day(*clocks: str, days: int = 2):
    week = instance(person("a"), *VISITS, days=days)
    rows = [
        (task.id, 0, "a", "P", at(0, clock)) for task, clock in zip(VISITS, clocks, strict=False)
    ]
    found = amounts("even_days", week, *rows)
    assert priced(week, ("even_days",), *rows) == sum(found.get("a", []))
    return found


def test_two_tasks_crowd_nothing_and_each_further_costs_more():
    assert day("09:00", "10:00") == {}
    assert day("09:00", "10:00", "11:00") == {"a": [1]}
    # 1 + 2 + 3
    assert day("09:00", "10:00", "11:00", "12:00", "13:00") == {"a": [6]}


def test_a_single_day_has_nothing_to_spread():
    assert day("09:00", "10:00", "11:00", days=1) == {}


def test_work_that_may_be_on_any_day_is_spread():
    anywhere = tuple(window(number, "09:00", "17:00") for number in range(3))
    tasks = (visit(f"v{number}", windows=anywhere, duration=30) for number in range(6))
    roster = solve(instance(person("a"), *tasks, days=3), Stop(steps=5000), seed=1)
    days = [part.start // 1440 for part in roster.assignments]
    assert sorted(days) == [0, 0, 1, 1, 2, 2]
