"""Generated weeks: the same from the same seed, of the size they claim, sound and hard enough."""

import math
from collections import Counter
from itertools import pairwise

import pytest

from instances.generate import NAMES, generate
from instances.shizishan import FIRST_DAY
from scheduler.due import expand
from scheduler.model import Instance, Risk, Role
from scheduler.model.faults import faults
from scheduler.model.tasks import slots
from scheduler.rules import rules
from scheduler.travel import travel

DRAWN = [name for name in NAMES if not name.startswith("tiny/")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", [1, 7])
def test_every_instance_is_free_of_errors(name, seed):
    found = faults(generate(name, seed), rules())
    assert [problem for problem in found if problem.severity == "error"] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_instance_is_named_as_it_is_asked_for(name):
    assert generate(name).id == name


@pytest.mark.parametrize("name", DRAWN)
def test_the_seed_decides_everything(name):
    assert generate(name, 3) == generate(name, 3)
    assert generate(name, 3).visits != generate(name, 4).visits


@pytest.mark.parametrize("name", NAMES)
def test_an_instance_survives_its_file(name):
    instance = generate(name)
    assert Instance.model_validate_json(instance.model_dump_json()) == instance


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_due_is_in_it_already(name):
    instance = generate(name)
    assert expand(instance) == instance


@pytest.mark.parametrize(
    ("name", "people", "visits", "shifts"),
    [
        ("shizishan/community", 25, 120, 30),
        ("shizishan/sub_district", 200, 2000, 300),
        ("banbianjie", 49, 300, 47),
    ],
)
def test_sizes_are_as_promised_within_a_twentieth(name, people, visits, shifts):
    instance = generate(name)
    assert len(instance.people) == pytest.approx(people, rel=0.05)
    assert len(instance.visits) == pytest.approx(visits, rel=0.05)
    assert len(instance.shifts) == pytest.approx(shifts, rel=0.05)


def test_banbianjie_has_the_articles_figures():
    estate = generate("banbianjie")
    units = [place for place in estate.places if place.kind == "home"]
    assert len(units) == 54
    assert len({place.area for place in units}) == 10
    assert len(estate.households) == 1900
    lamps = [visit for visit in estate.visits if visit.kind == "lamp_inspection"]
    assert len(lamps) * 7 == 91
    assert all(len(visit.slots) == 2 for visit in lamps)
    captains = [person for person in estate.people if person.role is Role.BUILDING_CAPTAIN]
    assert len({person.home.split("u")[0] for person in captains}) == 10


def test_jiahong_road_has_the_articles_cases():
    # "So far 5 cases of young people's distress and 3 family conflicts."
    names = Counter(case.name for case in generate("shizishan/community").cases)
    assert (names["青少年心理疏导"], names["家庭关系咨询"]) == (5, 3)


def test_only_a_small_part_of_the_ordinary_households_is_due_in_a_week():
    estate = generate("banbianjie")
    ordinary = {one.id for one in estate.households if one.risk is Risk.GENERAL}
    due = [visit for visit in estate.visits if visit.duty in ordinary]
    # 1800 households in 90 days are 140 a week; ten overdue and four never seen come on top.
    assert 100 < len(due) < 200


def test_the_four_weeks_share_people_and_households_and_follow_one_another():
    weeks = [generate(f"shizishan/week{number}") for number in range(1, 5)]
    assert [(week.horizon.start - FIRST_DAY).days for week in weeks] == [0, 7, 14, 21]
    assert len({tuple(person.id for person in week.people) for week in weeks}) == 1
    assert all(week.households == weeks[0].households for week in weeks)
    assert all(one.visits != two.visits for one, two in pairwise(weeks))
    assert weeks[0].visits == generate("shizishan/community").visits


def test_a_community_is_minutes_across_on_foot():
    instance = generate("shizishan/community")
    ways = travel(instance).ticks[0]
    apart = ways[ways > 0]
    assert 2 <= math.floor(apart.mean()) <= 12
    assert apart.max() <= 20


def test_places_lie_at_shizishan():
    for place in generate("shizishan/sub_district").places:
        assert abs(place.point.longitude - 104.10) < 0.03
        assert abs(place.point.latitude - 30.63) < 0.03


def test_a_pinned_person_is_fit_for_the_slot_and_there():
    instance = generate("shizishan/sub_district")
    named = [pin for pin in instance.pins if pin.person is not None]
    assert len(named) == 2
    for pin in named:
        person, shift = instance.person_by_id[pin.person], instance.task_by_id[pin.task]
        assert person.role in slots(shift)[pin.slot].roles
        end = shift.start + shift.duration
        assert any(one.start <= shift.start and end <= one.end for one in person.availability)


def test_the_sub_district_uses_the_models_features():
    week = generate("shizishan/sub_district")
    people, visits = week.people, week.visits
    assert any(len(person.skills) > 1 for person in people)
    assert any(person.minor for person in people)
    assert any(person.leave for person in people)
    assert any(person.wishes for person in people)
    assert any(person.limits.daily_tasks for person in people)
    assert {person.mode for person in people} == {"walk", "e_bike"}
    assert any(household.gender for household in week.households)
    assert any(visit.bundle for visit in visits)
    assert any(visit.private and len(visit.places) > 1 for visit in visits)
    assert any(visit.least_crew for visit in visits)
    assert any(slot.after != (0, 0) for visit in visits for slot in visit.slots)
    assert any(place.capacity == 1 and place.private for place in week.places)
    assert any(place.opening for place in week.places)
    assert {len(visit.slots) for visit in visits} == {1, 2, 3}
    assert week.gaps
    assert week.history
    assert week.settings.forbidden_sequences


def test_a_name_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError, match="nowhere"):
        generate("nowhere")
