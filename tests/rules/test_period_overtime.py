from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, PersonHistory, Role
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    limited,
    lowered,
    morning,
    person,
    shift,
)
from tests.rules.engine import priced


def tiny() -> Instance:
    people = limited("A", contract_minutes=150, period_overtime=50), limited("B")
    history = {"A": PersonHistory(overtime=30)}
    tasks = morning("v", days=(0, 1)), morning("w", places="Q"), morning("x", days=(0, 1))
    return instance(*PQR, *people, *tasks, days=2, ways=PQR_WAYS, history=history)


OWN = Limits(contract_minutes=500, period_overtime=100)
SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(7))


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def test_work_beyond_contract_and_overtime_counts():
    week = instance(person("a", limits=OWN), *SHIFTS)
    # three shifts of 240 = 720; the week's contract 500 + 100
    assert amounts("period_overtime", week, *rows(0, 1, 2)) == {"a": [120]}
    assert priced(week, ("period_overtime",), *rows(0, 1, 2)) == 120 * HARD


def test_overtime_already_used_is_gone():
    week = instance(person("a", limits=OWN), *SHIFTS, history={"a": PersonHistory(overtime=70)})
    # 720 - 500 - 30
    assert amounts("period_overtime", week, *rows(0, 1, 2)) == {"a": [190]}


def test_overtime_used_beyond_its_limit_takes_nothing_from_the_contract():
    week = instance(person("a", limits=OWN), *SHIFTS, history={"a": PersonHistory(overtime=900)})
    assert amounts("period_overtime", week, *rows(0, 1)) == {}
    assert amounts("period_overtime", week, *rows(0, 1, 2)) == {"a": [220]}


def test_a_short_horizon_asks_for_its_part_of_the_contract():
    days = instance(person("a", limits=OWN), *SHIFTS[:2], days=2)
    # two of five working days: 200 + 100, and 480 minutes of work
    assert amounts("period_overtime", days, *rows(0, 1)) == {"a": [180]}
    assert lowered(days, "period_overtime").total.pieces.tolist() == [[1, 300, HARD]]


def test_it_needs_a_contract_and_a_limit():
    week = instance(
        person("a", Role.RESIDENT_VOLUNTEER), person("b", limits=Limits(contract_minutes=None))
    )
    assert lowered(week, "period_overtime").total.person.tolist() == []
