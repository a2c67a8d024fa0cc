"""Reading is bounded by construction: so much of everything, so many faults, and no more time than bytes."""

import json
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scheduler.formats import decode as decoding
from scheduler.formats.decode import decode
from scheduler.formats.json_file import inspect, read_changes, read_roster, read_worked
from scheduler.formats.schema import FILES, schema
from scheduler.messages.problems import explain
from scheduler.model import Horizon, InputError, Problem, most
from scheduler.model.errors import MOST_PROBLEMS, listed, warning
from scheduler.model.pointer import Words, nearest
from tests.formats.week import bytes_of, spoilt, week

ROOT = Path(__file__).parents[2]


def told(data: bytes) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in inspect(data)[1]]


def fatal(data: bytes) -> tuple[str, str, str]:
    with pytest.raises(InputError) as caught:
        decode(data)
    [problem] = caught.value.problems
    return problem.code, problem.pointer, problem.slots["most"]


def _visit(number: int, **changed: Any) -> dict[str, Any]:
    return {**week()["visits"][0], "id": f"v{number}", **changed}


def _error(number: int) -> Problem:
    return Problem(code="e", pointer=str(number))


def test_two_hundred_faults_are_listed_and_one_more_says_so() -> None:
    wrong = [_visit(number, duration=-1) for number in range(MOST_PROBLEMS + 1)]
    problems = inspect(bytes_of(week(visits=wrong)))[1]
    assert len(problems) == MOST_PROBLEMS + 1
    assert [problem.pointer for problem in problems[:2]] == [
        "/visits/0/duration",
        "/visits/1/duration",
    ]
    assert (problems[-1].code, problems[-1].severity) == ("more_problems", "error")
    assert "200" in explain(problems[-1], "zh").cause
    assert "200" in explain(problems[-1], "en").cause
    exactly = inspect(bytes_of(week(visits=wrong[:-1])))[1]
    assert [problem.code for problem in exactly] == ["negative_duration"] * MOST_PROBLEMS


def test_listing_stops_at_the_error_that_is_one_too_many() -> None:
    taken = iter(_error(number) for number in range(1000))
    assert len(listed(taken)) == MOST_PROBLEMS + 1
    assert next(taken).pointer == str(MOST_PROBLEMS + 1)


def test_errors_are_listed_before_warnings_and_none_is_missed_behind_many_warnings() -> None:
    warnings = [warning("w", (str(number),), "") for number in range(MOST_PROBLEMS + 50)]
    shown = listed([*warnings, _error(1)])
    assert [problem.code for problem in shown[-3:]] == ["w", "e", "more_problems"]
    assert len(shown) == MOST_PROBLEMS + 1
    assert shown[-1].severity == "error"
    only = listed(warnings)
    assert (len(only), only[-1].severity) == (MOST_PROBLEMS + 1, "warning")
    assert listed(only) == only
    assert listed(warnings[:MOST_PROBLEMS]) == warnings[:MOST_PROBLEMS]


def test_a_week_with_very_many_warnings_is_valid_and_an_error_among_them_is_found() -> None:
    people = [
        {**week()["people"][0], "id": f"w{number}", "availability": []} for number in range(250)
    ]
    instance, problems = inspect(bytes_of(week(people=people, pins=[], visits=[], shifts=[])))
    assert instance is not None
    assert {problem.severity for problem in problems} == {"warning"}
    assert len(problems) == MOST_PROBLEMS + 1
    # Skills that end are warnings of an earlier part than a skill mix of nobody; a slot too many is an error.
    ending = {"skills": {"a": 1}, "skill_until": {"a": "2026-11-24"}}
    people = [{**person, **ending} for person in people]
    people[-1]["skill_until"] = {"b": "2026-11-24"}
    assert ("skill_not_held", "/people/249/skill_until/b") in told(bytes_of(week(people=people)))


def test_every_list_says_in_the_schema_how_long_it_may_be() -> None:
    def unbounded(node: Any, at: str) -> list[str]:
        if isinstance(node, list):
            return [found for part in node for found in unbounded(part, at)]
        if not isinstance(node, dict):
            return []
        here = [at] if node.get("type") == "array" and "maxItems" not in node else []
        return here + [
            found for name, part in node.items() for found in unbounded(part, f"{at}/{name}")
        ]

    for model in FILES.values():
        assert unbounded(json.loads(schema(model)), "") == []


@pytest.mark.parametrize(
    ("path", "entry", "length"),
    [
        ("visits/0/windows", {"from": "2026-11-23T09:00", "to": "2026-11-23T11:00"}, most.SPANS),
        ("people/0/agreed", "door", most.KINDS),
        ("visits/0/excluded", "worker-2", most.PEOPLE),
        ("settings", None, most.TABLE),
        ("people", 0, most.PEOPLE),
    ],
)
def test_a_list_may_be_as_long_as_it_says_and_no_longer(path: str, entry: Any, length: int) -> None:
    def of(count: int) -> bytes:
        if path == "settings":
            table = {"kind": "matrix", "places": [], "minutes": [[]] * count}
            return bytes_of(week(settings={"travel": table}))
        return bytes_of(spoilt(path, [entry] * count))

    at = "/settings/travel/minutes" if path == "settings" else f"/{path}"
    assert ("too_many", at) not in told(of(length))
    assert told(of(length + 1)) == [("too_many", at)]


@pytest.mark.parametrize(
    ("name", "length", "data", "code"),
    [
        ("NODES", 3, b"[1, 2, 3]", "too_many_values"),  # two commas and a bracket
        ("OBJECTS", 2, b"[{}, {}]", "too_many_objects"),
        ("NAMES", 3, b'[{"a": 1, "b": 2}, {"b" : 1, "\\"": 2}]', "too_many_names"),
        ("RECORDS", 3, b"[1, 2, 3]", "too_many"),
        ("RECORDS", 2, b'{"a": 1, "b": 2}', "too_many"),
        ("TEXT", 3, b'{"a": "abc"}', "too_long"),
        (
            "MOST_UNPACKED",
            sys.getsizeof('"\U0001f600a"'),
            '"\U0001f600a"'.encode(),
            "file_too_large",
        ),
    ],
)
def test_as_much_as_is_said_is_read_and_no_more(
    name: str, length: int, data: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, name, length)
    assert decode(data)[1] == []
    monkeypatch.setattr(decoding, name, length - 1)
    if name == "TEXT":
        assert [problem.code for problem in decode(data)[1]] == [code]
        assert fatal(b'{"abcd": 1}')[0] == code
    else:
        assert fatal(data)[0] == code


def test_names_that_stand_twice_are_each_told_once_in_their_own_object() -> None:
    data = b'{"a": {"x": 1, "x": 2}, "a": {}, "b": [{"y": 1, "y": 2, "z": 3, "y": 4}]}'
    assert [problem.pointer for problem in decode(data)[1]] == ["/a", "/b/0/y"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("visits/0/duration", 10**30),
        ("settings", {"travel": {"kind": "straight_line", "detour": 1e308}}),
        ("places/0/point/latitude", -1e308),
        ("visits/0/windows/0/from", 10**400),
    ],
)
def test_numbers_beyond_sense_are_faults(path: str, value: Any) -> None:
    assert "too_large" in [code for code, _ in told(bytes_of(spoilt(path, value)))]


def _due(days: int, duties: int, **duty: Any) -> list[tuple[str, str]]:
    owed = {"household": "home-1", "name": "d", **duty}
    data = week(duties=[{"id": f"d{number}", **owed} for number in range(duties)])
    data["horizon"] = {"start": "2026-11-23", "days": days}
    return [one for one in told(bytes_of(data)) if one[0] == "too_many_due"]


def test_more_visits_than_can_be_planned_do_not_fall_due() -> None:
    # Every day of 400: 124 duties and the two visits are 49,602, a 125th makes 50,002. Each has one day
    # (half a rhythm of one day is none), but the first of a duty never done has all 400.
    assert _due(400, 124, every_days=1) == []
    assert _due(400, 125, every_days=1) == [("too_many_due", "/horizon/days")]
    # Once in 400 days, never done: 1,250 visits on any of 400 days are 500,000 days.
    assert _due(400, 1250, every_days=400) == []
    assert _due(400, 1251, every_days=400) == [("too_many_due", "/horizon/days")]


def test_sessions_without_days_between_them_are_counted_too() -> None:
    case = {"name": "c", "kind": "k", "places": ["plaza"], "sessions": 1000, "every_days": [0, 0]}
    cases = [{"id": f"c{number}", **case} for number in range(50)]
    assert ("too_many_due", "/horizon/days") in told(bytes_of(week(cases=cases)))


def test_more_people_than_can_be_meant_are_a_fault_of_the_work_that_is_too_much() -> None:
    # The two visits take two; 399 shifts of 1,000 make 399,002, one of 998 fills 400,000.
    shift = {**week()["shifts"][0], "needs": [{"minimum": 1000}]}
    shifts = [{**shift, "id": f"s{number}"} for number in range(400)]
    shifts[-1]["needs"] = [{"minimum": 998}]
    assert "too_many_slots" not in [code for code, _ in told(bytes_of(week(shifts=shifts)))]
    shifts[-1]["needs"] = [{"minimum": 999}]
    assert told(bytes_of(week(shifts=shifts))) == [("too_many_slots", "/shifts/399")]


def test_areas_lie_in_so_many_others_at_most() -> None:
    chain = [{"id": "a0", "name": "a", "kind": "grid"}]
    chain += [
        {"id": f"a{number}", "name": "a", "kind": "grid", "parent": f"a{number - 1}"}
        for number in range(1, most.AREAS_DEEP + 1)
    ]
    assert told(bytes_of(week(areas=chain[:-1]))) == []
    assert told(bytes_of(week(areas=chain))) == [
        ("area_too_deep", f"/areas/{most.AREAS_DEEP}/parent")
    ]


def test_of_very_many_words_those_that_begin_or_end_alike_are_meant() -> None:
    words = Words([f"worker-{number:05}" for number in range(5000)] + ["station-west", "plaza"])
    assert nearest("worker-01234x", words) == "worker-01234"
    assert nearest("tation-west", words) == "station-west"
    assert nearest("zzz", words) == ""
    assert nearest("plasa", words) == "plaza"


BASE = {
    "id": "x",
    "horizon": {"start": "2026-11-23", "days": 7},
    "places": [{"id": "p", "name": "p"}],
    "people": [{"id": "w", "name": "w", "role": "grid_worker"}],
}
ROSTER = b'{"horizon": {"start": "2026-11-23", "days": 7}, "instance": "x", '


def _week(**fields: Any) -> bytes:
    return json.dumps({**BASE, **fields}).encode()


def _people(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [{**BASE["people"][0], "id": f"w{number}", **fields} for number in range(count)]


def _visits(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [_visit(number, places=["p"], **fields) for number in range(count)]


LONG = [{"from": "2026-11-29T09:00", "to": "2026-11-29T10:00"}]
HEAVY: dict[str, Callable[[], bytes]] = {
    "zeros": lambda: b'{"visits": [' + b"0," * 250_000 + b"0]}",
    "empty records": lambda: b'{"visits": [' + b"{}," * 49_000 + b"{}]}",
    "empty windows": lambda: (
        _week()[:-1]
        + b', "visits": ['
        + b",".join([b'{"windows": [' + b"{}," * 99 + b"{}]}"] * 1500)
        + b"]}"
    ),
    "doubled names": lambda: (
        b"{" + b",".join(b'"k%d":0,"k%d":1' % (n, n) for n in range(20_000)) + b"}"
    ),
    "unknown references": lambda: _week(
        people=_people(3000), affected=[f"v{n:06}" for n in range(5000)]
    ),
    "ties": lambda: _week(visits=[_visit(n, places=["p"], tie=f"t{n}") for n in range(2500)]),
    "pins of one shift": lambda: _week(
        shifts=[{**week()["shifts"][0], "place": "p", "needs": [{"minimum": 1000}] * 5}],
        pins=[{"task": "shift-1", "slot": n} for n in range(17_000)],
    ),
    "visits and people": lambda: _week(
        people=_people(1500, availability=LONG), visits=_visits(1500)
    ),
    "levels": lambda: _week(
        people=_people(1500, skills={"a": 5000}),
        visits=[_visit(n, places=["p"], slots=[{"skills": {"a": n}}]) for n in range(1500)],
    ),
    "kinds": lambda: _week(
        people=[{**BASE["people"][0], "agreed": [f"kin{n}" for n in range(1900)]}] * 1,
        visits=[_visit(n, places=["p"], kind=f"kind{n}") for n in range(1900)],
    ),
    "deep": lambda: b"[" * 500_000,
    "digits": lambda: b'{"visits": [' + b",".join([b"9" * 4000] * 125) + b"]}",
    "assignments": lambda: ROSTER + b'"assignments": [' + b"{}," * 160_000 + b"{}]}",
    "changes": lambda: b'{"changes": [' + b'{"kind": "x"},' * 19_000 + b'{"kind": "x"}]}',
    "departures": lambda: ROSTER + b'"departures": [' + b"{}," * 160_000 + b"{}]}",
}


def main() -> None:
    """Read what is heavy, in a process that has a second of processor time for each and 300 MB."""
    resource.setrlimit(resource.RLIMIT_CPU, (len(HEAVY) + 5, len(HEAVY) + 5))
    horizon = Horizon.model_validate(BASE["horizon"])
    for name, make in HEAVY.items():
        data = make()
        assert len(data) < 700_000, name
        problems = []
        try:
            if name == "changes":
                read_changes(data, horizon)
            elif name == "departures":
                read_worked(data)
            elif name == "assignments":
                read_roster(data)
            else:
                problems = inspect(data)[1]
        except InputError as error:
            problems = error.problems
        print(name, len(problems))
    # Of this program alone: what `getrusage` tells begins with what the process was before.
    [most_kilobytes] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    print("most", int(most_kilobytes) // 1024)


def test_half_a_megabyte_of_anything_takes_less_than_a_second_and_300_megabytes() -> None:
    child = subprocess.run(
        [sys.executable, "-m", __name__], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stdout + child.stderr
    figures = dict(line.rsplit(" ", 1) for line in child.stdout.splitlines())
    assert figures.keys() == {*HEAVY, "most"}
    assert all(0 < int(figures[name]) <= MOST_PROBLEMS + 1 for name in HEAVY)
    assert int(figures["most"]) < 300


if __name__ == "__main__":
    main()


@pytest.mark.parametrize(
    ("typed", "words", "meant"),
    [
        ("3栋", ["5栋", "荷花亭"], ""),
        ("3栋", ["５栋"], ""),
        ("3栋楼", ["5栋楼", "3栋"], "3栋"),
        ("worker-3", ["worker-03"], "worker-03"),
        ("5栋1单元", ["5栋2单元"], ""),
    ],
)
def test_another_number_is_no_misspelling(typed: str, words: list[str], meant: str) -> None:
    assert nearest(typed, words) == meant
