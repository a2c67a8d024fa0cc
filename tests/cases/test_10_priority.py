"""Case 10: an urgent visit is outweighed by many lesser ones, which are named with what dropping them does."""

import pytest

from scheduler.explain import prepared, why_unassigned
from scheduler.explain.words import swap_in_words
from scheduler.facts import Facts
from scheduler.messages.names import Names
from scheduler.model import Instance, RuleSetting, Score
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.rules.build import at, instance, person, roster, visit, window

MORNING = (window(0, "09:00", "12:00"),)


def week(count: int, priority: int) -> Instance:
    """Three hours for one urgent visit (25 points), or for all of the lesser ones."""
    lesser = [
        visit(f"low{number}", duration=180 // count, priority=priority) for number in range(count)
    ]
    return instance(
        person("p1", availability=MORNING),
        visit("urgent", duration=180, priority=5),
        *lesser,
        limits={},
        weights={"even_days": RuleSetting(on=False)},
    )


# Three at 10 points each, or nine at 5 points each, against 25.
@pytest.mark.parametrize(
    ("count", "priority", "costs", "left"), [(3, 4, 30 - 25, 25), (9, 3, 45 - 25, 25)]
)
def test_what_outweighs_the_urgent_visit_is_named_and_priced(
    count: int, priority: int, costs: int, left: int
) -> None:
    made = week(count, priority)
    best = solve(made, Stop(steps=3000), seed=1)
    assert best.score is not None
    rows = [
        (f"low{number}", 0, "p1", "P", at(0, "09:00") + number * 180 // count)
        for number in range(count)
    ]
    answer = why_unassigned(prepared(Facts(made, roster(made, *rows))), "urgent")
    swap = answer.outweighed
    assert swap is not None
    assert set(swap.dropped) == {f"low{number}" for number in range(count)}
    assert swap.change.score == Score(medium=costs)
    words = swap_in_words(Names(made, "en"), swap)
    assert "low0, low1, low2" in words
    assert f"costs {costs} points of Unassigned" in words
    assert "low0、low1、low2" in swap_in_words(Names(made, "zh"), swap)
    assert not answer.impossible
    assert "drop" not in {remedy.kind for remedy in answer.remedies}


def test_lesser_work_that_weighs_less_in_all_is_a_remedy() -> None:
    made = week(2, 4)  # 10 points each: 20 against 25
    rows = ("low0", 0, "p1", "P", at(0, "09:00")), ("low1", 0, "p1", "P", at(0, "10:30"))
    answer = why_unassigned(prepared(Facts(made, roster(made, *rows))), "urgent", most=9)
    drop = next(remedy for remedy in answer.remedies if remedy.kind == "drop")
    assert drop.change.score == Score(medium=-5)
    assert {part.task for part in drop.removed} == {"low0", "low1"}
    assert answer.outweighed is None


def test_whoever_is_to_stay_longer_stays_on_rather_than_comes_at_midnight() -> None:
    made = week(3, 4)
    rows = [(f"low{number}", 0, "p1", "P", at(0, "09:00") + 60 * number) for number in range(3)]
    answer = why_unassigned(prepared(Facts(made, roster(made, *rows))), "urgent")
    longer = next(remedy for remedy in answer.remedies if remedy.kind == "limit")
    # Any hour of any day asks for three hours more and costs the same: nearest in time first.
    assert longer.added[0].start in (at(0, "06:00"), at(0, "12:00"))
    assert longer.raised == (("p1", "availability", 180),)
    assert longer.away == 0
