"""A JSON value to an instance or a roster, with every problem at once.

Where some records are broken, the others are still looked at: a stand-in without the broken ones
is searched for faults, and their places are told as the file has them.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from scheduler.formats.structure import problems
from scheduler.model import Horizon, Instance, Problem, Roster
from scheduler.model.base import Record
from scheduler.model.changes import Changes
from scheduler.model.faults import faults
from scheduler.model.faults.moments import FAR_DAYS, YEARS
from scheduler.model.instance import FileRoot
from scheduler.model.pointer import parts, pointer, shortened
from scheduler.model.time import clock

_KINDS = {
    "areas": ("area",),
    "places": ("place",),
    "people": ("person",),
    "households": ("household",),
    "duties": ("duty",),
    "cases": ("case",),
    "visits": ("visit", "task"),
    "shifts": ("task",),
}
"""What may be named from elsewhere, by the list it stands in."""
_NEEDED: dict[str, Any] = {"id": "?", "places": [], "people": []}
Root = TypeVar("Root", bound=FileRoot)
_STAND_IN = Horizon(start=date(2001, 1, 1), days=7)


def parse_instance(
    data: Any, rules: Iterable[str] | None = None
) -> tuple[Instance | None, list[Problem]]:
    """The instance (None where a field cannot be read) and every problem, warnings included.

    rules: ids of the rules there are; None: the settings' names of rules are not looked at.
    """
    if not isinstance(data, dict):
        return None, [_not_an_object(data)]
    horizon, found = _horizon(data)
    readable = {**data, "horizon": horizon or _STAND_IN}
    try:
        instance = Instance.model_validate(readable)
    except ValidationError as error:
        found += problems(error, readable, Instance)
    else:
        if horizon is None:
            return None, found + faults(instance, rules, timed=False)
        return instance, faults(instance, rules)
    found += _of_the_rest(readable, found, rules, timed=horizon is not None)
    return None, found


def parse_roster(data: Any) -> tuple[Roster | None, list[Problem]]:
    """The roster (None where a field cannot be read) and every problem of its form."""
    roster, found = parse_root(data, Roster)
    if roster is None:
        return None, found
    horizon = roster.horizon
    reach = FAR_DAYS * horizon.day_ticks
    for number, one in enumerate(roster.assignments):
        for field, moment in (("start", one.start), ("end", one.end)):
            if not -reach <= moment <= horizon.end + reach:
                found.append(
                    Problem(
                        code="outside_horizon",
                        pointer=pointer("assignments", number, field),
                        value=shortened(moment),
                        slots={
                            "first": horizon.start.isoformat(),
                            "last": horizon.date(horizon.days - 1).isoformat(),
                        },
                    )
                )
    return (None if found else roster), found


def parse_changes(data: Any, horizon: Horizon) -> tuple[Changes | None, list[Problem]]:
    """Changes (None where a field cannot be read) and every problem of their form.

    horizon: of the week that they change, where they do not say.
    """
    if isinstance(data, dict) and "horizon" not in data:
        data = {**data, "horizon": horizon.model_dump(mode="json")}
    found, faults = parse_root(data, Changes)
    if found is not None and found.horizon != horizon:
        value = found.horizon.start.isoformat()
        slots = {"expected": horizon.start.isoformat()}
        faults.append(Problem(code="another_horizon", pointer="/horizon", value=value, slots=slots))
        return None, faults
    return found, faults


Part = TypeVar("Part", bound=Record)


def parse_record(
    data: Any, model: type[Part], horizon: Horizon
) -> tuple[Part | None, list[Problem]]:
    """One record of an instance, such as a visit, with moments against the instance's horizon."""
    if not isinstance(data, dict):
        return None, [_not_an_object(data)]
    try:
        with clock(horizon.start, horizon.ticks_per_minute):
            return model.model_validate(data), []
    except ValidationError as error:
        return None, problems(error, data, model)


def parse_root(data: Any, model: type[Root]) -> tuple[Root | None, list[Problem]]:
    """The record at the root of a file (None where a field cannot be read), and every problem of its form."""
    if not isinstance(data, dict):
        return None, [_not_an_object(data)]
    horizon, found = _horizon(data)
    readable = {**data, "horizon": horizon or _STAND_IN}
    try:
        record = model.model_validate(readable)
    except ValidationError as error:
        return None, found + problems(error, readable, model)
    return (None if horizon is None else record), found


def _not_an_object(data: Any) -> Problem:
    return Problem(code="not_an_object", pointer="", value=shortened(data))


def _horizon(data: dict[str, Any]) -> tuple[Horizon | None, list[Problem]]:
    """Read first and alone, because every moment is told against it."""
    if "horizon" not in data:
        slots = {"field": "horizon"}
        return None, [Problem(code="missing_field", pointer="/horizon", slots=slots)]
    try:
        horizon = Horizon.model_validate(data["horizon"])
        horizon.date(horizon.days)  # raises where the calendar ends
        return horizon, []
    except ValidationError as error:
        return None, [
            problem.model_copy(update={"pointer": f"/horizon{problem.pointer}"})
            for problem in problems(error, data["horizon"], Horizon)
        ]
    except OverflowError:
        slots = {"first": str(YEARS.start), "last": str(YEARS.stop - 1)}
        value = shortened(data["horizon"]["start"])
        return None, [
            Problem(code="horizon_year", pointer="/horizon/start", value=value, slots=slots)
        ]


class _Rest(NamedTuple):
    data: dict[str, Any]
    kept: dict[str, list[int]]
    """Where the records that are left stood, by list."""
    hidden: set[tuple[str, str]]
    """(kind, id) of records that were dropped."""
    gone: set[str]
    """Kinds of which a whole list was dropped."""


def _of_the_rest(
    data: dict[str, Any], found: list[Problem], rules: Iterable[str] | None, timed: bool
) -> list[Problem]:
    rest = _without(data, [parts(problem.pointer) for problem in found])
    try:
        instance = Instance.model_validate(rest.data)
    except ValidationError:
        return []
    told = []
    for problem in faults(instance, rules, timed=timed, whole=False):
        kind = problem.code.removeprefix("unknown_")
        if kind in rest.gone or (kind, problem.value) in rest.hidden:
            continue
        told.append(problem.model_copy(update={"pointer": _moved(problem.pointer, rest.kept)}))
    return told


def _without(data: dict[str, Any], paths: list[list[str]]) -> _Rest:
    """The data without the smallest records that hold a broken place."""
    broken: dict[str, set[str]] = {}
    for path in paths:
        if path and path[0] != "horizon":
            broken.setdefault(path[0], set()).add(path[1] if len(path) > 1 else "")
    rest = _Rest(dict(data), {}, set(), set())
    for field, keys in broken.items():
        value, kinds = data.get(field), _KINDS.get(field, ())
        if isinstance(value, list) and "" not in keys:
            rest.kept[field] = [n for n in range(len(value)) if str(n) not in keys]
            rest.data[field] = [value[n] for n in rest.kept[field]]
            dropped = [value[int(key)] for key in keys if int(key) < len(value)]
            names = [one.get("id") for one in dropped if isinstance(one, dict)]
            rest.hidden.update({(kind, shortened(name)) for kind in kinds for name in names})
        elif isinstance(value, dict) and "" not in keys:
            rest.data[field] = {key: part for key, part in value.items() if key not in keys}
        else:
            rest.gone.update(kinds)
            rest.data.pop(field, None)
            if field in _NEEDED:
                rest.data[field] = _NEEDED[field]
    return rest


def _moved(at: str, kept: dict[str, list[int]]) -> str:
    """A pointer into the data without the broken records, as the file has it."""
    path: list[str | int] = list(parts(at))
    if len(path) > 1 and path[0] in kept:
        path[1] = kept[str(path[0])][int(path[1])]
    return pointer(*path)
