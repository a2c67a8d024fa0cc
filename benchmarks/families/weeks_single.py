"""Our own weeks as work for single people: what we and a planner of routes and shifts express alike.

``week-sub-tight`` lacks every third person, so that much has to stay undone. Work that nobody can ever
do is left out. The cost is one number (see benchmarks/reduced.py): soft points, travel minutes for the
most part, and an hour for each point left undone.
"""

from functools import partial
from pathlib import Path

from benchmarks.families.case import BenchmarkCase, file_stem, matches
from benchmarks.peers.tables import routing_tables
from benchmarks.reduced import shared_cost, single_people
from instances.generate import generate
from scheduler.formats.json_file import write_roster
from scheduler.model import Instance, Roster
from scheduler.model.tasks import most_headcount

WEEKS = {
    "week-community": "shizishan/community",
    "week-banbianjie": "banbianjie",
    "week-sub": "shizishan/sub_district",
    "week-sub-tight": "shizishan/sub_district",
}
"""Name to the generated week that it is made of."""


def cases(data: Path, only: str) -> list[BenchmarkCase]:
    """The weeks whose name matches; `data` is not read."""
    return [
        BenchmarkCase(
            name=name,
            load=partial(week, name),
            cost=shared_cost,
            best_known=None,
            save=_save,
            reduced=True,
        )
        for name in WEEKS
        if matches(name, only)
    ]


def week(name: str) -> Instance:
    """The week of that name, always the same. Raises KeyError for a name that WEEKS has not."""
    whole = single_people(generate(WEEKS[name]))
    people = list(whole.people)
    if name.endswith("tight"):
        del people[2::3]
    return possible(whole.changed(id=name, people=tuple(people)))


def possible(instance: Instance) -> Instance:
    """Without the visits, and the needs of shifts, that nobody is able to do and to reach in time."""
    done = {(job.task, job.slot) for job in routing_tables(instance).jobs}
    shifts = []
    for shift in instance.shifts:
        needs, slot = [], 0
        for need in shift.needs:
            if (shift.id, slot) in done:
                needs.append(need)
            slot += most_headcount(need)
        if needs:
            shifts.append(shift.model_copy(update={"needs": tuple(needs)}))
    visits = tuple(visit for visit in instance.visits if (visit.id, 0) in done)
    return instance.changed(visits=visits, shifts=tuple(shifts))


def _save(folder: Path, instance: Instance, roster: Roster) -> None:
    write_roster(folder / f"{file_stem(instance.id)}.json", roster)
