"""The earliest schedule, with times worked by hand. Places P and Q are 20 ticks apart."""

from scheduler.lowered.dense_roster import NONE, DenseRoster
from scheduler.lowered.into import Into
from scheduler.model import Slot
from tests.plain import earliest
from tests.plain.drawn import built, writing
from tests.rules.build import at, instance, person, place, visit

P, Q = 0, 1
A, B = 0, 1


def problem(*visits, **who) -> Into:
    """A, told more of, and B; every visit's slots may start from nine at P."""
    into = writing(
        instance(
            place("P"),
            place("Q"),
            person("A", **who),
            person("B"),
            *visits,
            days=1,
            ways={("P", "Q"): 20},
        )
    )
    for task in range(len(visits)):
        into.window.option(task, 0, P, at(0, "09:00"), at(0, "18:00"))
    return into


def starts(into: Into, people: tuple[int, ...], *order: int) -> list[str]:
    """Clock times of the filled slots' starts."""
    lowered = built(into)
    options = tuple(range(len(lowered.index.tasks)))
    found = earliest(lowered, DenseRoster(options, people, (0,) * len(people)), list(order))
    return [
        f"{start // 60:02}:{start % 60:02}"
        for person, start in zip(people, found.start, strict=True)
        if person != NONE
    ]


def test_stops_follow_each_other_in_the_order_of_tasks() -> None:
    into = problem(visit("v"), visit("w", duration=30))
    assert starts(into, (A, A), 0, 1) == ["09:00", "10:00"]
    assert starts(into, (A, A), 1, 0) == ["09:30", "09:00"]


def test_the_first_stop_waits_for_presence_and_the_way_from_the_start_place() -> None:
    into = problem(visit("v"), start_place="Q")
    into.day.spans(A, 0, [(at(0, "08:50"), at(0, "18:00"))])
    # 8:50 and 20 on the way.
    assert starts(into, (A,), 0) == ["09:10"]


def test_a_crew_starts_together_when_the_last_has_come() -> None:
    into = problem(visit("v", duration=45), visit("w", Slot(), Slot()))
    # A is free at 9:45; B waits.
    assert starts(into, (A, B, A), 0, 1) == ["09:00", "09:45", "09:45"]


def test_the_first_slot_waits_only_until_the_second_keeps_its_spacing() -> None:
    into = problem(visit("v", duration=45), visit("w", Slot(), Slot(after=(10, 30))))
    # A comes at 9:45, at most 30 after the task's start: 9:15.
    assert starts(into, (A, B, A), 0, 1) == ["09:00", "09:15", "09:45"]
    # B alone could start at 9:00; A after it at least 10 later.
    assert starts(into, (NONE, B, A), 1) == ["09:00", "09:10"]


def test_an_empty_first_slot_still_holds_the_spacing() -> None:
    into = problem(visit("v", Slot(), Slot(after=(10, 30))))
    assert starts(into, (NONE, A), 0) == ["09:10"]


def test_a_stop_is_pushed_to_the_first_span_that_holds_it_and_takes_its_crew_along() -> None:
    into = problem(visit("v", Slot(), Slot()))
    into.day.spans(A, 0, [(at(0, "08:00"), at(0, "09:50")), (at(0, "11:00"), at(0, "13:00"))])
    assert starts(into, (A, B), 0) == ["11:00", "11:00"]


def test_a_stop_that_no_span_holds_stays_where_it_is() -> None:
    into = problem(visit("v"))
    into.day.spans(A, 0, [(at(0, "08:00"), at(0, "09:50"))])
    assert starts(into, (A,), 0) == ["09:00"]


def resting(first: int, second: int, *spots: int, **who) -> list[str]:
    """Two visits of A's of these lengths, with a rest of 45 owed between 11:30 and 13:30."""
    into = problem(visit("v", duration=first), visit("w", duration=second), **who)
    if spots:
        into.window.keep(1, None, spots[0], None)
        into.window.option(1, 0, spots[0], at(0, "09:00"), at(0, "18:00"))
    into.day.rest(A, 0, (at(0, "11:30"), at(0, "13:30")), 45, 1)
    return starts(into, (A, A), 0, 1)


def test_a_rest_is_not_forced_while_it_can_be_taken_later() -> None:
    # 9:00 to 11:00, 11:00 to 12:45; 12:45 to 13:30 is just enough.
    assert resting(120, 105) == ["09:00", "11:00"]


def test_a_rest_is_taken_at_the_last_chance_right_before_the_stop() -> None:
    # w would end 12:46. So rest first, 11:30 to 12:15.
    assert resting(120, 106) == ["09:00", "12:15"]
    # At Q: v ends 11:20, at Q 11:40, rest until 12:25.
    assert resting(140, 106, Q) == ["09:00", "12:25"]


def test_a_rest_is_taken_before_the_way_where_it_is_too_late_after_it() -> None:
    # v ends 12:40, by 13:00 at Q it is too late; 12:40 to 13:25, then the way.
    assert resting(220, 60, Q) == ["09:00", "13:45"]


def test_a_first_stop_that_leaves_no_time_waits_for_the_rest() -> None:
    # v would end 12:46, one tick too late; so 11:30 to 12:15 first.
    assert resting(226, 60) == ["12:15", "16:01"]
    # Ending 12:45 it may begin at once.
    assert resting(225, 60) == ["09:00", "13:30"]


def test_a_rest_longer_than_its_span_delays_nothing() -> None:
    into = problem(visit("v", duration=226))
    into.day.rest(A, 0, (at(0, "11:30"), at(0, "12:00")), 45, 1)
    assert starts(into, (A,), 0) == ["09:00"]


def test_a_rest_before_the_first_stop_comes_before_the_way() -> None:
    # From Q: rest 11:30 to 12:15, at P 12:35; then w is free to follow.
    assert resting(226, 30, start_place="Q") == ["12:35", "16:21"]


def test_a_rest_had_once_is_not_forced_again() -> None:
    into = problem(visit("v", duration=120), visit("w", duration=106), visit("x", duration=50))
    into.day.rest(A, 0, (at(0, "11:30"), at(0, "13:30")), 45, 1)
    # Rest before w, which ends 14:01; x follows at once.
    assert starts(into, (A, A, A), 0, 1, 2) == ["09:00", "12:15", "14:01"]


def test_a_rest_forced_on_one_delays_the_crew() -> None:
    into = problem(visit("v", duration=120), visit("w", Slot(), Slot(), duration=106))
    into.day.rest(A, 0, (at(0, "11:30"), at(0, "13:30")), 45, 1)
    assert starts(into, (A, A, B), 0, 1) == ["09:00", "12:15", "12:15"]
