"""A night round at 22:00, 01:00 and 04:00 that the horizon's edge cuts is one working day all the same."""

import pytest

from scheduler import Stop, solve
from scheduler.model import Horizon, PastStop, PersonHistory, Window
from scheduler.weeks.roll import roll
from tests.rules.build import amounts, at, instance, limited, place, roster, shift

STOPS = Stop(), Stop(steps=3_000)
NIGHTS = tuple(Window(start=at(day, "22:00"), end=at(day + 1, "06:00")) for day in range(-1, 7))
EIGHT_TO_SIX = Window(start=at(0, "08:00"), end=at(0, "18:00"))


def round_at(*clocks, day=0):
    names = {clock: f"{day}-{clock}" for clock in clocks}
    return [shift(name, at(day, clock), duration=30) for clock, name in names.items()]


def week(*shifts, there=NIGHTS, history=None, **limits):
    return instance(
        limited("w", availability=there, rest_minutes=660, **limits), *shifts, history=history
    )


def rolled(*shifts, **limits):
    """The week after one whose Sunday had the stop at 22:00, done by w."""
    before = week(*round_at("22:00", day=6), **limits)
    planned = roster(before, ("6-22:00", 0, "w", "P", at(6, "22:00")))
    following = week(*shifts, **limits).changed(
        horizon=Horizon(start=before.horizon.date(7), days=7)
    )
    return roll(before, planned, following)


def of_monday(week, *tasks):
    return [(task, 0, "w", "P", week.task_by_id[task].start) for task in tasks]


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_the_round_goes_on_after_midnight_and_rests_after_it(stop):
    # From 04:30 on eleven hours: 15:00 is too early, 15:30 is not.
    there = (*NIGHTS, EIGHT_TO_SIX)
    early = rolled(*round_at("01:00", "04:00", "15:00")).changed()
    early = early.changed(people=(early.people[0].model_copy(update={"availability": there}),))
    assert early.workdays.begins("w")[0] == at(0, "04:30")
    assert amounts("min_rest", early, *of_monday(early, "0-01:00", "0-04:00")) == {}
    assert amounts("min_rest", early, *of_monday(early, "0-04:00", "0-15:00")) == {"w": [30]}
    found = solve(early, stop)
    assert (found.score.hard, found.score.medium) == (0, 5)
    late = rolled(*round_at("01:00", "04:00", "15:30"))
    late = late.changed(people=(late.people[0].model_copy(update={"availability": there}),))
    found = solve(late, stop)
    assert (found.score.hard, found.score.medium) == (0, 0)


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_a_days_limits_look_at_the_whole_night(stop):
    # Sunday's half hour leaves half an hour of the night's hour; Monday night has its own.
    tasks = [*round_at("01:00", "04:00", "22:00", "23:00")]
    hour = rolled(*tasks, daily_minutes=60, daily_overtime=0)
    assert amounts("daily_limit", hour, *of_monday(hour, "0-01:00", "0-04:00")) == {"w": [30]}
    assert amounts("daily_minutes", hour, *of_monday(hour, "0-01:00", "0-04:00")) == {"w": [30]}
    found = solve(hour, stop)
    assert (found.score.hard, found.score.medium) == (0, 5)
    two = rolled(*tasks, daily_tasks=2)
    assert amounts("daily_tasks", two, *of_monday(two, "0-01:00", "0-04:00", "0-22:00")) == {
        "w": [1]
    }
    found = solve(two, stop)
    assert (found.score.hard, found.score.medium) == (0, 5)


def test_what_was_too_much_on_the_evening_was_counted_there():
    less = rolled(*round_at("01:00", "04:00"), daily_minutes=20, daily_overtime=0, daily_tasks=0)
    assert amounts("daily_limit", less, *of_monday(less, "0-01:00")) == {"w": [30]}
    assert amounts("daily_tasks", less, *of_monday(less, "0-01:00")) == {"w": [1]}


def test_who_did_not_work_on_the_evening_begins_a_day_after_midnight():
    assert week(*round_at("01:00", "04:00")).workdays.begins("w")[0] == 0
    ended = PersonHistory(
        stops=(PastStop(kind="venue", start=at(-2, "22:00"), end=at(-2, "22:30")),)
    )
    assert week(*round_at("01:00"), history={"w": ended}).workdays.begins("w")[0] == 0


def test_a_night_told_by_hand():
    # There all day, so that a pause of more than four hours parts: none from 23:00 to 01:00, one from 01:30.
    evening = PastStop(kind="office", start=at(-1, "20:00"), end=at(-1, "23:00"))
    there = (Window(start=0, end=at(7)),)
    tasks = round_at("01:00", "06:00", "14:00")

    def begin(**told):
        history = {"w": PersonHistory(stops=(evening,), **told)}
        return week(*tasks, there=there, history=history).workdays.begins("w")[0]

    assert begin() == at(0, "01:30")
    assert begin(day_until=at(0, "06:30")) == at(0, "06:30")
    assert begin(day_until=0) == 0
    # Nothing can start before one.
    assert begin(day_until=at(0, "01:00")) == 0
    assert begin(day_until=at(0, "01:01")) == at(0, "01:01")


def test_the_way_after_midnight_leads_straight_on():
    # Sunday's stop at P ends at midnight; from there to Q it is 25 minutes, by way of home 75.
    late = PastStop(kind="venue", place="P", start=at(-1, "23:30"), end=0)
    for clock, short in (("00:24", {"w": [1]}), ("00:25", {})):
        found = instance(
            limited("w", availability=NIGHTS, rest_minutes=660).model_copy(
                update={"start_place": "H", "end_place": "H"}
            ),
            shift("s", at(0, clock), duration=30, place="Q"),
            *(place(name) for name in "PQH"),
            ways={("P", "Q"): 25, ("P", "H"): 50, ("Q", "H"): 25},
            history={"w": PersonHistory(stops=(late,))},
        )
        row = ("s", 0, "w", "Q", at(0, clock))
        assert amounts("no_overlap", found, row) == short
        assert amounts("min_rest", found, row) == {}
        score = solve(found, Stop(steps=500)).score
        assert (score.hard, score.medium) == (0, 5 if short else 0)


def test_rest_after_a_run_of_nights_is_owed_from_its_last_piece_on():
    # One night is a run; ten hours off behind it, counted from 04:30.
    evening = PastStop(kind="venue", start=at(-1, "22:00"), end=at(-1, "22:30"))
    tasks = [*round_at("01:00", "04:00"), shift("day", at(0, "14:00"), kind="desk", duration=60)]
    there = (*NIGHTS, Window(start=at(0, "08:00"), end=at(0, "18:00")))
    found = instance(
        limited("w", availability=there, rest_after_run={"venue": 600}),
        *tasks,
        history={"w": PersonHistory(stops=(evening,))},
    )
    night, day = of_monday(found, "0-01:00", "0-04:00"), of_monday(found, "day")
    assert amounts("rest_after_run", found, *night, *day) == {"w": [30]}
    assert amounts("rest_after_run", found, *night[:1], *day) == {}
    score = solve(found, Stop(steps=1_000)).score
    assert (score.hard, score.medium) == (0, 5)
