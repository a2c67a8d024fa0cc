"""Figures of a week, each sum by hand: loads over weeks, coverage now and then, faces, ways, undone; and as CSV."""

import csv
import io

import pytest

from tests.service.weeks.conftest import Desk

MON, TUE = "2027-03-08", "2027-03-09"
BEFORE = ("2027-03-01", "2027-03-02")


def _person(id, days, name, **more):
    hours = [{"from": f"{day}T08:30", "to": f"{day}T17:30"} for day in days]
    ends = {"start_place": "home", "end_place": "home"}
    return {"id": id, "name": name, "role": "grid_worker", "availability": hours} | ends | more


def _visit(id, day, minutes=30, **more):
    window = {"from": f"{day}T09:00", "to": f"{day}T16:00"}
    return {
        "id": id,
        "name": f"走访{id}",
        "kind": "check",
        "places": ["home"],
        "windows": [window],
        "duration": minutes,
    } | more


def _part(task, person, start, end, place="home"):
    return {"task": task, "slot": 0, "person": person, "place": place, "start": start, "end": end}


def _week(days, visits, shifts=()):
    return {
        "id": f"figures {days[0]}",
        "horizon": {"start": days[0], "days": 2},
        "areas": [
            {"id": "e", "name": "东社区", "kind": "community"},
            {"id": "w", "name": "西社区", "kind": "community"},
        ],
        "places": [
            {"id": "home", "name": "3栋", "area": "e"},
            {"id": "plaza", "name": "广场", "area": "w"},
        ],
        "people": [
            _person("fig-zhao", days, "赵=1"),
            _person("fig-li", days, "李", limits={"contract_minutes": 600}),
            _person("fig-sum", days, "=1+1"),
        ],
        "households": [
            {"id": "h", "name": "住户01", "place": "home", "known_people": ["fig-li"]},
            {"id": "h2", "name": "住户02", "place": "home"},
        ],
        "visits": visits,
        "shifts": list(shifts),
        "settings": {
            "travel": {"kind": "matrix", "places": ["home", "plaza"], "minutes": [[0, 10], [10, 0]]}
        },
    }


def _roster(week, *parts):
    return {"instance": week["id"], "horizon": week["horizon"], "assignments": list(parts)}


@pytest.fixture
def desks(http):
    """Two weeks of the same people: of the second a visit and a place at the duty are left."""
    first = _week(BEFORE, [_visit("x", BEFORE[0], 60)])
    hour = [f"{BEFORE[0]}T{at}" for at in ("09:00", "10:00")]
    before = Desk(http, first, _roster(first, _part("x", "fig-li", *hour)))
    duty = {
        "id": "s",
        "name": "值守",
        "kind": "venue_duty",
        "place": "plaza",
        "start": f"{TUE}T14:00",
        "duration": 120,
        "needs": [{"minimum": 1, "target": 2}],
    }
    visits = [
        _visit("a", MON, household="h"),
        _visit("b", MON, household="h"),
        _visit("d", TUE, household="h2"),
        _visit("c", TUE, slots=[{"skills": {"law": 1}}]),
    ]
    second = _week((MON, TUE), visits, [duty])
    now = Desk(
        http,
        second,
        _roster(
            second,
            _part("a", "fig-li", f"{MON}T09:00", f"{MON}T09:30"),
            _part("b", "fig-zhao", f"{MON}T10:00", f"{MON}T10:30"),
            _part("d", "fig-sum", f"{TUE}T09:00", f"{TUE}T09:30"),
            _part("s", "fig-li", f"{TUE}T14:00", f"{TUE}T16:00", "plaza"),
        ),
    )
    yield before, now
    for desk in (before, now):
        desk.http.delete(f"/weeks/{desk.id}")


def test_loads_over_weeks_stand_beside_fair_shares_in_the_order_of_names(desks):
    before, now = desks
    found = now.get("/figures")
    assert [one["id"] for one in found["weeks"]] == [before.id, now.id]
    people = {one["person"]: one for one in found["loads"]}
    assert [one["name"] for one in found["loads"]] == ["=1+1", "李", "赵=1"]
    li = people["fig-li"]
    # 60 in the first week, 30 + 120 in the second; 600 a week for two of five working days: 240 in each.
    assert (li["minutes"], li["fair_minutes"], li["tasks"]) == (210, 480, 3)
    assert [(one["minutes"], one["share_minutes"]) for one in li["weeks"]] == [
        (60, 240),
        (150, 240),
    ]
    assert (people["fig-zhao"]["minutes"], people["fig-zhao"]["fair_minutes"]) == (30, 1920)
    # 2400 a week as a grid worker has it, unless said: 960 in each.
    # Ten minutes to the plaza on Tuesday, and back.
    assert (li["travel_minutes"], people["fig-zhao"]["travel_minutes"]) == (20, 0)
    alone = now.get("/figures?weeks=1")
    assert [one["id"] for one in alone["weeks"]] == [now.id]
    assert alone["loads"][1]["minutes"] == 150
    assert alone["loads"][1]["fair_minutes"] == 240


def test_coverage_faces_ways_and_reasons_are_counted_once(desks):
    found = desks[1].get("/figures")
    monday, tuesday = found["days"]
    nothing = {"planned": None, "planned_wanted": None}
    assert monday["duties"] == {"wanted": 0, "filled": 0} | nothing
    assert monday["visits"] == {"wanted": 2, "filled": 2} | nothing
    assert tuesday["duties"] == {"wanted": 2, "filled": 1} | nothing
    assert tuesday["visits"] == {"wanted": 2, "filled": 1} | nothing
    assert [day["travel_minutes"] for day in found["days"]] == [0, 20]
    assert [day["task_minutes"] for day in found["days"]] == [60, 150]
    kinds = [
        (one["kind"], one["shift"], one["slots"]["filled"], one["slots"]["wanted"])
        for one in found["kinds"]
    ]
    assert kinds == [("venue_duty", True, 1, 2), ("check", False, 3, 4)]
    # One household knows Li alone, the other nobody: whoever comes there is no new face.
    assert [(one["visits"], one["known"]) for one in found["faces"]] == [(2, 1)]
    reasons = [(one["verdict"], one["rule"], one["slots"]) for one in found["undone"]]
    assert reasons[0] == ("nobody", "skill", 1)
    assert sum(one["slots"] for one in found["undone"]) == 2


def test_as_planned_is_as_each_area_was_first_published(desks):
    now = desks[1]
    now.command({"kind": "unassign", "task": "b", "person": "fig-zhao"})
    now.post("publications", {"areas": ["e"]})
    monday, tuesday = now.get("/figures")["days"]
    assert (monday["visits"]["planned"], monday["visits"]["planned_wanted"]) == (1, 2)
    assert (tuesday["duties"]["planned"], tuesday["duties"]["planned_wanted"]) == (0, 0)
    now.command({"kind": "assign", "task": "b", "person": "fig-zhao"})
    now.post("publications", {"areas": None})
    now.command({"kind": "unassign", "task": "s", "person": "fig-li"})
    monday, tuesday = now.get("/figures")["days"]
    # The visits were published before b was given back, the duty with the whole week.
    assert (monday["visits"]["filled"], monday["visits"]["planned"]) == (2, 1)
    assert (tuesday["duties"]["filled"], tuesday["duties"]["planned"]) == (0, 1)
    assert (tuesday["duties"]["wanted"], tuesday["duties"]["planned_wanted"]) == (2, 2)


def test_a_table_is_a_file_that_excel_reads_and_takes_no_cell_of_for_a_formula(desks):
    now = desks[1]
    answer = now.http.get(f"/weeks/{now.id}/figures/loads.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0][:4] == ["人员", "岗位", "3月1日 工时", "3月1日 份额"]
    assert [row[0] for row in rows[1:]] == ["'=1+1", "李", "赵=1"]
    # Hours: 60 and 150 minutes of 240 each; 210 of 480 are 44 per cent.
    assert rows[2][2:10] == ["1.0", "4.0", "2.5", "4.0", "3.5", "8.0", "44", "3"]
    assert rows[3][2:4] == ["0.0", "16.0"]
    english = now.http.get(f"/weeks/{now.id}/figures/days.csv?lang=en").content.decode("utf-8-sig")
    assert english.splitlines()[0].startswith("Day,Duties filled,Duties wanted")
    assert now.http.get(f"/weeks/{now.id}/figures/people.csv").status_code == 422
