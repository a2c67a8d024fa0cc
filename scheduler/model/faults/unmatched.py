"""People and work that never meet: people without hours, places in nobody's area, kinds nobody agreed to.

All are warnings; a place or kind is told once, at the first work that asks for it.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from scheduler.model.errors import Problem, warning
from scheduler.model.faults.kinds import ways, work_kinds
from scheduler.model.faults.staffing import Workforce
from scheduler.model.faults.supply import is_hard
from scheduler.model.instance import Instance
from scheduler.model.pointer import Path
from scheduler.model.presence import has_hours
from scheduler.model.tasks import household_of
from scheduler.model.work import Case, Need, Slot, Way

_MOST_KEPT = 500
"""Kinds and areas whose people are remembered."""


def unmatched(instance: Instance) -> Iterator[Problem]:
    """Warnings of what matches nothing; ids must be sound."""
    yield from _empty(instance)
    if is_hard(instance, "availability"):
        yield from _without_hours(instance)
    if instance.people:
        yield from _of_demands(instance)


def _empty(instance: Instance) -> Iterator[Problem]:
    if not (instance.visits or instance.shifts or instance.duties or instance.cases):
        yield warning("no_work", ("visits",), "[]")
    if not instance.people:
        yield warning("no_people", ("people",), "[]")


def _without_hours(instance: Instance) -> Iterator[Problem]:
    for index, person in enumerate(instance.people):
        if not has_hours(person, instance.horizon.end):
            yield warning("person_without_hours", ("people", index, "availability"), person.name)


class _Demand(NamedTuple):
    """What one part of some work asks for; of several kinds any will do."""

    path: Path
    name: str
    kinds: tuple[str, ...]
    place: str | None
    needs: Slot | Need | Case | Way


def _demands(instance: Instance) -> Iterator[_Demand]:
    """Every slot that is missed when empty, then what duties and cases ask for as they fall due."""
    for index, visit in enumerate(instance.visits):
        household = household_of(instance, visit)
        place = household.place if household is not None else visit.places[0]
        for slot in visit.slots:
            yield _Demand(("visits", index), visit.name, (visit.kind,), place, slot)
    for index, shift in enumerate(instance.shifts):
        for need in shift.needs:
            if need.minimum or need.target:
                yield _Demand(("shifts", index), shift.name, (shift.kind,), shift.place, need)
    for index, case in enumerate(instance.cases):
        home = None if case.household is None else instance.household_by_id[case.household].place
        at = home or next(iter(case.places), None)
        yield _Demand(("cases", index), case.name, (case.kind,), at, case)
    for index, duty in enumerate(instance.duties):
        counting = ways(instance, duty)
        if counting:
            home = instance.household_by_id[duty.household].place
            kinds = tuple(dict.fromkeys(way.kind for way in counting))
            yield _Demand(("duties", index), duty.name, kinds, home, counting[0])


def _of_demands(instance: Instance) -> Iterator[Problem]:
    """Kinds that nobody agreed to, and places in nobody's area, among those who could do the work."""
    workforce, known = Workforce(instance), work_kinds(instance)
    agreed = is_hard(instance, "agreed_work")
    area = is_hard(instance, "area")
    index_of = {place.id: number for number, place in enumerate(instance.places)}
    willing, around = _willing(instance), _by_area(instance)
    told: set[tuple[str, str]] = set()
    known_alike: set[tuple[frozenset[int], tuple[str, ...], str | None]] = set()
    for demand in _demands(instance):
        fit = workforce.fit(demand.needs)
        alike = fit, demand.kinds, demand.place
        if not fit or alike in known_alike:
            continue
        known_alike.add(alike)
        kind = demand.kinds[0]
        if agreed and ("kind", kind) not in told and fit.isdisjoint(willing(demand.kinds)):
            told.add(("kind", kind))
            path = demand.path if demand.path[0] == "duties" else (*demand.path, "kind")
            like = known.agreed_like((instance.people[n] for n in fit), kind)
            slots = {"count": str(len(fit)), "suggestion": like}
            yield warning("kind_not_agreed", path, kind, slots)
        place = demand.place
        if area and place and ("place", place) not in told and fit.isdisjoint(around(place)):
            told.add(("place", place))
            path, name = ("places", index_of[place], "area"), instance.place_by_id[place].name
            yield warning("place_in_no_area", path, name, {"work": demand.name})


def _willing(instance: Instance) -> Callable[[tuple[str, ...]], frozenset[int]]:
    """Kinds → the numbers of those who agreed to one of them, or to any."""
    any_kind = {n for n, person in enumerate(instance.people) if person.agreed is None}
    by_kind: dict[str, set[int]] = {}
    for number, person in enumerate(instance.people):
        for kind in person.agreed or ():
            by_kind.setdefault(kind, set()).add(number)

    @lru_cache(_MOST_KEPT)
    def willing(kinds: tuple[str, ...]) -> frozenset[int]:
        return frozenset(any_kind.union(*(by_kind.get(kind, ()) for kind in kinds)))

    return willing


def _by_area(instance: Instance) -> Callable[[str], frozenset[int]]:
    """Place → the numbers of those whose areas it lies in, or who have none."""
    everywhere = {n for n, person in enumerate(instance.people) if not person.areas}
    by_area: dict[str, set[int]] = {}
    for number, person in enumerate(instance.people):
        for area in person.areas:
            by_area.setdefault(area, set()).add(number)
    everybody = frozenset(range(len(instance.people)))

    @lru_cache(_MOST_KEPT)
    def around(area: str | None) -> frozenset[int]:
        above = list(instance.area_and_above(area))
        near = everywhere.union(*(by_area.get(name, ()) for name in above))
        return frozenset(near) if above else everybody

    return lambda place: around(instance.place_by_id[place].area)
