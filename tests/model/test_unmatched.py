"""What nothing would come of is told: people without hours, places, kinds and wishes that match nothing."""

from typing import Any

import pytest

from scheduler.messages import LANGS
from scheduler.messages.problems import explain
from scheduler.model import (
    Area,
    Case,
    Duty,
    Household,
    Instance,
    Limits,
    Need,
    Problem,
    Role,
    RuleSetting,
    Slot,
    Window,
    Wish,
)
from scheduler.model.faults import faults
from tests.rules.build import MONDAY, at, instance, person, place, shift, visit

TREE = (
    Area(id="street", name="street", kind="street"),
    Area(id="north", name="north", kind="community", parent="street"),
    Area(id="south", name="south", kind="community", parent="street"),
)
NORTH, SOUTH = place("N", area="north"), place("S", area="south")


def told(week: Instance) -> list[Problem]:
    problems = faults(week)
    assert all(one.severity == "warning" for one in problems), problems
    for problem in problems:
        assert all(all(explain(problem, lang)) for lang in LANGS)
    return problems


def places(week: Instance) -> list[tuple[str, str]]:
    return [(one.code, one.pointer) for one in told(week)]


def areas(*records: Any, **more: Any) -> Instance:
    return instance(*records, **more).changed(areas=TREE)


# ---- nothing at all ----


def test_a_week_without_work_and_without_people_says_both() -> None:
    assert places(instance()) == [("no_work", "/visits"), ("no_people", "/people")]
    assert places(instance(person("A"))) == [("no_work", "/visits")]
    assert places(instance(visit("v"), shift("s", 0))) == [("no_people", "/people")]


def test_work_that_may_fall_due_is_work() -> None:
    home = Household(id="h", name="h", place="P")
    due = Duty(id="d", household="h", name="d")
    assert places(instance(person("A"), home, due)) == []
    assert places(instance(person("A"), Case(id="c", name="c", kind="k", places=("P",)))) == []


# ---- hours ----


@pytest.mark.parametrize(
    ("hours", "without"),
    [
        ((), True),
        ((Window(start=-60, end=0),), True),
        ((Window(start=-60, end=1),), False),
        ((Window(start=at(7), end=at(8)),), True),
        ((Window(start=at(7) - 1, end=at(8)),), False),
    ],
)
def test_hours_count_that_touch_the_week(hours: tuple[Window, ...], without: bool) -> None:
    week = instance(person("A"), person("B", availability=hours), visit("v"))
    codes = [one.code for one in told(week)]
    assert ("person_without_hours" in codes) == without


def test_whoever_is_on_leave_all_week_has_hours() -> None:
    away = person("B", leave=(Window(start=0, end=at(7)),))
    assert places(instance(person("A"), away, visit("v"))) == []


def test_hours_are_not_asked_for_where_the_rule_is_off_or_soft() -> None:
    for setting in (RuleSetting(on=False), RuleSetting(level="soft")):
        week = instance(person("A", availability=()), visit("v"), weights={"availability": setting})
        assert places(week) == []


def test_what_comes_of_missing_hours_is_not_told_again() -> None:
    week = instance(person("A", availability=()), visit("v"), shift("s", at(0, "09:00")))
    assert places(week) == [("person_without_hours", "/people/0/availability")]


# ---- areas ----


def test_a_place_in_nobodys_area_is_told_once_with_the_work_there() -> None:
    week = areas(
        person("A", areas=("north",)),
        NORTH,
        SOUTH,
        visit("n", places="N"),
        visit("s", places="S"),
        visit("t", places="S"),
    )
    [problem] = told(week)
    assert (problem.code, problem.pointer, problem.value) == (
        "place_in_no_area",
        "/places/1/area",
        "S",
    )
    assert problem.slots == {"work": "s"}


@pytest.mark.parametrize("covering", [("south",), ("street",), ()])
def test_a_place_is_covered_by_its_area_by_one_above_or_by_somebody_from_anywhere(
    covering: tuple[str, ...],
) -> None:
    who = person("A", areas=("north",)), person("B", areas=covering)
    assert places(areas(*who, SOUTH, visit("s", places="S"))) == []


def test_a_place_is_not_covered_by_somebody_who_cannot_do_the_work_there() -> None:
    who = person("A", areas=("north",)), person("B", Role.COUNSELLOR)
    week = areas(*who, SOUTH, shift("s", 0, Need(roles=(Role.GRID_WORKER,)), place="S"))
    assert places(week) == [("place_in_no_area", "/places/0/area")]


def test_a_place_without_an_area_or_without_work_is_open() -> None:
    assert places(areas(person("A", areas=("north",)), SOUTH, visit("v"))) == []


def test_a_visit_lies_where_its_household_lives() -> None:
    home = Household(id="h", name="h", place="S")
    week = areas(person("A", areas=("north",)), NORTH, SOUTH, home)
    assert places(week.changed(visits=(visit("v", places="N", household="h"),))) == [
        ("place_in_no_area", "/places/1/area")
    ]
    assert places(week.changed(duties=(Duty(id="d", household="h", name="d"),))) == [
        ("place_in_no_area", "/places/1/area")
    ]
    assert places(
        week.changed(cases=(Case(id="c", name="c", kind="k", household="h", places=("N",)),))
    ) == [("place_in_no_area", "/places/1/area")]


def test_areas_are_not_asked_for_where_the_rule_is_off() -> None:
    off = {"area": RuleSetting(on=False)}
    week = areas(person("A", areas=("north",)), SOUTH, visit("s", places="S"), weights=off)
    assert places(week) == []


# ---- consent ----


def test_a_kind_that_nobody_agreed_to_is_told_once_with_what_they_did_agree_to() -> None:
    week = instance(person("A", agreed=("patrols", "door")), shift("s", 0, kind="patrol"), visit("v", kind="door"), shift("t", 0, kind="patrol"))  # fmt: skip
    problem = told(week)[0]
    assert (problem.code, problem.pointer, problem.value) == (
        "kind_not_agreed",
        "/shifts/0/kind",
        "patrol",
    )
    assert problem.slots == {"count": "1", "suggestion": "patrols"}
    assert [one.code for one in told(week)].count("kind_not_agreed") == 1


def test_one_who_agreed_or_has_no_list_is_enough_if_fit() -> None:
    unwilling = person("A", agreed=("door",))
    door, patrol = visit("d", kind="door"), shift("s", 0, kind="patrol")
    assert places(instance(unwilling, person("B", agreed=("patrol",)), door, patrol)) == []
    assert places(instance(unwilling, person("B"), door, patrol)) == []
    counsellor = person("B", Role.COUNSELLOR)
    need = Need(roles=(Role.GRID_WORKER,))
    assert places(instance(unwilling, counsellor, door, shift("s", 0, need, kind="patrol"))) == [
        ("kind_not_agreed", "/shifts/0/kind")
    ]


def test_a_headcount_that_may_be_empty_asks_nobody() -> None:
    needs = Need(minimum=0, target=0, maximum=2), Need(minimum=0, target=1)
    agreed = person("A", agreed=("door",))
    for need, expected in zip(needs, ([], ["kind_not_agreed"]), strict=True):
        week = instance(agreed, visit("d", kind="door"), shift("s", 0, need, kind="patrol"))
        assert [one.code for one in told(week)] == expected


def test_a_duty_may_be_done_in_any_way_that_somebody_agreed_to() -> None:
    home = Household(id="h", name="h", place="P", risk="high")  # by door or by phone
    due = Duty(id="d", household="h", name="d")
    assert places(instance(person("A", agreed=("phone",)), home, due)) == []
    assert places(instance(person("A", agreed=("post",)), home, due))[0] == (
        "kind_not_agreed",
        "/duties/0",
    )


def test_who_agreed_to_nothing_that_there_is_can_do_nothing() -> None:
    week = instance(person("A"), person("B", agreed=("gardening",)), visit("v"))
    assert places(week) == [
        ("unknown_kind", "/people/1/agreed/0"),
        ("agreed_to_nothing", "/people/1/agreed"),
    ]
    assert places(instance(person("A"), person("B", agreed=()), visit("v"))) == [
        ("agreed_to_nothing", "/people/1/agreed")
    ]


# ---- kinds ----


def kinds(week: Instance) -> list[tuple[str, str, str]]:
    return [
        (one.pointer, one.value, one.slots["suggestion"])
        for one in told(week)
        if one.code in ("unknown_kind", "kind_of_one")
    ]


CHECKS = [visit(f"c{number}", kind="检查") for number in range(3)]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"wishes": (Wish(want=False, kind="检察"),)}, "/people/0/wishes/0/kind"),
        ({"limits": Limits(kind_counts={"检察": 2})}, "/people/0/limits/kind_counts/检察"),
        ({"agreed": ("检察", "走访")}, "/people/0/agreed/0"),
    ],
)
def test_a_kind_that_a_person_names_and_no_work_has(change: dict[str, Any], pointer: str) -> None:
    week = instance(person("A", **change), person("B"), *CHECKS, visit("v", kind="走访"))
    assert kinds(week) == [(pointer, "检察", "检查")]


def test_a_kind_that_settings_name_and_no_work_has() -> None:
    role = {Role.GRID_WORKER: Limits(kind_counts={"检察": 2})}
    assert kinds(instance(person("A"), *CHECKS, limits=role)) == [
        ("/settings/limits/grid_worker/kind_counts/检察", "检察", "检查")
    ]
    pairs = (("检查", "检察"),)
    assert kinds(instance(person("A"), *CHECKS, forbidden_sequences=pairs)) == [
        ("/settings/forbidden_sequences/0/1", "检察", "检查")
    ]
    assert kinds(instance(person("A"), *CHECKS, counselling_kinds=("检察",))) == [
        ("/settings/counselling_kinds/0", "检察", "检查")
    ]


def test_the_counselling_kind_of_every_week_need_not_be_there() -> None:
    assert kinds(instance(person("A"), *CHECKS)) == []


def test_a_kind_is_told_once_with_the_number_of_places() -> None:
    wishes = (Wish(want=False, kind="检察"),) * 2
    [problem] = told(instance(person("A", wishes=wishes), person("B", wishes=wishes), *CHECKS))
    assert (problem.pointer, problem.slots["count"]) == ("/people/0/wishes/0/kind", "4")


def test_a_kind_like_no_other_is_told_without_a_guess() -> None:
    week = instance(person("A", wishes=(Wish(want=False, kind="gardening"),)), *CHECKS)
    assert kinds(week) == [("/people/0/wishes/0/kind", "gardening", "")]


@pytest.mark.parametrize(
    "suggested", [("夜班", "夜巡"), ("巡夜", "夜巡"), ("inspecton", "inspection")]
)
def test_a_kind_that_begins_alike_is_the_likelier_guess(suggested: tuple[str, str]) -> None:
    typed, meant = suggested
    work = [visit(kind, kind=kind) for kind in ("早班", "夜巡", "inspection", "companion")]
    if typed == "夜班":
        work = work[1:]
    week = instance(person("A", wishes=(Wish(want=False, kind=typed),)), *work)
    assert kinds(week) == [("/people/0/wishes/0/kind", typed, meant)]


def test_a_kind_that_several_agreed_to_is_of_other_weeks() -> None:
    def agreeing(count: int, *kinds: str) -> Instance:
        people = [person(f"p{number}", agreed=("检查", *kinds)) for number in range(count)]
        return instance(person("A"), *people, *CHECKS, visit("v", kind="走访"))

    assert kinds(agreeing(3, "文化课")) == []
    assert kinds(agreeing(2, "文化课")) == [("/people/1/agreed/1", "文化课", "")]
    # 走防 is like 走访, which none of them agreed to: copied down, it is a slip all the same.
    assert kinds(agreeing(3, "走防")) == [("/people/1/agreed/1", "走防", "走访")]
    assert kinds(agreeing(3, "走防", "走访")) == []


def test_the_kind_of_a_single_task_that_looks_like_that_of_many_is_asked_about() -> None:
    odd = visit("v", kind="检察")
    assert kinds(instance(person("A"), *CHECKS, odd)) == [("/visits/3/kind", "检察", "检查")]
    assert kinds(instance(person("A"), *CHECKS[:2], odd)) == []
    assert kinds(instance(person("A"), *CHECKS, odd, visit("w", kind="检察"))) == []
    assert kinds(instance(person("A"), *CHECKS, visit("v", kind="巡查"))) == []
    named = person("A", wishes=(Wish(want=False, kind="检察"),))
    assert kinds(instance(named, *CHECKS, odd)) == []


# ---- wishes ----


def wished(*tasks: Any, **wish: Any) -> list[tuple[str, str]]:
    return places(instance(person("A", wishes=(Wish(**wish),)), place("Q"), *tasks))


TUESDAY = MONDAY.replace(day=24)


@pytest.mark.parametrize(
    ("wish", "met"),
    [
        ({"kind": "door"}, True),
        ({"kind": "door", "place": "P"}, True),
        ({"kind": "door", "place": "Q"}, False),
        ({"place": "Q"}, False),
        ({"days": (MONDAY,)}, True),
        ({"days": (TUESDAY,)}, False),
        ({"kind": "door", "days": (TUESDAY, MONDAY)}, True),
        ({"want": False, "place": "Q"}, True),
        ({"want": False, "days": (TUESDAY,)}, True),
    ],
)
def test_a_wish_for_work_that_no_task_meets_is_told(wish: dict[str, Any], met: bool) -> None:
    task = visit("v", kind="door", windows=(Window(start=at(0, "09:00"), end=at(0, "11:00")),))
    expected = [] if met else [("wish_matches_nothing", "/people/0/wishes/0")]
    assert wished(task, **wish) == expected


def test_work_that_reaches_into_a_day_meets_a_wish_for_it() -> None:
    night = shift("n", at(0, "22:00"), duration=121)
    assert wished(night, days=(TUESDAY,)) == []
    assert wished(shift("n", at(0, "22:00"), duration=120), days=(TUESDAY,)) == [
        ("wish_matches_nothing", "/people/0/wishes/0")
    ]


def test_work_from_midnight_on_is_of_the_next_day() -> None:
    night = shift("n", at(1, "00:00"), duration=60)
    assert wished(night, days=(TUESDAY,)) == []
    # A wish for the first day alone is one of this week, and is told.
    assert wished(night, days=(MONDAY,)) == [("wish_matches_nothing", "/people/0/wishes/0")]


def test_a_wish_is_told_for_one_reason_only() -> None:
    task = visit("v", kind="door")
    assert wished(task, kind="yard") == [("unknown_kind", "/people/0/wishes/0/kind")]
    assert wished(task, days=(MONDAY.replace(day=10),)) == [
        ("outside_horizon", "/people/0/wishes/0/days/0")
    ]


def test_a_slot_of_a_crew_is_asked_for_each() -> None:
    lead, other = Slot(roles=(Role.GRID_WORKER,)), Slot(roles=(Role.PARTNER,))
    people = person("A", agreed=("door",)), person("B", Role.PARTNER, agreed=("yard",))
    week = instance(*people, visit("v", lead, other, kind="door"), visit("w", kind="yard"))
    assert places(week) == [("kind_not_agreed", "/visits/0/kind")]


def test_the_second_of_one_name_is_told_once() -> None:
    people = [
        person(id).model_copy(update={"name": name})
        for id, name in (("a", "Ann"), ("b", ""), ("c", "Ann"), ("d", "Ann"), ("e", ""))
    ]
    week = instance(*people, place("P"), visit("v"))
    alike = [one for one in told(week) if one.code == "same_name"]
    assert [(one.pointer, one.value, one.slots) for one in alike] == [
        ("/people/2/name", "Ann", {"count": "3"})
    ]
