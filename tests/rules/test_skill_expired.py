from datetime import date

from scheduler.lowered.price import HARD
from scheduler.model import Instance, Level, Need, RuleSetting, Slot, Window
from scheduler.rules import rules
from tests.rules.build import (
    amounts,
    at,
    instance,
    lowered,
    morning,
    person,
    roster,
    shift,
    visit,
    window,
)
from tests.rules.engine import able, cost, priced


def tiny() -> Instance:
    people = (
        person("A", skills={"talk": 2}, skill_until={"talk": date(2026, 11, 23)}),
        person("B", skills={"talk": 1}, skill_until={"talk": date(2026, 11, 22)}),
    )
    tasks = (
        morning("v", Slot(skills={"talk": 1}), Slot(), days=(0, 1)),
        shift("s", at(1, "14:00"), Need(skills={"talk": 2}), Need()),
    )
    return instance(*people, person("C", skills={"talk": 2}), *tasks, days=2)


def week(last, **more):
    who = person(
        "a", skills={"aid": 3, "talk": 1, "sing": 1}, skill_until={"aid": last, "sing": last}
    )
    return instance(
        who,
        visit("v", Slot(skills={"aid": 2, "talk": 1}), Slot(skills={"dance": 1})),
        visit("w", Slot(skills={"aid": 4, "sing": 1})),
        visit("x"),
        days=4,
        **more,
    )


def stop(task, day, slot=0):
    return task, slot, "a", "P", at(day, "09:00")


def both(last, *rows):
    """Amounts, which the primitives price alike."""
    own = week(last)
    found = amounts("skill_expired", own, *rows).get("a", [])
    assert priced(own, ("skill_expired",), *rows) == cost("skill_expired", own, *rows)
    return found


def test_the_last_day_still_counts_and_the_next_no_more():
    assert both(date(2026, 11, 24), stop("v", 1)) == []
    # two levels of first aid were asked for, and held
    assert both(date(2026, 11, 24), stop("v", 2)) == [2]
    assert both(date(2026, 11, 30), stop("v", 3)) == []


def test_a_night_belongs_to_the_day_on_which_it_begins():
    nights = tuple(Window(start=at(day, "21:30"), end=at(day + 1, "06:00")) for day in range(3))
    skill = {"skills": {"aid": 1}, "skill_until": {"aid": date(2026, 11, 23)}}
    rounds = [
        visit(f"{day}-{clock}", Slot(skills={"aid": 1}), windows=(window(day, clock, later),))
        for day, clock, later in (
            (0, "22:00", "22:30"),
            (1, "01:00", "01:30"),
            (1, "22:00", "22:30"),
        )
    ]
    own = instance(person("a", availability=nights, **skill), *rounds, days=4)
    rows = [(one.id, 0, "a", "P", one.windows[0].start) for one in rounds]
    # One in the morning of Tuesday is still the night of Monday, the last day; Tuesday's night is not.
    assert amounts("skill_expired", own, *rows[:2]) == {}
    assert amounts("skill_expired", own, *rows) == {"a": [1]}
    assert priced(own, ("skill_expired",), *rows[:2]) == 0
    assert priced(own, ("skill_expired",), *rows) == HARD


def test_only_levels_that_were_there_are_lost():
    # of four levels three were held; singing is lost as well, and dancing never was
    assert both(date(2026, 11, 23), stop("w", 1)) == [3, 1]
    assert both(date(2026, 11, 23), stop("v", 1, 1)) == []
    assert both(date(2026, 11, 23), stop("x", 1)) == []


def test_each_stop_counts():
    assert both(date(2026, 11, 23), stop("v", 1), stop("w", 3)) == [2, 3, 1]


def test_who_has_it_no_longer_is_forbidden():
    own = week(date(2026, 11, 22))
    assert able("skill_expired", own, "v") == []
    assert able("skill_expired", own, "x") == ["a"]
    assert lowered(own, "skill_expired").total.person.tolist() == []
    assert amounts("skill_expired", own, stop("v", 0)) == {"a": [2]}


def test_softened_each_level_has_its_price():
    soft = {"skill_expired": RuleSetting(level=Level.SOFT, weight=5)}
    own = week(date(2026, 11, 23), weights=soft)
    assert priced(own, ("skill_expired",), stop("v", 0), stop("w", 1)) == 20
    gone = week(date(2026, 11, 22), weights=soft)
    assert priced(gone, ("skill_expired",), stop("v", 0), stop("w", 1)) == 30


def test_a_last_day_behind_the_horizon_costs_nothing():
    own = week(date(2026, 11, 26))
    assert lowered(own, "skill_expired").total.person.tolist() == []
    assert priced(own, ("skill_expired",), stop("w", 3)) == 0
    assert priced(week(date(2026, 11, 25)), ("skill_expired",), stop("w", 3)) == 4 * HARD


def test_renewed_the_skills_that_the_work_asks_for_last_to_its_last_day():
    own = week(date(2026, 11, 22))
    work = roster(own, stop("v", 1), stop("w", 2)).assignments
    who = rules()["skill_expired"].relaxed(own, own.people[0], 6, work)
    assert who.skill_until == {"aid": date(2026, 11, 25), "sing": date(2026, 11, 25)}
    who = rules()["skill_expired"].relaxed(own, own.people[0], 2, work[:1])
    assert who.skill_until == {"aid": date(2026, 11, 24), "sing": date(2026, 11, 22)}
    late = week(date(2026, 12, 24))
    assert rules()["skill_expired"].relaxed(late, late.people[0], 0, work) == late.people[0]
