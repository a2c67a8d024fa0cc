from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits
from tests.rules.build import amounts, at, instance, limited, lowered, morning, person, shift, visit
from tests.rules.engine import priced


def tiny() -> Instance:
    people = limited("A", kind_counts={"venue": 1, "check": 0, "gala": 2}), person("B")
    tasks = shift("s", at(0, "09:00")), shift("t", at(1, "09:00")), morning("v", days=(0, 1))
    return instance(*people, *tasks, days=2)


WEEK = instance(
    person("a", limits=Limits(kind_counts={"night": 1, "talk": 0, "unheard_of": 3})),
    person("b"),
    *(shift(f"n{day}", at(day, "22:00"), kind="night") for day in range(3)),
    visit("t", kind="talk"),
    visit("v"),
)


def test_each_kind_has_its_own_limit():
    rows = [(f"n{day}", 0, "a", "P", at(day, "22:00")) for day in range(3)]
    rows += [("t", 0, "a", "P", at(4, "09:00")), ("v", 0, "a", "P", at(5, "09:00"))]
    # three nights of one, one talk of none
    assert amounts("kind_counts", WEEK, *rows) == {"a": [2, 1]}
    assert priced(WEEK, ("kind_counts",), *rows) == 3 * HARD


def test_others_are_not_limited():
    rows = [(f"n{day}", 0, "b", "P", at(day, "22:00")) for day in range(3)]
    assert amounts("kind_counts", WEEK, *rows) == {}
    assert set(lowered(WEEK, "kind_counts").total.person.tolist()) == {0}
