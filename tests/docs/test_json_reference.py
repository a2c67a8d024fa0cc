"""The pages about the JSON are what the schemas say, and their examples are files that work."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from docs.json_reference import EXAMPLES, FOLDER, PAGES, Reference
from scheduler.checker import check
from scheduler.due import expand
from scheduler.formats.json_file import read_changes, read_instance, read_roster, read_worked
from scheduler.formats.schema import FILES, schema
from scheduler.weeks.replan import apply
from scheduler.weeks.worked import worked_roster

WEEK = expand(read_instance(FOLDER / "week.json"))
ROSTER = read_roster(FOLDER / "roster.json")


@pytest.mark.parametrize("page", PAGES)
def test_the_committed_page_is_what_the_command_writes(page: str) -> None:
    committed = (FOLDER / f"{page}.md").read_text(encoding="utf-8")
    assert committed == Reference().pages()[page], "run python -m docs.json_reference"


def test_every_file_that_has_a_schema_has_its_page() -> None:
    assert {f"{page}.schema.json" for page in PAGES} == set(FILES)


@pytest.mark.parametrize("page", PAGES)
def test_every_field_says_what_it_means(page: str) -> None:
    root = json.loads(schema(FILES[f"{page}.schema.json"]))
    silent = [
        f"{name}.{field}"
        for name, record in {page: root, **root["$defs"]}.items()
        for field, value in record.get("properties", {}).items()
        if "description" not in value
    ]
    assert not silent


@pytest.mark.parametrize("page", PAGES)
def test_the_example_keeps_to_its_schema(page: str) -> None:
    path: Path = FOLDER / EXAMPLES.get(page, f"{page}.json")
    validator = Draft202012Validator(json.loads(schema(FILES[f"{page}.schema.json"])))
    validator.validate(json.loads(path.read_text(encoding="utf-8")))


def test_the_roster_costs_what_it_says_and_breaks_no_hard_rule() -> None:
    report = check(WEEK, ROSTER)
    assert report.feasible
    assert report.score == ROSTER.score


def test_the_changes_can_be_made_to_the_week() -> None:
    applied = apply(WEEK, ROSTER, read_changes(FOLDER / "changes.json", WEEK.horizon))
    assert "shed-1" in applied.instance.task_by_id
    assert "fire-3-again" not in applied.instance.task_by_id


def test_the_departures_are_of_the_roster() -> None:
    worked = worked_roster(WEEK, ROSTER, read_worked(FOLDER / "worked.json"))
    done = {(one.task, one.slot) for one in worked.assignments}
    assert ("fire-3", 0) in done
    assert ("patrol-wed", 0) not in done
