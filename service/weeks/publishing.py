"""What of a week is published: the whole of it or some areas, each as a revision has it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from scheduler.due import Expanded
from scheduler.model import Instance, Problem
from scheduler.model.pointer import pointer
from scheduler.weeks.replan.difference import difference
from scheduler.weeks.telling import with_people_of
from service.access.caller import Caller
from service.access.scope import MOST_NAMED, ensure_whole
from service.access.within import Within
from service.answers.recent import Recent
from service.problems import ServiceError, invalid
from service.store import publications
from service.store.publications import PublicationRow
from service.store.weeks import WeekRow
from service.weeks import state
from service.weeks.state import WeekState

_ahead: Recent["Ahead"] = Recent(32)
_BESIDE = ("areas", "places", "people", "households", "duties", "cases")
"""Records that the work of other areas, as it was published, may name."""


@dataclass(frozen=True)
class WeekPublications:
    """What is published of a week. rows: every publication, oldest first; state: all that is published now."""

    rows: Sequence[PublicationRow]
    state: WeekState | None

    @property
    def number(self) -> int:
        """Of the last publication; 0: there was none."""
        return self.rows[-1].number if self.rows else 0

    def touching(self, instance: Instance, areas: Collection[str] | None) -> list[PublicationRow]:
        """The publications of something in some areas or below them; None: all."""
        if areas is None:
            return list(self.rows)
        around = Within(instance, areas).around
        return [
            row
            for row in self.rows
            if row.areas["ids"] is None or not around.isdisjoint(row.areas["ids"])
        ]


def published(session: Session, week: str) -> WeekPublications:
    """What is published of a week."""
    rows = publications.published(session, week)
    return WeekPublications(rows, state.read(session, rows[-1]) if rows else None)


def publish(
    session: Session,
    week: WeekRow,
    revision: int,
    after: WeekState,
    areas: Collection[str] | None,
    by: dict[str, Any],
) -> PublicationRow:
    """Keep that a state, as `composed` makes it, is published. by: account and its name.

    What is published of the same areas already as it is stays the publication that it was.
    """
    ids = None if areas is None else sorted(set(areas))
    contents = state.keep(session, week, after)
    last = publications.published(session, week.id)[-1:]
    if last and (last[0].areas["ids"], last[0].contents) == (ids, contents):
        return last[0]
    return publications.publish(
        session, week.id, revision=revision, areas={"ids": ids}, contents=contents, **by
    )


def composed(before: WeekState | None, head: WeekState, areas: Collection[str] | None) -> WeekState:
    """What is published once the head is, of these areas and those below them (None: of all).

    before: what was published; work of other areas stays as it is there, and what was never
    published is not in the roster.
    """
    if areas is None:
        return head
    old = head.changed(roster=head.roster.with_assignments(())) if before is None else before
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
    return head.changed(head.instance.changed(**lists), head.roster.with_assignments(parts))


@dataclass(frozen=True)
class Ahead:
    """How far the head is ahead of what is published.

    tasks: whose assignments differ; covered: areas with work, and the number of the publication that
    holds for each, None: it was never published; changed: those of the tasks that were published
    """

    tasks: frozenset[str]
    covered: dict[str, int | None]
    changed: frozenset[str]

    @property
    def partly(self) -> bool:
        """Whether some areas are published and others are not."""
        return len({number is None for number in self.covered.values()}) > 1

    def inside(self, areas: Collection[str], *weeks: Instance) -> "Ahead":
        """As far as it lies in some areas. weeks: the head and what is published, which have the tasks."""
        seen = [Within(week, areas) for week in weeks]
        tasks = frozenset(t for t in self.tasks if any(_sees(within, t) for within in seen))
        covered = {id: number for id, number in self.covered.items() if id in seen[0].areas}
        return Ahead(tasks, covered, self.changed & tasks)


def _sees(within: Within, task: str) -> bool:
    return task in within.records("tasks") and within.sees("tasks", task)


def ahead(head: WeekState, published: WeekPublications) -> Ahead:
    """How far a head, as it is kept, is ahead of what is published."""
    last = published.rows[-1].id if published.rows else None
    return _ahead.get((last, head.key), lambda: _found_ahead(head, published))


def _found_ahead(head: WeekState, published: WeekPublications) -> Ahead:
    before = published.state
    old = head.roster.with_assignments(()) if before is None else before.roster
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
    covered = {
        one.id: _last(head.instance, published.rows, one.id)
        for one in week.areas
        if one.id in working
    }
    fresh = {area for area, number in covered.items() if number is None}
    given_out = {part.task for part in old.assignments}
    changed = (
        task
        for task in tasks
        if task in given_out or fresh.isdisjoint(_areas_of(head.instance, week.task_by_id[task]))
    )
    return Ahead(frozenset(tasks), covered, frozenset(changed))


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


def ensure_may_publish(caller: Caller, instance: Instance, wanted: Sequence[str] | None) -> None:
    """Refuse to publish what lies outside the areas of the caller, or no area of the week. Raises ServiceError."""
    if wanted is None:
        ensure_whole(caller, instance)
        return
    unknown = [
        Problem(code="unknown_area", pointer=pointer("areas", number), value=area)
        for number, area in enumerate(wanted)
        if area not in instance.area_by_id
    ]
    if unknown:
        raise invalid(unknown)
    if caller.areas is not None:
        outside = [area for area in wanted if area not in Within(instance, caller.areas).areas]
        if outside:
            raise ServiceError("outside_areas", found=", ".join(outside[:MOST_NAMED]))
