"""Loads over weeks, by hand: shares and history, and for how long somebody was not asked."""

from datetime import date

import pandas as pd
import pytest

from scheduler import frames
from scheduler.model import Horizon, Instance, Limits, PersonHistory, Roster, Window
from tests.rules.build import DAY, at, instance, person, roster, visit

Week = tuple[Instance, Roster]


def week(number: int, *work: tuple[str, int], history=None, **more) -> Week:
    """A week from 23 November on, in which people work an hour at nine on some days."""
    people = [
        person(id, limits=Limits(contract_minutes=600), **more.get(id, {}))
        for id in ("A", "B", "C")
    ]
    names = [f"V{n}" for n in range(len(work))]
    made = instance(*people, *map(visit, names), history=history or {})
    start = date.fromordinal(date(2026, 11, 23).toordinal() + 7 * number)
    made = made.changed(id=f"week-{number}", horizon=Horizon(start=start, days=7))
    parts = [
        (name, 0, who, "P", at(day, "09:00")) for name, (who, day) in zip(names, work, strict=True)
    ]
    return made, roster(made, *parts)


def row(weeks: list[Week], who: str) -> dict:
    return frames.use(weeks).set_index("person").loc[who].to_dict()


def test_every_week_has_a_row_for_everybody_in_order_of_time() -> None:
    table = frames.weekly_loads([week(1, ("B", 0), ("B", 1)), week(0, ("A", 2))])
    assert table["week"].tolist() == ["week-0"] * 3 + ["week-1"] * 3
    assert table["person"].tolist() == ["A", "B", "C"] * 2
    assert table["task_minutes"].tolist() == [60, 0, 0, 0, 120, 0]
    assert table["tasks"].tolist() == [1, 0, 0, 0, 2, 0]
    assert table["share_minutes"].tolist() == [600] * 6


def test_hours_and_shares_add_up_and_history_counts_once() -> None:
    # 200 of 500 were done before; the second week's history, as `roll` writes it, says so again.
    told = {"A": PersonHistory(minutes=200, fair_minutes=500)}
    both = [week(0, ("A", 0), history=told), week(1, ("A", 0), ("A", 4), history=told)]
    assert row(both, "A")["task_minutes"] == 180
    assert row(both, "A")["fair_minutes"] == 600 + 600 + 300
    assert row(both, "B")["fair_minutes"] == 1200


def test_who_did_too_much_before_owes_nothing() -> None:
    told = {"A": PersonHistory(minutes=5000, fair_minutes=500)}
    assert row([week(0, history=told)], "A")["fair_minutes"] == 0


def test_the_last_day_is_that_of_the_last_work() -> None:
    weeks = [week(0, ("A", 1), ("A", 2)), week(1, ("B", 0))]
    # Wednesday 25 November; the last week ends on Sunday 6 December: eleven days without work.
    assert row(weeks, "A")["last"] == pd.Timestamp("2026-11-25")
    assert row(weeks, "A")["idle_days"] == 11
    assert (row(weeks, "B")["last"], row(weeks, "B")["idle_days"]) == (
        pd.Timestamp("2026-11-30"),
        6,
    )
    assert pd.isna(row(weeks, "C")["last"])
    assert row(weeks, "C")["idle_days"] == 14


@pytest.mark.parametrize(
    ("history", "last", "days"),
    [
        # Ended on Friday the 20th at five: two days, and the week.
        (PersonHistory(last_end=-3 * DAY + 17 * 60), "2026-11-20", 9),
        (PersonHistory(last_end=-2 * DAY), "2026-11-20", 9),  # at midnight: still Friday's
        (PersonHistory(run_off=21), None, 28),
        (PersonHistory(), None, 7),
    ],
)  # fmt: skip
def test_history_tells_of_the_time_before(history, last, days) -> None:
    told = row([week(0, history={"A": history})], "A")
    assert told["idle_days"] == days
    assert (None if pd.isna(told["last"]) else f"{told['last']:%Y-%m-%d}") == last


def test_a_week_that_is_missing_breaks_what_is_known() -> None:
    weeks = [week(0, ("A", 6)), week(2)]
    told = row(weeks, "A")
    assert pd.isna(told["last"])
    assert told["idle_days"] == 7
    # Whoever is told to have been off for the week between is known to have worked on the 29th.
    weeks[1] = week(2, history={"A": PersonHistory(run_off=7)})
    assert row(weeks, "A")["last"] == pd.Timestamp("2026-11-29")
    assert row(weeks, "A")["idle_days"] == 14


def test_who_is_never_there_is_marked() -> None:
    away = {
        "C": {
            "availability": (Window(start=0, end=7 * DAY),),
            "leave": (Window(start=0, end=7 * DAY),),
        }
    }
    told = row([week(0, **away)], "C")
    assert not told["there"]
    assert told["fair_minutes"] == 0
    assert row([week(0, **away), week(1)], "C")["there"]


def test_people_of_some_weeks_only_count_from_there() -> None:
    first, second = week(0, ("A", 0)), week(1, ("B", 0))
    without = first[0].changed(people=first[0].people[:1]), first[1]
    told = frames.use([second, without])
    assert told["person"].tolist() == ["A", "B", "C"]
    assert told["weeks"].tolist() == [2, 1, 1]
    assert told["idle_days"].tolist() == [13, 6, 7]
