from scheduler.lowered.price import HARD
from scheduler.model import Instance, Level, Need, Pair, RuleSetting, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, shift
from tests.rules.engine import priced_tasks

APART = Pair(people=("A", "B"), together="never")


def tiny() -> Instance:
    tasks = morning("v", Slot(), Slot(), least_crew=1), shift("s", at(0, "14:00"), Need(minimum=3))
    return instance(person("A"), person("B"), person("C"), *tasks, APART, days=1)


def week(**more):
    people = (person(name) for name in "ABCD")
    tasks = morning("v", Slot(), Slot(), Slot(), Slot(), least_crew=1), morning("w")
    pairs = APART, Pair(people=("C", "D"), together="never")
    return instance(*people, *tasks, *pairs, Pair(people=("A", "C"), together="always"), **more)


def v(*people):
    return [("v", slot, who, "P", at(0, "09:00")) for slot, who in enumerate(people)]


def test_each_pair_that_is_together_counts():
    assert amounts("never_together", week(), *v("A", "C")) == {}
    assert amounts("never_together", week(), *v("B", "C", "A")) == {"v": [1]}
    assert amounts("never_together", week(), *v("A", "B", "C", "D")) == {"v": [1, 1]}
    assert priced_tasks(week(), ("never_together",), *v("A", "C")) == 0
    assert priced_tasks(week(), ("never_together",), *v("B", "C", "A")) == HARD
    assert priced_tasks(week(), ("never_together",), *v("A", "B", "C", "D")) == 2 * HARD


def test_different_tasks_at_one_time_are_not_one_task():
    rows = *v("A"), ("w", 0, "B", "P", at(0, "09:00"))
    assert amounts("never_together", week(), *rows) == {}
    assert priced_tasks(week(), ("never_together",), *rows) == 0


def test_softened_a_pair_costs_its_weight():
    soft = week(weights={"never_together": RuleSetting(level=Level.SOFT, weight=7)})
    assert priced_tasks(soft, ("never_together",), *v("A", "B")) == 7


def test_a_task_with_one_slot_needs_no_row():
    mix = lowered(week(), "never_together").mix
    assert mix.task.tolist() == [0, 0]
