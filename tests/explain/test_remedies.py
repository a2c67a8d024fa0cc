"""Remedies: every one offered does the work when it is applied, and none costs more than one found by hand."""

from functools import cache
from itertools import product
from random import Random

import pytest

from instances.generate import generate
from scheduler.checker import check
from scheduler.due import expand
from scheduler.explain import (
    Trials,
    impossible,
    prepared,
    remedies,
    why_unassigned,
)
from scheduler.explain.why_empty import empty_slots
from scheduler.explain.words import (
    attempt_in_words,
    remedy_in_words,
    ruled_out_in_words,
)
from scheduler.facts import Facts
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import InputError, Limits, Need, Pin, Slot, Window
from scheduler.model.tasks import least_crew
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.rules.build import at, instance, person, roster, shift, visit, window

LEAST_SLOTS = 12
ORDER = 10124
"""Draws an order of the empty slots in which so many are offered every kind; another takes longer to."""
KINDS = {
    "window", "limit", "person", "skill", "skill_level", "role", "area", "place_area", "crew_size", "drop",
}  # fmt: skip
DONE = Limits(weekly_minutes=120)
MONDAY = (window(0, "09:00", "10:00"),)


def found(week, *rows, task="v", slot=0, most=6):
    return remedies(prepared(Facts(week, roster(week, *rows))), task, slot, most)


def nobody_working(week) -> Trials:
    return prepared(Facts(week, roster(week)))


@cache
def understaffed() -> Trials:
    """A community's week in which three people of five are on leave, quickly rostered."""
    week = expand(generate("shizishan/community", 1))
    leave = (Window(start=0, end=week.horizon.end),)
    people = tuple(
        one.model_copy(update={"leave": leave}) if number % 5 < 3 else one
        for number, one in enumerate(week.people)
    )
    short = week.changed(people=people)
    return prepared(Facts(short, solve(short, Stop(steps=5_000), seed=1)))


def test_every_remedy_for_slots_of_a_week_places_the_visit_when_it_is_applied() -> None:
    trials = understaffed()
    facts = trials.facts
    before = check(facts.instance, facts.roster).score
    empty = empty_slots(trials)
    kinds: set[str] = set()
    # Neighbours among the empty slots are of a kind: of one task, or of tasks alike.
    for tried, (task, slot) in enumerate(Random(ORDER).sample(empty, len(empty))):
        if kinds == KINDS and tried >= LEAST_SLOTS:
            break
        for remedy in remedies(trials, task, slot):
            kinds.add(remedy.kind)
            report = check(remedy.instance, remedy.roster)
            assert report.score.hard <= before.hard
            filled = {part.slot for part in remedy.roster.assignments if part.task == task}
            assert slot in filled
            assert len(filled) >= least_crew(remedy.instance.task_by_id[task])
            for lang in LANGS:
                assert remedy_in_words(Names(facts.instance, lang), remedy)
    assert kinds == KINDS


def test_room_that_is_there_is_said_first() -> None:
    week = instance(person("A"), visit("v"))
    assert [one.kind for one in found(week)] == ["place"]


def test_a_wider_window_where_the_only_hour_is_taken() -> None:
    week = instance(person("A"), visit("v", windows=MONDAY), visit("w", windows=MONDAY))
    best = found(week, ("w", 0, "A", "P", at(0, "09:00")))[0]
    assert (best.kind, best.disturbed) == ("window", frozenset())
    # The window ends before ten, when w is done: a minute more is enough.
    assert best.instance.task_by_id["v"].windows == (
        Window(start=at(0, "09:00"), end=at(0, "10:00") + 1),
    )
    assert best.asked == 1


def test_of_two_windows_the_nearer_to_the_start_is_widened() -> None:
    hours = window(0, "09:00", "10:00"), window(0, "14:00", "15:00")
    week = instance(
        person("A"),
        visit("v", windows=hours),
        visit("w", duration=330),
        visit("u"),
        days=2,
    )
    # busy from eight to half past one and from two to three: v fits at three, or at seven
    busy = ("w", 0, "A", "P", at(0, "08:00")), ("u", 0, "A", "P", at(0, "14:00"))
    best = found(week, *busy)[0]
    assert (best.kind, best.asked, best.added[0].start) == ("window", 1, at(0, "15:00"))
    assert best.instance.task_by_id["v"].windows == (
        hours[0],
        Window(start=at(0, "14:00"), end=at(0, "15:01")),
    )


def test_a_limit_rises_by_just_what_is_missing() -> None:
    hours = (window(0, "13:00", "14:00"),)
    week = instance(
        person("A", limits=DONE), visit("v", windows=hours), visit("w", windows=MONDAY, duration=90)
    )
    by_kind = {one.kind: one for one in found(week, ("w", 0, "A", "P", at(0, "09:00")))}
    assert by_kind["limit"].raised == (("A", "weekly_minutes", 30),)
    assert by_kind["limit"].instance.limits("A").weekly_minutes == 150


def test_a_skill_is_learnt_or_not_asked_for_or_one_more_person_has_it() -> None:
    week = instance(person("A", skills={"medicine": 1}), visit("v", Slot(skills={"medicine": 3})))
    skill, level, more = found(week)
    assert (skill.kind, skill.instance.person_by_id["A"].skills) == ("skill", {"medicine": 3})
    assert level.kind == "skill_level"
    assert level.instance.task_by_id["v"].slots[0].skills == {"medicine": 1}
    new = more.instance.people[-1]
    assert (more.kind, new.skills, more.added[0].person) == ("person", {"medicine": 3}, new.id)
    assert "with the skill medicine (level 3)) could" in remedy_in_words(Names(week, "en"), more)
    assert not more.applicable


def test_another_visit_moves_and_a_pin_is_released_for_it() -> None:
    week = instance(
        person("A"),
        visit("v", windows=MONDAY),
        visit("w"),
        Pin(task="w", person="A", start=at(0, "09:00")),
    )
    by_kind = {one.kind: one for one in found(week, ("w", 0, "A", "P", at(0, "09:00")))}
    move = by_kind["move"]
    assert move.disturbed == {"A"}
    assert move.instance.pins == ()
    assert {one.task for one in move.roster.assignments} == {"v", "w"}
    assert remedy_in_words(Names(week, "en"), move).startswith("release its pin and move w")


def test_only_what_is_less_urgent_is_dropped() -> None:
    def week(priority: int):
        other = visit("w", windows=MONDAY, priority=priority)
        return instance(person("A"), visit("v", windows=MONDAY, priority=3), other)

    row = ("w", 0, "A", "P", at(0, "09:00"))
    assert "drop" in {one.kind for one in found(week(2), row)}
    assert "drop" not in {one.kind for one in found(week(3), row)}


def test_what_would_break_a_limit_wherever_it_goes_is_dropped_and_not_moved() -> None:
    # An hour a week is all that A may work; v is worth more than w.
    hour = Limits(weekly_minutes=60)
    week = instance(person("A", limits=hour), visit("v", priority=3), visit("w", priority=2))
    by_kind = {one.kind: one for one in found(week, ("w", 0, "A", "P", at(0, "09:00")))}
    assert "move" not in by_kind
    assert [part.task for part in by_kind["drop"].removed] == ["w"]
    assert by_kind["limit"].raised == (("A", "weekly_minutes", 60),)


@pytest.mark.parametrize(("priority", "outweighed"), [(2, True), (3, True), (4, False)])
def test_work_of_equal_worth_outweighs_and_of_less_does_not(
    priority: int, outweighed: bool
) -> None:
    other = visit("w", windows=MONDAY, priority=3)
    week = instance(person("A"), visit("v", windows=MONDAY, priority=priority), other)
    trials = prepared(Facts(week, roster(week, ("w", 0, "A", "P", at(0, "09:00")))))
    answer = why_unassigned(trials, "v")
    assert (answer.outweighed is not None) == outweighed
    if answer.outweighed is not None:
        assert answer.outweighed.dropped == ("w",)
        # 2 or 5 points for v, 5 for w
        assert answer.outweighed.change.score.medium == {2: 3, 3: 0}[priority]


def test_a_shift_short_of_people_has_remedies_too() -> None:
    week = instance(
        person("A", availability=(Window(start=at(1), end=at(2)),)),
        shift("s", at(0, "09:00"), Need(minimum=1), duration=120),
    )
    kinds = {one.kind: one for one in found(week, task="s")}
    assert set(kinds) == {"limit", "person"}
    assert kinds["limit"].raised == (("A", "availability", 120),)


@pytest.mark.parametrize("hours", [0, 30, 60, 90])
@pytest.mark.parametrize("day", [0, 1])
def test_where_one_change_helps_ours_asks_no_more(hours: int, day: int) -> None:
    # v and w want the same hour of the only person, who has `hours` minutes left on that day.
    limits = Limits(daily_minutes=60 + hours, daily_overtime=0)
    week = instance(
        person("A", limits=limits),
        visit("v", windows=(window(day, "09:00", "10:00"),)),
        visit("w", windows=(window(0, "09:00", "10:00"),), priority=2),
        days=2,
    )
    row = ("w", 0, "A", "P", at(0, "09:00"))
    ours = found(week, row)
    by_hand = _one_change(week, row)
    assert ours[0].rank[0] <= min(by_hand)
    assert bool(ours) >= bool(by_hand)


def _one_change(week, row) -> list[int]:
    """How many people are disturbed by each single change that lets v be done: a start on an hourly
    grid, or w dropped."""
    costs = []
    for dropped, start in product((False, True), range(0, 2 * 1440, 60)):
        rows = [] if dropped else [row]
        wide = week.changed(
            visits=tuple(
                one.model_copy(
                    update={"windows": (*one.windows, Window(start=start, end=start + 1))}
                )
                if one.id == "v"
                else one
                for one in week.visits
            )
        )
        report = check(wide, roster(wide, *rows, ("v", 0, "A", "P", start)))
        if report.feasible:
            costs.append(int(dropped))
    return costs


def test_everything_about_a_slot_in_both_languages() -> None:
    week = instance(
        person("A", limits=DONE),
        person("B"),
        visit("v", Slot(skills={"medicine": 1}), windows=MONDAY),
        visit("w", windows=MONDAY, duration=90),
    )
    trials = prepared(Facts(week, roster(week, ("w", 0, "A", "P", at(0, "09:00")))))
    one = why_unassigned(trials, "v")
    assert one.impossible
    assert one.empty.ruled_out == {"skill": ("A", "B")}
    assert one.empty.rules == ("skill",)
    for lang in LANGS:
        assert "A" in ruled_out_in_words(Names(week, lang), one.empty)[0]
    able = week.changed(people=(week.people[0].model_copy(update={"skills": {"medicine": 1}}),))
    busy = prepared(Facts(able, roster(able, ("w", 0, "A", "P", at(0, "09:00")))))
    other = why_unassigned(busy, "v")
    assert not other.impossible
    assert other.empty.attempts[0].breaks
    for lang in LANGS:
        assert attempt_in_words(Names(able, lang), other.empty.attempts[0])


def test_what_nobody_could_ever_do_is_proven() -> None:
    short = person("A", availability=(Window(start=at(0, "09:00"), end=at(0, "09:30")),))
    assert impossible(nobody_working(instance(short, visit("v"))), "v", 0)
    assert not impossible(nobody_working(instance(person("A"), visit("v"))), "v", 0)


def test_a_slot_that_is_not_missed_is_no_question() -> None:
    week = instance(person("A"), visit("v"))
    trials = prepared(Facts(week, roster(week, ("v", 0, "A", "P", at(0, "09:00")))))
    for task, slot, code in (
        ("v", 0, "nobody_missed"),
        ("x", 0, "unknown_task"),
        ("v", 5, "unknown_slot"),
    ):
        with pytest.raises(InputError) as caught:
            why_unassigned(trials, task, slot)
        assert [one.code for one in caught.value.problems] == [code]
    assert remedies(trials, "v") == []
