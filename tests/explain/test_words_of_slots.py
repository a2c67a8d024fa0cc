"""Each slot of a shift has its own reason where it differs from the others, and no crew is tried without sense."""

import pytest

from scheduler.explain import prepared, remedies, why_empty, why_unassigned
from scheduler.explain.words import reason_in_words, remedy_in_words
from scheduler.facts import Facts
from scheduler.messages.names import Names
from scheduler.model import Instance, Need, Pin, Slot
from tests.rules.build import at, instance, limited, person, roster, shift, visit, window

NINE, TEN = at(0, "09:00"), at(1, "10:00")
TWO = Need(minimum=2)


def rules_by_slot(week: Instance, *rows: tuple) -> dict[int, tuple[str, ...]]:
    trials = prepared(Facts(week, roster(week, *rows)))
    return {empty.slot: empty.rules for empty in why_empty(trials, {"v"})}


def test_only_the_leader_of_a_shift_breaks_a_tie() -> None:
    week = instance(
        limited("A", period_tasks_max=1),
        limited("B", weekly_minutes=60),
        shift("u", NINE, tie="t"),
        shift("v", TEN, TWO, tie="t"),
    )
    trials = prepared(Facts(week, roster(week, ("u", 0, "A", "P", NINE))))
    first, second = why_empty(trials, {"v"})
    by_b = [
        {frozenset(placement.rules) for placement in empty.attempts if placement.people == ("B",)}
        for empty in (first, second)
    ]
    assert by_b == [{frozenset({"weekly_minutes", "tie"})}, {frozenset({"weekly_minutes"})}]


def test_a_pin_of_one_slot_says_nothing_of_the_next() -> None:
    week = instance(
        limited("A", weekly_minutes=60),
        limited("B", weekly_minutes=60),
        shift("v", TEN, TWO),
        Pin(task="v", slot=0, person="A"),
    )
    trials = prepared(Facts(week, roster(week)))
    pinned, free = why_empty(trials, {"v"})
    assert [placement.people for placement in pinned.attempts] == [("A",)]
    assert pinned.rules == free.rules == ("weekly_minutes",)
    # To fill the pinned slot as it is pinned mends the pin; the other leaves it as it is.
    over = 240 - 60
    assert pinned.attempts[0].change.score.hard == over - 1
    assert free.attempts[0].change.score.hard == over


@pytest.mark.parametrize("named", [None, ("A",)])
def test_who_is_in_the_crew_already_is_no_way_to_fill_it(named: tuple[str, ...] | None) -> None:
    week = instance(
        person("A", skills={"s": 1}),
        person("B"),
        visit(
            "v",
            Slot(),
            Slot(skills={"s": 2}, people=named),
            least_crew=1,
            windows=(window(0, "09:00", "09:01"),),
        ),
    )
    least = {"skill"} if named is None else {"skill", "named_people"}
    assert rules_by_slot(week, ("v", 0, "A", "P", NINE)) == {1: tuple(sorted(least))}


def test_who_is_in_the_crew_is_named_where_there_is_nobody_else() -> None:
    week = instance(person("A"), shift("v", NINE, TWO))
    (rules,) = rules_by_slot(week, ("v", 0, "A", "P", NINE)).values()
    assert "different_people" in rules


def test_a_crew_larger_than_the_people_there_are_is_short_of_people() -> None:
    week = instance(person("A"), visit("v", Slot(), Slot()))
    answer = why_unassigned(prepared(Facts(week, roster(week))), "v")
    assert (answer.empty.reason, answer.empty.rules, answer.impossible) == (
        "rules",
        ("crew",),
        True,
    )
    assert "1 person of its crew missing" in reason_in_words(Names(week, "en"), answer.empty)
    assert {remedy.kind for remedy in answer.remedies} == {"crew_size", "person"}


@pytest.mark.parametrize(
    ("skills", "en", "zh"),
    [
        ({}, "no longer ask for s, and", "不再要求 s，"),
        ({"s": 1}, "ask only for s at level 1, and", "s 只要求 1 级，"),
    ],
)
def test_a_skill_is_asked_for_at_a_lower_level_or_no_more(
    skills: dict[str, int], en: str, zh: str
) -> None:
    week = instance(person("A", skills=skills), visit("v", Slot(skills={"s": 2})))
    trials = prepared(Facts(week, roster(week)))
    lower = next(one for one in remedies(trials, "v") if one.kind == "skill_level")
    assert remedy_in_words(Names(week, "en"), lower).startswith(en)
    assert remedy_in_words(Names(week, "zh"), lower).startswith(zh)
    assert lower.instance.task_by_id["v"].slots[0].skills == skills
