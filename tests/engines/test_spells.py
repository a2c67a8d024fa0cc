"""Weeks of people who go home within a day: what annealing passes through and CP-SAT proves costs what the definitions say."""

from hypothesis import given, settings
from hypothesis import strategies as some

from scheduler.engines.exact import solve_exact
from scheduler.engines.search.pack import pack
from scheduler.model import Break, Instance, Limits, RuleSetting, Slot, Window
from scheduler.rules.lower import lower
from tests.engines.test_nights import agree, finer, passed_through
from tests.plain import price
from tests.rules.build import DAY, instance, person, place, shift, visit

DAYS = 2
WAYS = {
    ("P", "Q"): 25,
    ("P", "H"): 40,
    ("Q", "H"): 35,
    ("H", "G"): 5,
    ("P", "G"): 30,
    ("Q", "G"): 60,
}
PRESENCES = (
    ((8 * 60, 11 * 60), (16 * 60, 20 * 60)),
    ((6 * 60, 10 * 60), (14 * 60, 16 * 60), (20 * 60, 23 * 60)),
    ((8 * 60, 18 * 60),),
    ((12 * 60, 14 * 60), (18 * 60, 26 * 60)),
)
quarter = some.integers(6 * 4, 24 * 4 * DAYS - 1).map(lambda number: 15 * number)


breaks = some.tuples(
    some.sampled_from((690, 780)),
    some.sampled_from((840, 1000)),
    some.sampled_from((15, 60)),
    some.sampled_from((0, None)),
).map(lambda row: Break(start=row[0], end=row[1], minutes=row[2], beyond=row[3]))


@some.composite
def people(draw, name: str):
    spans = draw(some.sampled_from(PRESENCES))
    return person(
        name,
        availability=tuple(
            Window(start=day * DAY + begin, end=day * DAY + end)
            for day in range(DAYS)
            for begin, end in spans
        ),
        start_place=draw(some.sampled_from(("H", "H", "P", None))),
        end_place=draw(some.sampled_from(("H", "G"))),
        limits=Limits(
            daily_minutes=draw(some.sampled_from((None, 300))),
            daily_overtime=draw(some.sampled_from((None, 60))),
            weekly_minutes=draw(some.sampled_from((None, 400))),
            rest_minutes=draw(some.sampled_from((None, 660))),
            breaks=draw(some.none() | breaks),
        ),
    )


@some.composite
def visits(draw, number: int):
    start = draw(quarter)
    crew = draw(some.sampled_from(((Slot(),), (Slot(), Slot()), (Slot(), Slot(after=(60, 90))))))
    return visit(
        f"v{number}",
        *crew,
        places=draw(some.sampled_from(("P", "Q", ("P", "Q")))),
        windows=(
            Window(start=start, end=start + draw(some.sampled_from((1, 60, 8 * 60, 12 * 60)))),
        ),
        duration=draw(some.sampled_from((30, 60, 120))),
        least_crew=draw(some.sampled_from((None, 1))),
    )


@some.composite
def weeks(draw) -> Instance:
    has_way = draw(some.booleans())
    ways = WAYS if has_way else WAYS | {("Q", "H"): None}
    week = instance(
        *(place(name, capacity=1 if name == "P" else None) for name in "PQHG"),
        *(draw(people(name)) for name in "ab"),
        *(draw(visits(number)) for number in range(draw(some.integers(1, 5)))),
        *(
            shift(f"s{number}", draw(quarter), duration=draw(some.sampled_from((60, 360))))
            for number in range(draw(some.integers(0, 2)))
        ),
        days=DAYS,
        ways=ways,
        weights={"waiting": RuleSetting(on=draw(some.booleans()))},
        travel_counts=draw(some.booleans()),
        pause_at_home=draw(some.sampled_from((None, None, 120))),
    )
    return finer(week, 7) if has_way and draw(some.booleans()) else week


@settings(max_examples=60, deadline=None)
@given(weeks(), some.integers(0, 9))
def test_whatever_annealing_passes_through_costs_what_the_definitions_say(week, seed):
    low = lower(week)
    for dense, points in passed_through(low, pack(low), seed, 12):
        agree(week, low, dense, points)


@settings(max_examples=25, deadline=None)
@given(weeks())
def test_the_proven_best_costs_what_the_definitions_say_and_annealing_finds_none_better(week):
    low = lower(week)
    best = solve_exact(low, seconds=20)
    assert best.dense is not None
    assert best.points == price(low, best.dense)
    agree(week, low, best.dense, best.points)
    if best.status == "optimal":
        for _, points in passed_through(low, pack(low), 0, 6):
            assert points >= best.points
