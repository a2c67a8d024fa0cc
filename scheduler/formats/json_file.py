"""Instances and rosters as JSON files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from scheduler.formats.atomic import write_text
from scheduler.formats.decode import decode, load
from scheduler.formats.parse import (
    RecordT,
    parse_changes,
    parse_instance,
    parse_record,
    parse_root,
    parse_roster,
)
from scheduler.model import Horizon, InputError, Instance, Problem, Roster, WorkedWeek
from scheduler.model.changes import Changes
from scheduler.model.errors import listed
from scheduler.rules import rules

ParsedT = TypeVar("ParsedT")


def inspect(source: Path | bytes) -> tuple[Instance | None, list[Problem]]:
    """The instance (None where it cannot be read) and every problem, warnings included."""
    try:
        data, problems = decode(load(source))
    except InputError as error:
        return None, error.problems
    instance, faults = parse_instance(data, rules())
    reported = {problem.pointer for problem in problems}
    others = [problem for problem in faults if problem.pointer not in reported]
    return instance, listed(problems + others)


def read_instance(source: Path | bytes, name: str = "") -> Instance:
    """The instance of a JSON file or its bytes. Raises InputError listing every error.

    name: how the file is called in messages (its path where left out).
    """
    return read_warned(source, name)[0]


def read_warned(source: Path | bytes, name: str = "") -> tuple[Instance, list[Problem]]:
    """As `read_instance`, with the warnings."""
    instance, problems = inspect(source)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or instance is None:
        raise InputError(errors, name or _name(source))
    return instance, problems


def read_roster(source: Path | bytes, name: str = "") -> Roster:
    """The roster of a JSON file or its bytes. The checker says whether it fits an instance.

    Raises InputError listing every error of its form.
    """
    return _read(source, name, parse_roster)


def read_changes(source: Path | bytes, horizon: Horizon, name: str = "") -> Changes:
    """The changes of a JSON file or its bytes, against the horizon of the week that they change.

    Raises InputError listing every error of their form.
    """
    return _read(source, name, lambda data: parse_changes(data, horizon))


def read_record(
    source: Path | bytes, model: type[RecordT], horizon: Horizon, name: str = ""
) -> RecordT:
    """One record of an instance, such as a visit, against the instance's horizon.

    Raises InputError listing every error of its form.
    """
    return _read(source, name, lambda data: parse_record(data, model, horizon))


def read_worked(source: Path | bytes, name: str = "") -> WorkedWeek:
    """The record of a week as it was worked. `scheduler.weeks.worked` says whether it fits a roster.

    Raises InputError listing every error of its form.
    """
    return _read(source, name, lambda data: parse_root(data, WorkedWeek, "worked"))


def _read(
    source: Path | bytes, name: str, parse: Callable[[Any], tuple[ParsedT | None, list[Problem]]]
) -> ParsedT:
    name = name or _name(source)
    try:
        data, problems = decode(load(source))
    except InputError as error:
        raise InputError(error.problems, name) from None
    record, faults = parse(data)
    if problems or faults or record is None:
        raise InputError(problems + faults, name)
    return record


def _name(source: Path | bytes) -> str:
    return "" if isinstance(source, bytes) else str(source)


def dump(record: Instance | Roster) -> str:
    """JSON text: moments as local date-times, fields without a value left out."""
    return record.model_dump_json(exclude_none=True, indent=1) + "\n"


def write_instance(path: Path, instance: Instance) -> None:
    """Write an instance as a whole, or leave the old file."""
    write_text(path, dump(instance))


def write_roster(path: Path, roster: Roster) -> None:
    """Write a roster as a whole, or leave the old file."""
    write_text(path, dump(roster))
