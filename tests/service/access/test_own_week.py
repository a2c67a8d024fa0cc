"""A worker's token reads the weeks of one person, and nothing else."""

import zlib

import pytest
from alembic import command
from sqlalchemy import text

from service.examples import TINY
from service.store import Store
from service.store.database import migrations
from tests.service.conftest import until


@pytest.fixture(scope="module")
def job(office):
    """The id of a job that has ended with a roster of worker-03's."""
    with office.client("administrator") as client:
        asked = {"instance": TINY, "limits": {"steps": 100}}
        id = client.post("/v1/jobs", json=asked).json()["id"]
        until(lambda: client.get(f"/v1/jobs/{id}").json()["state"] == "succeeded")
    return id


def test_the_own_week_is_read(office, job):
    with office.client("worker") as client:
        own = client.get(f"/v1/jobs/{job}/people/worker-03/roster")
        assert own.status_code == 200, own.text
        assert own.json()["person"] == "worker-03"
        assert len(own.json()["lines"]) == 1
        calendar = client.get(f"/v1/jobs/{job}/people/worker-03/roster.ics")
        assert calendar.text.startswith("BEGIN:VCALENDAR")
        listed = client.get("/v1/people/worker-03/rosters").json()
        assert job in [one["id"] for one in listed["jobs"]]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/people/worker-04/rosters",
        "/v1/people/worker-03%2F/rosters",
        "/v1/jobs/{job}/people/worker-04/roster",
        "/v1/jobs/{job}/people/worker-04/roster.ics",
        "/v1/jobs/{job}/people/WORKER-03/roster",
        "/v1/jobs/{job}/roster",
        "/v1/jobs/{job}/roster.csv",
        "/v1/jobs/{job}/report.html",
        "/v1/jobs/{job}/events",
        "/v1/jobs/{job}",
        "/v1/jobs",
        "/v1/instances",
        "/v1/audit",
        "/jobs/{job}/people/worker-04/roster",
    ],
)
def test_nothing_else_is(office, job, path):
    with office.client("worker") as client:
        answer = client.get(path.format(job=job))
    assert answer.status_code in (403, 404), answer.text
    assert answer.json()["code"] in ("not_allowed", "not_your_week", "not_found")


def test_areas_of_instances_from_before_are_entered(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'old.sqlite'}")
    body = zlib.compress(b'{"areas": [{"id": "grid-1"}, {"id": "grid-2"}]}')
    with store.engine.connect() as connection:
        command.upgrade(migrations(connection), "0003")
        columns = "id, origin_id, created, name, title, counts, digest, body"
        for id, kept in (("a", body), ("b", zlib.compress(b"{}"))):
            connection.execute(
                text(
                    f"INSERT INTO instances ({columns}) VALUES (:id, :id, 0, '', '', '{{}}', '', :body)"
                ),
                {"id": id, "body": kept},
            )
        command.upgrade(migrations(connection), "0004")
        rows = connection.execute(
            text("SELECT instance_id, area FROM instance_areas ORDER BY area")
        )
        assert [tuple(row) for row in rows] == [("a", "grid-1"), ("a", "grid-2")]
    store.close()
