"""Mix: a task's people together."""

from scheduler.engines.exact.costs import Linear
from scheduler.engines.exact.decisions import Decisions, each
from scheduler.lowered.mix import FOREVER


def encode(model: Decisions) -> None:
    """Points of every begun task by how many of its people are of a set."""
    mix = model.lowered.mix
    first, points = each(mix.first), each(mix.points)
    rows = zip(each(mix.task), each(mix.set), each(mix.least), strict=True)
    for row, (task, members, least) in enumerate(rows):
        prices = points[first[row] : first[row + 1]]
        slots = model.lowered.index.slots_of(task)
        count = _members(model, task, each(mix.until[members]))
        if least:
            filled = sum(model.filled[slot] for slot in slots)
            lacking = model.cp.new_int_var(0, least, "")
            model.cp.add_max_equality(lacking, [0, least - filled])
            count += lacking
        _pay(model, task, count, prices)


def _members(model: Decisions, task: int, until: list[int]) -> Linear:
    """How many of a task's people are of a set on their day."""
    seats = model.lead(model.lowered.index.slots_of(task))
    literals = [
        model.person[seat, person]
        for person, last in enumerate(until)
        if last >= FOREVER
        for seat in seats
        if (seat, person) in model.person
    ]
    expiring = {person for person, last in enumerate(until) if 0 <= last < FOREVER}
    literals += [
        stop.taken
        for (person, day), stops in model.stops.items()
        if person in expiring and (day if day < model.lowered.index.days else 0) <= until[person]
        for stop in stops
        if stop.slot in seats
    ]
    return sum(literals)


def _pay(model: Decisions, task: int, count: Linear, prices: list[int]) -> None:
    """The price of the count while the task is done; of more than there are prices, the last."""
    last = len(prices) - 1
    if not any(prices):
        return
    exactly = [model.literal("") for _ in prices]
    model.cp.add_exactly_one(exactly)
    for number, literal in enumerate(exactly):
        bound = count == number if number < last else count >= last
        if isinstance(bound, bool):
            if not bound:
                model.cp.add(literal == 0)
        else:
            model.cp.add(bound).only_enforce_if(literal)
        model.charge_once(prices[number], literal, model.done[task])
