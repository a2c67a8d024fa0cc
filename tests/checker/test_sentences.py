from datetime import date

from scheduler.checker.figures import figures
from scheduler.checker.sentences import figure_in_words, sentence
from scheduler.facts import Facts
from scheduler.messages.names import Names
from scheduler.model import Limits, Slot, Wish
from scheduler.rules import Violation, active
from tests.rules.build import at, instance, person, place, roster, shift, visit


def said(rule, week, lang, *rows):
    """The sentences of one rule about a roster."""
    one = next(one for one in active(week) if one.rule.id == rule)
    found = one.violations(Facts(week, roster(week, *rows)))
    return [sentence(Names(week, lang), one, violation) for _, violation in found]


def test_ids_become_names_and_ticks_durations():
    record = person("w03").model_copy(update={"name": "专职网格员03"})
    week = instance(record, shift("late", at(2, "18:00")), visit("early"))
    rows = ("late", 0, "w03", "P", at(2, "18:00")), ("early", 0, "w03", "P", at(3, "06:40"))
    assert said("min_rest", week, "zh", *rows) == [
        "专职网格员03 在 11月25日 周三 收工后到次日开工只休息 8 小时 40 分，少于规定的 11 小时"
    ]
    assert said("min_rest", week, "en", *rows) == [
        "专职网格员03 rests only 8 h 40 min after Wed 25 Nov before the next day's work; the least is 11 h"
    ]


def test_a_moment_on_the_day_that_the_sentence_names_is_told_without_its_date():
    shifts = shift("s", at(0, "08:00"), duration=300), shift("t", at(0, "13:00"), duration=300)
    week = instance(person("a"), *shifts)
    rows = [(one.id, 0, "a", "P", one.start) for one in shifts]
    assert said("rest_break", week, "zh", *rows) == [
        "a 在 11月23日 周一 的 11:30 至 13:30 之间没有 45 分钟 的休息"
    ]
    assert said("rest_break", week, "en", *rows) == [
        "a has no rest of 45 min between 11:30 and 13:30 on Mon 23 Nov"
    ]


def test_a_moment_is_told_with_its_day_elsewhere():
    week = instance(
        person("a"), place("P"), place("Q"), visit("v"), visit("w"), ways={("P", "Q"): 20}
    )
    rows = ("v", 0, "a", "P", at(6, "09:00")), ("w", 0, "a", "Q", at(6, "10:05"))
    assert said("no_overlap", week, "en", *rows) == [
        "a is 15 min late for w, Sun 29 Nov 10:05: the work before it ends too late or too far away"
    ]


def test_counts_stay_numbers():
    week = instance(person("a", limits=Limits(daily_tasks=1)), visit("v"), visit("w"))
    rows = ("v", 0, "a", "P", at(0, "09:00")), ("w", 0, "a", "P", at(0, "11:00"))
    assert said("daily_tasks", week, "zh", *rows) == ["a 在 11月23日 周一 有 2 项任务，上限为 1 项"]


def test_a_wish_is_told_by_what_it_speaks_of():
    wish = Wish(
        want=False, days=(date(2026, 11, 25), date(2026, 11, 26)), kind="own_kind", place="P"
    )
    week = instance(person("a", wishes=(Wish(), wish)), shift("s", at(2, "09:00"), kind="own_kind"))
    rows = [("s", 0, "a", "P", at(2, "09:00"))]
    assert said("wishes", week, "zh", *rows) == [
        "a 的意愿未满足：希望不安排工作（11月25日 周三、11月26日 周四，“own_kind”，P）"
    ]
    assert said("wishes", week, "en", *rows) == [
        "A wish of a is not met: would rather have no work (Wed 25 Nov, Thu 26 Nov; “own_kind”; P)"
    ]


def test_an_unknown_id_stands_for_itself():
    week = instance(person("a"))
    travel = next(one for one in active(week) if one.rule.id == "travel")
    gone = Violation(5, {"person": "gone", "day": 0, "ticks": 5})
    assert sentence(Names(week, "en"), travel, gone) == "gone is on the way for 5 min on Mon 23 Nov"


def test_one_of_something_is_told_as_one():
    week = instance(person("a"), visit("v", Slot(), Slot()))
    rows = [("v", 0, "a", "P", at(0, "09:00"))]
    assert said("unassigned", week, "en", *rows) == ["v has 1 slot that nobody fills"]
    assert said("unassigned", week, "en") == ["v has 2 slots that nobody fills"]
    assert said("unassigned", week, "zh", *rows) == ["v 有 1 个岗位名额未安排"]


def test_figures_have_names_and_tables_of_them_have_none():
    week = instance(person("a"), visit("v"))
    counted = figures(week, roster(week))
    assert figure_in_words("roster.visits_done", "en") == "Visits assigned"
    assert "visits_done" in counted["roster"]
    assert figure_in_words("roster.nothing_of_ours", "zh") == ""
