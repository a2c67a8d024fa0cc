"""A rule is broken only at the keys that it says it concerns."""

from random import Random

import pytest

from instances.generate import generate
from scheduler.due import expand
from scheduler.facts import Facts
from scheduler.model import Assignment, Freeze, Instance, Pair, Pin, Published, Roster
from scheduler.model.tasks import slots, tasks
from scheduler.rules import keys, rules

CONCERNED = [rule for rule in rules().values() if rule.concerns is not None]
WEEK = expand(generate("shizishan/community"))


def drawn(week: Instance, chance: Random, share: float) -> tuple[Assignment, ...]:
    """Some slots filled by anybody, anywhere, at any time."""
    return tuple(
        Assignment(
            task=task.id,
            slot=number,
            person=chance.choice(week.people).id,
            place=chance.choice(week.places).id,
            start=(start := chance.randrange(week.horizon.end)),
            end=start + chance.choice((slot.duration, 10)),
        )
        for task in tasks(week)
        for number, slot in enumerate(slots(task))
        if chance.random() < share
    )


def told(week: Instance, chance: Random) -> Instance:
    """The week with pins, pairs, a freeze and a published roster."""
    parts = drawn(week, chance, 0.5)
    fields = ("task", "slot", "person", "place", "start")
    published = tuple(Published(**{name: getattr(part, name) for name in fields}) for part in parts)
    pins = tuple(Pin(task=part.task, slot=part.slot, person=part.person) for part in parts[:20])
    first, second, third, fourth = (person.id for person in week.people[:4])
    pairs = (
        Pair(people=(first, second), together="never"),
        Pair(people=(third, fourth), together="always"),
    )
    grades = Freeze(time=2_000, order=5_000, person=7_000, day=9_000)
    return week.changed(published=published, pins=pins, pairs=pairs, freeze=grades)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("plain", [True, False])
def test_no_other_key_breaks_a_rule(share: float, plain: bool) -> None:
    chance = Random(f"{share} {plain}")
    week = WEEK if plain else told(WEEK, chance)
    roster = Roster(horizon=week.horizon, instance=week.id, assignments=drawn(week, chance, share))
    facts = Facts(week, roster)
    for rule in CONCERNED:
        assert rule.concerns is not None
        every, concerned = keys(facts, rule.scope), list(rule.concerns(facts))
        assert concerned == [key for key in every if key in set(concerned)], rule.id
        others = [key for key in every if key not in set(concerned)]
        assert not [key for key in others if list(rule.violations(facts, key))], rule.id


def test_where_nothing_is_said_nobody_is_asked() -> None:
    facts = Facts(WEEK, Roster(horizon=WEEK.horizon, instance=WEEK.id))
    asked = {rule.id for rule in CONCERNED if rule.concerns and list(rule.concerns(facts))}
    assert {"unassigned", "headcount_minimum", "known_face"} <= asked
    assert asked.isdisjoint({"frozen", "kept_time", "new_work", "never_together", "role"})
