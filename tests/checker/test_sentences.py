from datetime import date
from string import Formatter

import pytest

from scheduler.checker.sentences import (
    KINDS,
    day_in_words,
    duration_in_words,
    kind_in_words,
    moment_in_words,
    sentence,
    wish_in_words,
)
from scheduler.facts import Facts
from scheduler.messages import catalogue
from scheduler.model import Horizon, Limits, Wish
from scheduler.rules import Violation, active
from tests.rules.build import at, instance, person, place, roster, shift, visit

HORIZON = Horizon(start=date(2026, 11, 23), days=7)


def said(rule, week, lang, *rows):
    """The sentences of one rule about a roster."""
    one = next(one for one in active(week) if one.rule.id == rule)
    found = one.violations(Facts(week, roster(week, *rows)))
    return [sentence(week, one, violation, lang) for _, violation in found]


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
    week = instance(person("a"), shift("s", at(0, "08:00"), duration=480))
    rows = [("s", 0, "a", "P", at(0, "08:00"))]
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


def test_a_wish_for_anything_says_so():
    assert wish_in_words(instance(), Wish(), "zh") == "希望安排工作（不限）"
    assert wish_in_words(instance(), Wish(), "en") == "would like work (any)"


@pytest.mark.parametrize(
    ("ticks", "a_minute", "zh", "en"),
    [
        (0, 1, "0 分钟", "0 min"),
        (45, 1, "45 分钟", "45 min"),
        (80, 1, "1 小时 20 分", "1 h 20 min"),
        (120, 1, "2 小时", "2 h"),
        (1500, 1, "25 小时", "25 h"),
        (-90, 1, "−1 小时 30 分", "−1 h 30 min"),
        (61_500, 1000, "1 小时 1.5 分", "1 h 1.5 min"),
    ],
)
def test_durations_are_hours_and_minutes(ticks, a_minute, zh, en):
    assert duration_in_words(ticks, a_minute, "zh") == zh
    assert duration_in_words(ticks, a_minute, "en") == en


def test_days_before_the_horizon_have_dates_too():
    assert day_in_words(HORIZON, -1, "zh") == "11月22日 周日"
    assert day_in_words(HORIZON, 8, "en") == "Tue 1 Dec"


def test_a_moment_after_midnight_is_of_the_next_day():
    assert moment_in_words(HORIZON, at(1, "00:15"), "en", told=0) == "Tue 24 Nov 00:15"
    assert moment_in_words(HORIZON, at(1, "00:15"), "zh", told=1) == "00:15"


def test_an_unknown_id_stands_for_itself():
    week = instance(person("a"))
    travel = next(one for one in active(week) if one.rule.id == "travel")
    gone = Violation(5, {"person": "gone", "day": 0, "ticks": 5})
    assert sentence(week, travel, gone, "en") == "gone is on the way for 5 min on Mon 23 Nov"


def test_an_unknown_kind_speaks_for_itself():
    assert kind_in_words("never_heard_of", "zh") == "never_heard_of"


def test_both_languages_know_the_same_words_with_the_same_slots():
    def words(lang):
        return {
            key: {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            for key, text in catalogue(lang).items()
            if key.startswith("words.")
        }

    assert words("zh") == words("en")
    assert len(words("zh")) > len(KINDS) // 2
