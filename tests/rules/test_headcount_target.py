from scheduler.model import Instance, Need
from tests.rules.build import amounts, at, instance, lowered, person, shift
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    needs = Need(minimum=1, target=2), Need(minimum=0, target=1, under_points=4)
    return instance(
        person("A"), person("B"), person("C"), shift("s", at(0, "09:00"), *needs), days=1
    )


NEEDS = Need(minimum=1, target=3), Need(minimum=0, target=1, under_points=4)
WEEK = instance(person("a"), person("b"), person("c"), shift("s", at(0, "09:00"), *NEEDS))


def rows(*slots):
    return [("s", slot, "abc"[n], "P", at(0, "09:00")) for n, slot in enumerate(slots)]


def test_each_slot_short_of_the_target_costs_what_need_or_settings_say():
    # slots 1 and 2 at the settings' 200 points, slot 3 at the need's own 4
    assert amounts("headcount_target", WEEK) == {"s": [404]}
    assert amounts("headcount_target", WEEK, *rows(1)) == {"s": [204]}
    assert amounts("headcount_target", WEEK, *rows(1, 3)) == {"s": [200]}
    assert amounts("headcount_target", WEEK, *rows(1, 2, 3)) == {}
    assert priced_tasks(WEEK, ("headcount_target",), *rows(1)) == 204


def test_the_minimum_is_anothers_matter():
    assert amounts("headcount_target", WEEK, *rows(0)) == {"s": [404]}
    assert lowered(WEEK, "headcount_target").empty.cost.tolist() == [0, 200, 200, 4]


def test_settings_may_price_the_target_otherwise():
    costly = instance(person("a"), shift("s", at(0, "09:00"), *NEEDS), target_points=25)
    # two slots at 25 and one at 4
    assert amounts("headcount_target", costly) == {"s": [54]}
    assert priced_tasks(costly, ("headcount_target",)) == 54


def test_a_need_may_leave_its_target_unpriced():
    free = Need(minimum=0, target=2, under_points=0)
    assert amounts("headcount_target", instance(person("a"), shift("s", 540, free))) == {}
