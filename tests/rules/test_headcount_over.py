from scheduler.model import Instance, Need
from tests.rules.build import amounts, at, instance, lowered, person, shift
from tests.rules.engine import priced


def tiny() -> Instance:
    need = Need(minimum=0, target=1, maximum=3, over_points=7)
    return instance(person("A"), person("B"), person("C"), shift("s", at(0, "09:00"), need), days=1)


NEEDS = Need(minimum=0, target=1, maximum=3, over_points=7), Need(minimum=1, maximum=2)
WEEK = instance(person("a"), person("b"), person("c"), shift("s", at(0, "09:00"), *NEEDS))


def rows(*slots):
    return [("s", slot, "abc"[n], "P", at(0, "09:00")) for n, slot in enumerate(slots)]


def test_each_person_beyond_the_target_costs_what_the_need_says():
    # slots 1 and 2 are beyond the first need's target
    assert amounts("headcount_over", WEEK, *rows(0)) == {}
    assert amounts("headcount_over", WEEK, *rows(0, 1)) == {"s": [7]}
    assert amounts("headcount_over", WEEK, *rows(0, 1, 2)) == {"s": [14]}
    assert priced(WEEK, ("headcount_over",), *rows(0, 1, 2)) == 14


def test_a_need_that_says_nothing_takes_extras_for_nothing():
    # slot 4 is the second need's extra
    assert amounts("headcount_over", WEEK, *rows(3, 4)) == {}
    assert priced(WEEK, ("headcount_over",), *rows(3, 4)) == 0


def test_everybody_costs_the_same_in_an_extra_slot():
    fit = lowered(WEEK, "headcount_over").fit
    assert [fit.of(slot).tolist() for slot in range(5)] == [
        [0, 0, 0],
        [7, 7, 7],
        [7, 7, 7],
        [0, 0, 0],
        [0, 0, 0],
    ]
