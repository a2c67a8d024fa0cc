"""A search for a coordinator of an area leaves the work outside it as it is: who has it, and what nobody has."""

from scheduler.model import Roster
from scheduler.weeks.replan import apply
from service.access.scope import held_outside
from service.store import jobs
from service.store.tables import JobRow
from tests.service.access.test_seen_areas import client_for
from tests.service.access.two_grids import CALLER, ROSTER, WEEK, changes, visit, week
from tests.service.conftest import until

LEFT = {"either", "hall-visit", "left"}
MORE = WEEK | {"visits": [*WEEK["visits"], visit("left", "home-2"), visit("free", "home-1")]}
CANCEL = {"kind": "cancel", "task": "vc"}


def test_what_nobody_has_outside_stays_empty_and_is_not_pinned():
    applied = apply(week(visits=MORE["visits"]), Roster.model_validate(ROSTER), changes(CANCEL))
    held = held_outside(CALLER, applied)
    assert {task for task, _ in held.empty} == LEFT
    assert [pin.task for pin in held.instance.pins] == ["v2"]


def test_what_a_job_says_names_nothing_of_other_areas(office):
    fault = {
        "code": "unknown_person",
        "pointer": "/visits/2/preferred",
        "value": "there",
        "slots": {"task": "v2", "place": "home-2"},
    }
    own = {"code": "unknown_person", "pointer": "/visits/0/preferred", "value": "v1", "slots": {}}
    with (
        office.client("administrator") as everybody,
        client_for(office, "of-one-grid", ["grid-1"]) as client,
    ):
        kept = everybody.post("/v1/instances", json=MORE).json()["id"]
        with office.store.session() as session:
            request = {"limits": {"seconds": 1, "idle_seconds": None, "steps": None}, "seed": 0}
            jobs.add(
                session,
                "told",
                instance_id=kept,
                fingerprint="",
                request=request | {"cores": 1},
                start_roster=None,
            )
            problem = {"code": "instance_unsolvable", "slots": {}, "problems": [fault, own]}
            ended = {"state": "failed", "ended": 1.0, "problem": problem}
            jobs.change(session, JobRow.id == "told", result={"notices": [fault]}, **ended)
        for path in ("/v1/jobs/told", "/v1/jobs/told/events", "/v1/jobs"):
            whole, inside = everybody.get(path).text, client.get(path).text
            assert "told" in inside
            for word in ("there", "v2", "home-2"):
                assert f'"{word}"' in whole, (path, word)
                assert f'"{word}"' not in inside, (path, word)
            assert '"v1"' in inside


def _done(roster):
    return {part["task"]: part for part in roster["assignments"]}


def test_a_replan_for_an_area_fills_its_own_work_alone(office):
    with (
        office.client("administrator") as everybody,
        client_for(office, "of-one-grid", ["grid-1"]) as client,
    ):
        kept = everybody.post("/v1/instances", json=MORE).json()["id"]
        asked = {
            "instance_id": kept,
            "roster": client_roster(client, kept),
            "changes": {"horizon": WEEK["horizon"], "changes": [CANCEL]},
            "limits": {"steps": 2000},
            "title": "solve",
        }
        for more in ({}, {"most_moved": 2}):
            answer = client.post("/v1/replans", json=asked | more)
            assert answer.status_code == 202, answer.text
            job = answer.json()["id"]
            wait_for(client, job)
            done = _done(everybody.get(f"/v1/jobs/{job}/roster").json())
            before = _done(ROSTER)
            assert {"v1", "free"} <= done.keys()
            assert not LEFT & done.keys()
            assert done["v2"]["person"] == before["v2"]["person"]
            assert done["v2"]["start"] == before["v2"]["start"]


def wait_for(client, job):
    """Wait until a job has succeeded."""
    until(lambda: client.get(f"/v1/jobs/{job}").json()["state"] == "succeeded")


def client_roster(client, kept):
    """The roster as the coordinator knows it: work outside under neutral ids."""
    shown = client.get(f"/v1/instances/{kept}").json()
    hidden = dict(zip((one["id"] for one in MORE["visits"]), shown["visits"], strict=True))
    places = dict(zip((one["id"] for one in MORE["places"]), shown["places"], strict=True))
    people = dict(zip((one["id"] for one in MORE["people"]), shown["people"], strict=True))
    return ROSTER | {
        "assignments": [
            part
            | {
                "task": hidden[part["task"]]["id"],
                "place": places[part["place"]]["id"],
                "person": people[part["person"]]["id"],
            }
            for part in ROSTER["assignments"]
        ]
    }
