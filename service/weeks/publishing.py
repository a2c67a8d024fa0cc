"""What of a week is published: the whole of it or some areas, each as a revision has it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from scheduler.due import Expanded
from scheduler.model import Instance, Roster
from scheduler.weeks.replan.difference import difference
from scheduler.weeks.telling import with_people_of
from service.access.within import Within
from service.store import publications
from service.store.publications import PublicationRow
from service.store.weeks import WeekRow
from service.weeks import state
from service.weeks.state import WeekState

_BESIDE = ("areas", "places", "people", "households", "duties", "cases")
"""Records that the work of other areas, as it was published, may name."""


@dataclass(frozen=True)
class PublishedWeek:
    """What is published of a week. rows: every publication, oldest first; state: all that is published now."""

    rows: Sequence[PublicationRow]
    state: WeekState | None

    @property
    def number(self) -> int:
        """Of the last publication; 0: there was none."""
        return self.rows[-1].number if self.rows else 0


def published(session: Session, week: str) -> PublishedWeek:
    """What is published of a week."""
    rows = publications.published(session, week)
    return PublishedWeek(rows, state.read(session, rows[-1]) if rows else None)


def publish(
    session: Session,
    week: WeekRow,
    revision: int,
    after: WeekState,
    areas: Collection[str] | None,
    by: dict[str, Any],
) -> PublicationRow:
    """Keep that a state, as `composed` makes it, is published. by: account and its name."""
    ids = None if areas is None else sorted(areas)
    return publications.publish(
        session,
        week.id,
        revision=revision,
        areas={"ids": ids},
        contents=state.keep(session, week, after),
        **by,
    )


def composed(before: WeekState | None, head: WeekState, areas: Collection[str] | None) -> WeekState:
    """What is published once the head is, of these areas and those below them (None: of all).

    before: what was published; work of other areas stays as it is there, and what was never
    published is not in the roster.
    """
    if areas is None:
        return head
    old = head.changed(roster=_with(head.roster, ())) if before is None else before
    here, there = Within(head.instance, areas), Within(old.instance, areas)

    def covered(task: str) -> bool:
        within = here if task in head.instance.task_by_id else there
        return within.changes("tasks", task)

    lists: dict[str, Any] = {}
    for name in ("visits", "shifts"):
        was = {one.id: one for one in getattr(old.instance, name) if not covered(one.id)}
        now = getattr(head.instance, name)
        lists[name] = (*(was.pop(one.id, one) for one in now), *was.values())
    for name in _BESIDE:
        now = getattr(head.instance, name)
        known = {one.id for one in now}
        lists[name] = (*now, *(one for one in getattr(old.instance, name) if one.id not in known))
    parts = (
        *(part for part in head.roster.assignments if covered(part.task)),
        *(part for part in old.roster.assignments if not covered(part.task)),
    )
    return head.changed(head.instance.changed(**lists), _with(head.roster, parts))


def _with(roster: Roster, parts: Collection[Any]) -> Roster:
    bare: dict[str, Any] = {
        "assignments": tuple(parts),
        "score": None,
        "outcome": None,
        "figures": {},
    }
    return roster.model_copy(update=bare)


@dataclass(frozen=True)
class Ahead:
    """How far the head is ahead of what is published.

    tasks: whose assignments differ; covered: areas with work, and the number of the publication that
    holds for each, None: it was never published
    """

    tasks: frozenset[str]
    covered: dict[str, int | None]

    @property
    def partly(self) -> bool:
        """Whether some areas are published and others are not."""
        return len({number is None for number in self.covered.values()}) > 1


def ahead(head: WeekState, published: PublishedWeek) -> Ahead:
    """How far the head is ahead of what is published."""
    before = published.state
    old = _with(head.roster, ()) if before is None else before.roster
    week: Instance = head.instance
    if before is not None:
        week = with_people_of(week, before.instance)
    news = difference(week, old, head.roster, small=0)
    tasks = {item.task for items in news.by_person.values() for item in items}
    working = {
        area
        for task in week.task_by_id.values()
        for area in _areas_of(head.instance, task)
        if area is not None
    }
    return Ahead(
        frozenset(tasks),
        {
            one.id: _last(head.instance, published.rows, one.id)
            for one in week.areas
            if one.id in working
        },
    )


def _areas_of(instance: Expanded, task: Any) -> list[str | None]:
    names = [task.place] if hasattr(task, "place") else list(task.places)
    return [instance.place_by_id[name].area for name in names if name in instance.place_by_id]


def _last(instance: Instance, rows: Sequence[PublicationRow], area: str) -> int | None:
    above = set(instance.area_and_above(area))
    for row in reversed(rows):
        ids = row.areas["ids"]
        if ids is None or not above.isdisjoint(ids):
            return row.number
    return None
