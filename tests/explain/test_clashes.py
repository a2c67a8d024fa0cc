"""What clashes, in words, and that any one of a minimal set may give way."""

import pytest

from scheduler.engines.exact.requirements import Requirement
from scheduler.explain.clashes import clashes
from scheduler.explain.words import relaxation_in_words, requirement_in_words
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import Gap, Instance, Limits, Pin
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.rules.build import at, instance, person, visit


def pinned(task: str, day: int, clock: str) -> Pin:
    return Pin(task=task, person="A", start=at(day, clock))


def overlapping(*pins: Pin) -> Instance:
    return instance(person("A"), visit("v"), visit("w"), *pins)


TOO_LONG = instance(
    person("A", limits=Limits(weekly_minutes=90)),
    visit("v"),
    visit("w"),
    pinned("v", 0, "09:00"),
    pinned("w", 1, "09:00"),
)
NO_REST = instance(
    person("A", limits=Limits(rest_minutes=660)),
    visit("v"),
    visit("w"),
    pinned("v", 0, "22:00"),
    pinned("w", 1, "06:00"),
)
AT_ONCE = overlapping(pinned("v", 0, "09:00"), pinned("w", 0, "09:30"))


@pytest.mark.parametrize(
    ("week", "rule"), [(TOO_LONG, "weekly_minutes"), (NO_REST, "min_rest"), (AT_ONCE, "no_overlap")]
)
def test_pins_clash_with_one_rule_and_each_of_them_may_give_way(week: Instance, rule: str) -> None:
    found = clashes(week, seconds=20)
    assert found.status == "minimal"
    named = {one.rule for one in found.requirements}
    assert named <= {"pinned", rule, "no_overlap"}
    assert "pinned" in named
    for pin in week.pins:
        rest = week.changed(pins=tuple(one for one in week.pins if one is not pin))
        assert clashes(rest, seconds=20).status == "none"
        best = solve(rest, Stop(steps=5000))
        assert best.score is not None
        assert best.score.hard == 0


def test_words_name_whom_it_is_about_and_the_limit() -> None:
    one = Requirement("weekly_minutes", "A")
    assert requirement_in_words(Names(TOO_LONG, "en"), one) == "Weekly hours: A (limit 1 h 30 min)"
    assert "A" in relaxation_in_words(Names(TOO_LONG, "en"), one)
    pin = Requirement("pinned", "v")
    assert relaxation_in_words(Names(TOO_LONG, "en"), pin) == "release or change the pin of v"
    other = Requirement("gender", "v")
    for lang in LANGS:
        assert requirement_in_words(Names(TOO_LONG, lang), other)
        assert "v" in relaxation_in_words(Names(TOO_LONG, lang), other)


def test_a_gap_is_told_by_its_visits_though_a_person_is_called_by_its_number() -> None:
    names = Names(instance(person("0"), visit("v"), visit("w"), Gap(first="v", second="w")), "en")
    assert requirement_in_words(names, Requirement("gap", "0")) == "Gap: v → w"


def test_a_week_without_a_clash_says_so() -> None:
    assert clashes(overlapping(pinned("v", 0, "09:00")), seconds=20).status == "none"
