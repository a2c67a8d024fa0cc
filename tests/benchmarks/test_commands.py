"""The commands that are measured, and that the measure fails where one does."""

import pytest

from benchmarks.commands import commands, measure
from instances.tiny import tiny

CREW = tiny("crew_meets")


def test_a_visit_that_is_done_is_cancelled_and_one_that_is_not_is_placed() -> None:
    visits = [visit.id for visit in CREW.instance.visits]
    more = CREW.instance.visits[0].model_copy(update={"id": "more"})
    week = CREW.instance.changed(visits=(more, *CREW.instance.visits))
    told = commands(week, CREW.best)
    assert told["suggest"][-2:] == ["--task", "more"]
    cancelled = told["replan"][told["replan"].index("--cancel") + 1]
    assert cancelled == visits[0]


def test_a_command_that_fails_is_no_measurement(tmp_path) -> None:
    more = CREW.instance.visits[0].model_copy(update={"id": "more"})
    week = CREW.instance.changed(visits=(more, *CREW.instance.visits))
    other = CREW.best.model_copy(update={"instance": "another"})
    lines = measure(week, other, 1, tmp_path)
    assert next(lines).startswith("--help ")
    with pytest.raises(RuntimeError, match="ended with 2"):
        next(lines)


def test_the_memory_is_the_commands_and_not_that_of_who_measures_it(tmp_path) -> None:
    more = CREW.instance.visits[0].model_copy(update={"id": "more"})
    week = CREW.instance.changed(visits=(more, *CREW.instance.visits))
    ours = b"x" * 2**28  # more than any command on a tiny week
    line = next(measure(week, CREW.best, 1, tmp_path))
    assert 0 < int(line.removesuffix(" MB").rpartition(" ")[2]) < len(ours) >> 20
