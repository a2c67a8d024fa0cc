"""Instances and rosters as JSON files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from scheduler.formats.atomic import write_text
from scheduler.formats.decode import decode, load
from scheduler.formats.parse import (
    Part,
    parse_changes,
    parse_instance,
    parse_record,
    parse_root,
    parse_roster,
)
from scheduler.model import Horizon, InputError, Instance, Problem, Roster, Worked
from scheduler.model.changes import Changes
from scheduler.rules import rules

Record = TypeVar("Record")


def inspect(source: Path | bytes) -> tuple[Instance | None, list[Problem]]:
    """The instance, as far as it can be read, and every problem, warnings included."""
    try:
        data, found = decode(load(source))
    except InputError as error:
        return None, error.problems
    instance, more = parse_instance(data, rules())
    odd = {problem.pointer for problem in found}
    return instance, found + [problem for problem in more if problem.pointer not in odd]


def read_instance(source: Path | bytes, name: str = "") -> Instance:
    """The instance of a JSON file or its bytes. Raises InputError listing every error.

    name: how the file is called in messages (its path where left out).
    """
    instance, found = inspect(source)
    errors = [problem for problem in found if problem.severity == "error"]
    if errors or instance is None:
        raise InputError(errors, name or _name(source))
    return instance


def read_roster(source: Path | bytes, name: str = "") -> Roster:
    """The roster of a JSON file or its bytes. Whether it fits an instance, the checker says.

    Raises InputError listing every error of its form.
    """
    return _read(source, name, parse_roster)


def read_changes(source: Path | bytes, horizon: Horizon, name: str = "") -> Changes:
    """The changes of a JSON file or its bytes, against the horizon of the week that they change.

    Raises InputError listing every error of their form.
    """
    return _read(source, name, lambda data: parse_changes(data, horizon))


def read_record(source: Path | bytes, model: type[Part], horizon: Horizon, name: str = "") -> Part:
    """One record of an instance, such as a visit, against the instance's horizon.

    Raises InputError listing every error of its form.
    """
    return _read(source, name, lambda data: parse_record(data, model, horizon))


def read_worked(source: Path | bytes, name: str = "") -> Worked:
    """The record of a week as it was worked. Whether it fits a roster, `scheduler.weeks.worked` says.

    Raises InputError listing every error of its form.
    """
    return _read(source, name, lambda data: parse_root(data, Worked))


def _read(
    source: Path | bytes, name: str, parse: Callable[[Any], tuple[Record | None, list[Problem]]]
) -> Record:
    name = name or _name(source)
    try:
        data, found = decode(load(source))
    except InputError as error:
        raise InputError(error.problems, name) from None
    record, more = parse(data)
    if found or more or record is None:
        raise InputError(found + more, name)
    return record


def _name(source: Path | bytes) -> str:
    return "" if isinstance(source, bytes) else str(source)


def dump(record: Instance | Roster) -> str:
    """JSON text: moments as local date-times, fields without a value left out."""
    data = record.model_dump(mode="json", exclude_none=True)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write_instance(path: Path, instance: Instance) -> None:
    """Write an instance whole, or leave what was there."""
    write_text(path, dump(instance))


def write_roster(path: Path, roster: Roster) -> None:
    """Write a roster whole, or leave what was there."""
    write_text(path, dump(roster))
