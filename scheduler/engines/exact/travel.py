"""Travel: each person's day as a circuit of stops; an arc that is taken orders its two stops.

Where travel takes no time and nothing is priced between stops, stops only may not overlap.
"""

from itertools import combinations

from ortools.sat.python.cp_model import IntVar, LiteralT

from scheduler.engines.exact.decisions import Arc, Decisions, OptionalStop, each, fits

_HOME = 0


def encode(model: Decisions) -> None:
    """Stops of every person and day, their order, and the points of the travel between them."""
    _stops(model)
    for (person, day), stops in model.stops.items():
        taken = [stop.taken for stop in stops]
        if _is_orderless(model, person, day, stops):
            model.arcs[person, day] = []
            if _is_single(model, person, day, stops):
                model.worked[person, day] = _exactly_one(model, taken)
            else:
                model.worked[person, day] = model.either(taken)
                _one_at_a_time(model, stops)
        else:
            model.worked[person, day] = model.either(taken)
            _circuit(model, person, day, stops)
        cost = int(model.lowered.travel.cost[model.lowered.travel.mode[person]])
        for arc in model.arcs[person, day]:
            model.costs.add(cost * arc.ticks, arc.taken)
            if lacking := _lacking(model, person, arc):
                model.pay(lacking * int(model.lowered.travel.no_way_cost[person]), arc.taken)


def _stops(model: Decisions) -> None:
    """A stop for each seat, person, day and place; days on which the person is not there have none."""
    index = model.lowered.index
    people: dict[int, list[int]] = {}
    for seat, person in model.person:
        people.setdefault(seat, []).append(person)
    for task in range(len(index.tasks)):
        for seat in model.lead(index.slots_of(task)):
            for person in people.get(seat, ()):
                _seat(model, seat, person)


def _seat(model: Decisions, seat: int, person: int) -> None:
    whole = model.person[seat, person]
    total, first = model.lowered.total, model.options(model.lowered.index.task_of[seat]).start
    taken = []
    spots = _spots(model, seat, person)
    for (day, place, _), options in spots.items():
        bounds = _bounds(model, seat, person, day, options)
        if bounds is None:
            continue
        added = dict(each(total.added(seat, options[0] - first)))
        literal = whole
        if len(spots) > 1:
            literal = model.literal(f"{person} in {seat} on {day} at {place}")
            model.cp.add(literal <= sum(model.option[option] for option in options))
        model.stops.setdefault((person, day), []).append(
            OptionalStop(seat, place, added, literal, *bounds)
        )
        opens, closes = bounds
        if model.opens[seat] < opens or closes < model.closes[seat]:
            model.cp.add_linear_constraint(model.start[seat], opens, closes).only_enforce_if(
                literal
            )
        taken.append(literal)
    if len(spots) > 1 or not taken:
        model.cp.add(sum(taken) == whole)


def _bounds(
    model: Decisions, seat: int, person: int, day: int, options: list[int]
) -> tuple[int, int] | None:
    """First and last possible start of a stop in some options; None where it cannot be."""
    spans = model.spans(person, day)
    if not spans:
        return None
    window, least = model.lowered.window, int(model.lowered.crew.least[seat])
    late = model.units(window.late_hard)
    opens = max(model.opens[seat], min(int(window.earliest[option]) for option in options) + least)
    until = max(int(window.until[option]) for option in options) + least
    closes = min(model.closes[seat], model.last_start(person, day), until - 1)
    if late is not None:
        last = max(int(window.latest[option]) for option in options)
        closes = min(closes, last + least + late)
    outside = model.units(int(model.lowered.day.outside[person, day]))
    if outside is not None:
        opens = max(opens, spans[0][0] - outside)
        closes = min(closes, spans[-1][1] + outside - model.duration(seat))
    return (opens, closes) if opens <= closes else None


def _spots(model: Decisions, seat: int, person: int) -> dict[tuple[int, int, int], list[int]]:
    """(the person's day, place, what it adds to Total) → the options that mean it."""
    window, total = model.lowered.window, model.lowered.total
    spots: dict[tuple[int, int, int], list[int]] = {}
    for number, option in enumerate(model.options(model.lowered.index.task_of[seat])):
        day = model.lowered.workday(person, seat, option)
        added = int(total.amount_row[total.pair_first[seat] + number])
        spots.setdefault((day, int(window.node[option]), added), []).append(option)
    return spots


def _is_orderless(model: Decisions, person: int, day: int, stops: list[OptionalStop]) -> bool:
    """Whether the order of a day's stops has no effect: no travel, and no price between stops."""
    limits, travel = model.lowered.day, model.lowered.travel
    priced_rest = limits.rest_length[person, day] and limits.rest_missed[person, day]
    if priced_rest or limits.wait[person, day]:
        return False
    spans = model.spans(person, day)
    start, end = int(travel.start[person]), int(travel.end[person])
    early = any(stop.opens < spans[0][0] for stop in stops)
    late = any(stop.closes + model.duration(stop.slot) > spans[-1][1] for stop in stops)
    if start >= 0 and limits.outside[person, day] and early:
        return False
    if end >= 0 and limits.home[person, day] and late:
        return False
    places = sorted(
        {stop.place for stop in stops} | {place for place in (start, end) if place >= 0}
    )
    ticks, no_way = travel.ticks[travel.mode[person]], travel.no_way[travel.mode[person]]
    return not (ticks[places][:, places].any() or no_way[places][:, places].any())


def _is_single(model: Decisions, person: int, day: int, stops: list[OptionalStop]) -> bool:
    """Whether a day can hold one stop at most: by its limit, or since no two fit in any order."""
    limits = model.lowered.day
    limited = model.units(int(limits.too_many[person, day])) == 0
    if limited and limits.most[person, day] == 1:
        return True
    return not any(_in_turn(model, first, second) for first, second in combinations(stops, 2))


def _exactly_one(model: Decisions, taken: list[IntVar]) -> IntVar:
    """Whether one of the literals is true, of which at most one is; as a sum, which relaxes tightly."""
    if len(taken) == 1:
        return taken[0]
    worked = model.literal("")
    model.cp.add(sum(taken) == worked)
    return worked


def _one_at_a_time(model: Decisions, stops: list[OptionalStop]) -> None:
    """No two of the stops overlap."""
    model.cp.add_no_overlap(
        model.cp.new_optional_fixed_size_interval_var(
            model.start[stop.slot], model.duration(stop.slot), stop.taken, ""
        )
        for stop in stops
    )


def _in_turn(model: Decisions, first: OptionalStop, second: OptionalStop) -> bool:
    """Whether one of the stops can lie before the other."""
    return fits(first, second, model.duration(first.slot)) or fits(
        second, first, model.duration(second.slot)
    )


def _circuit(model: Decisions, person: int, day: int, stops: list[OptionalStop]) -> None:
    worked = model.worked[person, day]
    nodes: list[OptionalStop | None] = [None, *stops]
    arcs: list[Arc] = []
    edges: list[tuple[int, int, LiteralT]] = [(_HOME, _HOME, ~worked)]
    for i, before in enumerate(nodes):
        if before is not None:
            edges.append((i, i, ~before.taken))
        for j, after in enumerate(nodes):
            if i == j:
                continue
            ticks = _ticks(model, person, before, after)
            if before and after and not _joins(model, before, after, ticks):
                continue
            taken = model.literal("")
            edges.append((i, j, taken))
            arcs.append(Arc(before, after, ticks, taken))
    model.cp.add_circuit(edges)
    model.arcs[person, day] = arcs
    for arc in arcs:
        _in_order(model, arc)


def _joins(model: Decisions, before: OptionalStop, after: OptionalStop, ticks: int) -> bool:
    """Whether one stop can follow another."""
    task_of = model.lowered.index.task_of
    apart = task_of[before.slot] != task_of[after.slot]
    return apart and fits(before, after, model.duration(before.slot) + ticks)


def _in_order(model: Decisions, arc: Arc) -> None:
    if arc.before and arc.after:
        length = model.duration(arc.before.slot) + arc.ticks
        if arc.before.closes + length > arc.after.opens:
            arrival = model.start[arc.before.slot] + length
            model.cp.add(model.start[arc.after.slot] >= arrival).only_enforce_if(arc.taken)


def _ticks(
    model: Decisions, person: int, before: OptionalStop | None, after: OptionalStop | None
) -> int:
    """From stop to stop; from where the day begins and to where it ends."""
    travel = model.lowered.travel
    start, end = _places(model, person, before, after)
    if start < 0 or end < 0:
        return 0
    return int(travel.ticks[travel.mode[person], start, end])


def _lacking(model: Decisions, person: int, arc: Arc) -> int:
    """How many ways of an arc there are not; from nowhere (-1) and to nowhere there is one."""
    travel = model.lowered.travel
    start, end = _places(model, person, arc.before, arc.after)
    return int(travel.no_way[travel.mode[person], start, end]) if min(start, end) >= 0 else 0


def _places(
    model: Decisions, person: int, before: OptionalStop | None, after: OptionalStop | None
) -> tuple[int, int]:
    """Where an arc begins and ends; -1 nowhere."""
    travel = model.lowered.travel
    start = before.place if before else int(travel.start[person])
    end = after.place if after else int(travel.end[person])
    return start, end
