"""What pages ask of a week, over HTTP: prices, candidates, reasons, remedies, what is next, and search."""

import copy
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from scheduler.checker import check
from scheduler.due import expand
from scheduler.model import Instance, Roster
from service.access.caller import LOCAL
from service.examples import TINY, TINY_ROSTER
from service.store import Store
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.service.conftest import Service

OTHER = TINY["people"][0] | {"id": "worker-04", "name": "王小明", "start_place": "building-3"}
NAMESAKE = TINY["people"][0] | {"id": "worker-05", "name": "王小明", "role": "counsellor"}
AWAY = [{"from": "2026-11-23T00:00", "to": "2026-11-24T00:00"}]
WEEK: dict[str, Any] = TINY | {
    "horizon": {"start": "2026-11-23", "days": 2},
    "people": [
        TINY["people"][0],
        OTHER | {"availability": [{"from": "2026-11-23T08:30", "to": "2026-11-23T17:30"}]},
        NAMESAKE | {"leave": AWAY},
    ],
    "visits": [
        TINY["visits"][0],
        TINY["visits"][0] | {"id": "visit-2", "name": "代办买药", "priority": 5},
        TINY["visits"][0]
        | {"id": "visit-3", "name": "法律咨询", "slots": [{"skills": {"law": 1}}], "priority": 3},
    ],
}
ROSTER: dict[str, Any] = TINY_ROSTER | {"horizon": WEEK["horizon"]}


@pytest.fixture(scope="module")
def begin(service: Service) -> Callable[[dict[str, Any], dict[str, Any]], str]:
    """Begins a week of the shared service and gives its address."""
    store = Store.of(service.settings)

    def made(week: dict[str, Any], roster: dict[str, Any]) -> str:
        state = WeekState.of(Instance.model_validate(week), Roster.model_validate(roster))
        return f"/v1/weeks/{begun(store, LOCAL, state).week.id}"

    yield made
    store.close()


@pytest.fixture(scope="module")
def week(begin) -> str:
    return begin(WEEK, ROSTER)


def got(http: httpx2.Client, path: str, **query: Any) -> Any:
    answer = http.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_price_is_what_the_checker_says_of_the_roster_so_changed(http, week):
    found = got(http, f"{week}/prices", task="visit-1", slot=0)
    assert found["removed"] == ROSTER["assignments"]
    by_person = {row["person"]: row for row in found["people"]}
    instance = expand(Instance.model_validate(WEEK))
    before = check(instance, Roster.model_validate(ROSTER)).score
    (price,) = by_person["worker-04"]["prices"]
    changed = ROSTER | {"assignments": price["assignments"]}
    after = check(instance, Roster.model_validate(changed)).score
    assert price["score"] == (after - before).model_dump()
    assert price["day"] == 0
    # worker-03 walks ten minutes there and ten back; worker-04 begins there, and only goes back.
    assert price["way_minutes"] == -10
    assert "路上少 10 分钟" in price["text"]["zh"]


def test_who_cannot_has_one_reason_for_each_day(http, week):
    found = got(http, f"{week}/prices", task="visit-1", slot=0)
    reasons = found["reasons"]
    refused = {
        row["person"]: [None if n is None else reasons[n]["reason"] for n in row["refused"]]
        for row in found["people"]
    }
    assert refused == {
        "worker-03": [None, "no_start"],
        "worker-04": [None, "no_start"],
        "worker-05": ["away", "no_start"],
    }
    assert len({tuple(reason["text"].items()) for reason in reasons}) == len(reasons)


def test_candidates_are_day_strips_the_best_first(http, week):
    first, second, away = got(http, f"{week}/tasks/visit-2/candidates")["candidates"]
    assert [row["person"] for row in (first, second, away)] == [
        "worker-03",
        "worker-04",
        "worker-05",
    ]
    # worker-03 is there already, until half past nine, after ten minutes on the way.
    assert [(stop["task"], stop["way_minutes"], stop["new"]) for stop in first["stops"]] == [
        ("visit-1", 10, False),
        ("visit-2", 0, True),
    ]
    assert first["free"] == [
        {"start": "2026-11-23T08:30", "end": "2026-11-23T08:50"},
        {"start": "2026-11-23T09:30", "end": "2026-11-23T17:30"},
    ]
    assert first["load_minutes"] == 60
    assert [stop["new"] for stop in second["stops"]] == [True]
    assert second["why_not"] is None
    assert away["price"] is None
    assert away["why_not"]["reason"] == "away"
    assert second["name"] == {"zh": "王小明（专职网格员）", "en": "王小明 (Grid worker)"}
    only = got(http, f"{week}/tasks/visit-2/candidates", day=1)["candidates"]
    assert {row["why_not"]["reason"] for row in only} == {"no_start"}


def test_why_tells_what_an_assignment_is_worth(http, week):
    found = got(http, f"{week}/tasks/visit-1/why")
    assert "专职网格员03" in found["text"]["zh"]
    assert any(other["kind"] == "person" for other in found["alternatives"])
    assert http.get(f"{week}/tasks/visit-9/why").status_code == 404
    assert http.get(f"{week}/tasks/visit-2/why").status_code == 422


def test_undone_work_is_listed_by_urgency_with_true_reasons(http, week):
    found = got(http, f"{week}/undone")
    assert [(slot["task"], slot["verdict"]) for slot in found["slots"]] == [
        ("visit-2", "can"),
        ("visit-3", "nobody"),
    ]
    assert found["total"] == 2
    way, none = (slot["changes"] for slot in found["slots"])
    assert none is None
    body = {"instance": WEEK, "roster": ROSTER, "changes": way}
    preview = http.post("/previews", json=body).json()
    assert "visit-2" in {part["task"] for part in preview["roster"]["assignments"]}
    assert found["slots"][0]["until"]["zh"].startswith("11月23日 周一")
    assert got(http, f"{week}/undone", offset=1, limit=1)["slots"] == found["slots"][1:]


def test_a_remedy_comes_as_changes_that_do_it(http, week):
    found = got(http, f"{week}/undone/visit-3")
    assert found["verdict"] == "nobody"
    assert len(found["remedies"]) == len(found["slot"]["remedies"]) > 0
    for remedy in found["remedies"]:
        if remedy["changes"] is None:
            continue
        body = {"instance": WEEK, "roster": ROSTER, "changes": remedy["changes"]}
        preview = http.post("/previews", json=body)
        assert preview.status_code == 200, preview.text
        assert preview.json()["refused"] == []
        done = {part["task"] for part in preview.json()["roster"]["assignments"]}
        assert "visit-3" in done


def test_today_tells_what_needs_a_person_from_now_on(http, week):
    found = got(http, f"{week}/today", minute=8 * 60)
    kinds = [(matter["kind"], matter["task"] or matter["person"]) for matter in found["matters"]]
    assert kinds == [("unpublished", None), ("gap", "visit-2"), ("gap", "visit-3")]
    assert found["matters"][1]["href"] == f"/w/{week.rpartition('/')[2]}/undone?task=visit-2&slot=0"
    assert found["matters"][1]["verb"]["zh"] == "安排"
    over = got(http, f"{week}/today", minute=12 * 60)["matters"]
    assert [(one["kind"], one["task"]) for one in over] == [("unreported", "visit-1")]
    noted = {"outcomes": [{"task": "visit-1", "result": "done", "end": "2026-11-23T11:00"}]}
    assert http.post(f"{week}/outcomes", json=noted).status_code == 200
    assert got(http, f"{week}/today", minute=12 * 60)["matters"] == []


def test_search_knows_names_ids_addresses_and_pinyin(http, week):
    for text in ("王小明", "wxm", "WangXiaoMing", "worker-04"):
        hits = got(http, f"{week}/search", q=text)["hits"]
        assert ("person", "worker-04") in [(hit["kind"], hit["id"]) for hit in hits], text
    both = got(http, f"{week}/search", q="王小明")["hits"]
    assert len({hit["detail"]["zh"] for hit in both}) == len(both) == 2
    assert [hit["id"] for hit in got(http, f"{week}/search", q="dbmy")["hits"]] == ["visit-2"]
    assert got(http, f"{week}/search", q="没有这个")["hits"] == []


def test_a_place_is_told_by_its_areas_but_for_names_that_the_next_one_says_again(http, begin):
    tree = (
        ("street", "龙潭街道"),
        ("community", "东湖"),
        ("grid", "东湖二网格"),
        ("micro_grid", "3栋"),
    )
    kinds = [kind for kind, _ in tree]
    areas = [
        {"id": kind, "name": name, "kind": kind, "parent": above}
        for (kind, name), above in zip(tree, [None, *kinds], strict=False)
    ]
    first, *others = WEEK["places"]
    made = WEEK | {"areas": areas, "places": [first | {"area": "micro_grid"}, *others]}
    hits = got(http, f"{begin(made, ROSTER)}/search", q=first["id"])["hits"]
    detail = next(hit["detail"] for hit in hits if hit["id"] == first["id"])
    assert detail["zh"] == "龙潭街道、东湖二网格、3栋"


def test_what_is_private_is_masked_in_every_answer(http, begin):
    private = copy.deepcopy(WEEK)
    private["visits"][1]["private"] = True
    secret = begin(private, ROSTER)
    for path in ("undone", "today?minute=480", "search?q=dbmy", "tasks/visit-2/candidates"):
        assert "代办买药" not in http.get(f"{secret}/{path}").text, path
    assert got(http, f"{secret}/search", q="dbmy")["hits"] == []
    assert "private/1" in http.get(f"{secret}/prices?task=visit-2").text
