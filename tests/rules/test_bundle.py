from scheduler.lowered.price import HARD
from scheduler.model import Instance, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    tasks = morning("v", bundle="b"), morning("w", bundle="b", days=(0, 1)), morning("x")
    return instance(person("A"), person("B"), *tasks, days=2)


WEEK = instance(
    person("a"),
    person("b"),
    visit("v", bundle="one"),
    visit("w", Slot(), Slot(), bundle="one"),
    visit("x", bundle="one"),
    visit("y", bundle="two"),
    visit("z"),
)
V = "v", 0, "a", "P", at(0, "09:00")
W = "w", 0, "a", "P", at(0, "11:00")
X = "x", 0, "b", "P", at(1, "09:00")
Z = "z", 0, "b", "P", at(1, "11:00")


def test_a_bundle_done_by_halves_counts_once_however_much_is_missing():
    assert amounts("bundle", WEEK, V, Z) == {"one": [1]}
    assert amounts("bundle", WEEK, V, X) == {"one": [1]}
    assert priced_tasks(WEEK, ("bundle",), V, X) == HARD


def test_all_or_none_is_right_and_a_visit_is_done_when_somebody_comes():
    # w has one of its two people
    assert amounts("bundle", WEEK, V, W, X) == {}
    assert amounts("bundle", WEEK, Z) == {}
    assert priced_tasks(WEEK, ("bundle",), V, W, X) == 0
    assert priced_tasks(WEEK, ("bundle",), Z) == 0


def test_each_bundle_is_lowered_with_its_visits():
    empty = lowered(WEEK, "bundle").empty
    assert empty.bundle.tolist() == [0, 0, 0, 1, -1]
    assert empty.broken.tolist() == [HARD, HARD]
