"""The view's numbers, worked by hand on the small week."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instances.generate import generate
from scheduler.drawings.board import BreakTaken, first_break, hours
from scheduler.drawings.geometry import hull
from scheduler.drawings.kinds import _marks
from scheduler.drawings.reader import Reader
from scheduler.drawings.words import same
from scheduler.facts import Facts
from scheduler.messages import has
from scheduler.model import (
    Break,
    Case,
    Exemption,
    Limits,
    Need,
    Person,
    Role,
    RuleSetting,
    Settings,
    Shift,
    Visit,
    Window,
)
from scheduler.report.data import View, view
from scheduler.report.page import page
from tests.report.weeks import CANARY, DAY, half_done, roster, secret, secret_roster, week


def shown(instance=None, made=None) -> View:
    instance = instance or week()
    return view(instance, made or half_done(instance))


def test_the_verdict_names_what_is_left():
    said = shown().verdict
    # one visit of priority 5 is not done; the shift has its minimum of 1 and lacks its target of 2
    assert said.left.en == (
        "Visits left unassigned: 1, 1 of them most urgent; shifts below their target: 1."
    )


def test_cards_count_by_priority():
    card = shown().cards[0]
    assert (card.figure.en, card.of.en) == ("1", "of 2 assigned")
    assert [(bar.percent, bar.value.en) for bar in card.bars] == [(0.0, "0 / 1"), (100.0, "1 / 1")]


def test_undone_work_stands_once_with_the_grave_before_the_light():
    rows = shown().undone.rows
    assert [(row.name.zh, row.grave, row.missing, row.of) for row in rows] == [
        ("走访上门", True, 1, 1),
        ("走访值守", False, 1, 2),
    ]


def test_what_was_asked_for_in_vain_stands_on_the_page_in_both_languages():
    assert shown().notices == []
    idle = Person(id="x", name="阿闲", role=Role.PARTNER, areas=("b",))
    people = tuple(person.model_copy(update={"areas": ("a",)}) for person in week().people)
    told = shown(week(people=(*people, idle))).notices
    # 远处 lies in b, for which the one without hours is responsible.
    assert [notice.en.split(",")[0] for notice in told] == ["阿闲 has no hours in these days"]
    told = shown(week(people=people)).notices
    assert [notice.zh.split("所在")[0] for notice in told] == ["点位“走访远处”"]
    assert 'id="notices"' in page(week(people=people), half_done(week(people=people)), "zh", False)
    assert 'id="notices"' not in page(week(), half_done(week()), "zh", False)


def test_exceptions_are_told_by_reason_and_those_of_private_work_without():
    task = week().visits[0].id
    twice = tuple(Exemption(rule=rule, task=task, reason="only she knows") for rule in ("a", "b"))
    (told,) = shown(week(exceptions=twice)).notices
    assert told.en == "2 hard rules give way this week, by reason: only she knows × 2"
    assert told.zh == "本周有 2 处必须规则作为例外，按理由：only she knows × 2"
    private = min(Reader(secret()).tasks)
    hidden = secret().changed(exceptions=(Exemption(rule="a", task=private, reason=CANARY),))
    told = [one.en for one in view(hidden, secret_roster()).notices]
    assert "1 hard rule gives way this week." in told
    assert not any(CANARY in one for one in told)
    assert any(CANARY in one.en for one in view(hidden, secret_roster(), True).notices)


def test_notices_keep_private_matters_private():
    hidden = secret()
    people = tuple(person.model_copy(update={"areas": ("b",)}) for person in hidden.people)
    hidden = hidden.changed(
        people=people, settings=Settings(rules={"skill": RuleSetting(on=False)})
    )
    told = shown(hidden, secret_roster()).notices
    assert told
    assert not [notice for notice in told if CANARY in notice.zh + notice.en]
    assert any(CANARY in notice.en for notice in view(hidden, secret_roster(), True).notices)


def test_a_shift_shows_its_headcount():
    cell = shown().venues[0].rows[0].cells[0][0]
    assert (cell.start, cell.end, cell.filled, cell.minimum, cell.target) == (
        "14:00",
        "16:00",
        1,
        1,
        2,
    )
    assert cell.state == "under"


def test_a_visit_names_everybody_who_goes():
    monday, tuesday = shown().visits
    (line,) = monday.lines
    assert [one.zh for one in line.people] == ["走访网格员01", "走访网格员02"]
    assert tuesday.lines == []


def test_everybody_stands_in_the_grid_in_the_order_of_the_instance():
    (grid,) = shown().grids
    assert [row.person.zh for _, rows in grid.roles for row in rows] == [
        "走访网格员01",
        "走访网格员02",
        "走访志愿者01",
    ]


def test_load_is_measured_against_the_longest_share_of_the_role():
    groups = shown().loads
    first = groups[0].people[0]
    # two weekdays of a 2,400-minute week are a share of 960 minutes; the visit takes 30
    assert (first.percent, first.mark, first.value.en) == (3.1, 100.0, "0.5 / 16.0 h")


def test_every_active_rule_is_listed_with_its_cost():
    rules = shown().rules
    undone = next(rule for rule in rules if rule.level == "medium" and rule.count)
    # the priority of the visit left undone is 5: 25 points
    assert undone.cost == "25"
    assert any(rule.count == 0 for rule in rules)


def test_a_hidden_visit_has_a_neutral_name_in_every_sentence():
    said = view(secret(), secret_roster())
    late = [one for rule in said.rules for one in rule.findings]
    assert any("Private visit" in one.en and "不公开的走访" in one.zh for one in late)


def test_a_shift_of_a_private_case_is_hidden_as_its_visits_are():
    case = Case(id="c", name=CANARY, kind="family", private=True)
    hidden = Shift(
        id="s", name=CANARY, kind="venue", place=week().places[0].id, start=480, duration=60,
        needs=(Need(),), case="c",
    )  # fmt: skip
    instance = week().changed(cases=(case,), shifts=(*week().shifts, hidden))
    assert CANARY not in str(Reader(instance).task("s"))
    assert CANARY in str(Reader(instance, private=True).task("s"))


def test_bars_carry_the_way_before_them():
    bars = shown().client["bars"]
    assert len(bars) == 3
    assert [bar[:4] for bar in bars] == [[0, 0, 540, 570], [1, 0, 540, 570], [2, 1, 840, 960]]


def test_work_past_midnight_shows_the_whole_day():
    instance = week()
    night = roster(instance, ("duty", 0, "p1", "plaza", DAY - 60, DAY + 60))
    assert hours(Facts(instance, night)) == (0, 24)
    # 9:00 to 16:00 lies inside the least span of 8 to 18
    assert hours(Facts(instance, half_done(instance))) == (8, 18)


def test_a_rest_lies_between_two_stops_before_the_way():
    lunch = Limits(breaks=Break(start=690, end=810, minutes=45))
    spans = (Window(start=480, end=1080),)
    instance = week(
        people=(
            Person(
                id="g1", name="网格员01", role=Role.GRID_WORKER, availability=spans, limits=lunch
            ),
        ),
        visits=tuple(
            Visit(id=name, name=name, kind="door", places=("plaza",), windows=spans, duration=60)
            for name in ("before", "after")
        ),
    )
    made = roster(
        instance,
        ("before", 0, "g1", "plaza", 640, 700),
        ("after", 0, "g1", "plaza", 800, 860),
    )
    # free from 700 to 800: the rest of 45 minutes begins when the first visit ends
    assert first_break(Facts(instance, made), "g1", 0) == BreakTaken("g1", 700, 745)
    tight = roster(
        instance,
        ("before", 0, "g1", "plaza", 640, 700),
        ("after", 0, "g1", "plaza", 740, 800),
    )
    assert first_break(Facts(instance, tight), "g1", 0) is None


def test_a_hidden_visit_does_not_tell_which_rules_rule_people_out():
    rows = view(secret(), roster(secret())).undone.rows
    hidden = [row for row in rows if row.name.en == "Private visit"]
    # two private visits, for both of which nobody has the skill of slot 1
    assert [row.kind for row in hidden] == [None, None]
    assert {why.en for row in hidden for why in row.why} >= {
        "none of the 3 people meets the hard conditions"
    }


@pytest.mark.parametrize("name", ["shizishan/community", "banbianjie"])
def test_every_kind_of_our_own_weeks_has_a_word(name):
    instance = generate(name)
    kinds = {task.kind for task in (*instance.visits, *instance.shifts)}
    assert {kind for kind in kinds if not has(f"words.kind.{kind}")} == set()


def test_marks_are_different_for_every_kind():
    marks = _marks([same(words) for words in ("上门走访", "上门陪伴", "上上", "上", "door", "Do")])
    assert [mark.zh for mark in marks] == ["上", "门", "1", "2", "D", "O"]


points = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda p: (float(p[0]), float(p[1])))


@given(st.sets(points, min_size=3, max_size=30))
def test_a_hull_turns_one_way_and_holds_every_point(some):
    corners = hull(some)
    assert set(corners) <= some
    if len(corners) > 2:
        for (ax, ay), (bx, by) in pairwise([*corners, corners[0]]):
            assert all((bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0 for x, y in some)


def test_the_legend_names_visits_and_shifts_of_one_kind_once():
    made = week()
    shifts = tuple(shift.model_copy(update={"kind": "patrol"}) for shift in made.shifts)
    visits = tuple(visit.model_copy(update={"kind": "patrol"}) for visit in made.visits)
    both = made.changed(visits=visits, shifts=shifts)
    kinds = shown(both).kinds
    assert {kind.label for kind in kinds} == {kinds[0].label}
    assert len(kinds) == 2
    legend = (
        page(both, half_done(both), "zh", private=False)
        .split('<ul class="legend">')[1]
        .split("</ul>")[0]
    )
    assert legend.count(kinds[0].label.zh) == 1
    assert legend.count('<i class="mark') == 2
    assert f'<span class="n">{len(visits) + len(shifts)}</span>' in legend
