from scheduler.model import Break, Exemption, Instance, RuleSetting
from scheduler.rules import is_on
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    limited,
    lowered,
    person,
    place,
    shift,
    visit,
    window,
)
from tests.rules.engine import cost, priced


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


LUNCH = Break(start=11 * 60 + 30, end=13 * 60 + 30, minutes=45, beyond=0)


def with_lunch(on_duty: bool, *clocks: str) -> list[int]:
    """How long somebody who is owed 45 minutes from 11:30 to 13:30 waits between hours' visits at one place."""
    visits = [visit(f"v{clock}") for clock in clocks]
    week = instance(limited("a", breaks=LUNCH), *visits, weights=ON, rest_on_duty=on_duty)
    rows = [(f"v{clock}", 0, "a", "P", at(0, clock)) for clock in clocks]
    found = amounts("waiting", week, *rows).get("a", [])
    assert priced(week, ("waiting", "rest_break"), *rows) == sum(found)
    return found


def test_a_rest_between_two_stops_is_no_waiting() -> None:
    # of 10:00 to 13:00 all but 45 minutes, on duty or not
    assert with_lunch(True, "09:00", "13:00") == [135]
    assert with_lunch(False, "09:00", "13:00") == [135]
    # the rest lies before the first stop, off duty
    assert with_lunch(False, "13:30", "14:45") == [15]


def test_whose_rest_gives_way_waits_all_the_time_between_two_stops() -> None:
    clocks = "09:00", "13:00"
    people = limited("a", breaks=LUNCH), limited("b", breaks=LUNCH)
    week = instance(*people, *(visit(f"{who}{clock}") for who in "ab" for clock in clocks))
    settings = week.settings.model_copy(update={"rules": ON})
    excused = Exemption(rule="rest_break", task="a13:00", person="a", reason="r")
    week = week.changed(settings=settings, exceptions=(excused,))
    rows = [(f"{who}{clock}", 0, who, "P", at(0, clock)) for who in "ab" for clock in clocks]
    assert amounts("waiting", week, *rows) == {"a": [180], "b": [135]}
    assert priced(week, ("waiting", "rest_break"), *rows) == 315


def test_who_rests_on_duty_after_the_last_stop_waits_for_it() -> None:
    # from 10:00 to 11:30; off duty they are on their way
    assert with_lunch(True, "09:00") == [90]
    assert with_lunch(True, "11:00") == []
    assert with_lunch(False, "09:00") == []
