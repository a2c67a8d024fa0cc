from scheduler.lowered.price import HARD
from scheduler.model import Instance, Need, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, shift, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    pair = morning("v", Slot(), Slot())
    three = morning("w", Slot(), Slot(must=True), Slot(), least_crew=1, days=(0, 1))
    return instance(person("A"), person("B"), person("C"), pair, three, days=2)


WEEK = instance(
    person("a"),
    person("b"),
    visit("all", Slot(), Slot(), Slot()),
    visit("two", Slot(), Slot(must=True), Slot(must=True), least_crew=1),
    shift("s", at(0, "14:00"), Need(minimum=3)),
)


def rows(task, *slots):
    return [(task, slot, "ab"[n], "P", at(0, "09:00")) for n, slot in enumerate(slots)]


def test_a_begun_crew_counts_each_slot_that_it_lacks():
    # one of three, then two of three
    assert amounts("crew", WEEK, *rows("all", 0)) == {"all": [2]}
    assert amounts("crew", WEEK, *rows("all", 0, 2)) == {"all": [1]}
    assert priced_tasks(WEEK, ("crew",), *rows("all", 0)) == 2 * HARD


def test_a_visit_that_nobody_begins_lacks_nobody():
    assert amounts("crew", WEEK) == {}
    assert priced_tasks(WEEK, ("crew",)) == 0


def test_a_smaller_crew_will_do_but_not_without_those_who_must_come():
    # one is enough, but slots 1 and 2 must be there
    assert amounts("crew", WEEK, *rows("two", 0)) == {"two": [2]}
    assert amounts("crew", WEEK, *rows("two", 1)) == {"two": [1]}
    assert amounts("crew", WEEK, *rows("two", 1, 2)) == {}
    assert priced_tasks(WEEK, ("crew",), *rows("two", 0)) == 2 * HARD
    assert priced_tasks(WEEK, ("crew",), *rows("two", 1, 2)) == 0


def test_a_shift_is_headcounts_matter():
    assert amounts("crew", WEEK, ("s", 0, "a", "P", at(0, "14:00"))) == {}
    assert lowered(WEEK, "crew").empty.partial.tolist() == [HARD, HARD, 0]
