"""``lianxin suggest`` answers with sentences, or with JSON, and refuses with every fault."""

import json
from pathlib import Path

import pytest

from instances.tiny import tiny
from scheduler.formats.json_file import write_instance, write_roster
from tests.cli.conftest import Run

CREW = tiny("crew_meets")
NEW = {
    "id": "new",
    "name": "陪同就医",
    "kind": "companion",
    "places": ["x"],
    "windows": [{"from": "2026-11-23T09:00", "to": "2026-11-23T11:30"}],
    "duration": 20,
}


@pytest.fixture
def files(run: Run) -> tuple[Path, Path]:
    """A tiny week and its best roster."""
    write_instance(Path("crew.json"), CREW.instance)
    write_roster(Path("best.json"), CREW.best)
    return Path("crew.json"), Path("best.json")


def put(record: dict) -> Path:
    Path("new.json").write_text(json.dumps(record), encoding="utf-8")
    return Path("new.json")


def test_a_new_visit_is_suggested_in_both_languages(run: Run, files: tuple[Path, Path]) -> None:
    english = run("suggest", *files, "--visit", put(NEW), "--lang", "en")
    assert english.exit_code == 0, english.stderr
    assert "at x, for 陪同就医: no more travel; saves 5 points of Unassigned" in english.stdout
    chinese = run("suggest", *files, "--visit", "new.json", "--lang", "zh")
    assert "在 x 承担 陪同就医：路程不变；减少 未安排 5 分" in chinese.stdout


def test_json_has_assignments_with_moments(run: Run, files: tuple[Path, Path]) -> None:
    answer = run("suggest", *files, "--visit", put(NEW), "--json", "-k", "1")
    (one,) = json.loads(answer.stdout)
    assert one["points"]["unassigned"] == -5
    (assignment,) = one["assignments"]
    assert assignment["task"] == "new"
    assert assignment["start"].startswith("2026-11-23T")


def test_a_case_is_placed_as_a_series(run: Run, files: tuple[Path, Path]) -> None:
    case = {"id": "c", "name": "邻里纠纷", "kind": "mediation", "sessions": 1, "places": ["x"]}
    case |= {"every_days": [1, 1], "duration": 15}
    answer = run("suggest", *files, "--case", put(case))
    assert answer.exit_code == 0, answer.stderr
    assert "邻里纠纷" in answer.stdout


def test_open_work_is_suggested_by_task_and_by_person(run: Run, files: tuple[Path, Path]) -> None:
    roster = CREW.best.model_copy(
        update={"assignments": tuple(a for a in CREW.best.assignments if a.task != "errand")}
    )
    write_roster(Path("open.json"), roster)
    for option in (("--task", "errand"), ("--person", "p2")):
        answer = run("suggest", files[0], "open.json", *option)
        assert answer.exit_code == 0, answer.stderr
        assert "代办" in answer.stdout
    nothing = run("suggest", *files, "--person", "p2")
    assert "Nothing fits without breaking a hard rule." in nothing.stdout


def test_faults_are_told_together(run: Run, files: tuple[Path, Path]) -> None:
    answer = run("suggest", *files, "--visit", put(NEW | {"places": ["nowhere"], "id": "visit"}))
    assert answer.exit_code == 2
    assert "/places/0" in answer.stderr
    assert "/id" in answer.stderr
    answer = run("suggest", *files, "--visit", put(NEW | {"duration": "long"}))
    assert answer.exit_code == 2
    assert "/duration" in answer.stderr
    assert run("suggest", *files).exit_code == 2
    assert run("suggest", *files, "--task", "none").exit_code == 2


def test_work_and_people_may_be_named(run: Run, files: tuple[Path, Path]) -> None:
    visit, somebody = CREW.instance.visits[0], CREW.instance.people[0]
    named = visit.model_copy(update={"name": "消防检查"})
    person = somebody.model_copy(update={"name": "李明"})
    week = CREW.instance.changed(
        visits=(named, *CREW.instance.visits[1:]), people=(person, *CREW.instance.people[1:])
    )
    write_instance(Path("named.json"), week)
    empty = CREW.best.model_copy(update={"assignments": ()})
    write_roster(Path("empty.json"), empty)
    for option, name, id in (("--task", "消防检查", visit.id), ("--person", "李明", somebody.id)):
        by_name, by_id = (
            run("suggest", "named.json", "empty.json", option, word) for word in (name, id)
        )
        assert by_name.exit_code == 0, by_name.stderr
        assert by_name.stdout == by_id.stdout
    explained = run("explain", "named.json", "best.json", "--task", "消防检查", "--lang", "en")
    assert explained.exit_code == 0, explained.stderr
    asked = run("suggest", "named.json", "empty.json", "--person", "李名", "--lang", "en")
    assert asked.exit_code == 2
    assert "李明" in asked.stderr
