"""The committed schemas are current, and everything written keeps to them and reads back the same."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from scheduler.formats.json_file import dump, inspect, read_roster
from scheduler.formats.schema import FILES, FOLDER, schema
from scheduler.model import Instance, Roster
from tests.strategies import instances, rosters

INSTANCE = Draft202012Validator(json.loads(schema(Instance)))
ROSTER = Draft202012Validator(json.loads(schema(Roster)))
EASY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("name", FILES)
def test_the_committed_schema_is_current(name: str) -> None:
    committed = (FOLDER / name).read_text(encoding="utf-8")
    assert committed == schema(FILES[name]), "run python -m scheduler.formats.schema"


@pytest.mark.parametrize("name", FILES)
def test_the_schema_is_a_valid_schema(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema(FILES[name])))


@EASY
@given(instances())
def test_an_instance_is_written_as_the_schema_says_and_reads_back_the_same(week: Instance) -> None:
    text = dump(week)
    INSTANCE.validate(json.loads(text))
    again, problems = inspect(text.encode())
    assert [one for one in problems if one.severity == "error"] == []
    assert again == week
    assert dump(again) == text


@EASY
@given(instances())
def test_a_limit_left_out_differs_from_none_after_reading_back(week: Instance) -> None:
    again, _ = inspect(dump(week).encode())
    assert again is not None
    for before, after in zip(week.people, again.people, strict=True):
        assert after.limits.model_fields_set == before.limits.model_fields_set
        assert again.limits(after.id) == week.limits(before.id)


@EASY
@given(rosters())
def test_a_roster_is_written_as_the_schema_says_and_reads_back_the_same(roster: Roster) -> None:
    text = dump(roster)
    ROSTER.validate(json.loads(text))
    assert read_roster(text.encode()) == roster
