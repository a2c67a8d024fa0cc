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
    # Of 600 minutes = 120 units of five, the steps are at 18, 36, … 144 units.
    # 240 minutes = 48 units: 30 + 12; 480 = 96: 78 + 60 + 42 + 24 + 6;
    # 720 = 144: 126 + 108 + 90 + 72 + 54 + 36 + 18; 960 = 192: 48 more beyond all eight
    assert amounts("fairness", week()) == {}
    assert amounts("fairness", week(), *rows(0)) == {"a": [42]}
    assert amounts("fairness", week(), *rows(0, 1)) == {"a": [210]}
    assert amounts("fairness", week(), *rows(0, 1, 2)) == {"a": [504]}
    assert amounts("fairness", week(), *rows(0, 1, 2, 3)) == {"a": [504 + 8 * 48]}
    assert priced(week(), ("fairness",), *rows(0, 1, 2, 3)) == 504 + 8 * 48


def test_what_was_worked_less_before_is_free_first():
    # 240 minutes = 48 units less: steps at 66, 84, 102 …; 96 units of load
    less = week(fair_minutes=1000, minutes=760)
    assert amounts("fairness", less, *rows(0, 1)) == {"a": [42]}
    assert priced(less, ("fairness",), *rows(0, 1)) == 42


def test_what_was_worked_more_before_counts_already():
    # 90 minutes = 18 units more: steps at 0, 18, 36 …; 48 units of load
    more = week(fair_minutes=10, minutes=100)
    assert amounts("fairness", more, *rows(0)) == {"a": [48 + 30 + 12]}
    assert priced(more, ("fairness",), *rows(0)) == 90


def test_a_share_is_never_less_than_nothing():
    # steps all at 0: eight points a unit
    more = week(minutes=5000)
    assert amounts("fairness", more, *rows(0)) == {"a": [8 * 48]}
    assert priced(more, ("fairness",), *rows(0)) == 8 * 48


def test_the_way_is_no_load_and_odd_minutes_are_rounded_task_by_task():
    who = person("a", limits=TEN_HOURS, start_place="S")
    odd = instance(
        who,
        place("P"),
        place("S"),
        *(shift(f"s{day}", at(day, "08:00"), duration=182) for day in range(2)),
        ways={("S", "P"): 30},
    )
    # 182 minutes are 36 units: 72 units of load, 54 beyond the first step, 36 and 18 beyond two more
    assert amounts("fairness", odd, *rows(0, 1)) == {"a": [108]}
    assert priced(odd, ("fairness",), *rows(0, 1)) == 108


def test_a_horizon_of_working_days_asks_for_as_much_as_a_week():
    def bounds(instance):
        return lowered(instance, "fairness").total.pieces[:, 1].tolist()

    assert bounds(week()) == bounds(week(days=5)) == list(range(18, 145, 18))
    # two of five days: 240 minutes = 48 units
    assert bounds(week(days=2)) == [7, 14, 21, 28, 36, 43, 50, 57]


def test_without_a_contract_there_is_no_share():
    free = instance(person("a", limits=Limits(contract_minutes=None)), *SHIFTS)
    assert amounts("fairness", free, *rows(0, 1, 2)) == {}
    assert len(lowered(free, "fairness").total.person) == 0
