"""What no solve could mend is told at the door, and nothing that one could."""

import pytest

from instances.generate import NAMES, generate
from scheduler.due import expand
from scheduler.engines.exact import solve_exact
from scheduler.model import Instance, Limits, Pin, RuleSetting, Slot, Window
from scheduler.model.faults.supply import supply
from scheduler.model.score import Level
from scheduler.rules.lower import lower
from tests.rules.build import at, instance, person, visit

TWO_HOURS = Limits(daily_minutes=120, daily_overtime=0, weekly_minutes=150)


def week(*pins: Pin, **more) -> Instance:
    worker = person("A", limits=TWO_HOURS, skills={"medicine": 2})
    tasks = [visit(f"v{n}", Slot(skills=more.get("skills", {}))) for n in range(3)]
    return instance(worker, person("B"), *tasks, *pins, days=2, weights=more.get("weights"))


def pin(number: int, clock: str) -> Pin:
    return Pin(task=f"v{number}", person="A", start=at(0, clock))


def told(one: Instance) -> list[tuple[str, str]]:
    return [(fault.code, fault.pointer) for fault in supply(one)]


def best(one: Instance) -> tuple[int, int]:
    """(hard, medium) points of the best roster, proven."""
    lowered = lower(one)
    found = solve_exact(lowered, 20)
    assert found.status == "optimal"
    score = lowered.scale.score(found.points or 0)
    return score.hard, score.medium


def test_pins_at_one_time_and_more_than_a_day_holds() -> None:
    assert told(week(pin(0, "09:00"), pin(1, "10:00"))) == []
    both = week(pin(0, "09:00"), pin(1, "09:30"))
    assert told(both) == [("pins_overlap", "/pins/1")]
    assert best(both)[0] > 0
    long = week(pin(0, "09:00"), pin(1, "10:00"), pin(2, "11:00"))
    assert told(long) == [("pins_over_day", "/pins/2")]
    assert best(long)[0] > 0


def test_more_of_a_skill_than_everybody_who_has_it_can_do() -> None:
    # three hours are asked of somebody who works two and a half a week
    short = week(skills={"medicine": 1})
    assert told(short) == [("skill_short", "/people")]
    assert best(short)[1] > 0
    enough = short.changed(visits=short.visits[:2])
    assert told(enough) == []
    assert best(enough) == (0, 0)


def test_absence_counts_and_softened_rules_do_not() -> None:
    away = week(skills={"medicine": 1}).changed(visits=week(skills={"medicine": 1}).visits[:2])
    gone = Window(start=0, end=at(1))
    people = (away.people[0].model_copy(update={"leave": (gone,)}), away.people[1])
    half = away.changed(people=people)
    assert told(half) == []
    none = people[0].model_copy(update={"leave": (Window(start=0, end=at(2)),)})
    assert told(away.changed(people=(none, people[1]))) == [("skill_short", "/people")]
    soft = {"no_overlap": RuleSetting(level=Level.SOFT)}
    assert told(week(pin(0, "09:00"), pin(1, "09:30"), weights=soft)) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != "shizishan/sub_district"])
def test_the_example_weeks_pin_nothing_that_cannot_be(name: str) -> None:
    codes = {fault.code for fault in supply(expand(generate(name, 1)))}
    assert codes <= {"skill_short"}
