"""Figures of a week with numbers worked by hand."""

import json

import pytest

from instances.generate import generate
from scheduler.checker.figures import figures
from scheduler.messages import has
from scheduler.model import (
    Assignment,
    Horizon,
    Instance,
    Limits,
    Matrix,
    Need,
    Person,
    PersonHistory,
    Place,
    Role,
    Roster,
    Settings,
    Shift,
    Slot,
    Visit,
    Window,
)
from scheduler.travel import travel

DAY = 1440


@pytest.fixture
def week() -> Instance:
    """Two people, a visit for one, a visit for two and a shift, on one Monday."""
    hours = Window(start=540, end=1020)
    return Instance(
        id="week",
        horizon=Horizon(start="2026-11-23", days=1),
        places=(Place(id="a", name="甲"), Place(id="b", name="乙")),
        people=(
            Person(
                id="p1",
                name="专职网格员01",
                role=Role.GRID_WORKER,
                availability=(hours,),
                start_place="a",
                limits=Limits(daily_minutes=60, daily_overtime=30, contract_minutes=500),
            ),
            Person(
                id="p2",
                name="楼栋长01",
                role=Role.BUILDING_CAPTAIN,
                availability=(hours,),
                leave=(Window(start=540, end=780),),
            ),
        ),
        visits=(
            Visit(
                id="one",
                name="走访",
                kind="door",
                places=("b",),
                windows=(hours,),
                duration=45,
                due=560,
            ),
            Visit(
                id="two",
                name="双人检查",
                kind="fire_lane_inspection",
                places=("b",),
                windows=(hours,),
                duration=30,
                slots=(Slot(), Slot()),
                priority=4,
            ),
        ),
        shifts=(
            Shift(
                id="venue",
                name="值守",
                kind="venue_duty",
                place="a",
                start=840,
                duration=60,
                needs=(Need(minimum=1, target=2, maximum=3),),
            ),
        ),
        history={"p1": PersonHistory(minutes=100, fair_minutes=140)},
        settings=Settings(travel=Matrix(places=("a", "b"), minutes=((0, 10), (10, 0))), limits={}),
    )


def part(task: str, slot: int, person: str, place: str, start: int, end: int) -> Assignment:
    return Assignment(task=task, slot=slot, person=person, place=place, start=start, end=end)


def test_input_counts_demand_up_to_the_target_and_supply_up_to_the_limits(week):
    found = figures(week)["input"]
    # Slots: 1 + 2 + 2 (the third place of the shift is extra).
    assert (found["people"], found["visits"], found["shifts"], found["slots"]) == (2, 2, 1, 5)
    assert found["people_by_role"] == {"grid_worker": 1, "building_captain": 1}
    assert found["visits_by_kind"] == {"door": 1, "fire_lane_inspection": 1}
    # 45 + 2 × 30 + 2 × 60 = 225 minutes = 3.75 h.
    assert found["demand_hours"] == 3.8
    # p1: 8 h there, at most 60 + 30 minutes; p2: 8 h less 4 h of leave. 1.5 + 4.
    assert found["supply_hours"] == 5.5


def test_a_roster_is_counted_by_slot_visit_and_person(week):
    roster = Roster(
        instance="week",
        horizon=week.horizon,
        assignments=(
            part("one", 0, "p1", "b", 565, 610),
            part("two", 0, "p1", "b", 610, 640),
            part("venue", 0, "p2", "a", 840, 900),
        ),
    )
    found = figures(week, roster)["roster"]
    # Empty: the second of "two" (priority 4) and the second place of the shift (priority 3).
    assert (found["slots_assigned"], found["slots_unassigned"]) == (3, 2)
    # "two" lacks its second person, so it is not done; the shift is no visit.
    assert found["unassigned_by_priority"] == {
        "4": {"slots": 1, "visits": 1},
        "3": {"slots": 1, "visits": 0},
    }
    assert (found["visits_done"], found["visits_unassigned"]) == (1, 1)
    assert found["headcount_minimum"] == {"count": 1, "of": 1, "rate": 1.0}
    assert found["headcount_target"] == {"count": 1, "of": 2, "rate": 0.5}
    # "one" starts at 565, due 560.
    assert found["visits_on_time"] == {"count": 0, "of": 1, "rate": 0.0}
    # p1: 45 + 30 at work and 10 on the way make 85, 25 over 60. Fair: 500 / 5 days + 40 owed.
    assert found["people"] == [
        {"person": "p1", "task_minutes": 75, "fair_minutes": 140, "overtime_minutes": 25},
        {"person": "p2", "task_minutes": 60, "fair_minutes": None, "overtime_minutes": 0},
    ]
    assert (found["task_minutes"], found["travel_minutes"]) == (135, 10)
    assert (found["overtime_minutes"], found["travel_metres"]) == (25, 0)


def test_without_a_roster_there_are_no_figures_of_one(week):
    assert set(figures(week)) == {"input", "coverage"}
    assert set(figures(week)["coverage"]) == {"now", "due"}


def test_metres_come_from_where_places_are():
    # The way from home to the first stop and on, on the generated map: as travel computes it.
    instance = generate("shizishan/community")
    visit = next(one for one in instance.visits if one.kind == "door")
    worker = next(one for one in instance.people if one.start_place is not None)
    roster = Roster(
        instance=instance.id,
        horizon=instance.horizon,
        assignments=(part(visit.id, 0, worker.id, visit.places[0], DAY, DAY + 30),),
    )
    ways = travel(instance)
    metres = ways.distance(worker.start_place, visit.places[0])
    if worker.end_place is not None:
        metres += ways.distance(visit.places[0], worker.end_place)
    assert figures(instance, roster)["roster"]["travel_metres"] == metres > 0


def test_figures_are_plain_json_and_every_key_has_its_words(week):
    found = figures(week, Roster(instance="week", horizon=week.horizon))
    assert json.loads(json.dumps(found)) == found
    for table, rows in found.items():
        for key in rows:
            assert has(f"figures.{table}.{key}"), f"{table}.{key}"
