"""Nobody who was told of their week gets new work for nothing."""

from scheduler.model import Instance, Published, Slot
from tests.rules.build import amounts, at, instance, morning, person, shift, visit
from tests.rules.engine import cost, priced_tasks


def tiny() -> Instance:
    told = (
        Published(task="v", person="A", place="P", start=at(0, "09:00")),
        Published(task="w", slot=1, person="B", place="P", start=at(0, "10:00"), standing="lost"),
    )
    tasks = morning("v"), morning("w", Slot(), Slot(), least_crew=1), shift("s", at(1, "09:00"))
    return instance(person("A"), person("B"), *tasks, *told, days=2)


NINE = at(0, "09:00")


def test_work_that_somebody_was_told_of_is_not_new_in_whatever_slot_or_time() -> None:
    assert amounts("new_work", tiny(), ("v", 0, "A", "P", at(0, "10:00"))) == {}
    assert amounts("new_work", tiny(), ("w", 0, "B", "P", NINE)) == {}


def test_each_further_part_counts_one_and_an_empty_one_none() -> None:
    assert amounts("new_work", tiny()) == {}
    assert amounts("new_work", tiny(), ("v", 0, "B", "P", NINE)) == {"v": [1]}
    assert amounts("new_work", tiny(), ("s", 0, "A", "P", at(1, "09:00"))) == {"s": [1]}
    crew = ("w", 0, "A", "P", NINE), ("w", 1, "B", "P", NINE)
    assert amounts("new_work", tiny(), *crew) == {"w": [1]}


def test_nothing_is_new_where_nothing_was_published() -> None:
    week = instance(person("A"), visit("v"))
    assert amounts("new_work", week, ("v", 0, "A", "P", NINE)) == {}
    assert priced_tasks(week, ("new_work",), ("v", 0, "A", "P", NINE)) == 0


def test_engines_pay_the_same_and_less_than_for_work_that_changes_hands() -> None:
    row = ("v", 0, "B", "P", NINE)
    assert priced_tasks(tiny(), ("new_work",), row) == 30
    assert cost("new_work", tiny(), row) == 30
    assert cost("new_work", tiny(), row) < cost("notified_person", tiny(), row)
