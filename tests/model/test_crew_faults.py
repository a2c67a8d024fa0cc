"""Faults of pairs, ties, skill mixes and last days of skills: each told by code, place and value."""

from typing import Any

import pytest

from scheduler.messages.problems import explain
from tests.formats.week import spoilt, week
from tests.model.test_faults import found, told


def paired(*pairs: tuple[str, str, str]) -> dict[str, Any]:
    return week(pairs=[{"people": [a, b], "together": how} for a, b, how in pairs])


@pytest.mark.parametrize("together", ["never", "always"])
def test_a_sound_pair_has_nothing_to_tell(together: str) -> None:
    data = paired(("worker-1", "worker-2", together))
    assert told(data) == told(data, "warning") == []


def test_a_person_who_is_not_there_cannot_be_paired() -> None:
    [problem] = found(paired(("worker-1", "worker-7", "never")))
    assert (problem.code, problem.pointer) == ("unknown_person", "/pairs/0/people/1")


def test_nobody_is_paired_with_themselves() -> None:
    [problem] = found(paired(("worker-1", "worker-1", "always")))
    assert (problem.code, problem.pointer, problem.value) == (
        "pair_alone",
        "/pairs/0/people",
        "worker-1",
    )


def test_a_pair_both_always_and_never_together_is_a_contradiction() -> None:
    data = paired(("worker-1", "worker-2", "never"), ("worker-2", "worker-1", "always"))
    [problem] = found(data)
    assert (problem.code, problem.pointer) == ("pair_contradicts", "/pairs/1")
    assert problem.slots == {"first": "/pairs/0"}


def test_a_pair_said_twice_is_a_notice() -> None:
    data = paired(("worker-1", "worker-2", "never"), ("worker-2", "worker-1", "never"))
    assert told(data) == []
    assert told(data, "warning") == [("pair_twice", "/pairs/1")]


def test_a_tie_of_one_is_a_notice_with_the_name_that_was_meant() -> None:
    data = spoilt("visits/0/tie", "sleepover")
    data["visits"][1]["tie"] = "sleepover"
    assert told(data, "warning") == []
    data["shifts"][0]["tie"] = "sleep-over"
    [problem] = found(data, "warning")
    assert (problem.code, problem.pointer) == ("tie_alone", "/shifts/0/tie")
    assert "sleepover" in explain(problem, "en").remedy


def test_a_shift_belongs_to_a_case_that_is_there() -> None:
    [problem] = found(spoilt("shifts/0/case", "case-7"))
    assert (problem.code, problem.pointer) == ("unknown_case", "/shifts/0/case")


def test_more_with_a_skill_than_there_are_slots_is_a_fault() -> None:
    mix = [{"skill": "counselling", "count": 2}]
    [problem] = found(spoilt("visits/1/skill_mix", mix))
    assert (problem.code, problem.pointer) == ("mix_over_slots", "/visits/1/skill_mix/0/count")
    assert problem.slots == {"count": "1"}


def test_a_skill_that_too_few_have_is_a_notice() -> None:
    assert (
        told(spoilt("shifts/0/skill_mix", [{"skill": "counselling", "level": 2}]), "warning") == []
    )
    [problem] = found(
        spoilt("shifts/0/skill_mix", [{"skill": "counselling", "level": 3}]), "warning"
    )
    assert (problem.code, problem.slots["count"]) == ("mix_too_few", "0")
    [problem] = found(spoilt("shifts/0/skill_mix", [{"skill": "counseling"}]), "warning")
    assert problem.slots["suggestion"] == "counselling"


@pytest.mark.parametrize(
    ("until", "warnings"),
    [
        # The week ends on 29 November: a skill that ends up to 30 days later, on the 29th of December, is told.
        ("2026-12-30", []),
        ("2026-12-29", ["skill_ends"]),
        ("2026-11-25", ["skill_ends"]),
        ("2026-11-01", ["skill_ends"]),
    ],
)
def test_a_skill_that_ends_soon_is_told_before_it_does(until: str, warnings: list[str]) -> None:
    data = spoilt("people/1/skill_until", {"counselling": until})
    assert told(data) == []
    problems = found(data, "warning")
    assert [problem.code for problem in problems] == warnings
    for problem in problems:
        assert problem.pointer == "/people/1/skill_until/counselling"
        assert until in explain(problem, "zh").cause
        assert "心理咨询员01" in explain(problem, "en").cause


def test_a_last_day_of_a_skill_that_nobody_has_is_a_fault_that_names_the_skill_that_was_meant() -> (
    None
):
    [problem] = found(spoilt("people/1/skill_until", {"counseling": "2027-11-25"}))
    assert (problem.code, problem.slots["suggestion"]) == ("skill_not_held", "counselling")
