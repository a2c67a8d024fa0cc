from scheduler.lowered.price import HARD
from scheduler.model import Instance, Need, Pair, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, shift
from tests.rules.engine import priced_tasks

TOGETHER = Pair(people=("A", "B"), together="always")


def tiny() -> Instance:
    tasks = morning("v", Slot(), Slot(), least_crew=1), shift("s", at(0, "14:00"), Need(minimum=3))
    return instance(person("A"), person("B"), person("C"), *tasks, TOGETHER, days=1)


WEEK = instance(
    *(person(name) for name in "ABCD"),
    morning("v", Slot(), Slot(), Slot(), least_crew=1),
    morning("w"),
    TOGETHER,
    Pair(people=("C", "A"), together="always"),
    Pair(people=("B", "D"), together="never"),
)


def v(*people):
    return [("v", slot, who, "P", at(0, "09:00")) for slot, who in enumerate(people)]


def both(*rows):
    """Amounts by task, which the primitives price at a hard point each."""
    found = amounts("always_together", WEEK, *rows)
    assert priced_tasks(WEEK, ("always_together",), *rows) == HARD * sum(map(sum, found.values()))
    return found


def test_each_pair_of_which_one_is_missing_counts():
    assert both(*v("D")) == {}
    assert both(*v("A", "B", "C")) == {}
    # B without A; A without B, and without C
    assert both(*v("B", "D")) == {"v": [1]}
    assert both(*v("D", "A")) == {"v": [1, 1]}
    assert both(*v("A", "B")) == {"v": [1]}


def test_a_task_for_one_is_no_company():
    assert both(("w", 0, "A", "P", at(0, "09:00"))) == {}
    assert lowered(WEEK, "always_together").mix.task.tolist() == [0, 0]
