"""Each tiny instance: its roster costs what its reasoning says, and no other roster costs less."""

from collections.abc import Iterator
from itertools import product

import pytest

from instances.tiny import NAMES, tiny
from scheduler.checker import check
from scheduler.model import Assignment, Instance, Roster, Shift
from scheduler.model.tasks import tasks


@pytest.mark.parametrize("name", NAMES)
def test_the_roster_of_the_reasoning_costs_what_it_says(name):
    assert check(tiny(name).instance, tiny(name).best).score == tiny(name).score


@pytest.mark.parametrize("name", NAMES)
def test_no_roster_at_telling_moments_costs_less(name):
    one = tiny(name)
    least = min(check(one.instance, roster).score for roster in rosters(one.instance, one.best))
    assert least == one.score


@pytest.mark.parametrize("name", NAMES)
def test_it_is_tiny(name):
    instance = tiny(name).instance
    assert len(instance.people) <= 4
    assert 2 <= len(tasks(instance)) <= 5


def rosters(instance: Instance, best: Roster) -> Iterator[Roster]:
    """Every crew (or nobody), place and moment; moments are those of windows and of the best roster."""
    moments = {one.start for one in best.assignments} | {one.end for one in best.assignments}
    choices = []
    for task in tasks(instance):
        crew = 1 if isinstance(task, Shift) else len(task.slots)
        people = [*(person.id for person in instance.people), None]
        options: list[tuple[Assignment, ...]] = []
        for place, start in product(_places(task), sorted(moments | _starts(task))):
            if isinstance(task, Shift) or any(w.start <= start < w.end for w in task.windows):
                for who in product(people, repeat=crew):
                    options.append(
                        tuple(
                            Assignment(
                                task=task.id,
                                slot=slot,
                                person=person,
                                place=place,
                                start=start,
                                end=start + task.duration,
                            )
                            for slot, person in enumerate(who)
                            if person is not None
                        )
                    )
        choices.append(list(dict.fromkeys(options)))
    for chosen in product(*choices):
        yield Roster(
            instance=instance.id,
            horizon=instance.horizon,
            assignments=tuple(one for some in chosen for one in some),
        )


def _places(task) -> tuple[str, ...]:
    return (task.place,) if isinstance(task, Shift) else task.places


def _starts(task) -> set[int]:
    if isinstance(task, Shift):
        return {task.start}
    return {window.start for window in task.windows}
