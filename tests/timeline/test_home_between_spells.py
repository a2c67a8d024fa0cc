"""Whoever is away for long amid a day goes home: the rules count the ways that the oracle counts."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.checker import check
from scheduler.model import Limits, Window
from tests.timeline import oracle
from tests.timeline.lines import Drawn, drawn

SPANS = ((420, 660), (780, 800), (960, 1260))
"""Minutes after midnight; some of them are somebody's."""


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Drawn, list[tuple[int, int]]]:
    """A line, and when its person is there, which need not be when they work."""
    week = draw(drawn(Limits(), {}))
    minute, days = week.instance.horizon.ticks_per_minute, week.instance.horizon.days
    stations = draw(st.sampled_from((("desk", "desk"), ("river", "desk"), ("plaza", "river"))))
    spans = [
        span
        for day in range(days)
        for span in _of_day(day, draw(st.sets(st.sampled_from(SPANS), min_size=1)), minute)
    ]
    person = week.instance.people[0].model_copy(
        update={
            "availability": tuple(Window(start=start, end=end) for start, end in spans),
            "end_place": stations[0],
            "start_place": stations[1],
        }
    )
    instance = week.instance.changed(people=(person,))
    line = replace(week.line, stations=stations)
    return replace(week, line=line, instance=instance), spans


def _of_day(day: int, spans: set[tuple[int, int]], minute: int) -> list[tuple[int, int]]:
    moved = ((day * 1440 + start, day * 1440 + end) for start, end in sorted(spans))
    return [(start * minute, end * minute) for start, end in moved]


@settings(max_examples=150, deadline=None)
@given(weeks())
def test_ways_and_overlaps_within_duties(pair: tuple[Drawn, list[tuple[int, int]]]) -> None:
    week, present = pair
    pieces = tuple(piece for piece in week.line.pieces if _lies_in_a_day(week, piece))
    line = replace(week.line, pieces=pieces)
    kept = {(piece.start, piece.end, piece.place) for piece in pieces}
    parts = tuple(
        part for part in week.roster.assignments if (part.start, part.end, part.place) in kept
    )
    roster = week.roster.model_copy(update={"assignments": parts})
    found = {row.rule.rule.id: row.amount for row in check(week.instance, roster).rules}
    assert found["travel"] == oracle.on_the_way(line, present)
    between = oracle.overlap_between(line)
    assert found["no_overlap"] == oracle.overlap_by_home(line, present) + between


def _lies_in_a_day(week: Drawn, piece: oracle.Piece) -> bool:
    """Whether a piece of work touches no night, so that its working day is that of the calendar."""
    day = week.instance.horizon.day_ticks
    return piece.start // day == (piece.end - 1) // day and piece.start % day >= day // 4
