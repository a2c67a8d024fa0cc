"""Any two people's ten days cost the same by the rules' definitions and by what they lowered."""

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from scheduler.facts import Facts
from scheduler.model import (
    Area,
    Break,
    Horizon,
    Limits,
    PastStop,
    PastSums,
    PersonHistory,
    RuleSetting,
    Window,
    Wish,
)
from scheduler.rules import rules
from tests.rules.build import DAY, at, instance, person, place, roster, visit, window
from tests.rules.engine import cost, priced

RULES = tuple(rule.id for rule in rules().values() if rule.scope == "person")
ONLY_THESE = {rule: RuleSetting(on=rule in RULES) for rule in rules()}
DAYS = 10
WAYS = {("P", "Q"): 15, ("S", "P"): 10, ("S", "Q"): 20}
AREAS = Area(id="g", name="g", kind="grid"), Area(id="m", name="m", kind="micro_grid", parent="g")
PLACES = place("P", area="m"), place("Q", area="m"), place("S", area="g")
WISHES = (
    Wish(want=False, days=(date(2026, 11, 25),), weight=3),
    Wish(kind="night", weight=5),
    Wish(want=False, place="Q", weight=2),
)
LIMITS = Limits(
    daily_minutes=300,
    daily_overtime=60,
    period_overtime=50,
    weekly_minutes=900,
    contract_minutes=700,
    period_minutes_max=1500,
    period_minutes_min=400,
    daily_tasks=2,
    weekly_tasks=5,
    rest_minutes=660,
    days_in_row_max=3,
    days_in_row_min=2,
    days_off_min=2,
    weekly_days=4,
    weekends=0,
    kind_counts={"night": 2},
    days_off_max=3,
    complete_weekends=True,
    period_tasks_max=6,
    period_tasks_min=3,
    kind_in_row_max={"night": 1, "check": 3},
    kind_in_row_min={"night": 2},
    rest_after_run={"night": 2880, "check": 900},
    rest_after_run_from={"night": 2},
    breaks=Break(start=690, end=810, minutes=45, beyond=120, within=240),
)
RESTLESS = LIMITS.model_copy(update={"rest_minutes": None, "evening_from": 20 * 60})
DAYTIME = tuple(window(day, "07:00", "21:00") for day in range(DAYS))
NIGHTS = Window(start=at(3, "22:00"), end=at(4, "06:00")), Window(start=at(6), end=at(8))

stop = some.tuples(
    some.sampled_from("PQ"),
    some.sampled_from(("check", "night")),
    some.integers(15, 400),
    some.integers(0, 90),
)
day_of_work = some.tuples(some.integers(0, DAY - 1), some.lists(stop, min_size=1, max_size=3))
ten_days = some.dictionaries(some.integers(0, DAYS - 1), day_of_work, max_size=DAYS)
numbers = some.builds(
    PersonHistory,
    minutes=some.integers(0, 900),
    fair_minutes=some.integers(0, 900),
    overtime=some.integers(0, 90),
    run_on=some.integers(0, 3),
    last_end=some.none() | some.integers(-600, 60),
    run_off=some.integers(0, 2),
    last_kinds=some.sampled_from(((), ("night",))),
    kind_runs=some.sampled_from(({}, {"night": 1}, {"night": 3}, {"check": 2})),
    weekends=some.integers(0, 1),
    week=some.none()
    | some.builds(PastSums, minutes=some.integers(0, 1200), tasks=some.integers(0, 6)),
    period=some.none()
    | some.builds(PastSums, tasks=some.integers(0, 8), weekends=some.integers(0, 2)),
)


@some.composite
def stops(draw):
    """Days of the last week with a stop, some of them a night's, told in full since some day."""
    worked = draw(some.sets(some.integers(-7, -1)))
    starts = {day: draw(some.sampled_from(("08:00", "20:00"))) for day in worked}
    told = tuple(
        PastStop(
            kind=draw(some.sampled_from(("check", "night"))),
            start=at(day, start),
            end=at(day, start) + 360,
        )
        for day, start in sorted(starts.items())
    )
    first = min(worked, default=0)
    since = draw(some.none() | some.integers(-9, first))
    return told, since


start_days = some.integers(0, 6).map(lambda more: date(2026, 11, 23 + more))


def work(who, days):
    """Visits and rows of one person's days: each stop starts its wait after the way from the last."""
    visits, rows = [], []
    for day, (begin, stops) in days.items():
        moment, where = day * DAY + begin, None
        for at_place, kind, duration, wait in stops:
            if where is not None:
                moment += wait + (0 if where == at_place else WAYS["P", "Q"])
            if moment >= (day + 1) * DAY:
                break
            name = f"{who}{day}.{len(visits)}"
            whole = (Window(start=0, end=DAYS * DAY),)
            visits.append(visit(name, places=at_place, kind=kind, duration=duration, windows=whole))
            rows.append((name, 0, who, at_place, moment))
            moment, where = moment + duration, at_place
    return visits, rows


def overlaps(two, rows):
    """Whether a working day has stops that engines would push apart, or one within work of the week before."""
    past = {who: [stop.end for stop in before.stops] for who, before in two.history.items()}
    if any(start < end for _, _, who, _, start in rows for end in past.get(who, ())):
        return True
    facts = Facts(two, roster(two, *rows))
    legs = (leg for who in "ab" for day in facts.by_day[who] for leg in facts.legs(who, day))
    return any(a and b and a.end + way > b.start for a, b, way in legs)


@settings(max_examples=100, deadline=None)
@given(ten_days, ten_days, numbers, stops(), start_days)
def test_any_ten_days_cost_the_same_both_ways(first, second, scalars, told, start):
    facts, since = told
    known = None if since is None else start + timedelta(days=since)
    history = {"a": scalars, "b": PersonHistory(stops=facts, since=known)}
    visits, rows = work("a", first)
    more, more_rows = work("b", second)
    two = instance(
        person(
            "a", limits=LIMITS, wishes=WISHES, availability=(*DAYTIME, *NIGHTS), start_place="S"
        ),
        person("b", limits=RESTLESS, availability=DAYTIME, end_place="S"),
        *AREAS,
        *PLACES,
        *visits,
        *more,
        days=DAYS,
        ways=WAYS,
        weights=ONLY_THESE,
        history=history,
        forbidden_sequences=(("night", "check"), ("night", "night")),
    )
    two = two.changed(horizon=Horizon(start=start, days=DAYS))
    rows = (*rows, *more_rows)
    assume(not overlaps(two, rows))
    assert priced(two, RULES, *rows) == sum(cost(rule, two, *rows) for rule in RULES)
