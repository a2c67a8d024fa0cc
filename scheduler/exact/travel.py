"""Travel: each person's day as a circuit of stops; a way taken orders the two stops it joins."""

from ortools.sat.python.cp_model import IntVar, LiteralT

from scheduler.exact.decisions import Decisions, Leg, Stop

_HOME = 0


def encode(model: Decisions) -> None:
    """Stops of every person and day, the circuit through them, and the points of its ticks."""
    _stops(model)
    for (person, day), stops in model.stops.items():
        _circuit(model, person, day, stops)
        cost = int(model.lowered.travel.cost[model.lowered.travel.mode[person]])
        for leg in model.legs[person, day]:
            model.costs.add(cost * leg.ticks, leg.taken)


def _stops(model: Decisions) -> None:
    """A stop for each slot, person, day and place; days on which the person is not there have none."""
    index = model.lowered.index
    for task in range(len(index.tasks)):
        spots = _spots(model, task)
        for slot in index.slots_of(task):
            for person in range(len(index.people)):
                if (slot, person) not in model.person:
                    continue
                taken = []
                for (day, place), chosen in spots.items():
                    if model.spans(person, day):
                        literal = model.literal(f"{person} in {slot} on {day} at {place}")
                        model.cp.add(literal <= sum(chosen))
                        stop = Stop(slot, place, literal)
                        model.stops.setdefault((person, day), []).append(stop)
                        taken.append(literal)
                model.cp.add(sum(taken) == model.person[slot, person])


def _spots(model: Decisions, task: int) -> dict[tuple[int, int], list[IntVar]]:
    """(day, place) → the options of a task that mean it."""
    window = model.lowered.window
    spots: dict[tuple[int, int], list[IntVar]] = {}
    for option in model.options(task):
        spot = int(window.day[option]), int(window.place[option])
        spots.setdefault(spot, []).append(model.option[option])
    return spots


def _circuit(model: Decisions, person: int, day: int, stops: list[Stop]) -> None:
    travel = model.lowered.travel
    worked = model.literal(f"person {person} works on {day}")
    model.worked[person, day] = worked
    nodes: list[Stop | None] = [None, *stops]
    legs: list[Leg] = []
    arcs: list[tuple[int, int, LiteralT]] = [(_HOME, _HOME, ~worked)]
    home = int(travel.start[person]), int(travel.end[person])
    task_of = model.lowered.index.task_of
    for i, before in enumerate(nodes):
        for j, after in enumerate(nodes):
            if before is None and after is None:
                continue
            if before is after and before is not None:
                arcs.append((i, i, ~before.taken))
                continue
            if before and after and task_of[before.slot] == task_of[after.slot]:
                continue
            taken = model.literal("")
            arcs.append((i, j, taken))
            start = before.place if before else home[0]
            end = after.place if after else home[1]
            legs.append(Leg(before, after, _ticks(model, person, start, end), taken))
    model.cp.add_circuit(arcs)
    model.legs[person, day] = legs
    for leg in legs:
        if leg.before and leg.after:
            arrival = model.end(leg.before.slot) + leg.ticks
            model.cp.add(model.start[leg.after.slot] >= arrival).only_enforce_if(leg.taken)
    for stop in stops:
        model.cp.add_implication(stop.taken, worked)


def _ticks(model: Decisions, person: int, start: int, end: int) -> int:
    if start < 0 or end < 0:
        return 0
    travel = model.lowered.travel
    return int(travel.ticks[travel.mode[person], start, end])
