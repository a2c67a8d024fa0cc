"""What a rolled week knows of the one before: runs, sums, loads and fair shares of its people."""

from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.facts import Facts
from scheduler.facts.runs import work_runs
from scheduler.formats import json_file
from scheduler.model import (
    Horizon,
    Instance,
    Limits,
    PastSums,
    PersonHistory,
    Role,
    Roster,
    Shift,
)
from scheduler.model.faults import faults
from scheduler.model.tasks import slots, tasks
from scheduler.rules import rules
from scheduler.weeks.roll import next_horizon, roll
from tests.rules.build import DAY, amounts, at, instance, person, roster, shift, visit, window
from tests.strategies import instances


def test_days_in_a_row_end_and_kinds_cross_the_boundary():
    late = [shift(f"s{day}", at(day, "18:00"), kind=f"k{day}") for day in (4, 5, 6)]
    week = instance(person("a"), person("b"), *late, history={"b": PersonHistory(run_off=2)})
    rows = [(f"s{day}", 0, "a", "P", at(day, "18:00")) for day in (4, 5, 6)]
    past = roll(week, roster(week, *rows)).history
    # Sunday 22:00 is two hours before Monday's midnight
    assert past["a"].last_end == -120
    assert (past["a"].run_on, past["a"].run_off, past["a"].last_kinds) == (3, 0, ("k6",))
    # two days off before the week and its seven
    assert (past["b"].run_on, past["b"].run_off, past["b"].last_end) == (0, 9, None)


def test_the_month_and_the_year_begin_with_their_first_day_and_go_on_from_what_they_held():
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in range(7)]
    held = PersonHistory(month=PastSums(minutes=1000, days=10, tasks=12), year=PastSums(days=99))
    week = instance(person("a"), *tasks, history={"a": held})
    week = week.changed(horizon=Horizon(start=date(2026, 12, 28), days=7))

    def rolled(*days: int) -> tuple[PastSums | None, PastSums | None, PastSums | None]:
        past = roll(week, roster(week, *((f"s{d}", 0, "a", "P", at(d, "09:00")) for d in days)))
        return past.history["a"].week, past.history["a"].month, past.history["a"].year

    # New Year's Day is the fifth day of the week, and a weekend follows; the next begins on 4 January
    friday = PastSums(minutes=240, days=1, tasks=1)
    assert rolled(3, 4) == (None, friday, friday)
    assert rolled(3) == (None, PastSums(), PastSums())
    november = week.changed(horizon=Horizon(start=date(2026, 11, 16), days=7))
    past = roll(november, roster(november, ("s0", 0, "a", "P", at(0, "09:00")))).history["a"]
    assert (past.month.minutes, past.month.days, past.month.tasks) == (1240, 11, 13)
    assert past.year.days == 100


def test_a_week_worked_through_begins_its_run_where_the_days_before_were_off():
    before = {"a": PersonHistory(since=date(2026, 11, 20)), "b": PersonHistory()}
    tasks = [shift(f"{who}{day}", at(day, "09:00")) for who in "ab" for day in range(7)]
    week = instance(person("a"), person("b"), *tasks, history=before)
    rows = [(f"{who}{day}", 0, who, "P", at(day, "09:00")) for who in "ab" for day in range(7)]
    past = roll(week, roster(week, *rows)).history
    # three days off were told of a, however long they lasted; of b nothing, so that stops say at least seven
    assert (past["a"].run_on, past["a"].run_off) == (7, 0)
    assert (past["b"].run_on, past["b"].run_off) == (0, 0)


def test_a_round_after_midnight_is_told_with_its_working_day():
    nights = tuple(window(day, "21:30", "30:00") for day in range(7))
    rounds = shift("s", at(5, "22:00"), duration=60), shift("t", at(6, "01:00"), duration=60)
    week = instance(person("a", availability=nights), *rounds)
    planned = roster(week, ("s", 0, "a", "P", at(5, "22:00")), ("t", 0, "a", "P", at(6, "01:00")))
    told = roll(week, planned).past("a")
    # both are Saturday's, so that Sunday was off
    assert [stop.day for stop in told.told.stops] == [None, date(2026, 11, 28)]
    assert (told.run_on, told.run_off, told.month.days, told.month.tasks) == (0, 1, 1, 2)
    assert (told.last_end, told.weekends) == (at(-1, "02:00"), 1)


def test_stops_are_told_for_two_weeks_and_the_last_of_all_for_ever():
    week = instance(person("a"), shift("s", at(0, "09:00")), shift("t", at(1, "09:00")), days=15)
    planned = roster(week, ("s", 0, "a", "P", at(0, "09:00")), ("t", 0, "a", "P", at(1, "09:00")))
    later = next_horizon(week)

    def kept(days: int) -> list[int]:
        start = week.horizon.date(days)
        told = roll(week, planned, later.changed(horizon=Horizon(start=start, days=7))).past("a")
        assert told.since == -14
        return [stop.start // DAY for stop in told.told.stops]

    # Tuesday is fourteen days before the first of them
    assert (kept(15), kept(16)) == ([-14], [-15])


def test_days_between_two_horizons_are_off():
    week = instance(person("a"), shift("s", at(6, "18:00")))
    later = next_horizon(week)
    later = later.changed(horizon=Horizon(start=date(2026, 12, 3), days=7))
    past = roll(week, roster(week, ("s", 0, "a", "P", at(6, "18:00"))), later).history["a"]
    # off on Monday to Wednesday; the work ended three days and two hours ago
    assert (past.run_on, past.run_off, past.last_end) == (0, 3, -3 * DAY - 120)
    assert past.last_kinds == ()


def nights(*days, history=None, **settings):
    """A week of nights that end at midnight, and what is rolled of it; somebody has them on these days."""
    tasks = [shift(f"n{day}", at(day, "20:00"), kind="night") for day in range(7)]
    week = instance(person("a"), *tasks, history=history, **settings)
    rows = [(f"n{day}", 0, "a", "P", at(day, "20:00")) for day in days]
    return roll(week, roster(week, *rows)).history["a"]


def test_days_in_a_row_with_a_kind_cross_the_boundary():
    assert nights(3, 5, 6).kind_runs == {"night": 2}
    # Up to the last day worked: two days off came behind it.
    past = nights(2, 3, 4)
    assert (past.kind_runs, past.run_off) == ({"night": 3}, 2)
    before = {"a": PersonHistory(run_on=4, kind_runs={"night": 2})}
    assert nights(*range(7), history=before).kind_runs == {"night": 9}
    assert nights(*range(1, 7), history=before).kind_runs == {"night": 6}
    # A week off leaves the run that ended before it.
    past = nights(history=before)
    assert (past.kind_runs, past.run_off) == ({"night": 2}, 7)


def test_a_run_of_a_kind_that_may_have_begun_before_all_that_is_told_is_not_called_short():
    # of a week that begins with a night nobody knows whether it was the first
    every = nights(*range(7))
    assert every.kind_runs == {}
    least = {"night": 9}
    following = instance(
        person("a", limits=Limits(kind_in_row_min=least)),
        shift("d", at(0, "08:00")),
        history={"a": every},
    )
    following = following.changed(horizon=Horizon(start=date(2026, 11, 30), days=7))
    assert amounts("least_kind_in_row", following) == {}
    assert following.past("a").kind_runs == {"night": 7}
    # where it is known to have begun, it is
    known = nights(*range(1, 7))
    following = following.changed(history={"a": known})
    assert amounts("least_kind_in_row", following) == {"a": [3]}


def test_days_of_another_kind_end_a_run_of_a_kind():
    tasks = shift("n", at(5, "20:00"), kind="night"), shift("e", at(6, "06:00"), kind="early")
    week = instance(person("a"), *tasks)
    rows = ("n", 0, "a", "P", at(5, "20:00")), ("e", 0, "a", "P", at(6, "06:00"))
    assert roll(week, roster(week, *rows)).history["a"].kind_runs == {"early": 1}


def test_a_planning_period_adds_up_until_it_ends():
    before = {"a": PersonHistory(period=PastSums(tasks=4, weekends=1))}
    past = nights(0, 1, 6, history=before, period_end=date(2026, 12, 6))
    assert (past.period.tasks, past.period.weekends) == (7, 2)
    # A period that ends on the first day of the next week still holds that day.
    assert nights(0, period_end=date(2026, 11, 30)).period.tasks == 1
    # The week ends on 29 November; without a period of its own it is one.
    for end in (date(2026, 11, 29), None):
        past = nights(0, 1, 6, history=before, period_end=end)
        assert past.period is None


def test_the_next_horizon_keeps_a_period_that_holds_it():
    for end, kept in ((date(2026, 12, 6), date(2026, 12, 6)), (date(2026, 12, 5), None)):
        assert next_horizon(instance(person("a"), period_end=end)).settings.period_end == kept


def test_loads_fade_by_a_tenth_and_join_the_week():
    limits = Limits(contract_minutes=100)
    before = PersonHistory(minutes=200, fair_minutes=100)
    week = instance(person("a", limits=limits), visit("v"), history={"a": before})
    past = roll(week, roster(week, ("v", 0, "a", "P", at(0, "09:00")))).history["a"]
    # 0.9 (200 + 60) and 0.9 (100 + 60): alone in a role, all of its work is one's fair share
    assert (past.minutes, past.fair_minutes) == (234, 144)


def test_a_fair_share_is_of_the_work_that_there_was_for_the_role():
    people = [
        person("a", limits=Limits(contract_minutes=100)),
        person("b", limits=Limits(contract_minutes=300)),
        person("c", Role.COUNSELLOR, limits=Limits(contract_minutes=300)),
        person("away", limits=Limits(contract_minutes=300), availability=()),
    ]
    week = instance(*people, visit("v"), visit("w"))
    rows = ("v", 0, "a", "P", at(0, "09:00")), ("w", 0, "a", "P", at(0, "11:00"))
    history = roll(week, roster(week, *rows)).history
    # two hours for contracts of 400 minutes: 30 and 90; who was away owes nothing
    assert [history[key].fair_minutes for key in ("a", "b", "c", "away")] == [27, 81, 0, 0]


def test_who_has_no_contract_has_no_fair_share_of_what_they_did():
    week = instance(person("a", limits=Limits(contract_minutes=None)), visit("v"))
    past = roll(week, roster(week, ("v", 0, "a", "P", at(0, "09:00")))).history["a"]
    assert (past.minutes, past.fair_minutes) == (54, 0)


def test_overtime_adds_up_within_a_month_and_begins_anew():
    limits = Limits(contract_minutes=100)
    before = {"a": PersonHistory(overtime=30)}
    week = instance(person("a", limits=limits), shift("s", at(0, "09:00")), history=before)
    rows = roster(week, ("s", 0, "a", "P", at(0, "09:00")))
    # 240 minutes of 100 agreed: 140, and the 30 before; the next week begins on 30 November
    assert roll(week, rows).history["a"].overtime == 170
    december = next_horizon(week).changed(horizon=Horizon(start=date(2026, 12, 7), days=7))
    assert roll(week, rows, december).history["a"].overtime == 0
    # without an agreed number of hours none is beyond it
    free = week.changed(people=(person("a", limits=Limits()),))
    assert roll(free, rows).history["a"].overtime == 30


def test_weekends_in_a_row_are_counted_on():
    before = {one: PersonHistory(weekends=2) for one in ("a", "b")}
    week = instance(person("a"), person("b"), shift("s", at(5, "09:00")), history=before)
    past = roll(week, roster(week, ("s", 0, "a", "P", at(5, "09:00")))).history
    assert (past["a"].weekends, past["b"].weekends) == (3, 0)


def test_a_weekend_whose_sunday_is_to_come_is_counted_where_its_saturday_was_worked():
    before = {one: PersonHistory(weekends=2) for one in ("a", "b")}
    sunday = Horizon(start=date(2026, 11, 29), days=7)
    week = instance(person("a"), person("b"), shift("s", at(5, "09:00")), days=6, history=before)
    past = roll(
        week,
        roster(week, ("s", 0, "a", "P", at(5, "09:00"))),
        next_horizon(week).changed(horizon=sunday),
    ).history
    # b's Saturday off breaks no run before Sunday is over
    assert (past["a"].weekends, past["b"].weekends) == (3, 2)
    assert (past["a"].week.weekends, past["b"].week.weekends) == (1, 0)


LIMITS = Limits(days_in_row_max=2, rest_minutes=660)
DAYS = st.lists(st.none() | st.sampled_from(["06:00", "14:30"]), min_size=14, max_size=14)


def _span(first: int, starts: list[str | None], **more: Any) -> tuple[Instance, Roster]:
    """Shifts of nine hours and a half on the days that have a start; moments from day `first` on."""
    worked = [(day, start) for day, start in enumerate(starts, first) if start is not None]
    tasks = [shift(f"s{day}", at(day - first, start), duration=570) for day, start in worked]
    span = instance(person("a", limits=LIMITS), *tasks, days=len(starts), **more)
    rows = [(f"s{day}", 0, "a", "P", at(day - first, start)) for day, start in worked]
    return span, roster(span, *rows)


@given(DAYS)
def test_rules_of_the_first_days_see_two_weeks_as_one(starts: list[str | None]) -> None:
    whole, first = Facts(*_span(0, starts)), _span(0, starts[:7])
    second, planned = _span(7, starts[7:])
    later = second.changed(horizon=Horizon(start=date(2026, 11, 30), days=7))
    after = Facts(roll(*first, later), planned)
    for on in (True, False):
        crossing = [run.length for run in work_runs(whole, "a", on=on) if run.end > 7]
        assert crossing == [run.length for run in work_runs(after, "a", on=on) if run.end]
    rest = rules()["min_rest"].violations
    parts = [sum(one.amount for one in rest(facts, "a")) for facts in (Facts(*first), after)]
    assert sum(parts) == sum(one.amount for one in rest(whole, "a"))


@given(instances(), st.data())
def test_rolling_a_valid_instance_gives_a_valid_one(week: Instance, data: st.DataObject) -> None:
    assume(not [one for one in faults(week, rules()) if one.severity == "error"])
    moments = st.integers(0, week.horizon.end - 1)
    people = st.none() | st.sampled_from([one.id for one in week.people])
    rows = [
        (task.id, slot, who, task.place if isinstance(task, Shift) else task.places[0], start)
        for task in tasks(week)
        for slot in range(len(slots(task)))
        if (who := data.draw(people)) is not None
        for start in (data.draw(moments),)
    ]
    rolled = roll(week, roster(week, *rows))
    assert rolled.horizon.start == week.horizon.date(-(-week.horizon.days // 7) * 7)
    assert json_file.read_instance(json_file.dump(rolled).encode()).history == rolled.history
