"""What happened to a week since it was planned last: changes that no adopted plan knew of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler.messages import say
from scheduler.messages.names import Names
from scheduler.model.time import to_ticks
from service.access.mask import WeekMask
from service.store import plans, weeks
from service.store.weeks import RevisionRow
from service.weeks.commands import standing
from service.weeks.state import WeekState

HAPPENINGS = ("absence", "presence", "cancel", "new", "closure", "windows", "reopen")
"""Kinds of changes that say what happened, and not what was decided."""


@dataclass(frozen=True)
class Unplanned:
    """A command that told what happened, and the slots that it emptied or brought and that are empty still."""

    row: RevisionRow
    changes: Sequence[Mapping[str, Any]]
    empty: Sequence[tuple[str, int]]


def unplanned(session: Session, week: str, head: WeekState) -> list[Unplanned]:
    """The changes that no adopted plan knew of, the last first. head: the state of the last revision."""
    rows = standing(weeks.revisions(session, week))
    known = {row.id: row.base for row in plans.of_week(session, week)}
    since = max(
        (known.get(str(row.told.get("plan")), 0) for row in rows if row.kind == "plan"), default=0
    )
    filled = {(part.task, part.slot) for part in head.roster.assignments}
    found = []
    for row in reversed(rows):
        changes = [one for one in row.told.get("changes", ()) if one.get("kind") in HAPPENINGS]
        if row.kind != "command" or row.number <= since or not changes:
            continue
        empty = [place for place in _emptied(row, changes) if place not in filled]
        there = head.instance.task_by_id
        found.append(Unplanned(row, changes, [place for place in empty if place[0] in there]))
    return found


def _emptied(row: RevisionRow, changes: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    fallen = [
        (moved["task"], int(moved["slot"]))
        for moved in row.told.get("moved", ())
        if moved["before"] is not None and moved["after"] is None
    ]
    new = [
        (visit["id"], slot)
        for change in changes
        for visit in change.get("visits", ())
        for slot in range(max(1, len(visit.get("slots", ()))))
    ]
    return list(dict.fromkeys([*fallen, *new]))


def in_words(mask: WeekMask, names: Names, change: Mapping[str, Any]) -> str:
    """One change in a sentence. change: as JSON, true ids; names: of the neutral week."""
    kind, lang = str(change["kind"]), names.lang
    slots: dict[str, str] = {}
    if (person := change.get("person")) is not None:
        slots["who"] = names.person(_shown(mask, "person", person))
    if (task := change.get("task") or change.get("visit")) is not None:
        slots["what"] = names.task(_shown(mask, "task", task))
    if change.get("case") is not None:
        slots["what"] = names.case(_shown(mask, "case", change["case"]))
    if (place := change.get("place")) is not None:
        slots["what"] = names.place(_shown(mask, "place", place))
    if kind == "new":
        made = [*change.get("visits", ()), *change.get("shifts", ()), *change.get("cases", ())]
        made += change.get("people", ())
        slots["what"] = names.listed(mask.neutral.words(str(one["name"])) for one in made)
    spans = change.get("windows") or ([change] if change.get("from") is not None else [])
    slots["when"] = names.listed(_span(names, span) for span in spans)
    found = {"who": "", "what": "", "when": "", **slots}
    return say(f"pages.changes.said.{kind}", lang, **found).strip()


def _shown(mask: WeekMask, kind: str, id: str) -> str:
    return mask.neutral.ids.get(kind, {}).get(id, id)


def _span(names: Names, span: Mapping[str, Any]) -> str:
    horizon = names.instance.horizon
    start, end = (_ticks(names, span[name]) for name in ("from", "to"))
    whole = start % horizon.day_ticks == 0 and end % horizon.day_ticks == 0
    if not whole:
        return f"{names.moment(start)}–{names.moment(end, start // horizon.day_ticks)}"
    first, last = names.day(start // horizon.day_ticks), end // horizon.day_ticks - 1
    return first if last <= start // horizon.day_ticks else f"{first}–{names.day(last)}"


def _ticks(names: Names, moment: Any) -> int:
    horizon = names.instance.horizon
    if isinstance(moment, int):
        return moment
    return to_ticks(datetime.fromisoformat(moment), horizon.start, horizon.ticks_per_minute)
