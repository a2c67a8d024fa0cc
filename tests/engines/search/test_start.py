"""A start that breaks a hard rule loses what breaks it, and nothing else."""

from typing import Any

from scheduler.checker import check
from scheduler.formats.parse import parse_instance
from scheduler.model import Assignment, Instance, Roster
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.formats.week import week

MORNING = {"from": "2026-11-23T09:00", "to": "2026-11-23T12:00"}


def visit(id: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": id,
        "name": id,
        "kind": "door",
        "places": ["plaza"],
        "windows": [MORNING],
        "duration": 30,
        **fields,
    }


def read(**changed: Any) -> Instance:
    instance = parse_instance(week(households=[], shifts=[], **changed))[0]
    assert instance is not None
    return instance


def roster(instance: Instance, *starts: tuple[str, int]) -> Roster:
    parts = tuple(
        Assignment(task=task, slot=0, person="worker-1", place="plaza", start=start, end=start + 30)
        for task, start in starts
    )
    return Roster(instance="week", horizon=instance.horizon, assignments=parts)


def done(roster: Roster) -> set[tuple[str, str]]:
    return {(part.task, part.person) for part in roster.assignments}


def test_half_a_crew_goes_and_the_rest_stands() -> None:
    pair = visit("pair", priority=1, slots=[{}, {"roles": ["counsellor"]}])
    instance = read(visits=[visit("one"), pair, visit("other")])
    start = roster(instance, ("one", 557), ("pair", 600), ("other", 673))
    assert not check(instance, start).feasible
    found = solve(instance, Stop(steps=0), start=start)
    assert done(found) == {("one", "worker-1"), ("other", "worker-1")}
    assert check(instance, found).feasible


def test_the_least_important_goes_first() -> None:
    visits = [visit("one", priority=5), visit("two", priority=1), visit("other", priority=3)]
    instance = read(visits=visits, settings={"limits": {"grid_worker": {"daily_tasks": 2}}})
    start = roster(instance, ("one", 557), ("two", 613), ("other", 673))
    assert not check(instance, start).feasible
    found = solve(instance, Stop(steps=0), start=start)
    assert done(found) == {("one", "worker-1"), ("other", "worker-1")}


def test_what_breaks_nothing_is_not_struck() -> None:
    instance = read(visits=[visit("one"), visit("other")])
    start = roster(instance, ("one", 557), ("other", 673))
    assert done(solve(instance, Stop(steps=0), start=start)) == done(start)
