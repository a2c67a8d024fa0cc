"""Over HTTP: an account with areas sees the instances and jobs of them, and writes nothing outside."""

import pytest
from sqlalchemy import select

from service.access import accounts, tokens
from service.access.roles import AccountRole
from service.access.tables import InstanceAreaRow
from service.store import instances
from tests.service.access.two_grids import INSIDE, ROSTER, WEEK, visit


@pytest.fixture(scope="module")
def kept(office):
    """The id of the week, which an administrator posted."""
    with office.client("administrator") as client:
        answer = client.post("/v1/instances", json=WEEK)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]


def client_for(office, name, areas):
    with office.store.session() as session:
        row = accounts.named(session, name) or accounts.add(
            session, name, AccountRole.COORDINATOR, areas=areas
        )
        secret = tokens.add(session, row, "t", AccountRole.COORDINATOR, days=1)[1]
    client = office.client()
    client.headers["Authorization"] = f"Bearer {secret}"
    return client


def test_who_has_an_area_of_an_instance_sees_it_and_others_do_not(office, kept):
    with (
        client_for(office, "far", ["grid-9"]) as far,
        client_for(office, "near", ["corner"]) as near,
    ):
        assert near.get(f"/v1/instances/{kept}").status_code == 200
        for method, path, body in (
            ("GET", f"/v1/instances/{kept}", None),
            ("GET", f"/v1/instances/{kept}/lineage", None),
            ("POST", f"/v1/instances/{kept}/children", WEEK),
            ("POST", "/v1/jobs", {"instance_id": kept}),
            ("POST", "/v1/evaluations", {"instance_id": kept, "roster": ROSTER}),
            ("POST", "/v1/explanations/clash", {"instance_id": kept}),
        ):
            answer = far.request(method, path, json=body)
            assert (answer.status_code, answer.json()["code"]) == (404, "instance_not_found"), path


def test_a_line_shows_only_the_instances_that_are_seen(office, kept):
    with office.client("administrator") as client:
        other = WEEK | {"areas": [{"id": "grid-9", "name": "九格", "kind": "grid"}]}
        for key in ("places", "people"):
            other[key] = [
                record | {"area": None} if key == "places" else record | {"areas": []}
                for record in WEEK[key]
            ]
        child = client.post(f"/v1/instances/{kept}/children", json=other)
        assert child.status_code == 201, child.text
        assert [one["id"] for one in client.get(f"/v1/instances/{kept}/lineage").json()["children"]]
    with (
        client_for(office, "near", ["corner"]) as near,
        client_for(office, "far", ["grid-9"]) as far,
    ):
        assert near.get(f"/v1/instances/{kept}/lineage").json()["children"] == []
        line = far.get(f"/v1/instances/{child.json()['id']}/lineage").json()
        assert (line["ancestors"], line["children"]) == ([], [])


def test_jobs_are_seen_as_their_instances_are(office, kept):
    with office.client("administrator") as client:
        asked = {"instance_id": kept, "limits": {"steps": 10}}
        job = client.post("/v1/jobs", json=asked).json()["id"]
    with (
        client_for(office, "far", ["grid-9"]) as far,
        client_for(office, "near", ["corner"]) as near,
    ):
        assert job in [one["id"] for one in near.get("/v1/jobs").json()["jobs"]]
        assert far.get("/v1/jobs").json()["jobs"] == []
        assert near.get(f"/v1/jobs/{job}").status_code == 200
        for method, path in (
            ("GET", ""),
            ("GET", "/events"),
            ("GET", "/roster"),
            ("GET", "/roster.csv"),
            ("GET", "/report.html"),
            ("GET", "/difference"),
            ("POST", "/stop"),
            ("DELETE", ""),
        ):
            answer = far.request(method, f"/v1/jobs/{job}{path}")
            assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found"), path
        # A job is the whole instance's, part of which lies outside.
        for method, path in (("POST", "/stop"), ("DELETE", "")):
            answer = near.request(method, f"/v1/jobs/{job}{path}")
            assert (answer.status_code, answer.json()["code"]) == (403, "outside_areas"), path


def test_writing_outside_is_refused_and_named(office, kept):
    with client_for(office, "grid", ["grid-1"]) as client:
        shown = client.get(f"/v1/instances/{kept}").json()
        away = next(one["id"] for one in shown["places"] if one["id"].startswith("elsewhere/"))
        moved = {"visits": [*shown["visits"][1:], visit("v1", away)]}
        for path, body in (
            ("/v1/instances", WEEK),
            ("/v1/jobs", {"instance_id": kept}),
            ("/v1/jobs", {"instance": WEEK}),
            (f"/v1/instances/{kept}/children", shown | moved),
            (
                "/v1/previews",
                {
                    "instance_id": kept,
                    "roster": ROSTER | {"assignments": ROSTER["assignments"][:1]},
                    "changes": {
                        "horizon": WEEK["horizon"],
                        "changes": [{"kind": "cancel", "task": "elsewhere/3"}],
                    },
                },
            ),
        ):
            answer = client.post(path, json=body)
            assert (answer.status_code, answer.json()["code"]) == (403, "outside_areas"), path
            assert (
                "v1" if "children" in path else "elsewhere/" if "instances" not in path else "2"
            ) in answer.json()["detail"]
        inside = client.post("/v1/instances", json=WEEK | INSIDE)
        assert inside.status_code == 201, inside.text


def test_areas_are_entered_once_for_each_instance(office, kept):
    with office.store.session() as session:
        entered = session.scalars(
            select(InstanceAreaRow.area).where(InstanceAreaRow.instance_id == kept)
        )
        assert set(entered) == {"street", "grid-1", "corner", "grid-2"}
        assert instances.find(session, kept) is not None
