"""Two states of a week: what lies between them is changes, and all else is taken over."""

from typing import Any

import pytest

from instances.generate import generate
from scheduler.due import expand
from scheduler.formats.parse import parse_instance
from scheduler.model import InputError, Instance, Pin, Roster, Window
from scheduler.model.changes import (
    Absence,
    Cancel,
    Closure,
    MoveWork,
    New,
    Presence,
    Windows,
)
from scheduler.model.presence import presence
from scheduler.weeks.changes_between import TakenOver, changes_between
from scheduler.weeks.replan.apply import apply
from tests.formats.week import week as week_data

DAY = 1440


def week(**changed: Any) -> Instance:
    instance = parse_instance(week_data())[0]
    assert instance is not None
    return instance.changed(**changed)


OLD = week()


def updated(name: str, number: int, **fields: Any) -> Instance:
    """The week with other fields in one record of a list."""
    records = list(getattr(OLD, name))
    records[number] = records[number].model_copy(update=fields)
    return OLD.changed(**{name: tuple(records)})


def test_the_same_week_differs_in_nothing() -> None:
    for same in (OLD, generate("shizishan/community")):
        found = changes_between(same, same)
        assert (found.changes.changes, found.taken) == ((), ())
        assert found.base == expand(same)


def test_added_and_cancelled_work_is_told_as_that() -> None:
    extra = OLD.visits[0].model_copy(update={"id": "visit-3"})
    found = changes_between(OLD, OLD.changed(visits=(OLD.visits[1], extra), shifts=()))
    assert found.changes.changes == (
        New(visits=(extra,)),
        Cancel(task="visit-1"),
        Cancel(task="shift-1"),
    )
    assert found.taken == ()


def test_other_hours_and_leave_are_absence_and_presence() -> None:
    # There on Monday 8:30 to 17:30: in the new week from 10:00 to 19:00, away from 12:00 to 13:00.
    hours = (Window(start=600, end=1140),)
    new = updated("people", 0, availability=hours, leave=(Window(start=720, end=780),))
    assert changes_between(OLD, new).changes.changes == (
        Absence(person="worker-1", **{"from": 510, "to": 600}),
        Absence(person="worker-1", **{"from": 720, "to": 780}),
        Presence(person="worker-1", **{"from": 1050, "to": 1140}),
    )


def test_somebody_who_is_gone_is_absent_all_the_time() -> None:
    new = OLD.changed(people=OLD.people[:1])
    assert changes_between(OLD, new).changes.changes == (
        Absence(person="worker-2", **{"from": DAY + 540, "to": DAY + 720}),
    )


def test_a_place_that_opens_less_is_closed_for_the_rest_and_more_is_taken_over() -> None:
    new = updated("places", 1, opening=(Window(start=0, end=3 * DAY),))
    found = changes_between(OLD, new)
    assert found.changes.changes == (Closure(place="plaza", **{"from": 3 * DAY, "to": 7 * DAY}),)
    assert found.base.place_by_id["plaza"].opening is None
    back = changes_between(new, OLD)
    assert back.changes.changes == ()
    assert back.base.place_by_id["plaza"].opening is None


def test_windows_and_shifts_that_moved_are_changes() -> None:
    later = (Window(start=900, end=960),)
    assert changes_between(OLD, updated("visits", 0, windows=later)).changes.changes == (
        Windows(visit="visit-1", windows=later),
    )
    assert changes_between(OLD, updated("shifts", 0, start=900)).changes.changes == (
        MoveWork(task="shift-1", start=900),
    )
    assert changes_between(OLD, updated("shifts", 0, place="station")).changes.changes == (
        MoveWork(task="shift-1", place="station"),
    )


def test_all_else_is_taken_over_and_named() -> None:
    pin = Pin(task="visit-1", person="worker-1")
    settings = OLD.settings.model_copy(update={"target_points": 7})
    new = updated("people", 1, skills={}, areas=("jiahong",)).changed(
        pins=(pin,), settings=settings
    )
    found = changes_between(OLD, new)
    assert found.changes.changes == ()
    assert found.taken == (
        TakenOver("people", "worker-2", ("skills", "areas")),
        TakenOver("pins"),
        TakenOver("settings", fields=("target_points",)),
    )
    assert (found.base.pins, found.base.settings, found.base.people) == (
        (pin,),
        settings,
        new.people,
    )


def test_other_days_are_one_fault() -> None:
    other = OLD.changed(horizon=OLD.horizon.model_copy(update={"days": 6}))
    with pytest.raises(InputError) as caught:
        changes_between(OLD, other)
    assert [problem.code for problem in caught.value.problems] == ["not_the_same_days"]


def test_the_changes_make_the_new_week_of_the_base() -> None:
    old = generate("shizishan/community")
    extra = old.visits[0].model_copy(update={"id": "extra"})
    away = Window(start=2 * DAY, end=3 * DAY)
    sick = old.people[3].model_copy(update={"leave": (*old.people[3].leave, away)})
    people = tuple(sick if one.id == sick.id else one for one in old.people)
    new = old.changed(
        visits=(*old.visits[1:], extra), shifts=old.shifts[1:], people=people, title="新"
    )
    found = changes_between(old, new)
    empty = Roster(instance=old.id, horizon=old.horizon)
    made = apply(found.base, empty, found.changes).instance
    wanted = expand(new)
    assert set(made.task_by_id) == set(wanted.task_by_id)
    assert made.title == "新"
    for person in made.people:
        assert presence(person) == presence(wanted.person_by_id[person.id])
