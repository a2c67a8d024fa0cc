"""The history of a week: from what to what, also of work that is gone since, and nothing of what is private."""

from scheduler.model import Instance, Roster
from service.access.caller import Caller
from service.access.mask import CallerView
from service.access.roles import AccountRole
from service.store.weeks import RevisionRow
from service.weeks.history import entry
from service.weeks.state import WeekState
from tests.service.canaries import PRIVATE_VISIT
from tests.service.canaries import WEEK as CANARIES
from tests.service.weeks.conftest import DAYS

TAKE = {"kind": "unassign", "task": "a", "person": "li"}


def _new(**more):
    visit = {
        "id": "canary-new",
        "name": "canary visit",
        "kind": "check",
        "places": ["home"],
        "windows": [{"from": f"{DAYS[0]}T09:00", "to": f"{DAYS[0]}T16:00"}],
        "duration": 30,
    }
    return {"kind": "new", "visits": [visit | more]}


def test_a_move_says_who_had_it_where_and_when_and_who_has_it_then(desk):
    desk.command(TAKE | {"person": "li"}, reason="病假")
    desk.command({"kind": "assign", "task": "a", "person": "zhao"})
    given, taken = desk.get("/history?task=a")["revisions"]
    (off,) = taken["moves"]
    assert (off["task"], off["slot"], off["name"]["zh"], off["after"]) == ("a", 0, "走访a", None)
    assert (off["before"]["person"], off["before"]["name"]) == ("li", "网格员li")
    assert off["before"]["start"] == f"{DAYS[0]}T09:00"
    assert off["before"]["when"]["zh"] == "11月23日 周一 09:00"
    assert off["before"]["place"]["en"] == "3栋"
    (on,) = given["moves"]
    assert (on["before"], on["after"]["person"]) == (None, "zhao")
    assert (taken["reason"], taken["plan"]) == ("病假", None)


def _made_and_taken_back(desk, **more):
    desk.command(_new(**more))
    task = next(one for one in desk.get("/history")["revisions"][0]["tasks"])
    desk.command({"kind": "assign", "task": task, "person": "zhao"}, reason="急")
    desk.post("undo", {})
    desk.post("undo", {"revision": 2})
    return desk.get("/history")["revisions"]


def test_work_that_is_gone_since_still_has_its_name(desk):
    steps = _made_and_taken_back(desk)
    assert [one["revision"] for one in steps] == [5, 4, 3, 2, 1]
    assert steps[2]["moves"][0]["name"]["zh"] == "canary visit"
    assert steps[3]["records"] == ["visits/canary-new"]


def test_private_work_that_is_gone_since_is_not_named(desk):
    steps = _made_and_taken_back(desk, private=True)
    assert "canary" not in str(steps)
    assert steps[2]["moves"][0]["task"] == "private/1"
    assert steps[2]["moves"][0]["after"]["person"] == "zhao"
    assert (steps[0]["records"], steps[3]["records"]) == ([], [])


def test_where_hidden_work_was_is_told_by_its_area():
    open_place = PRIVATE_VISIT | {"id": "canary-open", "places": ["plaza"], "household": None}
    week = Instance.model_validate(CANARIES | {"visits": [*CANARIES["visits"], open_place]})
    state = WeekState.of(week, Roster(horizon=week.horizon, instance=week.id))
    told = {
        "touched": [["task", "canary-open"], ["task", "open-shift"]],
        "moved": [
            {"task": task, "slot": 0, "before": ["other", "plaza", 60, 90], "after": None}
            for task in ("canary-open", "open-shift")
        ],
    }
    row = RevisionRow(number=2, created=1.0, account_name="x", kind="command", told=told)
    shown = entry(CallerView(Caller("1", "x", AccountRole.COORDINATOR)), state, row, gone=week)
    places = {move.task: move.before.place.zh for move in shown.moves}
    assert places == {"private/3": "东社区", "open-shift": "广场"}
