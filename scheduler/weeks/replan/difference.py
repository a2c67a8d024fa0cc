"""The difference of two rosters: what each person must be told.

A start up to a quarter of an hour later is no news, unless the time was promised (see the rule kept_time).
People who gain, lose or move work count as moved; those whose partner changes have news but do not.
Those whom the changes themselves touch (`Instance.affected`), or whose work differs only where the
changes took it away, count as forced instead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from scheduler.model import Assignment, Instance, Roster, Visit
from scheduler.rules.kept_time import TOLERANCE_MINUTES

News = Literal["gained", "lost", "moved", "partner"]
"""What a person is told: new work, work less, another time or place, other company."""


@dataclass(frozen=True)
class NewsItem:
    """One piece of news. before: how it was; after: how it is; None where there is nothing.

    others: who does the task now beside the person; for "lost", who came instead
    forced: the changes took it away
    """

    news: News
    task: str
    before: Assignment | None
    after: Assignment | None
    others: tuple[str, ...] = ()
    forced: bool = False


@dataclass(frozen=True)
class Difference:
    """What differs in a new roster.

    by_person: news by person, in the order of the instance, each by moment; only people with any
    started, stopped: tasks that are done now and were not; that were done and are not
    shifted: visits at another time or place, household or not
    affected: people whom the changes touch
    """

    by_person: Mapping[str, tuple[NewsItem, ...]]
    started: tuple[str, ...]
    stopped: tuple[str, ...]
    shifted: tuple[str, ...]
    affected: frozenset[str] = frozenset()

    @property
    def moved(self) -> frozenset[str]:
        """People whose work changes by choice."""
        return frozenset(
            person
            for person, items in self.by_person.items()
            if person not in self.affected
            and any(item.news != "partner" and not item.forced for item in items)
        )

    @property
    def forced(self) -> frozenset[str]:
        """People whom the changes touch and whose work changes, and those whom it only takes from."""
        changed = (
            person
            for person, items in self.by_person.items()
            if any(item.news != "partner" for item in items)
        )
        return frozenset(changed) - self.moved


def difference(
    instance: Instance,
    before: Roster,
    after: Roster,
    forced: Iterable[Assignment] = (),
    *,
    small: int | None = None,
) -> Difference:
    """What changes for whom between two rosters of an instance (the changed one, after changes).

    forced: assignments of `before` that no roster could keep. small: minutes; a start or end that moves
    by less is no news, and by as much or more it always is; None: as said above.
    """
    news = _RosterPair(instance, before, after, forced, small)
    by_person = {person.id: items for person in instance.people if (items := news.of(person.id))}
    old, new = news.before.keys(), news.after.keys()
    order = list(dict.fromkeys([*old, *new]))
    return Difference(
        by_person=by_person,
        started=tuple(task for task in order if task not in old),
        stopped=tuple(task for task in order if task not in new),
        shifted=tuple(
            task
            for task in order
            if task in old
            and task in new
            and news.differs(_first(news.before[task]), _first(news.after[task]))
        ),
        affected=frozenset(instance.affected),
    )


Crew = dict[int, Assignment]


class _RosterPair:
    """Two rosters beside each other. before, after: task → slot → assignment."""

    def __init__(
        self,
        instance: Instance,
        before: Roster,
        after: Roster,
        forced: Iterable[Assignment],
        small: int | None,
    ):
        self.before, self.after = _by_task(before), _by_task(after)
        self._instance = instance
        self._small = None if small is None else small * instance.horizon.ticks_per_minute
        self._fallen = {(assignment.task, assignment.slot) for assignment in forced}
        self._loose = {
            (part.task, part.slot) for part in instance.published if part.standing == "loose"
        }
        self._promised = {part.task for part in instance.published if part.promised}
        self._old, self._new = _by_person(before), _by_person(after)
        self._same = {task for task, crew in self.after.items() if self.before.get(task) == crew}

    def of(self, person: str) -> tuple[NewsItem, ...]:
        """A person's news, by moment."""
        old, new = self._old.get(person, {}), self._new.get(person, {})
        items = []
        for task in dict.fromkeys([*old, *new]):
            if task in self._same:
                continue
            item = self._item(person, task, old.get(task), new.get(task))
            if item is not None:
                items.append(item)
        return tuple(sorted(items, key=_moment))

    def _item(
        self, person: str, task: str, was: Assignment | None, now: Assignment | None
    ) -> NewsItem | None:
        company = tuple(
            assignment.person
            for assignment in self.after.get(task, {}).values()
            if assignment.person != person
        )
        if was is None:
            return NewsItem("gained", task, None, now, company)
        forced = (task, was.slot) in self._fallen
        if now is None:
            before = {assignment.person for assignment in self.before[task].values()}
            instead = tuple(who for who in company if who not in before)
            return NewsItem("lost", task, was, None, instead, forced)
        if self.differs(was, now):
            forced = forced and (task, was.slot) not in self._loose
            return NewsItem("moved", task, was, now, company, forced)
        before = {assignment.person for assignment in self.before[task].values()} - {person}
        return NewsItem("partner", task, was, now, company) if before != set(company) else None

    def differs(self, was: Assignment, now: Assignment) -> bool:
        """Whether a part is at another place, or at a time that is news."""
        late = now.start - was.start
        if self._small is not None:
            apart = max(abs(late), abs(now.end - was.end))
            return was.place != now.place or (apart > 0 and apart >= self._small)
        allowed = 0
        if was.task not in self._promised and isinstance(
            self._instance.task_by_id.get(was.task), Visit
        ):
            allowed = TOLERANCE_MINUTES * self._instance.horizon.ticks_per_minute
        return was.place != now.place or not 0 <= late <= allowed


def _by_task(roster: Roster) -> dict[str, Crew]:
    crews: dict[str, Crew] = {}
    for assignment in roster.assignments:
        crews.setdefault(assignment.task, {})[assignment.slot] = assignment
    return crews


def _by_person(roster: Roster) -> dict[str, dict[str, Assignment]]:
    work: dict[str, dict[str, Assignment]] = {}
    for assignment in roster.assignments:
        work.setdefault(assignment.person, {})[assignment.task] = assignment
    return work


def _first(crew: Crew) -> Assignment:
    return crew[min(crew)]


def _moment(item: NewsItem) -> tuple[int, str]:
    part = item.after or item.before
    return (part.start if part else 0), item.task
