"""What the pages' board knows of bars, duties and undone work, on the small week."""

import pytest

from scheduler.drawings.details import DetailedBoard
from scheduler.drawings.kinds import kinds
from scheduler.drawings.reader import Reader
from scheduler.facts import Facts
from scheduler.model import Pin, Published
from tests.report.weeks import DAY, half_done, week


def drawn(instance=None, roster=None):
    instance = instance or week()
    facts, reader = Facts(instance, roster or half_done(instance)), Reader(instance)
    board = DetailedBoard(facts, reader, *kinds(facts, reader))
    return board.data(None) | board.details()


def test_a_duty_says_how_many_are_wanted_and_there_and_that_anybody_may_come():
    data = drawn()
    (duty,) = data["duties"]
    assert data["task_ids"][duty[0]] == "duty"
    assert duty[2:7] == [840, 960, 1, 2, 1]
    assert duty[7] == list(range(len(data["roles"])))


def test_undone_work_is_told_by_urgency_with_when_and_where_it_can_be():
    data = drawn()
    told = [
        (data["task_ids"][task], *more, data["places"][place][0], days)
        for task, *more, place, days in data["undone"]
    ]
    assert told == [
        ("door", 1, 1, DAY + 540, DAY + 600, 45, 0, "走访大厅", [1]),  # priority 5, not done at all
        (
            "duty",
            1,
            0,
            840,
            960,
            120,
            1,
            "走访活动室",
            [0],
        ),  # has its least number, lacks one of its target
    ]


def test_bars_that_are_pinned_are_marked_by_slot():
    pinned = week(pins=(Pin(task="pair", slot=1, person="g2"),))
    data = drawn(pinned)
    (bar,) = (data["bars"][n] for n in data["pinned"])
    assert (data["people_ids"][bar[0]], bar[6]) == ("g2", 1)


@pytest.mark.parametrize(("start", "changed"), [(540, 0), (545, 1)])
def test_what_differs_from_what_was_published_is_changed(start, changed):
    parts = [
        Published(
            task=part.task, slot=part.slot, person=part.person, place=part.place, start=part.start
        )
        for part in half_done(week()).assignments
    ]
    parts[0] = parts[0].model_copy(update={"start": start})
    assert len(drawn(week(published=tuple(parts)))["changed"]) == changed
    assert drawn()["changed"] == []
