"""Changes by hand: who does what, when and where, exactly as a coordinator says, and nothing else.

Each is applied to the roster as it stands, without a search. Whether the rules allow it is judged
afterwards (see ``judged.py``).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from scheduler.checker.pricing import Pricing
from scheduler.facts import Facts
from scheduler.model import (
    Assignment,
    InputError,
    Instance,
    Pin,
    Problem,
    Published,
    Roster,
    Shift,
    Visit,
)
from scheduler.model.changes import (
    Assign,
    Change,
    Lock,
    MoveWork,
    PinWork,
    SwapWork,
    Unassign,
    UnpinWork,
)
from scheduler.model.pointer import pointer, shortened
from scheduler.model.tasks import TaskSlot, moved_up, slots

Parts = tuple[Assignment, ...]
ByHand = Assign | Unassign | SwapWork | MoveWork
"""Changes that give, take or move work; each may have a reason to break rules."""
_MOST_TRIED = 12
"""Empty slots of one task that are tried for a person."""


def parts_apart(before: Parts, after: Parts) -> tuple[list[Assignment], list[Assignment]]:
    """The parts that only one of two rosters has, each in its order; most are the same objects in both."""
    shared = set(map(id, before)) & set(map(id, after))
    old = [part for part in before if id(part) not in shared]
    new = [part for part in after if id(part) not in shared]
    was, now = set(old), set(new)
    return [part for part in old if part not in now], [part for part in new if part not in was]


@dataclass(frozen=True)
class RosterState:
    """A week and its roster between two changes by hand."""

    instance: Instance
    parts: Parts

    def of(self, task: str) -> list[Assignment]:
        """The parts of a task, by slot."""
        return sorted((part for part in self.parts if part.task == task), key=lambda p: p.slot)

    def exchanged(
        self, removed: Iterable[Assignment], added: Iterable[Assignment]
    ) -> "RosterState":
        """With the parts `added` in the places of `removed`, what is left over at the end."""
        old = {(part.task, part.slot): part for part in removed}
        new = list(added)
        by_slot = {(part.task, part.slot): part for part in new}
        kept = [
            by_slot.pop(at, None)
            if (at := (part.task, part.slot)) in old and part == old[at]
            else part
            for part in self.parts
        ]
        rest = [part for part in new if (part.task, part.slot) in by_slot]
        return replace(self, parts=(*(part for part in kept if part is not None), *rest))


def changed_by_hand(state: RosterState, change: Change, *at: str | int) -> RosterState:
    """The state after a change; other kinds leave it as it is.

    at: path of the change. Raises InputError with the one thing that makes it impossible.
    """
    step = _STEPS.get(type(change))
    return state if step is None else step(state, change, _Fault(at))


@dataclass(frozen=True)
class _Fault:
    """Faults at a change."""

    at: tuple[str | int, ...]

    def __call__(self, code: str, field: str = "", value: str = "", **more: str) -> InputError:
        path = (*self.at, field) if field else self.at
        problem = Problem(code=code, pointer=pointer(*path), value=shortened(value), slots=more)
        return InputError([problem])


def _assign(state: RosterState, change: Assign, fault: _Fault) -> RosterState:
    task, crew = state.instance.task_by_id[change.task], state.of(change.task)
    task_slots = slots(task)
    if change.slot is not None and change.slot >= len(task_slots):
        raise fault("unknown_slot", "slot", str(change.slot), count=str(len(task_slots)))
    if any(part.person == change.person for part in crew):
        raise fault("already_on_task", "person", change.person, task=task.name)
    if isinstance(task, Shift) and change.start not in (None, task.start):
        raise fault("shift_has_its_start", "start", task.name)
    state = _with_place(state, task, change)
    holder = next((part for part in crew if part.slot == change.slot), None)
    empty = [number for number in range(len(task_slots)) if number not in {p.slot for p in crew}]
    if change.slot is not None:
        numbers = [change.slot]
    elif empty:
        numbers = _different(task_slots, empty)[:_MOST_TRIED]
    elif len(crew) == 1:
        holder, numbers = crew[0], [crew[0].slot]
    else:
        named = state.instance.person_by_id
        listed = ", ".join(f"{part.slot}: {named[part.person].name}" for part in crew)
        raise fault("no_empty_slot", "slot", task.name, holders=listed)
    removed = [] if holder is None else [holder]
    others = [part for part in crew if part != holder]
    ways = [
        part for number in numbers for part in _ways(state, change, task, number, others, holder)
    ]
    return state.exchanged(removed, [_cheapest(state, removed, ways)])


def _with_place(state: RosterState, task: Visit | Shift, change: Assign | MoveWork) -> RosterState:
    """A visit may be at another place, for a reason."""
    place = change.place
    if not change.reason or place is None or not isinstance(task, Visit) or place in task.places:
        return state
    wider = task.model_copy(update={"places": (*task.places, place)})
    return replace(state, instance=_with_task(state.instance, wider))


def _with_task(instance: Instance, task: Visit | Shift) -> Instance:
    field = "visits" if isinstance(task, Visit) else "shifts"
    records = getattr(instance, field)
    return instance.changed(**{field: tuple(task if r.id == task.id else r for r in records)})


def _different(task_slots: tuple[TaskSlot, ...], empty: Iterable[int]) -> list[int]:
    """The first empty slot of each kind."""
    first: dict[str, int] = {}
    for number in empty:
        first.setdefault(repr(task_slots[number]), number)
    return list(first.values())


def _ways(
    state: RosterState,
    change: Assign,
    task: Visit | Shift,
    number: int,
    crew: list[Assignment],
    holder: Assignment | None,
) -> Iterator[Assignment]:
    """The ways in which the person can fill a slot: as the change, the crew or the publication says, else any."""
    slot, told = slots(task)[number], _told(state, task, number, crew, holder)
    start = None if change.start is None else change.start + slot.after[0]
    if start is None and told is not None:
        start = told[0]
    place = change.place or (None if told is None else told[1])
    where = (task.place,) if isinstance(task, Shift) else task.places
    if start is not None:
        for there in where if place is None else (place,):
            yield _part(task, number, change.person, there, start)
        return
    found = False
    for part in _free_ways(state, change, number):
        if place in (None, part.place):
            found = True
            yield part
    if not found and isinstance(task, Visit):
        first = max(0, min(window.start for window in task.windows))
        yield _part(task, number, change.person, place or where[0], first + slot.after[0])


def _told(
    state: RosterState,
    task: Visit | Shift,
    number: int,
    crew: list[Assignment],
    holder: Assignment | None,
) -> tuple[int, str] | None:
    """Start and place of a slot that are settled: its holder's, the shift's, the crew's, the published."""
    after = slots(task)[number].after[0]
    if holder is not None:
        return holder.start, holder.place
    if isinstance(task, Shift):
        return task.start, task.place
    published = [part for part in state.instance.published if part.task == task.id]
    published.sort(key=lambda part: part.slot != number)
    settled: list[Assignment | Published] = [*crew, *published]
    if not settled:
        return None
    first = settled[0]
    return first.start - slots(task)[first.slot].after[0] + after, first.place


def _free_ways(state: RosterState, change: Assign, number: int) -> Iterator[Assignment]:
    """Times and places for a person in a slot of a visit that nobody does yet, the best first."""
    from scheduler.explain.placements import Trials  # late: only this question needs it

    trials = Trials(Facts(state.instance, _roster(state)))
    for infeasible in (False, True):
        found = trials.placements(
            change.task, [number], held={number: change.person}, infeasible=infeasible
        )
        for placement in found:
            yield from placement.assignments
        if found:
            return


def _cheapest(state: RosterState, removed: list[Assignment], ways: list[Assignment]) -> Assignment:
    """The way that costs least, the first of equals."""
    if len(ways) == 1:
        return ways[0]
    pricing = Pricing(Facts(state.instance, _roster(state)))
    return min(ways, key=lambda part: pricing.change(removed, [part]).score)


def _unassign(state: RosterState, change: Unassign, fault: _Fault) -> RosterState:
    crew = state.of(change.task)
    gone = [part for part in crew if change.person in (None, part.person)]
    if not gone and change.person is not None:
        raise fault("not_on_task", "person", change.person, task=_name(state, change.task))
    if not gone:
        raise fault("nobody_on_task", "task", change.task)
    return _moved_up(state.exchanged(gone, ()), change.task)


def _moved_up(state: RosterState, task: str) -> RosterState:
    """In each need of a shift who stays fills the first slots; what is published goes along."""
    filled = {part.slot for part in state.of(task)}
    moved = moved_up(state.instance, state.instance.task_by_id[task], filled)

    def up(part: Any) -> Any:
        slot = moved.get(part.slot, part.slot) if part.task == task else part.slot
        return part if slot == part.slot else part.model_copy(update={"slot": slot})

    instance = state.instance.changed(published=tuple(map(up, state.instance.published)))
    return RosterState(instance, tuple(map(up, state.parts)))


def _swap(state: RosterState, change: SwapWork, fault: _Fault) -> RosterState:
    if change.first == change.second:
        raise fault("swap_with_oneself", "second", change.second)
    if change.task is None:
        return _swap_spans(state, change, fault)
    pairs = [("task", change.task, change.first, change.second)]
    if change.other is not None:
        pairs.append(("other", change.other, change.second, change.first))
    removed, added = list[Assignment](), list[Assignment]()
    for field, task, giver, taker in pairs:
        part = next((part for part in state.of(task) if part.person == giver), None)
        if part is None:
            raise fault("not_on_task", field, giver, task=_name(state, task))
        if any(other.person == taker for other in state.of(task)):
            raise fault("already_on_task", field, taker, task=_name(state, task))
        removed.append(part)
        added.append(part.model_copy(update={"person": taker}))
    return state.exchanged(removed, added)


def _swap_spans(state: RosterState, change: SwapWork, fault: _Fault) -> RosterState:
    """All that either begins in the span, but for what both are on."""
    if change.other is not None:
        raise fault("swap_other_alone", "other", change.other)
    start = 0 if change.start is None else change.start
    end = state.instance.horizon.end if change.end is None else change.end
    both = {change.first: change.second, change.second: change.first}
    tasks_of = {who: {p.task for p in state.parts if p.person == who} for who in both}
    shared = tasks_of[change.first] & tasks_of[change.second]
    removed = [
        part
        for part in state.parts
        if part.person in both and start <= part.start < end and part.task not in shared
    ]
    if not removed:
        raise fault("nothing_to_swap", "first", change.first, second=change.second)
    added = [part.model_copy(update={"person": both[part.person]}) for part in removed]
    return state.exchanged(removed, added)


def _move(state: RosterState, change: MoveWork, fault: _Fault) -> RosterState:
    task, crew = state.instance.task_by_id[change.task], state.of(change.task)
    if change.start is None and change.place is None:
        raise fault("move_nowhere", value=change.task)
    if isinstance(task, Shift):
        place = change.place or task.place
        start = task.start if change.start is None else change.start
        moved = task.model_copy(update={"start": start, "place": place})
        by = start - task.start
        state = replace(state, instance=_with_task(state.instance, moved))
    elif not crew:
        raise fault("nobody_on_task", "task", change.task)
    else:
        state = _with_place(state, task, change)
        lead = crew[0]
        begin = lead.start - slots(task)[lead.slot].after[0]
        by = 0 if change.start is None else change.start - begin
    added = [
        part.model_copy(
            update={
                "start": part.start + by,
                "end": part.end + by,
                "place": change.place or part.place,
            }
        )
        for part in crew
    ]
    return state.exchanged(crew, added)


def _pin(state: RosterState, change: PinWork, fault: _Fault) -> RosterState:
    chosen = [part for part in state.parts if _meant(change, part.task, part.person)]
    if not chosen:
        raise fault("nothing_to_pin", value=change.task or change.person or "")
    settled = {(part.task, part.slot) for part in chosen}
    others = [pin for pin in state.instance.pins if (pin.task, pin.slot) not in settled]
    pins = (*others, *map(pin_of, chosen))
    return replace(state, instance=state.instance.changed(pins=pins))


def pin_of(part: Assignment) -> Pin:
    """A pin that keeps a part as it is."""
    return Pin(
        task=part.task, slot=part.slot, person=part.person, place=part.place, start=part.start
    )


def _unpin(state: RosterState, change: UnpinWork, fault: _Fault) -> RosterState:
    holders = {(part.task, part.slot): part.person for part in state.parts}
    kept = tuple(
        pin
        for pin in state.instance.pins
        if not _meant(change, pin.task, pin.person or holders.get((pin.task, pin.slot)))
    )
    if len(kept) == len(state.instance.pins):
        raise fault("nothing_pinned", value=change.task or change.person or "")
    return replace(state, instance=state.instance.changed(pins=kept))


def _meant(change: PinWork | UnpinWork, task: str, person: str | None) -> bool:
    return change.task in (None, task) and change.person in (None, person)


def _lock(state: RosterState, change: Lock, _: _Fault) -> RosterState:
    freeze = state.instance.freeze.model_copy(update={"time": change.before})
    return replace(state, instance=state.instance.changed(freeze=freeze))


def _part(task: Visit | Shift, slot: int, person: str, place: str, start: int) -> Assignment:
    end = start + slots(task)[slot].duration
    return Assignment(task=task.id, slot=slot, person=person, place=place, start=start, end=end)


def _name(state: RosterState, task: str) -> str:
    return state.instance.task_by_id[task].name


def _roster(state: RosterState) -> Roster:
    return Roster(
        horizon=state.instance.horizon, instance=state.instance.id, assignments=state.parts
    )


_STEPS: dict[type, Callable[[RosterState, Any, _Fault], RosterState]] = {
    Assign: _assign,
    Unassign: _unassign,
    SwapWork: _swap,
    MoveWork: _move,
    PinWork: _pin,
    UnpinWork: _unpin,
    Lock: _lock,
}
