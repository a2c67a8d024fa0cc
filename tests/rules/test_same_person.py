from scheduler.model import Case, Instance, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    cases = (
        Case(id="c", name="c", kind="family"),
        Case(id="d", name="d", kind="family", person="B"),
        Case(id="e", name="e", kind="family", same_person=False),
    )
    tasks = (
        morning("v", Slot(), Slot(), case="c"),
        morning("w", case="c", days=(0, 1)),
        morning("x", case="d"),
        morning("y", case="e"),
    )
    return instance(*cases, person("A"), person("B"), *tasks, days=2)


SERIES = (
    visit("one", Slot(), Slot(), case="c", least_crew=1),
    visit("two", case="c"),
    visit("three", case="c"),
)


def week(**case):
    own = Case(id="c", name="c", kind="counselling", **case)
    return instance(person("a"), person("b"), person("d"), own, *SERIES)


def both(week, *leads):
    """(visit, person) each, a day apart: amounts, which the primitives price at 60 points."""
    rows = [(task, 0, who, "P", at(day, "09:00")) for day, (task, who) in enumerate(leads)]
    found = amounts("same_person", week, *rows).get("c", [])
    assert priced_tasks(week, ("same_person",), *rows) == 60 * sum(found)
    return found


def test_each_further_lead_counts():
    assert both(week(), ("one", "a"), ("two", "a"), ("three", "a")) == []
    assert both(week(), ("one", "a"), ("two", "b"), ("three", "a")) == [1]
    assert both(week(), ("one", "a"), ("two", "b"), ("three", "d")) == [2]


def test_whoever_led_so_far_is_the_case_s_own():
    # b has led: a and d are both further
    assert both(week(person="b"), ("one", "b"), ("two", "b")) == []
    assert both(week(person="b"), ("one", "a"), ("two", "d")) == [2]
    assert both(week(person="b"), ("one", "a"), ("two", "a")) == [1]


def test_only_the_lead_is_followed():
    rows = ("one", 1, "b", "P", at(0, "09:00")), ("two", 0, "a", "P", at(1, "09:00"))
    assert amounts("same_person", week(), *rows) == {}
    assert priced_tasks(week(), ("same_person",), *rows) == 0


def test_a_case_may_do_without():
    assert both(week(same_person=False), ("one", "a"), ("two", "b"), ("three", "d")) == []


def test_a_group_of_the_leads():
    distinct = lowered(week(person="b"), "same_person").distinct
    # slot 1 is the first visit's second
    assert distinct.slots.tolist() == [0, 2, 3]
    assert distinct.known.tolist() == [[False, True, False]]
    assert distinct.cost.tolist() == [60]
