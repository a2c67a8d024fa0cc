"""Somebody who works two days in a row at least, and is off two at least, gets neither a lone day nor a lone day off."""

from itertools import combinations, groupby

from scheduler import Stop, check, solve
from scheduler.model import Instance, Limits, PersonHistory
from tests.rules.build import at, instance, person, roster, shift

DAYS = (0, 2, 3, 5)
"""Monday, Wednesday, Thursday and Saturday have a shift each; the Sunday before was off after work."""


def week() -> Instance:
    return instance(
        person("n", limits=Limits(days_in_row_min=2, days_off_min=2)),
        *(shift(f"s{day}", at(day, "09:00")) for day in DAYS),
        history={"n": PersonHistory(run_off=1)},
        limits={},
    )


def lived(worked: tuple[int, ...]) -> bool:
    """Whether every run of days is long enough, from the day off before the week to what the end may lengthen."""
    days = [False, *(day in worked for day in range(7))]
    runs = [(on, len(list(run))) for on, run in groupby(days)]
    return all(length >= 2 for _, length in runs[:-1])


def test_the_checker_finds_just_those_weeks_that_can_be_lived() -> None:
    home = week()
    for count in range(len(DAYS) + 1):
        for worked in combinations(DAYS, count):
            rows = [(f"s{day}", 0, "n", "P", at(day, "09:00")) for day in worked]
            report = check(home, roster(home, *rows))
            assert report.feasible == lived(worked), worked
            assert report.score.medium == 5 * (len(DAYS) - count)


def test_wednesday_and_thursday_are_worked_and_the_others_left() -> None:
    home = week()
    found = solve(home, Stop(seconds=60), seed=1)  # ends with the proof, within a second
    assert sorted(part.task for part in found.assignments) == ["s2", "s3"]
    assert found.score.points == (0, 10, found.score.soft)
    assert found.outcome.status == "optimal"
