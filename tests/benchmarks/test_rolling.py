"""What weeks in a row come to, with numbers worked by hand."""

import pytest

from benchmarks.rolling import figures_of
from scheduler.model import Case, Household, Limits, Role, Slot
from tests.rules.build import at, instance, person, roster, shift, visit

CONTRACT = Limits(contract_minutes=100)


@pytest.fixture
def week():
    return instance(
        Household(id="home", name="home", place="P"),
        Case(id="series", name="series", kind="talk", household="home"),
        person("anna", limits=CONTRACT),
        person("bert", limits=CONTRACT),
        person("cleo", role=Role.PARTNER, limits=CONTRACT),
        person("dora", role=Role.RESIDENT_VOLUNTEER, limits=Limits(contract_minutes=None)),
        visit("talk", Slot(), Slot(), case="series"),
        visit("lamp"),
        shift("venue", at(0, "14:00"), duration=20),
    )


def test_weeks_in_a_row_are_summed_by_person_household_and_series(week):
    first = roster(
        week,
        ("talk", 0, "anna", "P", at(0, "09:00")),
        ("talk", 1, "bert", "P", at(0, "09:00")),
        ("lamp", 0, "anna", "P", at(0, "11:00")),
        ("venue", 0, "cleo", "P", at(0, "14:00")),
    )
    second = roster(week, ("talk", 0, "bert", "P", at(0, "09:00")))
    told = figures_of([(week, first), (week, second)], 20.0, history=True)
    # Of 200 agreed minutes: anna 120, bert 120; cleo's 20 are a partner's. Rates 0.6, 0.6, 0.1.
    assert told.spread == 0
    # Mean 0.4333; deviations 0.1667, 0.1667, -0.3333; the root of 0.1667 / 3.
    assert told.overall == 0.2357
    # anna and bert came to the home; the series was led by both.
    assert (told.faces, told.same_lead) == (2.0, 0.0)
    # The second week lacks the talk's second place and the lamp; the shift is no visit.
    assert told.unfilled == 2
    assert (told.weeks, told.covered) == (2, [1.0, 1.0])


def test_weeks_in_which_nobody_works_have_no_faces_and_no_lead(week):
    told = figures_of([(week, roster(week))], 20.0, history=False)
    assert (told.faces, told.same_lead, told.unfilled) == (0.0, 0.0, 3)
    assert (told.spread, told.overall) == (0.0, 0.0)
