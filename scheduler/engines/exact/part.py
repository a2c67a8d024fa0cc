"""Part: what is left of an instance when most of a roster stays as it is.

Some tasks are free, on some people's days. What shares a person with them stays in full but where
it is; what else a free task has to do with (gaps, bundles, rooms, known faces) is kept as a ghost,
which no day knows; all the rest is left out. Prices of two answers of a part differ by as much as
those of the whole rosters do; that is all that the points of a part say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.decisions import Held
from scheduler.engines.exact.idle import idle_times
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, Answer
from scheduler.lowered.fit import BANNED, Fit
from scheduler.lowered.index import Index


@dataclass(frozen=True)
class Part:
    """tasks, people: positions in the whole, in the order of the part; options: of the whole."""

    lowered: Lowered
    held: Held
    tasks: tuple[int, ...]
    people: tuple[int, ...]
    options: tuple[int, ...]
    slots: tuple[int, ...]

    def inside(self, answer: Answer) -> Answer:
        """A roster of the whole as an answer of the part."""
        person = {whole: own for own, whole in enumerate(self.people)} | {NONE: NONE}
        option = {whole: own for own, whole in enumerate(self.options)} | {NONE: NONE}
        return Answer(
            tuple(option[answer.option[task]] for task in self.tasks),
            tuple(person[answer.person[slot]] for slot in self.slots),
            tuple(answer.start[slot] for slot in self.slots),
        )

    def whole(self, own: Answer, answer: Answer) -> Answer:
        """The roster of the whole in which the part is as `own` has it, and the rest as it was."""
        option, person, start = list(answer.option), list(answer.person), list(answer.start)
        for number, task in enumerate(self.tasks):
            chosen = own.option[number]
            option[task] = NONE if chosen == NONE else self.options[chosen]
        for number, slot in enumerate(self.slots):
            who = own.person[number]
            person[slot] = NONE if who == NONE else self.people[who]
            start[slot] = own.start[number]
        return Answer(tuple(option), tuple(person), tuple(start))


class Whole:
    """An instance with one roster of it, indexed so that parts are cut quickly."""

    def __init__(self, lowered: Lowered, answer: Answer):
        self.lowered = lowered
        self.task_of = np.array(lowered.index.task_of, dtype=np.int64)
        self.first_slot = np.array(
            [*lowered.index.slot_of, len(lowered.index.slots)], dtype=np.int64
        )
        self.renew(answer)

    def renew(self, answer: Answer) -> None:
        """Another roster."""
        self.answer = answer
        self.person = np.array(answer.person, dtype=np.int64)
        self.start = np.array(answer.start, dtype=np.int64)
        self.option = np.array(answer.option, dtype=np.int64)
        undone = self.option == NONE
        self.day = np.where(undone, NONE, self.lowered.window.day[self.option])
        self.place = np.where(undone, NONE, self.lowered.window.place[self.option])
        priced = self.lowered.day.worst_idle
        self.idle = idle_times(self.lowered, answer) if priced else []

    def slots_of(self, task: int) -> range:
        """Slots of a task."""
        return range(int(self.first_slot[task]), int(self.first_slot[task + 1]))

    def confined(self, people: set[int], days: set[int]) -> set[int]:
        """Tasks that are done by these people on these days and by nobody else."""
        inside = np.isin(self.person, list(people))
        outside = np.unique(self.task_of[~inside & (self.person != NONE)])
        on_days = np.isin(self.day, list(days))
        on_days[outside] = False
        return set(np.flatnonzero(on_days).tolist())

    def undone(self) -> set[int]:
        """Tasks that lack somebody."""
        return set(np.unique(self.task_of[self.person == NONE]).tolist())


def cut(whole: Whole, free: set[int], people: set[int], days: set[int]) -> Part:
    """The part in which `free` tasks may be done by `people` on `days`, or not at all.

    Free tasks must now be undone or confined to these people and days.
    """
    return _Cut(whole, free, people, days).part()


class _Cut:
    def __init__(self, whole: Whole, free: set[int], people: set[int], days: set[int]):
        self._whole, self._low = whole, whole.lowered
        self._free, self._people, self._days = free, people, days
        seated = np.unique(whole.task_of[np.isin(whole.person, list(people))]).tolist()
        self._beside = set(seated) - free
        self._groups = self._groups_of(free)
        ghosts = set(self._related()) - free - self._beside
        self.tasks = sorted(free | self._beside | ghosts)
        self.slots = [slot for task in self.tasks for slot in whole.slots_of(task)]
        others = {int(whole.person[slot]) for slot in self.slots} - {NONE}
        self.people = [*sorted(people), *sorted(others - people)]
        self._task = {task: own for own, task in enumerate(self.tasks)}
        self._slot = {slot: own for own, slot in enumerate(self.slots)}

    def part(self) -> Part:
        """Everything put together."""
        options = [option for task in self.tasks for option in self._options(task)]
        low = replace(
            self._low,
            index=self._index(),
            fit=self._fit(),
            window=self._window(options),
            empty=self._empty(),
            crew=_rows(self._low.crew, self.slots, "least", "most", "duration"),
            gap=self._gap(),
            travel=_rows(self._low.travel, self.people, "mode", "start", "end"),
            day=self._day(),
            total=self._total(),
            run=self._run(),
            follow=self._follow(),
            distinct=self._distinct(),
        )
        return Part(
            low,
            self._held(),
            tuple(self.tasks),
            tuple(self.people),
            tuple(options),
            tuple(self.slots),
        )

    def _related(self) -> Iterator[int]:
        """Tasks that a free task has to do with."""
        low, whole = self._low, self._whole
        for first, second in zip(low.gap.first.tolist(), low.gap.second.tolist(), strict=True):
            if first in self._free or second in self._free:
                yield from (first, second)
        free = np.array(sorted(self._free), dtype=np.int64)
        bundles = np.unique(low.empty.bundle[free])
        yield from np.flatnonzero(np.isin(low.empty.bundle, bundles[bundles >= 0])).tolist()
        for group in self._groups:
            yield from np.unique(whole.task_of[self._slots_in(group)]).tolist()
        limited = (low.capacity.most > 0) & (low.capacity.cost > 0)
        spots = {
            (int(low.window.place[one]), int(low.window.day[one]))
            for task in self._free
            for one in self._options(task)
            if limited[low.window.place[one]]
        }
        for place, day in spots:
            there = (whole.place == place) & (np.abs(whole.day - day) <= 1) & (whole.day >= 0)
            yield from np.flatnonzero(there).tolist()

    def _groups_of(self, free: set[int]) -> list[int]:
        distinct = self._low.distinct
        sizes = np.diff(distinct.slot_first)
        groups = np.repeat(np.arange(len(sizes)), sizes)
        touched = np.isin(self._whole.task_of[distinct.slots], list(free))
        return np.unique(groups[touched]).tolist()

    def _slots_in(self, group: int) -> NDArray[np.int64]:
        first = self._low.distinct.slot_first
        return self._low.distinct.slots[first[group] : first[group + 1]]

    def _options(self, task: int) -> list[int]:
        """A free task's options on the days; else the one chosen."""
        first, chosen = self._low.window.first, int(self._whole.option[task])
        if task in self._free:
            own = range(int(first[task]), int(first[task + 1]))
            return [one for one in own if int(self._low.window.day[one]) in self._days]
        return [] if chosen == NONE else [chosen]

    def _held(self) -> Held:
        whole = self._whole
        person_of = {one: own for own, one in enumerate(self.people)} | {NONE: NONE}
        person, start, ghosts = {}, {}, set()
        for own, slot in enumerate(self.slots):
            if int(whole.task_of[slot]) in self._free:
                continue
            who = int(whole.person[slot])
            person[own] = person_of[who]
            if who != NONE:
                start[own] = int(whole.start[slot])
            if who not in self._people:
                ghosts.add(own)
        return Held(person, start, frozenset(ghosts), self._worst(), self._idle())

    def _worst(self) -> int:
        """Largest lateness of tasks that are not free."""
        window, whole = self._low.window, self._whole
        if not window.worst:
            return 0
        task = whole.task_of
        counted = (whole.person != NONE) & ~np.isin(task, list(self._free))
        moment = whole.start + (self._low.crew.duration if window.at_end else 0)
        late = moment - window.due[whole.option[task]]
        return max(0, int(late[counted].max(initial=0)))

    def _idle(self) -> int:
        """Largest idle time of people who are not free."""
        idle = self._whole.idle
        return max((idle[one] for one in range(len(idle)) if one not in self._people), default=0)

    def _index(self) -> Index:
        index = self._low.index
        slot_of, flat = [], 0
        for task in self.tasks:
            slot_of.append(flat)
            flat += len(self._whole.slots_of(task))
        return replace(
            index,
            people=tuple(index.people[one] for one in self.people),
            tasks=tuple(index.tasks[task] for task in self.tasks),
            slots=tuple(index.slots[slot] for slot in self.slots),
            task_of=tuple(self._task[int(self._whole.task_of[slot])] for slot in self.slots),
            slot_of=tuple(slot_of),
            least=tuple(index.least[task] for task in self.tasks),
        )

    def _fit(self) -> Fit:
        """Only `people` may come into free slots."""
        fit = self._low.fit
        rows, row = np.unique(fit.row[self.slots], return_inverse=True)
        cost = fit.cost[rows][:, self.people]
        cost[:, len(self._people) :] = BANNED
        return Fit(row.reshape(-1).astype(np.int64), cost)

    def _window(self, options: list[int]):
        window = self._low.window
        task = np.array(
            [self._task[int(window.task[option])] for option in options], dtype=np.int64
        )
        first = np.searchsorted(task, np.arange(len(self.tasks) + 1)).astype(np.int64)
        columns = ("day", "place", "earliest", "latest", "due", "late", "told_first", "told_last")
        told = window.told[self.tasks]
        return replace(_rows(window, options, *columns), task=task, first=first, told=told)

    def _empty(self):
        empty = self._low.empty
        kept = _rows(empty, self.slots, "cost", "must")
        return replace(
            kept,
            least=empty.least[self.tasks],
            partial=empty.partial[self.tasks],
            bundle=empty.bundle[self.tasks],
            broken=np.where(
                np.isin(np.arange(len(empty.broken)), self._bundles()), empty.broken, 0
            ),
        )

    def _bundles(self) -> list[int]:
        return self._low.empty.bundle[sorted(self._free)].tolist()

    def _gap(self):
        gap = self._low.gap
        free = list(self._free)
        touched = np.flatnonzero(np.isin(gap.first, free) | np.isin(gap.second, free))
        kept = _rows(gap, touched, "least", "most", "least_days", "most_days", "cost", "requires")
        first, second = (
            np.array([self._task[task] for task in column[touched].tolist()], dtype=np.int64)
            for column in (gap.first, gap.second)
        )
        return replace(kept, first=first, second=second)

    def _day(self):
        """The others' days are closed."""
        day, days = self._low.day, self._low.index.days
        kept = _rows(day, self.people, *day.tables())
        kept.present[len(self._people) :] = 0
        spans, counts = [], []
        for person in self.people:
            for number in range(days):
                row = person * days + number
                own = day.spans[day.span_first[row] : day.span_first[row + 1]]
                counts.append(len(own))
                spans.append(own)
        return replace(
            kept,
            span_first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            spans=np.concatenate(spans) if spans else day.spans[:0],
        )

    def _total(self):
        total = self._low.total
        people = {person: own for own, person in enumerate(self.people) if person in self._people}
        rows = [row for row, who in enumerate(total.person.tolist()) if who in people]
        groups, group_first = _slices(total.group_first, rows)
        days, day_first = _slices(total.day_first, groups)
        pieces, piece_first = _slices(total.piece_first, rows)
        amounts, amount_first = _slices(total.amount_first, self.slots)
        person = np.array([people[int(total.person[row])] for row in rows], dtype=np.int64)
        return replace(
            _rows(total, rows, "measure", "any_day", "base"),
            person=person,
            group_first=group_first,
            day_first=day_first,
            days=total.days[days],
            piece_first=piece_first,
            pieces=total.pieces[pieces],
            amount_first=amount_first,
            amounts=total.amounts[amounts],
        )

    def _run(self):
        """Others' runs stay as they are."""
        kept = _rows(self._low.run, self.people, *vars(self._low.run))
        for points in (kept.over_on, kept.under_on, kept.under_off):
            points[len(self._people) :] = 0
        return kept

    def _follow(self):
        follow = self._low.follow
        kept = _rows(follow, self.people, "rest", "rest_short", "past_end", "past_kinds")
        kept.rest_short[len(self._people) :] = 0
        return replace(kept, kind=follow.kind[self.slots])

    def _distinct(self):
        distinct = self._low.distinct
        groups = self._groups
        slots = [self._slot[int(slot)] for group in groups for slot in self._slots_in(group)]
        sizes = np.diff(distinct.slot_first)[groups]
        known = distinct.known[groups]
        # A known person who is not here still makes the first stranger cost.
        somebody = np.any(known, axis=1, keepdims=True)
        known = np.concatenate([known[:, self.people], somebody], axis=1)
        return replace(
            distinct,
            slots=np.array(slots, dtype=np.int64),
            slot_first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            known=known,
            cost=distinct.cost[groups],
        )


def _rows(record, rows, *names):
    """The record with some rows of some of its arrays."""
    rows = np.asarray(rows, dtype=np.int64)
    return replace(record, **{name: getattr(record, name)[rows] for name in names})


def _slices(first: NDArray[np.int64], rows: list[int]) -> tuple[list[int], NDArray[np.int64]]:
    """Entries of some rows of a ragged table, and where each of these rows begins among them."""
    bounds = [(int(first[row]), int(first[row + 1])) for row in rows]
    entries = [entry for begin, end in bounds for entry in range(begin, end)]
    sizes = [end - begin for begin, end in bounds]
    return entries, np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)
