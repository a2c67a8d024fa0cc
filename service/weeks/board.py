"""A week's board as somebody may see it: what the page and `GET …/board` draw."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scheduler.drawings.details import DetailedBoard
from scheduler.drawings.geometry import Map, draw_map
from scheduler.drawings.kinds import kinds
from scheduler.drawings.reader import Reader
from scheduler.facts import Facts
from scheduler.messages.names import is_elsewhere
from service.access.mask import CallerView, WeekMask
from service.answers.recent import Recent
from service.settings import MEGABYTE
from service.weeks.by_hand import Decided
from service.weeks.pinyin import initials
from service.weeks.state import WeekState
from service.weeks.words import mask_of

_BYTES_A_BAR = 400


@dataclass(frozen=True)
class DrawnWeek:
    """A board's arrays, and the ground of its map; None: no place has a point."""

    data: dict[str, Any]
    ground: Map | None


_drawn: Recent[DrawnWeek] = Recent(
    16, 32 * MEGABYTE, lambda kept: _BYTES_A_BAR * len(kept.data["bars"])
)


def drawn(state: WeekState, view: CallerView) -> DrawnWeek:
    """What board and map draw of a kept state; what this process drew lately is not drawn again."""
    return _drawn.get((state.key, view.key), lambda: _board(state, view))


def board(state: WeekState, view: CallerView, decided: Decided | None = None) -> dict[str, Any]:
    """The arrays of `DetailedBoard`, with initials to search by and whom to ask about other areas' work.

    decided: by hand; `hand` has the positions of its bars. People who lie outside the view's areas and
    do nothing inside are left out.
    """
    data = drawn(state, view).data
    placed = frozenset() if decided is None else decided.placed
    return data | {"hand": _by_hand(data, placed, mask_of(view, state)) if placed else []}


def _by_hand(data: dict[str, Any], placed: Iterable[tuple[str, int]], mask: WeekMask) -> list[int]:
    """Positions of the bars that somebody placed by hand."""
    ids = {id: neutral for kind in mask.neutral.ids.values() for id, neutral in kind.items()}
    shown = {(ids.get(task, task), slot) for task, slot in placed}
    tasks = data["task_ids"]
    return [
        n for n, bar in enumerate(data["bars"]) if bar[1] >= 0 and (tasks[bar[1]], bar[6]) in shown
    ]


def seen(state: WeekState, view: CallerView) -> tuple[WeekMask, Facts, Reader]:
    """The week as the view has it: its mask, and what to draw from."""
    mask = mask_of(view, state)
    week = mask.week
    inside = {person.id for person in week.people if not is_elsewhere(person.id)}
    roster = mask.read(state.roster)
    parts = tuple(part for part in roster.assignments if part.person in inside)
    people = tuple(person for person in week.people if person.id in inside)
    shown = week if len(people) == len(week.people) else week.changed(people=people)
    facts = Facts(shown, roster.model_copy(update={"assignments": parts}))
    return mask, facts, Reader(shown, view.private)


def _board(state: WeekState, view: CallerView) -> DrawnWeek:
    mask, facts, reader = seen(state, view)
    tasks = list(facts.by_task)
    all_kinds, kind_of = kinds(facts, reader, [task for task in tasks if _is_shown(facts, task)])
    ground, detailed = draw_map(reader), DetailedBoard(facts, reader, all_kinds, kind_of)
    data = detailed.data(ground) | detailed.details()
    names = {
        "people": [one.name for one in facts.instance.people],
        "places": [place[0] for place in data["places"]],
        "tasks": [task[0] for task in data["tasks"]],
    }
    data |= {
        "initials": {what: list(map(_initials, found)) for what, found in names.items()},
        "ask": _ask(mask, data["task_ids"]),
    }
    return DrawnWeek(data, ground)


def _is_shown(facts: Facts, task: str) -> bool:
    return bool(facts.by_task[task]) or not is_elsewhere(task)


def _ask(mask: WeekMask, tasks: list[str]) -> dict[int, str]:
    """Position of a task outside the areas → the area whose coordinator knows of it."""
    true, reader = mask.true, Reader(mask.true)
    asked = {}
    for position, task in enumerate(tasks):
        record = true.task_by_id.get(mask.true_ids(task)) if is_elsewhere(task) else None
        if record is None:
            continue
        places = record.places if hasattr(record, "places") else (record.place,)
        area = reader.area(places[0]) if places else None
        if area is not None:
            asked[position] = reader.unmasked.area(area)
    return asked


def _initials(name: str | int) -> str:
    return initials(name) if isinstance(name, str) else ""
