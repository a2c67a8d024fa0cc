from scheduler.model import Instance, Need, Slot
from tests.rules.build import amounts, at, instance, morning, person, shift, visit


def tiny() -> Instance:
    pair, three = morning("v", Slot(), Slot()), Need(minimum=2, maximum=3)
    return instance(
        person("A"), person("B"), person("C"), pair, shift("s", at(0, "14:00"), three), days=1
    )


WEEK = instance(
    person("a"),
    person("b"),
    visit("v", Slot(), Slot(), Slot()),
    shift("s", at(0, "14:00"), Need(minimum=2)),
)


def rows(task, people, clock="14:00"):
    return [(task, slot, who, "P", at(0, clock)) for slot, who in enumerate(people)]


def test_each_further_slot_of_one_person_counts():
    assert amounts("different_people", WEEK, *rows("v", "aaa")) == {"v": [2]}
    assert amounts("different_people", WEEK, *rows("v", "aba")) == {"v": [1]}
    assert amounts("different_people", WEEK, *rows("s", "bb")) == {"s": [1]}


def test_one_slot_each_is_right_and_tasks_count_alone():
    assert amounts("different_people", WEEK, *rows("v", "ab", "09:00"), *rows("s", "ba")) == {}
