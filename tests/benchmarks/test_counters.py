"""What becomes of the moves that are drawn: each in one way, the same each time."""

import numpy as np
from typer.testing import CliRunner

from benchmarks.__main__ import app
from benchmarks.counters import HEADER, MoveCounts, measure, table
from instances.generate import generate
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves import MOVES
from scheduler.model import Score
from scheduler.stop import Stop

run = CliRunner()


def test_every_draw_ends_in_one_way_and_each_time_in_the_same():
    first, again = (measure(generate("tiny/priority"), Stop(steps=5_000), 1) for _ in range(2))
    assert first.ends.sum() == 5_000
    assert 0 < first.real < 5_000
    assert (first.ends == again.ends).all()
    assert first.score == again.score


def test_the_shares_of_a_hundred_draws():
    ends = np.zeros((len(MOVES), at.OUTCOME_WIDTH), dtype=np.int64)
    ends[0, at.OUTCOME_NOTHING] = 50
    ends[0, at.OUTCOME_HOPELESS] = 26
    ends[0, at.OUTCOME_WEIGHED] = 3
    ends[0, at.OUTCOME_FAILED] = 1
    ends[0, at.OUTCOME_UNSETTLED] = 10
    ends[0, at.OUTCOME_UNFINISHED] = 5
    ends[0, at.OUTCOME_SAME] = 1
    ends[0, at.OUTCOME_OTHER] = 4
    ends[1, at.OUTCOME_NOTHING] = 300
    relocate, change_person, every, told = table(MoveCounts(ends, 2.0, Score(soft=7)))
    # Of 50 real draws 20 reach the settling of times, 10 its end, and 5 are taken, 1 of them for nothing.
    assert relocate.split() == ["relocate", "25.0", "50.0", "40.0", "20.0", "10.0", "20.0"]
    assert change_person.split() == ["change_person", "75.0", "0.0"]
    assert every.split() == ["all", "100.0", "12.5", "40.0", "20.0", "10.0", "20.0"]
    assert len(relocate) == len(HEADER)
    assert " 25 real ones a second" in told


def test_the_command_prints_a_table_for_each_instance():
    told = run.invoke(app, ["counters", "weeks", "--only", "*community", "--steps", "2000"])
    assert told.exit_code == 0, told.output
    assert told.output.startswith(f"shizishan/community\n{HEADER}\nrelocate ")
    assert "0.00 M moves" in told.output


def test_no_instance_of_that_name_is_told_so():
    assert run.invoke(app, ["counters", "weeks", "--only", "nothing"]).exit_code == 2
