"""Timefold: the numbers that Java reads, the routes that come back, and what is told where Java lacks."""

import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from benchmarks.families import weeks_single
from benchmarks.peers import PEERS
from benchmarks.peers.tables import routing_tables
from benchmarks.peers.timefold.jdk import JavaError, prepare
from benchmarks.peers.timefold.problem import order, read, write
from benchmarks.peers.timefold.search import supports
from benchmarks.reduced import expressible, single_people
from benchmarks.run import processor_seconds
from instances.generate import generate
from scheduler.checker import check
from scheduler.model import Limits, RuleSetting, Score
from tests.benchmarks.days import crossing, fortnight

KINDS = [peer for peer in PEERS if peer.jdk]


def test_the_numbers_are_those_that_java_reads(tmp_path):
    tables = routing_tables(expressible(crossing()).instance)
    write(tmp_path / "problem", tables)
    numbers = np.fromfile(tmp_path / "problem", dtype=">i4").tolist()
    ways = [0, 5, 10, 9, 5, 0, 8, 7, 10, 8, 0, 3, 9, 7, 3, 0]
    assert numbers == [
        *(1, 0),  # travel counts as work; overtime costs nothing, its rule is off
        *(2, 4, 1, *ways, 1, *ways),  # modes, places; of each mode a minute's price and the ways
        *(2, *[-1] * 7, *[-1] * 7),  # two people without limits
        2,  # a day of each: worker, day, week, mode, from, to, earliest, latest
        *(0, 0, 0, 0, 0, -1, 480, 720),
        *(1, 0, 0, 0, -1, 0, 480, 720),
        3,  # jobs: place, minutes, hard, medium, soft points, first and last starts, able
        *(1, 20, 0, 5, 0, 1, 480, 1, 699, 1, 0),
        *(3, 20, 0, 5, 0, 2, 400, 600, 2, 409, 659, 1, 0),
        *(2, 20, 0, 5, 0, 1, 480, 1, 699, 2, 0, 1),
    ]


def test_limits_come_in_the_order_of_the_java_record(tmp_path):
    instance = expressible(crossing()).instance
    day = Limits(daily_minutes=480, daily_overtime=60, daily_tasks=4)
    week = Limits(weekly_minutes=2400, weekly_tasks=9, weekly_days=5, rest_minutes=660)
    both = week.model_copy(update=day.model_dump(exclude_none=True))
    limits = (both, Limits(daily_minutes=300))
    people = [
        person.model_copy(update={"limits": limit})
        for person, limit in zip(instance.people, limits, strict=True)
    ]
    write(tmp_path / "problem", routing_tables(instance.changed(people=tuple(people))))
    numbers = np.fromfile(tmp_path / "problem", dtype=">i4").tolist()
    # week: minutes, tasks, days; rest; day: minutes, with overtime, tasks
    assert numbers[38:53] == [2, 2400, 9, 5, 660, 480, 540, 4, -1, -1, -1, -1, 300, -1, -1]


def test_overtime_has_the_price_of_its_rule(tmp_path):
    instance = expressible(crossing()).instance
    rules = instance.settings.rules | {"daily_minutes": RuleSetting(on=True, weight=3)}
    settings = instance.settings.model_copy(update={"rules": rules, "travel_counts": False})
    write(tmp_path / "problem", routing_tables(instance.changed(settings=settings)))
    assert np.fromfile(tmp_path / "problem", dtype=">i4")[:2].tolist() == [0, 3]


def test_dear_jobs_come_first_then_those_that_few_can_do():
    instance = expressible(crossing()).instance
    first, *rest = instance.visits
    urgent = rest[0].model_copy(update={"priority": 5})
    tables = routing_tables(instance.changed(visits=(first, urgent, *rest[1:])))
    assert [tables.jobs[number].task for number in order(tables)] == ["far", "near", "late"]


def test_routes_come_back_by_the_order_in_which_jobs_went(tmp_path):
    tables = routing_tables(expressible(crossing()).instance)
    (tmp_path / "routes").write_text("0 10 15 77\n2 1\n\n", encoding="utf-8")
    driven = read(tmp_path / "routes", tables)
    names = [[tables.jobs[number].task for number in route] for route in driven.routes]
    # order: near, late, far
    assert names == [["far", "late"], []]
    assert driven.score == Score(medium=10, soft=15)
    assert driven.moves == 77


def test_every_slot_of_a_shift_is_a_job_with_its_own_price():
    instance = single_people(generate("shizishan/community"))
    shift = next(shift for shift in instance.shifts if shift.needs[0].target)
    need = shift.needs[0].model_copy(update={"minimum": 1, "target": 3, "maximum": 3})
    alone = instance.changed(visits=(), shifts=(shift.model_copy(update={"needs": (need,)}),))
    jobs = routing_tables(alone).jobs
    assert [(job.task, job.slot) for job in jobs] == [(shift.id, slot) for slot in range(3)]
    assert {job.windows for job in jobs} == {((shift.start, shift.start),)}
    points = instance.settings.priority_points[shift.priority - 1]
    under = need.under_points or instance.settings.target_points
    assert [job.undone for job in jobs] == [Score(medium=points), *[Score(soft=under)] * 2]


def test_a_week_for_single_people_is_expressed_in_full_but_not_by_routes_alone():
    week = weeks_single.week("week-community")
    assert week == weeks_single.week("week-community")
    assert supports(week) == []
    others = [peer for peer in PEERS if peer.installed and not peer.jdk]
    assert [peer.name for peer in others if not peer.supports(week)] == ["cp-sat"]


def test_a_tight_week_lacks_every_third_person(monkeypatch):
    monkeypatch.setitem(weeks_single.WEEKS, "small-tight", "shizishan/community")
    everybody = [person.id for person in weeks_single.week("week-community").people]
    left = [person.id for person in weeks_single.week("small-tight").people]
    assert left == [person for number, person in enumerate(everybody) if number % 3 != 2]


def test_work_that_nobody_can_do_is_left_out():
    instance = weeks_single.possible(single_people(generate("shizishan/community")))
    shift = next(shift for shift in instance.shifts if len(shift.needs) == 1)
    needs = (shift.needs[0].model_copy(update={"skills": {"flying": 5}}), shift.needs[0])
    changed = shift.model_copy(update={"needs": needs})
    visit = instance.visits[0].model_copy(update={"excluded": tuple(p.id for p in instance.people)})
    rest = instance.changed(
        visits=(visit, *instance.visits[1:]),
        shifts=tuple(changed if one.id == shift.id else one for one in instance.shifts),
    )
    kept = weeks_single.possible(rest)
    assert [visit.id for visit in kept.visits] == [visit.id for visit in instance.visits[1:]]
    assert next(one.needs for one in kept.shifts if one.id == shift.id) == shift.needs


def test_what_is_more_than_a_target_is_not_expressed():
    assert any("beyond their target" in lack for lack in supports(fortnight()))


def test_processor_seconds_are_those_of_children_too():
    before = processor_seconds()
    subprocess.run([sys.executable, "-c", "sum(range(3_000_000))"], check=True)
    assert processor_seconds() > before


@pytest.mark.parametrize("program", ["java", "javac"])
def test_without_a_jdk_a_line_says_what_brings_it(program, monkeypatch):
    monkeypatch.setattr("benchmarks.peers.find_spec", lambda name: object())
    monkeypatch.setattr("benchmarks.peers.which", lambda name: None if name == program else name)
    assert [peer.lack for peer in KINDS] == [
        f"no {program} on the PATH; a JDK of 17 or later brings both"
    ] * 2
    assert all(peer.installed for peer in PEERS if not peer.jdk)


def test_a_compiler_that_is_too_old_is_told_in_a_line(monkeypatch, tmp_path):
    _javac(monkeypatch, tmp_path, ends=2)
    with pytest.raises(JavaError, match=r"^javac ended with 2: error: release 17 not supported$"):
        prepare()


def test_without_the_package_no_jar_is_looked_for(monkeypatch):
    monkeypatch.setattr("benchmarks.peers.timefold.jdk.find_spec", lambda name: None)
    with pytest.raises(JavaError, match="package timefold"):
        prepare()


def test_classes_are_compiled_once_for_the_same_sources(monkeypatch, tmp_path):
    calls = _javac(monkeypatch, tmp_path, ends=0)
    folder = prepare()
    assert prepare() == folder
    assert calls.read_text().count("\n") == 1


@pytest.mark.parametrize("peer", KINDS, ids=lambda peer: peer.name)
def test_its_own_score_is_that_of_our_checker(peer):
    if peer.lack:
        pytest.skip(f"{peer.name}: {peer.lack}")
    peer.prepare()
    week = weeks_single.week("week-community")
    limits = {"weekly_minutes": 900, "weekly_days": 3, "daily_tasks": 2, "daily_minutes": 240}
    limits["rest_minutes"] = 960
    people = tuple(
        person.model_copy(update={"limits": person.limits.model_copy(update=limits)})
        for person in week.people
    )
    tight = week.changed(people=people)
    roster = peer.solve(tight, 4.0, 1, 1)
    report = check(tight, roster)
    assert report.feasible
    assert report.score == roster.score
    assert roster.assignments


def _javac(monkeypatch, folder: Path, ends: int) -> Path:
    """A package without jars, and a javac that notes each call, makes the folder that it is to, and ends so."""
    calls, javac = folder / "calls", folder / "bin" / "javac"
    javac.parent.mkdir()
    script = [f"#!{sys.executable}", "import pathlib, sys"]
    script.append("pathlib.Path(sys.argv[sys.argv.index('-d') + 1]).mkdir()")
    script.append(f"print('x', file=open({str(calls)!r}, 'a'))")
    script.append("print('error: release 17 not supported', file=sys.stderr)")
    script.append(f"sys.exit({ends})")
    javac.write_text("\n".join(script), encoding="utf-8")
    javac.chmod(0o755)
    monkeypatch.setenv("PATH", str(javac.parent))
    monkeypatch.setenv("LIANXIN_CACHE", str(folder / "cache"))
    package = ModuleSpec("timefold", None, is_package=True)
    package.submodule_search_locations = [str(folder)]
    monkeypatch.setattr("benchmarks.peers.timefold.jdk.find_spec", lambda name: package)
    return calls
