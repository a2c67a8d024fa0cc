"""DenseRoster: what an engine decides, in dense indices, and the roster that it stands for."""

from dataclasses import dataclass

from scheduler.lowered.lowered import Lowered
from scheduler.model import Assignment, Roster

NONE = -1


@dataclass(frozen=True)
class DenseRoster:
    """`NONE` where nothing is chosen.

    option: [task], row of Window's options; chosen for every task with a filled slot
    person: [slot]
    start: [slot], ticks; says nothing where the slot is empty
    """

    option: tuple[int, ...]
    person: tuple[int, ...]
    start: tuple[int, ...]


def to_roster(lowered: Lowered, dense: DenseRoster) -> Roster:
    """The roster with the instance's ids."""
    index = lowered.index
    places = [place.id for place in index.instance.places]
    assignments = []
    for slot, person in enumerate(dense.person):
        if person == NONE:
            continue
        task = index.task_of[slot]
        start = dense.start[slot]
        assignments.append(
            Assignment(
                task=index.tasks[task].id,
                slot=slot - index.slot_of[task],
                person=index.people[person],
                place=places[int(lowered.window.place[dense.option[task]])],
                start=start,
                end=start + int(lowered.crew.duration[slot]),
            )
        )
    return Roster(
        horizon=index.instance.horizon,
        instance=index.instance.id,
        assignments=tuple(assignments),
    )
