"""What the primitives make of a roster, by the plain reference: the other half of a rule's meaning."""

from scheduler.lowered.price import POINTS
from scheduler.model import Instance
from scheduler.rules import active
from tests.plain.price import day, fit, follow, run, total, travel
from tests.plain.reading import Stop, days, read
from tests.rules.build import amounts, lowered, roster


def priced(instance: Instance, rules: tuple[str, ...], *rows: tuple) -> int:
    """Points of a roster in the primitives about people, as these rules alone lower themselves."""
    low = read(lowered(instance, *rules))
    index = low.index
    stops = []
    for one in roster(instance, *rows).assignments:
        task = index.task[one.task]
        own_day = instance.horizon.day_of(one.start)
        slot, who, where = (
            index.slot_of[task] + one.slot,
            index.person[one.person],
            index.place[one.place],
        )
        stops.append(Stop(slot, task, who, where, own_day, one.start, one.end))
    own = days(stops)
    by_day = sum(day(low, row) for row in own.values())
    return (
        fit(low, stops)
        + travel(low, own)
        + by_day
        + total(low, own)
        + run(low, own)
        + follow(low, own)
    )


def cost(rule: str, instance: Instance, *rows: tuple) -> int:
    """What the definition makes of a roster, in the engines' points."""
    one = next(one for one in active(instance) if one.rule.id == rule)
    amount = sum(sum(found) for found in amounts(rule, instance, *rows).values())
    return amount * one.weight * POINTS[one.level]
