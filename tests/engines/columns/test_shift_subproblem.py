"""Shifts decided with all else held: priced against the plain reference, improved to known optima."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random

import numpy as np
import pytest

from scheduler.engines.columns import Subproblem, partial_subproblem, solve_columns
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.evaluate import evaluate
from scheduler.engines.columns.network import build_network
from scheduler.engines.columns.pricing import price_rosters
from scheduler.engines.search.search import Annealing
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster
from scheduler.lowered.fit import BANNED
from scheduler.model import Instance, Limits, Need, PersonHistory, RuleSetting, Slot, Wish
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests import plain
from tests.engines.columns.drawn import KINDS, drawn
from tests.engines.search.weeks import random_week
from tests.rules.build import MONDAY, at, instance, person, shift, visit, window

ROUNDS, STEPS = 40, 2_000


def with_visits(seed: int, days: int = 9) -> Instance:
    """Drawn shifts, and as many visits as days, some of a shift's kind; three tasks a day at most."""
    draw, shifts = Random(seed), drawn(seed, days=days, people=4)
    visits = [
        visit(
            f"visit{number}",
            *[Slot()] * draw.randint(1, 2),
            places=draw.choice("PQ"),
            windows=(window(draw.randrange(days), "07:00", "20:00"),),
            kind=draw.choice([*KINDS, "check"]),
        )
        for number in range(days)
    ]
    people = tuple(
        one.model_copy(update={"limits": one.limits.model_copy(update={"daily_tasks": 3})})
        for one in shifts.people
    )
    return shifts.changed(visits=tuple(visits), people=people)


def annealed(low: Lowered, seed: int) -> tuple[DenseRoster, int]:
    """A middling answer and its points."""
    search = Annealing(low, seed, cores=1)
    search.construct(None)
    search.run(Stop(steps=STEPS), lambda standing: None)
    return search.best.dense(), search.best.cost


def parts() -> list[tuple[Subproblem, DenseRoster, int]]:
    """Parts of random weeks with the answers that they hold."""
    weeks = [random_week(seed) for seed in range(12)] + [with_visits(seed) for seed in range(24)]
    found = []
    for number, week in enumerate(weeks):
        low = lower(week)
        answer, points = annealed(low, number)
        subproblem = partial_subproblem(low, answer, points)
        if subproblem is not None:
            found.append((subproblem, answer, points))
    return found


@pytest.fixture(scope="module")
def random_parts() -> list[tuple[Subproblem, DenseRoster, int]]:
    found = parts()
    assert len(found) >= 12
    assert any(subproblem.mixed for subproblem, _, _ in found)
    return found


def redrawn(subproblem: Subproblem, seed: int) -> np.ndarray:
    """Random rosters: int64 [person, day], held days as they are, no item overfull."""
    random, rosters = np.random.default_rng(seed), subproblem.held_days.copy()
    room = [len(item.slots) for item in subproblem.items]
    for who, day in zip(*np.nonzero(subproblem.held_days == NONE), strict=True):
        items = np.arange(subproblem.day_first[day], subproblem.day_first[day + 1])
        able = [n for n in items if room[n] and subproblem.cost[n, who] < BANNED]
        if able and random.random() < 0.7:
            rosters[who, day] = item = random.choice(able)
            room[item] -= 1
    return rosters


def test_any_shifts_beside_what_is_held_cost_what_the_plain_reference_says(random_parts) -> None:
    filled = 0
    for subproblem, answer, _ in random_parts:
        search = ColumnSearch(subproblem, answer, Stop(steps=0), 0)
        for seed in range(6):
            rosters = redrawn(subproblem, seed)
            filled += int((rosters != subproblem.held_days).sum())
            assert search.price(rosters) == plain.price(
                subproblem.lowered, subproblem.to_dense(rosters)
            )
    assert filled > 200


def test_what_is_held_stays_and_what_is_told_is_better_and_true(random_parts) -> None:
    better = 0
    for subproblem, answer, points in random_parts:
        told: list[tuple[DenseRoster, int]] = []
        solve_columns(
            subproblem.lowered,
            answer,
            Stop(steps=ROUNDS),
            on_roster=lambda *one, told=told: told.append(one),
            subproblem=subproblem,
        )
        better += bool(told)
        shifts = {slot for item in subproblem.items if item.owner == NONE for slot in item.slots}
        for found, told_points in told:
            assert told_points == plain.price(subproblem.lowered, found) < points
            for slot in set(range(len(answer.person))) - shifts:
                assert found.person[slot] == answer.person[slot]
                if answer.person[slot] != NONE:
                    task = subproblem.lowered.index.task_of[slot]
                    assert found.start[slot] == answer.start[slot]
                    assert found.option[task] == answer.option[task]
    assert better >= 3


def test_rosters_without_a_held_day_have_no_price(random_parts) -> None:
    subproblem, answer, points = random_parts[0]
    search, rosters = ColumnSearch(subproblem, answer, Stop(steps=0), 0), subproblem.rosters(answer)
    assert search.price(rosters) == points
    rosters[tuple(np.argwhere(subproblem.held_days >= 0)[0])] = NONE
    assert search.price(rosters) is None


def test_the_cheapest_label_is_the_cheapest_roster_with_the_held_days(random_parts) -> None:
    checked = 0
    for subproblem, _, _ in random_parts:
        prices = np.random.default_rng(1).integers(-20, 120, len(subproblem.items)).astype(float)
        prices[subproblem.held_days[subproblem.held_days >= 0]] = 0
        for who in np.flatnonzero((subproblem.held_days >= 0).any(axis=1)):
            own = choices(subproblem, int(who))
            if np.prod([len(items) for items in own]) > 400:
                continue
            checked += 1
            paths = build_network(
                subproblem, int(who), 0, subproblem.days, np.full(subproblem.days, NONE)
            )
            costs, _, _ = price_rosters(paths, prices, 64)
            assert (costs[0] if len(costs) else None) == cheapest(subproblem, int(who), own, prices)
    assert checked > 20


def choices(subproblem: Subproblem, who: int) -> list[list[int]]:
    """Per day what somebody may do: the day as it is held, or nothing, or an item."""
    return [
        [int(subproblem.held_days[who, day])]
        if subproblem.held_days[who, day] != NONE
        else [
            NONE,
            *(
                n
                for n in range(subproblem.day_first[day], subproblem.day_first[day + 1])
                if subproblem.cost[n, who] < BANNED
            ),
        ]
        for day in range(subproblem.days)
    ]


def cheapest(
    subproblem: Subproblem, who: int, own: list[list[int]], prices: np.ndarray
) -> float | None:
    found = [
        points - prices[roster[roster >= 0]].sum()
        for roster in map(np.array, product(*own))
        if (points := evaluate(subproblem, who, roster)) < subproblem.lowered.scale.hard
    ]
    return min(found, default=None)


def given(low: Lowered, fills: dict[str, str]) -> DenseRoster:
    """Tasks by id and who fills their first slot, at the earliest moment of their first option."""
    index, window = low.index, low.window
    option, who = [NONE] * len(index.tasks), [NONE] * len(index.slots)
    start = [0] * len(index.slots)
    for name, whom in fills.items():
        task = index.task[name]
        slot, option[task] = index.slot_of[task], int(window.first[task])
        who[slot], start[slot] = index.person[whom], int(window.earliest[option[task]])
    return DenseRoster(tuple(option), tuple(who), tuple(start))


def improved(low: Lowered, fills: dict[str, str]) -> tuple[dict[str, str], int]:
    """What columns make of it with its visits held, and its plain points."""
    before = given(low, fills)
    subproblem = partial_subproblem(low, before, plain.price(low, before))
    assert subproblem is not None
    found = solve_columns(low, before, Stop(steps=ROUNDS), subproblem=subproblem)
    assert found is not None
    assert found.dense is not None
    assert found.points == plain.price(low, found.dense) == found.bound
    index = low.index
    named = {
        index.tasks[index.task_of[slot]].id: index.people[who]
        for slot, who in enumerate(found.dense.person)
        if who != NONE
    }
    return named, found.points


def visited(*people, **more) -> Lowered:
    """Shifts of four hours on days 0, 1 and 2, and an hour's visit on day 3, which is anna's."""
    return lower(
        instance(
            *people,
            *[shift(f"s{day}", at(day, "09:00")) for day in range(3)],
            visit("v", windows=(window(3, "09:00", "10:00"),)),
            days=4,
            weights={"fairness": RuleSetting(on=False)},
            **more,
        )
    )


def dislikes(*points: int) -> tuple[Wish, ...]:
    """To work on day n costs points[n]."""
    return tuple(
        Wish(want=False, days=(MONDAY + timedelta(day),), weight=one)
        for day, one in enumerate(points)
    )


def test_hours_of_a_held_visit_count_within_the_week() -> None:
    # Anna has room for one shift beside her visit; it should be the one that ben likes least.
    limits = Limits(weekly_minutes=300, breaks=None)
    low = visited(
        person("anna", limits=limits),
        person("ben", limits=Limits(breaks=None), wishes=dislikes(5, 9, 7)),
    )
    found, points = improved(low, {"v": "anna", "s0": "anna", "s2": "ben"})
    assert found == {"v": "anna", "s0": "ben", "s1": "anna", "s2": "ben"}
    assert points == plain.price(low, given(low, {"v": "anna"})) - filled(low, 3) + 5 + 7


def filled(low: Lowered, count: int) -> int:
    """Points of so many empty shifts."""
    return count * int(low.empty.cost[low.index.slot_of[low.index.task["s0"]]])


def test_a_held_day_of_work_stands_in_its_run() -> None:
    # Two days in a row at most: beside the visit on day 3, days 1 and 2, which are liked best, are
    # one too many.
    limits = Limits(days_in_row_max=2, breaks=None)
    low = visited(person("anna", limits=limits, wishes=dislikes(4, 0, 3)))
    found, points = improved(low, {"v": "anna"})
    assert found == {"v": "anna", "s0": "anna", "s1": "anna"}
    assert points == plain.price(low, given(low, {"v": "anna"})) - filled(low, 2) + 4


def test_slots_of_a_held_day_are_not_for_others() -> None:
    # Anna does s0 and a visit on day 0, which are held together: ben finds s1 and s2 alone.
    low = lower(
        instance(
            person("anna", limits=Limits(breaks=None)),
            person("ben", limits=Limits(breaks=None)),
            *[shift(f"s{day}", at(day, "09:00")) for day in range(3)],
            visit("v", windows=(window(0, "14:00", "15:00"),)),
            days=3,
            weights={"fairness": RuleSetting(on=False)},
        )
    )
    before = given(low, {"v": "anna", "s0": "anna"})
    subproblem = partial_subproblem(low, before, plain.price(low, before))
    assert subproblem is not None
    slot = low.index.slot_of[low.index.task["s0"]]
    assert [item.owner for item in subproblem.items if slot in item.slots] == [
        low.index.person["anna"]
    ]
    found, _ = improved(low, {"v": "anna", "s0": "anna"})
    assert (found["v"], found["s0"], set(found)) == ("anna", "anna", {"v", "s0", "s1", "s2"})


def test_kinds_of_a_held_day_are_banned_in_both_directions() -> None:
    # On day 1 anna has a late and a night task; on days 0 and 2 she may do early, night or nothing.
    week = instance(
        person("anna", limits=Limits(breaks=None, rest_minutes=0)),
        person("ben", limits=Limits(breaks=None, rest_minutes=0)),
        *[
            shift(f"{kind}{day}", at(day, clock), kind=kind)
            for day in (0, 2)
            for kind, clock in (("early", "06:00"), ("night", "18:00"))
        ],
        visit("a", kind="late", windows=(window(1, "14:00", "15:00"),)),
        visit("b", kind="night", windows=(window(1, "18:00", "19:00"),)),
        days=3,
        history={"anna": PersonHistory(last_kinds=("night",))},
        weights={"shift_sequence": RuleSetting(level="soft", weight=3)},
        forbidden_sequences=(
            ("late", "early"),
            ("night", "early"),
            ("early", "night"),
            ("early", "late"),
        ),
    )
    low = lower(week)
    before = given(low, {"a": "anna", "b": "anna"})
    subproblem = partial_subproblem(low, before, plain.price(low, before))
    assert subproblem is not None
    assert len(subproblem.mixed) == 1
    search = ColumnSearch(subproblem, before, Stop(steps=0), 0)
    seen = set()
    for seed in range(60):
        rosters = redrawn(subproblem, seed)
        points = search.price(rosters)
        assert points == plain.price(low, subproblem.to_dense(rosters))
        seen.add(tuple(rosters[0]))
    assert len(seen) == 9


def pair(*people: str, **weights: RuleSetting) -> tuple[Lowered, DenseRoster]:
    """A shift and a visit on different days, both anna's."""
    low = lower(
        instance(
            *[person(name, limits=Limits(breaks=None)) for name in people],
            shift("s", at(0, "09:00")),
            visit("v", windows=(window(1, "09:00", "10:00"),)),
            days=2,
            weights=weights,
        )
    )
    return low, given(low, {"v": "anna", "s": "anna"})


def test_a_shift_that_somebody_else_may_do_is_decided() -> None:
    low, answer = pair("anna", "ben")
    subproblem = partial_subproblem(low, answer, plain.price(low, answer))
    assert subproblem is not None
    assert [item.owner for item in subproblem.items] == [NONE, low.index.person["anna"]]


def test_nobody_else_to_choose_is_nothing_to_decide() -> None:
    low, answer = pair("anna")
    assert partial_subproblem(low, answer, plain.price(low, answer)) is None


def test_what_ties_people_together_is_not_decided() -> None:
    low, answer = pair("anna", "ben", worst_idle=RuleSetting(on=True))
    assert partial_subproblem(low, answer, plain.price(low, answer)) is None


def test_an_answer_that_breaks_a_hard_rule_holds_nothing() -> None:
    low, answer = pair("anna", "ben")
    assert partial_subproblem(low, answer, low.scale.hard) is None


def test_a_shift_that_somebody_keeps_waiting_is_not_decided() -> None:
    # A crew begins together: where anna comes twenty minutes late, whoever joined her would too.
    low = lower(
        instance(
            person("anna", limits=Limits(breaks=None)),
            person("ben", limits=Limits(breaks=None)),
            shift("s", at(0, "09:00"), Need(minimum=2, target=2)),
            shift("t", at(1, "09:00")),
            days=2,
        )
    )
    answer = given(low, {"s": "anna"})
    slot = low.index.slot_of[low.index.task["s"]]
    for late, tasks in ((0, {"s", "t"}), (20, {"t"})):
        start = list(answer.start)
        start[slot] += late
        subproblem = partial_subproblem(low, replace(answer, start=tuple(start)), 0)
        assert subproblem is not None
        items = [item for item in subproblem.items if item.owner == NONE]
        assert {low.index.tasks[item.task].id for item in items} == tasks
