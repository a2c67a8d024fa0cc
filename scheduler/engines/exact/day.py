"""Day: presence, the rest owed, work, overtime, waiting, coming home and idle time."""

from dataclasses import dataclass, field

from ortools.sat.python.cp_model import IntVar

from scheduler.engines.exact.costs import Linear
from scheduler.engines.exact.decisions import Arc, Decisions, OptionalStop


@dataclass
class _Rests:
    """Where the rest of a day may lie: literals; a true literal leaves time for the rest there.

    on: number of an arc → between its two stops; first: before the first stop; last: after the last
    stop; behind: number of the arc home → after the last stop on duty, delaying the way home
    """

    length: int = 0
    on: dict[int, list[IntVar]] = field(default_factory=dict)
    first: list[IntVar] = field(default_factory=list)
    last: list[IntVar] = field(default_factory=list)
    behind: dict[int, IntVar] = field(default_factory=dict)

    @property
    def between(self) -> list[IntVar]:
        """All between two stops."""
        return [rest for literals in self.on.values() for rest in literals]

    @property
    def all(self) -> list[IntVar]:
        """All of them."""
        return [*self.between, *self.first, *self.last, *self.behind.values()]


def encode(model: Decisions) -> None:
    """Costs of every day on which somebody may work, and of the worst idle time."""
    idle: dict[int, list[Linear]] = {}
    for person, day in model.stops:
        _presence(model, person, day)
        _work(model, person, day)
        rests = _rests(model, person, day)
        _missed(model, person, day, rests)
        late = _late(model, person, day, rests)
        _waiting(model, person, day, rests)
        if model.lowered.day.worst_idle:
            idle.setdefault(person, []).append(_idle(model, person, day, rests, late))
    if model.lowered.day.worst_idle:
        _worst_idle(model, idle)


def _presence(model: Decisions, person: int, day: int) -> None:
    """Ticks of stops outside every span, and of leaving before the first."""
    lowered = model.lowered
    spans = model.spans(person, day)
    outside = int(lowered.day.outside[person, day])
    if outside:
        for stop in model.stops[person, day]:
            if not _inside(model, stop, spans):
                _outside(model, stop, spans, outside)
    for arc in model.arcs[person, day]:
        if arc.before is None and arc.after is not None and lowered.travel.start[person] >= 0:
            early = spans[0][0] + arc.ticks - model.start[arc.after.slot]
            model.charge(outside, early, arc.taken)


def _late(model: Decisions, person: int, day: int, rests: _Rests) -> IntVar | None:
    """Charge coming home late. Its ticks, at least, where idle time needs them, else None."""
    limits = model.lowered.day
    points = int(limits.home[person, day]) if model.lowered.travel.end[person] >= 0 else 0
    by, opens = int(limits.home_by[person, day]), int(limits.rest_from[person, day])
    late = model.moment(f"late home of {person} on {day}") if limits.worst_idle else None
    for number, arc in enumerate(model.arcs[person, day]):
        if arc.after is not None or arc.before is None:
            continue
        end = model.end(arc.before.slot)
        returns = [(end, arc.taken)]
        if number in rests.behind:
            behind = rests.behind[number]
            returns += [(end + rests.length, behind), (opens + rests.length, behind)]
        for leaves, when in returns:
            over = leaves + arc.ticks - by
            if late is None:
                model.charge(points, over, when)
            else:
                model.cp.add(late >= over).only_enforce_if(when)
    if late is not None:
        model.charge(points, late)
    return late


def _inside(model: Decisions, stop: OptionalStop, spans: list[tuple[int, int]]) -> bool:
    """Whether a stop lies in one span, whenever it starts."""
    last = stop.closes + model.duration(stop.slot)
    return any(opens <= stop.opens and last <= closes for opens, closes in spans)


def _outside(
    model: Decisions, stop: OptionalStop, spans: list[tuple[int, int]], points: int
) -> None:
    """Ticks of a stop less those inside each span."""
    length = model.duration(stop.slot)
    start, end = model.start[stop.slot], model.end(stop.slot)
    inside = []
    for opens, closes in spans:
        touched = model.literal("")
        shared = model.cp.new_int_var(0, min(length, closes - opens), "")
        model.cp.add(shared <= end - opens).only_enforce_if(touched)
        model.cp.add(shared <= closes - start).only_enforce_if(touched)
        model.cp.add(shared == 0).only_enforce_if(~touched)
        inside.append(shared)
    model.charge(points, length - sum(inside), stop.taken, most=length)


def _work(model: Decisions, person: int, day: int) -> None:
    limits = model.lowered.day
    worked = model.work(person, day)
    most = model.most_work(person, day)
    for points, free in (
        (limits.overtime, limits.ordinary),
        (limits.too_long, limits.longest),
    ):
        if most > free[person, day]:
            over = most - int(free[person, day])
            model.charge(int(points[person, day]), worked - int(free[person, day]), most=over)
    stops = model.stops[person, day]
    if len(stops) > limits.most[person, day]:
        count = sum(stop.taken for stop in stops) - int(limits.most[person, day])
        model.charge(int(limits.too_many[person, day]), count, most=len(stops))
    crowded, roomy = int(limits.crowded[person, day]), int(limits.roomy[person, day])
    if crowded:
        for beyond in range(roomy, len(stops)):
            count = sum(stop.taken for stop in stops) - beyond
            model.charge(crowded, count, most=len(stops) - beyond)


def _rests(model: Decisions, person: int, day: int) -> _Rests:
    """Where a rest may lie on a day, if one is owed and anything depends on it."""
    limits = model.lowered.day
    length = int(limits.rest_length[person, day])
    priced = limits.rest_missed[person, day] or limits.wait[person, day] or limits.worst_idle
    rests = _Rests(length)
    if not length or not (priced or (limits.on_duty and limits.home[person, day])):
        return rests
    opens, closes = int(limits.rest_from[person, day]), int(limits.rest_to[person, day])
    if opens + length > closes:
        return rests
    for number, arc in enumerate(model.arcs[person, day]):
        if arc.before is not None and arc.after is not None:
            rests.on[number] = [
                _on_arc(model, arc, opens, closes, length, way_first=way_first)
                for way_first in (False, True)
            ]
        elif arc.after is not None:
            rests.first.append(_before_first(model, arc, opens, closes, length, (person, day)))
        elif arc.before is not None and not limits.on_duty:
            rests.last.append(_on_arc(model, arc, opens, closes, length, way_first=False))
    for number, arc in enumerate(model.arcs[person, day]):
        if limits.on_duty and arc.after is None and arc.before is not None:
            rests.behind[number] = _behind(model, arc, closes - length, rests)
    return rests


def _on_arc(
    model: Decisions, arc: Arc, opens: int, closes: int, length: int, *, way_first: bool
) -> IntVar:
    """A literal for the rest after a stop: before the way, or (`way_first`) after it."""
    assert arc.before is not None
    rest = model.literal("")
    model.cp.add_implication(rest, arc.taken)
    ready = model.end(arc.before.slot) + (arc.ticks if way_first else 0)
    model.cp.add(ready + length <= closes).only_enforce_if(rest)
    if arc.after is not None:
        start = model.start[arc.after.slot] - (0 if way_first else arc.ticks)
        for begin in (opens, ready):
            model.cp.add(start >= begin + length).only_enforce_if(rest)
    return rest


def _before_first(
    model: Decisions, arc: Arc, opens: int, closes: int, length: int, when: tuple[int, int]
) -> IntVar:
    """A literal for the rest before the first stop: before the way, or on duty after it."""
    assert arc.after is not None
    rest = model.literal("")
    model.cp.add_implication(rest, arc.taken)
    begin, way = opens, arc.ticks
    if model.lowered.day.on_duty:
        begin, way = max(opens, model.spans(*when)[0][0] + arc.ticks), 0
    if begin + length > closes:
        model.cp.add_bool_and(~rest)
    else:
        model.cp.add(model.start[arc.after.slot] >= begin + length + way).only_enforce_if(rest)
    return rest


def _behind(model: Decisions, arc: Arc, latest: int, rests: _Rests) -> IntVar:
    """Whether the rest lies after the last stop: where it fits there and lies nowhere else."""
    assert arc.before is not None
    behind, fits = model.literal(""), model.literal("")
    end = model.end(arc.before.slot)
    model.cp.add(end <= latest).only_enforce_if(fits)
    model.cp.add(end > latest).only_enforce_if(~fits)
    model.cp.add_bool_and(fits, arc.taken).only_enforce_if(behind)
    model.cp.add_bool_or(behind, ~fits, ~arc.taken, *rests.between, *rests.first)
    return behind


def _missed(model: Decisions, person: int, day: int, rests: _Rests) -> None:
    """Charge a day with work on which the rest lies nowhere."""
    points = int(model.lowered.day.rest_missed[person, day])
    if not rests.length or not points:
        return
    missed = model.literal(f"person {person} misses the rest on {day}")
    spared = [*_short_day(model, person, day), *_held(model, person, day, rests.length)]
    model.cp.add_bool_or(missed, *spared, *rests.all, ~model.worked[person, day])
    model.pay(points, missed)


def _short_day(model: Decisions, person: int, day: int) -> list[IntVar]:
    """A literal that leaves no more from first start to last end than a day without a rest may last."""
    beyond, stops = int(model.lowered.day.rest_beyond[person, day]), model.stops[person, day]
    if beyond < min(model.duration(stop.slot) for stop in stops):
        return []
    short, first, last = model.literal(""), model.moment(""), model.moment("")
    model.cp.add(last <= first + beyond).only_enforce_if(short)
    for stop in stops:
        model.cp.add(first <= model.start[stop.slot]).only_enforce_if(stop.taken, short)
        model.cp.add(last >= model.end(stop.slot)).only_enforce_if(stop.taken, short)
    return [short]


def _held(model: Decisions, person: int, day: int, length: int) -> list[IntVar]:
    """For each stop long enough to hold the rest, a literal that keeps it where it does."""
    limits = model.lowered.day
    opens, closes = int(limits.rest_from[person, day]), int(limits.rest_to[person, day])
    within = max(int(limits.rest_within[person, day]), length)
    held = []
    for stop in model.stops[person, day]:
        if model.duration(stop.slot) >= within and opens + length <= closes:
            holds = model.literal("")
            model.cp.add_implication(holds, stop.taken)
            model.cp.add(model.start[stop.slot] + length <= closes).only_enforce_if(holds)
            model.cp.add(model.end(stop.slot) >= opens + length).only_enforce_if(holds)
            held.append(holds)
    return held


def _waiting(model: Decisions, person: int, day: int, rests: _Rests) -> None:
    """Charge ticks from arrival to start, less a rest there, and those until a rest after the last stop."""
    points = int(model.lowered.day.wait[person, day])
    if not points:
        return
    if rests.between:
        model.cp.add_at_most_one(rests.between)
    for number, arc in enumerate(model.arcs[person, day]):
        if arc.before is not None and arc.after is not None:
            arrival = model.end(arc.before.slot) + arc.ticks
            if _goes_home(model, person, arc):
                continue
            rested = rests.length * sum(rests.on.get(number, []))
            model.charge(points, model.start[arc.after.slot] - arrival - rested, arc.taken)
        elif number in rests.behind and arc.before is not None:
            opens = int(model.lowered.day.rest_from[person, day])
            model.charge(points, opens - model.end(arc.before.slot), rests.behind[number])


def _goes_home(model: Decisions, person: int, arc: Arc) -> bool:
    """Whether a person goes home between the two stops of an arc."""
    travel = model.lowered.travel
    assert arc.before is not None
    assert arc.after is not None
    spell = travel.spell[travel.mode[person]]
    return bool(spell[arc.before.place] != spell[arc.after.place])


def _idle(model: Decisions, person: int, day: int, rests: _Rests, late: IntVar | None) -> Linear:
    """Idle ticks of a day, at least."""
    rested: Linear = 0
    if rests.all:
        rested = model.literal("")
        model.cp.add_bool_or(~rested, *rests.all)
    present = int(model.lowered.day.present[person, day])
    service = sum(model.duration(stop.slot) * stop.taken for stop in model.stops[person, day])
    idle = model.moment(f"idle time of person {person} on {day}")
    busy = service + model.on_way(person, day) + rests.length * rested
    model.cp.add(idle >= present + (0 if late is None else late) - busy)
    return idle


def _worst_idle(model: Decisions, idle: dict[int, list[Linear]]) -> None:
    """The largest of all people's idle times; a day on which nobody can work is idle from end to end."""
    limits = model.lowered.day
    people, days = limits.present.shape
    top = model.reach * (days + 1)
    worst = model.cp.new_int_var(0, top, "worst idle time")
    for person in range(people):
        always_idle = sum(
            int(limits.present[person, day])
            for day in range(days)
            if (person, day) not in model.stops
        )
        model.cp.add(worst >= always_idle + sum(idle.get(person, [])))
    model.costs.add(limits.worst_idle, worst)
