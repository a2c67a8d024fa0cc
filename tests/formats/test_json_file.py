"""Files that are no instances: each fault told by code and place, all at once, never a traceback."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.formats import decode
from scheduler.formats.json_file import inspect, read_instance, read_roster, write_instance
from scheduler.messages.problems import explain
from scheduler.model import InputError, Problem
from tests.formats.week import bytes_of, spoilt, week


def problems_of(source: bytes | Path) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_instance(source)
    for problem in caught.value.problems:
        assert explain(problem, "zh").cause
        assert explain(problem, "en").remedy
    return caught.value.problems


def told(data: Any) -> list[tuple[str, str]]:
    return [(one.code, one.pointer) for one in problems_of(bytes_of(data))]


def test_a_sound_week_has_no_problems() -> None:
    instance, problems = inspect(bytes_of(week()))
    assert instance is not None
    assert problems == []


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("visits/0/duration", "半小时", "not_a_number"),
        ("visits/0/duration", 2.5, "not_a_whole_number"),
        ("visits/0/duration", -30, "negative_duration"),
        ("visits/0/duration", 0, "negative_duration"),
        ("visits/0/duration", 10**13, "too_large"),
        ("visits/0/priority", 6, "too_large"),
        ("visits/0/priority", 0, "too_small"),
        ("visits/0/windows", [], "too_few"),
        ("visits/0/windows", "周一", "not_a_list"),
        ("visits/0/windows/0", "周一", "not_an_object"),
        ("visits/0/windows/0/from", "2026-11-31T09:00", "not_a_moment"),
        ("visits/0/windows/0/from", "2026-11-23T09:00+08:00", "not_a_moment"),
        ("visits/0/windows/0/from", "2026-11-23T09:00:30", "finer_than_a_tick"),
        ("visits/0/places", ["plaza", 7], "not_text"),
        ("visits/0/private", "maybe", "not_true_or_false"),
        ("people/0/role", "网格员", "not_one_of"),
        ("people/0/wishes", [{"days": ["2026-13-01"]}], "not_a_date"),
        ("places/0/point/longitude", 204.1, "coordinate_out_of_range"),
        ("places/0/point/latitude", 104.1, "coordinate_out_of_range"),
        ("settings", {"travel": {"kind": "road_map"}}, "not_one_of"),
        ("settings", {"travel": {}}, "missing_field"),
        ("horizon/start", "next week", "not_a_date"),
        ("horizon/days", 0, "too_small"),
    ],
)
def test_a_value_that_cannot_stand_is_told_at_its_place(path: str, value: Any, code: str) -> None:
    problems = [one for one in problems_of(bytes_of(spoilt(path, value))) if one.code == code]
    assert [one.pointer.startswith(f"/{path}") for one in problems] == [True]


def test_a_missing_field_is_told_by_name() -> None:
    data = week()
    del data["visits"][1]["duration"]
    [problem] = problems_of(bytes_of(data))
    assert (problem.code, problem.pointer) == ("missing_field", "/visits/1/duration")
    assert problem.slots == {"field": "duration"}


def test_a_misspelt_field_is_told_with_the_name_that_was_meant() -> None:
    [problem] = problems_of(bytes_of(spoilt("visits/0/prioritty", 3)))
    assert (problem.code, problem.pointer) == ("unknown_field", "/visits/0/prioritty")
    assert problem.slots == {"suggestion": "priority"}
    assert explain(problem, "zh").remedy.startswith("是不是想写“priority”")


def test_a_misspelt_word_is_told_with_all_words_and_the_nearest() -> None:
    [problem] = problems_of(bytes_of(spoilt("people/0/role", "grid_workr")))
    assert problem.slots["suggestion"] == "grid_worker"
    assert "building_captain" in problem.slots["allowed"].split(", ")


def test_a_word_tried_against_two_lists_is_told_once_with_both() -> None:
    [problem] = problems_of(bytes_of(week(settings={"limits": {"defualt": {}}})))
    assert problem.pointer == "/settings/limits/defualt"
    assert problem.slots["suggestion"] == "default"
    assert {"default", "grid_worker"} <= set(problem.slots["allowed"].split(", "))


def test_faults_of_form_and_of_meaning_are_told_together_where_the_file_has_them() -> None:
    data = week()
    data["visits"].insert(0, {"id": "visit-0", "name": "缺字段"})
    data["visits"][2]["places"] = ["plazza"]
    data["gaps"] = [
        {"first": "visit-0", "second": "visit-1"},  # visit-0 is broken, but it is there
        {"first": "visit-1", "second": "visit-9"},
    ]
    found = told(data)
    assert ("missing_field", "/visits/0/kind") in found
    assert ("unknown_place", "/visits/2/places/0") in found
    assert ("unknown_visit", "/gaps/1/second") in found
    assert not [one for one in found if one[1].startswith("/gaps/0")]


def test_a_broken_list_of_people_does_not_make_everybody_unknown() -> None:
    data = week(people="everybody")
    data["visits"][0]["preferred"] = ["worker-1"]
    data["visits"][1]["places"] = ["nowhere"]
    assert told(data) == [("not_a_list", "/people"), ("unknown_place", "/visits/1/places/0")]


def test_a_broken_horizon_hides_no_other_fault() -> None:
    data = spoilt("horizon/start", "2026-11-00")
    data["visits"][0]["duration"] = "long"
    data["visits"][1]["places"] = ["nowhere"]
    assert told(data) == [
        ("not_a_date", "/horizon/start"),
        ("not_a_number", "/visits/0/duration"),
        ("unknown_place", "/visits/1/places/0"),
    ]


def test_a_horizon_at_the_end_of_the_calendar_is_told() -> None:
    assert told(spoilt("horizon/start", "9999-12-30")) == [("horizon_year", "/horizon/start")]


def test_nan_is_told_at_its_place() -> None:
    text = bytes_of(week()).replace(b'"longitude": 104.1,', b'"longitude": NaN,')
    assert [(one.code, one.pointer) for one in problems_of(text)] == [
        ("not_finite", "/places/0/point/longitude")
    ]


def test_a_name_given_twice_is_told_at_its_place() -> None:
    text = bytes_of(week()).replace(b'"id": "plaza"', b'"id": "square", "id": "plaza"')
    assert [(one.code, one.pointer) for one in problems_of(text)] == [
        ("doubled_name", "/places/1/id")
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n\t ", "empty_file"),
        ("狮子山".encode("gbk"), "not_utf8"),
        (b'{"id": "week",}', "not_json"),
        (b"[" * 100_000, "too_deep"),
        (b"[" * 60 + b"]" * 60, "too_deep"),
        (b'{"a":' * 60 + b"1" + b"}" * 60, "too_deep"),
        (b'{"id": ' + b"9" * 5000 + b"}", "too_large"),
        (b"PK\x03\x04 and so on", "workbook_not_json"),
        (b"[]", "not_an_object"),
        (b"null", "not_an_object"),
        (b"7", "not_an_object"),
    ],
)
def test_a_file_that_holds_no_object_is_told_by_code(data: bytes, code: str) -> None:
    assert [one.code for one in problems_of(data)] == [code]


def test_where_json_ends_is_told_by_line_and_column() -> None:
    [problem] = problems_of(b'{\n  "id": week\n}')
    assert problem.slots == {"line": "2", "column": "9"}


def test_a_byte_order_mark_is_let_pass() -> None:
    assert inspect(b"\xef\xbb\xbf" + bytes_of(week()))[1] == []


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000", "\\u001b[31m"])
def test_text_that_no_file_or_terminal_should_be_given_is_told(text: str) -> None:
    data = bytes_of(week()).replace("小广场".encode(), text.encode())
    [problem] = problems_of(data)
    assert (problem.code, problem.pointer) == ("broken_text", "/places/1/name")
    problem.value.encode()


def test_a_field_name_that_is_no_text_is_told_where_it_stands() -> None:
    data = bytes_of(spoilt("places/1/x", 1)).replace(b'"x"', b'"\\udc00"')
    assert [(one.code, one.pointer) for one in problems_of(data)] == [("broken_text", "/places/1")]


def test_a_file_larger_than_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "MOST_BYTES", 10)
    assert [one.code for one in problems_of(bytes_of(week()))] == ["file_too_large"]


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert [one.code for one in problems_of(tmp_path / "no.json")] == ["file_not_found"]
    assert [one.code for one in problems_of(tmp_path)] == ["file_not_readable"]


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    instance = read_instance(bytes_of(week()))
    write_instance(tmp_path / "week.json", instance)
    assert read_instance(tmp_path / "week.json") == instance


def test_a_roster_tells_all_its_faults() -> None:
    roster = {
        "instance": "week",
        "horizon": {"start": "2026-11-23", "days": 7},
        "assignments": [{"task": "visit-1", "slot": "first", "person": 3, "place": "plaza"}],
    }
    with pytest.raises(InputError) as caught:
        read_roster(bytes_of(roster))
    assert [(one.code, one.pointer) for one in caught.value.problems] == [
        ("not_a_number", "/assignments/0/slot"),
        ("not_text", "/assignments/0/person"),
        ("missing_field", "/assignments/0/start"),
        ("missing_field", "/assignments/0/end"),
    ]


def test_a_roster_of_another_century_is_told() -> None:
    moments = {"start": "2426-11-23T09:00", "end": "2426-11-23T09:30"}
    one = {"task": "visit-1", "slot": 0, "person": "worker-1", "place": "plaza", **moments}
    roster = {
        "instance": "week",
        "horizon": {"start": "2026-11-23", "days": 7},
        "assignments": [one],
    }
    with pytest.raises(InputError) as caught:
        read_roster(bytes_of(roster))
    assert {problem.code for problem in caught.value.problems} == {"outside_horizon"}


WORDS = st.sampled_from(
    ["id", "visits", "places", "from", "to", "kind", "points", "worker-1", "2026-11-23T09:00"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def _places(node: Any, path: str = "") -> list[str]:
    inner = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    found = [path.lstrip("/")] if path else []
    return found + [place for key, part in inner for place in _places(part, f"{path}/{key}")]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(_places(week())), VALUES)
def test_any_value_anywhere_is_read_or_told_with_words(path: str, value: Any) -> None:
    instance, problems = inspect(bytes_of(spoilt(path, value)))
    for problem in problems:
        assert explain(problem, "zh").cause
        assert explain(problem, "en").remedy
    assert instance is not None or any(problem.severity == "error" for problem in problems)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40) | st.text('{}[]",:0123456789.eE-ntf\\u', max_size=40).map(str.encode))
def test_any_bytes_are_told_with_words(data: bytes) -> None:
    assert problems_of(data)
