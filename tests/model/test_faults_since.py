"""Whether a change leaves a sound week sound is seen from what is otherwise alone."""

from datetime import date
from typing import Any

import pytest

from scheduler.model import Instance, Pin, Published, Slot, Window
from scheduler.model.faults import errors, errors_since, since
from scheduler.model.faults.since import still_sound
from tests.rules.build import instance, person, place, shift, visit

RULES = ("min_rest",)
WEEK = instance(
    person("A"), person("B"), place("P"), place("Q"), visit("v"), visit("w"), shift("s", 480)
)


def _altered(name: str, index: int = 0, **fields: Any) -> Instance:
    records = list(getattr(WEEK, name))
    records[index] = records[index].model_copy(update=fields)
    return WEEK.changed(**{name: tuple(records)})


SOUND = [
    WEEK,
    _altered("people", leave=(Window(start=0, end=60),)),
    _altered("visits", windows=(Window(start=10, end=20),)),
    WEEK.changed(visits=(*WEEK.visits, visit("x"))),
]
WRONG = [
    _altered("people", leave=(Window(start=60, end=0),)),
    _altered("people", home="nowhere"),
    _altered("people", skill_until={"first_aid": date(2026, 1, 7)}),
    _altered("visits", windows=(Window(start=10**6, end=10**6 + 1),)),
    _altered("visits", duration=10**6),
    _altered("visits", least_crew=9),
    _altered("visits", id="w"),
    _altered("shifts", id="v"),
    WEEK.changed(visits=(*WEEK.visits, visit("v"))),
    WEEK.changed(visits=(*WEEK.visits, visit("x").model_copy(update={"id": " "}))),
    WEEK.changed(visits=(*WEEK.visits, visit("x").model_copy(update={"places": ("nowhere",)}))),
]


@pytest.mark.parametrize("after", SOUND)
def test_what_is_sound_is_seen_to_be(after: Instance) -> None:
    assert still_sound(WEEK, after, RULES)
    assert errors(after, RULES) == []


@pytest.mark.parametrize("after", WRONG)
def test_what_is_wrong_is_told_as_by_a_look_at_the_whole(after: Instance) -> None:
    assert not still_sound(WEEK, after, RULES)
    assert errors_since(WEEK, after, RULES) == errors(after, RULES) != []


def test_a_pin_is_held_against_the_altered_visit() -> None:
    pinned = WEEK.changed(pins=(Pin(task="v", slot=0, place="P"),))
    assert errors(pinned, RULES) == []
    moved = _elsewhere(pinned)
    assert "pin_place_elsewhere" in [one.code for one in errors(moved, RULES)]
    assert errors_since(pinned, moved, RULES) == errors(moved, RULES)


def test_what_was_told_is_held_against_the_slots_of_the_altered_visit() -> None:
    pairs = WEEK.changed(visits=(visit("v", Slot(), Slot()), *WEEK.visits[1:]))
    told = Published(task="v", slot=1, person="A", place="P", start=0)
    before = pairs.changed(published=(told,))
    assert errors(before, RULES) == []
    after = before.changed(visits=WEEK.visits)
    assert errors_since(before, after, RULES) == errors(after, RULES) != []


def test_a_record_that_is_gone_has_the_whole_looked_at() -> None:
    assert not still_sound(WEEK, WEEK.changed(people=WEEK.people[1:]), RULES)


def test_all_work_together_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    grown = WEEK.changed(visits=(*WEEK.visits, visit("x")))
    monkeypatch.setattr(since, "TASK_SLOTS", 3)
    assert still_sound(WEEK, WEEK, RULES)
    assert not still_sound(WEEK, grown, RULES)


def _elsewhere(week: Instance) -> Instance:
    """The week with its first visit at another place of it."""
    visits = (week.visits[0].model_copy(update={"places": ("Q",)}), *week.visits[1:])
    return week.changed(visits=visits)
