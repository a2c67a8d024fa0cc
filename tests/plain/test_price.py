"""The plain reference, primitive by primitive, with numbers worked by hand.

Two people A (0) and B (1); places P (0) and Q (1), 20 ticks apart; every visit lasts 60 ticks.
"""

import pytest

from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster
from scheduler.lowered.into import Into
from scheduler.lowered.mix import FOREVER
from scheduler.model import Instance, PersonHistory, Slot
from tests.plain import price, price_by_primitive
from tests.plain.drawn import built, writing
from tests.rules.build import DAY, at, instance, person, place, visit

P, Q = 0, 1
A, B = 0, 1
NINE = at(0, "09:00")


def problem(*visits, days: int = 3, people=None, **more) -> Instance:
    return instance(
        place("P"),
        place("Q"),
        *(people or (person("A"), person("B"))),
        *(visits or (visit("v"), visit("w"))),
        days=days,
        **{"ways": {("P", "Q"): 20}} | more,
    )


def opened(into: Into, *options: tuple[int, int]) -> Into:
    """(day, place) of each task's only option: from nine to ten, due at half past nine."""
    for task, (day, spot) in enumerate(options):
        into.window.option(task, day, spot, at(day, "09:00"), at(day, "10:00"), at(day, "09:30"))
    return into


def answer(*rows: tuple[int, int]) -> DenseRoster:
    """(person, start) of each task with one slot, by its only option; a person NONE: undone."""
    return DenseRoster(
        tuple(NONE if who == NONE else task for task, (who, _) in enumerate(rows)),
        tuple(who for who, _ in rows),
        tuple(start for _, start in rows),
    )


def cost(into: Into, primitive: str, *rows: tuple[int, int]) -> int:
    """What a primitive costs these rows; the only one that costs anything."""
    lowered: Lowered = built(into)
    by_primitive = price_by_primitive(lowered, answer(*rows))
    assert price(lowered, answer(*rows)) == by_primitive[primitive]
    return by_primitive[primitive]


def test_fit_costs_by_person_and_slot() -> None:
    into = opened(writing(problem()), (0, P), (1, P))
    into.fit.add(0, A, 3)
    into.fit.add(1, B, 4)
    assert cost(into, "fit", (A, NINE), (B, at(1, "09:00"))) == 3 + 4
    assert cost(into, "fit", (B, NINE), (A, at(1, "09:00"))) == 0


def test_lateness_costs_hard_beyond_latest_soft_beyond_due_and_once_more_at_its_worst() -> None:
    into = opened(writing(problem()), (0, P), (0, P))
    into.window.late_hard, into.window.worst = 100, 7
    into.window.late(0, 2)
    # v starts 10:05: 5 after latest, 35 after due; w at 9:40: 10 after due, at no cost a tick.
    assert cost(into, "window", (A, NINE + 65), (B, NINE + 40)) == 5 * 100 + 35 * 2 + 35 * 7


def test_lateness_at_the_end_counts_the_duration_too() -> None:
    into = opened(writing(problem()), (0, P), (0, P))
    into.window.at_end = True
    into.window.late(0, 2)
    # v ends 10:00, 30 after due.
    assert cost(into, "window", (A, NINE), (NONE, 0)) == 30 * 2


def test_a_spaced_slot_is_late_after_latest_and_its_least_spacing() -> None:
    into = writing(problem(visit("v", Slot(), Slot(after=(15, 40)))))
    opened(into, (0, P)).window.late_hard = 1
    both = DenseRoster((0,), (A, B), (at(0, "10:00"), at(0, "10:20")))
    # The second slot may start until 10:15.
    assert price(built(into), both) == 5


def test_empty_slots_short_crews_and_half_bundles_cost() -> None:
    crew = visit("v", Slot(), Slot(must=True), Slot(must=True), least_crew=2)
    into = opened(writing(problem(crew, visit("w"))), (0, P), (0, P))
    for slot, points in enumerate((1, 10, 100, 1000)):
        into.empty.add(slot, points)
    into.empty.partial(0, 5)
    into.empty.bundle([0, 1], 7)
    alone = DenseRoster((0, NONE), (A, NONE, NONE, NONE), (NINE, 0, 0, 0))
    # Lacking: 2 - 1 = 1 of the least, but 2 musts. v is done and w is not.
    assert price(built(into), alone) == 10 + 100 + 1000 + 2 * 5 + 7
    assert price(built(into), DenseRoster((NONE, NONE), (NONE,) * 4, (0,) * 4)) == 1111


def test_a_gap_costs_ticks_and_days_short_and_over_and_the_first_that_is_missing() -> None:
    into = opened(writing(problem()), (0, P), (1, P))
    into.gap.add(0, 1, None, 60, 2, None, 3, 50)
    # From 10:00 to 9:00 the next day are 1380 ticks, 1320 over; one day short is 1440.
    assert cost(into, "gap", (A, NINE), (B, at(1, "09:00"))) == 3 * (1320 + 1440)
    assert cost(into, "gap", (NONE, 0), (B, at(1, "09:00"))) == 50
    assert cost(into, "gap", (A, NINE), (NONE, 0)) == 0


def test_travel_costs_every_leg_of_a_day() -> None:
    people = person("A", start_place="Q", end_place="P"), person("B")
    into = opened(writing(problem(people=people)), (0, P), (0, Q))
    into.travel.add(0, 2)
    # Q to P, P to Q, Q to P.
    assert cost(into, "travel", (A, NINE), (A, NINE + 80)) == 2 * 60


def test_presence_counts_ticks_outside_spans_early_ways_and_late_returns() -> None:
    people = person("A", start_place="Q", end_place="Q"), person("B")
    into = opened(writing(problem(people=people)), (0, P), (0, P))
    into.day.spans(A, 0, [(NINE, NINE + 50), (NINE + 55, NINE + 70)])
    into.day.outside(A, 3)
    into.day.home(A, 5)
    # On the way 20 before nine; outside from 9:50 to 9:55. Back 10:20, 10 after the end.
    assert cost(into, "day", (A, NINE), (NONE, 0)) == 3 * (20 + 5) + 5 * 10


def test_work_counts_stops_and_where_it_counts_travel() -> None:
    for counts, ways in ((True, 20), (False, 0)):
        into = opened(writing(problem(travel_counts=counts)), (0, P), (0, Q))
        into.day.overtime(A, 0, 100, 2)
        into.day.longest(A, 0, 110, 30)
        into.day.most(A, 0, 1, 1000)
        into.day.wait(A, 10000)
        # 120 ticks of stops; the second starts 15 after it could.
        expected = 2 * (20 + ways) + 30 * (10 + ways) + 1000 + 15 * 10000
        assert cost(into, "day", (A, NINE), (A, NINE + 95)) == expected


def rests(first: int, second: int, **who) -> int:
    """Whether a day of two visits at P and Q, 20 apart, misses 30 ticks between 10:00 and 11:30."""
    people = person("A", **who), person("B")
    into = opened(writing(problem(people=people)), (0, P), (0, Q))
    into.day.rest(A, 0, (at(0, "10:00"), at(0, "11:30")), 30, 1)
    return cost(into, "day", (A, first), (A, second))


def test_a_rest_lies_between_two_stops_before_or_after_the_way() -> None:
    # 9:30 to 10:30, way, then from 11:20: 30 ticks either side of the way.
    assert rests(at(0, "09:30"), at(0, "11:20")) == 0
    # From 11:19 one tick is lacking, and 12:19 is too late.
    assert rests(at(0, "09:30"), at(0, "11:19")) == 1
    # 8:45 to 9:45, there by 10:05; 10:35 leaves 30, though 10:00 to 10:15 and the way do not.
    assert rests(at(0, "08:45"), at(0, "10:35")) == 0
    assert rests(at(0, "08:45"), at(0, "10:34")) == 1


def test_a_rest_lies_before_the_way_from_the_start_place_or_after_the_last_stop() -> None:
    # Leaving Q at 10:30 for 10:50 at P; leaving at 10:29 is too soon.
    assert rests(at(0, "10:50"), at(0, "12:10"), start_place="Q") == 0
    assert rests(at(0, "10:49"), at(0, "12:09"), start_place="Q") == 1
    # The last stop ends at 11:00, then at 11:01; the morning has no gap.
    assert rests(at(0, "08:40"), at(0, "10:00")) == 0
    assert rests(at(0, "08:41"), at(0, "10:01")) == 1


def test_totals_price_sums_counts_of_groups_and_both_sides_of_a_bound() -> None:
    into = opened(writing(problem()), (0, P), (2, Q))
    tall = into.total.measure("tall", {0: 4, 1: 5})
    into.total.add(A, tall, [[0], [2]], [(1, 6, 10), (-1, 12, 100)])
    into.total.add(A, into.total.STOPS, [[0, 1], [2]], [(1, 1, 1000)], any_day=True, base=1)
    # 4 + 5 = 9: 3 over 6, 3 under 12. Two groups and one in the past: 2 over 1.
    assert cost(into, "total", (A, NINE), (A, at(2, "09:00"))) == 3 * 10 + 3 * 100 + 2 * 1000
    # 4: 8 under. One group and one in the past.
    assert cost(into, "total", (A, NINE), (B, at(2, "09:00"))) == 8 * 100 + 1000


def test_a_measure_of_a_name_has_one_meaning() -> None:
    total = writing(problem()).total
    tall = total.measure("tall", {0: 4, 1: 5})
    assert total.measure("tall", {1: 5, 0: 4}) == tall
    assert total.measure("wide", {0: 1}) != tall
    with pytest.raises(ValueError, match="the measure 'tall' has other amounts"):
        total.measure("tall", {0: 4})


def test_runs_count_the_past_and_forgive_the_last_day() -> None:
    into = opened(writing(problem(visit("v"), visit("w"), days=4)), (0, P), (2, P))
    into.run.most(A, into.total.STOPS, 2, 10, past=2)
    into.run.least(A, into.total.STOPS, 4, 1, past=2, begins=True)
    into.run.least(A, into.total.STOPS, 3, 100, on=False, begins=True)
    # On: 2 + 1 days, one over 2 and one short of 4; then one off, two short of 3; then one on,
    # three short; then off at the end, which may go on.
    assert cost(into, "run", (A, NINE), (A, at(2, "09:00"))) == 10 + 1 + 2 * 100 + 3 * 1
    # The run before day 0 has ended two short. Two days off are one short; three on are lacking.
    assert cost(into, "run", (B, NINE), (A, at(2, "09:00"))) == 2 * 1 + 100 + 3 * 1


def test_an_unknown_past_forgives_the_first_run() -> None:
    into = opened(writing(problem(days=4)), (0, P), (2, P))
    into.run.least(A, into.total.STOPS, 3, 1, past=1)
    # The run on day 0 may have begun before; the one on day 2 lacks two.
    assert cost(into, "run", (A, NINE), (A, at(2, "09:00"))) == 2
    assert cost(into, "run", (B, NINE), (A, at(2, "09:00"))) == 2


def test_a_past_that_was_too_long_is_not_judged_again() -> None:
    into = opened(writing(problem(days=4)), (0, P), (1, P))
    into.run.most(A, into.total.STOPS, 2, 10, past=5)
    assert cost(into, "run", (A, NINE), (A, at(1, "09:00"))) == 2 * 10
    assert cost(into, "run", (A, NINE), (B, at(1, "09:00"))) == 10
    assert cost(into, "run", (B, NINE), (A, at(1, "09:00"))) == 0


def test_a_run_may_be_of_some_slots_and_of_days_without_them() -> None:
    into = opened(writing(problem(visit("v"), visit("w"), days=4)), (0, P), (1, P))
    tall = into.total.measure("tall", {1: 4})
    into.run.most(A, tall, 1, 10, past=1)
    into.run.most(A, tall, 1, 100, on=False)
    # Day 1 has it, and day 0 does not, though worked: off for one day, then for two.
    assert cost(into, "run", (A, NINE), (A, at(1, "09:00"))) == 100


def test_a_run_may_speak_of_a_few_days_alone() -> None:
    into = opened(writing(problem(days=4)), (1, P), (2, P))
    into.run.least(A, into.total.STOPS, 2, 10, begins=True, ends=True, among=(1, 3))
    assert cost(into, "run", (A, at(1, "09:00")), (B, at(2, "09:00"))) == 10
    assert cost(into, "run", (B, at(1, "09:00")), (A, at(2, "09:00"))) == 10
    assert cost(into, "run", (A, at(1, "09:00")), (A, at(2, "09:00"))) == 0


def test_a_rest_after_a_run_counts_to_the_next_work_however_late() -> None:
    into = opened(writing(problem(days=4)), (0, P), (2, P))
    tall = into.total.measure("tall", {0: 4})
    into.recovery.add(A, tall, 1, 2 * DAY, 2)
    # From 10:00 on day 0 to 09:00 on day 2 lacks an hour of two days; what follows is not tall.
    assert cost(into, "recovery", (A, NINE), (A, at(2, "09:00"))) == 2 * 60
    assert cost(into, "recovery", (A, NINE), (B, at(2, "09:00"))) == 0
    into.recovery.add(A, tall, 2, 2 * DAY, 100, past=1, past_end=-60)
    assert cost(into, "recovery", (A, NINE), (A, at(2, "09:00"))) == 102 * 60
    # The run before the horizon was of one day only, and too short to ask for it.
    assert cost(into, "recovery", (B, NINE), (A, at(2, "09:00"))) == 0
    into.recovery.add(A, tall, 1, DAY, 7, past=1, past_off=1, past_end=9 * 60 + 10 - DAY)
    assert cost(into, "recovery", (A, NINE), (B, at(2, "09:00"))) == 7 * 10


def test_rest_between_days_counts_the_past_and_bans_count_days() -> None:
    history = {"A": PersonHistory(last_end=-120)}
    into = opened(writing(problem(history=history)), (0, P), (1, P))
    into.follow.rest(A, 1000, 2)
    into.follow.ban(into.follow.kind("v", [0]), into.follow.kind("w", [1]), 70)
    into.follow.ban(1, 0, 700)
    into.follow.past_kind(A, 1)
    # 540 + 120 = 660 since the past: 340 short. From 10:00 to 9:00 are 1380. v after w, w after v.
    assert cost(into, "follow", (A, NINE), (A, at(1, "09:00"))) == 2 * 340 + 700 + 70
    assert cost(into, "follow", (B, NINE), (A, at(1, "09:00"))) == 0


def test_further_people_cost_and_the_first_is_free_where_nobody_is_known() -> None:
    into = opened(writing(problem()), (0, P), (1, P))
    into.distinct.add([0, 1], [], 3)
    into.distinct.add([0, 1], [B], 50)
    # Two people where none is known: one further. A is a stranger where B is known.
    assert cost(into, "distinct", (A, NINE), (B, at(1, "09:00"))) == 3 + 50
    assert cost(into, "distinct", (B, NINE), (B, at(1, "09:00"))) == 0


def crew_cost(into: Into, *people: int) -> int:
    """What a crew, all of them at nine, costs by Mix, which alone costs anything."""
    option = NONE if set(people) == {NONE} else 0
    dense = DenseRoster((option,), people, (NINE,) * len(people))
    assert price(built(into), dense) == price_by_primitive(built(into), dense)["mix"]
    return price(built(into), dense)


def test_a_begun_task_costs_by_how_many_of_its_people_are_of_a_set() -> None:
    into = opened(writing(problem(visit("v", Slot(), Slot()))), (0, P))
    into.mix.add(0, {A: FOREVER}, [5, 70])
    into.mix.add(0, {A: FOREVER, B: 0}, [11, 200, 3000])
    assert crew_cost(into, NONE, NONE) == 0
    assert crew_cost(into, NONE, B) == 5 + 200
    assert crew_cost(into, B, A) == 70 + 3000


def test_more_of_a_set_than_there_are_prices_cost_as_the_last() -> None:
    into = opened(writing(problem(visit("v", Slot(), Slot()))), (0, P))
    into.mix.add(0, {A: FOREVER, B: FOREVER}, [5, 70])
    assert crew_cost(into, A, B) == crew_cost(into, A, NONE) == 70


def test_people_are_of_a_set_up_to_their_last_day() -> None:
    into = opened(writing(problem()), (1, P), (2, P))
    into.mix.add(0, {A: 1, B: 0}, [5, 70])
    into.mix.add(1, {A: 1, B: -1}, [11, 200])
    assert cost(into, "mix", (A, at(1, "09:00")), (B, at(2, "09:00"))) == 70 + 11
    assert cost(into, "mix", (B, at(1, "09:00")), (A, at(2, "09:00"))) == 5 + 11


def test_slots_that_lack_to_the_least_count_as_of_the_set() -> None:
    into = opened(writing(problem(visit("v", Slot(), Slot(), Slot()))), (0, P))
    into.mix.add(0, {A: FOREVER}, [900, 30, 1], least=2)
    # One of two is to come, who may be of the set. With two filled nobody is.
    assert crew_cost(into, B, NONE, NONE) == 30
    assert crew_cost(into, A, NONE, NONE) == 1
    assert crew_cost(into, A, B, NONE) == 30
    into = opened(writing(problem(visit("v", Slot(), Slot()))), (0, P))
    into.mix.add(0, {}, [900, 30, 1], least=1)
    assert crew_cost(into, B, NONE) == 900


def test_a_leg_without_a_way_costs_its_points() -> None:
    into = opened(writing(problem(ways={("P", "Q"): None})), (0, P), (0, Q))
    into.travel.no_way(A, 40)
    assert cost(into, "travel", (A, NINE), (A, at(0, "10:00"))) == 40
    assert cost(into, "travel", (B, NINE), (B, at(0, "10:00"))) == 0
    assert cost(into, "travel", (A, NINE), (B, at(0, "10:00"))) == 0


def test_a_place_counts_every_task_at_whose_start_it_is_too_full() -> None:
    into = opened(writing(problem()), (0, P), (0, P))
    into.capacity.limit(P, 1, 9)
    # Together: both starts find two. One after the other's start: one. At the other's end: none.
    assert cost(into, "capacity", (A, NINE), (B, NINE)) == 18
    assert cost(into, "capacity", (A, NINE), (B, NINE + 59)) == 9
    assert cost(into, "capacity", (A, NINE), (B, NINE + 60)) == 0
