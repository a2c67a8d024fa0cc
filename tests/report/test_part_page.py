"""The page of one reader: whole in itself, escaped, in both languages, on their part alone."""

import re

import pytest

from scheduler.facts import Facts
from scheduler.model import Roster, Window
from scheduler.report import Audience, Before, Part
from scheduler.report.page import part_page
from scheduler.report.part import PartLines, span_of_day
from scheduler.report.part_view import part_view
from tests.exports.readers import BERT, answer, part, week
from tests.report.test_file import FETCHES, LINKS
from tests.report.weeks import DAY, HOSTILE, half_done, horizon
from tests.report.weeks import week as hostile_week

ANNA = Audience("person", "anna")


@pytest.mark.parametrize(
    "audience", [Audience("person", "g1"), Audience("place", "far"), Audience("area", "b")]
)
def test_names_cannot_leave_their_place(audience: Audience) -> None:
    of = hostile_week(HOSTILE)
    page = part_page(Part(Facts(of, half_done(of)), audience), "zh")
    assert HOSTILE not in page
    assert page.count("<script>") == 1
    assert "{{" not in page.replace("{{7*7}}", "")


def test_it_refers_to_nothing_outside() -> None:
    page = part_page(part(ANNA), "zh")
    assert not LINKS.findall(page)
    assert not FETCHES.search(page)
    assert "application/json" not in page


def test_it_holds_both_languages_and_shows_the_one_asked_for() -> None:
    for lang in ("zh", "en"):
        page = part_page(part(ANNA), lang)
        assert f'<html lang="{lang}">' in page
        assert (
            '<span lang="zh">请假（全天）</span><span lang="en">On leave (all day)</span>' in page
        )


def test_every_day_stands_on_it_with_its_lines_and_leave() -> None:
    view = part_view(part(ANNA))
    assert [len(day.lines) for day in view.days] == [1, 1, 0, 0, 0, 0, 0]
    assert [len(day.notes) for day in view.days] == [0, 0, 0, 0, 1, 0, 0]
    assert view.sums.zh == "共 2 项，2 小时；路上 0 分钟"
    assert view.note is not None
    assert part_view(part(Audience("person", "dora"))).note is None


def test_leave_of_a_few_hours_is_told_by_the_hour() -> None:
    of = week()
    short = (Window(start=4 * DAY + 780, end=4 * DAY + 900), Window(start=DAY - 60, end=DAY + 60))
    people = tuple(one.model_copy(update={"leave": short}) for one in of.people)
    notes = [
        [note.zh for note in day.notes]
        for day in part_view(part(ANNA, of.changed(people=people))).days
    ]
    assert notes[:2] == [["请假 23:00–24:00"], ["请假 00:00–01:00"]]
    assert notes[4] == ["请假 13:00–15:00"]


def test_the_way_before_a_stop_is_on_a_persons_lines() -> None:
    # g1 comes from nowhere to far; from there to the lobby the crow flies some 0.8 km.
    of = hostile_week()
    [first] = PartLines(Part(Facts(of, half_done(of)), Audience("person", "g1"))).lines
    assert first.way == 0
    based = of.changed(
        people=tuple(one.model_copy(update={"start_place": "plaza"}) for one in of.people)
    )
    facts = Facts(based, half_done(based))
    [line] = PartLines(Part(facts, Audience("person", "g1"))).lines
    assert line.way == facts.travel("g1", "plaza", "far") > 0


def test_a_persons_page_tells_what_changes_for_them_alone() -> None:
    of = week()
    kept = tuple(one for one in answer(of).assignments if BERT not in one.task)
    after = answer(of).model_copy(update={"assignments": kept})
    for person, news in (("bert", 1), ("anna", 0)):
        shown = Part(Facts(of, after), Audience("person", person))
        view = part_view(shown, Before(of, answer(of)))
        assert view.news is not None
        assert len(view.news) == news
    assert part_view(part(ANNA)).news is None
    assert part_view(part(Audience("place", "Q")), Before(of, answer(of))).news is None


def test_moments_on_other_days_say_so() -> None:
    def told(on: int, start: int, end: int) -> tuple[str, str]:
        words = span_of_day(horizon(9), on, start, end)
        return words.zh, words.en

    assert told(0, 540, 600) == ("09:00–10:00", "09:00–10:00")
    assert told(0, 1320, DAY) == ("22:00–24:00", "22:00–24:00")
    assert told(0, 1320, DAY + 360) == ("22:00–次日 06:00", "22:00–06:00 next day")
    assert told(0, 540, 2 * DAY)[0] == "09:00–周三 11/25 00:00"
    # After midnight, of the working day before; then over two nights.
    assert told(0, DAY + 60, DAY + 180)[0] == "次日 01:00–03:00"
    assert told(0, 540, 2 * DAY + 1020) == ("09:00–周三 11/25 17:00", "09:00–Wed 25 Nov 17:00")


def test_the_page_of_a_place_counts_and_names_who_comes() -> None:
    page = re.sub("<[^>]+>", " ", part_page(part(Audience("place", "P")), "zh"))
    assert "多拉" in page
    assert "还缺 1 人" in page


def test_nobody_at_all_is_a_page_too() -> None:
    of = week()
    empty = Roster(instance=of.id, horizon=of.horizon)
    for audience in (ANNA, Audience("place", "Q"), Audience("area", "grid")):
        assert part_page(Part(Facts(of, empty), audience), "en").endswith("</html>")
