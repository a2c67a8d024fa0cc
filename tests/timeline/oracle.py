"""The oracle: what a line of work breaks, by sums that a person would do on paper.

Moments and durations are ticks; moment 0 is the midnight at which the horizon starts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

PAUSE_HOURS = 4
"""A pause this long ends a spell."""

Way = Callable[[str, str], int]


@dataclass(frozen=True)
class Piece:
    """A piece of somebody's work."""

    start: int
    end: int
    place: str
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """One person's work in order of time, with the clock that it is read by.

    first: date of moment 0. hour: ticks in an hour. stations: where spells end and begin, if anywhere
    """

    pieces: tuple[Piece, ...]
    first: date
    hour: int
    way: Way
    stations: tuple[str, ...] = ()

    def date(self, moment: int) -> date:
        """The calendar's date of a moment."""
        return self.first + timedelta(hours=moment // self.hour)

    def spells(self) -> list[list[Piece]]:
        """Pieces parted where a pause is long."""
        spells: list[list[Piece]] = []
        for piece in self.pieces:
            if spells and piece.start - spells[-1][-1].end < PAUSE_HOURS * self.hour:
                spells[-1].append(piece)
            else:
                spells.append([piece])
        return spells

    def duties(self) -> list[tuple[date, list[Piece]]]:
        """What belongs together: the spells that begin on one date."""
        dated = [(self.date(spell[0].start), spell) for spell in self.spells()]
        return [
            (when, [piece for _, spell in group for piece in spell])
            for when, group in groupby(dated, key=lambda pair: pair[0])
        ]


def overlap(line: Line) -> int:
    """Ticks that are lacking to get from each piece of a duty to the next."""
    return sum(
        max(0, before.end + line.way(before.place, after.place) - after.start)
        for _, duty in line.duties()
        for before, after in pairwise(duty)
    )


def overlap_between(line: Line) -> int:
    """The same from each duty to the next, by way of the stations; of an overlap, its ticks alone."""
    return sum(_lacking(line, before, after) for before, after in _between(line))


def _lacking(line: Line, before: Piece, after: Piece) -> int:
    stops = [before.place, *line.stations, after.place]
    way = sum(line.way(start, end) for start, end in pairwise(stops))
    return max(0, before.end - after.start, min(way, before.end + way - after.start))


def short_rest(line: Line, least: int) -> int:
    """Ticks that the rests between duties lack of `least`."""
    return sum(max(0, least - (after.start - before.end)) for before, after in _between(line))


def _between(line: Line) -> Iterator[tuple[Piece, Piece]]:
    for (_, earlier), (_, later) in pairwise(line.duties()):
        yield max(earlier, key=lambda piece: piece.end), later[0]


def long_duties(line: Line, most: int) -> int:
    """Ticks of work beyond `most`, over all duties."""
    return sum(
        max(0, sum(piece.end - piece.start for piece in duty) - most) for _, duty in line.duties()
    )


def crowded_duties(line: Line, most: int) -> int:
    """Pieces beyond `most`, over all duties."""
    return sum(max(0, len(duty) - most) for _, duty in line.duties())


def long_weeks(line: Line, most: int) -> int:
    """Ticks of work beyond `most` of the duties that begin from a Monday to a Sunday."""
    work: dict[tuple[int, int], int] = {}
    for when, duty in line.duties():
        week = when.isocalendar()[:2]
        work[week] = work.get(week, 0) + sum(piece.end - piece.start for piece in duty)
    return sum(max(0, ticks - most) for ticks in work.values())


def crowded_weeks(line: Line, most: int) -> int:
    """Days beyond `most` on which duties begin from a Monday to a Sunday."""
    days: dict[tuple[int, int], int] = {}
    for when, _ in line.duties():
        week = when.isocalendar()[:2]
        days[week] = days.get(week, 0) + 1
    return sum(max(0, count - most) for count in days.values())


def long_runs(line: Line, most: int) -> int:
    """Days beyond `most` of the runs of dates on which duties begin."""
    excess, run = 0, 0
    before: date | None = None
    for when, _ in line.duties():
        run = run + 1 if before is not None and when - before == timedelta(days=1) else 1
        excess += run > most
        before = when
    return excess


def weekends(line: Line, end: int) -> set[tuple[int, int]]:
    """The weekends, by their week, of which some minute before `end` is worked."""
    touched = set()
    for piece in line.pieces:
        for when in _dates(line, piece):
            if when.isoweekday() >= 6 and when < line.date(end):
                touched.add(tuple(when.isocalendar()[:2]))
    return touched


def pieces_on(line: Line, dates: set[date]) -> int:
    """Pieces of which some minute lies on one of the dates."""
    return sum(not dates.isdisjoint(_dates(line, piece)) for piece in line.pieces)


def _dates(line: Line, piece: Piece) -> Iterator[date]:
    when, last = line.date(piece.start), line.date(piece.end - 1)
    while when <= last:
        yield when
        when += timedelta(days=1)


def outside(line: Line, present: list[tuple[int, int]]) -> int:
    """Ticks of work that lie in none of the spans (apart from each other) of presence."""
    return sum(
        piece.end
        - piece.start
        - sum(max(0, min(piece.end, end) - max(piece.start, start)) for start, end in present)
        for piece in line.pieces
    )


def on_the_way(line: Line, present: list[tuple[int, int]]) -> int:
    """Ticks on the way: out to each duty, from piece to piece, and back; by the stations over a long absence of that day."""
    end, start = line.stations
    total = 0
    for _, duty in line.duties():
        total += line.way(start, duty[0].place) + line.way(duty[-1].place, end)
        total += sum(_way_within(line, *pair, present) for pair in pairwise(duty))
    return total


def overlap_by_home(line: Line, present: list[tuple[int, int]]) -> int:
    """Ticks lacking from piece to piece of a duty, where people go home over a long absence."""
    return sum(
        max(0, before.end + _way_within(line, before, after, present) - after.start)
        for _, duty in line.duties()
        for before, after in pairwise(duty)
    )


def _way_within(line: Line, before: Piece, after: Piece, present: list[tuple[int, int]]) -> int:
    came_again = any(
        line.date(gone) == line.date(again)
        and again - gone >= PAUSE_HOURS * line.hour
        and before.start < again <= after.start
        for (_, gone), (again, _) in pairwise(present)
    )
    stops = [before.place, *(line.stations if came_again else ()), after.place]
    return sum(line.way(here, there) for here, there in pairwise(stops))
