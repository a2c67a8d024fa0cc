"""Follow: way and rest between one day's work and the next, and kinds that may not follow each other."""

from itertools import combinations, pairwise, product

from ortools.sat.python.cp_model import IntVar, LiteralT

from scheduler.engines.exact.costs import Linear
from scheduler.engines.exact.decisions import Decisions, OptionalStop, each
from scheduler.lowered.follow import LONG_AGO

Ends = list[tuple[OptionalStop, IntVar]]
"""Stops of a day, each with a literal that is true where it is the day's first (or last)."""


def encode(model: Decisions) -> None:
    """Short ways, short rests and forbidden sequences of every person."""
    for person in range(len(model.lowered.index.people)):
        _Line(model, person).encode()
        _bans(model, person)


class _Line:
    """A person's days with work, one after the other, however many days off lie between."""

    def __init__(self, model: Decisions, person: int):
        follow = model.lowered.follow
        self._model, self._person = model, person
        self._rest = int(follow.rest[person])
        self._rest_points = int(follow.rest_short[person])
        self._way_points = int(follow.way_short[person])
        self._past, self._past_place = int(follow.past_end[person]), int(follow.past_place[person])
        self._eve = model.lowered.index.days
        self._days = [day for day in model.lowered.rows_in_time if (person, day) in model.stops]
        self._firsts: dict[int, Ends] = {}
        self._lasts: dict[int, Ends] = {}

    def encode(self) -> None:
        """Price what lacks between every two days that may follow each other."""
        if not self._rest_points and not self._way_points:
            return
        if self._past > LONG_AGO:
            for day in self._days:
                self._after_past(day)
        for before, after in combinations(self._days, 2):
            self._between(before, after)

    def _after_past(self, day: int) -> None:
        stops, place = self._model.stops[self._person, day], self._past_place
        on_eve = day == self._eve
        for stop in stops:
            way = self._way(place, stop.place, straight=on_eve) if place >= 0 else 0
            for need, points, way_of_need in (
                (self._rest, 0 if on_eve else self._rest_points, 0),
                (way, self._way_points, 0 if on_eve else way),
            ):
                if points and self._past + need > stop.opens:
                    begin = next(first for other, first in self._first(day) if other is stop)
                    short = self._past + need - self._model.start[stop.slot]
                    when = *self._next(None, day), begin
                    self._charge(points, short, way_of_need, when, max(self._past + need, need))

    def _between(self, before: int, after: int) -> None:
        model, person = self._model, self._person
        pairs = list(product(model.stops[person, before], model.stops[person, after]))
        ways = {(a.place, b.place): self._way(a.place, b.place) for a, b in pairs}
        if model.units(self._rest_points) == 0:
            self._kept(pairs, self._rest)
        else:
            rests = dict.fromkeys(ways, self._rest)
            self._priced(before, after, rests, self._rest_points, is_rest=True)
        if model.units(self._way_points) == 0 and not any(ways.values()):
            self._kept(pairs, 0)
        else:
            self._priced(before, after, ways, self._way_points, is_rest=False)

    def _kept(self, pairs: list[tuple[OptionalStop, OptionalStop]], need: int) -> None:
        """No stop of a later day begins before those of an earlier day have ended, and `need` more."""
        model = self._model
        for first, second in pairs:
            length = model.duration(first.slot) + need
            if first.opens + length > second.closes:
                model.cp.add_bool_or(~first.taken, ~second.taken)
            elif first.closes + length > second.opens:
                rested = model.start[second.slot] >= model.start[first.slot] + length
                model.cp.add(rested).only_enforce_if(first.taken, second.taken)

    def _priced(
        self,
        before: int,
        after: int,
        needs: dict[tuple[int, int], int],
        points: int,
        *,
        is_rest: bool,
    ) -> None:
        """Points for each tick that lacks between the last stop of a day and the first of another."""
        model = self._model
        if not points:
            return
        for first, second in product(
            model.stops[self._person, before], model.stops[self._person, after]
        ):
            need = needs[first.place, second.place] + model.duration(first.slot)
            if first.closes + need <= second.opens:
                continue
            last = next(end for stop, end in self._last(before) if stop is first)
            begin = next(end for stop, end in self._first(after) if stop is second)
            short = need + model.start[first.slot] - model.start[second.slot]
            when = *self._next(before, after), last, begin
            way = 0 if is_rest else needs[first.place, second.place]
            self._charge(points, short, way, when, need + model.reach)

    def _charge(
        self, points: int, short: Linear, way: int, when: tuple[LiteralT, ...], most: int
    ) -> None:
        """Points for `short`, or where the days overlap, for the overlap or the way, whichever is more."""
        model = self._model
        if not way or model.units(points) == 0:
            model.charge(points, short, *when, most=most)
            return
        overlaps = model.literal("")
        lacking = model.cp.new_int_var(0, most, "")
        for amount, case in ((short - way, ()), (short, (~overlaps,)), (way, (overlaps,))):
            model.cp.add(lacking >= amount).only_enforce_if(*when, *case)
        model.charge(points, lacking, most=most)

    def _next(self, before: int | None, after: int) -> list[LiteralT]:
        """Literals that are all true where a day with work is the next one after another (None: the past)."""
        worked = self._model.worked
        first = 0 if before is None else self._days.index(before) + 1
        between = [
            ~worked[self._person, day] for day in self._days[first : self._days.index(after)]
        ]
        return [worked[self._person, after], *between]

    def _last(self, day: int) -> Ends:
        if day not in self._lasts:
            self._lasts[day] = self._ends(day, last=True)
        return self._lasts[day]

    def _first(self, day: int) -> Ends:
        if day not in self._firsts:
            self._firsts[day] = self._ends(day, last=False)
        return self._firsts[day]

    def _ends(self, day: int, *, last: bool) -> Ends:
        model, stops = self._model, self._model.stops[self._person, day]
        if len(stops) == 1:
            return [(stops[0], stops[0].taken)]
        arcs = {
            id(arc.before if last else arc.after): arc.taken
            for arc in model.arcs[self._person, day]
            if (arc.after if last else arc.before) is None
        }
        if arcs:
            return [(stop, arcs[id(stop)]) for stop in stops]
        ends = [(stop, model.literal("")) for stop in stops]
        model.cp.add(sum(end for _, end in ends) == model.worked[self._person, day])
        for (stop, end), other in product(ends, stops):
            model.cp.add_implication(end, stop.taken)
            if other is not stop:
                start, others = model.start[stop.slot], model.start[other.slot]
                order = start >= others if last else start <= others
                model.cp.add(order).only_enforce_if(end, other.taken)
        return ends

    def _way(self, before: int, after: int, *, straight: bool = False) -> int:
        """Ticks from place to place, by way of the person's end place and start place unless straight."""
        travel, person = self._model.lowered.travel, self._person
        stations = () if straight else (int(travel.end[person]), int(travel.start[person]))
        places = [before, *(place for place in stations if place >= 0), after]
        ticks = travel.ticks[travel.mode[person]]
        return sum(int(ticks[pair]) for pair in pairwise(places))


def _bans(model: Decisions, person: int) -> None:
    follow, days = model.lowered.follow, model.lowered.index.days
    past = int(follow.past_kinds[person])
    for before, after, points in each(follow.bans):
        for day in range(days):
            now = _kind(model, person, day, after)
            if now is None:
                continue
            if day == 0 and past >> before & 1:
                model.charge_once(points, now)
                continue
            earlier = _kind(model, person, day - 1 if day else days, before)
            if earlier is not None:
                model.charge_once(points, earlier, now)


def _kind(model: Decisions, person: int, day: int, kind: int) -> IntVar | None:
    """Whether a kind is worked on a day; None: it cannot be."""
    taken = [
        stop.taken
        for stop in model.stops.get((person, day), ())
        if model.lowered.follow.kind[stop.slot] == kind
    ]
    if not taken:
        return None
    return model.either(taken)
