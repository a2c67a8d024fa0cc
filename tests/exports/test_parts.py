"""What one reader gets: their own part, in every format, and nothing private of anybody else."""

from pathlib import Path

import openpyxl
import pytest

from scheduler.facts import Facts
from scheduler.model import InputError, Roster, Slot
from scheduler.report import Audience, Part
from scheduler.report.part import PartLines
from tests.exports.readers import ANNA, BERT, PARTS, answer, part, week, written
from tests.rules.build import at, instance, person, roster, visit

EVERYBODY = [
    *(Audience("person", id) for id in ("anna", "bert", "cora", "dora")),
    *(Audience("place", id) for id in ("P", "Q", "R")),
    *(Audience("area", id) for id in ("street", "area", "grid", "other")),
]
KNOWS = {"anna": {ANNA}, "cora": {ANNA}, "bert": {BERT}}
"""Who may read which words: each person those of the visits that they make."""
CHAT = ".txt"


def _secrets(told: str) -> set[str]:
    return {word for word in (ANNA, BERT) if word in told}


@pytest.mark.parametrize("ending", PARTS)
@pytest.mark.parametrize("audience", EVERYBODY, ids=lambda audience: audience.id)
def test_nobody_reads_of_a_private_visit_but_who_makes_it(
    ending: str, audience: Audience, tmp_path: Path
) -> None:
    told = written(tmp_path, ending, audience)
    known = set() if ending == CHAT else KNOWS.get(audience.id, set())
    assert _secrets(told) == known


@pytest.mark.parametrize("ending", PARTS)
@pytest.mark.parametrize("audience", EVERYBODY, ids=lambda audience: audience.id)
def test_nor_in_what_changes(ending: str, audience: Audience, tmp_path: Path) -> None:
    # Bert's private visit is Dora's now, an hour later; Anna's and the rest stay.
    of = week()
    kept = [part for part in answer(of).assignments if part.task != f"v-{BERT}"]
    moved = roster(of, (f"v-{BERT}", 0, "dora", f"home-{BERT}", at(0, "15:00")))
    after = Roster(instance=of.id, horizon=of.horizon, assignments=(*kept, *moved.assignments))
    told = written(tmp_path, ending, audience, (of, answer(of)), after)
    knows = KNOWS | {"dora": {BERT}}
    if ending in (".csv", ".xlsx"):  # they tell nothing of what was before
        knows |= {"bert": set()}
    assert _secrets(told) == (set() if ending == CHAT else knows.get(audience.id, set()))


@pytest.mark.parametrize("ending", PARTS)
def test_ids_of_private_visits_are_on_no_page(ending: str, tmp_path: Path) -> None:
    for who in ("anna", "bert"):
        told = written(tmp_path, ending, Audience("person", who))
        assert not {word for word in ("v-", "h-", "c-", "home-") if f"{word}{ANNA}" in told}


@pytest.mark.parametrize("ending", PARTS)
def test_a_person_gets_their_own_work_alone(ending: str, tmp_path: Path) -> None:
    told = written(tmp_path, ending, Audience("person", "anna"))
    assert "laterne" in told
    assert "贝特" in told  # who goes with her
    assert "nachtwache" not in told
    assert "多拉" not in told


@pytest.mark.parametrize("ending", PARTS)
def test_a_place_gets_what_is_done_there(ending: str, tmp_path: Path) -> None:
    told = written(tmp_path, ending, Audience("place", "P"))
    assert "nachtwache" in told
    assert "多拉" in told
    assert "laterne" not in told


def test_a_community_is_told_of_busy_hours_where_everybody_is() -> None:
    # Both homes lie in the grid, which has three points, so that it stands for them.
    names = {task.id for task in part(Audience("area", "grid")).tasks}
    assert names == {f"v-{ANNA}", f"v-{BERT}"}
    assert {task.id for task in part(Audience("area", "other")).tasks} == {"laterne"}
    assert len(part(Audience("area", "street")).tasks) == 4


def test_a_small_area_is_not_told_what_it_would_give_away() -> None:
    # Without the third point the grid no longer stands for a home: its community does.
    of = week()
    few = of.changed(places=tuple(place for place in of.places if place.id != "R"))
    assert part(Audience("area", "grid"), few).tasks == ()
    assert len(part(Audience("area", "area"), few).tasks) == 3


def test_there_is_no_page_about_a_private_home() -> None:
    with pytest.raises(InputError) as refused:
        part(Audience("place", f"home-{BERT}"))
    assert [problem.code for problem in refused.value.problems] == ["private_place"]


def test_a_home_where_public_visits_are_made_too_has_a_page() -> None:
    of = week()
    public = of.visits[0].model_copy(
        update={"id": "door", "places": (f"home-{BERT}",), "slots": of.visits[0].slots[:1]}
    )
    of = of.changed(visits=(*of.visits, public))
    made = roster(of, ("door", 0, "dora", f"home-{BERT}", at(3, "09:00")))
    both = made.model_copy(update={"assignments": (*answer(of).assignments, *made.assignments)})
    shown = Part(Facts(of, both), Audience("place", f"home-{BERT}"))
    assert [task.id for task in shown.tasks] == ["door"]


def test_a_crew_that_comes_one_after_the_other_is_there_from_first_to_last() -> None:
    of = instance(person("A"), person("B"), visit("V", Slot(), Slot(after=(30, 30), duration=15)))
    made = roster(of, ("V", 0, "A", "P", at(0, "09:00")), ("V", 1, "B", "P", at(0, "09:30")))
    [line] = PartLines(Part(Facts(of, made), Audience("place", "P"))).lines
    assert (line.start, line.end) == (at(0, "09:00"), at(0, "10:00"))
    later = made.assignments[1].model_copy(update={"end": at(0, "10:30")})
    made = made.model_copy(update={"assignments": (later, made.assignments[0])})
    [line] = PartLines(Part(Facts(of, made), Audience("place", "P"))).lines
    assert (line.start, line.end) == (at(0, "09:00"), at(0, "10:30"))


def test_a_room_that_is_no_home_has_a_page_that_says_nothing() -> None:
    of = week()
    room = tuple(
        place.model_copy(update={"kind": "room"}) if place.id == f"home-{BERT}" else place
        for place in of.places
    )
    of = of.changed(places=room, households=(), cases=(), visits=tuple(
        visit.model_copy(update={"household": None, "case": None, "private": BERT in visit.id})
        for visit in of.visits
    ))  # fmt: skip
    assert part(Audience("place", f"home-{BERT}"), of).tasks == ()


def test_an_unfilled_shift_stands_on_the_page_of_its_place(tmp_path: Path) -> None:
    of = week()
    nobody = Roster(instance=of.id, horizon=of.horizon)
    told = written(tmp_path, ".html", Audience("place", "P"), after=nobody)
    assert "nachtwache" in told
    assert "还没有人" in told
    assert "还缺 2 人" in told


def test_the_sheet_of_a_person_says_where_and_with_whom(tmp_path: Path) -> None:
    written(tmp_path, ".xlsx", Audience("person", "anna"))
    [sheet] = openpyxl.load_workbook(tmp_path / "part.xlsx").worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert str(rows[0][0]).startswith("安娜")
    assert rows[3][1:4] == ["09:00–10:00", "check", "laterne"]
    assert rows[3][-2] == "贝特"
    assert f"household {ANNA}" in rows[4]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$3:$3"
