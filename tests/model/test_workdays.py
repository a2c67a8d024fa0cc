"""When working days begin, by hand."""

import pytest

from scheduler.model import Horizon, Instance, RuleSetting, Slot, Window
from tests.rules.build import DAY, at, instance, person, place, shift, visit, window

DAYS = 4


def begins(week: Instance, who: str = "a") -> list[str]:
    """Clock times of the begins of days 1 and on, each on its own day."""
    found = week.workdays.begins(who)
    assert found[0] == 0
    assert all(begin // DAY == day for day, begin in enumerate(found))
    return [f"{begin % DAY // 60:02}:{begin % 60:02}" for begin in found[1:]]


def spans(start, end, days=range(DAYS)):
    """From a clock time to another; to the next day's where that is earlier."""
    return tuple(Window(start=at(day, start), end=at(day + (end <= start), end)) for day in days)


def shifts(*hours):
    return [
        shift(f"{start}.{day}", span.start, duration=span.end - span.start)
        for start, end in hours
        for day, span in enumerate(spans(start, end))
    ]


def week(*records, there=None, **more):
    who = {} if there is None else {"availability": there}
    return instance(person("a", **who), *records, days=DAYS, **more)


ALL_WEEK = visit("any", windows=(Window(start=0, end=at(DAYS)),))


def test_in_daytime_it_changes_at_midnight():
    assert begins(week(ALL_WEEK, there=spans("08:00", "18:00"))) == ["00:00"] * 3
    assert begins(week(*shifts(("08:00", "12:00"), ("13:00", "18:00")))) == ["00:00"] * 3


def test_an_early_day_after_a_late_one_is_another():
    assert begins(week(*shifts(("15:00", "23:00"), ("06:00", "10:00")))) == ["00:00"] * 3
    # three and a half hours off, which hold midnight, and none longer after it
    late = shifts(("16:00", "23:30"), ("03:00", "14:00"))
    assert begins(week(*late)) == ["00:00"] * 3


def test_three_shifts_around_the_clock_leave_no_pause():
    three = shifts(("06:00", "14:00"), ("14:00", "22:00"), ("22:00", "06:00"))
    assert begins(week(*three)) == ["00:00"] * 3


def test_who_is_there_at_night_alone_changes_in_the_morning():
    assert begins(week(ALL_WEEK, there=spans("21:30", "06:00"))) == ["06:00"] * 3


def test_a_sleepover_goes_on_until_its_last_part():
    parts = shifts(("17:00", "22:00"), ("22:00", "06:00"), ("06:00", "09:00"))
    assert begins(week(*parts)) == ["09:00"] * 3


def test_a_night_round_ends_behind_its_last_stop():
    rounds = [
        visit(f"{clock}.{day}", duration=30, windows=(window(day, clock, f"{clock[:3]}01"),))
        for clock in ("22:00", "01:00", "04:00")
        for day in range(DAYS)
    ]
    # begun by 22:00, 01:00 and 04:00: each pause is two and a half hours, then more than four
    assert begins(week(*rounds)) == ["04:30"] * 3


def test_who_is_there_at_all_hours_of_a_week_of_open_windows_changes_at_midnight():
    assert begins(week(ALL_WEEK)) == ["00:00"] * 3


def test_a_pause_that_ends_at_midnight_is_a_change_there():
    assert begins(week(*shifts(("00:00", "08:00")))) == ["00:00"] * 3


@pytest.mark.parametrize(("opens", "begin"), [("10:00", "10:00"), ("10:01", "00:00")])
def test_no_day_begins_later_than_ten(opens, begin):
    assert begins(week(*shifts(("18:00", opens)))) == [begin] * 3


@pytest.mark.parametrize(("again", "begin"), [("08:00", "04:00"), ("07:59", "09:00")])
def test_a_pause_of_four_hours_is_enough_and_the_first_of_them_counts(again, begin):
    # off 04:00 to `again`, and from nine to eight in the evening
    assert begins(week(*shifts(("20:00", "04:00"), (again, "09:00")))) == [begin] * 3


def test_of_short_pauses_the_longest_counts_and_of_equal_ones_the_first():
    # off 02:00 to 02:30, 05:00 to 07:00 and 09:00 to 11:00
    day = shifts(("11:00", "02:00"), ("02:30", "05:00"), ("07:00", "09:00"))
    assert begins(week(*day)) == ["05:00"] * 3


def round_at(*clocks, kind="check"):
    return [
        visit(
            f"{kind}.{clock}.{day}",
            duration=30,
            windows=(Window(start=at(day, clock), end=at(day, clock) + 1),),
            kind=kind,
        )
        for clock in clocks
        for day in range(DAYS)
    ]


@pytest.mark.parametrize(
    ("clocks", "opens", "begin"),
    [
        # off three and a half hours twice, then two and a half
        (("22:00", "02:00", "06:00"), "09:00", "06:30"),
        # two and a half hours three times
        (("22:00", "01:00", "04:00"), "07:00", "04:30"),
        # an hour and a half four times, then one
        (("20:00", "22:00", "00:00", "02:00", "04:00"), "05:30", "04:30"),
    ],
)
def test_no_day_changes_within_a_round_while_other_pauses_are_left(clocks, opens, begin):
    assert begins(week(*round_at(*clocks), *shifts((opens, "19:30")))) == [begin] * 3


def test_work_of_another_kind_or_length_is_no_round():
    # off three hours and half an hour
    day = [shift(f"d{day}", at(day, "06:30"), duration=690, kind="day") for day in range(DAYS)]
    patrol, sweeping = shifts(("20:00", "01:00")), shifts(("04:00", "06:00"))
    assert begins(week(*patrol, *sweeping, *day)) == ["01:00"] * 3
    # off an hour and a half, two and a half, two
    early, day = round_at("04:00", kind="sweeping"), shifts(("06:30", "23:30"))
    assert begins(week(*round_at("01:00"), *early, *day)) == ["01:30"] * 3
    # the same with a round at both
    late = round_at("01:00", kind="sweeping")
    assert begins(week(*late, *round_at("01:00"), *early, *day)) == ["04:30"] * 3
    assert begins(week(*round_at("01:00"), *late, *early, *day)) == ["04:30"] * 3
    late, early = round_at("01:00"), [*round_at("04:00"), *early]
    assert begins(week(*late, *early, *day)) == ["04:30"] * 3


def test_where_a_round_goes_on_all_day_the_longest_pause_counts():
    clocks = [f"{hour:02}:00" for hour in range(0, 24, 3) if hour != 9]
    # off two and a half hours each time, and before noon five and a half
    assert begins(week(*round_at(*clocks))) == ["06:30"] * 3
    every = round_at("00:30", "03:30", "06:30", "09:30", "12:30", "15:30", "18:30", "21:30")
    assert begins(week(*every)) == ["00:00"] * 3


@pytest.mark.parametrize(
    ("there", "begin"),
    [
        (("21:30", "06:00"), "05:30"),
        (("18:00", "06:00"), "05:30"),
        # more than twelve hours: hours free for work, and not a night on duty
        (("17:59", "06:00"), "00:00"),
        # there for the evening, and again in the morning
        (("04:00", "23:00"), "00:00"),
    ],
)
def test_a_night_of_presence_is_one_however_long_nothing_is_to_be_done(there, begin):
    # off 22:30 to 05:00
    assert begins(week(*round_at("22:00", "05:00"), there=spans(*there))) == [begin] * 3


def test_leave_is_a_pause():
    away = tuple(window(day, "05:00", "11:00") for day in range(DAYS))
    week_of_nights = instance(person("a", leave=away), ALL_WEEK, days=DAYS)
    assert begins(week_of_nights) == ["05:00"] * 3


def test_without_availability_only_the_work_counts():
    off = {"availability": RuleSetting(on=False)}
    nights = shifts(("20:00", "00:30"), ("01:00", "07:00"))
    assert begins(week(*nights, there=spans("08:00", "18:00"))) == ["00:00"] * 3
    assert begins(week(*nights, there=spans("08:00", "18:00"), weights=off)) == ["07:00"] * 3


def test_everybody_has_days_of_their_own():
    two = instance(
        person("a", availability=spans("22:00", "05:00")),
        person("b", availability=spans("07:00", "19:00")),
        ALL_WEEK,
        days=DAYS,
    )
    assert begins(two, "a") == ["05:00"] * 3
    assert begins(two, "b") == ["00:00"] * 3
    assert begins(two, "nobody") == ["00:00"] * 3


def test_the_last_start_and_the_longest_slot_say_how_long_work_may_go_on():
    # starts before 05:00, an hour long: until 05:59
    open_until = tuple(
        Window(start=at(day, "21:00"), end=at(day + 1, "05:00")) for day in range(DAYS - 1)
    )
    assert begins(week(visit("v", windows=open_until)))[0] == "05:59"


def test_a_crew_that_comes_in_turn_goes_on_until_its_last():
    pair = (Slot(), Slot(after=(120, 120)))
    evenings = tuple(window(day, "23:00", "23:01") for day in range(DAYS - 1))
    # the second visitor comes at 01:00 for an hour: no pause holds midnight
    assert begins(week(visit("v", *pair, windows=evenings)))[0] == "02:00"


def test_a_stop_belongs_to_the_day_in_which_it_starts():
    nights = week(ALL_WEEK, there=spans("21:30", "06:00")).workdays
    assert [nights.day("a", at(1, clock)) for clock in ("05:59", "06:00", "23:00")] == [0, 1, 1]
    assert nights.day("a", at(2, "05:59")) == 1
    # what lies before the horizon or after it belongs to its first or last day
    assert (nights.day("a", -1), nights.day("a", at(9))) == (0, DAYS - 1)


def test_finer_ticks_change_nothing():
    def fine(record):
        return record.model_copy(
            update={
                "availability": tuple(
                    Window(start=one.start * 1000, end=one.end * 1000)
                    for one in record.availability
                )
            }
        )

    coarse = week(ALL_WEEK, there=spans("21:30", "06:00"))
    whole = ALL_WEEK.model_copy(
        update={"windows": (Window(start=0, end=DAYS * DAY * 1000),), "duration": 60_000}
    )
    precise = coarse.changed(
        horizon=Horizon(start=coarse.horizon.start, days=DAYS, ticks_per_minute=1000),
        people=tuple(fine(one) for one in coarse.people),
        visits=(whole,),
    )
    expected = tuple(begin * 1000 for begin in coarse.workdays.begins("a"))
    assert precise.workdays.begins("a") == expected


def test_other_people_or_work_make_other_days():
    nights = week(ALL_WEEK, there=spans("21:30", "06:00"))
    assert begins(nights) == ["06:00"] * 3
    assert begins(nights.changed(visits=())) == ["00:00"] * 3
    assert begins(nights.changed(people=(person("a"),))) == ["00:00"] * 3
    assert nights.changed(places=(place("P"),)).workdays is nights.workdays


def test_days_of_others_with_the_same_work_begin_as_if_it_were_looked_at_anew():
    nights, days = spans("21:30", "06:00"), spans("08:00", "18:00")
    old = week(ALL_WEEK, there=nights)
    new = old.changed(people=(person("a", availability=days), person("b", availability=nights)))
    assert old.workdays.begins("a") == week(ALL_WEEK, there=nights).workdays.begins("a")
    assert begins(new, "a") == ["00:00"] * 3
    assert begins(new, "b") == ["06:00"] * 3
    assert new.workdays.differing(old.workdays, "a")
    assert new.workdays.differing(old.workdays, "b")
    assert not old.changed(title="x").workdays.differing(old.workdays, "a")
    other = old.changed(visits=(visit("any", windows=(Window(start=at(1), end=at(1) + 60),)),))
    assert other.workdays.differing(old.workdays, "a")
