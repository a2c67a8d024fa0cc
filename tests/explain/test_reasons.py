"""Reasons name the rule that the checker would name, and remedies change what it speaks of, by the least."""

import pytest

from scheduler.checker import check
from scheduler.explain import Remedy, Trials, prepared, remedies, why_empty, why_unassigned
from scheduler.explain.words import reason_in_words, remedy_in_words
from scheduler.facts import Facts
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import (
    Area,
    Break,
    Gap,
    Instance,
    Matrix,
    Pin,
    Role,
    Slot,
    Window,
)
from scheduler.model.presence import presence
from tests.rules.build import at, instance, limited, person, place, roster, shift, visit, window

TEN = (window(0, "10:00", "10:01"),)
EAST = Area(id="east", name="east", kind="grid"), Area(id="west", name="west", kind="grid")
BUSY = ("w", 0, "A", "P", at(0, "09:00"))


def asked(week: Instance, *rows: tuple) -> Trials:
    return prepared(Facts(week, roster(week, *rows)))


def by_kind(trials: Trials, task: str = "v") -> dict[str, Remedy]:
    found = {remedy.kind: remedy for remedy in remedies(trials, task, most=20)}
    for remedy in found.values():
        assert check(remedy.instance, remedy.roster).feasible
        for lang in LANGS:
            assert remedy_in_words(Names(trials.facts.instance, lang), remedy)
    return found


REASONS = {
    "opening_hours": (
        instance(
            place("P", opening=(window(0, "11:00", "17:00"),)),
            person("A"),
            visit("v", windows=TEN),
        ),
    ),
    "pinned": (
        instance(
            person("A", leave=TEN),
            person("B"),
            visit("v", windows=TEN),
            Pin(task="v", person="A"),
        ),
    ),
    "area": (
        instance(
            *EAST, place("P", area="east"), person("A", areas=("west",)), visit("v", windows=TEN)
        ),
    ),
    "skill": (
        instance(person("A", skills={"s": 1}), visit("v", Slot(skills={"s": 2}), windows=TEN)),
    ),
    "role": (instance(person("A"), visit("v", Slot(roles=(Role.PARTNER,)), windows=TEN)),),
    "min_rest": (
        instance(
            limited("A", rest_minutes=1440),
            visit("v", windows=TEN),
            visit("w", windows=(window(1, "09:00", "09:01"),)),
        ),
        ("w", 0, "A", "P", at(1, "09:00")),
    ),
    "no_overlap": (
        instance(
            place("P"),
            place("Q"),
            person("A"),
            visit("v", windows=TEN),
            visit("w", places="Q", windows=(window(0, "09:00", "09:01"),)),
            ways={("P", "Q"): 20},
        ),
        ("w", 0, "A", "Q", at(0, "09:00")),
    ),
    "rest_break": (
        instance(
            limited("A", breaks=Break(start=600, end=660, minutes=30, beyond=0)),
            visit("v", windows=TEN),
        ),
    ),
    "place_capacity": (
        instance(
            place("P", capacity=1),
            person("A"),
            person("B"),
            visit("v", windows=TEN),
            visit("w", windows=TEN),
        ),
        ("w", 0, "A", "P", at(0, "10:00")),
    ),
    "weekly_minutes": (instance(limited("A", weekly_minutes=30), visit("v", windows=TEN)),),
}


@pytest.mark.parametrize("rule", REASONS)
def test_the_rule_that_is_in_the_way_is_named(rule: str) -> None:
    week, *rows = REASONS[rule]
    trials = asked(week, *rows)
    empty = why_empty(trials, {"v"})[0]
    assert rule in {name for attempt in empty.attempts for name in attempt.rules}
    for lang in LANGS:
        names = Names(week, lang)
        assert len(reason_in_words(names, empty)) > 20
    answer = why_unassigned(trials, "v", most=20)
    assert not (answer.impossible and {"place", "together"} & {r.kind for r in answer.remedies})


def test_forty_five_minutes_more_are_forty_five_minutes() -> None:
    there = window(0, "09:00", "12:15")
    week = instance(
        person("A", availability=(there,)),
        visit("v", windows=(window(0, "12:00", "12:01"),)),
        limits={},
    )
    limit = by_kind(asked(week))["limit"]
    assert limit.raised == (("A", "availability", 45),)
    assert presence(limit.instance.person_by_id["A"]) == [(at(0, "09:00"), at(0, "13:00"))]


def test_a_class_on_a_day_of_leave_asks_for_the_class_and_the_way_to_it() -> None:
    day = Window(start=at(0), end=at(1))
    week = instance(
        place("P"),
        place("H"),
        person("A", leave=(day,), availability=(day,), start_place="H"),
        visit("v", windows=(window(0, "14:00", "14:01"),), duration=90),
        ways={("H", "P"): 9},
        days=1,
    )
    limit = by_kind(asked(week))["limit"]
    assert limit.raised == (("A", "availability", 99),)
    assert presence(limit.instance.person_by_id["A"]) == [(at(0, "13:51"), at(0, "15:30"))]


def test_the_longest_day_is_ordinary_time_and_overtime() -> None:
    from scheduler.engines.exact import Requirement
    from scheduler.explain.words import requirement_in_words

    week = instance(
        limited("A", daily_minutes=60, daily_overtime=30), visit("v", windows=TEN, duration=100)
    )
    words = requirement_in_words(Names(week, "en"), Requirement("daily_limit", "A"))
    assert words == "Longest day: A (limit 1 h 30 min)"
    limit = by_kind(asked(week))["limit"]
    assert limit.raised == (("A", "daily_limit", 10),)
    assert limit.instance.limits("A").daily_overtime == 40


def test_a_limit_of_two_days_rises_by_the_larger_breach_and_not_by_both() -> None:
    crowded = instance(
        limited("A", weekly_minutes=60, period_minutes_max=60),
        visit("v", windows=TEN, duration=100),
    )
    limit = by_kind(asked(crowded))["limit"]
    assert limit.raised == (("A", "period_minutes", 40), ("A", "weekly_minutes", 40))


def test_the_nearest_hour_comes_before_a_cheaper_day() -> None:
    # On Monday A would have to come over from Q (a point a minute), on Friday nobody travels at all.
    week = instance(
        place("P"),
        place("Q"),
        person("A", availability=(window(3, "08:00", "09:30"),), start_place="Q"),
        person("B", availability=(window(0, "08:00", "17:00"),)),
        visit("v", windows=(window(3, "10:00", "10:30"),)),
        ways={("P", "Q"): 1},
        limits={},
    )
    remedy = by_kind(asked(week))["window"]
    # Until half past nine: an hour's visit begins at half past eight, an hour and a half earlier.
    assert remedy.asked == 90
    assert remedy.added[0].start == at(3, "08:30")
    assert remedy.change.score.soft == 1
    assert remedy.instance.task_by_id["v"].windows == (window(3, "08:30", "10:30"),)


def test_an_area_is_given_or_the_place_counted_to_another() -> None:
    week, *_ = REASONS["area"]
    found = by_kind(asked(week))
    assert found["area"].instance.person_by_id["A"].areas == ("west", "east")
    assert found["place_area"].instance.place_by_id["P"].area == "west"


def test_a_place_is_not_counted_to_another_area_over_the_heads_of_those_who_work_there() -> None:
    week = instance(
        *EAST,
        place("P", area="east"),
        person("A", areas=("west",)),
        person("B", areas=("east",)),
        visit("v", windows=TEN),
        visit("w", windows=TEN),
    )
    found = by_kind(asked(week, ("w", 0, "B", "P", at(0, "10:00"))))
    assert "area" in found
    assert "place_area" not in found


def test_a_role_is_opened_and_a_crew_made_smaller() -> None:
    week, *_ = REASONS["role"]
    role = by_kind(asked(week))["role"]
    assert role.instance.task_by_id["v"].slots[0].roles == (Role.PARTNER, Role.GRID_WORKER)
    pair = instance(person("A"), visit("v", Slot(), Slot(), windows=TEN))
    crew = by_kind(asked(pair))["crew_size"]
    assert crew.instance.task_by_id["v"].least_crew == 1


def test_what_has_to_be_done_first_is_named_and_placed_too() -> None:
    week = instance(
        person("A"),
        visit("u", windows=(window(0, "09:00", "09:01"),)),
        visit("v", windows=TEN),
        Gap(first="u", second="v", least_minutes=0),
    )
    trials = asked(week)
    empty = why_empty(trials, {"v"})[0]
    assert (empty.reason, empty.undone) == ("predecessor", "u")
    assert "u" in reason_in_words(Names(week, "en"), empty)
    both = by_kind(trials)
    assert list(both) == ["together"]
    assert [part.task for part in both["together"].added] == ["u", "v"]
    assert both["together"].instance is week


def test_a_person_who_does_not_exist_is_an_offer_in_words_only() -> None:
    week = instance(person("A", availability=()), visit("v", windows=TEN))
    (only,) = [one for one in by_kind(asked(week)).values() if one.kind == "person"]
    assert not only.applicable


def test_no_proof_where_the_only_person_could_after_other_work() -> None:
    # The cheapest roster leaves v empty: w weighs more. A roster that does v there is all the same.
    week = instance(
        person("A"), visit("v", windows=TEN, priority=1), visit("w", windows=TEN, priority=5)
    )
    answer = why_unassigned(asked(week, ("w", 0, "A", "P", at(0, "10:00"))), "v")
    assert not answer.impossible
    assert answer.outweighed is not None
    assert answer.outweighed.dropped == ("w",)


def test_a_proof_where_the_only_person_is_pinned_elsewhere() -> None:
    week = instance(
        person("A"),
        visit("v", windows=TEN),
        visit("w", windows=TEN),
        Pin(task="w", person="A"),
    )
    assert why_unassigned(asked(week, ("w", 0, "A", "P", at(0, "10:00"))), "v").impossible


def test_a_least_of_hours_does_not_prove_that_one_visit_cannot_be_done() -> None:
    # A owes two hours: v alone would break that, v and w keep it.
    week = instance(
        limited("A", period_minutes_min=120),
        visit("v", windows=TEN),
        visit("w", windows=TEN),
        visit("x", windows=(window(0, "14:00", "14:01"),)),
    )
    rows = ("w", 0, "A", "P", at(0, "10:00")), ("x", 0, "A", "P", at(0, "14:00"))
    assert not why_unassigned(asked(week, *rows), "v").impossible


def test_a_chain_is_placed_in_its_order_without_what_is_done_already() -> None:
    hours = [(window(0, clock, f"{clock[:2]}:01"),) for clock in ("09:00", "11:00", "13:00")]
    week = instance(
        person("A"),
        visit("t", windows=(window(0, "08:00", "08:01"),)),
        *(visit(id, windows=hours[number]) for number, id in enumerate("uvx")),
        Gap(first="v", second="x", least_minutes=0),
        Gap(first="u", second="v", least_minutes=0),
        Gap(first="t", second="v", least_minutes=0),
        limits={},
    )
    trials = asked(week, ("t", 0, "A", "P", at(0, "08:00")))
    assert why_empty(trials, {"x"})[0].reason == "predecessor"
    both = by_kind(trials, "x")["together"]
    assert [part.task for part in both.added] == ["u", "v", "x"]
    assert both.subject == ("u", "v")
    assert why_empty(trials, {"u"})[0].reason == "free"


def test_all_of_a_bundle_are_placed() -> None:
    noon = (window(0, "12:00", "12:01"),)
    week = instance(
        person("A"),
        visit("u", windows=noon, bundle="b"),
        visit("v", windows=TEN, bundle="b"),
        limits={},
    )
    both = by_kind(asked(week))["together"]
    assert {part.task for part in both.added} == {"u", "v"}


def test_a_crew_that_is_free_can_be_sent_as_a_whole() -> None:
    pair = visit("v", Slot(), Slot(), windows=TEN)
    both = why_empty(asked(instance(person("A"), person("B"), pair)), {"v"})
    assert [(empty.slot, empty.reason) for empty in both] == [(0, "free"), (1, "free")]
    assert {empty.attempts[0].people for empty in both} == {("A", "B")}
    alone = why_empty(asked(instance(person("A"), pair)), {"v"})
    assert {empty.reason for empty in alone} == {"rules"}


@pytest.mark.parametrize(("task", "other"), [("v", "s"), ("s", "v")])
def test_a_shift_of_a_bundle_is_placed_with_the_rest(task: str, other: str) -> None:
    noon = shift("s", at(0, "12:00"), bundle="b")
    week = instance(person("A"), visit("v", windows=TEN, bundle="b"), noon, limits={})
    trials = asked(week)
    [empty] = why_empty(trials, {task})
    assert (empty.reason, empty.undone) == ("predecessor", other)
    both = by_kind(trials, task)["together"]
    assert (both.subject, {part.task for part in both.added}) == ((other,), {"s", "v"})


def test_each_set_of_rules_has_one_attempt() -> None:
    week = instance(
        *EAST,
        place("P", area="east"),
        person("A", areas=("west",)),
        person("B", areas=("west",)),
        person("C", leave=TEN),
        visit("v", windows=TEN),
    )
    sets = [attempt.rules for attempt in why_empty(asked(week), {"v"})[0].attempts]
    assert sorted(map(sorted, sets)) == [["area"], ["availability"]]


@pytest.mark.parametrize("way", [120, None])
def test_a_detour_that_is_quicker_than_the_way_proves_nothing(way: int | None) -> None:
    # From Q to P it takes two hours, or there is no way; over R it takes ten minutes: only with w
    # between can A do u and v.
    table = Matrix(places=("P", "Q", "R"), minutes=((0, way, 5), (way, 0, 5), (5, 5, 0)))
    week = instance(
        place("P"),
        place("Q"),
        place("R"),
        person("A"),
        visit("u", places="Q", windows=(window(0, "09:00", "09:01"),), duration=10, must=True),
        visit("w", places="R", windows=(window(0, "09:15", "09:16"),), duration=10),
        visit("v", windows=(window(0, "09:30", "09:31"),), duration=10),
    )
    week = week.changed(settings=week.settings.model_copy(update={"travel": table, "limits": {}}))
    rows = ("u", 0, "A", "Q", at(0, "09:00")), ("v", 0, "A", "P", at(0, "09:30"))
    w = ("w", 0, "A", "R", at(0, "09:15"))
    assert check(week, roster(week, *rows, w)).feasible
    assert not check(week, roster(week, *rows)).feasible
    assert not why_unassigned(asked(week, rows[0]), "v").impossible


def test_an_hour_of_absence_comes_before_a_start_on_days_when_the_place_is_open() -> None:
    """Open every day, asked for on Tuesday, when A is away: the least is 50 minutes, not most of a day."""
    open_hours = tuple(window(day, "08:00", "20:00") for day in range(7))
    there = tuple(window(day, "14:00", "20:30") for day in (0, 2, 3, 4, 5, 6))
    rooms = tuple(place(f"room{number}", opening=open_hours) for number in range(6))
    week = instance(
        *rooms,
        person("A", Role.COUNSELLOR, availability=there),
        *(person(f"worker{number}", availability=there) for number in range(6)),
        visit(
            "v",
            Slot(roles=(Role.COUNSELLOR,)),
            places=tuple(room.id for room in rooms),
            windows=(window(1, "14:00", "19:00"),),
            duration=50,
        ),
    )
    trials = asked(week)
    (empty,) = why_empty(trials, budget=6)
    first = empty.attempts[0]
    assert (first.rules, first.start // 1440) == ({"availability"}, 1)
    assert [breach.violation.amount for breach in first.breaks] == [50]
    assert by_kind(trials)["limit"].asked == 50
