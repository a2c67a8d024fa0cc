from scheduler.lowered.price import HARD
from scheduler.model import Instance, Need, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, shift, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    tasks = (
        morning("v", Slot(), Slot(), least_crew=1, tie="t"),
        morning("w", tie="t", days=(0, 1)),
        shift("s", at(0, "14:00"), Need(minimum=2), tie="t"),
    )
    return instance(person("A"), person("B"), *tasks, days=2)


WEEK = instance(
    person("a"),
    person("b"),
    person("c"),
    visit("v", Slot(), Slot(), tie="t"),
    visit("w", tie="u"),
    visit("x"),
    shift("r", at(1, "09:00"), tie="t"),
    shift("s", at(2, "09:00"), Need(minimum=2), tie="t"),
)


def both(*rows):
    """Amounts by tie, which the primitives price at a hard point each."""
    rows = [(*row[:3], "P", at(day, "09:00")) for day, row in enumerate(rows)]
    found = amounts("tie", WEEK, *rows)
    assert priced_tasks(WEEK, ("tie",), *rows) == HARD * sum(map(sum, found.values()))
    return found


def test_each_further_lead_counts():
    assert both(("v", 0, "a"), ("r", 0, "a"), ("s", 0, "a")) == {}
    assert both(("v", 0, "a"), ("r", 0, "b"), ("s", 0, "a")) == {"t": [1]}
    assert both(("v", 0, "a"), ("r", 0, "b"), ("s", 0, "c")) == {"t": [2]}


def test_others_of_a_crew_and_other_ties_are_free():
    assert both(("v", 1, "a"), ("r", 0, "b")) == {}
    assert both(("w", 0, "a"), ("r", 0, "b")) == {}
    assert both(("x", 0, "a"), ("r", 0, "b")) == {}


def test_a_group_of_the_leads_of_each_tie():
    distinct = lowered(WEEK, "tie").distinct
    # v has slots 0 and 1, w 2, x 3, r 4, s 5 and 6
    assert distinct.slots.tolist() == [0, 4, 5, 2]
    assert distinct.slot_first.tolist() == [0, 3, 4]
    assert not distinct.known.any()
