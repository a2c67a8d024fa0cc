"""Changes by hand that cannot be: each is one clear fault, and all of a batch come at once."""

from typing import Any

import pytest

from scheduler import change
from scheduler.model import Exemption, Freeze, InputError
from scheduler.model.changes import (
    Assign,
    Lock,
    MoveWork,
    PinWork,
    SwapWork,
    Unassign,
    UnpinWork,
)
from scheduler.weeks.replan import apply
from tests.rules.build import at
from tests.weeks.replan.by_hand import WHY, W, after, fault, row, swapped
from tests.weeks.replan.week import changes, published, week

BAD = [
    (Assign(task="nope", person="A"), ("unknown_task", "/changes/0/task", "nope")),
    (Assign(task="v", person="Z"), ("unknown_person", "/changes/0/person", "Z")),
    (Assign(task="v", person="A"), ("already_on_task", "/changes/0/person", "A")),
    (Assign(task="v", slot=1, person="B"), ("unknown_slot", "/changes/0/slot", "1")),
    (Assign(task="x", person="C"), ("no_empty_slot", "/changes/0/slot", "x")),
    (Assign(task="v", person="B", place="R"), ("unknown_place", "/changes/0/place", "R")),
    (
        Assign(task="v", person="B", start=3 * 1440),
        ("outside_horizon", "/changes/0/start", "2026-11-26T00:00"),
    ),
    (
        Assign(task="s", person="A", start=at(1, "10:00"), reason=WHY),
        ("shift_has_its_start", "/changes/0/start", "s"),
    ),
    (Unassign(task="v", person="B"), ("not_on_task", "/changes/0/person", "B")),
    (SwapWork(first="A", second="A"), ("swap_with_oneself", "/changes/0/second", "A")),
    (SwapWork(first="A", second="Z"), ("unknown_person", "/changes/0/second", "Z")),
    (SwapWork(first="A", second="B", task="y"), ("not_on_task", "/changes/0/task", "A")),
    (SwapWork(first="A", second="B", task="x"), ("already_on_task", "/changes/0/task", "B")),
    (
        SwapWork(first="A", second="B", task="v", other="y"),
        ("not_on_task", "/changes/0/other", "B"),
    ),
    (SwapWork(first="A", second="B", other="s"), ("swap_other_alone", "/changes/0/other", "s")),
    (
        SwapWork.model_validate({"first": "A", "second": "B", "from": at(2), "to": at(3)}),
        ("nothing_to_swap", "/changes/0/first", "A"),
    ),
    (
        SwapWork.model_validate({"first": "A", "second": "B", "from": at(2), "to": at(1)}),
        ("window_ends_before_start", "/changes/0/to", "2026-11-24T00:00"),
    ),
    (MoveWork(task="v"), ("move_nowhere", "/changes/0", "v")),
    (PinWork(task="v", person="B"), ("nothing_to_pin", "/changes/0", "v")),
    (UnpinWork(), ("nothing_pinned", "/changes/0", "")),
    (Lock(before=4 * 1440), ("outside_horizon", "/changes/0/before", "2026-11-27T00:00")),
]


@pytest.mark.parametrize(("bad", "expected"), BAD)
def test_what_is_impossible_is_one_clear_fault(bad: Any, expected: tuple[str, str, str]) -> None:
    assert fault(bad) == expected


def test_nobody_there_is_a_fault_of_its_own() -> None:
    without = change(week(), published(), Unassign(task="v")).roster
    for nobody in (Unassign(task="v"), MoveWork(task="v", start=at(1, "09:00"))):
        with pytest.raises(InputError) as caught:
            apply(week(), without, changes(nobody))
        assert [one.code for one in caught.value.problems] == ["nobody_on_task"]


def test_all_faults_of_a_batch_come_at_once() -> None:
    with pytest.raises(InputError) as caught:
        apply(
            week(),
            published(),
            changes(Assign(task="v", person="A"), SwapWork(first="A", second="A")),
        )
    told = [(one.code, one.pointer) for one in caught.value.problems]
    assert told == [
        ("already_on_task", "/changes/0/person"),
        ("swap_with_oneself", "/changes/1/second"),
    ]


def test_what_has_begun_is_not_changed_by_hand() -> None:
    # v begins at nine and has begun at half past; w at ten has not
    begun = Freeze(time=at(0, "09:30"))
    for touching in (
        Assign(task="v", person="B", reason=WHY),
        Unassign(task="v", reason=WHY),
        MoveWork(task="v", start=at(1, "09:00"), reason=WHY),
        SwapWork(first="A", second="C", task="v", reason=WHY),
    ):
        assert fault(touching, freeze=begun) == ("already_begun", "/changes/0", "v")
    assert after(Assign(task="w", person="B"), freeze=begun) == swapped((W, row("w", "B")))


def test_an_exception_for_unknown_work_or_rules_is_a_fault() -> None:
    from scheduler.model.faults import faults
    from scheduler.rules import rules

    odd = week().changed(
        exceptions=(
            Exemption(rule="nope", task="v", reason="-"),
            Exemption(rule="area", task="gone", person="Z", place="R", reason="-"),
            Exemption(rule="visit_window", task="v", start=9999, reason="-"),
        )
    )
    told = {(one.code, one.pointer) for one in faults(odd, rules()) if one.severity == "error"}
    assert told == {
        ("unknown_rule", "/exceptions/0/rule"),
        ("unknown_task", "/exceptions/1/task"),
        ("unknown_person", "/exceptions/1/person"),
        ("unknown_place", "/exceptions/1/place"),
        ("outside_horizon", "/exceptions/2/start"),
    }
