from scheduler.model import Area, Household, Instance, Level, RuleSetting
from tests.rules.build import amounts, at, instance, morning, person, place, shift, visit
from tests.rules.engine import able, priced


def tiny() -> Instance:
    tree = (
        Area(id="street", name="street", kind="street"),
        Area(id="east", name="east", kind="grid", parent="street"),
        Area(id="west", name="west", kind="grid", parent="street"),
    )
    people = person("A", areas=("east",)), person("B", areas=("street",)), person("C")
    places = place("P", area="east"), place("Q", area="west")
    tasks = morning("v"), morning("w", places="Q"), morning("x", places=("Q", "P"))
    return instance(*tree, *people, *places, *tasks, days=1, ways={("P", "Q"): 15})


TOWN = (
    Area(id="street", name="street", kind="street"),
    Area(id="east", name="east", kind="grid", parent="street"),
    Area(id="west", name="west", kind="grid", parent="street"),
    place("P", area="east"),
    place("Q", area="west"),
    place("R"),
    Household(id="h", name="h", place="Q"),
    person("a", areas=("east",)),
    person("b", areas=("street",)),
    person("c"),
    visit("east"),
    visit("west", places="Q"),
    visit("both", places=("Q", "P")),
    visit("nowhere", places="R"),
    visit("home", places="P", household="h"),
    shift("s", at(0, "14:00"), place="Q"),
)


def rows(who):
    return (
        ("east", 0, who, "P", at(0, "09:00")),
        ("west", 0, who, "Q", at(0, "10:00")),
        ("s", 0, who, "Q", at(0, "14:00")),
    )


def test_each_slot_outside_the_persons_areas_counts():
    # the east is a's; the visit and the shift in the west are not
    assert amounts("area", instance(*TOWN), *rows("a")) == {"west": [1], "s": [1]}


def test_an_area_holds_everything_below_it_and_no_area_means_anywhere():
    assert amounts("area", instance(*TOWN), *rows("b")) == {}
    assert amounts("area", instance(*TOWN), *rows("c")) == {}


def test_a_visit_lies_where_its_household_lives_else_at_its_first_place():
    town = instance(*TOWN)
    # both's first place and h's home are in the west, wherever they are done
    assert amounts("area", town, ("both", 0, "a", "P", at(0, "09:00"))) == {"both": [1]}
    assert amounts("area", town, ("home", 0, "a", "P", at(0, "09:00"))) == {"home": [1]}
    assert amounts("area", town, ("nowhere", 0, "a", "R", at(0, "09:00"))) == {}


def test_who_is_from_elsewhere_is_forbidden():
    town = instance(*TOWN)
    assert able("area", town, "east") == ["a", "b", "c"]
    for task in ("west", "both", "home", "s"):
        assert able("area", town, task) == ["b", "c"]
    assert able("area", town, "nowhere") == ["a", "b", "c"]


def test_softened_each_slot_has_its_price():
    soft = {"area": RuleSetting(level=Level.SOFT, weight=6)}
    # two slots at 6 points
    assert priced(instance(*TOWN, weights=soft), ("area",), *rows("a")) == 12
