from scheduler.model import Case, Household, Instance, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, visit
from tests.rules.engine import priced


def tiny() -> Instance:
    home = Household(id="h", name="h", place="P", ratings={"A": 5, "B": 2})
    case = Case(id="c", name="c", kind="family", household="h", same_person=False)
    tasks = morning("v", Slot(), Slot(), household="h"), morning("w", case="c"), morning("x")
    return instance(home, case, person("A"), person("B"), person("C"), *tasks, days=1)


HOME = Household(id="h", name="h", place="P", ratings={"a": 5, "b": 2})
WEEK = instance(
    HOME,
    Case(id="k", name="k", kind="family", household="h"),
    person("a"),
    person("b"),
    person("c"),
    visit("v", Slot(), Slot(), household="h"),
    visit("w", case="k"),
    visit("x"),
)


def test_each_slot_costs_what_the_rating_lacks_of_five():
    rows = ("v", 0, "a", "P", at(0, "09:00")), ("v", 1, "b", "P", at(0, "09:00"))
    rows += (("w", 0, "b", "P", at(1, "09:00")),)
    # b was rated 2: three points at v, and three at the visit of the household's case
    assert amounts("rating", WEEK, *rows) == {"h": [3, 3]}
    assert priced(WEEK, ("rating",), *rows) == 6


def test_nobody_unrated_and_no_other_place_costs_anything():
    rows = ("v", 0, "c", "P", at(0, "09:00")), ("x", 0, "b", "P", at(1, "09:00"))
    assert amounts("rating", WEEK, *rows) == {}
    assert priced(WEEK, ("rating",), *rows) == 0


def test_a_price_stands_at_the_person_rated_and_nobody_else():
    fit = lowered(WEEK, "rating").fit
    assert [fit.of(slot).tolist() for slot in range(4)] == [[0, 3, 0]] * 3 + [[0, 0, 0]]
