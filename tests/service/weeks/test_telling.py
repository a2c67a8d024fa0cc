"""Published per area, told, told again after a change; what became of the work, closed, opened, closed again."""

from tests.service.weeks.conftest import DAYS, ROSTER, WEEK


def stands(tell):
    """Person → what it is to them, and whether they know."""
    return {one["person"]: (one["kind"], one["state"]) for one in tell["people"]}


def test_nothing_is_published_until_it_is(desk):
    facts = desk.get()["facts"]
    assert (facts["keys"], facts["unpublished"], facts["untold"]) == (["unpublished"], 3, 0)
    assert desk.get("/tell") | {"people": [], "publication": 0} == desk.get("/tell")
    tried = desk.post("publications", {"dry_run": True})
    assert stands(tried) == {"li": ("new", "not_told"), "wang": ("new", "not_told")}
    assert (tried["publication"], tried["to_tell"]) == (0, 2)
    assert desk.get()["facts"]["keys"] == ["unpublished"]


def test_copied_is_not_told_and_told_is_not_received(desk):
    told = desk.post("publications", {})
    assert (told["publication"], told["revision"], told["counts"]["new"]) == (1, 1, 2)
    for state in ("copied", "told", "received", "told", "copied"):
        answer = desk.post("tell", {"people": ["li"], "state": state})
        assert stands(answer)["li"] == ("new" if state == "copied" else "unchanged", state)
        assert answer["to_tell"] == (2 if state == "copied" else 1)
    assert stands(desk.post("tell", {"people": ["li"], "state": None}))["li"][1] == "not_told"
    fault = desk.post("tell", {"people": ["li", "zhao"], "state": "told"}, 422)["problems"]
    assert [(one["pointer"], one["code"]) for one in fault] == [("/people/1", "unknown_person")]


def test_a_later_change_is_told_again_and_a_small_one_is_none(desk):
    desk.post("publications", {})
    desk.post("tell", {"people": ["li", "wang"], "state": "told"})
    desk.command({"kind": "move", "task": "a", "start": f"{DAYS[0]}T09:04"})
    assert desk.post("publications", {"dry_run": True})["to_tell"] == 0
    desk.command({"kind": "unassign", "task": "b"}, {"kind": "assign", "task": "d", "person": "li"})
    facts = desk.get()["facts"]
    assert (facts["keys"], facts["unpublished"]) == (["published_with_changes"], 3)
    told = desk.post("publications", {})
    assert stands(told) == {"li": ("changed", "again"), "wang": ("withdrawn", "again")}
    assert desk.get()["facts"] | {"keys": ["published"], "untold": 2} == desk.get()["facts"]
    texts = {one["person"]: one for one in desk.get("/tell?texts=true")["people"]}
    assert texts["wang"]["change"].startswith("网格员wang")
    assert "走访b" in texts["wang"]["change"]
    assert "走访d" in texts["li"]["text"]
    assert desk.get("/tell?texts=true&lang=en")["people"][0]["change"] != texts["li"]["change"]


def test_the_same_published_again_is_the_same_publication(desk):
    assert [desk.post("publications", {})["publication"] for _ in range(2)] == [1, 1]
    desk.command({"kind": "unassign", "task": "b"})
    assert desk.post("publications", {"revision": 1})["publication"] == 1
    assert desk.post("publications", {})["publication"] == 2
    listed = desk.get("/publications")["publications"]
    assert [(one["number"], one["revision"], one["areas"]) for one in listed] == [
        (2, 2, None),
        (1, 1, None),
    ]


def test_who_was_told_of_an_earlier_publication_is_told_again(desk):
    desk.post("publications", {})
    desk.command({"kind": "unassign", "task": "b"})
    desk.post("publications", {})
    answer = desk.post("tell", {"people": ["li"], "state": "told", "publication": 1})
    assert stands(answer) == {"li": ("unchanged", "told")}, "theirs is the same in both"
    fault = desk.post("tell", {"people": ["li"], "state": "told", "publication": 3}, 422)
    assert fault["problems"][0]["pointer"] == "/publication"


TWO_AREAS = WEEK | {
    "areas": [
        {"id": "east", "name": "东", "kind": "community"},
        {"id": "west", "name": "西", "kind": "community"},
    ],
    "places": [
        {"id": "home", "name": "3栋", "area": "east"},
        {"id": "far", "name": "9栋", "area": "west"},
    ],
    "visits": [one | {"places": ["far"]} if one["id"] == "b" else one for one in WEEK["visits"]],
    "settings": {
        "travel": {"kind": "matrix", "places": ["home", "far"], "minutes": [[0, 9], [9, 0]]}
    },
}


def test_areas_are_published_each_on_its_own(http):
    parts = [one | {"place": "far"} if one["task"] == "b" else one for one in ROSTER["assignments"]]
    body = {"instance": TWO_AREAS, "roster": ROSTER | {"assignments": parts}}
    week = f"/weeks/{http.post('/weeks', json=body).json()['id']}"
    east = http.post(f"{week}/publications", json={"areas": ["east"]}).json()
    assert stands(east) == {"li": ("new", "not_told")}
    facts = http.get(week).json()["facts"]
    assert (facts["keys"], facts["areas"]) == (
        ["partly_published"],
        {"east": 1, "west": None},
    )
    west = http.post(f"{week}/publications", json={"areas": ["west"]}).json()
    assert stands(west) == {"li": ("new", "not_told"), "wang": ("new", "not_told")}
    assert http.get(week).json()["facts"]["keys"] == ["published"]
    refused = http.post(f"{week}/publications", json={"areas": ["east", "north"]}).json()
    assert refused["problems"][0]["pointer"] == "/areas/1"


def test_an_exception_is_listed_where_it_is_published(desk):
    late = {"kind": "move", "task": "a", "start": f"{DAYS[0]}T16:30"}
    desk.command(late, reason="住户只有这时在家")
    told = desk.post("publications", {"dry_run": True})
    assert [(one["task"], one["reason"]) for one in told["exceptions"]] == [
        ("a", "住户只有这时在家")
    ]
    assert "走访a" in told["exceptions"][0]["text"]["zh"]


def test_who_works_sees_what_is_published_of_them_and_says_that_they_know(desk):
    assert desk.get("/people/li/part") | {"publication": 0, "lines": []} == desk.get(
        "/people/li/part"
    )
    desk.post("publications", {})
    desk.command({"kind": "unassign", "task": "a"})
    part = desk.get("/people/li/part")
    assert [one["task"] for one in part["lines"]] == ["a", "c"], "a draft is not told"
    assert part["state"] == "not_told"
    assert desk.post("people/li/received", {})["state"] == "received"
    desk.post("publications", {})
    part = desk.get("/people/li/part")
    assert (part["state"], part["kind"], len(part["change"])) == ("again", "changed", 1)
    assert desk.post("people/nobody/received", {}, 404)["code"] == "part_not_found"
    assert desk.http.get(f"/weeks/{desk.id}/people/nobody/part").status_code == 404
