"""Sums of points that left 64 bits, or their level: a year of shifts, and a day in thousandths of a minute."""

import pytest

from scheduler.checker import check
from scheduler.lowered.price import HARD, STANDARD, scale
from scheduler.model import (
    Horizon,
    Instance,
    Level,
    Limits,
    Need,
    Roster,
    RuleSetting,
    Score,
    Window,
)
from scheduler.rules import rules
from scheduler.rules.lower import lower
from scheduler.solver import solve
from scheduler.stop import Stop
from scheduler.travel import travel
from tests.rules.build import MONDAY, at, instance, limited, person, shift, visit

YEAR = 364
THOUSAND = 1_000


def quiet(**changed: RuleSetting) -> dict[str, RuleSetting]:
    """No soft rule but those that are named."""
    soft = {name for name, rule in rules().items() if rule.level is Level.SOFT}
    return {name: RuleSetting(on=False) for name in soft} | changed


def year(people: int, least: int) -> Instance:
    """Two shifts of eight hours a day for a year, and people who must work so many minutes in it."""
    always = (Window(start=0, end=at(YEAR)),)
    staff = [
        limited(f"p{number}", period_minutes_min=least, availability=always)
        for number in range(people)
    ]
    shifts = [
        shift(f"s{day}{clock}", at(day, clock), Need(), duration=480)
        for day in range(YEAR)
        for clock in ("08:00", "16:00")
    ]
    return instance(*staff, *shifts, days=YEAR, weights=quiet())


@pytest.mark.parametrize(("people", "least"), [(12, 400_000), (4, 350_000)])
def test_a_year_short_of_work_ends_with_all_its_shifts_done(people: int, least: int) -> None:
    # All shifts together are 728 x 480 = 349,440 minutes, fewer than anybody must work: whoever takes one
    # lacks 480 minutes less. Without work twelve lack more than 2**21, which HARD takes out of 64 bits.
    week = year(people, least)
    roster = solve(week, Stop(steps=200))
    assert roster.score == Score(hard=people * least - 2 * YEAR * 480)
    assert roster.score == check(week, roster).score
    assert roster.outcome is not None
    assert roster.outcome.notices == ()


def day_in_thousandths(**changed: RuleSetting) -> Instance:
    """162 visits of 30 minutes that begin at eight, for four people who are there around the clock."""
    end = 1_440 * THOUSAND
    window = (Window(start=480 * THOUSAND, end=481 * THOUSAND),)
    everybody = [
        person(f"p{n}", availability=(Window(start=0, end=end),), limits=_none()) for n in range(4)
    ]
    visits = [visit(f"v{n}", windows=window, duration=30 * THOUSAND) for n in range(162)]
    week = instance(*everybody, *visits, days=1, weights=quiet(**changed))
    return week.changed(horizon=Horizon(start=MONDAY, days=1, ticks_per_minute=THOUSAND))


def _none() -> Limits:
    return Limits(**dict.fromkeys(Limits.model_fields))


def test_lateness_in_thousandths_never_outweighs_a_visit() -> None:
    # From eight to midnight each of four can begin 32 visits, 128 of them: 34 of 5 points stay undone.
    # Were lateness to spill into the medium points, the latest would be left undone as well. The
    # visits of one person are late by 29.001, 59.001, … minutes: the k-th by 30 k - 1 and a tick less.
    week = day_in_thousandths(visit_window=RuleSetting(level=Level.SOFT))
    roster = solve(week, Stop(steps=3_000))
    late = sum(max(0, 30 * THOUSAND * k - (THOUSAND - 1)) for k in range(32))
    assert len(roster.assignments) == 128
    assert max(part.start for part in roster.assignments) < week.horizon.end
    assert roster.score == Score(medium=34 * 5, soft=4 * late)
    assert 4 * late > 2**24
    assert roster.score == check(week, roster).score


def test_a_day_of_strict_windows_leaves_undone_what_cannot_begin() -> None:
    week = day_in_thousandths()
    roster = solve(week, Stop(steps=3_000))
    assert roster.score == Score(medium=158 * 5)


def test_a_roster_that_is_given_may_break_rules_by_far() -> None:
    # One person does all at once: each but the first overlaps the one before it by 30 minutes.
    week = day_in_thousandths()
    empty = solve(week, Stop(steps=1))
    first = empty.assignments[0]
    heap = tuple(first.model_copy(update={"task": task.id, "person": "p0"}) for task in week.visits)
    start = Roster(horizon=week.horizon, instance=week.id, assignments=heap)
    assert check(week, start).score.hard == 161 * 30 * THOUSAND > 2**22
    roster = solve(week, Stop(steps=40_000), start=start)
    assert roster.score == Score(medium=158 * 5)


def test_the_standard_scale_serves_where_it_has_room() -> None:
    assert scale(Score(), Score()) == STANDARD
    assert scale(Score(hard=2**15, medium=2**18 - 1, soft=2**24 - 1), Score()) == STANDARD


@pytest.mark.parametrize(
    ("begin", "most"),
    [
        (Score(hard=2**16), Score()),
        (Score(), Score(soft=2**24)),
        (Score(), Score(medium=2**18)),
        (Score(hard=2**21, medium=2**15), Score(medium=2**16 - 1, soft=2**19)),
    ],
)
def test_levels_are_apart_and_sums_below_64_bits(begin: Score, most: Score) -> None:
    made = scale(begin, most)
    assert made.sharp
    soft, medium = max(begin.soft, most.soft), max(begin.medium, most.medium)
    assert made.medium > soft
    assert made.hard > medium * made.medium + soft
    assert 2 * begin.hard * made.hard + medium * made.medium + soft < 2**60


def test_what_has_no_room_is_told_and_its_hard_points_fit() -> None:
    made = scale(Score(hard=2**40, medium=2**20), Score(medium=2**20, soft=2**30))
    assert not made.sharp
    assert 2 * 2**40 * made.hard < 2**60
    assert made.hard >= 2**16


def test_a_weight_beyond_64_bits_is_never_paid() -> None:
    # Nobody takes two visits at once at a billion points a minute, times HARD.
    heavy = RuleSetting(level=Level.HARD, weight=10**9)
    week = instance(
        person("anna"),
        visit("one", windows=(Window(start=540, end=541),)),
        visit("other", windows=(Window(start=540, end=541),)),
        days=1,
        weights=quiet(visit_window=heavy, no_overlap=heavy, availability=heavy),
    )
    lowered = lower(week, travel(week))
    assert lowered.window.late_hard < 10**9 * HARD
    for stop in (Stop(), Stop(steps=500)):
        roster = solve(week, stop)
        assert roster.score == Score(medium=5)
        assert roster.outcome is not None
        assert roster.outcome.notices == ()


def test_a_search_goes_on_sharply_once_its_roster_has_room() -> None:
    # Ten shifts of eight hours for two who must work forty each, in sixty-thousandths of a minute: without
    # work 288 million ticks lack, so that ways in ticks have no room beside them. With all done none lack.
    ticks, days = 60_000, 10
    always = (Window(start=0, end=at(days) * ticks),)
    staff = [
        limited(f"p{n}", period_minutes_min=2_400 * ticks, daily_tasks=1, availability=always)
        for n in range(2)
    ]
    shifts = [
        shift(f"s{day}", at(day, "08:00") * ticks, Need(), duration=480 * ticks)
        for day in range(days)
    ]
    week = instance(*staff, *shifts, days=days, weights=quiet(travel=RuleSetting(on=True)))
    week = week.changed(horizon=Horizon(start=MONDAY, days=days, ticks_per_minute=ticks))
    assert not lower(week).scale.sharp
    for stop in (Stop(steps=3_000), Stop(seconds=60)):  # by annealing, and by columns until proven
        roster = solve(week, stop)
        assert roster.score == Score()
        assert roster.outcome is not None
        assert roster.outcome.notices == ()
