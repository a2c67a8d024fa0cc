"""What is done elsewhere is not told here: two weeks differ in it alone, and whoever is for one area finds no difference."""

import re
from datetime import datetime

import pytest

from service.access.caller import LOCAL
from service.access.mask import CallerView
from service.access.roles import AccountRole
from service.store import jobs, roster_people, weeks
from service.store.tables import JobRow
from service.weeks import publishing
from service.weeks.own_week import own_week
from tests.service.access.test_hidden_work import FAR_NAME, WORKED, part
from tests.service.access.test_leaks import FAR
from tests.service.canaries import WEEK, at

WEST_VISIT = WEEK["visits"][3]
SECRET = WEST_VISIT | {"id": "west-secret", "name": "西边的心事", "private": True}
TWO_AREAS = WEEK | {
    "title": "quick",
    # A command drops what nothing needs, wherever it is.
    "exceptions": [],
    "people": [*WEEK["people"], FAR],
    "visits": [
        *WEEK["visits"],
        SECRET,
        WEST_VISIT | {"id": "west-left", "name": "西边没人的"},
    ],
}
PARTS = WORKED | {
    "assignments": [
        *WORKED["assignments"],
        part("west-secret", "far-worker", "hall", "10:00", "10:30"),
    ]
}
READ = (
    "facts",
    "publications",
    "tell?texts=true",
    "reconciliation",
    "undone",
    "today?minute=1000&hours=24",
    "requests?state=all",
    "orders",
    "history",
    "figures",
    "plans",
    "prices?task=open-shift",
    "tasks/open-shift/candidates",
    "people/other/part",
    "",
)
PAGES = (
    "day/2026-11-23?minute=1000",
    "close?show=all",
    "tell",
    "history",
    "figures",
    "table",
    "orders",
)


@pytest.fixture(scope="module")
def planner(as_account):
    """Who plans for every area, and may know of everything."""
    return as_account("plans-for-all", AccountRole.COORDINATOR, private=True)


@pytest.fixture(scope="module")
def near(as_account):
    return as_account("near-one", AccountRole.COORDINATOR, areas=["lane", "east"])


def begun(planner):
    """Id of a week of two areas of which the east is published."""
    answer = planner.post("/weeks", json={"instance": TWO_AREAS, "roster": PARTS})
    assert answer.status_code == 201, answer.text
    done(planner, answer.json()["id"], "publications", {"areas": ["east"]})
    return answer.json()["id"]


def done(client, week, what, body):
    answer = client.post(f"/weeks/{week}/{what}", json=body)
    assert answer.status_code < 300, (what, answer.text)


def busy_west(planner, week):
    """Everything that can be done in the west and leaves the roster as it is."""
    done(planner, week, "publications", {"areas": ["west"]})
    done(planner, week, "tell", {"people": ["far-worker"], "state": "told"})
    sick = {"kind": "sick", "span": {"start": at("08:00"), "end": at("18:00")}, "words": FAR_NAME}
    done(planner, week, "people/far-worker/requests", sick)
    outcomes = [
        {"task": "west-visit", "result": "nobody_in", "note": FAR_NAME},
        {"task": "west-secret", "result": "done"},
    ]
    outside = {
        "name": FAR_NAME,
        "person": "far-worker",
        "place": "hall",
        "start": at("11:00"),
        "end": at("11:30"),
    }
    done(planner, week, "outcomes", {"outcomes": outcomes, "outside": [outside]})
    renamed = {"kind": "edit", "collection": "people", "id": "far-worker"}
    for name in (FAR_NAME[:2], FAR_NAME):
        change = renamed | {"record": FAR | {"name": name}}
        done(planner, week, "commands", {"changes": [change], "reason": f"{FAR_NAME}改名"})
    pin = {"kind": "pin", "task": "west-visit", "person": "far-worker"}
    unpin = {"kind": "unpin", "task": "west-visit"}
    for change in (pin, unpin):
        done(planner, week, "commands", {"changes": [change], "reason": f"{FAR_NAME}说好了"})


_MADE = re.compile(
    r'"(?:revision|publication|at|created_at|changed_at|published_at|base|head)": ?"?[^,"}]*"?'
    r'|datetime="[^"]*">[^<]*<|\d+月\d+日 \d+:\d+'
)
_NUMBERS = re.compile(r"(?<=2026-11-23)-\d+|(?<=这一周)（\d+）")
"""Of a second week that begins on the same day."""


def told(client, path):
    """An answer in pieces, without what every week and every revision has of its own."""
    answer = client.get(path, headers={"Accept-Language": "zh"})
    assert answer.status_code == 200, (path, answer.text)
    text = answer.text[max(0, answer.text.find("<main")) :]  # around it stand the other weeks
    return re.split(r"(?<=[,>])", _MADE.sub("~", _NUMBERS.sub("", text)))


def test_what_is_done_elsewhere_makes_no_difference_here(planner, near):
    quiet, busy = begun(planner), begun(planner)
    busy_west(planner, busy)
    for what in READ:
        path = "/weeks/{}/" + what
        both = [told(near, path.format(week).rstrip("/")) for week in (quiet, busy)]
        assert both[0] == both[1], what
        assert "elsewhere/" not in "".join(both[0]), what
    for what in PAGES:
        both = [told(near, f"/w/{week}/{what}") for week in (quiet, busy)]
        assert both[0] == both[1], what
    # A planner of everything is told of it.
    counts = [
        planner.get(f"/weeks/{week}/reconciliation").json()["counts"] for week in (quiet, busy)
    ]
    assert [one["lacking"] for one in counts] == [6, 4]


def test_counts_are_of_ones_own_work(planner, near):
    week = begun(planner)
    path = f"/weeks/{week}"
    every, mine = (client.get(path).json()["counts"] for client in (planner, near))
    assert (every["people"], every["places"], every["visits"], every["slots"]) == (3, 5, 6, 8)
    assert (mine["people"], mine["places"], mine["visits"], mine["slots"]) == (2, 4, 3, 5)
    assert (every["assigned"], mine["assigned"]) == (6, 4)
    said = {"outcomes": [{"task": "open-shift", "result": "done"}]}
    left = [
        client.post(f"{path}/outcomes", json=said).json()["lacking"] for client in (planner, near)
    ]
    assert left == [5, 3]
    facts = [client.get(f"{path}/facts").json() for client in (planner, near)]
    assert [one["unpublished"] for one in facts] == [2, 0]
    assert [one["keys"] for one in facts] == [["partly_published"], ["published"]]
    planner.post(f"{path}/publications", json={"areas": ["street"]})
    assert len(near.get(f"{path}/publications").json()["publications"]) == 2


def test_who_works_elsewhere_is_in_no_list_of_jobs(office, planner, near):
    kept = planner.post("/instances", json=TWO_AREAS).json()["id"]
    limits = {"seconds": 1, "idle_seconds": None, "steps": None}
    with office.store.session() as session:
        jobs.add(
            session,
            "two-areas",
            instance_id=kept,
            fingerprint="",
            request={"limits": limits, "seed": 0, "cores": 1},
            start_roster=None,
        )
        jobs.change(session, JobRow.id == "two-areas", state="succeeded", ended=1.0)
        jobs.save_roster(session, "two-areas", "{}", final=True)
        roster_people.enter(session, "two-areas", ["far-worker", "other"])
    for client, seen in ((planner, ["far-worker", "other"]), (near, ["other"])):
        for person in ("far-worker", "other", "nobody"):
            total = client.get(f"/people/{person}/rosters").json()["total"]
            assert total == (person in seen), (person, seen)


def test_nobody_erases_what_lies_elsewhere_too(planner, as_account):
    chief = as_account("chief-of-east", AccountRole.ADMINISTRATOR, areas=["lane", "east"])
    week = begun(planner)
    kept = planner.post("/instances", json=TWO_AREAS).json()["id"]
    for path in (f"/weeks/{week}", f"/instances/{kept}", f"/instances/{kept}?children=true"):
        refused = chief.delete(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "outside_areas"), path
    assert planner.get(f"/weeks/{week}").status_code == 200
    inside = TWO_AREAS | {
        name: [] for name in ("visits", "shifts", "cases", "duties", "households", "gaps", "pins")
    }
    inside |= {"exceptions": [], "published": [], "people": [], "history": {}, "settings": {}}
    inside |= {"places": [one for one in WEEK["places"] if one["area"] == "east"]}
    mine = planner.post("/instances", json=inside).json()["id"]
    child = planner.post(f"/instances/{mine}/children", json=inside | {"title": "t"}).json()["id"]
    far = planner.post(f"/instances/{child}/children", json=TWO_AREAS).json()["id"]
    line = f"/instances/{mine}?children=true"
    assert chief.delete(line).json()["code"] == "outside_areas"
    with_far = planner.get(f"/instances/{far}")
    assert with_far.status_code == 200
    assert chief.delete(f"/instances/{child}").json()["code"] == "outside_areas"


def test_the_publisher_of_ones_own_part_is_whom_one_asks(office, planner, as_account):
    week = begun(planner)
    west = as_account("publishes-west", AccountRole.COORDINATOR, areas=["west"])
    done(west, week, "publications", {"areas": ["west"]})
    with office.store.session() as session:
        row, told = weeks.find(session, week), publishing.published(session, week)
        contacts = [
            own_week(session, CallerView(LOCAL), row, who, datetime(2026, 11, 23)).contact
            for who in ("other", "far-worker")
        ]
    assert told.number == 2
    assert contacts == ["plans-for-all", "publishes-west"]


def test_a_step_that_is_about_something_here_too_is_told(planner, near):
    week = begun(planner)
    both = [{"kind": "unassign", "task": task} for task in ("west-visit", "open-shift")]
    done(planner, week, "commands", {"changes": both, "reason": "都不去"})
    # Areas are everybody's.
    lane = WEEK["areas"][3] | {"name": "小里弄"}
    edits = (("people", FAR | {"name": "她"}), ("areas", lane))
    changes = [
        {"kind": "edit", "collection": collection, "id": record["id"], "record": record}
        for collection, record in edits
    ]
    done(planner, week, "commands", {"changes": changes, "reason": "改名"})
    told = near.get(f"/weeks/{week}/history").json()
    assert [(one["revision"], one["reason"]) for one in told["revisions"]] == [
        (3, "改名"),
        (2, "都不去"),
        (1, ""),
    ]
    assert told["total"] == 3
