"""Tiny weeks and all their rosters, enumerated with nothing but the checker.

All happens within a dozen minutes of a day or two, so that every minute at which a visit may start
can be tried.
"""

from collections.abc import Iterator
from itertools import combinations, permutations, product

from hypothesis import strategies as st

from scheduler.checker import Report, check
from scheduler.model import (
    Area,
    Assignment,
    Break,
    Gap,
    Instance,
    Limits,
    Pin,
    Role,
    Roster,
    Slot,
    Window,
)
from scheduler.model.tasks import least_crew, slots
from tests.rules.build import DAY, instance, person, place, roster, visit

NINE = 540
LAST = 12
"""Minutes after nine in which everything happens."""

Filled = tuple[Assignment, ...]
"""One way to do a task; nothing: it is not done."""


def spans(
    draw: st.DrawFn, days: int, most: int, least_length: int = 1, latest: int = LAST
) -> tuple[Window, ...]:
    """A span of ``least_length..most`` minutes on some of the days, begun by `latest`."""
    found = []
    for day in sorted(draw(st.sets(st.integers(0, days - 1), min_size=1))):
        start = draw(st.integers(0, min(latest, LAST - least_length)))
        end = draw(st.integers(start + least_length, min(LAST, start + most)))
        found.append(Window(start=day * DAY + NINE + start, end=day * DAY + NINE + end))
    return tuple(found)


@st.composite
def limits(draw: st.DrawFn) -> Limits:
    """No limit but a few drawn ones."""
    drawn = {
        "daily_minutes": st.integers(0, 6),
        "weekly_minutes": st.integers(0, 8),
        "daily_tasks": st.integers(1, 2),
        "weekly_days": st.just(1),
        "rest_minutes": st.sampled_from([DAY - 3, DAY, DAY + 3]),
        "period_minutes_min": st.integers(1, 4),
        "breaks": st.tuples(st.integers(0, 4), st.integers(6, LAST), st.integers(1, 4)).map(
            lambda owed: Break(start=NINE + owed[0], end=NINE + owed[1], minutes=owed[2], beyond=0)
        ),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(drawn)), max_size=2))
    values = {name: draw(drawn[name]) for name in sorted(chosen)}
    if "daily_minutes" in values:
        values["daily_overtime"] = draw(st.integers(0, 3))
    return Limits(**dict.fromkeys(Limits.model_fields) | values)


@st.composite
def weeks(draw: st.DrawFn) -> Instance:
    """One or two people, two or three visits, and a few rules that bite."""
    days, free = draw(st.integers(1, 2)), draw(st.booleans())
    busy = draw(st.sampled_from([1, 3, LAST]))
    areas = Area(id="east", name="east", kind="grid"), Area(id="west", name="west", kind="grid")
    in_area = st.sampled_from([None, "east", "west"])
    places = [
        place(
            id,
            area=draw(in_area),
            capacity=draw(st.sampled_from([None, None, 1])),
            opening=spans(draw, days, 8, 3) if draw(st.integers(0, 4)) == 0 else None,
        )
        for id in ("P", "Q")
    ]
    people = [
        person(
            id,
            skills=draw(st.sampled_from([{}, {}, {"s": 1}])),
            areas=draw(st.sampled_from([(), ("east",), ("west",)])) if not free else (),
            start_place=draw(st.sampled_from([None, None, "Q"])),
            availability=(
                spans(draw, days, LAST, 2)
                if draw(st.booleans())
                else (Window(start=0, end=days * DAY),)
            ),
            leave=spans(draw, days, 3) if draw(st.integers(0, 3)) == 0 else (),
            limits=Limits() if free else draw(limits()),
        )
        for id in ("A", "B")[: draw(st.integers(1, 2))]
    ]
    slot = st.builds(
        Slot,
        skills=st.just({}) if free else st.sampled_from([{}, {"s": 1}, {"s": 2}]),
        roles=st.just(()) if free else st.sampled_from([(), (), (Role.PARTNER,)]),
    )
    names = ("u", "v", "w")[: draw(st.integers(2, 3))]
    bundle = draw(st.sampled_from([None, None, None, None, None, "b"]))
    visits = [
        visit(
            id,
            *draw(st.lists(slot, min_size=1, max_size=draw(st.sampled_from([1, 1, 2])))),
            places=draw(st.sampled_from(["P", "Q"])),
            windows=spans(draw, days, 3, latest=busy),
            duration=draw(st.integers(1, 4)),
            priority=draw(st.integers(1, 5)),
            must=draw(st.integers(0, 7)) == 0,
            least_crew=draw(st.sampled_from([None, 1])),
            bundle=bundle if id != "w" else None,
        )
        for id in names
    ]
    gaps = draw(
        st.sampled_from(
            [
                *[()] * 6,
                (Gap(first="u", second="v", requires=True, least_minutes=0),),
                (Gap(first="u", second="v", requires=False, most_minutes=2),),
            ]
        )
    )
    starts = st.none() | st.integers(NINE, NINE + LAST)
    pins = []
    for id in draw(st.sets(st.sampled_from(names), max_size=1)):
        who = draw(st.none() | st.sampled_from([one.id for one in people]))
        pins.append(Pin(task=id, person=who, start=draw(starts)))
        if draw(st.integers(0, 5)) == 0:
            pins[-1] = Pin(task=id, absent=True)
    way = draw(st.integers(0, 3))
    return instance(
        *areas, *places, *people, *visits, *gaps, *pins, days=days, ways={("P", "Q"): way}
    )


@st.composite
def contended_weeks(draw: st.DrawFn) -> Instance:
    """One person with a few minutes, and visits of all priorities that do not all fit into them."""
    room = draw(st.integers(3, 6))
    there = Window(start=NINE, end=NINE + room)
    most = draw(st.sampled_from([None, None, 2]))
    who = person(
        "A",
        availability=(there,),
        limits=Limits(**dict.fromkeys(Limits.model_fields) | {"daily_tasks": most}),
    )
    visits = [
        visit(
            id,
            places=draw(st.sampled_from(["P", "Q"])),
            windows=(there,),
            duration=draw(st.integers(1, room)),
            priority=draw(st.integers(1, 5)),
        )
        for id in ("u", "v", "w")
    ]
    way = draw(st.integers(0, 1))
    return instance(place("P"), place("Q"), who, *visits, days=1, ways={("P", "Q"): way})


def ways(week: Instance, task: str, windows: tuple[Window, ...] | None = None) -> list[Filled]:
    """Every way to do a visit within its windows, or other ones, and () for not at all."""
    record = week.task_by_id[task]
    numbers = range(len(record.slots))
    filled: list[Filled] = [()]
    starts = sorted(
        {
            start
            for window in windows or record.windows
            for start in range(max(0, window.start), min(window.end, week.horizon.end))
        }
    )
    people = [one.id for one in week.people]
    for size in range(least_crew(record), len(numbers) + 1):
        for chosen, start, spot in product(combinations(numbers, size), starts, record.places):
            for crew in permutations(people, size):
                filled.append(
                    tuple(
                        Assignment(
                            task=task,
                            slot=number,
                            person=who,
                            place=spot,
                            start=start,
                            end=start + slots(record)[number].duration,
                        )
                        for number, who in zip(chosen, crew, strict=True)
                    )
                )
    return filled


def rosters(week: Instance) -> Iterator[tuple[Roster, Report]]:
    """Every roster within the windows, and what the checker says of it."""
    for filled in product(*(ways(week, one.id) for one in week.visits)):
        made = roster(week).model_copy(
            update={"assignments": tuple(part for crew in filled for part in crew)}
        )
        yield made, check(week, made)


def worse(before: Report, after: Report) -> set[str]:
    """Hard rules that are broken more than before."""
    amounts = {cost.rule.rule.id: cost.amount for cost in before.rules}
    return {
        cost.rule.rule.id
        for cost in after.rules
        if cost.rule.level == "hard" and cost.amount > amounts.get(cost.rule.rule.id, 0)
    }
