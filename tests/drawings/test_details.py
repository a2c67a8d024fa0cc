"""What the pages' board knows of bars, duties and undone work, on the small week."""

import pytest

from scheduler.drawings.details import DetailedBoard
from scheduler.drawings.geometry import draw_map
from scheduler.drawings.kinds import kinds
from scheduler.drawings.reader import Reader
from scheduler.explain.placements import Trials
from scheduler.explain.why_empty import empty_slots
from scheduler.facts import Facts
from scheduler.model import Pin, Published
from tests.report.weeks import DAY, filled, half_done, week


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
            "走访广场",
            [0],
        ),  # has its least number, lacks one of its target
    ]


@pytest.mark.parametrize("gone", range(32))
def test_as_many_are_missing_as_the_list_of_undone_work_has(gone):
    pair, door = week().visits
    instance = week(visits=(pair.model_copy(update={"least_crew": 1}), door))
    whole = filled(instance)
    assert len(whole.assignments) == 5
    kept = [one for number, one in enumerate(whole.assignments) if not gone >> number & 1]
    part = whole.with_assignments(kept)
    missing = sum(line[1] for line in drawn(instance, part)["undone"])
    assert missing == len(empty_slots(Trials(Facts(instance, part)))) == 5 - len(kept)


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


def test_a_place_of_a_neutral_id_is_drawn_as_its_area_and_is_not_on_the_map():
    plain = week()
    lobby, hidden = plain.places[2], "private/place/1"
    places = (*plain.places[:2], lobby.model_copy(update={"id": hidden}), plain.places[3])
    door = plain.visits[1].model_copy(update={"places": (hidden,)})
    masked = plain.changed(places=places, visits=(plain.visits[0], door))
    facts, reader = Facts(masked, half_done(masked)), Reader(masked)
    ground = draw_map(reader)
    assert ground is not None
    assert hidden not in ground.at
    board = DetailedBoard(facts, reader, *kinds(facts, reader))
    data = board.data(ground) | board.details()
    place = next(one[7] for one in data["undone"] if data["task_ids"][one[0]] == "door")
    # The middle of the area's other two places: at (0, 0) and (3, 0).
    middle = ground.around["a"]
    assert data["places"][place] == ["走访甲社区", *middle, 1, 0]
    ends = [ground.at["plaza"], ground.at["home"]]
    assert middle == pytest.approx([sum(axis) / 2 for axis in zip(*ends, strict=True)], abs=0.1)
