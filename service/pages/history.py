"""The history (记录) of a week: who did what, when, from what to what, and why; one's own can be taken back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from scheduler.messages import Lang, has, say
from scheduler.messages.moments import date_in_words
from scheduler.messages.names import is_neutral
from scheduler.model import Shift
from service.access import rules
from service.access.mask import CallerView, Viewing, WeekMask
from service.pages.drawing import page
from service.pages.weeks import week_of
from service.problems import language
from service.routes.common import Use
from service.routes.parameters import Cursor
from service.routes.rooms import Room
from service.routes.weeks.asking import AskedId
from service.routes.weeks.history import get_history
from service.store import Store, weeks
from service.weeks.commands import touched_by
from service.weeks.history import told_rows
from service.weeks.opening import OpenWeek, opened
from service.weeks.tables.columns import TABLES, columns
from service.weeks.tables.rows import rows as table_rows
from service.weeks.tables.words import Called
from service.weeks.undoing import REVERSIBLE
from service.weeks.words import mask_of
from service.wire.weeks.commands import HistoryEntry, HistoryMove

router = Room(include_in_schema=False, default_response_class=HTMLResponse)
Filter = Annotated[str, Query(max_length=200)]

PER_PAGE = 20
MOST_NAMED = 12
"""Pieces of work that a step did not move and that are named."""
_OF_TASKS = ("pins", "exceptions")
"""Lists whose records are about work, which is named."""
MOST_MOVES = 200
"""Of one step that are told one by one; of the others the number is said."""


@dataclass(frozen=True)
class FilterChoice:
    """What one can filter by."""

    id: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class HistoryAsked:
    """What the address asks for; "": everything."""

    person: str
    day: str
    task: str

    def address(self, week: str, **more: str) -> str:
        """The address with these filters and others in their place."""
        said = {"person": self.person, "day": self.day, "task": self.task} | more
        query = urlencode({name: value for name, value in said.items() if value})
        return f"/w/{week}/history" + (f"?{query}" if query else "")

    def about(self, move: HistoryMove) -> bool:
        """Whether a move is of what was asked for."""
        sides = [one for one in (move.before, move.after) if one is not None]
        return (not self.task or move.task == self.task) and any(
            self.person in ("", one.person) and one.start.startswith(self.day) for one in sides
        )


@dataclass(frozen=True)
class RecordEdit:
    """A field of a table's record that a step changed. before, after: as the table writes it; "": nothing."""

    name: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryLine:
    """A step in words."""

    entry: HistoryEntry
    at: str
    what: str
    moves: list[HistoryMove]
    edits: list[RecordEdit]
    tasks: list[tuple[str, str]]
    """Id and name of work that it was about and did not move: pinned, edited."""
    others: int
    """Moves that it made besides those that are told."""
    can_undo: bool


@router.get("/w/{week}/history")
def get_history_page(
    request: Request,
    week: AskedId,
    parts: Use,
    view: Viewing,
    person: Filter = "",
    day: Filter = "",
    task: Filter = "",
    cursor: Cursor = None,
) -> HTMLResponse:
    """The steps of a week, the last first; person, day, task: only what is about them."""
    lang = language(request)
    head = opened(parts.store, parts.caller, week)
    mask = mask_of(view, head.state)
    asked = HistoryAsked(_known(mask, person), day, _known(mask, task))
    found = get_history(
        week,
        parts,
        view,
        person=asked.person or None,
        task=asked.task or None,
        day=day or None,
        cursor=cursor,
        limit=PER_PAGE,
    )
    right = rules.may("post_undo", parts.caller)
    words = HistoryWords(parts.store, view, head, lang, parts.settings.time_zone)
    people, tasks = words.choices(asked)
    horizon = head.state.instance.horizon
    return page(
        request,
        "history.html",
        week=week_of(request, week),
        words=("history.script",),
        data={"week": week},
        asked=asked,
        total=found.total,
        lines=[words.line(one, asked, right) for one in found.revisions],
        next=None if found.next is None else asked.address(week, cursor=found.next),
        first=None if cursor is None else asked.address(week),
        people=people,
        tasks=tasks,
        days=[
            FilterChoice(date.isoformat(), date_in_words(date, lang), date.isoformat() == day)
            for date in map(horizon.date, range(horizon.days))
        ],
    )


def _known(mask: WeekMask, id: str) -> str:
    """What somebody may be called in answers, by the id that came in."""
    return mask.known(id) if id else ""


class HistoryWords:
    """Steps of a week in words of one language."""

    def __init__(self, store: Store, view: CallerView, head: OpenWeek, lang: Lang, time_zone: str):
        self._store, self._view, self._head, self._lang = store, view, head, lang
        self._mask = mask_of(view, head.state)
        self._names = self._mask.names(lang)
        self._called = Called(self._mask.week, lang).of("people")
        self._zone = ZoneInfo(time_zone)

    def choices(self, asked: HistoryAsked) -> tuple[list[FilterChoice], list[FilterChoice]]:
        """People and work that any step is about, by name, and those that are asked for."""
        with self._store.session() as session:
            steps = weeks.revisions(session, self._head.week.id)
        steps = told_rows(self._store, self._view, self._head, steps)
        touched = {(one[0], one[1]) for row in steps for one in touched_by(row) if len(one) > 1}
        week = self._mask.true
        people = {
            id for kind, id in touched if kind in ("day", "people") and id in week.person_by_id
        }
        tasks = {id for kind, id in touched if kind == "task" and id in week.task_by_id}
        return (
            self._chosen({self._mask.id(id) for id in people}, asked.person, self._person),
            self._chosen({self._mask.id(id) for id in tasks}, asked.task, self._task),
        )

    def _person(self, id: str) -> str:
        """What a table calls somebody: no two alike."""
        return self._called.get(id) or self._names.person(id)

    def _task(self, id: str) -> str:
        """A duty with its moment, a visit with its place: many have one name."""
        task, name = self._mask.week.task_by_id.get(id), self._names.task(id)
        if task is None:
            return name
        if isinstance(task, Shift):
            return f"{name} · {self._names.moment(task.start)}"
        names = self._mask.blurred(self._lang) if is_neutral(id) else self._names
        return f"{name} · {names.place(task.places[0])}"

    def _chosen(self, ids: set[str], chosen: str, name: Callable[[str], str]) -> list[FilterChoice]:
        wanted = ids | ({chosen} if chosen else set())
        return sorted(
            (FilterChoice(id, name(id), id == chosen) for id in wanted),
            key=lambda one: (one.name, one.id),
        )

    def line(self, entry: HistoryEntry, asked: HistoryAsked, may_undo: bool) -> HistoryLine:
        """A step, with the moves that were asked for."""
        mine = [move for move in entry.moves if asked.about(move)]
        return HistoryLine(
            entry=entry,
            at=self._when(entry.at),
            what=self._what(entry),
            moves=mine[:MOST_MOVES],
            edits=self._edits(entry),
            tasks=self._still(entry),
            others=len(entry.moves) - len(mine[:MOST_MOVES]),
            can_undo=may_undo and entry.mine and entry.kind in REVERSIBLE and not entry.undone,
        )

    def _still(self, entry: HistoryEntry) -> list[tuple[str, str]]:
        if entry.moves or len(entry.tasks) > MOST_NAMED:
            return []
        there = self._mask.week.task_by_id
        return [(id, self._names.task(id)) for id in entry.tasks if id in there]

    def _when(self, at: datetime) -> str:
        here = at.astimezone(self._zone)
        return f"{date_in_words(here.date(), self._lang, 'date')} {here:%H:%M}"

    def _what(self, entry: HistoryEntry) -> str:
        if entry.kind == "command" and entry.changes:
            kinds = (f"pages.history.change.{kind}" for kind in dict.fromkeys(entry.changes))
            known = [say(key, self._lang) for key in kinds if has(key)]
            if known:
                return self._names.listed(known)
        key = f"pages.history.kind.{entry.kind}"
        number = entry.reverses or 0
        return say(key if has(key) else "pages.history.kind.other", self._lang, number=number)

    def _edits(self, entry: HistoryEntry) -> list[RecordEdit]:
        """Fields of tables' records, before and after; what else of the week was changed, by its name."""
        by_table: dict[str, set[str]] = {}
        others = []
        for record in entry.records:
            table, _, id = record.partition("/")
            if table in TABLES and id and not self._mask.neutral.real.get(id):
                by_table.setdefault(table, set()).add(id)
            elif table not in TABLES and not (table in _OF_TASKS and entry.tasks):
                others.append(table)
        found = [
            one
            for table, ids in by_table.items()
            for one in self._fields(entry.revision, table, ids)
        ]
        for name in dict.fromkeys(others):
            key = f"pages.history.record.{name}"
            if has(key):
                found.append(RecordEdit(say(key, self._lang), "", "", ""))
        return found

    def _fields(self, number: int, table: str, ids: set[str]) -> Iterable[RecordEdit]:
        sides = [self._rows(each, table, ids) for each in (number - 1, number)]
        heads = {one.field: one.head for one in columns(table, self._lang)}
        for id in sorted(ids):
            was, now = (side.get(id, {}) for side in sides)
            name = now.get("name") or was.get("name") or id
            if not was or not now:
                if was or now:
                    yield RecordEdit(name, "", name if was else "", name if now else "")
                continue
            for field, head in heads.items():
                before, after = was.get(field, ""), now.get(field, "")
                if before != after:
                    yield RecordEdit(name, head, before, after)

    def _rows(self, number: int, table: str, ids: set[str]) -> dict[str, Mapping[str, str]]:
        if number < 1:
            return {}
        state = opened(self._store, self._view.caller, self._head.week.id, number).state
        shown = table_rows(mask_of(self._view, state), table, self._lang, ids)
        return {row.id: row.cells for row in shown if not row.locked}
