from scheduler.model import Case, Household, Instance, Level, RuleSetting
from tests.rules.build import PQR, amounts, at, instance, morning, person, place, visit
from tests.rules.engine import able, priced


def tiny() -> Instance:
    home = Household(id="h", name="h", place="Q")
    people = person("A", home="Q"), person("B", kin=("h",)), person("C", home="P")
    tasks = (
        morning("v", household="h", impartial=True, places="Q"),
        morning("w", kind="counselling"),
        morning("x", household="h", places="Q"),
    )
    return instance(*PQR[:2], home, *people, *tasks, days=1)


WORK = (
    place("P"),
    place("Q"),
    place("R"),
    Household(id="h", name="h", place="Q"),
    Case(id="c", name="c", kind="counselling", household="h"),
    person("neighbour", home="Q"),
    person("aunt", kin=("h",)),
    person("host", home="P"),
    person("stranger"),
    visit("inspect", household="h", impartial=True, places="Q"),
    visit("check", household="h", places="Q"),
    visit("talk", kind="counselling", places=("R", "P")),
    visit("session", case="c", places="R"),
)


def only(task, who, where):
    return amounts("conflict_of_interest", instance(*WORK), (task, 0, who, where, at(0, "09:00")))


def test_nobody_inspects_their_own_building_or_their_kin():
    assert only("inspect", "neighbour", "Q") == {"inspect": [1]}
    assert only("inspect", "aunt", "Q") == {"inspect": [1]}
    assert only("inspect", "host", "Q") == {}


def test_what_need_not_be_impartial_is_anybodys():
    assert only("check", "neighbour", "Q") == {}
    assert only("check", "aunt", "Q") == {}


def test_counselling_is_always_impartial_at_whichever_place_it_may_be():
    # done at R, but it might have been at the host's own building
    assert only("talk", "host", "R") == {"talk": [1]}
    assert only("talk", "neighbour", "R") == {}


def test_a_visit_of_a_counselling_case_concerns_the_cases_household():
    assert only("session", "neighbour", "R") == {"session": [1]}
    assert only("session", "aunt", "R") == {"session": [1]}
    assert only("session", "stranger", "R") == {}


def test_whoever_is_partial_is_forbidden():
    week = instance(*WORK)
    assert able("conflict_of_interest", week, "inspect") == ["host", "stranger"]
    assert able("conflict_of_interest", week, "check") == ["neighbour", "aunt", "host", "stranger"]
    assert able("conflict_of_interest", week, "talk") == ["neighbour", "aunt", "stranger"]
    assert able("conflict_of_interest", week, "session") == ["host", "stranger"]


def test_softened_each_slot_has_its_price():
    soft = {"conflict_of_interest": RuleSetting(level=Level.SOFT, weight=9)}
    rows = (
        ("inspect", 0, "aunt", "Q", at(0, "09:00")),
        ("session", 0, "neighbour", "R", at(0, "09:00")),
    )
    # two slots at 9 points
    assert priced(instance(*WORK, weights=soft), ("conflict_of_interest",), *rows) == 18
