"""Weeks with nights: whatever annealing passes through costs what the definitions say, and CP-SAT agrees."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from scheduler.checker import check
from scheduler.engines.exact import solve_exact
from scheduler.engines.search import layout as at_
from scheduler.engines.search.arena import Arena
from scheduler.engines.search.pack import pack
from scheduler.engines.search.plan import move_weights
from scheduler.engines.search.thread import Thread
from scheduler.engines.search.whole import whole_cost
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import DenseRoster, to_roster
from scheduler.model import (
    Horizon,
    Instance,
    Limits,
    PastStop,
    PersonHistory,
    RuleSetting,
    Shift,
    Slot,
    Visit,
    Window,
    Wish,
)
from scheduler.rules.lower import lower
from tests.plain import price
from tests.plain.rosters import on_its_day
from tests.rules.build import DAY, instance, person, place, shift, visit

DAYS = 4
WAYS = {("P", "Q"): 25, ("P", "H"): 10, ("Q", "H"): 35}
HARD_WINDOWS = {"due_date": RuleSetting(on=True)}

quarter = (some.integers(0, 4 * 24 * DAYS - 1) | some.integers(0, 39)).map(
    lambda number: 15 * number
)
places = some.sampled_from("PQ")
PRESENCES = ((0, DAY), (21 * 60 + 30, 30 * 60), (8 * 60, 18 * 60), (18 * 60, 27 * 60))


@some.composite
def visits(draw, number: int) -> Visit:
    start = draw(quarter)
    length = draw(some.sampled_from((1, 60, 8 * 60)))
    crew = draw(
        some.sampled_from(
            ((Slot(),), (Slot(), Slot(after=(0, 15))), (Slot(), Slot(after=(90, 90))))
        )
    )
    return visit(
        f"v{number}",
        *crew,
        places=draw(places),
        windows=(Window(start=start, end=start + length),),
        duration=draw(some.sampled_from((30, 60, 240))),
        kind=draw(some.sampled_from(("check", "round"))),
        least_crew=draw(some.sampled_from((None, 1))),
    )


@some.composite
def shifts(draw, number: int) -> Shift:
    return shift(
        f"s{number}",
        draw(quarter),
        duration=draw(some.sampled_from((120, 480, 48 * 60))),
        kind=draw(some.sampled_from(("night", "early"))),
        place=draw(places),
    )


@some.composite
def people(draw, name: str):
    begin, end = draw(some.sampled_from(PRESENCES))
    spans = tuple(Window(start=day * DAY + begin, end=day * DAY + end) for day in range(-1, DAYS))
    wish = some.builds(
        Wish,
        want=some.booleans(),
        days=some.lists(some.integers(0, DAYS - 1), min_size=1, max_size=2).map(
            lambda days: tuple(Horizon(start=START, days=DAYS).date(day) for day in days)
        ),
        kind=some.none() | some.just("night"),
        weight=some.integers(1, 9),
    )
    return person(
        name,
        availability=spans,
        start_place=draw(some.sampled_from((None, "H", "P"))),
        end_place=draw(some.sampled_from((None, "H", "Q"))),
        wishes=draw(some.lists(wish, max_size=2).map(tuple)),
        limits=Limits(
            daily_minutes=draw(some.sampled_from((None, 480))),
            daily_overtime=draw(some.sampled_from((None, 0))),
            daily_tasks=draw(some.sampled_from((None, 2))),
            weekly_minutes=None,
            weekly_days=draw(some.sampled_from((None, 2))),
            rest_minutes=draw(some.sampled_from((None, 660, 40 * 60))),
            weekends=draw(some.sampled_from((None, 0, 1))),
            days_in_row_max=draw(some.sampled_from((None, 1))),
            breaks=None,
            contract_minutes=draw(some.sampled_from((None, 600))),
        ),
    )


START = instance(days=1).horizon.start


def finer(week: Instance, ticks: int) -> Instance:
    """The same week in finer ticks: every number of the file that is a time is so many times larger."""
    data = week.model_dump(mode="json", by_alias=True)
    data["horizon"]["ticks_per_minute"] = ticks
    for record in (*data["visits"], *data["shifts"]):
        record["duration"] *= ticks
        for slot in record.get("slots", ()):
            slot["after"] = [ticks * value for value in slot["after"]]
    for one in data["people"]:
        for field, value in one["limits"].items():
            if value is not None and field.endswith(("minutes", "overtime")):
                one["limits"][field] = value * ticks
    table = data["settings"]["travel"]["minutes"]
    data["settings"]["travel"]["minutes"] = [[ticks * value for value in row] for row in table]
    return Instance.model_validate(data)


@some.composite
def evenings(draw) -> PersonHistory:
    """Work on the evening before day 0, whose night may go on inside."""
    start = draw(some.sampled_from((-DAY + 600, -240, -120, -60)))
    stops = [
        PastStop(
            kind=draw(some.sampled_from(("night", "check"))),
            place=draw(some.sampled_from((None, "P", "Q"))),
            start=start,
            end=start + draw(some.sampled_from((30, 60, 8 * 60))),
        )
    ]
    if draw(some.booleans()):
        stops.append(stops[0].model_copy(update={"start": -30, "end": draw(quarter) % DAY}))
    until = draw(some.none() | some.sampled_from((0, 60, 300, 600)))
    return PersonHistory(stops=tuple(stops), day_until=until)


@some.composite
def weeks(draw) -> Instance:
    past = some.builds(
        PersonHistory,
        last_end=some.none() | some.integers(-600, 400),
        weekends=some.integers(0, 1),
        last_kinds=some.sampled_from(((), ("night",))),
    )
    week = instance(
        *(place(name) for name in "PQH"),
        *(draw(people(name)) for name in "ab"),
        *(draw(visits(number)) for number in range(draw(some.integers(0, 4)))),
        *(draw(shifts(number)) for number in range(draw(some.integers(0, 4)))),
        days=DAYS,
        ways=WAYS,
        history={"a": draw(past), "b": draw(evenings())},
        forbidden_sequences=(("night", "early"),),
    )
    # Friday to Monday: a weekend lies within.
    friday = week.horizon.model_copy(update={"start": week.horizon.date(4)})
    wishes = [
        one.model_copy(
            update={
                "wishes": tuple(
                    wish.model_copy(
                        update={
                            "days": tuple(friday.date(week.horizon.day(day)) for day in wish.days)
                        }
                    )
                    for wish in one.wishes
                )
            }
        )
        for one in week.people
    ]
    week = week.changed(horizon=friday, people=tuple(wishes))
    return draw(some.sampled_from((week, finer(week, 7))))


def agree(week: Instance, low: Lowered, dense: DenseRoster, points: int) -> None:
    """Points by the kernel, by the plain reference and by the definitions."""
    assert points == price(low, dense)
    assert on_its_day(low, dense)
    judged = check(week, to_roster(low, dense))
    assert points == low.scale.points(judged.score)


def passed_through(low: Lowered, arena: Arena, seed: int, slices: int):
    """States of a hot search, some moves apart."""
    thread = Thread(low, arena, seed)
    thread.construct()
    weights = move_weights(low)
    for _ in range(slices):
        thread.best[:] = thread.S
        yield thread.dense(), int(thread.S[at_.COST])
        fresh = thread.S.copy()
        assert whole_cost(thread.P, thread.T, fresh) == thread.S[at_.COST]
        thread.best[at_.COST] = np.iinfo(np.int64).min
        thread.anneal(weights, 40, 1e14, 1e13)


@settings(max_examples=60, deadline=None)
@given(weeks(), some.integers(0, 9))
def test_whatever_annealing_passes_through_costs_what_the_definitions_say(week, seed):
    low = lower(week)
    if not low.index.slots:
        return
    for dense, points in passed_through(low, pack(low), seed, 12):
        agree(week, low, dense, points)


@settings(max_examples=25, deadline=None)
@given(weeks())
def test_the_proven_best_costs_what_the_definitions_say_and_annealing_finds_none_better(week):
    low = lower(week)
    if not low.index.slots:
        return
    best = solve_exact(low, seconds=20)
    assert best.dense is not None
    assert best.points == price(low, best.dense)
    agree(week, low, best.dense, best.points)
    if best.status == "optimal":
        for _, points in passed_through(low, pack(low), 0, 6):
            assert points >= best.points
