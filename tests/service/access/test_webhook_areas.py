"""A webhook that somebody made for some areas tells of their jobs alone, and is seen by nobody for less."""

import time
import uuid

import pytest

from scheduler.model import Instance
from service.access.roles import AccountRole
from service.examples import TINY
from service.migrate import migrate
from service.settings import ServiceSettings
from service.store import Store, instances, jobs, webhooks
from service.store.webhooks import WebhookRow
from tests.service.test_webhooks import REQUEST


def hook(session, areas):
    row = WebhookRow(
        id=uuid.uuid4().hex,
        url="http://127.0.0.1/",
        events=["job.succeeded"],
        secret="s",
        created=time.time(),
        owner_name="",
        areas=areas,
    )
    webhooks.add(session, row)
    return row.id


@pytest.mark.parametrize(
    ("areas", "told"), [(None, {"east", "west"}), (["east"], {"east"}), (["north"], set())]
)
def test_it_tells_of_jobs_in_its_areas(tmp_path, areas, told):
    settings = ServiceSettings(data_dir=tmp_path)
    migrate(settings)
    store = Store.of(settings)
    with store.session() as session:
        id = hook(session, areas)
        for area in ("east", "west"):
            week = TINY | {"areas": [{"id": area, "name": area, "kind": "grid"}]}
            instances.add(session, area, Instance.model_validate(week), week, None)
            more = {"request": REQUEST, "fingerprint": "", "start_roster": None}
            row = jobs.add(session, uuid.uuid4().hex, instance_id=area, **more)
            row.state, row.ended = "succeeded", time.time() + 1
    with store.session() as session:
        assert webhooks.enter_ended(session) == len(told)
        assert {row.instance_id for row in webhooks.deliveries(session, id, 9)} == told
    store.close()


def test_who_is_for_some_areas_sees_webhooks_for_no_others(office, as_account):
    narrow = as_account("hooks-east", AccountRole.ADMINISTRATOR, areas=["east"])
    with office.store.session() as session:
        whole, east, both = (hook(session, areas) for areas in (None, ["east"], ["east", "west"]))
    seen = [one["id"] for one in narrow.get("/v1/webhooks").json()["webhooks"]]
    assert seen == [east]
    for id in (whole, both):
        assert narrow.get(f"/v1/webhooks/{id}/deliveries").status_code == 404
        assert narrow.delete(f"/v1/webhooks/{id}").status_code == 404
    assert narrow.get(f"/v1/webhooks/{east}/deliveries").status_code == 200
    assert narrow.delete(f"/v1/webhooks/{east}").status_code == 204
    with office.client("administrator") as client:
        assert {whole, both} <= {one["id"] for one in client.get("/v1/webhooks").json()["webhooks"]}
        for id in (whole, both):
            assert client.delete(f"/v1/webhooks/{id}").status_code == 204
