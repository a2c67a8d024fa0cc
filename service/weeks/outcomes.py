"""What people say became of work: read, checked against the week, and noted."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from scheduler.formats.parse import parse_root
from scheduler.formats.structure import problems as structure_problems
from scheduler.model import Assignment, InputError, Problem, WorkedWeek
from scheduler.model.base import Record
from scheduler.model.pointer import pointer
from scheduler.model.time import Moment, clock
from scheduler.weeks.worked import worked_roster
from service import inputs
from service.problems import invalid
from service.store import closings
from service.store.closings import OutcomeRow
from service.weeks.closing import NOT_DONE, OUTSIDE, lacking, reckoned
from service.weeks.state import WeekState

_DEPARTS = ("person", "start", "end", "outcome", "rating")
_RATED = ("rating", "rating_words")
Part = tuple[str, int]
Inside = Callable[[str], bool]
"""Whether somebody may say what became of a task."""


class OutsideWork(Record):
    """Work that nobody had planned, as it is kept. start, end: ticks."""

    name: str
    kind: str
    person: str
    place: str
    household: str | None = None
    start: Moment
    end: Moment


def note(
    session: Session,
    week: str,
    now: WeekState,
    outcomes: Sequence[Mapping[str, Any]],
    outside: Sequence[Mapping[str, Any]],
    rest: Inside | None,
    by: Mapping[str, Any],
) -> tuple[list[Part], list[Assignment]]:
    """Note what became of work. Returns the parts of which something is said newly, and those that lack it.

    outcomes, outside: as JSON, true ids. rest: of which other tasks everything is done as planned; None:
    of none. by: account and its name. Raises ServiceError with every fault.
    """
    rows = closings.outcomes(session, week)
    known = {(row.task, row.slot) for row in rows}
    said, problems = _outcomes(now, outcomes, rows)
    besides, more = _outside(now, outside, {row.task for row in rows})
    if problems or more:
        raise invalid([*problems, *more])
    said.update(besides)
    if rest is not None:
        left = lacking(reckoned(now, rows))
        for part in left:
            if rest(part.task):
                said.setdefault((part.task, part.slot), {"result": "done"})
    _keep_ratings(rows, said)
    had = {(part.task, part.slot): part.person for part in now.roster.assignments}
    closings.forget(session, week, said)
    closings.note(
        session,
        week,
        [
            {"task": at[0], "slot": at[1], "person": had.get(at), "said": one, **by}
            for at, one in said.items()
            if one is not None
        ],
    )
    fresh = [at for at, one in said.items() if one is not None and at not in known]
    return fresh, lacking(reckoned(now, closings.outcomes(session, week)))


def _keep_ratings(rows: Sequence[OutcomeRow], said: Mapping[Part, dict[str, Any] | None]) -> None:
    """Leave how done work was rated as it was, where what is said of it anew says nothing of that."""
    for row in rows:
        anew = said.get((row.task, row.slot))
        if anew is not None and anew["result"] not in NOT_DONE and "rating" not in anew:
            anew |= {name: row.said[name] for name in _RATED if name in row.said}


def outside_places(session: Session, week: str) -> dict[str, str]:
    """Id of each work that nobody had planned → place where it was done."""
    rows = closings.outcomes(session, week)
    return {row.task: row.said["visit"]["place"] for row in rows if "visit" in row.said}


def _outcomes(
    now: WeekState, outcomes: Sequence[Mapping[str, Any]], rows: Sequence[OutcomeRow]
) -> tuple[dict[Part, dict[str, Any] | None], list[Problem]]:
    """Part → what is said of it, None: nothing any more. And every fault."""
    outside = {(row.task, row.slot) for row in rows if "visit" in row.said}
    said: dict[Part, dict[str, Any] | None] = {}
    departures, at = [], []
    for number, one in enumerate(outcomes):
        part = one["task"], one["slot"]
        if one["result"] is None:
            said[part] = None
        elif part not in outside:
            done = one["result"] not in NOT_DONE
            fields = {name: one[name] for name in _DEPARTS if one.get(name) is not None}
            departures.append({"task": part[0], "slot": part[1], "done": done, **fields})
            at.append(number)
    data = {
        "horizon": now.instance.horizon.model_dump(mode="json"),
        "instance": now.instance.id,
        "departures": departures,
    }
    worked, problems = parse_root(data, WorkedWeek, "worked")
    if worked is not None and not problems:
        try:
            worked_roster(now.instance, now.roster, worked)
        except InputError as error:
            problems = list(error.problems)
    if worked is None or problems:
        return said, [_moved(problem, at) for problem in problems]
    for number, departure in zip(at, worked.departures, strict=True):
        one = outcomes[number]
        kept = {name: getattr(departure, name) for name in _DEPARTS}
        fields = {name: value for name, value in kept.items() if value is not None}
        words = {"note": one["note"]} if one.get("note") else {}
        said[departure.task, departure.slot or 0] = {"result": one["result"], **fields, **words}
    return said, []


def _moved(problem: Problem, at: Sequence[int]) -> Problem:
    """A fault of a departure, at the outcome that it was made of."""
    _, _, number, *rest = problem.pointer.split("/")
    place = "/".join(["", "outcomes", str(at[int(number)]), *rest])
    return problem.model_copy(update={"pointer": place})


def _outside(
    now: WeekState, outside: Sequence[Mapping[str, Any]], taken: set[str]
) -> tuple[dict[Part, dict[str, Any] | None], list[Problem]]:
    said: dict[Part, dict[str, Any] | None] = {}
    problems: list[Problem] = []
    number = 0
    for at, one in enumerate(outside):
        fields = {name: value for name, value in one.items() if name != "note"}
        work, found = _work(now, fields)
        problems += inputs.placed(found, pointer("outside", at))
        if work is None or found:
            continue
        number += 1
        while (id := f"{OUTSIDE}{number}") in taken or id in now.instance.task_by_id:
            number += 1
        words = {"note": one["note"]} if one.get("note") else {}
        said[id, 0] = {"result": "done", "visit": work.model_dump(), **words}
    return said, problems


def _work(now: WeekState, fields: Mapping[str, Any]) -> tuple[OutsideWork | None, list[Problem]]:
    week = now.instance
    horizon = week.horizon
    try:
        with clock(horizon.start, horizon.ticks_per_minute):
            work = OutsideWork.model_validate(fields)
    except ValidationError as error:
        return None, structure_problems(error, dict(fields), OutsideWork)
    tables: dict[str, Mapping[str, Any]] = {
        "person": week.person_by_id,
        "place": week.place_by_id,
        "household": week.household_by_id,
    }
    problems = [
        Problem(code=f"unknown_{name}", pointer=pointer(name), value=id)
        for name, table in tables.items()
        if (id := getattr(work, name)) is not None and id not in table
    ]
    if not 0 <= work.start < horizon.end:
        days = {"first": f"{horizon.date(0)}", "last": f"{horizon.date(horizon.days - 1)}"}
        problems.append(
            Problem(
                code="outside_horizon", pointer="/start", value=str(fields["start"]), slots=days
            )
        )
    elif work.end <= work.start:
        problems.append(Problem(code="ends_before_start", pointer="/end", value=str(fields["end"])))
    return work, problems
