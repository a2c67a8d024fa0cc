"""Starts at multiples of the settings' ticks, from every engine."""

import pytest

from scheduler import solve
from scheduler.model import Pin, Published, Roster, Settings, Shift, Slot, Visit
from scheduler.stop import Stop
from tests.rules.build import PQR, PQR_WAYS, at, instance, person, shift, visit, window


def start_of(roster: Roster, task: str) -> list[int]:
    return [part.start for part in roster.assignments if part.task == task]


def solved(*tasks: Visit | Shift | Pin | Published, every: int, people: int = 1) -> Roster:
    who = [person(f"p{number}") for number in range(people)]
    week = instance(*PQR, *who, *tasks, days=1, ways=PQR_WAYS, start_every=every)
    return solve(week, Stop(steps=3000), seed=1)


@pytest.mark.parametrize(("every", "start"), [(1, 577), (5, 580), (30, 600)])
def test_a_visit_begins_at_the_next_multiple(every: int, start: int) -> None:
    only = visit("v", windows=(window(0, "09:37", "10:30"),), duration=30)
    assert start_of(solved(only, every=every), "v") == [start]


def test_a_crew_begins_together_at_a_multiple() -> None:
    both = visit("v", Slot(), Slot(), windows=(window(0, "09:37", "10:30"),), duration=30)
    assert start_of(solved(both, every=10, people=2), "v") == [580, 580]


def test_a_window_without_a_multiple_a_shift_and_a_pin_keep_their_moments() -> None:
    narrow = visit("v", windows=(window(0, "09:37", "09:39"),), duration=30)
    fixed = shift("s", at(0, "13:33"), duration=60)
    pinned = visit("w", windows=(window(0, "15:00", "16:00"),), duration=30)
    pin = Pin(task="w", slot=0, start=at(0, "15:33"))
    roster = solved(narrow, fixed, pinned, pin, every=5)
    assert start_of(roster, "v") == [577]
    assert start_of(roster, "s") == [at(0, "13:33")]
    assert start_of(roster, "w") == [at(0, "15:33")]


@pytest.mark.parametrize(("told", "start"), [("10:00", 605), ("10:01", 603)])
def test_what_was_published_at_a_multiple_and_must_begin_later_begins_at_one(
    told: str, start: int
) -> None:
    # The person comes three minutes past ten; a quarter of an hour later is still as published.
    fixed = shift("s", at(0, "09:00"), duration=63)
    only = visit("v", windows=(window(0, "09:00", "17:00"),), duration=30)
    known = Published(task="v", slot=0, person="p0", place="P", start=at(0, told))
    assert start_of(solved(fixed, only, known, every=5), "v") == [start]


def test_any_start_is_the_default() -> None:
    assert Settings().start_every == 1
