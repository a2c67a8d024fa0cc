"""What the primitive `day` costs, and where a day has its rest."""

from itertools import pairwise
from types import SimpleNamespace

from tests.plain.reading import Stop, in_time, legs, spans, ticks, work


def day(low: SimpleNamespace, own: list[Stop]) -> int:
    """One person's day with work."""
    person, date = own[0].person, own[0].day
    present = spans(low, person, date)
    assert present, "an engine places nothing on a closed day"
    limits = {name: table[person][date] for name, table in _by_day(low).items()}
    way = legs(low, own)
    worked = work(low, own)
    departure, home = own[0].start - way[0], returns(low, own)
    begins_early = max(0, present[0][0] - departure) if low.travel.start[person] >= 0 else 0
    abroad = sum(_outside_spans(stop, present) for stop in own)
    waited = waits(low, own)
    ends_late = max(0, home - limits["home_by"]) if low.travel.end[person] >= 0 else 0
    return (
        limits["outside"] * (abroad + begins_early)
        + limits["home"] * ends_late
        + limits["overtime"] * max(0, worked - limits["ordinary"])
        + limits["too_long"] * max(0, worked - limits["longest"])
        + limits["too_many"] * max(0, len(own) - limits["most"])
        + limits["crowded"] * sum(range(1, len(own) - limits["roomy"] + 1))
        + limits["wait"] * waited
        + limits["rest_missed"] * (0 if rested(low, own) or is_spared(low, own) else 1)
    )


def _by_day(low: SimpleNamespace) -> dict[str, list[list[int]]]:
    apart = "span_first", "spans", "begins", "on_duty", "worst_idle"
    return {name: table for name, table in vars(low.day).items() if name not in apart}


def waits(low: SimpleNamespace, own: list[Stop]) -> int:
    """Ticks waited between stops, the rest apart, and for a rest on duty behind the last."""
    person, date = own[0].person, own[0].day
    ways = legs(low, own)[1:]
    spell = low.travel.spell[low.travel.mode[person]]
    within = [spell[a.place] == spell[b.place] for a, b in pairwise(own)]
    waited = sum(
        b.start - a.end - leg
        for (a, b), leg, inside in zip(pairwise(own), ways, within, strict=False)
        if inside
    )
    if low.day.rest_length[person][date]:
        pairs = [pair for pair, inside in zip(pairwise(own), within, strict=True) if inside]
        if any(has_rest(low, before, after) for before, after in pairs):
            waited -= low.day.rest_length[person][date]
        elif rests_behind(low, own):
            waited += max(0, low.day.rest_from[person][date] - own[-1].end)
    return waited


def rests_behind(low: SimpleNamespace, own: list[Stop]) -> bool:
    """Whether the rest is had on duty after the last stop."""
    person, date = own[0].person, own[0].day
    owed = low.day.on_duty and low.day.rest_length[person][date] > 0
    return owed and not rested_by(low, own) and can_rest_from(low, person, date, own[-1].end)


def returns(low: SimpleNamespace, own: list[Stop]) -> int:
    """When a day ends at the end place."""
    person, date = own[0].person, own[0].day
    leaves = own[-1].end
    if rests_behind(low, own):
        leaves = max(leaves, low.day.rest_from[person][date]) + low.day.rest_length[person][date]
    return leaves + legs(low, own)[-1]


def idle(low: SimpleNamespace, own: dict[tuple[int, int], list[Stop]]) -> int:
    """The largest idle time over all people."""
    everybody = range(len(low.travel.mode))
    dates = in_time(low)
    sums = [sum(_idle(low, who, date, own.get((who, date))) for date in dates) for who in everybody]
    return low.day.worst_idle * max(sums, default=0)


def _idle(low: SimpleNamespace, person: int, date: int, own: list[Stop] | None) -> int:
    present = low.day.present[person][date]
    if not own:
        return present
    late = max(0, returns(low, own) - low.day.home_by[person][date])
    busy = sum(stop.end - stop.start for stop in own) + sum(legs(low, own))
    had = low.day.rest_length[person][date] if rested(low, own) else 0
    return max(0, present + late - busy - had)


def _outside_spans(stop: Stop, present: list[list[int]]) -> int:
    inside = sum(max(0, min(stop.end, to) - max(stop.start, start)) for start, to in present)
    return stop.end - stop.start - inside


def rested(low: SimpleNamespace, own: list[Stop]) -> bool:
    """Whether a day has the rest that it owes (or owes none): before, between or after its stops."""
    person, date = own[0].person, own[0].day
    if not low.day.rest_length[person][date]:
        return True
    return rested_by(low, own) or can_rest_from(low, person, date, own[-1].end)


def is_spared(low: SimpleNamespace, own: list[Stop]) -> bool:
    """Whether a day is short enough to owe no rest, or has a stop long enough to hold it."""
    person, date = own[0].person, own[0].day
    opens, closes = low.day.rest_from[person][date], low.day.rest_to[person][date]
    return own[-1].end - own[0].start <= low.day.rest_beyond[person][date] or any(
        stop.end - stop.start >= low.day.rest_within[person][date]
        and min(stop.end, closes) - max(stop.start, opens) >= low.day.rest_length[person][date]
        for stop in own
    )


def rested_by(low: SimpleNamespace, own: list[Stop]) -> bool:
    """Whether the rest lies before one of these stops of a day, its first ones."""
    befores = [None, *own[:-1]] if own else []
    return any(has_rest(low, before, after) for before, after in zip(befores, own, strict=True))


def has_rest(low: SimpleNamespace, before: Stop | None, after: Stop) -> bool:
    """Whether the rest lies on the way to a stop (`before` None: before the way from the start place)."""
    person, date = after.person, after.day
    if before is None and low.day.on_duty:
        return 0 < arrival_after_first_rest(low, after) <= after.start
    if before is None:
        length = low.day.rest_length[person][date]
        way = ticks(low, person, low.travel.start[person], after.place)
        begin_at = low.day.rest_from[person][date]
        fits = can_rest_from(low, person, date, begin_at)
        return fits and begin_at + length + way <= after.start
    return any(moment <= after.start for moment in arrivals_after_rest(low, before, after))


def arrival_after_first_rest(low: SimpleNamespace, after: Stop) -> int:
    """Earliest start of a day's first stop behind a rest on duty; 0 where that cannot be."""
    person, date = after.person, after.day
    arrival = spans(low, person, date)[0][0]
    arrival += ticks(low, person, low.travel.start[person], after.place)
    if not can_rest_from(low, person, date, arrival):
        return 0
    return max(low.day.rest_from[person][date], arrival) + low.day.rest_length[person][date]


def arrivals_after_rest(low: SimpleNamespace, before: Stop, after: Stop) -> list[int]:
    """Earliest arrivals at `after` with the rest right before it, and right after `before`."""
    person, date = after.person, after.day
    length, opens = low.day.rest_length[person][date], low.day.rest_from[person][date]
    way = ticks(low, person, before.place, after.place)
    arrivals = []
    if can_rest_from(low, person, date, before.end + way):
        arrivals.append(max(opens, before.end + way) + length)
    if can_rest_from(low, person, date, before.end):
        arrivals.append(max(opens, before.end) + length + way)
    return arrivals


def can_rest_from(low: SimpleNamespace, person: int, date: int, moment: int) -> bool:
    """Whether the rest, begun at `moment` or when it may begin, ends in time."""
    begin_at = max(low.day.rest_from[person][date], moment)
    return begin_at + low.day.rest_length[person][date] <= low.day.rest_to[person][date]
