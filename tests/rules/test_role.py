from scheduler.model import Instance, Level, Need, Role, RuleSetting, Slot
from tests.rules.build import amounts, at, instance, morning, person, shift, visit
from tests.rules.engine import able, priced


def tiny() -> Instance:
    captain, grid = Role.BUILDING_CAPTAIN, Role.GRID_WORKER
    tasks = (
        morning("v", Slot(roles=(captain,)), Slot(roles=(captain, grid))),
        shift("s", at(0, "14:00"), Need(roles=(grid,)), Need()),
    )
    return instance(person("A", captain), person("B", grid), *tasks, days=1)


WORK = (
    person("a", Role.COUNSELLOR),
    person("b"),
    person("c", Role.PARTNER),
    visit("v", Slot(roles=(Role.COUNSELLOR, Role.PARTNER)), Slot()),
    shift("s", at(0, "14:00"), Need(roles=(Role.PARTNER,)), Need()),
)
WRONG = ("v", 0, "b", "P", at(0, "09:00")), ("s", 0, "a", "P", at(0, "14:00"))


def test_each_slot_filled_by_another_role_counts():
    assert amounts("role", instance(*WORK), *WRONG) == {"v": [1], "s": [1]}


def test_any_of_the_roles_will_do_and_a_slot_without_takes_anybody():
    rows = (
        ("v", 0, "c", "P", at(0, "09:00")),
        ("v", 1, "b", "P", at(0, "09:00")),
        ("s", 1, "a", "P", at(0, "14:00")),
    )
    assert amounts("role", instance(*WORK), *rows) == {}


def test_other_roles_are_forbidden():
    week = instance(*WORK)
    assert able("role", week, "v", 0) == ["a", "c"]
    assert able("role", week, "v", 1) == ["a", "b", "c"]
    assert able("role", week, "s", 0) == ["c"]
    assert able("role", week, "s", 1) == ["a", "b", "c"]


def test_softened_each_slot_has_its_price():
    soft = {"role": RuleSetting(level=Level.SOFT, weight=11)}
    # two slots at 11 points
    assert priced(instance(*WORK, weights=soft), ("role",), *WRONG) == 22
