"""What candidates cost roughly, summed by hand: load by steps of the fair share, ways, and new faces."""

import numpy as np

from scheduler.explain.rough_cost import RoughCost
from scheduler.facts import Facts
from scheduler.model import Case, Household, Instance, Limits, RuleSetting
from tests.rules.build import at, instance, person, roster, visit

CONTRACT = Limits(contract_minutes=600)
HOME = Household(id="h", name="h", place="P", known_people=("B",))
LOAD = {"fairness": RuleSetting(weight=2), "travel": RuleSetting(weight=3)}


def rough(week: Instance, *rows: tuple) -> RoughCost:
    return RoughCost(Facts(week, roster(week, *rows)))


def asked(week: Instance, task: str, *rows: tuple, minutes: int = 60) -> list[int]:
    return rough(week, *rows).people(week.task_by_id[task], minutes).tolist()


def loaded(**on: RuleSetting) -> Instance:
    people = (
        person("A", limits=CONTRACT),
        person("B", limits=CONTRACT),
        person("C", limits=Limits()),
    )
    return instance(*people, visit("v", duration=120), visit("w"), weights=LOAD | on)


def test_a_quarter_of_an_hour_costs_a_point_for_each_step_that_the_load_has_passed() -> None:
    # 120 of A's 600 minutes are a fifth: four steps of five per cent; C has no contract
    row = ("v", 0, "A", "P", at(0, "09:00"))
    assert asked(loaded(), "w", row) == [2 * 4 * 4, 0, 0]
    assert asked(loaded(), "w", row, minutes=59) == [2 * 4 * 3, 0, 0]
    assert asked(loaded(), "w") == [0, 0, 0]
    off = RuleSetting(on=False)
    assert asked(loaded(fairness=off), "w", row) == [0, 0, 0]
    way = np.array([10, 0, -5])
    assert rough(loaded()).travel(way).tolist() == [30, 0, -15]
    assert rough(loaded(travel=off)).travel(way).tolist() == [0, 0, 0]


def faces(home: Household = HOME, case: Case | None = None) -> Instance:
    more = {"case": case.id} if case else {}
    own = [visit(id, household="h", **more) for id in "vw"]
    week = instance(*(person(id) for id in "ABC"), home, *own, visit("elsewhere"), weights=LOAD)
    return week.changed(cases=(case,) if case else ())


def test_who_is_new_to_a_household_costs_a_new_face() -> None:
    row = ("v", 0, "A", "P", at(0, "09:00"))
    # B is known, A comes already: 20 points for C
    assert asked(faces(), "w", row) == [0, 0, 20]
    assert asked(faces(), "w") == [20, 0, 20]
    assert asked(faces(), "elsewhere", row) == [0, 0, 0]
    # the first whom a household sees is free
    stranger = HOME.model_copy(update={"known_people": ()})
    assert asked(faces(stranger), "w") == [0, 0, 0]


def test_who_does_not_lead_a_case_costs_another_lead() -> None:
    case = Case(id="k", name="k", kind="counselling", household="h", same_person=True)
    assert asked(faces(case=case), "w") == [0, 0, 0]
    led = case.model_copy(update={"person": "C"})
    assert asked(faces(case=led), "w") == [60, 60, 0]
    assert asked(faces(case=led), "w", ("v", 0, "A", "P", at(0, "09:00"))) == [0, 60, 0]
    # without a lead to keep it is a household's visit as any other
    free = case.model_copy(update={"same_person": False})
    assert asked(faces(case=free), "w") == [20, 0, 20]
