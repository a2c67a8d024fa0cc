"""Why so: what an assignment is worth, and the best other ways beside it."""

import pytest

from scheduler.checker import check
from scheduler.explain import Trials, why_so
from scheduler.explain.words import alternative_in_words, why_in_words
from scheduler.facts import Facts
from scheduler.messages.names import Names
from scheduler.model import InputError, Instance, Slot
from tests.rules.build import at, instance, person, place, roster, visit, window

MORNING = (window(0, "09:00", "12:00"), window(1, "09:00", "12:00"))


def week() -> Instance:
    pair = visit("pair", Slot(), Slot(), windows=MORNING, places="Q")
    people = person("A", start_place="P"), person("B", start_place="Q"), person("C")
    work = visit("v", windows=MORNING, places="P", priority=4), pair
    return instance(place("P"), place("Q"), *people, *work, days=2, ways={("P", "Q"): 20})


ROWS = (
    ("v", 0, "B", "P", at(0, "10:00")),
    ("pair", 0, "A", "Q", at(1, "09:30")),
    ("pair", 1, "B", "Q", at(1, "09:30")),
)


def test_an_assignment_saves_its_priority_and_costs_its_way() -> None:
    found = why_so(Trials(Facts(week(), roster(week(), *ROWS))), "v")
    points = {one.rule.rule.id: sum(one.score.points) for one in found.change.by_rule}
    # B comes from Q, twenty minutes away
    assert points["unassigned"] == -10
    assert points["travel"] == 20
    assert "saves 10 points of Unassigned" in why_in_words(Names(week(), "en"), found)


def test_alternatives_are_told_by_their_difference() -> None:
    before = roster(week(), *ROWS)
    found = why_so(Trials(Facts(week(), before)), "v")
    assert {one.kind for one in found.alternatives} == {"person", "time", "both"}
    best = found.alternatives[0]
    assert best.change.score == min(one.change.score for one in found.alternatives)
    for one in found.alternatives:
        kept = tuple(part for part in before.assignments if part.task != "v")
        after = before.model_copy(update={"assignments": (*kept, *one.assignments)})
        difference = check(week(), after).score - check(week(), before).score
        assert one.change.score == difference
        same_person = one.assignments[0].person == "B"
        same_time = one.assignments[0].start == at(0, "10:00")
        assert (same_person, same_time) == {
            "person": (False, True), "time": (True, False), "both": (False, False)
        }[one.kind]  # fmt: skip
        for lang in ("zh", "en"):
            assert alternative_in_words(Names(week(), lang), one)


def test_of_a_crew_one_is_replaced_or_all_move() -> None:
    found = why_so(Trials(Facts(week(), roster(week(), *ROWS))), "pair", 1)
    replaced = [one for one in found.alternatives if one.kind == "person"]
    assert {(a.slot, a.person, a.start) for one in replaced for a in one.assignments} == {
        (1, "C", at(1, "09:30"))
    }
    moved = [one for one in found.alternatives if one.kind == "time"]
    assert moved
    assert all([a.person for a in one.assignments] == ["A", "B"] for one in moved)


def test_a_slot_that_nobody_fills_has_no_reason() -> None:
    trials = Trials(Facts(week(), roster(week())))
    for task, code in (("v", "slot_not_filled"), ("other", "unknown_task")):
        with pytest.raises(InputError) as error:
            why_so(trials, task)
        assert [one.code for one in error.value.problems] == [code]
