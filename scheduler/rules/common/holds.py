"""What pins and freezes hold: who fills a slot, where, when, or that nobody does.

Pins and freezes have the same price: 1 for each slot that is empty, or has another person or place,
or is filled though it should stay empty; and the ticks by which starts lie farther from the held
spans than from what windows and opening hours allow.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.facts import Facts, RouteStop
from scheduler.lowered.into import Into
from scheduler.rules.common.starts import Spans, admissible, bounds, common, off


@dataclass(frozen=True)
class Hold:
    """What is settled about one slot of a task. `spans`: first and last starts of the task's slot 0."""

    slot: int = 0
    person: str | None = None
    place: str | None = None
    spans: tuple[tuple[int, int], ...] = ()
    absent: bool = False
    needed: bool = True
    """Whether an empty slot breaks it."""

    def broken(self, stop: RouteStop | None) -> bool:
        """Whether the slot's person or place differs; times are left to `ticks_off`."""
        if self.absent:
            return stop is not None
        if stop is None:
            return self.needed
        return stop.person != (self.person or stop.person) or stop.place != (
            self.place or stop.place
        )


def ticks_off(facts: Facts, task: str, before: Sequence[Hold], holds: Sequence[Hold]) -> int:
    """Ticks by which a task's starts lie farther from `holds` than from what is counted already.

    Counted already are windows, opening hours and the holds `before`.
    """
    filled, slots = facts.by_task[task], facts.task_slots[task]
    held = [list(hold.spans) for hold in holds if hold.spans and not hold.absent]
    if not held or not filled:
        return 0
    place = filled[min(filled)].place
    free = bounds(admissible(facts.instance, facts.instance.task_by_id[task], place))
    free = _cut(free, [list(hold.spans) for hold in before if hold.spans and not hold.absent])
    kept = _cut(free, held)
    if kept:
        return max(0, off(kept, filled, slots) - off(free, filled, slots))
    return max(off(spans, filled, slots) for spans in held)


def _cut(spans: Spans, allowed: list[Spans]) -> Spans:
    for starts in allowed:
        spans = common(spans, starts)
    return spans


def lower_holds(into: Into, task: str, holds: Sequence[Hold]) -> None:
    """Write the holds of a task into the primitives."""
    number, slots = into.index.task[task], into.slots_of(task)
    for hold in holds:
        if hold.absent or hold.person is not None:
            others = [
                person
                for person, record in into.people()
                if hold.absent or record.id != hold.person
            ]
            into.forbid(slots[hold.slot], others)
        if hold.absent:
            continue
        if hold.needed:
            into.empty.add(slots[hold.slot], into.points())
        place = None if hold.place is None else into.index.place[hold.place]
        into.window.keep(number, None, place, None)
        if hold.spans:
            into.window.confine(number, None, list(hold.spans))
