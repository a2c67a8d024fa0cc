"""The map from a platform's columns and words to our fields, a small TOML file."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from scheduler.formats import structure
from scheduler.formats.decode import load
from scheduler.model import InputError, Problem, Role
from scheduler.model.base import Record
from scheduler.model.pointer import shortened

OrderField = Literal[
    "id", "name", "kind", "place", "area", "household", "priority", "due", "when", "minutes", "state",
]  # fmt: skip
_BARE_KEY = re.compile(
    r"""(^[ \t]*|[\[{,.][ \t]*)([^\W\d]*[^\x00-\x7f][\w-]*)(?=[ \t]*[=.\]])""", re.MULTILINE
)
OTHER = "other"
"""The kind of work that stands for every word of the list that has none of its own."""


class KindOfWork(Record):
    """What a word of the list for a kind of work means."""

    kind: str | None = None
    """Kind of the visit; None: the list's word."""
    minutes: int | None = Field(default=None, ge=1)
    """How long it takes; None: the list's column says so."""
    crew: int = Field(default=1, ge=1, le=8)
    """How many people go."""
    roles: tuple[Role, ...] = ()
    """Roles that may go; empty: any."""
    skills: dict[str, Annotated[int, Field(ge=1)]] = {}
    """Skills that the first of them needs, each with its least level."""
    private: bool = False
    """Needs a private place and people with clearance."""


class ResultColumns(Record):
    """Columns for the results; None: not told."""

    who: str | None = None
    """Names of those who go."""
    start: str | None = None
    """Date and time of the start."""
    end: str | None = None
    """Date and time of the end."""
    place: str | None = None
    """Name of the place."""
    state: str | None = None
    """One of `StateWords`; may be the column that the list has for it."""


class StateWords(Record):
    """What the platform is told of an order."""

    planned: str = "已安排"
    """Everybody who is needed has been found."""
    short: str = "部分安排"
    """Somebody goes, and somebody is still missing."""
    open: str = "未安排"
    """Nobody goes."""


class OrderMap(Record):
    """Which of the platform's columns and words mean what."""

    columns: dict[OrderField, str]
    """Our field → the list's column. Needed: id; and place or household."""
    kinds: dict[str, KindOfWork] = {}
    """The list's word → what it means; "other": every other word."""
    priorities: dict[str, Annotated[int, Field(ge=1, le=5)]] = {}
    """The list's word → priority, 5 the most urgent."""
    closed: tuple[str, ...] = ()
    """Words of the state column for orders that need nobody any more: they are cancelled."""
    hours: str = "周一至周五 9:00-17:00"
    """When a visit may start where the list names no time."""
    new_places: bool = False
    """Whether a place that is not in the week is added to it; else it is a fault."""
    results: ResultColumns = ResultColumns()
    """Columns of the results."""
    states: StateWords = StateWords()
    """Words for the results' state."""


def read_map(source: Path | bytes, name: str = "") -> OrderMap:
    """The map of a TOML file or its bytes. Raises InputError listing every fault.

    name: how the file is called in messages (its path where left out).
    """
    name = name or ("" if isinstance(source, bytes) else str(source))
    try:
        data = _toml(load(source).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError([Problem(code="orders_map_not_utf8", pointer="")], name) from None
    except tomllib.TOMLDecodeError as error:
        slots = {"reason": str(error)}
        raise InputError([Problem(code="orders_not_toml", pointer="", slots=slots)], name) from None
    try:
        read = OrderMap.model_validate(data)
    except ValidationError as error:
        raise InputError(structure.problems(error, data, OrderMap), name) from None
    problems = list(_faults(read))
    if problems:
        raise InputError(problems, name)
    return read


def _toml(text: str) -> dict[str, Any]:
    """The data of a TOML text, also where Chinese keys are not in quotes, as TOML wants them."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        try:
            return tomllib.loads(_BARE_KEY.sub(r'\1"\2"', text))
        except tomllib.TOMLDecodeError:
            pass
        raise


def _faults(read: OrderMap) -> list[Problem]:
    columns = read.columns
    problems = []
    if "id" not in columns:
        problems.append(Problem(code="orders_column_needed", pointer="/columns/id"))
    if not {"place", "household"} & columns.keys():
        problems.append(Problem(code="orders_column_needed", pointer="/columns/place"))
    if "kind" not in columns and OTHER not in read.kinds:
        problems.append(Problem(code="orders_kind_needed", pointer="/kinds/other"))
    if read.closed and "state" not in columns:
        problems.append(Problem(code="orders_column_needed", pointer="/columns/state"))
    for field in ("who", "start", "end", "place"):
        column = getattr(read.results, field)
        if column is not None and column in columns.values():
            # what the platform wrote would be lost
            problems.append(
                Problem(
                    code="orders_column_twice",
                    pointer=f"/results/{field}",
                    value=shortened(column),
                )
            )
    return problems
