from scheduler.lowered.price import SOFT
from scheduler.model import Area, Instance, Level, RuleSetting
from scheduler.rules import active
from tests.rules.build import (
    amounts,
    at,
    instance,
    lowered,
    morning,
    person,
    place,
    shift,
    visit,
)
from tests.rules.engine import priced

ON = {"micro_grid_once": RuleSetting(on=True, weight=5)}
TREE = (
    Area(id="grid", name="grid", kind="grid"),
    Area(id="east", name="east", kind="micro_grid", parent="grid"),
    Area(id="west", name="west", kind="micro_grid", parent="grid"),
)
HOMES = place("P", area="east"), place("Q", area="east"), place("R", area="west")
WEEK = instance(
    *TREE,
    *HOMES,
    place("yard", area="grid"),
    place("far"),
    person("a"),
    person("b"),
    *(visit(f"p{number}") for number in range(3)),
    visit("q", places="Q"),
    visit("r", places="R"),
    visit("p_or_q", places=("P", "Q")),
    visit("p_or_r", places=("P", "R")),
    *(visit(f"yard{number}", places="yard") for number in range(2)),
    *(visit(f"far{number}", places="far") for number in range(2)),
    shift("s", at(0, "14:00")),
    weights=ON,
)


def tiny() -> Instance:
    tasks = (
        morning("v", days=(0, 1)),
        morning("w", places=("P", "Q")),
        morning("x", places=("P", "R")),
    )
    return instance(*TREE, *HOMES, person("A"), person("B"), *tasks, days=2)


def rows(*tasks: str, day: int = 0, who: str = "a") -> list[tuple]:
    """A person's visits of a day, every second hour from eight, each at the first of its places."""
    return [
        (task, 0, who, WEEK.task_by_id[task].places[0], at(day, f"{8 + 2 * number:02}:00"))
        for number, task in enumerate(tasks)
    ]


def test_each_visit_beyond_the_first_counts_whatever_the_place():
    found = rows("p0", "q", "p1")
    # three visits in the east, one allowed: two too many, at five points each
    assert amounts("micro_grid_once", WEEK, *found) == {"a": [2]}
    assert priced(WEEK, ("micro_grid_once",), *found) == 2 * 5 * SOFT


def test_micro_grids_days_and_people_count_each_by_itself():
    apart = [*rows("p0", "r"), *rows("p1", day=1), *rows("q", who="b")]
    assert amounts("micro_grid_once", WEEK, *apart) == {}
    assert priced(WEEK, ("micro_grid_once",), *apart) == 0
    # a twice in the east on Monday, b twice there on Tuesday: one too many each
    twice = [*rows("p0", "q", "r"), *rows("p1", "p2", day=1, who="b")]
    assert amounts("micro_grid_once", WEEK, *twice) == {"a": [1], "b": [1]}
    assert priced(WEEK, ("micro_grid_once",), *twice) == 2 * 5 * SOFT


def test_a_visit_lies_where_all_its_places_do():
    # both its places are in the east: the second visit there
    assert amounts("micro_grid_once", WEEK, *rows("p0", "p_or_q")) == {"a": [1]}
    assert priced(WEEK, ("micro_grid_once",), *rows("p0", "p_or_q")) == 5 * SOFT
    # in the east or in the west: in neither
    assert amounts("micro_grid_once", WEEK, *rows("p0", "p_or_r", "r")) == {}
    assert priced(WEEK, ("micro_grid_once",), *rows("p0", "p_or_r", "r")) == 0


def test_shifts_and_what_lies_in_no_micro_grid_are_free():
    free = [*rows("yard0", "yard1"), *rows("far0", "far1", day=1)]
    free += [*rows("p0", who="b"), ("s", 0, "b", "P", at(0, "14:00"))]
    assert amounts("micro_grid_once", WEEK, *free) == {}
    assert priced(WEEK, ("micro_grid_once",), *free) == 0


def test_it_is_lowered_where_two_visits_may_meet():
    total = lowered(WEEK, "micro_grid_once").total
    # the east alone has two visits; two people, seven days
    assert total.person.tolist() == [0] * 7 + [1] * 7
    assert total.days.tolist() == [*range(7), *range(7)]


def test_it_has_to_be_asked_for():
    asked = instance(weights={"micro_grid_once": RuleSetting(on=True)})
    found = {one.rule.id: (one.level, one.weight) for one in active(asked)}
    assert found["micro_grid_once"] == (Level.SOFT, 10)
    assert "micro_grid_once" not in {one.rule.id for one in active(instance())}
