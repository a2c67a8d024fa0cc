"""Ties between records: cycles, pins and pairs that contradict, crews and series out of order."""

from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from scheduler.model.errors import Problem
from scheduler.model.instance import Instance
from scheduler.model.most import AREAS_DEEP
from scheduler.model.pointer import Words, nearest, pointer, shortened
from scheduler.model.tasks import count_slots, tasks, with_pointers
from scheduler.model.work import Pin, Shift

_MOST_CYCLES = 20


def ties(instance: Instance) -> Iterator[Problem]:
    """Cycles in areas and gaps, gaps upside down, impossible crews, pairs and pins."""
    parents = {area.id: area.parent for area in instance.areas if area.parent is not None}
    at = {(area.id, area.parent): ("areas", n, "parent") for n, area in enumerate(instance.areas)}
    cyclic = False
    for cycle in _cycles(list(parents.items())):
        cyclic = True
        yield Problem(
            code="area_cycle",
            pointer=pointer(*at[cycle[0], cycle[1]]),
            value=shortened(cycle[1]),
            slots={"cycle": _in_words(cycle)},
        )
    if not cyclic:
        yield from _deep_areas(instance, parents)
    order = {(gap.first, gap.second): n for n, gap in enumerate(instance.gaps)}
    for cycle in _cycles(list(order)):
        yield Problem(
            code="gap_cycle",
            pointer=pointer("gaps", order[cycle[-2], cycle[-1]]),
            value=shortened(cycle[-1]),
            slots={"cycle": _in_words(cycle)},
        )
    yield from _gaps(instance)
    yield from _crews(instance)
    yield from _pairs(instance)
    yield from _mixes(instance)
    yield from _lonely_ties(instance)
    yield from _pins(instance)
    yield from _slots(instance, "published", "published_twice")


def _deep_areas(instance: Instance, parents: dict[str, str]) -> Iterator[Problem]:
    """Areas inside too many others; parents: area → the area that it is a part of, without cycles."""
    for number, area in enumerate(instance.areas):
        above, depth = parents.get(area.id), 1
        while above is not None and depth <= AREAS_DEEP:
            above, depth = parents.get(above), depth + 1
        if depth > AREAS_DEEP:
            yield Problem(
                code="area_too_deep",
                pointer=pointer("areas", number, "parent"),
                value=shortened(area.id),
                slots={"most": str(AREAS_DEEP)},
            )


def _in_words(cycle: list[str]) -> str:
    """The cycle, or its begin and end where it is long."""
    shown = cycle if len(cycle) <= _MOST_CYCLES else [*cycle[:10], "…", *cycle[-2:]]
    return " → ".join(map(shortened, shown))


def _cycles(edges: list[tuple[str, str]]) -> Iterator[list[str]]:
    """Cycles as ``[a, b, …, a]``, each without the last edge of those before; twenty at most."""
    for _ in range(_MOST_CYCLES):
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for before, after in edges:
            sorter.add(after, before)
        try:
            sorter.prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1]
            yield cycle
            edges = [edge for edge in edges if edge != (cycle[-2], cycle[-1])]
        else:
            return


def _gaps(instance: Instance) -> Iterator[Problem]:
    for number, gap in enumerate(instance.gaps):
        for unit, least, most in (
            ("minutes", gap.least_minutes, gap.most_minutes),
            ("days", gap.least_days, gap.most_days),
        ):
            if least is not None and most is not None and least > most:
                yield Problem(
                    code="least_over_most",
                    pointer=pointer("gaps", number, f"most_{unit}"),
                    value=str(most),
                    slots={"least": str(least)},
                )


def _crews(instance: Instance) -> Iterator[Problem]:
    for index, visit in enumerate(instance.visits):
        for number, slot in enumerate(visit.slots):
            least, most = slot.after
            at = pointer("visits", index, "slots", number, "after")
            if number == 0 and slot.after != (0, 0):
                yield Problem(code="first_slot_after", pointer=at, value=f"[{least}, {most}]")
            elif least < 0:
                yield Problem(code="slot_before_first", pointer=at, value=str(least))
            elif least > most:
                yield Problem(
                    code="least_over_most", pointer=at, value=str(most), slots={"least": str(least)}
                )
        if visit.least_crew is not None and visit.least_crew > len(visit.slots):
            yield Problem(
                code="least_crew_over_slots",
                pointer=pointer("visits", index, "least_crew"),
                value=str(visit.least_crew),
                slots={"count": str(len(visit.slots))},
            )


def _pairs(instance: Instance) -> Iterator[Problem]:
    """People paired with themselves, and pairs named twice; the other way it may be a contradiction."""
    first: dict[frozenset[str], int] = {}
    for number, pair in enumerate(instance.pairs):
        people, at = frozenset(pair.people), pointer("pairs", number)
        earlier = first.setdefault(people, number)
        if len(people) == 1:
            yield Problem(
                code="pair_alone",
                pointer=pointer("pairs", number, "people"),
                value=shortened(pair.people[0]),
            )
        elif earlier < number:
            agree = instance.pairs[earlier].together == pair.together
            yield Problem(
                code="pair_twice" if agree else "pair_contradicts",
                pointer=at,
                value=shortened(", ".join(pair.people)),
                severity="warning" if agree else "error",
                slots={"first": pointer("pairs", earlier)},
            )


def _mixes(instance: Instance) -> Iterator[Problem]:
    """Skills asked of more people than a task takes."""
    for field, index, task in with_pointers(instance):
        count = count_slots(task)
        for number, shared in enumerate(task.skill_mix):
            if shared.count > count:
                yield Problem(
                    code="mix_over_slots",
                    pointer=pointer(field, index, "skill_mix", number, "count"),
                    value=str(shared.count),
                    slots={"count": str(count)},
                )


def _lonely_ties(instance: Instance) -> Iterator[Problem]:
    """Ties that only one visit or shift has, which tie it to nothing."""
    tied = Counter(task.tie for task in tasks(instance) if task.tie is not None)
    words = Words(tie for tie, count in tied.items() if count > 1)
    for field, index, task in with_pointers(instance):
        if task.tie is not None and tied[task.tie] == 1:
            yield Problem(
                code="tie_alone",
                pointer=pointer(field, index, "tie"),
                value=shortened(task.tie),
                severity="warning",
                slots={"suggestion": nearest(task.tie, words)},
            )


def _pins(instance: Instance) -> Iterator[Problem]:
    yield from _slots(instance, "pins", "pinned_twice")
    for number, pin in enumerate(instance.pins):
        task = instance.task_by_id.get(pin.task)
        if task is None:
            continue
        if pin.absent and pin.person is not None:
            yield Problem(
                code="pin_absent_person",
                pointer=pointer("pins", number, "person"),
                value=shortened(pin.person),
            )
        places = (task.place,) if isinstance(task, Shift) else task.places
        yield from _pinned_place(instance, number, pin, places)
        if isinstance(task, Shift) and pin.start is not None and pin.start != task.start:
            yield Problem(
                code="pin_moves_shift",
                pointer=pointer("pins", number, "start"),
                value=shortened(task.id),
            )


def _slots(instance: Instance, field: str, twice: str) -> Iterator[Problem]:
    """Pins or published parts of slots that a task does not have, or that were named before."""
    seen: dict[tuple[str, int], int] = {}
    for number, part in enumerate(getattr(instance, field)):
        task = instance.task_by_id.get(part.task)
        if task is None:
            continue
        count = count_slots(task)
        if part.slot >= count:
            yield Problem(
                code="unknown_slot",
                pointer=pointer(field, number, "slot"),
                value=str(part.slot),
                slots={"count": str(count)},
            )
        if (part.task, part.slot) in seen:
            yield Problem(
                code=twice,
                pointer=pointer(field, number),
                value=shortened(f"{part.task} #{part.slot}"),
                slots={"first": pointer(field, seen[part.task, part.slot])},
            )
        seen.setdefault((part.task, part.slot), number)


def _pinned_place(
    instance: Instance, number: int, pin: Pin, places: tuple[str, ...]
) -> Iterator[Problem]:
    if pin.place is not None and pin.place in instance.place_by_id and pin.place not in places:
        yield Problem(
            code="pin_place_elsewhere",
            pointer=pointer("pins", number, "place"),
            value=shortened(pin.place),
            slots={"allowed": ", ".join(map(shortened, places[:10]))},
        )
