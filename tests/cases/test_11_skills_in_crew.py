"""A first aider and a driver among two people, who may be one and the same."""

from itertools import product

import pytest

from scheduler import Stop, solve
from scheduler.model import Need, SharedSkill, Slot
from scheduler.model.faults import faults
from tests.rules.build import at, instance, morning, person, shift

AID, DRIVE = SharedSkill(skill="aid"), SharedSkill(skill="drive")
STOPS = Stop(), Stop(steps=30_000)
BUS = shift("bus", at(0, "09:00"), Need(minimum=2), duration=120, skill_mix=(AID, DRIVE))
PAIR = morning("bus", Slot(), Slot(), skill_mix=(AID, DRIVE))


def crew(roster):
    return {one.person for one in roster.assignments}


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
@pytest.mark.parametrize("task", [BUS, PAIR], ids=["shift", "visit"])
def test_both_skills_may_be_one_person_s(task, stop):
    people = person("A", skills={"aid": 1, "drive": 1}), person("B")
    roster = solve(instance(*people, task, days=1), stop)
    assert (roster.score.hard, roster.score.medium) == (0, 0)
    assert crew(roster) == {"A", "B"}


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
@pytest.mark.parametrize("task", [BUS, PAIR], ids=["shift", "visit"])
def test_of_many_the_two_are_sent_who_have_the_skills_between_them(task, stop):
    # Of all pairs only the first aider and the driver will do.
    idle = (person(f"p{number}") for number in range(30))
    people = person("aid", skills={"aid": 1}), person("drive", skills={"drive": 1})
    roster = solve(instance(*idle, *people, task, days=1), stop)
    assert (roster.score.hard, roster.score.medium) == (0, 0)
    assert crew(roster) == {"aid", "drive"}


def skilled(name, skills):
    return person(name, skills=dict.fromkeys(skills, 1))


@pytest.mark.parametrize("task", [BUS, PAIR], ids=["shift", "visit"])
def test_what_is_left_undone_is_as_every_crew_tried_says(task):
    # A place of priority 3 that stays empty costs 5. A whole crew has to have both skills; of a shift one
    # alone may come, since the other may yet bring what is missing; a visit is done by all or nobody.
    kinds = [(), ("aid",), ("drive",), ("aid", "drive")]
    for first, second in product(kinds, repeat=2):
        whole = {"aid", "drive"} <= {*first, *second}
        least = 0 if whole else 5 if task is BUS else 10
        own = instance(skilled("A", first), skilled("B", second), task, days=1)
        roster = solve(own, Stop())
        assert (roster.score.hard, roster.score.medium) == (0, least), (first, second)


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_seniors_stand_where_a_slot_asks_for_one_and_leave_the_others_to_the_rest(stop):
    # Two wards ask for a senior each, one for anybody besides: the two seniors may not stand in one ward.
    senior = Need(skills={"senior": 1})
    wards = (
        shift("ward", at(0, "09:00"), senior, Need(), duration=120),
        shift("other", at(0, "09:00"), senior, duration=120),
    )
    people = skilled("A", ["senior"]), skilled("B", ["senior"]), skilled("C", [])
    roster = solve(instance(*people, *wards, days=1), stop)
    assert (roster.score.hard, roster.score.medium) == (0, 0)
    anybody = next(one for one in roster.assignments if (one.task, one.slot) == ("ward", 1))
    assert anybody.person == "C"


def test_a_headcount_whose_most_lies_below_its_least_is_told():
    ward = shift("ward", at(0, "09:00"), Need(minimum=3, target=2, maximum=1))
    problems = faults(instance(person("A"), ward, days=1))
    told = [(one.code, one.pointer) for one in problems if one.severity == "error"]
    assert told == [
        ("least_over_most", "/shifts/0/needs/0/target"),
        ("least_over_most", "/shifts/0/needs/0/maximum"),
    ]
