from scheduler.model import Instance, Limits, PersonHistory
from tests.rules.build import amounts, at, instance, limited, lowered, morning, person, place, shift
from tests.rules.engine import priced


def tiny() -> Instance:
    history = {"A": PersonHistory(minutes=300, fair_minutes=100), "B": PersonHistory(minutes=20)}
    people = limited("A", contract_minutes=400), limited("B", contract_minutes=250)
    tasks = morning("v", duration=72), morning("w", days=(0, 1)), shift("s", at(1, "13:00"))
    return instance(*people, person("C"), *tasks, days=2, history=history)


TEN_HOURS = Limits(contract_minutes=600)
SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(7))


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def week(days=7, **past):
    history = {"a": PersonHistory(**past)} if past else {}
    return instance(person("a", limits=TEN_HOURS), *SHIFTS[:days], history=history, days=days)


def test_each_step_beyond_the_share_costs_more():
    # Of 600 minutes = 40 units of fifteen, the steps are at 2, 4, … 48 units.
    # 240 minutes = 16 units: 14 + 12 + … + 2 = 56; 480 = 32: 30 + 28 + … + 2 = 240;
    # 720 = 48: 46 + 44 + … + 2 = 552; 960 = 64: 16 more beyond each of the 24
    assert amounts("fairness", week()) == {}
    assert amounts("fairness", week(), *rows(0)) == {"a": [56]}
    assert amounts("fairness", week(), *rows(0, 1)) == {"a": [240]}
    assert amounts("fairness", week(), *rows(0, 1, 2)) == {"a": [552]}
    assert amounts("fairness", week(), *rows(0, 1, 2, 3)) == {"a": [552 + 24 * 16]}
    assert priced(week(), ("fairness",), *rows(0, 1, 2, 3)) == 552 + 24 * 16


def test_what_was_worked_less_before_is_free_first():
    # 240 minutes = 16 units less: steps at 18, 20, 22 …; 32 units of load: 14 + 12 + … + 2
    less = week(fair_minutes=1000, minutes=760)
    assert amounts("fairness", less, *rows(0, 1)) == {"a": [56]}
    assert priced(less, ("fairness",), *rows(0, 1)) == 56


def test_what_was_worked_more_before_counts_already():
    # 90 minutes = 6 units more: three steps at 0, then 2, 4 …; 16 units of load
    more = week(fair_minutes=10, minutes=100)
    assert amounts("fairness", more, *rows(0)) == {"a": [3 * 16 + 56]}
    assert priced(more, ("fairness",), *rows(0)) == 3 * 16 + 56


def test_a_share_is_never_less_than_nothing():
    # steps all at 0: 24 points a unit
    more = week(minutes=5000)
    assert amounts("fairness", more, *rows(0)) == {"a": [24 * 16]}
    assert priced(more, ("fairness",), *rows(0)) == 24 * 16


def test_the_way_is_no_load_and_odd_minutes_are_rounded_task_by_task():
    who = person("a", limits=TEN_HOURS, start_place="S")
    odd = instance(
        who,
        place("P"),
        place("S"),
        *(shift(f"s{day}", at(day, "08:00"), duration=182) for day in range(2)),
        ways={("S", "P"): 30},
    )
    # 182 minutes are 12 units: 24 units of load: 22 + 20 + … + 2
    assert amounts("fairness", odd, *rows(0, 1)) == {"a": [132]}
    assert priced(odd, ("fairness",), *rows(0, 1)) == 132


def test_a_horizon_of_working_days_asks_for_as_much_as_a_week():
    def bounds(instance):
        return lowered(instance, "fairness").total.pieces[:, 1].tolist()

    assert bounds(week()) == bounds(week(days=5)) == list(range(2, 49, 2))
    # two of five days: 240 minutes, and steps of 12
    assert bounds(week(days=2))[:5] == [0, 1, 2, 3, 4]


def test_without_a_contract_there_is_no_share():
    free = instance(person("a", limits=Limits(contract_minutes=None)), *SHIFTS)
    assert amounts("fairness", free, *rows(0, 1, 2)) == {}
    assert len(lowered(free, "fairness").total.person) == 0
