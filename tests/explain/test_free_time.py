"""Where a day has room for one more stop, written out by hand."""

import numpy as np

from scheduler.explain.free_time import FreeTime
from scheduler.facts import Facts
from scheduler.model import Break, Instance, Limits, PersonHistory, RuleSetting
from tests.rules.build import at, instance, person, place, roster, visit, window

WAYS = {("S", "P"): 10, ("P", "Q"): 20, ("S", "Q"): 25}
HOURS = tuple(window(day, "08:00", "18:00") for day in range(3))
AT_TEN = ("w", 0, "a", "P", at(0, "10:00"))
P, Q, S = range(3)


def only(**limits) -> Limits:
    """These limits and no others."""
    return Limits(**dict.fromkeys(Limits.model_fields) | limits)


def week(
    *, days: int = 3, history=None, weights=None, limits: Limits | None = None, **who
) -> Instance:
    """Somebody there from eight to six, with an hour's visit w at P; another, b, is never asked."""
    who.setdefault("availability", HOURS)
    return instance(
        *(place(id) for id in "PQS"),
        person("a", limits=limits or only(), **who),
        person("b"),
        visit("w"),
        visit("x"),
        ways=WAYS,
        days=days,
        history=history,
        weights=weights,
    )


def room(
    found: Instance, *rows: tuple, day: int = 0, where: int = Q, minutes: int = 30, inside=None
):
    """(first start, last start, more travel) of every opening for half an hour at Q, by time."""
    first, last = inside or (at(day), at(day + 1) - 1)
    free = FreeTime(Facts(found, roster(found, *rows)))
    openings = free.openings(np.array([True, False]), day, where, first, last, minutes)
    assert set(openings.person.tolist()) <= {0}
    columns = (openings.first.tolist(), openings.last.tolist(), openings.extra.tolist())
    return sorted(zip(*columns, strict=True))


def test_a_day_without_work_has_all_of_its_presence() -> None:
    assert room(week()) == [(at(0, "08:00"), at(0, "17:30"), 0)]
    # from the start place on the way is 25 minutes, and back as long
    there = week(start_place="S", end_place="S")
    assert room(there) == [(at(0, "08:25"), at(0, "17:30"), 50)]


def test_room_lies_before_and_behind_a_stop_less_the_ways() -> None:
    # until ten less twenty minutes of way and the half hour; from eleven and twenty minutes on
    assert room(week(start_place="S"), AT_TEN) == [
        (at(0, "08:25"), at(0, "09:10"), 25 + 20 - 10),
        (at(0, "11:20"), at(0, "17:30"), 20),
    ]
    at_one = ("x", 0, "a", "P", at(0, "13:00"))
    assert room(week(), AT_TEN, at_one) == [
        (at(0, "08:00"), at(0, "09:10"), 20),
        (at(0, "11:20"), at(0, "12:10"), 40),
        (at(0, "14:20"), at(0, "17:30"), 20),
    ]
    tight = ("x", 0, "a", "P", at(0, "12:10"))
    assert [first for first, *_ in room(week(), AT_TEN, tight)] == [
        at(0, "08:00"),
        at(0, "11:20"),
        at(0, "13:30"),
    ]
    late = ("x", 0, "a", "P", at(0, "12:09"))
    assert len(room(week(), AT_TEN, late)) == 2


def test_only_starts_that_are_asked_for_are_told() -> None:
    asked = at(0, "09:00"), at(0, "12:00")
    assert room(week(), AT_TEN, inside=asked) == [
        (at(0, "09:00"), at(0, "09:10"), 20),
        (at(0, "11:20"), at(0, "12:00"), 20),
    ]


def test_presence_in_parts_has_room_in_each_of_them() -> None:
    split = window(0, "08:00", "09:00"), window(0, "12:00", "12:30"), window(0, "14:00", "14:29")
    assert room(week(availability=split)) == [
        (at(0, "08:00"), at(0, "08:30"), 0),
        (at(0, "12:00"), at(0, "12:00"), 0),
    ]
    evening = week(availability=split, limits=only(evening_from=12 * 60 + 15))
    assert room(evening) == [(at(0, "08:00"), at(0, "08:30"), 0)]


def test_rests_between_days_are_kept_where_they_are_hard() -> None:
    rested = only(rest_minutes=14 * 60)
    late, early = ("w", 0, "a", "P", at(0, "17:00")), ("x", 0, "a", "P", at(2, "08:30"))
    # work ends at six on Monday, and begins at half past eight on Wednesday: fourteen hours each
    assert room(week(limits=rested), late, early, day=1) == [(at(1, "08:00"), at(1, "17:30"), 0)]
    longer = rested.model_copy(update={"rest_minutes": 15 * 60})
    assert room(week(limits=longer), late, early, day=1) == [(at(1, "09:00"), at(1, "17:00"), 0)]
    soft = {"min_rest": RuleSetting(on=False)}
    assert room(week(limits=longer, weights=soft), late, early, day=1) == [
        (at(1, "08:00"), at(1, "17:30"), 0)
    ]
    # so does what the history ended with
    past = {"a": PersonHistory(last_end=at(-1, "20:00"))}
    assert room(week(limits=longer, history=past))[0][0] == at(0, "11:00")


NOON = Break(start=11 * 60, end=13 * 60, minutes=60, beyond=0)


def test_a_rest_stays_before_or_behind_what_is_put_there() -> None:
    owed = week(limits=only(breaks=NOON))
    found = room(owed, where=P)
    # over by noon, so that the rest is from noon to one; or begun at noon, behind a rest from eleven on
    assert set(found) == {(at(0, "08:00"), at(0, "11:30"), 0), (at(0, "12:00"), at(0, "17:30"), 0)}
    # a day of half an hour owes none where only longer ones do
    short = week(limits=only(breaks=NOON.model_copy(update={"beyond": 30})))
    assert (at(0, "08:00"), at(0, "17:30"), 0) in room(short, where=P)
    assert set(room(short, where=P, minutes=31)) == {
        (at(0, "08:00"), at(0, "11:29"), 0),
        (at(0, "12:00"), at(0, "17:29"), 0),
    }


def anyhow(found: Instance, *rows: tuple, inside: tuple[int, int], moments=()) -> dict[int, int]:
    """Start → what it lacks, in days' ticks and ticks from presence, of half an hour at Q by a."""
    free = FreeTime(Facts(found, roster(found, *rows)))
    openings = free.openings_anyhow([0], Q, *inside, 30, moments)
    assert openings.first.tolist() == openings.last.tolist()
    return dict(zip(openings.first.tolist(), openings.extra.tolist(), strict=True))


def test_starts_that_break_something_say_by_how_much() -> None:
    # the way to and from P is twenty minutes: busy from 9:40 to 11:20
    found = anyhow(
        week(), AT_TEN, inside=(at(0, "07:00"), at(0, "19:00")), moments=(at(0, "10:00"),)
    )
    assert found == {
        # an hour and half an hour before presence
        at(0, "07:00"): 30 * 1440 + 30,
        at(0, "07:30"): 30 * 1440,
        at(0, "08:00"): 0,
        at(0, "09:10"): 0,
        # to be back at P by ten, it would have to be done fifty minutes before that
        at(0, "10:00"): 50 * 1440,
        at(0, "11:20"): 0,
        at(0, "17:30"): 0,
        at(0, "18:00"): 30 * 1440,
        at(0, "19:00"): 30 * 1440 + 60,
    }
    nearly = anyhow(week(), AT_TEN, inside=(at(0, "09:15"), at(0, "11:10")))
    # five minutes too late to be back at P, ten too early from it
    assert (nearly[at(0, "09:15")], nearly[at(0, "11:10")]) == (5 * 1440, 10 * 1440)


def test_who_lacks_least_comes_first_and_who_is_away_last() -> None:
    three = instance(
        place("P"),
        person("away", availability=(window(1, "08:00", "18:00"),)),
        person("busy", availability=HOURS),
        person("free", availability=HOURS),
        visit("w"),
        days=3,
    )
    free = FreeTime(Facts(three, roster(three, ("w", 0, "busy", "P", at(0, "09:30")))))
    ten = at(0, "10:00")
    assert free.least_short([0, 1, 2], P, ten, ten, 60) == [2, 1, 0]
    # where the window is wide enough the busy one lacks nothing, and the order stays
    assert free.least_short([0, 1, 2], P, ten, at(0, "12:00"), 60) == [1, 2, 0]
