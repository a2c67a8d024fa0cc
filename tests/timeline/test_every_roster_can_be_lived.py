"""No roster that a person could not live through is called feasible, whichever engine found it."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import solve
from scheduler.model import (
    Horizon,
    Instance,
    Limits,
    Matrix,
    Need,
    Person,
    Place,
    Role,
    Roster,
    Settings,
    Shift,
    Slot,
    Visit,
    Window,
)
from scheduler.stop import Stop
from tests.timeline.lines import PLACES, ways
from tests.timeline.oracle import Piece

DAY = 1440
HOURS = {
    "day": [(510, 1080)],
    "night": [(1290, 1800)],
    "split": [(480, 720), (960, 1320)],
    "always": [(0, DAY)],
}


@st.composite
def people(draw: st.DrawFn, days: int) -> tuple[Person, ...]:
    limits = Limits(
        rest_minutes=draw(st.sampled_from((None, 600))),
        daily_minutes=draw(st.sampled_from((600, 3000))),
        daily_overtime=0,
        daily_tasks=draw(st.integers(2, 4)),
    )
    made = []
    for number in range(draw(st.integers(1, 3))):
        spans = HOURS[draw(st.sampled_from(sorted(HOURS)))]
        stations = draw(
            st.sampled_from(({}, dict.fromkeys(("start_place", "end_place"), PLACES[0])))
        )
        made.append(
            Person(
                id=f"p{number}",
                name="网格员",
                role=Role.GRID_WORKER,
                availability=tuple(
                    Window(start=day * DAY + start, end=day * DAY + end)
                    for day in range(days)
                    for start, end in spans
                ),
                limits=limits,
                **stations,
            )
        )
    return tuple(made)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Instance, tuple[tuple[int, ...], ...]]:
    days = draw(st.integers(2, 4))
    anywhere = st.integers(0, days * DAY // 15 - 1).map(lambda quarter: quarter * 15)
    near_midnight = st.builds(
        lambda day, offset: day * DAY + offset,
        st.integers(1, days - 1),
        st.sampled_from((-120, -60, -30, -10, 10, 30, 60, 120, 240)),
    )
    moment = near_midnight | anywhere
    place = st.sampled_from(PLACES)
    shifts = tuple(
        Shift(
            id=f"s{number}",
            name="班",
            kind="patrol",
            place=draw(place),
            start=draw(moment),
            duration=draw(st.sampled_from((30, 60, 240, 480, 1440, 2880))),
            needs=(Need(minimum=draw(st.integers(1, 2))),),
        )
        for number in range(draw(st.integers(0, 5)))
    )
    visits = []
    for number in range(draw(st.integers(1, 5))):
        start = draw(moment)
        visits.append(
            Visit(
                id=f"v{number}",
                name="访",
                kind="door",
                places=(draw(place),),
                windows=(Window(start=start, end=start + draw(st.sampled_from((1, 60, 300)))),),
                duration=draw(st.sampled_from((20, 45, 90))),
                slots=(Slot(),) * draw(st.integers(1, 2)),
            )
        )
    minutes = draw(ways())
    instance = Instance(
        id="lived",
        horizon=Horizon(start="2026-11-23", days=days),
        places=tuple(Place(id=place, name=place) for place in PLACES),
        people=draw(people(days)),
        shifts=shifts,
        visits=tuple(visits),
        settings=Settings(
            limits={}, travel=Matrix(places=PLACES, minutes=minutes), travel_counts=False
        ),
    )
    return instance, minutes


def lines(roster: Roster) -> dict[str, list[Piece]]:
    by_person: dict[str, list[Piece]] = {}
    for part in sorted(roster.assignments, key=lambda part: (part.start, part.end)):
        by_person.setdefault(part.person, []).append(Piece(part.start, part.end, part.place))
    return by_person


@settings(max_examples=60)
@given(week=weeks(), seed=st.integers(0, 9))
def test_every_feasible_roster_can_be_lived(
    week: tuple[Instance, tuple[tuple[int, ...], ...]], seed: int
) -> None:
    instance, minutes = week
    roster = solve(instance, Stop(steps=2000), seed=seed)
    assert roster.score is not None
    if roster.score.hard:
        return
    for person, pieces in lines(roster).items():
        record = instance.person_by_id[person]
        present = [(span.start, span.end) for span in record.availability]
        assert all(_is_inside(piece, present) for piece in pieces)
        rest = record.limits.rest_minutes
        for before, after in pairwise(pieces):
            home = (
                [record.end_place] if record.end_place and _is_long(before, after, present) else []
            )
            stops = [PLACES.index(place) for place in (before.place, *home, after.place)]
            way = sum(minutes[here][there] for here, there in pairwise(stops))
            assert before.end + way <= after.start
        if rest is not None:
            for spell in _spells(pieces, rest):
                assert (
                    sum(piece.end - piece.start for piece in spell) <= record.limits.daily_minutes
                )
                assert len(spell) <= record.limits.daily_tasks


def _spells(pieces: list[Piece], rest: int) -> list[list[Piece]]:
    """Pieces between which nobody rested."""
    spells = [pieces[:1]]
    for before, after in pairwise(pieces):
        if after.start - before.end < rest:
            spells[-1].append(after)
        else:
            spells.append([after])
    return spells


def _is_long(before: Piece, after: Piece, present: list[tuple[int, int]]) -> bool:
    """Whether somebody is away for four hours or more between two pieces of work."""
    return any(
        again - gone >= 240 and before.start < again <= after.start
        for (_, gone), (again, _) in pairwise(present)
    )


def _is_inside(piece: Piece, present: list[tuple[int, int]]) -> bool:
    """Whether somebody there in these spans, in order, is there all the time of a piece."""
    reached = piece.start
    for start, end in present:
        if start <= reached < end:
            reached = end
    return reached >= piece.end
