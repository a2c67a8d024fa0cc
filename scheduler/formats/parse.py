"""A JSON value to an instance or a roster, with every problem at once.

Where some records are broken, an instance without them is still searched for faults; pointers are
those of the file.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from scheduler.due import unplanned
from scheduler.formats import structure
from scheduler.formats.kind_of_file import FileKind, another_kind_of_json
from scheduler.formats.portions import read_root
from scheduler.model import Horizon, Instance, Problem, Roads, Roster, most
from scheduler.model.base import Record
from scheduler.model.changes import Changes
from scheduler.model.errors import MOST_PROBLEMS, listed, warning
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
"""Kinds of reference to the records of a list, as in the codes ``unknown_<kind>``."""
_NEEDED: dict[str, Any] = {"id": "?", "places": [], "people": []}
RootT = TypeVar("RootT", bound=FileRoot)
_STAND_IN = Horizon(start=date(2001, 1, 1), days=7)


def parse_instance(
    data: Any, rules: Iterable[str] | None = None
) -> tuple[Instance | None, list[Problem]]:
    """The instance (None where a field cannot be read) and its problems as `listed`, warnings included.

    rules: ids of all rules; None: the ids of rules in the settings are not checked.
    """
    instance, problems = _instance(data, rules)
    if instance is not None:
        problems = [*problems, *_of_roads(instance)]
    return instance, listed(problems)


def _of_roads(instance: Instance) -> Iterator[Problem]:
    """A warning where this installation has no road server of the name; only what asks for ways fails."""
    settings = instance.settings.travel
    if isinstance(settings, Roads):
        from scheduler.travel.road_servers import installed  # late: brings what asks a server

        problem = installed().unknown(settings.server)
        if problem is not None:
            yield problem.model_copy(update={"severity": "warning"})


def _instance(data: Any, rules: Iterable[str] | None) -> tuple[Instance | None, list[Problem]]:
    if not isinstance(data, dict):
        return None, [_not_an_object(data)]
    if swapped := another_kind_of_json(data, "week"):
        return None, [swapped]
    horizon, problems = _horizon(data)
    readable = {**data, "horizon": horizon or _STAND_IN}
    instance, unread = read_root(data, horizon or _STAND_IN, Instance)
    problems += unread
    if instance is not None:
        if horizon is None:
            return None, problems + faults(instance, rules, timed=False)
        return instance, _with_due(instance, faults(instance, rules))
    problems += _faults_of_sound_records(readable, problems, rules, timed=horizon is not None)
    return None, problems


def _with_due(instance: Instance, problems: list[Problem]) -> list[Problem]:
    """The problems, and that nothing is to be done, or that more falls due than can be planned."""
    if any(problem.severity == "error" for problem in problems):
        return problems
    horizon = instance.horizon
    visits, days = len(instance.visits), 0
    for due_visit in unplanned(instance):
        last = due_visit.latest if due_visit.late_from is None else horizon.days - 1
        visits, days = visits + 1, days + last - due_visit.earliest + 1
        if visits > most.VISITS or days > most.DUE_DAYS:
            slots = {"most": str(most.VISITS), "days": str(horizon.days)}
            value = shortened(due_visit.source)
            fault = Problem(code="too_many_due", pointer="/horizon/days", value=value, slots=slots)
            return [fault, *problems]
    waiting = bool(instance.duties or instance.cases)
    if waiting and not (visits or instance.shifts):
        return [warning("no_work", ("visits",), "[]"), *problems]
    return problems


def parse_roster(data: Any) -> tuple[Roster | None, list[Problem]]:
    """The roster (None where a field cannot be read) and every problem of its form."""
    roster, problems = parse_root(data, Roster, "roster")
    if roster is None:
        return None, problems
    horizon = roster.horizon
    reach = FAR_DAYS * horizon.day_ticks
    far = (
        Problem(
            code="outside_horizon",
            pointer=pointer("assignments", number, field),
            value=shortened(moment),
            slots={
                "first": horizon.start.isoformat(),
                "last": horizon.date(horizon.days - 1).isoformat(),
            },
        )
        for number, assignment in enumerate(roster.assignments)
        for field, moment in (("start", assignment.start), ("end", assignment.end))
        if not -reach <= moment <= horizon.end + reach
    )
    problems = listed(chain(problems, far))
    return (None if problems else roster), problems


def parse_changes(data: Any, horizon: Horizon) -> tuple[Changes | None, list[Problem]]:
    """Changes (None where a field cannot be read) and every problem of their form.

    horizon: of the week that they change; changes may leave it out.
    """
    if isinstance(data, dict) and "horizon" not in data:
        data = {**data, "horizon": horizon.model_dump(mode="json")}
    changes, faults = parse_root(data, Changes, "changes")
    if changes is not None and changes.horizon != horizon:
        value = changes.horizon.start.isoformat()
        slots = {"expected": horizon.start.isoformat()}
        faults.append(Problem(code="another_horizon", pointer="/horizon", value=value, slots=slots))
        return None, faults
    return changes, faults


RecordT = TypeVar("RecordT", bound=Record)


def parse_record(
    data: Any, model: type[RecordT], horizon: Horizon
) -> tuple[RecordT | None, list[Problem]]:
    """One record of an instance, such as a visit, with moments against the instance's horizon."""
    if not isinstance(data, dict):
        return None, [_not_an_object(data)]
    with clock(horizon.start, horizon.ticks_per_minute):
        try:
            return model.model_validate(data), []
        except ValidationError as error:
            return None, structure.problems(error, data, model)


def parse_root(data: Any, model: type[RootT], kind: FileKind) -> tuple[RootT | None, list[Problem]]:
    """The record at the root of a file (None where a field cannot be read), and every problem of its form."""
    if not isinstance(data, dict):
        return None, [_not_an_object(data)]
    if swapped := another_kind_of_json(data, kind):
        return None, [swapped]
    horizon, problems = _horizon(data)
    record, unread = read_root(data, horizon or _STAND_IN, model)
    return (None if horizon is None else record), problems + unread


def _not_an_object(data: Any) -> Problem:
    return Problem(code="not_an_object", pointer="", value=shortened(data))


def _horizon(data: dict[str, Any]) -> tuple[Horizon | None, list[Problem]]:
    """The horizon, read before all else because moments are read against it."""
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
            for problem in structure.problems(error, data["horizon"], Horizon)
        ]
    except OverflowError:
        slots = {"first": str(YEARS.start), "last": str(YEARS.stop - 1)}
        value = shortened(data["horizon"]["start"])
        return None, [
            Problem(code="horizon_year", pointer="/horizon/start", value=value, slots=slots)
        ]


class _SoundRecords(NamedTuple):
    """A file's data without its broken records."""

    data: dict[str, Any]
    positions: dict[str, list[int]]
    """List → positions in the file of the records that are left."""
    dropped_ids: set[tuple[str, str]]
    """(kind, id) of records that were dropped."""
    dropped_kinds: set[str]
    """Kinds of which a whole list was dropped."""


def _faults_of_sound_records(
    data: dict[str, Any], problems: list[Problem], rules: Iterable[str] | None, timed: bool
) -> list[Problem]:
    if len(problems) > MOST_PROBLEMS:
        return []  # not every broken record is known
    sound = _sound_records(data, [parts(problem.pointer) for problem in problems])
    try:
        instance = Instance.model_validate(sound.data)
    except ValidationError:
        return []
    remaining = []
    for problem in faults(instance, rules, timed=timed, whole=False):
        kind = problem.code.removeprefix("unknown_")
        if kind in sound.dropped_kinds or (kind, problem.value) in sound.dropped_ids:
            continue
        remaining.append(
            problem.model_copy(update={"pointer": _moved(problem.pointer, sound.positions)})
        )
    return remaining


def _sound_records(data: dict[str, Any], paths: list[list[str]]) -> _SoundRecords:
    """The data without the records that the paths of problems lead into."""
    broken: dict[str, set[str]] = {}
    for path in paths:
        if path and path[0] != "horizon":
            broken.setdefault(path[0], set()).add(path[1] if len(path) > 1 else "")
    sound = _SoundRecords(dict(data), {}, set(), set())
    for field, keys in broken.items():
        value, kinds = data.get(field), _KINDS.get(field, ())
        if isinstance(value, list) and "" not in keys:
            sound.positions[field] = [n for n in range(len(value)) if str(n) not in keys]
            sound.data[field] = [value[n] for n in sound.positions[field]]
            dropped = [value[int(key)] for key in keys if int(key) < len(value)]
            names = [record.get("id") for record in dropped if isinstance(record, dict)]
            sound.dropped_ids.update({(kind, shortened(name)) for kind in kinds for name in names})
        elif isinstance(value, dict) and "" not in keys:
            sound.data[field] = {key: part for key, part in value.items() if key not in keys}
        else:
            sound.dropped_kinds.update(kinds)
            sound.data.pop(field, None)
            if field in _NEEDED:
                sound.data[field] = _NEEDED[field]
    return sound


def _moved(at: str, positions: dict[str, list[int]]) -> str:
    """The pointer into the file for one into the data without its broken records."""
    path: list[str | int] = list(parts(at))
    if len(path) > 1 and path[0] in positions:
        path[1] = positions[str(path[0])][int(path[1])]
    return pointer(*path)
