from scheduler.model import Instance, RuleSetting
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
    visit,
)
from tests.rules.engine import priced


def tiny() -> Instance:
    people = (
        person("A", start_place="Q", end_place="R"),
        person("B", mode="e_bike", end_place="Q"),
    )
    tasks = morning("v"), morning("w", places=("Q", "R")), morning("x", places="R", days=(0, 1))
    return instance(*PQR, *people, *tasks, days=2, ways=PQR_WAYS)


WAYS = {("P", "Q"): 20, ("S", "P"): 7, ("Q", "E"): 11}
PLACES = place("P"), place("Q"), place("S"), place("E")
ROWS = ("v", 0, "a", "P", at(0, "09:00")), ("w", 0, "a", "Q", at(0, "11:00"))


def test_every_leg_of_a_day_counts():
    who = person("a", start_place="S", end_place="E")
    week = instance(who, *PLACES, visit("v"), visit("w"), ways=WAYS)
    assert amounts("travel", week, *ROWS) == {"a": [7 + 20 + 11]}
    assert priced(week, ("travel",), *ROWS) == 38


def test_a_day_may_begin_and_end_at_its_stops():
    week = instance(person("a"), *PLACES, visit("v"), visit("w"), ways=WAYS)
    assert amounts("travel", week, *ROWS) == {"a": [20]}


def test_the_price_of_a_tick_is_the_rules_weight():
    week = instance(person("a"), weights={"travel": RuleSetting(weight=3)})
    assert lowered(week, "travel").travel.cost.tolist() == [3, 3]
