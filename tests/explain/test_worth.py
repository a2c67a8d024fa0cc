"""An hour that is said to be worth most: given, it lets so much more be done."""

from io import StringIO

import pytest
from rich.console import Console

from scheduler.cli import reasons
from scheduler.cli.talk import Language, Talk
from scheduler.due import expand
from scheduler.engines.exact import solve_exact
from scheduler.explain import HourWorth, hours_wanted
from scheduler.messages import Lang
from scheduler.model import Instance, Role, Slot
from scheduler.rules.lower import lower
from tests.rules.build import instance, person, visit, window

TALK = Slot(skills={"talk": 1})


def counselling(tuesday_ends: str) -> Instance:
    """Three talks of an hour on Tuesday for a counsellor, who is there for an hour as a rule; and a worker with nothing to do."""
    there = {"availability": (window(0, "09:00", "12:00"), window(1, "09:00", tuesday_ends))}
    return instance(
        person("C", Role.COUNSELLOR, skills={"talk": 1}, **there),
        person("W", **there),
        *[
            visit(f"talk{n}", TALK, priority=n, windows=(window(1, "09:00", "17:00"),))
            for n in (2, 3, 4)
        ],
        visit("easy", priority=1, windows=(window(1, "09:00", "17:00"),)),
    )


def undone_points(week: Instance) -> int:
    lowered = lower(expand(week))
    best = solve_exact(lowered, seconds=20)
    assert best.status == "optimal"
    assert best.points is not None
    return best.points // lowered.scale.medium


def test_the_hour_that_is_worth_most_lets_so_much_more_be_done() -> None:
    week = counselling("10:00")
    wanted = hours_wanted(expand(week), 5)
    assert wanted == [HourWorth(Role.COUNSELLOR, ("talk",), 1, wanted[0].points)]
    assert undone_points(week) - undone_points(counselling("11:00")) == wanted[0].points > 0


def test_where_all_is_done_no_hour_is_wanted() -> None:
    assert hours_wanted(expand(counselling("12:00")), 5) == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "咨询员（talk）在11月24日 周二再多一小时，大约能多做 5 分的事"),
        ("en", "Counsellor (talk): one more hour on Tue 24 Nov is worth about 5 points of work"),
    ],
)
def test_it_is_told_in_words(lang: Lang, said: str) -> None:
    page = StringIO()
    console = Console(file=page, width=200)
    console.print(reasons.hours_wanted(Talk(Language(lang)), expand(counselling("10:00")), 5))
    assert said in page.getvalue()
