"""Anything at all is read, or refused with faults: nothing else is raised, and no more is told than is read."""

import json
import os
import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from instances.generate import generate
from scheduler.checker import check, check_read
from scheduler.due import expand
from scheduler.formats.json_file import (
    dump,
    inspect,
    read_changes,
    read_roster,
    read_worked,
)
from scheduler.formats.workbook.guard import refuse_unsafe
from scheduler.formats.workbook.read import inspect as inspect_workbook
from scheduler.formats.workbook.write import write_instance
from scheduler.messages import LANGS
from scheduler.messages.problems import explain
from scheduler.model import Horizon, InputError, Instance, NotARosterError, Problem, Roster
from scheduler.model.errors import MOST_PROBLEMS

SOME = settings(
    max_examples=int(os.environ.get("LIANXIN_EXAMPLES", "40")),
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)

NUMBERS = [0, 1, -1, 7, 2**31, 2**63, 10**12, 10**13, 10**400, 0.5, 1e308, -1e308]
NUMBERS += [float("nan"), float("inf")]
WORDS = [
    "",
    "p",
    "v",
    "2026-11-23",
    "2026-11-23T09:00",
    "0001-01-01",
    "9999-12-31T23:59",
    "墨" * 200,
]
WORDS += [
    "0001-01-01T00:00",
    "9999-12-31",
    "\x00",
    "\ud800",
    "road",
    "matrix",
    "default",
    "2026-02-30",
]
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(NUMBERS),
    st.sampled_from(WORDS),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
)
anything = st.recursive(
    leaves,
    lambda part: (
        st.lists(part, max_size=4) | st.dictionaries(st.sampled_from(WORDS), part, max_size=4)
    ),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def sound() -> dict[str, Any]:
    """A week with records of every kind."""
    instance = generate("shizishan/community")
    data: dict[str, Any] = json.loads(dump(instance))
    for name in ("households", "duties", "visits", "shifts", "people", "cases", "areas"):
        data[name] = data[name][:12]
    return data


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path]
    if isinstance(data, dict):
        for name, part in data.items():
            found += _paths(part, (*path, name))
    elif isinstance(data, list):
        for number, part in enumerate(data):
            found += _paths(part, (*path, number))
    return found


def _spoilt(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    if not path:
        return value
    if isinstance(data, dict):
        return {**data, path[0]: _spoilt(data[path[0]], path[1:], value)}
    copy = list(data)
    copy[int(path[0])] = _spoilt(copy[int(path[0])], path[1:], value)
    return copy


def _bytes(data: Any) -> bytes:
    return json.dumps(data).encode()


def _are_told(problems: list[Problem]) -> None:
    assert len(problems) <= MOST_PROBLEMS + 1
    for problem in problems:
        for lang in LANGS:
            advice = explain(problem, lang)
            assert advice.cause
            assert advice.remedy


def _is_read(instance: Instance | None, problems: list[Problem]) -> None:
    _are_told(problems)
    if instance is not None and not any(problem.severity == "error" for problem in problems):
        dump(instance)
        week = expand(instance)
        check(week, Roster(horizon=week.horizon, instance=week.id))


@st.composite
def _mutations(draw: st.DrawFn, data: Any) -> Any:
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(sorted(data))) if isinstance(data, dict) and data else None
        paths = _paths(data) if kind is None else _paths(data[kind], (kind,))
        data = _spoilt(data, draw(st.sampled_from(paths)), draw(anything))
    return data


@given(draw=st.data())
@seed(20261123)
@SOME
def test_a_week_with_any_value_in_any_place(draw: st.DataObject, sound: dict[str, Any]) -> None:
    _is_read(*inspect(_bytes(draw.draw(_mutations(sound)))))


ROSTER = {
    "horizon": {"start": "2026-11-23", "days": 7},
    "instance": "x",
    "assignments": [
        {"task": "v", "slot": 0, "person": "w", "place": "p"}
        | {"start": "2026-11-23T09:00", "end": "2026-11-23T10:00"}
    ],
    "score": {"hard": 0, "medium": 0, "soft": 0},
    "outcome": {"seconds": 1.5, "ended_at": "2026-11-23T09:00:00+08:00", "limits": {"steps": 3}},
    "figures": {"roster": {"slots": 3}},
}
CHANGES = {
    "horizon": {"start": "2026-11-23", "days": 7},
    "changes": [
        {"kind": "cancel", "task": "v"},
        {"kind": "absence", "person": "w", "from": "2026-11-23T09:00", "to": "2026-11-24T09:00"},
        {
            "kind": "windows",
            "visit": "v",
            "windows": [{"from": "2026-11-23T09:00", "to": "2026-11-23T10:00"}],
        },
        {"kind": "assign", "task": "v", "slot": 0, "person": "w", "start": "2026-11-23T09:00"},
        {
            "kind": "new",
            "places": [{"id": "q", "name": "q", "point": {"longitude": 1, "latitude": 2}}],
        },
    ],
    "freeze": {"time": "2026-11-24T08:00"},
}
WORKED = {
    "horizon": {"start": "2026-11-23", "days": 7},
    "instance": "x",
    "departures": [
        {"task": "v", "slot": 0, "done": False, "start": "2026-11-23T09:00", "rating": 5}
    ],
}


@given(data=st.one_of(_mutations(ROSTER), _mutations(CHANGES), _mutations(WORKED), anything))
@seed(20261123)
@SOME
def test_a_roster_changes_or_a_worked_week_with_any_value_in_any_place(data: Any) -> None:
    horizon = Horizon.model_validate(ROSTER["horizon"])
    body = _bytes(data)
    for read in (read_roster, lambda body: read_changes(body, horizon), read_worked):
        try:
            read(body)
        except InputError as error:
            _are_told(error.problems)


@given(draw=st.data())
@seed(20261123)
@SOME
def test_a_roster_of_a_week_with_any_value_in_any_place(
    draw: st.DataObject, sound: dict[str, Any]
) -> None:
    week, _ = inspect(_bytes(sound))
    assert week is not None
    visit = week.visits[0]
    part = {"task": visit.id, "slot": 0, "person": week.people[0].id, "place": visit.places[0]}
    part |= {"start": "2026-11-23T09:00", "end": "2026-11-23T10:00"}
    roster = {**ROSTER, "instance": week.id, "assignments": [part, dict(part)]}
    try:
        check_read(expand(week), read_roster(_bytes(draw.draw(_mutations(roster)))))
    except (InputError, NotARosterError) as error:
        _are_told(error.problems)


@given(data=st.binary(max_size=200) | st.text('{}[]":,0e-"\\u\n aé', max_size=60).map(str.encode))
@seed(20261123)
@SOME
def test_any_bytes(data: bytes) -> None:
    _is_read(*inspect(data))
    _workbook(data)


def _workbook(data: bytes) -> None:
    try:
        refuse_unsafe(data, "week.xlsx")
        _is_read(*inspect_workbook(data)[:2])
    except InputError as error:
        _are_told(error.problems)


@pytest.fixture(scope="module")
def book(sound: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    instance, _ = inspect(_bytes(sound))
    assert instance is not None
    path = tmp_path_factory.mktemp("book") / "week.xlsx"
    write_instance(path, instance, "zh")
    return path.read_bytes()


def _repacked(book: bytes, changed: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, changed.get(part.filename, old.read(part)))
    return packed.getvalue()


VALUES = ["", "0", "1e308", "-1", "NaN", "46000.5", "99999999", "墨" * 300, "=1+1", "9999-12-31"]
VALUES += ["2026-11-23", "周一", "&#0;", "&#xD800;", "<", "25:61", "1e400", "true"]


@given(draw=st.data())
@seed(20261123)
@settings(SOME, max_examples=max(15, SOME.max_examples // 10))
def test_a_workbook_with_any_value_or_any_bytes_in_any_place(
    draw: st.DataObject, book: bytes
) -> None:
    with zipfile.ZipFile(BytesIO(book)) as packed:
        name = draw.draw(st.sampled_from([part.filename for part in packed.infolist()]))
        text = packed.read(name)
    at = draw.draw(st.integers(0, len(text)))
    to = min(len(text), at + draw.draw(st.integers(0, 40)))
    value = draw.draw(st.sampled_from(VALUES).map(str.encode) | st.binary(max_size=20))
    _workbook(_repacked(book, {name: text[:at] + value + text[to:]}))
    whole = draw.draw(st.integers(0, len(book)))
    _workbook(book[:whole] + value + book[whole + len(value) :])
    _workbook(book[:whole])
