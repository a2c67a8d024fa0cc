from datetime import date

from scheduler.model import Instance, Wish
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    lowered,
    morning,
    person,
    place,
    shift,
    visit,
)
from tests.rules.engine import priced


def tiny() -> Instance:
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    people = (
        person("A", wishes=(Wish(kind="talk", weight=3), Wish(want=False, days=(monday,)))),
        person(
            "B", wishes=(Wish(days=(tuesday,), place="Q", weight=5), Wish(want=False, kind="talk"))
        ),
    )
    tasks = (
        morning("v", kind="talk", days=(0, 1)),
        morning("w", places="Q", days=(0, 1)),
        shift("s", at(1, "14:00"), kind="talk"),
    )
    return instance(*PQR, *people, *tasks, days=2, ways=PQR_WAYS)


WEDNESDAY = date(2026, 11, 25)
WORK = (
    place("P"),
    place("Q"),
    shift("night", at(2, "20:00"), kind="night"),
    visit("v", places=("Q",)),
    visit("w", places=("P", "Q")),
)


def week(*wishes):
    return instance(person("a", wishes=wishes), *WORK)


def both(wish, *rows):
    """The amounts of the definition, which the primitives have to price the same."""
    found = amounts("wishes", week(wish), *rows).get("a", [])
    assert priced(week(wish), ("wishes",), *rows) == sum(found)
    return found


NIGHT = "night", 0, "a", "P", at(2, "20:00")
V_MONDAY = "v", 0, "a", "Q", at(0, "09:00")
W_WEDNESDAY = "w", 0, "a", "Q", at(2, "09:00")


def test_each_assignment_on_an_unwanted_day_costs_the_wishs_points():
    free = Wish(want=False, days=(WEDNESDAY,), weight=5)
    assert both(free, NIGHT, V_MONDAY, W_WEDNESDAY) == [5, 5]


def test_an_unwanted_kind_costs_on_every_day():
    assert both(Wish(want=False, kind="night", weight=4), NIGHT, V_MONDAY) == [4]


def test_a_wanted_kind_costs_once_where_nothing_matches():
    assert both(Wish(kind="night", weight=7), V_MONDAY, W_WEDNESDAY) == [7]
    assert both(Wish(kind="night", weight=7), NIGHT) == []


def test_a_wish_is_met_once_by_however_many():
    assert both(Wish(days=(WEDNESDAY,), weight=3), NIGHT, W_WEDNESDAY) == []


def test_a_place_matches_tasks_that_have_no_other():
    # w might be at P as well, so that it matches neither wish
    assert both(Wish(want=False, place="Q", weight=2), V_MONDAY, W_WEDNESDAY) == [2]
    assert both(Wish(place="Q", weight=2), W_WEDNESDAY) == [2]


def test_every_part_of_a_wish_has_to_match():
    assert both(Wish(want=False, kind="night", days=(date(2026, 11, 24),)), NIGHT) == []


def test_days_outside_the_horizon_rest():
    assert both(Wish(days=(date(2026, 12, 25),), weight=9), NIGHT) == []
    assert both(Wish(days=(date(2026, 12, 25), WEDNESDAY), weight=9), V_MONDAY) == [9]


def test_the_wishes_of_others_are_theirs():
    two = instance(person("a", wishes=(Wish(want=False, weight=3),)), person("b"), *WORK)
    assert amounts("wishes", two, ("v", 0, "b", "Q", at(0, "09:00"))) == {}
    assert lowered(two, "wishes").total.person.tolist() == [0]
