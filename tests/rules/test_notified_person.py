"""Who was told that they go, goes."""

from scheduler.model import Instance, Published, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, shift, visit


def tiny() -> Instance:
    told = (
        Published(task="v", person="A", place="P", start=at(0, "09:00")),
        Published(task="w", slot=1, person="B", place="P", start=at(0, "10:00")),
        Published(task="s", person="C", place="P", start=at(1, "09:00")),
    )
    tasks = morning("v"), morning("w", Slot(), Slot()), shift("s", at(1, "09:00"))
    return instance(person("A"), person("B"), person("C"), *tasks, *told, days=2)


TOLD = Published(task="v", person="A", place="P", start=at(0, "09:00"))


def told():
    return instance(person("A"), person("B"), visit("v"), TOLD)


def test_somebody_else_and_nobody_count_one() -> None:
    assert amounts("notified_person", told(), ("v", 0, "A", "P", at(0, "15:00"))) == {}
    assert amounts("notified_person", told(), ("v", 0, "B", "P", at(0, "09:00"))) == {"v": [1]}
    assert amounts("notified_person", told()) == {"v": [1]}


def test_a_published_task_that_is_no_longer_wanted_counts_nothing() -> None:
    gone = told().changed(visits=())
    assert amounts("notified_person", gone) == {}
    assert lowered(gone, "notified_person").empty.cost.sum() == 0
