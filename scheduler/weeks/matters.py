"""What needs a person next: gaps, people who cannot come, clashes, what nobody was told, what is late.

A day is opened with a list of these, the most pressing first. Each says what it is about, so that a page can
lead there; none is asked for twice: work whose person cannot come is no gap besides.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, get_args

from scheduler.checker import Finding, Report, check
from scheduler.facts import Facts, RouteStop
from scheduler.model import Instance, Level, Published, Visit
from scheduler.model.tasks import Rank, is_done, tasks
from scheduler.rules.common.starts import window_spans

Kind = Literal["absent", "gap", "clash", "late", "unreported", "unpublished", "untold"]
"""absent: who was told to come cannot, and nobody else does; gap: work without which a task is not done;
clash: a hard rule is broken; late: what is reported leaves too little time for what comes next; unreported:
over, and nobody said what became of it; unpublished: nobody was told anything; untold: people know another plan than the one that stands."""
KINDS: tuple[Kind, ...] = get_args(Kind)
Reports = Mapping[tuple[str, int], int | None]
"""Task and slot → when it really ended, in ticks; None: only that it is settled."""


@dataclass(frozen=True)
class Matter:
    """One thing that needs a person. Moments in ticks.

    at: when it begins to matter; task, slot, person: what it is about, as far as it is about one
    finding: the breach of a clash; late: ticks by which the next work cannot begin in time
    """

    kind: Kind
    at: int
    task: str | None = None
    slot: int | None = None
    person: str | None = None
    finding: Finding | None = None
    late: int = 0

    @property
    def rank(self) -> tuple[bool, int, int, str, int]:
        """Sorts what matters first, first; of one moment in the order of the kinds. What is over can wait."""
        return (
            self.kind == "unreported",
            self.at,
            KINDS.index(self.kind),
            self.task or self.person or "",
            self.slot or 0,
        )


def matters(
    facts: Facts,
    now: int,
    until: int,
    *,
    report: Report | None = None,
    reports: Reports | None = None,
    told: Sequence[Published] | None = None,
    published: bool | None = None,
    unreported: bool = True,
) -> list[Matter]:
    """What needs a person of what happens in ``[now, until)``, and what is over without a word, the first first.

    facts: the week as it stands; what people were told is in its instance. now: what has begun is no gap
    any more. report: of the checker, where there is one. reports: None: nobody reports anything, so
    that nothing is missed. told: what each person was told last, None: what the week has as published;
    published: whether there is anything to tell them, None: whether anybody was told
    unreported: whether what is over without a word is told as well
    """
    week = WeekMatters(facts, report, told, published)
    return week.within(now, until, reports, unreported=unreported)


class WeekMatters:
    """What of a week as it stands may need a person, whenever that is: looked for once, for any number of spans."""

    def __init__(
        self,
        facts: Facts,
        report: Report | None = None,
        told: Sequence[Published] | None = None,
        published: bool | None = None,
    ):
        """What these are: see `matters`."""
        known = facts.instance.published if told is None else told
        self._facts = facts
        self._absent = list(_absent(facts, known))
        self._gaps = list(_gaps(facts))
        report = report or check(facts.instance, facts.roster)
        end = facts.horizon.end
        away = {one.person or "" for one in self._absent if 0 <= one.at < end}
        is_published = bool(known) if published is None else published
        self._begun = [
            *_clashes(facts, report, away),
            *(_untold(facts, known) if is_published else _unpublished(facts)),
        ]

    def within(
        self, now: int, until: int, reports: Reports | None = None, *, unreported: bool = True
    ) -> list[Matter]:
        """What needs a person of what happens in ``[now, until)``: see `matters`."""
        absent = [one for one in self._absent if now <= one.at < until]
        covered = {(one.task, one.slot) for one in absent}
        found = [
            *absent,
            *(
                one
                for one in self._gaps
                if now <= one.at < until and (one.task, one.slot) not in covered
            ),
        ]
        for matter, starts in self._begun:
            first = bisect_left(starts, now)
            if first < len(starts) and starts[first] < until:
                found.append(replace(matter, at=starts[first]))
        if reports is not None:
            found += _late(self._facts, now, until, reports)
            found += _unreported(self._facts, now, reports) if unreported else ()
        return sorted(found, key=lambda matter: matter.rank)


def _gaps(facts: Facts) -> Iterator[Matter]:
    """Slots that have to be filled, at the last moment for that: what may still be done later can wait."""
    latest = facts.instance.derived(_latest_starts, frozenset(Instance.model_fields))
    for task in tasks(facts.instance):
        filled = facts.by_task[task.id]
        if len(filled) == len(facts.task_slots[task.id]):
            continue
        needed = [
            number
            for number, slot in enumerate(facts.task_slots[task.id])
            if number not in filled and slot.rank in (Rank.CREW, Rank.MINIMUM)
        ]
        if not needed or (isinstance(task, Visit) and is_done(task, filled)):
            continue
        last = latest[task.id]
        if filled:
            last = min(stop.start for stop in filled.values())
        for number in needed:
            yield Matter("gap", last, task.id, number)


def _latest_starts(instance: Instance) -> dict[str, int]:
    """Task → its last start, in ticks; -1: it can never begin."""
    return {
        task.id: max((span.last for span in window_spans(instance, task)), default=-1)
        for task in tasks(instance)
    }


def _absent(facts: Facts, known: Sequence[Published]) -> Iterator[Matter]:
    """Work that somebody was told to do, or does by the roster, who is not there then."""
    leaving = {person.id for person in facts.instance.people if person.leave}
    if not leaving:
        return
    told = {(part.task, part.slot): part for part in _told(facts.instance, known)}
    for task, filled in facts.by_task.items():
        for number, slot in enumerate(facts.task_slots[task]):
            stop, part = filled.get(number), told.get((task, number))
            if stop is not None:
                person, start, end = stop.person, stop.start, stop.end
            elif part is not None:
                person, start, end = part.person, part.start, part.start + slot.duration
            else:
                continue
            if person in leaving and not _there(facts, person, start, end):
                yield Matter("absent", start, task, number, person)


def _there(facts: Facts, person: str, start: int, end: int) -> bool:
    """Whether a person's leave leaves them the whole span; hours that were never theirs are a clash."""
    record = facts.instance.person_by_id[person]
    return not any(span.start < end and start < span.end for span in record.leave)


Begun = tuple[Matter, list[int]]
"""A matter, and the moments in order at which it may begin to matter."""


def _clashes(facts: Facts, report: Report, away: Collection[str]) -> Iterator[Begun]:
    """Breaches of hard rules that touch work; leave is told of by itself. away: people who are on it."""
    for finding in report.findings:
        if finding.rule.level is not Level.HARD:
            continue
        if finding.rule.rule.id == "availability" and finding.key in away:
            continue
        task = finding.key if finding.key in facts.by_task else None
        person = finding.key if finding.key in facts.by_person else None
        starts = sorted(stop.start for stop in _about(facts, finding))
        yield Matter("clash", 0, task, None, person, finding), starts


def _about(facts: Facts, finding: Finding) -> list[RouteStop]:
    """The stops that a breach names by task, or by person and day."""
    said = finding.violation.slots
    named = {finding.key, *(value for value in said.values() if isinstance(value, str))}
    by_task = [
        stop for task in named & facts.by_task.keys() for stop in facts.by_task[task].values()
    ]
    if by_task:
        return by_task
    day = said.get("day")
    return [
        stop
        for person in named & facts.by_person.keys()
        for stop in facts.by_person[person]
        if not isinstance(day, int) or facts.workday(stop) == day
    ]


def _unpublished(facts: Facts) -> Iterator[Begun]:
    """That nobody was told anything."""
    starts = sorted(stop.start for stops in facts.by_person.values() for stop in stops)
    yield Matter("unpublished", 0), starts


def _untold(facts: Facts, known: Sequence[Published]) -> Iterator[Begun]:
    """People whose work is another than they were told of."""
    told: dict[str, set[tuple[str, int, str, int]]] = {}
    for part in _told(facts.instance, known):
        told.setdefault(part.person, set()).add((part.task, part.slot, part.place, part.start))
    for person, stops in facts.by_person.items():
        work = {(stop.task.id, stop.slot, stop.place, stop.start) for stop in stops}
        other = work ^ told.get(person, set())
        if other:
            starts = sorted(start for *_, start in other)
            yield Matter("untold", 0, None, None, person), starts


def _told(instance: Instance, known: Iterable[Published]) -> Iterator[Published]:
    tasks, people = instance.task_by_id, instance.person_by_id
    yield from (part for part in known if part.task in tasks and part.person in people)


def _late(facts: Facts, now: int, until: int, reports: Reports) -> Iterator[Matter]:
    """Stops to which their person cannot be in time after the one before, as it really ended."""
    if not any(ended is not None for ended in reports.values()):
        return
    for stops in facts.by_person.values():
        for before, after in pairwise(stops):
            ended = reports.get((before.task.id, before.slot))
            if ended is None or not now <= after.start < until:
                continue
            late = ended + facts.way(before, after) - after.start
            if late > 0 and (after.task.id, after.slot) not in reports:
                yield Matter(
                    "late", after.start, after.task.id, after.slot, after.person, late=late
                )


def _unreported(facts: Facts, now: int, reports: Reports) -> Iterator[Matter]:
    """What is over and nobody has said anything of."""
    for task, filled in facts.by_task.items():
        for number, stop in filled.items():
            if stop.end <= now and (task, number) not in reports:
                yield Matter("unreported", stop.end, task, number, stop.person)
