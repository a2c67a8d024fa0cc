"""What takes work away, or changes no record, brings no error into a week: so nobody looks for one."""

from typing import get_args

import pytest

from scheduler.due import expand
from scheduler.model import Instance
from scheduler.model.changes import Cancel, Changes
from scheduler.model.faults import errors
from scheduler.rules import rules
from scheduler.weeks.replan import apply
from scheduler.weeks.replan import faults as looked_at
from scheduler.weeks.replan.begun import Begun
from scheduler.weeks.replan.by_hand import ByHand
from scheduler.weeks.replan.faults import faults_of_result
from scheduler.weeks.replan.steps import changed_by
from tests.contract.tiny import TINY
from tests.rules.build import instance, person, place, roster, visit

NOTHING_BEGUN = Begun((), frozenset())


def _cancels(week: Instance) -> list[Cancel]:
    tasks = [Cancel(kind="cancel", task=task) for task in week.task_by_id]
    return [*tasks, *(Cancel(kind="cancel", case=case.id) for case in week.cases)]


@pytest.mark.parametrize("rule", TINY)
def test_a_cancellation_brings_no_error(rule: str) -> None:
    week = expand(TINY[rule]())
    if errors(week, rules()):
        return
    for cancel in _cancels(week):
        assert errors(expand(changed_by(week, cancel, NOTHING_BEGUN)), rules()) == []


def test_changes_by_hand_change_no_record() -> None:
    week = instance(person("A"), place("P"), visit("v"))
    for kind in get_args(ByHand):
        assert kind in looked_at._HARMLESS
        change = kind.model_construct(kind="by-hand")
        assert changed_by(week, change, NOTHING_BEGUN) is week


def test_errors_are_looked_for_beside_a_cancellation() -> None:
    week = instance(person("A"), place("P"), visit("v"), visit("w"))
    wrong = {"kind": "absence", "person": "A", "from": 0, "to": 60}
    cancel = {"kind": "cancel", "task": "v"}
    changes = Changes.model_validate({"horizon": week.horizon, "changes": [cancel, wrong]})
    broken = week.changed(visits=(week.visits[0], week.visits[0]))
    assert [one.code for one in faults_of_result(week, broken, changes)] == ["duplicate_id"]
    assert apply(week, roster(week), changes).instance.visits == week.visits[1:]
