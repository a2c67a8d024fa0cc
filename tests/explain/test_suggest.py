"""Suggestions: new visits, new series, and work for a person who came free."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.checker import check
from scheduler.explain import for_case, for_person, for_task, for_visit, prepared
from scheduler.explain.placements import Trials, different
from scheduler.explain.suggest import suggest
from scheduler.explain.words import suggestion_in_words
from scheduler.facts import Facts
from scheduler.messages.names import Names
from scheduler.model import Case, InputError, Instance, Limits, Roster, Slot, Window
from tests.explain.enumerated import weeks
from tests.rules.build import at, instance, person, place, roster, visit, window

WAYS = {("P", "Q"): 20}
MORNING = (window(0, "09:00", "12:00"),)


def trials(week: Instance, *rows: tuple) -> Trials:
    return prepared(Facts(week, roster(week, *rows)))


def week(*more) -> Instance:
    people = person("A", start_place="P"), person("B", start_place="Q")
    return instance(place("P"), place("Q"), *people, *more, days=7, ways=WAYS)


def codes(error: pytest.ExceptionInfo[InputError]) -> set[tuple[str, str]]:
    return {(one.code, one.pointer) for one in error.value.problems}


def test_a_new_visit_goes_to_who_is_near() -> None:
    desk = trials(week(visit("v")), ("v", 0, "A", "P", at(0, "09:00")))
    best, *others = for_visit(desk, visit("new", places="Q", windows=MORNING))
    assert [one.person for one in best.assignments] == ["B"]
    assert best.placements[0].extra == {"B": 0}
    assert {one.person for other in others for one in other.assignments} == {"A"}
    english = suggestion_in_words(Names(best.instance, "en"), best)
    assert english.startswith("B, Mon 23 Nov 09:00, at Q, for new: no more travel; saves 5 points")


def test_the_price_is_that_of_the_grown_instance() -> None:
    old = week(visit("v"))
    before = roster(old, ("v", 0, "A", "P", at(0, "09:00")))
    for one in for_visit(prepared(Facts(old, before)), visit("new", Slot(), Slot(), places="Q")):
        every = (*before.assignments, *one.assignments)
        after = Roster(horizon=old.horizon, instance=old.id, assignments=every)
        difference = check(one.instance, after).score - check(one.instance, before).score
        assert one.change.score == difference


def test_suggestions_differ_in_person_or_day() -> None:
    desk = trials(week())
    new = visit("new", windows=(window(0, "09:00", "12:00"), window(1, "09:00", "12:00")))
    found = for_visit(desk, new)
    keys = [(s.assignments[0].person, s.assignments[0].start // 1440) for s in found]
    assert sorted(keys) == [("A", 0), ("A", 1), ("B", 0), ("B", 1)]


def test_faults_of_a_new_visit_are_told_all_at_once() -> None:
    with pytest.raises(InputError) as error:
        for_visit(trials(week(visit("v"))), visit("v", Slot(people=("nobody",)), places="nowhere"))
    assert codes(error) == {
        ("unknown_place", "/places/0"),
        ("unknown_person", "/slots/0/people/0"),
        ("already_there", "/id"),
    }


def test_a_series_keeps_its_distance_and_its_person() -> None:
    case = Case(id="c", name="c", kind="mediation", sessions=2, every_days=(2, 3), places=("Q",))
    best, *_ = for_case(trials(week()), case)
    first, second = best.assignments
    assert first.person == second.person == "B"
    assert 2 <= second.start // 1440 - first.start // 1440 <= 3
    assert best.change.feasible
    assert "c: B, " in suggestion_in_words(Names(best.instance, "en"), best)


def test_a_case_without_a_session_this_week_is_a_fault() -> None:
    with pytest.raises(InputError) as error:
        for_case(trials(week()), Case(id="c", name="c", kind="mediation", places=("Q",)))
    assert codes(error) == {("nothing_due", "/sessions")}


def test_work_for_who_came_free_is_what_gains_most() -> None:
    little = visit("little", priority=1, windows=MORNING)
    much = visit("much", priority=5, windows=MORNING)
    pair = visit("pair", Slot(), Slot(), priority=4, windows=MORNING)
    done = visit("done", windows=MORNING)
    desk = trials(week(little, much, pair, done), ("done", 0, "A", "P", at(0, "09:00")))
    found = for_person(desk, "B")
    assert [one.assignments[0].task for one in found] == ["much", "pair", "little"]
    assert all("B" in {part.person for part in one.assignments} for one in found)
    assert for_person(desk, "B", spans=[(at(1), at(2))]) == []
    for most in (1, 2):
        assert for_person(desk, "B", most) == found[:most]


def test_only_their_own_part_has_to_lie_in_the_hours_that_somebody_has() -> None:
    later = visit("later", Slot(), Slot(after=(30, 30)), windows=(window(0, "09:00", "09:01"),))
    desk = trials(week(later))
    # slot 0 from nine to ten, slot 1 half an hour later
    for spans, slot in (
        ((at(0, "09:00"), at(0, "10:00")), 0),
        ((at(0, "09:30"), at(0, "10:30")), 1),
    ):
        [one] = for_person(desk, "A", spans=[spans])
        assert [part.slot for part in one.assignments if part.person == "A"] == [slot]
    assert for_person(desk, "A", spans=[(at(0, "09:01"), at(0, "10:29"))]) == []
    assert for_person(
        desk, "A", spans=[(at(0, "08:00"), at(0, "09:30")), (at(0, "09:30"), at(0, "11:00"))]
    )


def test_a_task_that_lacks_nobody_is_a_fault() -> None:
    desk = trials(week(visit("v")), ("v", 0, "A", "P", at(0, "09:00")))
    for task, code in (("v", "nobody_missed"), ("w", "unknown_task")):
        with pytest.raises(InputError) as error:
            for_task(desk, task)
        assert codes(error) == {(code, "")}
    with pytest.raises(InputError) as error:
        for_person(desk, "nobody")
    assert codes(error) == {("unknown_person", "")}


def test_each_question_has_its_answer_and_only_one_is_asked() -> None:
    desk = trials(week(visit("v"), visit("open")), ("v", 0, "A", "P", at(0, "09:00")))
    new = visit("new", places="Q", windows=MORNING)
    series = Case(id="c", name="c", kind="talk", sessions=1, places=("P",))
    assert suggest(desk, visit=new) == for_visit(desk, new)
    assert suggest(desk, case=series, most=2) == for_case(desk, series, 2)
    assert suggest(desk, task="open") == for_task(desk, "open")
    assert suggest(desk, person="B") == for_person(desk, "B")
    for several in ({}, {"task": "open", "person": "B"}):
        with pytest.raises(TypeError):
            suggest(desk, **several)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
@given(week=weeks(), random=st.randoms(use_true_random=False), most=st.integers(1, 4))
def test_the_best_are_those_of_all_candidates_priced_to_their_end(
    week: Instance, random: Random, most: int
) -> None:
    desk = prepared(Facts(week, roster(week)))
    for task in random.sample(week.visits, len(week.visits)):
        every = [one for one in desk.placements(task.id, budget=10**6) if one.feasible]
        best = desk.best(task.id, most)
        assert best == different(every, desk.facts, most)
        if best:
            desk = desk.after((), random.choice(best).assignments)


def test_what_is_known_of_people_serves_the_next_question_as_long_as_their_days_stay() -> None:
    hours = (Window(start=at(0, "12:00"), end=at(1, "12:00")),)
    late, early = window(0, "20:00", "21:01"), window(1, "02:00", "02:01")
    old = week(
        person(
            "N", availability=hours, start_place="Q", end_place="Q", limits=Limits(rest_minutes=0)
        ),
        visit("v", windows=(late,)),
        visit("w", windows=(early,)),
    )
    done = ("v", 0, "N", "P", at(0, "20:00")), ("w", 0, "N", "P", at(1, "02:00"))
    desk, asked = trials(old, *done), []
    # Two hours before midnight no day changes any more: what follows is of the same round.
    joining = visit("new", windows=(window(0, "23:00", "23:01"),))
    for new in (joining, visit("new", windows=(late,)), joining):
        asked.append(for_visit(desk, new))
        assert asked[-1] == for_visit(trials(old, *done), new)
        assert "N" in {one.assignments[0].person for one in asked[-1]}
    assert asked[0][0].instance.workdays.begins("N") != asked[1][0].instance.workdays.begins("N")
