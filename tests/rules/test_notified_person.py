"""Who was told that they go, goes."""

from scheduler.lowered.price import MEDIUM
from scheduler.model import Instance, Published, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, shift, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    told = (
        Published(task="v", person="A", place="P", start=at(0, "09:00")),
        Published(task="w", slot=1, person="B", place="P", start=at(0, "10:00")),
        Published(task="s", person="C", place="P", start=at(1, "09:00")),
        Published(task="x", person="A", place="P", start=at(0, "11:00"), standing="loose"),
        Published(task="y", person="B", place="P", start=at(0, "11:00"), standing="lost"),
    )
    tasks = (
        morning("v"),
        morning("w", Slot(), Slot()),
        shift("s", at(1, "09:00")),
        morning("x"),
        morning("y"),
    )
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


def test_of_what_changes_loosened_only_what_another_does_counts_and_of_what_they_took_nothing() -> (
    None
):
    """Loose: the crew could not go; lost: the person cannot."""
    rows = {who: ("v", 0, who, "P", at(0, "09:00")) for who in "AB"}
    for standing, by_other, by_nobody in (("firm", 1, 1), ("loose", 1, 0), ("lost", 0, 0)):
        week = told().changed(published=(TOLD.model_copy(update={"standing": standing}),))
        for given, count in ((("A",), 0), (("B",), by_other), ((), by_nobody)):
            own = [rows[who] for who in given]
            assert amounts("notified_person", week, *own) == ({"v": [1]} if count else {})
            assert priced_tasks(week, ("notified_person",), *own) == 3 * MEDIUM * count
