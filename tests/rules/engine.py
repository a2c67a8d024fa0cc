"""What the primitives make of a roster, by the plain reference: the other half of a rule's meaning."""

from itertools import product

from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster
from scheduler.lowered.price import STANDARD
from scheduler.model import Instance
from scheduler.rules import active
from tests.plain import price
from tests.plain.day import day
from tests.plain.price import fit, follow, recovery, run, total, travel
from tests.plain.reading import Stop, days, read
from tests.rules.build import amounts, lowered, roster


def priced(instance: Instance, rules: tuple[str, ...], *rows: tuple) -> int:
    """Points of a roster in the primitives about people, as these rules alone lower themselves."""
    whole = lowered(instance, *rules, "visit_window")
    low = read(whole)
    index = low.index
    stops = []
    for one in roster(instance, *rows).assignments:
        task = index.task[one.task]
        slot, who, where = (
            index.slot_of[task] + one.slot,
            index.person[one.person],
            index.place[one.place],
        )
        option = max(_options(whole, task, None, one.start - low.crew.least[slot]))
        when = low.window.day[option], whole.workday(who, slot, option), one.start, one.end
        stops.append(Stop(slot, task, who, where, option, *when))
    own = days(stops)
    by_day = sum(day(low, row) for row in own.values())
    return (
        fit(low, stops)
        + travel(low, own)
        + by_day
        + total(low, own)
        + run(low, own)
        + recovery(low, own)
        + follow(low, own)
    )


def cost(rule: str, instance: Instance, *rows: tuple) -> int:
    """What the definition makes of a roster, in the engines' points."""
    one = next(one for one in active(instance) if one.rule.id == rule)
    amount = sum(sum(found) for found in amounts(rule, instance, *rows).values())
    return amount * one.weight * STANDARD.of(one.level)


def priced_tasks(instance: Instance, rules: tuple[str, ...], *rows: tuple) -> int | None:
    """Points of a roster in every primitive, as these rules and visit_window lower themselves.

    A roster does not tell its options: each task has the one that prices the whole best. None where
    some task has no option for its place and start, so that engines cannot make the roster.
    """
    low = lowered(instance, *rules, "visit_window")
    people, starts = [NONE] * len(low.index.slots), [0] * len(low.index.slots)
    options: list[list[int]] = [[NONE]] * len(low.index.tasks)
    for one in sorted(roster(instance, *rows).assignments, key=lambda one: -one.slot):
        task = low.index.task[one.task]
        slot = low.index.slot_of[task] + one.slot
        people[slot], starts[slot] = low.index.person[one.person], one.start
        begin = one.start - int(low.crew.least[slot])
        options[task] = _options(low, task, low.index.place[one.place], begin)
    return min(
        (price(low, DenseRoster(own, tuple(people), tuple(starts))) for own in product(*options)),
        default=None,
    )


def _options(low: Lowered, task: int, place: int | None, begin: int) -> list[int]:
    """The task's options, at a place where one is given, on the day of a start and not after it."""
    window, day = low.window, begin // low.index.day_ticks
    return [
        option
        for option in range(int(window.first[task]), int(window.first[task + 1]))
        if window.day[option] == day
        and place in (None, window.place[option])
        and window.earliest[option] <= begin
    ]


def able(rule: str, instance: Instance, task: str, slot: int = 0) -> list[str]:
    """Who is not forbidden in a task's slot by this rule alone."""
    low = lowered(instance, rule)
    found = low.fit.able(low.index.slot_of[low.index.task[task]] + slot)
    return [low.index.people[person] for person in found]
