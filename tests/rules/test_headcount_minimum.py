from scheduler.lowered.price import MEDIUM
from scheduler.model import Instance, Need, Role
from tests.rules.build import amounts, at, instance, lowered, morning, person, shift, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    needs = Need(minimum=2, target=3), Need(roles=(Role.COUNSELLOR,))
    people = person("A"), person("B"), person("C", Role.COUNSELLOR)
    return instance(*people, shift("s", at(0, "09:00"), *needs, priority=4), morning("v"), days=1)


NEEDS = Need(minimum=2, target=3), Need(roles=(Role.COUNSELLOR,))
WEEK = instance(
    person("a"),
    person("b"),
    shift("s", at(0, "09:00"), *NEEDS, priority=4),
    visit("v", priority=5),
)


def rows(*slots):
    return [("s", slot, "ab"[n], "P", at(0, "09:00")) for n, slot in enumerate(slots)]


def test_each_slot_short_of_the_minimum_costs_the_priority():
    # three slots make the minimum: 0 and 1 of the first need, 3 of the second; priority 4 costs 10
    assert amounts("headcount_minimum", WEEK) == {"s": [30]}
    assert amounts("headcount_minimum", WEEK, *rows(0)) == {"s": [20]}
    assert amounts("headcount_minimum", WEEK, *rows(0, 3)) == {"s": [10]}
    assert priced_tasks(WEEK, ("headcount_minimum",), *rows(0)) == 20 * MEDIUM


def test_the_target_is_no_minimum():
    # slot 2 is the third of the first need: it helps nothing
    assert amounts("headcount_minimum", WEEK, *rows(2)) == {"s": [30]}
    assert priced_tasks(WEEK, ("headcount_minimum",), *rows(2)) == 30 * MEDIUM


def test_only_the_slots_of_the_minimum_are_lowered():
    cost = lowered(WEEK, "headcount_minimum").empty.cost
    # the visit comes first, and is unassigned's matter
    assert cost.tolist() == [0, 10 * MEDIUM, 10 * MEDIUM, 0, 10 * MEDIUM]
