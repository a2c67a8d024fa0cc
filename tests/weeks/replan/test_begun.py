"""What began before the freeze stays, whatever changes, and a change that meets it is told."""

import pytest

from scheduler.checker import check
from scheduler.messages import LANGS
from scheduler.messages.problems import explain
from scheduler.model import Freeze, Pin, Window
from scheduler.model.changes import Absence, Cancel, Closure, Windows
from scheduler.stop import Stop
from scheduler.weeks.replan import apply
from scheduler.weeks.replan.search import replan
from tests.rules.build import at
from tests.weeks.replan.week import ROWS, changes, published, rows, week

NOON = Freeze(time=at(0, "12:00"))
MORNING = {row for row in ROWS if row[0] in "vw"}
"""A checks v at nine and w at ten."""
LATE = (Window(start=at(2, "09:00"), end=at(2, "17:00")),)

MEETING = {
    "absence": (Absence(person="A", **{"from": at(0, "08:00"), "to": at(1)}), {"v", "w"}),
    "absence from within": (
        Absence(person="A", **{"from": at(0, "09:59"), "to": at(1)}),
        {"v", "w"},
    ),
    "absence after": (Absence(person="A", **{"from": at(0, "10:00"), "to": at(1)}), {"w"}),
    "absence of another": (Absence(person="B", **{"from": at(0), "to": at(1)}), set()),
    "closure": (Closure(place="P", **{"from": at(0, "09:30"), "to": at(1)}), {"v", "w"}),
    "closure until": (Closure(place="P", **{"from": at(0), "to": at(0, "10:00")}), {"v"}),
    "closure sent elsewhere": (
        Closure(place="P", instead="Q", **{"from": at(0, "10:30"), "to": at(1)}),
        {"w"},
    ),
    "closure elsewhere": (Closure(place="Q", **{"from": at(0), "to": at(0, "12:00")}), set()),
    "cancelled": (Cancel(task="w"), {"w"}),
    "cancelled later": (Cancel(task="x"), set()),
    "other hours": (Windows(visit="v", windows=LATE), {"v"}),
    "hours that end as it begins": (
        Windows(visit="v", windows=(Window(start=at(0, "08:00"), end=at(0, "09:00")),)),
        {"v"},
    ),
    "hours that hold it": (
        Windows(visit="v", windows=(Window(start=at(0, "09:00"), end=at(0, "09:01")),)),
        set(),
    ),
}


@pytest.mark.parametrize("name", MEETING)
def test_no_change_undoes_what_has_begun(name: str) -> None:
    change, told = MEETING[name]
    found = replan(week(), published(), changes(change, freeze=NOON), Stop(steps=6_000))
    assert {row for row in rows(found.roster) if row[4] < NOON.time} == MORNING
    assert found.roster.score.hard == 0
    assert {notice.value for notice in found.notices} == told
    assert {notice.pointer for notice in found.notices} <= {"/changes/0"}
    assert all(notice.severity == "warning" for notice in found.notices)
    for lang in LANGS:
        assert all(
            notice.value in explain(notice, lang).cause and explain(notice, lang).remedy
            for notice in found.notices
        )


def test_work_that_begins_with_the_freeze_has_not_begun() -> None:
    away = Absence(person="A", **{"from": at(0), "to": at(1)})
    for until, kept in (
        (at(0, "10:00"), {"v"}),
        (at(0, "10:01"), {"v", "w"}),
        (at(0, "09:00"), set()),
    ):
        applied = apply(week(), published(), changes(away, freeze=Freeze(time=until)))
        assert {part.task for part in applied.remaining.assignments} & {"v", "w"} == kept
        assert {notice.value for notice in applied.notices} == kept
    assert apply(week(), published(), changes(away)).notices == ()


def test_who_is_away_after_begun_work_leaves_when_it_is_over() -> None:
    change, _ = MEETING["absence"]
    applied = apply(week(), published(), changes(change, freeze=NOON))
    leave = applied.instance.person_by_id["A"].leave
    assert [(away.start, away.end) for away in leave] == [(at(0, "11:00"), at(1))]
    # x, with B at two, has not begun: A is away, and the crew is too small.
    assert {(part.task, part.person) for part in applied.fallen} == {("x", "A"), ("x", "B")}


def test_a_place_that_closes_over_begun_work_closes_when_it_is_over() -> None:
    change, _ = MEETING["closure"]
    applied = apply(week(), published(), changes(change, freeze=NOON))
    opening = applied.instance.place_by_id["P"].opening or ()
    assert [(hours.start, hours.end) for hours in opening] == [(0, at(0, "11:00")), (at(1), at(3))]


def test_a_begun_crew_a_begun_shift_and_their_pins_stay_whole() -> None:
    late = Freeze(time=at(1, "09:01"))
    pinned = week().changed(pins=(Pin(task="x", slot=1, person="B"), Pin(task="s", person="B")))
    gone = (
        Absence(person="B", **{"from": at(0), "to": at(2)}),
        Closure(place="P", instead="Q", **{"from": at(1), "to": at(2)}),
    )
    applied = apply(pinned, published(), changes(*gone, freeze=late))
    assert {part.task for part in applied.fallen} == {"y"}
    assert [pin.task for pin in applied.instance.pins] == ["x", "s"]
    assert applied.instance.task_by_id["s"].place == "P"
    assert check(applied.instance, applied.remaining).score.hard == 0
    assert [(notice.pointer, notice.value) for notice in applied.notices] == [
        ("/changes/0", "x"),
        ("/changes/0", "s"),
        ("/changes/1", "s"),
    ]


def test_begun_work_leaves_a_bundle_that_falls_apart() -> None:
    visits = tuple(
        visit.model_copy(update={"bundle": "b"}) if visit.id in "wx" else visit
        for visit in week().visits
    )
    away = Absence(person="B", **{"from": at(0), "to": at(1)})
    tied = week().changed(visits=visits)
    applied = apply(tied, published(), changes(away, freeze=NOON))
    assert {part.task for part in applied.fallen} == {"x"}
    assert {visit.id: visit.bundle for visit in applied.instance.visits if visit.id in "wx"} == {
        "w": None,
        "x": "b",
    }
    assert check(applied.instance, applied.remaining).score.hard == 0
    free = apply(tied, published(), changes(away))
    assert {part.task for part in free.fallen} == {"w", "x"}


def test_begun_work_leaves_a_bundle_of_which_a_shift_falls_and_a_begun_shift_does_too() -> None:
    tied = week().changed(
        visits=tuple(
            visit.model_copy(update={"bundle": "b"}) if visit.id == "w" else visit
            for visit in week().visits
        ),
        shifts=tuple(shift.model_copy(update={"bundle": "b"}) for shift in week().shifts),
    )
    tuesday = Absence(person="B", **{"from": at(1), "to": at(2)})
    applied = apply(tied, published(), changes(tuesday, freeze=NOON))
    assert {part.task for part in applied.fallen} == {"s"}
    bundles = {task: applied.instance.task_by_id[task].bundle for task in "ws"}
    assert bundles == {"w": None, "s": "b"}
    assert check(applied.instance, applied.remaining).score.hard == 0

    swapped = tied.changed(
        visits=tuple(
            visit.model_copy(update={"bundle": "b" if visit.id == "y" else None})
            for visit in tied.visits
        )
    )
    wednesday = (
        Windows(visit="y", windows=LATE),
        Absence(person="C", **{"from": at(2), "to": at(3)}),
    )
    begun = Freeze(time=at(1, "09:30"))
    applied = apply(swapped, published(), changes(*wednesday, freeze=begun))
    assert {part.task for part in applied.fallen} == {"y"}
    bundles = {task: applied.instance.task_by_id[task].bundle for task in "ys"}
    assert bundles == {"y": "b", "s": None}
    assert check(applied.instance, applied.remaining).score.hard == 0
