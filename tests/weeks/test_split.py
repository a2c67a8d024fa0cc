"""A horizon split at any days and rolled has the same breaches, rule by rule, as the unsplit one.

Amounts of the parts are added up. Left out are the rules whose amount is no sum over days:

- `fairness`: what is worked less weighs a tenth less with each week that passes, so that rolling
  once and rolling twice differ on purpose
- `period_minutes`, `period_overtime`, `kind_counts`, `weekends`: their limit is one of the horizon
  that is planned, so that two horizons have two of them (what overtime of a month is left is told by
  history, but a week below contract hours buys the next week none)
- `worst_idle`, `worst_lateness`: the worst of all, which is no sum
- `even_days`: a day's stops cost the more, the more there are, but where a horizon has but one day

A split may lie in a night: who is on a round at 22:00, 01:00 and 04:00 does what comes after midnight in
the following horizon. Of such a night these rules see only the parts, so that they are left out as well:

- `waiting` and `rest_break`: what lies between its two parts is seen by neither horizon

Where a calendar week ends in such a night, the sums of that week are left out too (`weekly_tasks`,
`weekly_minutes`, `rest_day`): history tells the following horizon what its own week holds, not the last.
"""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.facts import Facts
from scheduler.model import (
    Assignment,
    Calendar,
    Horizon,
    Instance,
    Limits,
    Matrix,
    PastStop,
    PastSums,
    PersonHistory,
    Roster,
    Settings,
    Shift,
    Window,
)
from scheduler.rules import keys, rules
from scheduler.weeks.roll import roll
from tests.rules.build import DAY, person, place, shift

NO_SUM = {
    *("fairness", "period_minutes", "period_overtime", "kind_counts", "weekends"),
    *("worst_idle", "worst_lateness", "even_days"),
}
OF_A_NIGHT = {"waiting", "rest_break"}
OF_A_WEEK = {"weekly_tasks", "weekly_minutes", "rest_day"}
HOURS = {
    "early": (360, 480),
    "day": (540, 240),
    "late": (840, 480),
    "evening": (1080, 120),
    "night": (1320, 480),
    "duty": (1080, 1320),
}
"""Kind → start in minutes after midnight, minutes."""
TWO_PLACES = place("P"), place("Q")
PEOPLE = ("a", "b")

limits = st.builds(
    Limits,
    weekly_minutes=st.sampled_from((None, 0, 900, 1800)),
    weekly_tasks=st.sampled_from((None, 0, 2, 5)),
    weekly_days=st.sampled_from((None, 0, 2, 4)),
    daily_minutes=st.sampled_from((500, 550)),
    daily_overtime=st.just(100),
    daily_tasks=st.just(1),
    rest_minutes=st.sampled_from((None, 660, 1000)),
    days_in_row_max=st.sampled_from((None, 3, 4)),
    days_in_row_min=st.sampled_from((None, 2, 3)),
    days_off_min=st.sampled_from((None, 2, 3)),
)
of_a_round = st.sampled_from(((1320,), (1320, 1500), (1320, 1680), (1320, 1500, 1680)))
"""The evening is always worked: who only comes after midnight begins a day of the following horizon."""
worked_day = st.lists(st.sampled_from(sorted(HOURS)), max_size=2, unique=True)


def calendars(start: date) -> st.SearchStrategy[Calendar]:
    """Public holidays and days that make up for them, around the horizon."""
    near = st.integers(-7, 14).map(lambda days: start + timedelta(days=days))
    return st.lists(near, max_size=4, unique=True).map(
        lambda days: Calendar(
            holidays=dict.fromkeys(days[::2], "x"), workdays=dict.fromkeys(days[1::2], "x")
        )
    )


@st.composite
def histories(draw: st.DrawFn, start: date) -> PersonHistory:
    """Nothing, numbers by hand, or the stops of some last days."""
    form = draw(st.sampled_from(("nothing", "numbers", "stops")))
    if form == "nothing":
        return PersonHistory()
    begun = start.isoweekday() > 1
    week = PastSums(minutes=draw(st.integers(0, 1200)), tasks=draw(st.integers(0, 4)))
    if form == "numbers":
        on = draw(st.integers(0, 4))
        return PersonHistory(
            run_on=on,
            run_off=0 if on else draw(st.integers(0, 4)),
            last_end=draw(st.sampled_from((None, -600, 360))),
            last_kinds=("night",) if on else (),
            weekends=draw(st.integers(0, 2)),
            week=week if begun else None,
        )
    days = sorted(draw(st.sets(st.integers(-9, -1))))
    kinds = [draw(st.sampled_from(sorted(HOURS))) for _ in days]
    stops = tuple(
        PastStop(
            kind=kind, place="P", start=day * DAY + HOURS[kind][0], end=day * DAY + sum(HOURS[kind])
        )
        for day, kind in zip(days, kinds, strict=True)
    )
    first = draw(st.integers(-12, min(days, default=0)))
    return PersonHistory(stops=stops, since=start + timedelta(days=first))


def _in_ticks(record, per_minute: int):
    """A history of minutes in ticks."""
    week = record.week and record.week.model_copy(
        update={"minutes": record.week.minutes * per_minute}
    )
    stops = tuple(
        stop.model_copy(update={"start": stop.start * per_minute, "end": stop.end * per_minute})
        for stop in record.stops
    )
    end = None if record.last_end is None else record.last_end * per_minute
    return record.model_copy(update={"week": week, "stops": stops, "last_end": end})


@st.composite
def spans(draw: st.DrawFn) -> tuple[Instance, Roster]:
    """Eight to fourteen days of two people from any weekday on, with what came before."""
    start = date(2026, 11, 23) + timedelta(days=draw(st.integers(0, 6)))
    per_minute = draw(st.sampled_from((1, 10)))
    horizon = Horizon(start=start, days=draw(st.integers(8, 14)), ticks_per_minute=per_minute)
    shifts: list[Shift] = []
    parts: list[Assignment] = []
    rounds = {who: draw(st.booleans()) for who in PEOPLE}
    for who in PEOPLE:
        for day in range(horizon.days):
            work = [
                (kind, *HOURS[kind], "P" if rounds[who] else draw(st.sampled_from("PQ")))
                for kind in draw(worked_day)
            ]
            if rounds[who] and draw(st.booleans()):
                work += [("round", begin, 30, "P") for begin in draw(of_a_round)]
            for kind, begin, length, where in work:
                at, ticks = (day * DAY + begin) * per_minute, length * per_minute
                if at >= horizon.end:
                    continue
                name = f"{who}{day}{kind}{begin}"
                shifts.append(shift(name, at, duration=ticks, kind=kind, place=where))
                parts.append(
                    Assignment(task=name, slot=0, person=who, place=where, start=at, end=at + ticks)
                )
    there = (Window(start=0, end=horizon.end + horizon.day_ticks),)
    people = [
        person(
            who,
            availability=there,
            limits=_limits(draw(limits), per_minute),
            start_place=draw(st.sampled_from((None, "P" if rounds[who] else "Q"))),
            end_place=draw(st.sampled_from((None, "P"))),
        )
        for who in PEOPLE
    ]
    instance = Instance(
        id="whole",
        horizon=horizon,
        places=TWO_PLACES,
        people=tuple(people),
        shifts=tuple(shifts),
        history={who: _in_ticks(draw(histories(start)), per_minute) for who in PEOPLE},
        settings=Settings(
            travel=Matrix(places=("P", "Q"), minutes=((0, 20), (20, 0))),
            travel_counts=draw(st.booleans()),
            calendar=draw(calendars(start)),
            forbidden_sequences=(("night", "early"), ("late", "early"), ("night", "night")),
        ),
    )
    return instance, Roster(instance="whole", horizon=horizon, assignments=tuple(parts))


def _limits(record: Limits, per_minute: int) -> Limits:
    ticks = {
        name: value * per_minute
        for name in ("weekly_minutes", "daily_minutes", "daily_overtime", "rest_minutes")
        if (value := getattr(record, name)) is not None
    }
    return record.model_copy(update=ticks)


def part(whole: Instance, roster: Roster, first: int, end: int) -> tuple[Instance, Roster]:
    """Days [first, end) as an instance and a roster of their own, without history."""
    horizon = Horizon(
        start=whole.horizon.date(first),
        days=end - first,
        ticks_per_minute=whole.horizon.ticks_per_minute,
    )
    moved = first * horizon.day_ticks

    def inside(start: int) -> bool:
        return moved <= start < end * horizon.day_ticks

    shifts = [
        one.model_copy(update={"start": one.start - moved})
        for one in whole.shifts
        if inside(one.start)
    ]
    parts = [
        one.model_copy(update={"start": one.start - moved, "end": one.end - moved})
        for one in roster.assignments
        if inside(one.start)
    ]
    instance = whole.changed(horizon=horizon, shifts=tuple(shifts), history={})
    return instance, roster.model_copy(update={"horizon": horizon, "assignments": tuple(parts)})


def breaches(instance: Instance, roster: Roster) -> dict[str, int]:
    """Rule → amount of all its violations; only rules that are sums over days."""
    facts = Facts(instance, roster)
    return {
        name: sum(
            found.amount for key in keys(facts, rule.scope) for found in rule.violations(facts, key)
        )
        for name, rule in rules().items()
        if name not in NO_SUM
    }


@settings(max_examples=200, deadline=None)
@given(spans(), st.data())
def test_a_split_horizon_has_the_breaches_of_the_whole(
    span: tuple[Instance, Roster], data: st.DataObject
) -> None:
    whole, roster = span
    days = whole.horizon.days
    cuts = sorted(data.draw(st.sets(st.integers(1, days - 1), min_size=1, max_size=2)))
    instance, planned = part(whole, roster, 0, cuts[0])
    instance = instance.changed(history=whole.history)
    added, left_out = breaches(instance, planned), set()
    for first, end in zip(cuts, [*cuts[1:], days], strict=True):
        following, later = part(whole, roster, first, end)
        instance, planned = roll(instance, planned, following, carry=False), later
        if any(-1 in days for days in Facts(instance, planned).by_day.values()):
            left_out |= OF_A_NIGHT
            if instance.horizon.start.isoweekday() == 1:
                left_out |= OF_A_WEEK
        for rule, amount in breaches(instance, planned).items():
            added[rule] += amount
    unsplit = breaches(whole, roster)
    for rule in unsplit.keys() - left_out:
        assert (rule, added[rule]) == (rule, unsplit[rule])
