"""Edits of tables: a record of the instance as it shall be, or gone. All faults are found at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import Field, ValidationError

from scheduler.due import expand
from scheduler.formats import structure
from scheduler.formats.parse import parse_record
from scheduler.model import (
    Assignment,
    InputError,
    Instance,
    Problem,
    Roster,
    RuleSetting,
    Settings,
    Shift,
)
from scheduler.model.base import Record
from scheduler.model.faults import errors
from scheduler.model.pointer import nearest, parts, pointer, shortened
from scheduler.model.tasks import slots
from scheduler.rules import rules
from scheduler.weeks.replan.steps import without_tasks
from service.weeks.state import WeekState

TABLES = ("areas", "places", "people", "households", "duties", "cases", "visits", "shifts")
"""Collections whose records have an id."""
WHOLE = ("title", "settings", "freeze", "gaps", "pairs", "history")
"""Fields that are edited as one; `id` is empty."""

RULES = "rules"
"""Name of the settings of rules, each edited by itself by the rule's id; null: as the rule is by itself."""


class Edit(Record):
    """A record of the week is this, from now on (改资料)."""

    kind: str = Field(default="edit", pattern="^edit$")
    """Says that this edits a table."""
    collection: str
    """people, places, visits …; rules: how one counts; or settings, freeze, gaps, pairs, history, title: all of it."""
    id: str = ""
    """Of the record; there need be none of it yet. Empty for what is edited as one."""
    record: Any
    """The whole record, as the instance's format has it; null: it is gone."""


@dataclass(frozen=True)
class Placed:
    """An edit and its number among the changes of its command."""

    number: int
    edit: Edit


def read(data: Mapping[str, Any], number: int) -> Placed:
    """An edit from JSON. Raises InputError with its faults."""
    try:
        edit = Edit.model_validate(data)
    except ValidationError as error:
        raise InputError(_below(structure.problems(error, data, Edit), number)) from None
    known = (*TABLES, *WHOLE, RULES)
    if edit.collection not in known:
        raise InputError(
            [
                Problem(
                    code="not_one_of",
                    pointer=pointer("changes", number, "collection"),
                    value=shortened(edit.collection),
                    slots={
                        "allowed": ", ".join(known),
                        "suggestion": nearest(edit.collection, known),
                    },
                )
            ]
        )
    return Placed(number, edit)


def edited(state: WeekState, edits: Sequence[Placed]) -> WeekState:
    """The state after edits: what no longer can be of its roster has fallen. Raises InputError with every fault."""
    problems: list[Problem] = []
    instance: Instance = state.instance
    for placed in edits:
        try:
            instance = _one(instance, placed)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    problems = [
        problem.model_copy(update={"pointer": _in_edits(instance, problem.pointer, edits)})
        for problem in errors(instance, rules())
    ]
    if problems:
        raise InputError(problems)
    week = expand(instance)
    return state.changed(week, fitting(week, state.roster))


def fitting(week: Instance, roster: Roster) -> Roster:
    """The roster without what the week has no longer; shifts where and when they are now."""
    fitted = tuple(now for part in roster.assignments if (now := _fitted(week, part)) is not None)
    if fitted == roster.assignments:
        return roster
    return roster.with_assignments(fitted)


def _fitted(week: Instance, part: Assignment) -> Assignment | None:
    task = week.task_by_id.get(part.task)
    if task is None or part.person not in week.person_by_id or part.place not in week.place_by_id:
        return None
    task_slots = slots(task)
    if part.slot >= len(task_slots):
        return None
    start, place = (task.start, task.place) if isinstance(task, Shift) else (part.start, part.place)
    end = start + task_slots[part.slot].duration
    if (start, end, place) == (part.start, part.end, part.place):
        return part
    return part.model_copy(update={"start": start, "end": end, "place": place})


def _one(instance: Instance, placed: Placed) -> Instance:
    edit, number = placed.edit, placed.number
    if edit.collection in WHOLE:
        return instance.changed(**{edit.collection: _whole(instance, placed)})
    if edit.collection == RULES:
        return instance.changed(settings=_with_rule(instance, placed))
    records = getattr(instance, edit.collection)
    if edit.record is None:
        if not any(record.id == edit.id for record in records):
            raise InputError([_unknown(placed, [record.id for record in records])])
        return _without(instance, edit)
    model = get_args(Instance.model_fields[edit.collection].annotation)[0]
    data = {"id": edit.id, **edit.record} if isinstance(edit.record, dict) else edit.record
    record, problems = parse_record(data, model, instance.horizon)
    if record is None:
        raise InputError(_below(problems, number, "record"))
    if record.id != edit.id:
        raise InputError(
            [
                Problem(
                    code="another_id",
                    pointer=pointer("changes", number, "record", "id"),
                    value=shortened(record.id),
                    slots={"expected": edit.id},
                )
            ]
        )
    there = any(one.id == edit.id for one in records)
    now = tuple(record if one.id == edit.id else one for one in records)
    return instance.changed(**{edit.collection: now if there else (*now, record)})


def _without(instance: Instance, edit: Edit) -> Instance:
    if edit.collection in ("visits", "shifts"):
        return without_tasks(instance, {edit.id})
    left = tuple(one for one in getattr(instance, edit.collection) if one.id != edit.id)
    more: dict[str, Any] = {edit.collection: left}
    if edit.collection == "people":
        # What was said of somebody's own work goes with them.
        more["pins"] = tuple(pin for pin in instance.pins if pin.person != edit.id)
        more["published"] = tuple(part for part in instance.published if part.person != edit.id)
        more["exceptions"] = tuple(one for one in instance.exceptions if one.person != edit.id)
        more["affected"] = tuple(one for one in instance.affected if one != edit.id)
        more["history"] = {id: past for id, past in instance.history.items() if id != edit.id}
    return instance.changed(**more)


def _with_rule(instance: Instance, placed: Placed) -> Settings:
    """The settings with another setting of one rule."""
    edit = placed.edit
    others = {id: one for id, one in instance.settings.rules.items() if id != edit.id}
    if edit.record is not None:
        try:
            others[edit.id] = RuleSetting.model_validate(edit.record)
        except ValidationError as error:
            problems = structure.problems(error, edit.record, RuleSetting)
            raise InputError(_below(problems, placed.number, "record")) from None
    return instance.settings.model_copy(update={"rules": others})


def _whole(instance: Instance, placed: Placed) -> Any:
    """A field that is edited as one, read as in a file that has nothing else."""
    edit = placed.edit
    bare = {
        "horizon": instance.horizon.model_dump(mode="json"),
        "id": "-",
        "places": [],
        "people": [],
    }
    data = bare if edit.record is None else {**bare, edit.collection: edit.record}
    try:
        return getattr(Instance.model_validate(data), edit.collection)
    except ValidationError as error:
        problems = structure.problems(error, data, Instance)
        found = [
            problem.model_copy(
                update={"pointer": problem.pointer.removeprefix(f"/{edit.collection}")}
            )
            for problem in problems
        ]
        raise InputError(_below(found, placed.number, "record")) from None


def _unknown(placed: Placed, ids: Sequence[str]) -> Problem:
    return Problem(
        code="unknown_record",
        pointer=pointer("changes", placed.number, "id"),
        value=shortened(placed.edit.id),
        slots={"suggestion": nearest(placed.edit.id, sorted(ids))},
    )


def _below(problems: Sequence[Problem], *at: str | int) -> list[Problem]:
    start = pointer("changes", *at)
    return [one.model_copy(update={"pointer": start + one.pointer}) for one in problems]


def _in_edits(instance: Instance, at: str, edits: Sequence[Placed]) -> str:
    """A pointer into the edited week as one into the command, where an edit brought the record."""
    path = parts(at)
    for placed in reversed(edits):
        edit = placed.edit
        if edit.collection == RULES and path[:3] == ["settings", "rules", edit.id]:
            return pointer("changes", placed.number, "record", *path[3:])
        if not path or path[0] != edit.collection:
            continue
        if edit.collection in WHOLE:
            return pointer("changes", placed.number, "record", *path[1:])
        records = getattr(instance, edit.collection)
        index = int(path[1]) if len(path) > 1 and path[1].isdecimal() else len(records)
        if index < len(records) and records[index].id == edit.id:
            return pointer("changes", placed.number, "record", *path[2:])
    return at
