from scheduler.lowered.price import HARD
from scheduler.model import Instance, Level, RuleSetting
from tests.rules.build import PQR, amounts, at, instance, lowered, morning, person, visit
from tests.rules.engine import cost, priced

ISLAND = {("P", "Q"): None, ("P", "R"): 10, ("Q", "R"): 20}
"""From P to Q there is a way by R only."""


def tiny() -> Instance:
    people = person("A", start_place="R"), person("B", end_place="P")
    tasks = (
        morning("v", places=("P", "Q"), days=(0, 1)),
        morning("w", places="Q"),
        morning("x", places="R", days=(0, 1)),
    )
    return instance(*PQR, *people, *tasks, days=2, ways=ISLAND)


def week(**more):
    return instance(
        *PQR,
        person("a"),
        person("home", start_place="P", end_place="P"),
        *(visit(name.lower(), places=name) for name in "PQR"),
        ways=ISLAND,
        **more,
    )


def both(*rows):
    """Amounts by person, which the primitives price at a hard point each."""
    own = week()
    found = amounts("no_way", own, *rows)
    assert priced(own, ("no_way",), *rows) == cost("no_way", own, *rows)
    return found


def stop(task, who, day, clock):
    return task, 0, who, task.upper(), at(day, clock)


def test_the_two_do_not_follow_each_other_in_one_day():
    assert both(stop("p", "a", 0, "09:00"), stop("q", "a", 0, "15:00")) == {"a": [1]}
    assert both(stop("q", "a", 0, "09:00"), stop("p", "a", 0, "15:00")) == {"a": [1]}


def test_another_place_between_them_or_another_day_mends_it():
    by_r = stop("p", "a", 0, "09:00"), stop("r", "a", 0, "11:00"), stop("q", "a", 0, "13:00")
    assert both(*by_r) == {}
    assert both(stop("p", "a", 0, "22:00"), stop("q", "a", 1, "00:30")) == {}


def test_the_ways_from_and_to_the_own_place_count():
    assert both(stop("q", "home", 0, "09:00")) == {"home": [1, 1]}
    assert both(stop("r", "home", 0, "09:00"), stop("q", "home", 0, "12:00")) == {"home": [1]}
    assert both(stop("r", "home", 0, "09:00")) == {}


def test_a_leg_without_a_way_takes_no_time_and_no_travel():
    rows = stop("p", "a", 0, "09:00"), stop("q", "a", 0, "10:00")
    assert amounts("no_overlap", week(), *rows) == {}
    assert amounts("travel", week(), *rows) == {}


def test_softened_a_leg_has_its_price():
    own = week(weights={"no_way": RuleSetting(level=Level.SOFT, weight=30)})
    assert priced(own, ("no_way",), stop("q", "home", 0, "09:00")) == 60


def test_a_table_without_null_lowers_nothing():
    plain = instance(*PQR, person("a"), visit("p"), ways={("P", "Q"): 5})
    assert lowered(plain, "no_way").travel.no_way_cost.tolist() == [0]
    assert lowered(week(), "no_way").travel.no_way_cost.tolist() == [HARD, HARD]
