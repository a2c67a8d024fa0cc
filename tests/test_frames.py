"""Tables for analysts: right by hand, whole by hypothesis, of one shape, silent about private visits."""

import inspect
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instances.generate import generate
from scheduler import frames
from scheduler.checker import check
from scheduler.checker.figures import figures
from scheduler.due import expand
from scheduler.model import (
    Area,
    Household,
    Limits,
    Need,
    PersonHistory,
    Point,
    Role,
    Slot,
)
from scheduler.model.tasks import slots, tasks
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.rules.build import at, instance, person, place, roster, shift, visit, window
from tests.strategies import instances

SECRET = "金丝雀"


@pytest.fixture(scope="module")
def week():
    """Two days: a visit for one, a visit for two at a private home, a shift; P and home are 10 minutes apart."""
    points = [Point(longitude=104 + number / 1000, latitude=30.6) for number in range(4)]
    return instance(
        Area(id="town", name="佳宏路社区", kind="community"),
        place("P", area="town", point=points[0], capacity=2),
        place("home", area="town", point=points[1], kind="home").model_copy(
            update={"name": f"{SECRET}家"}
        ),
        place("Q", area="town", point=points[2]),
        place("R", area="town", point=points[3]),
        Household(id=f"{SECRET}-house", name=f"{SECRET}户", place="home"),
        person(
            "anna",
            start_place="P",
            limits=Limits(daily_minutes=100, contract_minutes=500),
            availability=(window(0, "08:00", "18:00"), window(1, "08:00", "12:00")),
            leave=(window(1, "08:00", "09:00"),),
        ),
        person(
            "bert",
            role=Role.BUILDING_CAPTAIN,
            availability=(window(0, "08:00", "18:00"),),
            limits=Limits(contract_minutes=None),
        ),
        visit("lamp", windows=(window(0, "09:00", "11:00"), window(1, "09:00", "11:00"))),
        visit(
            f"{SECRET}-talk",
            Slot(),
            Slot(duration=30, after=(15, 15), must=True),
            places="home",
            household=f"{SECRET}-house",
            private=True,
            kind="counselling",
            priority=5,
        ).model_copy(update={"name": f"{SECRET}谈心"}),
        shift("venue", at(1, "14:00"), Need(minimum=1, target=2, maximum=3)),
        days=2,
        ways={("P", "home"): 10},
        history={"anna": PersonHistory(minutes=100, fair_minutes=140)},
    )


@pytest.fixture(scope="module")
def done(week):
    return roster(
        week,
        (f"{SECRET}-talk", 1, "bert", "home", at(0, "10:15")),
        (f"{SECRET}-talk", 0, "anna", "home", at(0, "10:00")),
        ("lamp", 0, "anna", "P", at(0, "11:10")),
        ("venue", 0, "bert", "P", at(1, "14:00")),
    )


def _tables(week, roster, **more):
    """Every table of a week, by name."""
    return {
        "people": frames.people(week),
        "places": frames.places(week, **more),
        "tasks": frames.tasks(week, **more),
        "slots": frames.slots(week, **more),
        "assignments": frames.assignments(week, roster, **more),
        "loads": frames.loads(week, roster),
        "coverage": frames.coverage(week, roster, **more),
        "rules": frames.rules(check(week, roster)),
        "figures": frames.figures([(week, roster)]),
        "weekly_loads": frames.weekly_loads([(week, roster)]),
        "use": frames.use([(week, roster)]),
    }


def _column(table, name):
    return table[name].tolist()


def test_assignments_stand_by_start_with_names_moments_and_minutes(week, done):
    table = frames.assignments(week, done, private=True)
    assert _column(table, "task") == [f"{SECRET}-talk", f"{SECRET}-talk", "lamp", "venue"]
    assert _column(table, "slot") == [0, 1, 0, 0]
    assert _column(table, "person") == ["anna", "bert", "anna", "bert"]
    assert _column(table, "role") == ["grid_worker", "building_captain"] * 2
    assert _column(table, "day") == [0, 0, 0, 1]
    assert _column(table, "minutes") == [60, 30, 60, 240]
    assert table["start"][1] == pd.Timestamp("2026-11-23 10:15")
    assert table["end"][3] == pd.Timestamp("2026-11-24 18:00")
    assert _column(table, "shift") == [False, False, False, True]
    assert not table["hidden"].any()


def test_loads_have_a_row_for_every_person_and_day(week, done):
    table = frames.loads(week, done).set_index(["person", "day"])
    assert table.index.tolist() == [("anna", 0), ("anna", 1), ("bert", 0), ("bert", 1)]
    # anna: 2 tasks of 60, P → home → P in 10 + 10; 120 of task and 20 of way are 40 above 100.
    assert table.loc[("anna", 0)].tolist()[2:] == [
        pd.Timestamp("2026-11-23"), 2, 120, 20, table.loc[("anna", 0), "travel_metres"], 140, 40,
    ]  # fmt: skip
    # bert begins where his first task is, and no way leads from one day to the next.
    assert table.loc[("bert", 0)].tolist()[3:] == [1, 30, 0, 0, 30, 0]
    assert table.loc[("anna", 1)].tolist()[3:] == [0] * 6


def test_coverage_counts_slots_that_somebody_would_miss(week, done):
    table = frames.coverage(week, done, private=True)
    assert table.drop(columns="date").values.tolist() == [
        [0, "check", 1, 1, 1.0],
        [0, "counselling", 2, 2, 1.0],
        # The third place of the shift is beyond its target.
        [1, "venue", 2, 1, 0.5],
    ]


def test_what_nobody_does_counts_on_the_last_day_on_which_it_may_start(week):
    table = frames.coverage(week, roster(week), private=True)
    assert table[["day", "kind", "wanted", "filled"]].values.tolist() == [
        [1, "check", 1, 0],
        [1, "counselling", 2, 0],
        [1, "venue", 2, 0],
    ]


def test_people_have_what_contract_and_history_ask_of_them(week):
    anna, bert = frames.people(week).to_dict("records")
    # Ten hours and four, less one of leave; two of five weekdays of 500; 40 behind.
    assert (anna["present_minutes"], anna["contract_minutes"]) == (780, 200)
    assert (anna["fair_minutes"], anna["past_minutes"], anna["past_fair_minutes"]) == (
        240,
        100,
        140,
    )
    assert bert["present_minutes"] == 600
    assert frames.people(week)["contract_minutes"].isna().tolist() == [False, True]


def test_tasks_and_slots_are_those_of_the_week(week):
    table = frames.tasks(week, private=True).set_index("task")
    lamp, talk, venue = (table.loc[task] for task in ("lamp", f"{SECRET}-talk", "venue"))
    assert (lamp["earliest"], lamp["latest"]) == (
        pd.Timestamp("2026-11-23 09:00"),
        pd.Timestamp("2026-11-24 10:59"),
    )
    assert (talk["slots"], talk["least"], talk["household"]) == (2, 2, f"{SECRET}-house")
    # Minimum 1, target 2, at most 3.
    assert (venue["slots"], venue["least"], venue["minutes"]) == (2, 1, 240)
    parts = frames.slots(week, private=True)
    assert _column(parts, "rank") == ["crew", "crew", "crew", "minimum", "target", "extra"]
    assert _column(parts, "minutes") == [60, 60, 30, 240, 240, 240]
    assert _column(parts, "after_minutes") == [0, 0, 15, 0, 0, 0]
    assert _column(parts, "must") == [False, False, True, False, False, False]


def test_rules_have_the_costs_of_the_report(week, done):
    report = check(week, done)
    table = frames.rules(report, lang="en")
    assert _column(table, "rule") == [priced.rule.rule.id for priced in report.rules]
    by_level = table.groupby("level", observed=False)["cost"].sum()
    assert tuple(by_level) == report.score.points
    assert table["breaches"].sum() == len(report.findings)
    assert table["level"].cat.categories.tolist() == ["hard", "medium", "soft"]


def test_an_amount_in_ticks_becomes_minutes(week, done):
    report = check(week, done)
    plain, finer = frames.rules(report), frames.rules(report, ticks_per_minute=10)
    timed = plain["unit"] == "minute"
    assert plain.loc[timed, "amount"].sum() > 0
    pd.testing.assert_series_equal(plain.loc[timed, "amount"], finer.loc[timed, "amount"] * 10)
    pd.testing.assert_frame_equal(plain[~timed], finer[~timed])


def test_figures_of_many_weeks_stand_below_each_other(week, done):
    table = frames.figures([(week, done), (week, None)])
    nested = figures(week, done)
    assert _column(table, "slots") == [5, 5]
    assert table["task_minutes"][0] == 60 + 30 + 60 + 240 == nested["roster"]["task_minutes"]
    assert table["headcount_target"][0] == 0.5
    assert table["task_minutes"][1] is pd.NA
    assert _column(table, "start") == [pd.Timestamp("2026-11-23")] * 2


def test_a_fine_clock_is_shown_in_whole_minutes(week):
    fine = week.changed(
        horizon=week.horizon.model_copy(update={"ticks_per_minute": 1000}), visits=week.visits[:1]
    )
    table = frames.assignments(fine, roster(fine, ("lamp", 0, "anna", "P", 1500, 91_500)))
    assert table["start"][0] == pd.Timestamp("2026-11-23 00:01:30")
    assert table["minutes"][0] == 90


@pytest.mark.parametrize("name", frames.__all__)
def test_a_docstring_lists_the_columns_with_their_dtypes(week, done, name):
    told = []
    for line in inspect.getdoc(getattr(frames, name)).split("=\n", 1)[1].splitlines():
        if line.startswith("="):
            break
        columns, dtype = line.replace(", ", ",").split()[:2]
        told += [(column, dtype) for column in columns.split(",")]
    table = _tables(week, done)[name]
    assert [(column, str(dtype)) for column, dtype in table.dtypes.items()] == told


@pytest.mark.parametrize("private", [False, True])
def test_an_empty_roster_and_an_empty_week_have_the_same_columns(week, done, private):
    nobody = roster(week)
    nothing = week.changed(people=(), visits=(), shifts=(), households=(), history={})
    for name, table in _tables(week, done, private=private).items():
        without = _tables(week, nobody, private=private)[name]
        assert table.dtypes.equals(without.dtypes), name
        bare = _tables(nothing, roster(nothing), private=private)[name]
        assert [str(dtype) for dtype in bare.dtypes] == [str(dtype) for dtype in table.dtypes], name


def test_what_is_private_stands_in_no_table_unless_asked_for(week, done):
    told = {name: table.to_csv() for name, table in _tables(week, done).items()}
    assert not [name for name, text in told.items() if SECRET in text or "counselling" in text]
    shown = frames.assignments(week, done, lang="en")
    assert _column(shown, "task") == ["private/1", "private/1", "lamp", "venue"]
    assert _column(shown, "hidden") == [True, True, False, False]
    assert _column(shown, "name")[0] == "Busy"
    assert shown["place"][0] is pd.NA
    # Four places lie in the community, enough for it to stand for one of them.
    assert (shown["place_name"][0], shown["area"][0]) == ("佳宏路社区", "town")
    everything = {name: table.to_csv() for name, table in _tables(week, done, private=True).items()}
    leaking = {name for name, text in everything.items() if SECRET in text}
    assert leaking == {"places", "tasks", "slots", "assignments"}


def test_a_name_with_braces_is_only_a_name():
    week = instance(person("anna"), visit("lamp").model_copy(update={"name": "{0} {lamp}"}))
    table = frames.assignments(week, roster(week, ("lamp", 0, "anna", "P", at(0, "09:00"))))
    assert table["name"].tolist() == ["{0} {lamp}"]


def test_tables_join_on_their_ids(week, done):
    parts = frames.assignments(week, done).merge(frames.slots(week), on=["task", "slot"])
    assert (parts["minutes_x"] == parts["minutes_y"]).all()
    assert len(parts) == len(done.assignments)


def _filled(data, week):
    """A roster that fills some slots with anybody, anywhere, at any time."""
    rows = []
    for task in tasks(week) if week.people and week.places else ():
        for number, slot in enumerate(slots(task)):
            if data.draw(st.booleans()):
                start = data.draw(st.integers(0, week.horizon.end - 1))
                somebody, somewhere = (
                    data.draw(st.sampled_from(records)).id for records in (week.people, week.places)
                )
                end = start + slot.duration
                rows.append((task.id, number, somebody, somewhere, start, end))
    return roster(week, *rows)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_there_is_a_row_an_assignment_and_its_minutes_sum_to_the_checkers(data):
    week = expand(data.draw(instances()))
    done = _filled(data, week)
    table = frames.assignments(week, done, private=True)
    assert len(table) == len(done.assignments)
    told = figures(week, done)["roster"]
    assert table["minutes"].sum() == told["task_minutes"]
    of_person = table.groupby("person")["minutes"].sum()
    for load in told["people"]:
        assert of_person.get(load["person"], 0) == load["task_minutes"]
    loads = frames.loads(week, done)
    for name in ("task_minutes", "travel_minutes", "travel_metres", "overtime_minutes"):
        assert loads[name].sum() == told[name]
    assert frames.coverage(week, done)["filled"].sum() <= told["slots_assigned"]


def test_a_solved_week_gives_its_tables():
    week = generate("tiny/priority")
    found = solve(week, Stop(steps=2_000), seed=1)
    assert len(frames.assignments(week, found)) == len(found.assignments)


def test_pandas_is_loaded_only_for_tables():
    asked = "import scheduler, scheduler.cli.app, scheduler.checker, sys"
    code = f"{asked}; print('pandas' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
