"""Single days without crews or weekly rules, as route planners know them, cut from our sub-district.

A Tuesday of ``shizishan/sub_district``: 60 visits of one community, 200 of three, 500 of all eight,
each within somebody's abilities and time; with a third of the people who are there that day, so that
not everything can be done. The cost is one number (see benchmarks/reduced.py): travel minutes, and
an hour for each point left undone.
"""

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random

from benchmarks.families.case import BenchmarkCase, file_stem, matches
from benchmarks.peers.tables import routing_tables
from benchmarks.reduced import expressible, shared_cost
from instances.generate import generate
from scheduler.formats.json_file import write_roster
from scheduler.model import Horizon, Instance, Person, Roster, Visit, Window

DAY = 1


@dataclass(frozen=True)
class DaySize:
    """How many visits, drawn from how many communities; the share of people, one in so many."""

    visits: int
    communities: int
    one_in: int = 3


SIZES = {f"day-{size.visits}": size for size in (DaySize(60, 1), DaySize(200, 3), DaySize(500, 8))}


def cases(data: Path, only: str) -> list[BenchmarkCase]:
    """The days whose name matches; `data` is not read."""
    return [
        BenchmarkCase(
            name=name, load=partial(day, name), cost=shared_cost, best_known=None, save=_save
        )
        for name in SIZES
        if matches(name, only)
    ]


def day(name: str) -> Instance:
    """The day of that name, always the same. Raises KeyError for a name that SIZES has not."""
    size = SIZES[name]
    week = _week()
    towns = [f"c{number + 1}" for number in range(size.communities)]
    near = [
        visit
        for visit in week.visits
        if set(week.area_and_above(week.place_by_id[visit.places[0]].area)) & set(towns)
    ]
    people = [present for person in week.people if (present := _present(week, person, towns))]
    today = week.changed(
        id=name,
        horizon=Horizon(start=week.horizon.date(DAY), days=1),
        people=tuple(people[:: size.one_in]),
        visits=tuple(cut for visit in near if (cut := _today(week, visit))),
    )
    return today.changed(visits=_drawn(today, size.visits))


@cache
def _week() -> Instance:
    return expressible(generate("shizishan/sub_district")).instance


def _drawn(today: Instance, count: int) -> tuple[Visit, ...]:
    """So many of the visits that somebody can do, in the order of the instance."""
    able = [job.task for job in routing_tables(today).jobs]
    drawn = set(Random(today.id).sample(able, count))
    return tuple(visit for visit in today.visits if visit.id in drawn)


def _cut(week: Instance, windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """What lies on the day, in its own clock."""
    midnight = DAY * week.horizon.day_ticks
    return tuple(
        Window(start=window.start - midnight, end=window.end - midnight)
        for window in windows
        if week.horizon.day_of(window.start) == DAY
    )


def _today(week: Instance, visit: Visit) -> Visit | None:
    windows = _cut(week, visit.windows)
    return visit.model_copy(update={"windows": windows}) if windows else None


def _present(week: Instance, person: Person, towns: list[str]) -> Person | None:
    """The person on that day; None if they are away or belong to another community."""
    windows = _cut(week, person.availability)
    areas = {above for area in person.areas for above in week.area_and_above(area)}
    if not windows or (areas and not areas & set(towns)):
        return None
    return person.model_copy(update={"availability": windows})


def _save(folder: Path, instance: Instance, roster: Roster) -> None:
    write_roster(folder / f"{file_stem(instance.id)}.json", roster)
