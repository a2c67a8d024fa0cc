"""Plans over HTTP: searched for, looked at, adopted beside what was commanded meanwhile, discarded, erased."""

from typing import Any

import pytest

from tests.service.conftest import Service, until
from tests.service.weeks.conftest import WEEK, Desk

STEPS = {"limits": {"steps": 200}}


def _ended(desk: Desk, service: Service, **wish: Any) -> dict[str, Any]:
    plan = desk.post("plans", {**STEPS, **wish}, 202)
    service.ended(plan["id"])
    return desk.get(f"/plans/{plan['id']}")


def test_a_plan_ends_beside_the_week_until_it_is_adopted_and_undo_takes_it_back(
    desk: Desk, service: Service
) -> None:
    before = desk.who()
    plan = _ended(desk, service, title="快排")
    assert (plan["standing"], plan["base"], plan["head"], plan["title"]) == ("open", 1, 1, "快排")
    assert plan["job"]["state"] == "succeeded"
    assert desk.who() == before
    assert plan["effect"]["difference"]["started"] == ["d"]
    assert plan["curve"][-1]["unassigned"] == 0
    tried = desk.post(f"plans/{plan['id']}/adoption", {"dry_run": True})
    assert (tried["kept"], desk.get()["revision"]) == (False, 1)
    done = desk.post(f"plans/{plan['id']}/adoption", {})
    assert (done["kept"], done["revision"]) == (True, 2)
    assert desk.who().keys() == {"a", "b", "c", "d"}
    again = desk.get(f"/plans/{plan['id']}")
    assert (again["standing"], again["adopted"], again["effect"]) == ("adopted", 2, None)
    assert desk.post(f"plans/{plan['id']}/adoption", {}, 409)["code"] == "plan_settled"
    assert desk.get("/history")["revisions"][0]["kind"] == "plan"
    desk.post("undo", {})
    assert desk.who() == before


def test_what_was_commanded_meanwhile_stands_and_what_no_longer_fits_is_told(
    desk: Desk, service: Service
) -> None:
    plan = _ended(desk, service)
    move = next(one for one in plan["effect"]["difference"]["people"] if one["news"])
    assert move
    desk.command({"kind": "cancel", "task": "d"})
    desk.command({"kind": "unassign", "task": "a"})
    done = desk.post(f"plans/{plan['id']}/adoption", {})
    assert [one["assignment"]["task"] for one in done["fit"]["unfit"]] == ["d"]
    assert all(one["text"]["zh"] and one["text"]["en"] for one in done["fit"]["unfit"])
    assert "a" not in desk.who()
    assert "d" not in desk.who()


def test_a_replan_of_a_sick_call_keeps_decisions_by_hand_unless_it_is_told_otherwise(
    desk: Desk, service: Service
) -> None:
    desk.command({"kind": "assign", "task": "d", "slot": 0, "person": "zhao"})
    sick = {
        "kind": "absence",
        "person": "li",
        "from": "2026-11-23T00:00",
        "to": "2026-11-25T00:00",
    }
    plan = _ended(desk, service, kind="replan", changes=[sick])
    assert (plan["kept"], plan["changes"]) == (1, ["absence"])
    desk.post(f"plans/{plan['id']}/adoption", {})
    who = desk.who()
    assert who["d"] == "zhao"
    assert "li" not in who.values()
    assert who.keys() == {"a", "b", "c", "d"}
    loose = desk.post("plans", {**STEPS, "keep_by_hand": False}, 202)
    assert loose["kept"] == 0


def test_a_replan_is_offered_before_anything_was_searched(desk: Desk, service: Service) -> None:
    sick = {
        "kind": "absence",
        "person": "li",
        "from": "2026-11-23T00:00",
        "to": "2026-11-25T00:00",
    }
    before = desk.who()
    for bound in ({}, {"most_moved": 1}):
        wish = {"kind": "replan", "changes": [sick], "limits": {"seconds": 60}, **bound}
        plan = desk.post("plans", wish, 202)
        offered = desk.get(f"/plans/{plan['id']}")
        assert offered["effect"] is not None
        assert offered["fit"] == {"unfit": [], "meanwhile": [], "stays": []}
    desk.post(f"plans/{plan['id']}/adoption", {})
    kept = {task: person for task, person in before.items() if person != "li"}
    assert desk.who().items() >= kept.items()
    assert "li" not in desk.who().values()


def test_a_replan_with_new_work_is_offered_too(desk: Desk, service: Service) -> None:
    new = {"kind": "new", "visits": [WEEK["visits"][0] | {"id": "e"}]}
    plan = _ended(desk, service, kind="replan", changes=[new])
    assert (plan["changes"], plan["effect"]["difference"]["started"]) == (["new"], ["d", "e"])


def test_two_plans_stand_side_by_side_and_one_is_discarded(desk: Desk, service: Service) -> None:
    first = _ended(desk, service)
    second = _ended(desk, service, kind="replan", most_moved=0)
    versus = desk.get(f"/plans/{first['id']}/versus/{second['id']}")
    undone = next(one for one in versus["figures"] if one["key"] == "roster.slots_unassigned")
    assert undone["first"] == 0
    assert undone["second"] >= undone["first"]
    assert [one["id"] for one in desk.get("/plans")["plans"]] == [second["id"], first["id"]]
    gone = desk.post(f"plans/{second['id']}/discard", {})
    assert gone["standing"] == "discarded"
    assert desk.post(f"plans/{second['id']}/discard", {}, 409)["code"] == "plan_settled"
    desk.post("plans/no-such/adoption", {}, 404)


@pytest.mark.parametrize("field", ["most_moved", "changes"])
def test_a_wish_with_faults_is_refused_with_each_of_them(desk: Desk, field: str) -> None:
    sick = {
        "kind": "absence",
        "person": "nobody",
        "from": "2026-11-23T00:00",
        "to": "2026-11-24T00:00",
    }
    faulty = {"most_moved": -1, "changes": [sick]}[field]
    told = desk.post("plans", {**STEPS, field: faulty}, 422)
    assert told["problems"][0]["pointer"].startswith(f"/{field}")
    assert desk.get("/plans")["total"] == 0


def test_a_week_is_erased_with_the_jobs_and_instances_of_its_plans(
    desk: Desk, service: Service
) -> None:
    plan = _ended(desk, service)
    instance = plan["job"]["instance_id"]
    assert desk.http.get(f"/instances/{instance}").status_code == 200
    assert desk.http.delete(f"/weeks/{desk.id}").status_code == 204
    assert desk.http.get(f"/instances/{instance}").status_code == 404
    assert desk.http.get(f"/jobs/{plan['id']}").status_code == 404


def test_a_plan_that_runs_is_adopted_as_it_is_and_its_search_ends(
    desk: Desk, service: Service
) -> None:
    plan = desk.post("plans", {"limits": {"seconds": 60}}, 202)
    assert desk.http.delete(f"/weeks/{desk.id}").status_code == 409
    until(lambda: desk.get(f"/plans/{plan['id']}")["effect"] is not None)
    desk.post(f"plans/{plan['id']}/adoption", {})
    service.ended(plan["id"])
    assert desk.get(f"/plans/{plan['id']}")["job"]["ended_by"] in (
        "user",
        "optimal",
        "nothing_to_do",
    )
