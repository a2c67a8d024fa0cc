"""Who comes back from leave for one day is asked for one day's part, and not for what the week would have been."""

from itertools import product

import pytest

from scheduler import Stop, check, solve
from scheduler.model import Instance, Limits, Roster, Window
from scheduler.weeks.roll import next_horizon, roll
from tests.rules.build import at, instance, person, roster, shift, window

OFFICE = tuple(window(day, "08:00", "18:00") for day in range(5))
FRIDAY = [(f"f{number}", at(4, f"{8 + 2 * number:02}:00")) for number in range(4)]


def week(*leave: int, days: int = 5) -> Instance:
    """A duty of eight hours a day from Monday to Thursday, then four of two hours on Friday."""
    away = tuple(Window(start=at(day), end=at(day + 1)) for day in leave)
    limits = Limits(contract_minutes=2400)
    return instance(
        person("A", availability=OFFICE, leave=away, limits=limits),
        person("B", availability=OFFICE, limits=limits),
        *(shift(f"b{day}", at(day, "08:00"), duration=480) for day in range(4)),
        *(shift(name, start, duration=120) for name, start in FRIDAY),
        days=days,
        limits={},
    )


def worked(week: Instance, friday: tuple[str, ...]) -> Roster:
    """B works to Thursday; on Friday the four duties go to these people."""
    rows = [(f"b{day}", 0, "B", "P", at(day, "08:00")) for day in range(4)]
    rows += [(name, 0, who, "P", start) for (name, start), who in zip(FRIDAY, friday, strict=True)]
    return roster(week, *rows)


def test_three_of_fridays_four_duties_go_to_who_was_away_till_thursday():
    home = week(0, 1, 2, 3)
    cost = {
        friday: check(home, worked(home, friday)).score.soft for friday in product("AB", repeat=4)
    }
    cheapest = min(cost.values())
    assert {friday.count("A") for friday, soft in cost.items() if soft == cheapest} == {3}
    found = solve(home, Stop(steps=3000), seed=1)
    assert sum(part.person == "A" for part in found.assignments) == 3
    assert check(home, found).score.soft == cheapest


def test_all_four_go_to_whoever_was_there_and_did_nothing():
    there = week()
    soft = [check(there, worked(there, ("A",) * n + ("B",) * (4 - n))).score.soft for n in range(5)]
    assert soft == sorted(soft, reverse=True)


@pytest.mark.parametrize("days", [5, 7])
def test_the_week_and_the_roll_ask_for_the_same_share(days):
    home = week(0, 1, 2, 3, days=days)
    past = roll(home, worked(home, ("A", "A", "A", "B")), next_horizon(home)).history
    # 2400 minutes were to do; shares of 480 and 2400 make 400 and 2000 of them, faded by a tenth a week.
    assert (past["A"].fair_minutes, past["B"].fair_minutes) == (360, 1800)
    assert (past["A"].minutes, past["B"].minutes) == (324, 1836)
