"""Faults of meaning: each told by code, place, value and severity."""

from typing import Any

import pytest

from scheduler.formats.parse import parse_instance
from scheduler.messages.problems import explain
from scheduler.model import Instance, Problem
from scheduler.model.faults import errors, errors_since
from tests.formats.week import spoilt, week

RULES = ("min_rest", "skill", "role")
SOUND = ["error", "warning"]


def found(data: dict[str, Any], severity: str = "error") -> list[Problem]:
    """The problems of one severity in a week whose fields all parse."""
    instance, problems = parse_instance(data, RULES)
    assert instance is not None, problems
    for problem in problems:
        assert explain(problem, "zh").cause
        assert explain(problem, "en").remedy
    wrong = [one for one in problems if one.severity == "error"]
    assert errors(instance, RULES) == wrong
    sound, _ = parse_instance(week(), RULES)
    assert sound is not None
    assert errors_since(sound, made_of(sound, instance), RULES) == wrong
    return [one for one in problems if one.severity == severity]


def made_of(before: Instance, after: Instance) -> Instance:
    """The second as changes of the first make it: what is equal is the same."""
    parts = {}
    for name in Instance.model_fields:
        was, now = getattr(before, name), getattr(after, name)
        if was != now and isinstance(now, tuple):
            same = dict(zip(map(repr, was), was, strict=True))
            parts[name] = tuple(same.get(repr(one), one) for one in now)
        elif was != now:
            parts[name] = now
    return before.changed(**parts)


def told(data: dict[str, Any], severity: str = "error") -> list[tuple[str, str]]:
    return [(one.code, one.pointer) for one in found(data, severity)]


VISIT = {
    "id": "visit-3",
    "name": "联合检查",
    "kind": "inspection",
    "places": ["plaza"],
    "windows": [{"from": "2026-11-23T09:00", "to": "2026-11-23T11:00"}],
    "duration": 30,
}


@pytest.mark.parametrize("severity", SOUND)
def test_the_sound_week_has_nothing_to_tell(severity: str) -> None:
    assert told(week(), severity) == []


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("areas/1/parent", "stret", "unknown_area"),
        ("places/0/area", "stret", "unknown_area"),
        ("people/0/areas", ["stret"], "unknown_area"),
        ("people/0/start_place", "statoin", "unknown_place"),
        ("people/0/home", "statoin", "unknown_place"),
        ("people/0/kin", ["home-7"], "unknown_household"),
        ("people/0/wishes", [{"place": "statoin"}], "unknown_place"),
        ("households/0/place", "plazza", "unknown_place"),
        ("households/0/known_people", ["worker-7"], "unknown_person"),
        ("visits/0/places", ["plaza", "plazza"], "unknown_place"),
        ("visits/0/household", "home-7", "unknown_household"),
        ("visits/0/case", "case-7", "unknown_case"),
        ("visits/0/duty", "duty-7", "unknown_duty"),
        ("visits/0/preferred", ["worker-7"], "unknown_person"),
        ("visits/0/excluded", ["worker-7"], "unknown_person"),
        ("visits/0/slots", [{"people": ["worker-7"]}], "unknown_person"),
        ("shifts/0/place", "plazza", "unknown_place"),
        ("gaps", [{"first": "visit-1", "second": "shift-1"}], "unknown_visit"),
        ("pins", [{"task": "visit-7"}], "unknown_task"),
        ("pins", [{"task": "visit-1", "person": "worker-7"}], "unknown_person"),
        ("history", {"worker-7": {}}, "unknown_person"),
        ("settings", {"rules": {"min_rset": {}}}, "unknown_rule"),
        ("duties", [{"id": "d", "household": "home-7", "name": ""}], "unknown_household"),
        ("cases", [{"id": "c", "name": "", "kind": "k", "places": ["x"]}], "unknown_place"),
        ("visits/0/id", " ", "empty_id"),
        ("visits/0/windows/0/to", "2026-11-23T09:00", "window_ends_before_start"),
        ("visits/0/windows/0/to", "2026-11-23T08:00", "window_ends_before_start"),
        ("people/0/availability/0/to", "2026-11-22T08:00", "window_ends_before_start"),
        ("places/0/opening", [{"from": "2026-11-23T18:00", "to": "2026-11-23T08:00"}], "window_ends_before_start"),
        ("visits/0/windows", [{"from": "2026-11-30T09:00", "to": "2026-11-30T10:00"}], "outside_horizon"),
        ("visits/0/windows", [{"from": "2026-11-22T09:00", "to": "2026-11-23T00:00"}], "outside_horizon"),
        ("visits/0/windows/0/to", 10**11, "outside_horizon"),
        ("visits/0/due", "2126-11-23T09:00", "outside_horizon"),
        ("shifts/0/start", "2026-11-30T00:00", "outside_horizon"),
        ("settings", {"period_end": "2026-11-28"}, "period_ends_early"),
        ("pins", [{"task": "visit-1", "start": "2026-11-22T23:59"}], "outside_horizon"),
        ("history", {"worker-1": {"last_end": "2026-12-01T08:00"}}, "history_in_horizon"),
        ("horizon/start", "1926-11-23", "horizon_year"),
        ("visits/0/duration", 7 * 1440 + 1, "longer_than_horizon"),
        ("visits/0/slots", [{"after": [0, 5]}], "first_slot_after"),
        ("visits/0/slots", [{}, {"after": [30, 10]}], "least_over_most"),
        ("visits/0/slots", [{}, {"after": [-30, 10]}], "slot_before_first"),
        ("visits/0/least_crew", 2, "least_crew_over_slots"),
        ("gaps", [{"first": "visit-1", "second": "visit-2", "least_days": 3, "most_days": 2}], "least_over_most"),
        ("pins", [{"task": "visit-1", "slot": 1}], "unknown_slot"),
        ("pins", [{"task": "visit-1"}, {"task": "visit-1"}], "pinned_twice"),
        ("pins", [{"task": "visit-1", "absent": True, "person": "worker-1"}], "pin_absent_person"),
        ("pins", [{"task": "visit-1", "place": "station"}], "pin_place_elsewhere"),
        ("pins", [{"task": "shift-1", "start": "2026-11-23T15:00"}], "pin_moves_shift"),
        ("shifts/0/needs/0", {"minimum": 3, "target": 2}, "least_over_most"),
        ("shifts/0/needs/0", {"minimum": 1, "target": 2, "maximum": 1}, "least_over_most"),
        ("people/0/skills", {"counselling": -1}, "too_small"),
        ("people/0/limits", {"days_in_row_min": 5, "days_in_row_max": 3}, "least_over_most"),
        ("people/0/limits", {"breaks": {"from": 720, "to": 690, "minutes": 30}}, "not_a_span_of_day"),
        ("people/0/limits", {"breaks": {"from": 690, "to": 720, "minutes": 45}}, "break_does_not_fit"),
        ("settings", {"duties": {"hours": [1080, 540]}}, "not_a_span_of_day"),
        ("settings", {"duties": {"every_days": {"high": 0}}}, "too_small"),
        ("settings", {"duties": {"ways": {"high": []}}}, "too_few"),
        ("settings", {"priority_points": [-1, 2, 5, 10, 25]}, "too_small"),
        ("settings", {"rules": {"skill": {"weight": 10**10}}}, "too_large"),
        ("settings", {"travel": {"kind": "straight_line", "metres_per_minute": {"walk": 0, "e_bike": 200}}}, "too_small"),
        ("settings", {"travel": {"kind": "straight_line", "parking_minutes": {"walk": 0}}}, "missing_field"),
        ("settings", {"travel": {"kind": "matrix", "places": ["station", "plaza"], "minutes": [[0, 5]]}}, "matrix_row_count"),
        ("settings", {"travel": {"kind": "matrix", "places": ["station", "plaza"], "minutes": [[0, 5], [5]]}}, "matrix_row_length"),
        ("settings", {"travel": {"kind": "matrix", "places": ["station", "plaza"], "minutes": [[0, -5], [5, 0]]}}, "matrix_entry"),
    ],
)  # fmt: skip
def test_one_fault_is_told_once_at_its_place(path: str, value: Any, code: str) -> None:
    [problem] = found(spoilt(path, value))
    assert problem.code == code
    assert problem.pointer.startswith(f"/{path}")


def test_a_planning_period_may_end_with_the_horizon() -> None:
    assert told(week(settings={"period_end": "2026-11-29"})) == []


def test_places_without_coordinates_are_told_once_unless_a_table_gives_the_ways() -> None:
    data = spoilt("places/0/point", None)
    [problem] = found(data, "warning")
    assert (problem.code, problem.pointer) == ("ways_by_default", "/places/0/point")
    assert problem.slots == {"count": "1", "same": "5", "other": "15"}
    data["places"][1]["point"] = None
    assert told(data, "warning") == [("ways_by_default", "/places/0/point")]
    table = {"kind": "matrix", "places": ["station", "plaza"], "minutes": [[0, 5], [5, 0]]}
    assert told({**data, "settings": {"travel": table}}, "warning") == []


def test_roads_lead_to_no_place_without_coordinates() -> None:
    data = spoilt("places/0/point", None)
    roads = {"kind": "road", "server": "office"}
    assert told({**data, "settings": {"travel": roads}}) == [
        ("place_without_point", "/places/0/point")
    ]


def test_ways_that_were_timed_are_between_places_and_in_minutes() -> None:
    known = {"station": {"plaza": -1, "plazza": 5}, "nowhere": {"plaza": None}}
    data = week(settings={"travel": {"kind": "straight_line", "known_minutes": known}})
    at = "/settings/travel/known_minutes"
    assert told(data) == [("matrix_entry", f"{at}/station/plaza")]
    plazza, nowhere = (one for one in found(data, "warning") if one.code == "unknown_place")
    assert (plazza.pointer, plazza.slots["suggestion"]) == (f"{at}/station/plazza", "plaza")
    assert nowhere.pointer == f"{at}/nowhere"


def test_a_place_that_stands_in_no_table_is_told() -> None:
    table = {"kind": "matrix", "places": ["station"], "minutes": [[0]]}
    assert told(week(settings={"travel": table})) == [("place_not_in_matrix", "/places/1/id")]


def test_an_id_nearly_right_is_told_with_the_one_that_was_meant() -> None:
    [problem] = found(spoilt("shifts/0/place", "plazza"))
    assert problem.value == "plazza"
    assert problem.slots == {"suggestion": "plaza"}


def test_a_shift_may_not_have_the_id_of_a_visit() -> None:
    [problem] = found(spoilt("shifts/0/id", "visit-1"))
    assert (problem.code, problem.pointer) == ("duplicate_id", "/shifts/0/id")
    assert problem.slots == {"first": "/visits/0/id"}


def test_a_place_may_have_the_id_of_a_visit() -> None:
    data = spoilt("households/0/id", "visit-1")
    assert told(data) == []


def test_a_cycle_of_gaps_is_told_with_everybody_in_it() -> None:
    ring = [("visit-1", "visit-2"), ("visit-2", "visit-3"), ("visit-3", "visit-1")]
    data = week(gaps=[{"first": first, "second": second} for first, second in ring])
    data["visits"].append(VISIT)
    [problem] = found(data)
    assert problem.code == "gap_cycle"
    assert set(problem.slots["cycle"].split(" → ")) == {"visit-1", "visit-2", "visit-3"}


def test_every_cycle_of_gaps_is_told() -> None:
    data = week(
        gaps=[
            {"first": "visit-1", "second": "visit-1"},
            {"first": "visit-1", "second": "visit-2"},
            {"first": "visit-2", "second": "visit-1"},
        ]
    )
    cycles = [one.slots["cycle"] for one in found(data)]
    assert "visit-1 → visit-1" in cycles
    assert len(cycles) == 2


def test_an_area_inside_itself_is_told() -> None:
    [problem] = found(spoilt("areas/0/parent", "jiahong"))
    assert problem.code == "area_cycle"
    assert set(problem.slots["cycle"].split(" → ")) == {"street", "jiahong"}


def test_a_shift_that_nobody_has_the_role_for_is_an_error_that_names_the_role() -> None:
    [problem] = found(spoilt("shifts/0/needs/0/roles", ["building_captain"]))
    assert (problem.code, problem.pointer) == ("shift_nobody_fit", "/shifts/0/needs/0")
    assert problem.slots == {"missing": "building_captain"}


def test_a_shift_that_nobody_has_the_skill_for_is_an_error_that_names_the_skill() -> None:
    needs = {"roles": ["counsellor"], "skills": {"counselling": 3}}
    [problem] = found(spoilt("shifts/0/needs/0", needs))
    assert problem.slots == {"missing": "counselling ≥ 3"}


def test_a_shift_that_asks_for_nobody_needs_nobody() -> None:
    assert told(spoilt("shifts/0/needs/0", {"roles": ["partner"], "minimum": 0, "target": 2})) == []


def test_who_may_staff_a_shift_is_not_asked_where_the_rule_is_off() -> None:
    data = spoilt("shifts/0/needs/0/roles", ["partner"])
    assert told({**data, "settings": {"rules": {"role": {"on": False}}}}) == []


def test_a_shift_with_too_few_people_present_is_a_warning_that_counts_them() -> None:
    [problem] = found(spoilt("shifts/0/start", "2026-11-25T14:00"), "warning")
    assert problem.code == "shift_too_few"
    # worker-1 is the only grid worker, and there on Monday only.
    assert problem.slots == {"minimum": "1", "fit": "1", "present": "0"}


def test_a_visit_that_nobody_can_make_is_a_warning() -> None:
    data = spoilt("visits/0/slots", [{"skills": {"wiring": 1}}])
    assert told(data) == []
    [problem] = found(data, "warning")
    assert (problem.code, problem.pointer) == ("visit_nobody_fit", "/visits/0/slots/0")
    assert problem.slots == {"missing": "wiring ≥ 1"}


def test_a_private_visit_without_a_cleared_person_or_a_private_place_is_two_warnings() -> None:
    data = spoilt("visits/0/private", True)
    assert told(data, "warning") == [
        ("no_private_place", "/visits/0/places"),
        ("visit_nobody_allowed", "/visits/0/slots/0"),
    ]


def test_a_visit_longer_than_anybody_is_there_is_a_warning() -> None:
    # Starts from 09:00 at the earliest, and worker-1 leaves at 17:30: 510 minutes fit, 511 do not.
    assert told(spoilt("visits/0/duration", 510), "warning") == []
    assert told(spoilt("visits/0/duration", 511), "warning") == [
        ("visit_no_time", "/visits/0/windows")
    ]


def test_a_visit_at_a_place_that_closes_too_early_is_a_warning() -> None:
    data = spoilt("places/1/opening", [{"from": "2026-11-23T09:00", "to": "2026-11-23T09:29"}])
    assert told(data, "warning") == [
        ("visit_no_time", "/visits/0/windows"),
        ("visit_no_time", "/visits/1/windows"),
    ]


def test_presence_leave_and_wishes_outside_the_horizon_are_warnings() -> None:
    later = [{"from": "2026-12-01T09:00", "to": "2026-12-01T12:00"}]
    data = spoilt("people/1/leave", later)
    data["people"][1]["availability"] += later
    data["people"][1]["wishes"] = [{"days": ["2026-12-01"]}]
    assert told(data) == []
    assert told(data, "warning") == [
        ("outside_horizon", "/people/1/availability/1/from"),
        ("outside_horizon", "/people/1/leave/0/from"),
        ("outside_horizon", "/people/1/wishes/0/days/0"),
    ]


def test_an_extra_place_in_a_travel_table_is_a_warning() -> None:
    table = {
        "kind": "matrix",
        "places": ["station", "plaza", "park"],
        "minutes": [[0] * 3 for _ in range(3)],
    }
    assert told(week(settings={"travel": table})) == []
    assert told(week(settings={"travel": table}), "warning") == [
        ("unknown_place", "/settings/travel/places/2")
    ]


def with_skills(held: dict[str, int], **asked: dict[str, int]) -> dict[str, Any]:
    """The week where somebody has some skills, and its visit or shift asks for others."""
    data = spoilt("people/0/skills", held)
    if "visit" in asked:
        data["visits"][0]["slots"] = [{"skills": asked["visit"]}]
    else:
        data["shifts"][0]["needs"][0] = {"skills": asked["shift"]}
    return data


def test_a_skill_that_is_misspelt_is_told_with_the_one_that_was_meant() -> None:
    held = {"急救": 1, "first aid": 2}
    [problem] = found(with_skills(held, visit={"急就": 1}), "warning")
    assert problem.slots == {"missing": "急就 ≥ 1", "suggestion": "急救"}
    assert explain(problem, "zh").remedy.startswith("是不是想写“急救”？")
    [problem] = found(with_skills(held, shift={"frist aid": 1}))
    assert problem.slots == {"missing": "frist aid ≥ 1", "suggestion": "first aid"}


def test_a_level_that_nobody_has_is_no_slip_of_the_pen() -> None:
    [problem] = found(with_skills({"急救": 1, "急救员": 1}, visit={"急救": 3}), "warning")
    assert problem.slots == {"missing": "急救 ≥ 3"}


def test_what_an_edit_takes_away_is_missed_where_it_is_named() -> None:
    instance, _ = parse_instance(week())
    assert instance is not None
    assert errors(instance, ()) == []
    # Households, visits and shifts are as they were, and were found sound.
    less = instance.changed(places=instance.places[:1])
    told = [(one.code, one.pointer) for one in errors(less, ())]
    assert ("unknown_place", "/households/0/place") in told
    assert ("unknown_place", "/visits/0/places/0") in told
    assert errors(less.changed(places=instance.places), ()) == []
