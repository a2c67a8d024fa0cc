from datetime import date

from scheduler.lowered.price import HARD
from scheduler.model import Calendar, Instance, Limits, Role
from tests.rules.build import MONDAY, amounts, at, instance, limited, lowered, person, shift
from tests.rules.engine import priced

FESTIVAL = {
    MONDAY.replace(day=24): "festival",
    MONDAY.replace(day=26): "",
    MONDAY.replace(day=27): "",
}


def tiny() -> Instance:
    people = limited("A", public_holidays=1), limited("B", public_holidays=0), limited("C")
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (0, 1, 3)]
    patrol = shift("p", at(1, "18:00"), kind="patrol")
    calendar = Calendar(holidays=FESTIVAL, open_kinds=("patrol",))
    return instance(*people, *tasks, patrol, days=4, calendar=calendar)


SHIFTS = [shift(f"s{day}", at(day, "08:00")) for day in range(7)]
PATROLS = [shift(f"p{day}", at(day, "14:00"), kind="patrol") for day in range(7)]


def week(limit: int | None, *open_kinds: str) -> Instance:
    calendar = Calendar(holidays=FESTIVAL, open_kinds=open_kinds)
    who = person("a", limits=Limits(public_holidays=limit))
    return instance(who, *SHIFTS, *PATROLS, calendar=calendar)


def rows(*names):
    clock = {"s": "08:00", "p": "14:00"}
    return [(name, 0, "a", "P", at(int(name[1]), clock[name[0]])) for name in names]


def test_each_holiday_with_work_beyond_the_limit_counts_once():
    # Tuesday, Thursday and Friday are holidays; Tuesday's two shifts are one.
    worked = rows("s0", "s1", "p1", "s2", "s3", "s4")
    for limit, over in ((0, 3), (1, 2), (2, 1)):
        assert amounts("public_holidays", week(limit), *worked) == {"a": [over]}
        assert priced(week(limit), ("public_holidays",), *worked) == over * HARD
    assert amounts("public_holidays", week(3), *worked) == {}
    assert len(lowered(week(3), "public_holidays").total.person) == 0


def test_the_days_beside_a_holiday_and_the_weekend_are_none():
    worked = rows("s0", "s2", "s5", "s6")
    assert amounts("public_holidays", week(0), *worked) == {}
    assert priced(week(0), ("public_holidays",), *worked) == 0


def test_a_night_into_a_holiday_is_work_on_it_and_one_until_midnight_is_not():
    calendar = Calendar(holidays=FESTIVAL)
    nights = [
        shift(name, at(day, "20:00"), duration=minutes)
        for name, day, minutes in (("into", 0, 241), ("until", 0, 240), ("through", 2, 1700))
    ]
    week = instance(person("a", limits=Limits(public_holidays=0)), *nights, calendar=calendar)

    def row(name, day):
        return (name, 0, "a", "P", at(day, "20:00"))

    assert amounts("public_holidays", week, row("until", 0)) == {}
    assert priced(week, ("public_holidays",), row("until", 0)) == 0
    assert amounts("public_holidays", week, row("into", 0)) == {"a": [1]}
    assert priced(week, ("public_holidays",), row("into", 0)) == HARD
    # From Wednesday 20:00 to Friday 00:20: Thursday and Friday.
    assert amounts("public_holidays", week, row("through", 2)) == {"a": [2]}
    assert priced(week, ("public_holidays",), row("through", 2)) == 2 * HARD


def test_kinds_that_go_on_on_holidays_do_not_count():
    worked = rows("p1", "p3", "s4", "p4")
    assert amounts("public_holidays", week(0, "patrol"), *worked) == {"a": [1]}
    assert priced(week(0, "patrol"), ("public_holidays",), *worked) == HARD
    assert amounts("public_holidays", week(0), *worked) == {"a": [3]}


def test_without_a_limit_or_a_calendar_nothing_counts():
    worked = rows("s1", "s3")
    assert amounts("public_holidays", week(None), *worked) == {}
    plain = instance(person("a", limits=Limits(public_holidays=0)), *SHIFTS, *PATROLS)
    assert amounts("public_holidays", plain, *worked) == {}
    assert len(lowered(plain, "public_holidays").total.person) == 0


def test_a_role_may_be_off_and_its_people_not():
    calendar = Calendar(holidays=FESTIVAL)
    limits = {Role.GRID_WORKER: Limits(public_holidays=0)}
    people = person("a"), person("b", limits=Limits(public_holidays=None))
    off = instance(*people, *SHIFTS, calendar=calendar, limits=limits)
    worked = [*rows("s1"), ("s3", 0, "b", "P", at(3, "08:00"))]
    assert amounts("public_holidays", off, *worked) == {"a": [1]}


def test_the_national_day_week_of_2026():
    # Thursday 1 to Wednesday 7 October; the horizon ends on Sunday the 4th.
    first = date(2026, 9, 28)
    week = instance(
        person("a", limits=Limits(public_holidays=0)), *SHIFTS, calendar=Calendar(country="cn")
    )
    week = week.changed(horizon=week.horizon.model_copy(update={"start": first}))
    assert amounts("public_holidays", week, *rows(*(f"s{day}" for day in range(7)))) == {"a": [4]}
