"""Lines of work drawn by Hypothesis: duties by day and by night, long ones, and the instances they make."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from scheduler.model import (
    Assignment,
    Horizon,
    Instance,
    Limits,
    Matrix,
    Need,
    Person,
    Place,
    Role,
    Roster,
    RuleSetting,
    Settings,
    Shift,
    Window,
    Wish,
)
from tests.timeline.oracle import Line, Piece

PLACES = ("desk", "plaza", "river")
LATEST_END = 10
"""Hours after midnight by which a night is over."""


@dataclass(frozen=True)
class Drawn:
    """A line, and the instance and roster of one person that it makes."""

    line: Line
    instance: Instance
    roster: Roster
    unwanted: frozenset[date]


@st.composite
def ways(draw: st.DrawFn) -> tuple[tuple[int, ...], ...]:
    """Minutes between the places; the way back may be another."""
    minutes = st.sampled_from((5, 20, 45))
    return tuple(
        tuple(0 if row == column else draw(minutes) for column in range(len(PLACES)))
        for row in range(len(PLACES))
    )


@st.composite
def pieces(draw: st.DrawFn, days: int) -> tuple[Piece, ...]:
    """Work of one person, in minutes: pieces of a spell lie less than four hours apart, spells more.

    A spell that goes into a night ends by ten in the morning; one of a single piece may go on for days.
    """
    drawn: list[Piece] = []
    for day in range(days):
        while draw(st.integers(0, 9)) < (6 if not drawn or drawn[-1].end < day * 1440 else 3):
            earliest = max(day * 1440, drawn[-1].end + 240 if drawn else 0)
            if earliest >= (day + 1) * 1440:
                break
            start = draw(st.integers(earliest, (day + 1) * 1440 - 1))
            drawn += draw(_spell(start, days))
    return tuple(drawn)


@st.composite
def _spell(draw: st.DrawFn, start: int, days: int) -> list[Piece]:
    place, kind = st.sampled_from(PLACES), st.sampled_from(("door", "patrol"))
    if draw(st.integers(0, 9)) == 0:
        return [Piece(start, start + draw(st.integers(1200, 3600)), draw(place), draw(kind))]
    night = (start // 1440 + 1) * 1440
    spell: list[Piece] = []
    for _ in range(draw(st.integers(1, 4))):
        begin = max(start, spell[-1].end + draw(st.integers(-20, 239)) if spell else start)
        end = begin + draw(st.integers(30, 300))
        if begin >= days * 1440 or (spell and end <= spell[-1].end):
            break
        if end > night + LATEST_END * 60:
            break
        spell.append(Piece(begin, end, draw(place), draw(kind)))
    return spell or [Piece(start, start + 30, draw(place), draw(kind))]


@st.composite
def drawn(draw: st.DrawFn, limits: Limits, rules: dict[str, RuleSetting]) -> Drawn:
    """A line whose person has these limits (in minutes) and no others."""
    days = draw(st.integers(2, 14))
    first = date(2026, 11, 23) + timedelta(days=draw(st.integers(0, 6)))
    per_minute = draw(st.sampled_from((1, 1, 7)))
    horizon = Horizon(start=first, days=days, ticks_per_minute=per_minute)
    minutes = draw(ways())
    home = draw(st.sampled_from(((), ("desk", "desk"), ("river", "desk"))))
    work = tuple(
        Piece(piece.start * per_minute, piece.end * per_minute, piece.place, piece.kind)
        for piece in draw(pieces(days))
    )
    unwanted = frozenset(
        first + timedelta(days=day) for day in draw(st.sets(st.integers(0, days - 1), max_size=3))
    )
    person = Person(
        id="wang",
        name="网格员",
        role=Role.GRID_WORKER,
        availability=(Window(start=0, end=(days + 4) * horizon.day_ticks),),
        end_place=home[0] if home else None,
        start_place=home[1] if home else None,
        limits=in_ticks(limits, per_minute),
        wishes=(Wish(want=False, days=tuple(sorted(unwanted)), weight=1),) if unwanted else (),
    )
    shifts = tuple(
        Shift(
            id=f"s{number}",
            name="班",
            kind=piece.kind,
            place=piece.place,
            start=piece.start,
            duration=piece.end - piece.start,
            needs=(Need(),),
        )
        for number, piece in enumerate(work)
    )
    instance = Instance(
        id="line",
        horizon=horizon,
        places=tuple(Place(id=place, name=place) for place in PLACES),
        people=(person,),
        shifts=shifts,
        settings=Settings(
            rules=rules,
            limits={},
            travel=Matrix(
                places=PLACES, minutes=tuple(tuple(m * per_minute for m in row) for row in minutes)
            ),
            travel_counts=False,
        ),
    )
    roster = Roster(
        horizon=horizon,
        instance="line",
        assignments=tuple(
            Assignment(task=s.id, slot=0, person="wang", place=p.place, start=p.start, end=p.end)
            for s, p in zip(shifts, work, strict=True)
        ),
    )

    def way(start: str, end: str) -> int:
        return minutes[PLACES.index(start)][PLACES.index(end)] * per_minute

    return Drawn(Line(work, first, 60 * per_minute, way, home), instance, roster, unwanted)


def in_ticks(limits: Limits, per_minute: int) -> Limits:
    """Limits in minutes as limits in ticks."""
    return limits.model_copy(
        update={
            name: getattr(limits, name) * per_minute
            for name in limits.model_fields_set
            if name.endswith("_minutes")
        }
    )
