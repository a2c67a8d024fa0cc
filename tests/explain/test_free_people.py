"""Who is free: against stops, ways, leave, rests and limits, each by hand."""

import pytest

from scheduler.explain.free_people import free_people
from scheduler.facts import Facts
from scheduler.model import Area, Break, Limits, Role, Window
from tests.rules.build import PQR, PQR_WAYS, at, instance, limited, person, roster, visit, window

AFTERNOON = (window(0, "13:00", "18:00"),)


def spans(week, made=None, windows=AFTERNOON, **asked) -> dict[str, list[tuple[str, str]]]:
    """Person → free spans as day and clock times, in the order of the answer."""
    facts = Facts(week, made or roster(week))
    found = free_people(facts, windows, **asked)
    return {free.person: [(_clock(a), _clock(b)) for a, b in free.spans] for free in found}


def _clock(moment: int) -> str:
    day, minutes = divmod(moment, 1440)
    return f"{day} {minutes // 60:02}:{minutes % 60:02}"


def hours(*given: tuple[int, str, str]) -> dict:
    return {"availability": tuple(window(*one) for one in given)}


def test_who_is_there_and_not_at_work_is_free() -> None:
    week = instance(
        limited("A", **hours((0, "08:00", "17:00"))),
        limited("B", **hours((0, "08:00", "12:00"))),
        visit("V"),
    )
    made = roster(week, ("V", 0, "A", "P", at(0, "14:00")))
    assert spans(week, made) == {"A": [("0 13:00", "0 14:00"), ("0 15:00", "0 17:00")]}


def test_leave_is_no_free_time() -> None:
    away = limited("A", **hours((0, "08:00", "18:00"))).model_copy(
        update={"leave": (window(0, "13:00", "16:00"),)}
    )
    assert spans(instance(away)) == {"A": [("0 16:00", "0 18:00")]}


def test_the_way_to_the_next_stop_is_taken_off_and_with_a_place_all_ways() -> None:
    # P and Q are 25 minutes apart, P and R 10, Q and R 40. At P till three, at Q from five.
    week = instance(*PQR, limited("A"), visit("V"), visit("W", places="Q"), ways=PQR_WAYS)
    made = roster(week, ("V", 0, "A", "P", at(0, "14:00")), ("W", 0, "A", "Q", at(0, "17:00")))
    between = (window(0, "14:30", "17:30"),)
    assert spans(week, made, between) == {"A": [("0 15:00", "0 16:35")]}
    assert spans(week, made, between, place="R") == {"A": [("0 15:10", "0 16:20")]}


def test_what_is_shorter_than_asked_for_is_none() -> None:
    week = instance(limited("A"), visit("V"), visit("W"))
    made = roster(week, ("V", 0, "A", "P", at(0, "13:00")), ("W", 0, "A", "P", at(0, "14:40")))
    within = (window(0, "13:00", "14:40"),)
    assert spans(week, made, within, least=40) == {"A": [("0 14:00", "0 14:40")]}
    assert spans(week, made, within, least=41) == {}


def test_half_an_hour_is_asked_for_unless_said() -> None:
    week = instance(limited("A"))
    assert spans(week, windows=(window(0, "13:00", "13:30"),)) == {"A": [("0 13:00", "0 13:30")]}
    assert spans(week, windows=(window(0, "13:00", "13:29"),)) == {}


def test_the_rest_after_a_late_day_is_owed() -> None:
    week = instance(limited("A", rest_minutes=660), visit("V"))
    made = roster(week, ("V", 0, "A", "P", at(0, "22:00")))
    morning = (window(1, "08:00", "12:00"),)
    # Ended at eleven in the evening; eleven hours on it is ten.
    assert spans(week, made, morning) == {"A": [("1 10:00", "1 12:00")]}


def test_a_break_owed_is_kept_free() -> None:
    owed = Break.model_validate({"from": 690, "to": 810, "minutes": 60})
    week = instance(limited("A", breaks=owed), visit("V"), visit("W"))
    made = roster(week, ("V", 0, "A", "P", at(0, "08:00")), ("W", 0, "A", "P", at(0, "17:00")))
    noon = (window(0, "11:30", "13:30"),)
    # An hour of the two has to stay: 60 minutes of work fit before or after it, and no more.
    assert spans(week, made, noon, least=60) == {"A": [("0 11:30", "0 13:30")]}
    assert spans(week, made, noon, least=61) == {}


@pytest.mark.parametrize(
    ("limits", "free"),
    [
        ({"weekly_minutes": 90}, True),
        ({"weekly_minutes": 89}, False),
        ({"daily_minutes": 90, "daily_overtime": 0}, True),
        ({"daily_minutes": 89, "daily_overtime": 0}, False),
        ({"weekly_tasks": 2}, True),
        ({"weekly_tasks": 1}, False),
        ({"daily_tasks": 1}, False),
        ({"period_minutes_max": 80}, False),
    ],
)
def test_nobody_is_free_beyond_a_hard_limit(limits, free) -> None:
    week = instance(limited("A", **limits), visit("V"))
    made = roster(week, ("V", 0, "A", "P", at(0, "09:00")))
    assert ("A" in spans(week, made)) is free


def test_days_that_may_not_be_worked_are_not_free() -> None:
    days = [visit(f"V{day}") for day in range(3)]
    week = instance(limited("A", days_in_row_max=3), *days)
    made = roster(week, *((f"V{day}", 0, "A", "P", at(day, "09:00")) for day in range(3)))
    wednesday, thursday = (window(day, "13:00", "14:00") for day in (2, 3))
    assert spans(week, made, (wednesday,))
    assert spans(week, made, (thursday,)) == {}
    # Asked about both, only the day is left out that cannot be.
    assert spans(week, made, (wednesday, thursday)) == {"A": [("2 13:00", "2 14:00")]}


def test_skill_role_and_area_are_asked_for() -> None:
    from datetime import date

    areas = (
        Area(id="town", name="T", kind="community"),
        Area(id="grid", name="G", kind="grid", parent="town"),
        Area(id="else", name="E", kind="community"),
    )
    week = instance(
        *areas,
        person("A", skills={"first aid": 1}, areas=("grid",)),
        person("B", skills={"first aid": 1}, skill_until={"first aid": date(2026, 11, 22)}),
        person("C", role=Role.COUNSELLOR, areas=("else",)),
        person("D", skills={"first aid": 1}, skill_until={"first aid": date(2026, 11, 23)}, areas=("town",)),
    )  # fmt: skip
    assert list(spans(week)) == ["A", "B", "C", "D"]
    assert list(spans(week, skill="first aid")) == ["A", "D"]
    assert list(spans(week, role=Role.COUNSELLOR)) == ["C"]
    assert list(spans(week, area="grid")) == ["A", "B", "D"]
    assert list(spans(week, area="else")) == ["B", "C"]


def test_a_night_is_one_span() -> None:
    week = instance(limited("A"))
    night = (Window(start=at(0, "22:00"), end=at(1, "06:00")),)
    assert spans(week, windows=night) == {"A": [("0 22:00", "1 06:00")]}


def test_the_longest_free_come_first_then_the_least_used() -> None:
    full = hours((0, "08:00", "18:00"))
    contract = Limits(contract_minutes=600)
    week = instance(
        person("short", limits=contract, **hours((0, "08:00", "14:00"))),
        person("used", limits=contract, **full),
        person("fresh", limits=contract, **full),
        visit("V"),
    )
    made = roster(week, ("V", 0, "used", "P", at(0, "09:00")))
    assert list(spans(week, made)) == ["fresh", "used", "short"]


def test_hours_left_are_those_of_the_calendar_week() -> None:
    both = {"availability": (Window(start=0, end=at(14)),)}
    people = limited("A", weekly_minutes=300, **both), limited("B", **both)
    week = instance(*people, visit("V"), days=14)
    made = roster(week, ("V", 0, "A", "P", at(1, "09:00")))
    for day, left in ((0, 240), (7, 300)):
        found = free_people(Facts(week, made), (window(day, "13:00", "15:00"),))
        assert {free.person: free.week_left for free in found} == {"A": left, "B": None}
