"""Two rosters side by side."""

from scheduler.messages import LANGS
from scheduler.weeks.compare import compare
from tests.rules.build import roster
from tests.weeks.replan.week import ROWS, published, week


def test_a_visit_less_shows_in_scores_figures_rules_and_difference() -> None:
    instance = week()
    found = compare(instance, published(), instance, roster(instance, *ROWS[1:]))
    done = {one.key: (one.first, one.second) for one in found.figures}
    assert done["roster.visits_done"] == (4, 3)
    assert found.scores[1].medium - found.scores[0].medium == 5
    costs = {one.rule: one.second - one.first for one in found.rules}
    assert costs["unassigned"] == 5
    assert found.difference.stopped == ("v",)
    assert all(one.name(lang) for one in found.figures for lang in LANGS)


def test_each_roster_is_judged_by_its_own_week() -> None:
    changed = week().changed(visits=week().visits[:3])
    found = compare(week(), published(), changed, roster(changed, *ROWS[:5]))
    assert {one.key: one.second for one in found.figures}["roster.visits_done"] == 3
    assert found.difference.by_person["C"][0].news == "lost"
