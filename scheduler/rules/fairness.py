"""Load goes where the fair share is least used: each further step of it costs more.

A person's share is the contract's part of the horizon, less what leave takes of their days and no
more than they are present (see `scheduler.facts.contract`). Their fair share is that plus what they
worked less than their share in the weeks before (history's ``fair_minutes`` - ``minutes``), and never
negative. Load is time at visits and shifts without travel, in quarters of an hour, rounded task by task.

Unit: points. A quarter of an hour costs a point for each of the bounds 5, 10, … 120 % of the
share that the load has passed, so 24 points beyond the last. What was worked less before
raises all bounds, what was worked more lowers them. So work moves to people who have carried less,
without comparing two people.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.contract import fair_share, share
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

STEPS = tuple(range(5, 121, 5))
"""Per cent of the share. As fine as that even where there is little work to share."""
UNIT_MINUTES = 15

RULE = Rule(
    level=Level.SOFT,
    unit="point",
    scope="person",
    grows=True,
    name=Text(zh="工作量公平", en="Fair load"),
    text=Text(
        zh="{person} 承担 {work}，公平份额为 {share}",
        en="{person} carries {work}; the fair share is {share}",
    ),
    limits=(Limit("contract_minutes"),),
)


def _unit(instance: Instance) -> int:
    return UNIT_MINUTES * instance.horizon.ticks_per_minute


def _units(ticks: int, unit: int) -> int:
    return (ticks + unit // 2) // unit


def _bounds(instance: Instance, person: str) -> list[int]:
    """Units of load from which each step is paid."""
    unit, past = _unit(instance), instance.past(person)
    asked, owed = share(instance, person) or 0, past.fair_minutes - past.minutes
    return [max(0, (asked * step // 100 + owed) // unit) for step in STEPS]


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    fair = fair_share(facts.instance, key)
    if fair is None:
        return
    unit = _unit(facts.instance)
    spent = [stop.end - stop.start for stop in facts.by_person[key]]
    load = sum(_units(ticks, unit) for ticks in spent)
    bounds = facts.instance.of_person(_bounds, key)
    points = sum(load - bound for bound in bounds if load > bound)
    if points:
        yield Violation(points, {"person": key, "work": sum(spent), "share": fair})


def lower(into: Into) -> None:
    unit = _unit(into.instance)
    amounts = {slot: _units(record.duration, unit) for slot, _, record in into.slots()}
    for person, record in into.people():
        if share(into.instance, record.id) is not None:
            measure = into.total.measure(("load",), amounts)
            pieces = [(1, bound, into.points()) for bound in _bounds(into.instance, record.id)]
            into.total.add(person, measure, [list(into.days(record.id))], pieces)
