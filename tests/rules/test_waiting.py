from scheduler.model import Instance, RuleSetting
from scheduler.rules import is_on
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    lowered,
    person,
    place,
    shift,
    visit,
    window,
)
from tests.rules.engine import cost


def tiny() -> Instance:
    tasks = (
        visit("v", windows=(window(0, "09:00", "09:30"),)),
        visit("w", windows=(window(0, "11:00", "12:00"),), places="Q"),
        shift("s", at(0, "14:00"), duration=60),
    )
    return instance(*PQR, person("A", start_place="R"), person("B"), *tasks, days=1, ways=PQR_WAYS)


ON = {"waiting": RuleSetting()}
PLACES = place("P"), place("Q"), place("S")
WAYS = {("P", "Q"): 20, ("S", "P"): 30}
ROWS = ("v", 0, "a", "P", at(0, "09:00")), ("w", 0, "a", "Q", at(0, "11:00"))


def test_the_time_between_arrival_and_start_counts():
    week = instance(
        person("a", start_place="S"), *PLACES, visit("v"), visit("w"), ways=WAYS, weights=ON
    )
    # ends 10:00, arrives 10:20, starts 11:00; before 09:00 nobody waits
    assert amounts("waiting", week, *ROWS) == {"a": [40]}
    assert cost("waiting", week, *ROWS) == 40


def test_it_is_off_unless_settings_turn_it_on():
    assert not is_on(instance(person("a")), "waiting")
    assert is_on(instance(person("a"), weights=ON), "waiting")


def test_it_is_lowered_for_everybody():
    week = instance(person("a"), person("b"), days=2, weights={"waiting": RuleSetting(weight=3)})
    assert lowered(week, "waiting").day.wait.tolist() == [[3, 3], [3, 3]]
