from scheduler.model import Limits, PersonHistory
from tests.rules.build import amounts, at, instance, lowered, person, place, shift
from tests.rules.engine import priced

TEN_HOURS = Limits(contract_minutes=600)
SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(7))


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def week(days=7, **past):
    history = {"a": PersonHistory(**past)} if past else {}
    return instance(person("a", limits=TEN_HOURS), *SHIFTS[:days], history=history, days=days)


def test_each_step_beyond_the_share_costs_more():
    # Of 600 minutes = 120 units of five, the steps are at 60, 90, 120 and 150 units.
    # 240 minutes = 48 units: below all; 480 = 96: 36 + 6; 720 = 144: 84 + 54 + 24;
    # 960 = 192: 132 + 102 + 72 + 42
    assert amounts("fairness", week(), *rows(0)) == {}
    assert amounts("fairness", week(), *rows(0, 1)) == {"a": [42]}
    assert amounts("fairness", week(), *rows(0, 1, 2)) == {"a": [162]}
    assert amounts("fairness", week(), *rows(0, 1, 2, 3)) == {"a": [348]}
    assert priced(week(), ("fairness",), *rows(0, 1, 2, 3)) == 348


def test_who_did_less_before_has_a_greater_share():
    # 600 + 1000 - 760 = 840 minutes = 168 units: steps at 84, 126, 168, 210; 96 units of load
    less = week(fair_minutes=1000, minutes=760)
    assert amounts("fairness", less, *rows(0, 1)) == {"a": [12]}
    assert priced(less, ("fairness",), *rows(0, 1)) == 12


def test_a_share_is_never_less_than_nothing():
    # steps all at 0: four points a unit
    more = week(minutes=5000)
    assert amounts("fairness", more, *rows(0)) == {"a": [4 * 48]}
    assert priced(more, ("fairness",), *rows(0)) == 4 * 48


def test_the_way_is_no_load_and_odd_minutes_are_rounded_task_by_task():
    who = person("a", limits=TEN_HOURS, start_place="S")
    odd = instance(
        who,
        place("P"),
        place("S"),
        *(shift(f"s{day}", at(day, "08:00"), duration=182) for day in range(2)),
        ways={("S", "P"): 30},
    )
    # 182 minutes are 36 units: 72 units of load, 12 beyond the first step
    assert amounts("fairness", odd, *rows(0, 1)) == {"a": [12]}
    assert priced(odd, ("fairness",), *rows(0, 1)) == 12


def test_a_horizon_of_working_days_asks_for_as_much_as_a_week():
    def bounds(instance):
        return lowered(instance, "fairness").total.pieces[:, 1].tolist()

    assert bounds(week()) == bounds(week(days=5)) == [60, 90, 120, 150]
    # two of five days: 240 minutes = 48 units
    assert bounds(week(days=2)) == [24, 36, 48, 60]


def test_without_a_contract_there_is_no_share():
    free = instance(person("a", limits=Limits(contract_minutes=None)), *SHIFTS)
    assert amounts("fairness", free, *rows(0, 1, 2)) == {}
    assert len(lowered(free, "fairness").total.person) == 0
