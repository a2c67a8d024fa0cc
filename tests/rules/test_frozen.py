"""What is frozen of a published roster stays as its grade says."""

from scheduler.model import Freeze, Instance, Published, Slot
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    morning,
    person,
    place,
    shift,
    visit,
    window,
)
from tests.rules.engine import able


def tiny() -> Instance:
    told = (
        Published(task="v", person="A", place="P", start=at(0, "09:30")),
        Published(task="w", person="B", place="Q", start=at(1, "09:00")),
        Published(task="x", person="B", place="P", start=at(1, "10:20")),
        Published(task="y", person="A", place="P", start=at(2, "09:00")),
    )
    freeze = Freeze(
        time=at(0, "12:00"), order=at(1, "12:00"), person=at(1, "12:00"), day=at(2, "12:00")
    )
    tasks = (
        morning("v", Slot(), Slot(), least_crew=1, days=(0, 1)),
        morning("w", days=(1, 2), places=("P", "Q")),
        visit("x", windows=(window(1, "08:00", "11:00"), window(2, "09:00", "10:00"))),
        morning("y", days=(1, 2)),
        morning("z", days=(0,)),
    )
    return instance(
        *PQR, person("A"), person("B"), *tasks, *told, days=3, ways=PQR_WAYS, freeze=freeze
    )


NOON = at(0, "12:00")
ROWS = {
    "v": ("v", 0, "A", "P", at(0, "09:00")),
    "w": ("w", 0, "A", "P", at(0, "10:30")),
    "x": ("x", 0, "B", "P", at(1, "09:00")),
}


def week(**grades: int) -> Instance:
    told = [Published(task=t, person=who, place=p, start=s) for t, _, who, p, s in ROWS.values()]
    tasks = visit("v"), visit("w"), visit("x", places=("P", "Q")), visit("new"), shift("s", at(0))
    people = person("A"), person("B")
    return instance(place("P"), place("Q"), *people, *tasks, *told, days=3, freeze=Freeze(**grades))


def broken(grades: dict[str, int], *more: tuple, **changed: tuple) -> dict[str, list[int]]:
    rows = [row for row in (ROWS | changed).values() if row]
    return amounts("frozen", week(**grades), *rows, *more)


def test_nothing_frozen_holds_nothing() -> None:
    assert broken({}, v=(), w=("w", 0, "B", "P", at(2))) == {}


def test_before_time_all_stays_as_it_was() -> None:
    time = {"time": NOON}
    assert broken(time) == {}
    assert broken(time, v=("v", 0, "B", "P", at(0, "09:00"))) == {"v": [1]}
    assert broken(time, v=("v", 0, "A", "P", at(0, "09:10"))) == {"v": [10]}
    assert broken(time, v=()) == {"v": [1]}
    # what comes later moves, but not to before that moment; and nothing new comes there
    assert broken(time, x=("x", 0, "A", "Q", at(2, "09:00"))) == {}
    assert broken(time, x=("x", 0, "B", "P", at(0, "11:00"))) == {"x": [60]}
    assert broken(time, ("new", 0, "B", "P", at(0, "11:50"))) == {"new": [10]}
    assert broken(time, ("new", 0, "B", "P", NOON)) == {}
    assert broken(time, ("s", 0, "B", "P", at(0))) == {"s": [1]}
    assert able("frozen", week(**time), "v") == ["A"]
    assert able("frozen", week(**time), "s") == []
    assert able("frozen", week(**time), "x") == ["A", "B"]


def test_person_keeps_who_and_day_and_lets_hours_move() -> None:
    grade = {"person": at(1)}
    assert broken(grade, v=("v", 0, "A", "P", at(0, "15:00"))) == {}
    assert broken(grade, v=("v", 0, "B", "P", at(0, "09:00"))) == {"v": [1]}
    # Tuesday at nine is nine hours and a minute after Monday's last
    assert broken(grade, v=("v", 0, "A", "P", at(1, "09:00"))) == {"v": [541]}
    assert broken(grade, x=("x", 0, "A", "Q", at(2, "09:00"))) == {}


def test_order_keeps_what_comes_first() -> None:
    swapped = {"v": ("v", 0, "A", "P", at(0, "13:00"))}
    assert broken({"person": at(1)}, **swapped) == {}
    # w starts at 10:30, v ends at 14:00
    assert broken({"order": at(1)}, **swapped) == {"w": [210]}


def test_day_keeps_the_day_alone() -> None:
    grade = {"day": at(2)}
    assert broken(grade, x=("x", 0, "A", "Q", at(1, "15:00"))) == {}
    assert broken(grade, x=("x", 0, "B", "P", at(2))) == {"x": [1]}
    assert broken(grade, x=()) == {}


def test_no_grade_keeps_what_changes_loosened_or_took_away() -> None:
    for grade in ("order", "person", "day"):
        for standing in ("loose", "lost"):
            before = week(**{grade: at(1)})
            parts = tuple(
                part.model_copy(update={"standing": standing}) if part.task == "v" else part
                for part in before.published
            )
            after = before.changed(published=parts)
            moved = ("v", 0, "B", "P", at(1, "15:00")), ROWS["w"], ROWS["x"]
            assert amounts("frozen", before, *moved) != {}
            assert amounts("frozen", after, *moved) == {}
            assert able("frozen", after, "v") == ["A", "B"]
            assert amounts("frozen", after, ROWS["w"], ROWS["x"]) == {}
