"""Unassigned work and why: a row for each visit or shift that lacks people."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial

from scheduler.drawings.reader import Reader
from scheduler.drawings.words import bilingual, joined, kind, same, short_day, text
from scheduler.explain import EmptySlot, Remedy, Trials, prepared, remedies, why_empty
from scheduler.explain.why_empty import BUDGET_OF_MANY
from scheduler.explain.words import reason_in_words, remedy_in_words
from scheduler.facts import Facts
from scheduler.messages import Lang
from scheduler.model import Shift, Visit
from scheduler.model.tasks import Rank, is_done
from scheduler.report.tables import time_of_day
from scheduler.rules import Text, rules

REMEDIED = 10
"""Rows that show remedies; computing them takes some tenths of a second a row."""


@dataclass(frozen=True)
class UndoneTask:
    """A task that lacks `missing` of `of` people.

    grave: not done at all, or below its minimum; otherwise done by fewer than hoped for
    """

    name: Text
    kind: Text | None
    where: Text
    when: Text
    priority: int
    missing: int
    of: int
    grave: bool
    shift: bool
    why: list[Text]
    remedies: list[Text]


@dataclass(frozen=True)
class UndoneWork:
    """rows: the grave before the light, the most urgent first; reasons: (reason, empty slots with it), most first."""

    rows: list[UndoneTask]
    reasons: list[tuple[Text, int]]

    @property
    def parts(self) -> list[tuple[Text, list[UndoneTask]]]:
        """The grave rows and the light ones, where there are any."""
        parts = [
            (text(f"undone.{name}"), [row for row in self.rows if row.grave is grave])
            for name, grave in (("grave", True), ("light", False))
        ]
        return [(name, rows) for name, rows in parts if rows]

    @property
    def most(self) -> int:
        """Empty slots with the most frequent reason."""
        return max((count for _, count in self.reasons), default=0)


def undone(facts: Facts, reader: Reader) -> UndoneWork:
    """Every task with an empty slot that counts as missed."""
    trials = prepared(facts)
    by_task: dict[str, list[EmptySlot]] = {}
    for empty in why_empty(trials, budget=BUDGET_OF_MANY):
        if empty.task in reader.tasks:
            # The rules that exclude people would give away what the visit is about.
            told = "hidden" if empty.reason in ("free", "not_worth") else empty.reason
            empty = replace(empty, ruled_out={}, attempts=(), reason=told)
        by_task.setdefault(empty.task, []).append(empty)
    rows = [(_row(facts, reader, task, slots), task, slots) for task, slots in by_task.items()]
    rows.sort(key=lambda entry: (not entry[0].grave, -entry[0].priority))
    remedied = [
        replace(row, remedies=_remedies(trials, reader, task, slots)) if number < REMEDIED else row
        for number, (row, task, slots) in enumerate(rows)
    ]
    counts = Counter(_short(empty) for slots in by_task.values() for empty in slots)
    return UndoneWork(remedied, [(words, count) for words, count in counts.most_common()])


def _short(empty: EmptySlot) -> Text:
    """The reason in a few words: the names of the rules that the least breach breaks."""
    if empty.reason not in ("rules", "nobody_able") or not empty.rules:
        return text(f"reason.{empty.reason}")
    return joined([rules()[rule].name for rule in empty.rules])


def _row(facts: Facts, reader: Reader, task: str, slots: list[EmptySlot]) -> UndoneTask:
    record = facts.instance.task_by_id[task]
    filled = facts.by_task[task]
    wanted = sum(slot.rank is not Rank.EXTRA for slot in facts.task_slots[task])
    if isinstance(record, Shift):
        minimum = sum(slot.rank is Rank.MINIMUM for slot in facts.task_slots[task])
        grave, where = len(filled) < minimum, same(reader.unmasked.place(record.place))
    else:
        grave = not is_done(record, filled)
        where = _places(reader, record)
    return UndoneTask(
        name=text("private.visit") if task in reader.tasks else reader.task(task),
        kind=None if task in reader.tasks else kind(record.kind),
        where=where,
        when=_when(facts, record),
        priority=record.priority,
        missing=len(slots),
        of=wanted,
        grave=grave,
        shift=isinstance(record, Shift),
        why=_why(reader, slots),
        remedies=[],
    )


def _remedies(trials: Trials, reader: Reader, task: str, slots: list[EmptySlot]) -> list[Text]:
    """The cheapest remedies of the slot that fewest people are able to fill; nothing about hidden work."""
    if task in reader.tasks:
        return []
    hardest = min(slots, key=lambda empty: empty.able)
    return [
        bilingual(partial(_remedy, reader, remedy))
        for remedy in remedies(trials, task, hardest.slot)
        if not any(part.task in reader.tasks for part in (*remedy.removed, *remedy.added))
    ]


def _remedy(reader: Reader, remedy: Remedy, lang: Lang) -> str:
    return remedy_in_words(reader.names(lang), remedy)


def _places(reader: Reader, visit: Visit) -> Text:
    places = list(dict.fromkeys(reader.place(visit.id, place) for place in visit.places))
    if len(places) > 2:
        return text("place.several", first=places[0], count=len(places))
    return joined(places)


def _why(reader: Reader, slots: list[EmptySlot]) -> list[Text]:
    """A sentence for each different reason, about the slot that fewest people are able to fill."""
    hardest: dict[tuple[str, tuple[str, ...]], EmptySlot] = {}
    for empty in sorted(slots, key=lambda empty: empty.able):
        hardest.setdefault((empty.reason, empty.rules), empty)
    return [bilingual(partial(_reason, reader, empty)) for empty in hardest.values()]


def _reason(reader: Reader, empty: EmptySlot, lang: Lang) -> str:
    return reason_in_words(reader.names(lang), empty)


def _when(facts: Facts, task: Visit | Shift) -> Text:
    """When it would start: the day or days, and the times of day that they share."""
    horizon = facts.horizon
    if isinstance(task, Shift):
        spans = [(task.start, task.start + task.duration)]
    else:
        spans = sorted((window.start, window.end) for window in task.windows)
    first, last = horizon.day_of(spans[0][0]), horizon.day_of(spans[-1][1] - 1)
    start = min(start % horizon.day_ticks for start, _ in spans)
    end = max((end - 1) % horizon.day_ticks + 1 for _, end in spans)
    times = f"{time_of_day(facts, start)}–{_until(facts, end)}"
    if first == last:
        return text("when.day", day=short_day(horizon, first), times=times)
    return text(
        "when.days",
        first=short_day(horizon, first),
        last=short_day(horizon, last),
        times=times,
    )


def _until(facts: Facts, ticks: int) -> str:
    return "24:00" if ticks == facts.horizon.day_ticks else time_of_day(facts, ticks)
