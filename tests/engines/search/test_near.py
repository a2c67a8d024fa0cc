"""Which tasks are near which."""

from scheduler.engines.search import near as module
from scheduler.engines.search.near import near_tasks, together
from scheduler.model import Slot
from scheduler.rules.lower import lower
from tests.rules.build import instance, person, place, shift, visit, window

WAYS = {("P", "Q"): 10, ("P", "R"): 30, ("Q", "R"): 25}


def by_name(*records, most: int = 5, **more) -> dict[str, list[str]]:
    week = instance(*records, place("P"), place("Q"), place("R"), ways=WAYS, **more)
    names = [task.id for task in (*week.visits, *week.shifts)]
    found = near_tasks(lower(week), most)
    return {name: [names[task] for task in near] for name, near in zip(names, found, strict=True)}


def test_nearest_first_by_way_and_a_fifth_of_waiting() -> None:
    # From a, an hour at P from nine: to b at Q 10 minutes of way; to c at R 30; to d at P no way, but
    # it begins at noon, 120 minutes after ten: a fifth of that is 24.
    nine = (window(0, "09:00", "09:01"),)
    found = by_name(
        person("anna"),
        visit("a", windows=nine),
        visit("b", places="Q", windows=(window(0, "09:00", "18:00"),)),
        visit("c", places="R", windows=(window(0, "09:00", "18:00"),)),
        visit("d", windows=(window(0, "12:00", "12:01"),)),
    )
    assert found["a"] == ["b", "d", "c"]


def test_no_more_than_asked_for_and_the_best_of_the_days_that_both_have() -> None:
    # On Tuesday b waits for nothing; on Monday it would be late.
    found = by_name(
        person("anna"),
        visit("a", windows=(window(0, "15:00", "16:00"), window(1, "08:00", "09:00"))),
        visit("b", windows=(window(0, "08:00", "08:30"), window(1, "10:00", "11:00"))),
        visit("c", places="R", windows=(window(0, "15:00", "16:00"),)),
        most=1,
    )
    assert found == {"a": ["b"], "b": ["a"], "c": ["a"]}


def test_only_what_somebody_could_do_both_of_on_one_day() -> None:
    skilled = Slot(skills={"law": 1})
    found = by_name(
        person("anna"),
        person("law", skills={"law": 1}, areas=()),
        visit("hers", Slot(people=("anna",))),
        visit("theirs", skilled),
        visit("anyone", windows=(window(2, "09:00", "10:00"),)),
        shift("early", 0),
    )
    assert "theirs" not in found["hers"]
    assert "hers" not in found["theirs"]
    assert set(found["anyone"]) == {"hers", "theirs"}


def test_rows_taken_a_few_at_a_time_are_the_same(monkeypatch) -> None:
    visits = [
        visit(f"v{n}", places="PQR"[n % 3], windows=(window(n % 2, "09:00", "18:00"),))
        for n in range(9)
    ]
    whole = by_name(person("anna"), *visits, most=20)
    monkeypatch.setattr(module, "ROWS", 2)
    few = by_name(person("anna"), *visits, most=20)
    assert {name: sorted(near) for name, near in few.items()} == {
        name: sorted(near) for name, near in whole.items()
    }
    assert all(len(near) in (3, 4) for near in whole.values())


def test_what_can_never_be_is_near_nothing() -> None:
    never = (window(20, "09:00", "10:00"),)
    assert by_name(visit("a", windows=never), visit("b", windows=never)) == {"a": [], "b": []}
    found = by_name(person("anna"), visit("a", windows=never), visit("b"), visit("c"))
    assert found == {"a": [], "b": ["c"], "c": ["b"]}


def test_together_goes_from_near_to_near() -> None:
    # 0 is near 3, 3 near 1; 2 and 4 near each other.
    assert together([[3], [3], [4], [0, 1], [2]]) == [0, 3, 1, 2, 4]
