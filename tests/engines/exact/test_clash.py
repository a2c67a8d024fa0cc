"""Clashes: minimal sets of requirements that cannot hold together."""

import pytest

from scheduler.engines.exact import solve_exact
from scheduler.engines.exact.clash import _DeletionFilter, clash
from scheduler.engines.exact.requirements import Requirement, Requirements
from scheduler.model import Gap, Instance, Level, Limits, Pin, Slot, Window
from scheduler.rules import active
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests.engines.search.weeks import random_week
from tests.rules.build import at, instance, person, visit, window


def pinned_apart() -> Instance:
    """Two visits, pinned to one person, whose windows allow one after the other only in part."""
    return instance(
        person("A"),
        person("B"),
        visit("v", windows=(window(0, "09:00", "09:30"),)),
        visit("w", windows=(window(0, "09:00", "09:30"),)),
        visit("x", windows=(window(0, "09:00", "17:00"),)),
        Pin(task="v", person="A"),
        Pin(task="w", person="A"),
        days=1,
    )


def test_two_pins_at_one_time_clash_with_both_windows() -> None:
    found = clash(pinned_apart(), seconds=60)
    assert found.status == "minimal"
    assert set(found.requirements) == {
        Requirement("pinned", "v"),
        Requirement("pinned", "w"),
        Requirement("visit_window", "v"),
        Requirement("visit_window", "w"),
    }


def test_a_pin_on_a_day_of_leave_clashes_with_it() -> None:
    away = person("A", availability=(Window(start=at(1, "08:00"), end=at(1, "18:00")),))
    pinned = instance(
        away,
        person("B"),
        visit("v", windows=(window(0, "09:00", "12:00"),)),
        Pin(task="v", person="A"),
        days=2,
    )
    found = clash(pinned, seconds=60)
    assert found.status == "minimal"
    assert set(found.requirements) == {
        Requirement("availability", "A"),
        Requirement("pinned", "v"),
        Requirement("visit_window", "v"),
    }


def test_a_pin_of_somebody_without_the_skill_clashes_with_the_skill() -> None:
    pinned = instance(
        person("A"),
        person("B", skills={"care": 2}),
        visit("v", Slot(skills={"care": 1})),
        Pin(task="v", person="A"),
        days=1,
    )
    found = clash(pinned, seconds=60)
    assert found.status == "minimal"
    assert set(found.requirements) == {Requirement("skill", "v"), Requirement("pinned", "v")}


def test_more_pinned_work_than_a_day_allows_clashes_with_its_limit() -> None:
    # Three pinned visits of an hour; two hours and no overtime a day.
    limits = Limits(daily_minutes=120, daily_overtime=0)
    pins = [Pin(task=f"v{number}", person="A") for number in range(3)]
    visits = [visit(f"v{n}", windows=(window(0, "09:00", "17:00"),)) for n in range(3)]
    found = clash(
        instance(person("A", limits=limits), person("B"), *visits, *pins, days=1), seconds=60
    )
    assert found.status == "minimal"
    assert Requirement("daily_limit", "A") in found.requirements
    pinned = {one.key for one in found.requirements if one.rule == "pinned"}
    assert pinned == {"v0", "v1", "v2"}


def test_a_gap_that_windows_forbid_is_named_by_its_number() -> None:
    found = clash(
        instance(
            person("A"),
            visit("v", duration=15, windows=(window(0, "09:00", "10:00"),)),
            visit("w", duration=15, windows=(window(0, "09:00", "10:00"),)),
            Gap(first="v", second="w", least_days=1, most_days=3),
            Pin(task="v", person="A"),
            Pin(task="w", person="A"),
            days=2,
        ),
        seconds=60,
    )
    assert found.status == "minimal"
    assert Requirement("gap", "0") in found.requirements


def test_where_all_can_hold_nothing_clashes() -> None:
    free = pinned_apart().changed(pins=())
    assert clash(free, seconds=60) == clash(free, seconds=60)
    assert clash(free, seconds=60).status == "none"
    assert clash(free, seconds=60).requirements == ()


@pytest.mark.parametrize("seed", [0, 2, 4, 5, 6, 8, 9])
def test_without_any_one_of_a_clash_the_others_can_hold(seed: int) -> None:
    week = random_week(seed, visits=8, people=3)
    found = clash(week, seconds=300)
    reader = _DeletionFilter(Requirements(week), 300, None)
    if found.status == "none":
        assert solve_exact(lower(week), seconds=20).bound < lower(week).scale.hard
        return
    assert found.status == "minimal"
    assert reader.impossible(set(found.requirements))
    for one in found.requirements:
        assert not reader.impossible(set(found.requirements) - {one})


def test_all_requirements_together_are_the_lowering_itself() -> None:
    week = random_week(3)
    made = Requirements(week)
    assert {one.rule for one in made.all} <= {
        rule.rule.id for rule in active(week) if rule.level is Level.HARD
    }
    whole, rebuilt = lower(week), made.lowered(set(made.all))
    assert whole.window.earliest.tolist() == rebuilt.window.earliest.tolist()
    assert whole.day.longest.tolist() == rebuilt.day.longest.tolist()
    assert whole.fit.able(0).tolist() == rebuilt.fit.able(0).tolist()


def test_an_asked_stop_or_no_time_leaves_it_unknown() -> None:
    stop = Stop()
    stop.request()
    assert clash(pinned_apart(), seconds=60, stop=stop).status == "unknown"
    assert clash(pinned_apart(), seconds=0).status == "unknown"
