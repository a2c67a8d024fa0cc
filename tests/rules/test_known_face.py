from scheduler.model import Case, Household, Instance, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    homes = (
        Household(id="h", name="h", place="P", known_people=("A",)),
        Household(id="i", name="i", place="P"),
    )
    tasks = (
        morning("v", household="h"),
        morning("w", household="h", days=(0, 1)),
        morning("x", Slot(), Slot(), household="i"),
    )
    return instance(*homes, person("A"), person("B"), person("C"), *tasks, days=2)


WEEK = instance(
    Household(id="h", name="h", place="P", known_people=("a",)),
    Household(id="i", name="i", place="P"),
    Case(id="series", name="series", kind="family", household="h"),
    Case(id="many", name="many", kind="family", household="i", same_person=False),
    person("a"),
    person("b"),
    person("c"),
    visit("v", Slot(), Slot(), household="h"),
    visit("w", household="h"),
    visit("x", Slot(), Slot(), household="i"),
    visit("session", case="series"),
    visit("stage", case="many"),
)

DAYS = ("v", "w", "x", "session", "stage")


def both(*rows):
    """(task, slot, person) each: amounts by household, which the primitives price at 3 points."""
    timed = [(*row, "P", at(DAYS.index(row[0]), "09:00")) for row in rows]
    found = amounts("known_face", WEEK, *timed)
    assert priced_tasks(WEEK, ("known_face",), *timed) == 20 * sum(map(sum, found.values()))
    return found


def test_every_further_face_counts_once():
    assert both(("v", 0, "a"), ("w", 0, "a")) == {}
    assert both(("v", 0, "b"), ("w", 0, "b")) == {"h": [1]}
    # b and c are new, a is known
    assert both(("v", 0, "a"), ("v", 1, "b"), ("w", 0, "c")) == {"h": [2]}


def test_where_nobody_is_known_the_first_is_free():
    assert both(("x", 0, "b")) == {}
    assert both(("x", 0, "b"), ("x", 1, "c")) == {"i": [1]}


def test_a_case_with_one_lead_is_same_persons_matter():
    assert both(("session", 0, "c")) == {}
    # a case that may change hands counts with its household's other visits
    assert both(("x", 0, "b"), ("stage", 0, "c")) == {"i": [1]}


def test_a_group_for_each_household():
    distinct = lowered(WEEK, "known_face").distinct
    # v has slots 0 and 1, w 2, x 3 and 4, the session 5, the stage 6
    assert distinct.slot_first.tolist() == [0, 3, 6]
    assert distinct.slots.tolist() == [0, 1, 2, 3, 4, 6]
    assert distinct.known.tolist() == [[True, False, False], [False, False, False]]
    assert distinct.cost.tolist() == [20, 20]
