"""What tells of private matters is kept for nobody, not even for who read it: each reading is noted."""

import json

import pytest

from tests.service.access.test_leaks import kept
from tests.service.canaries import CANARY, ROSTER, WEEK


@pytest.fixture(scope="module")
def week(cleared):
    answer = cleared.post("/weeks", json={"instance": WEEK, "roster": ROSTER})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def noted(office, operation):
    with office.client("administrator") as client:
        entries = client.get("/audit?limit=200").json()["entries"]
    return sum(one["operation"] == operation for one in entries)


def test_a_private_instance_is_kept_for_nobody(office, cleared, plain):
    address = f"/instances/{kept(cleared)}"
    before = noted(office, "get_instance")
    for again in (1, 2):
        private = cleared.get(f"{address}?private=true")
        assert CANARY in private.text
        assert noted(office, "get_instance") == before + again
    assert plain.get(f"{address}?private=true").status_code == 403
    for client in (plain, cleared):
        masked = client.get(address)
        assert masked.status_code == 200
        assert CANARY not in masked.text
    assert CANARY in cleared.get(f"{address}?private=true").text


@pytest.mark.parametrize("what", ["state", "board", "tables/visits"])
def test_a_private_week_is_kept_for_nobody_else(week, cleared, plain, east, what):
    address = f"/weeks/{week}/{what}"
    assert CANARY in cleared.get(f"{address}?private=true").text
    for client in (plain, cleared, east):
        masked = client.get(address)
        assert masked.status_code == 200, masked.text
        assert CANARY not in json.dumps(masked.json(), ensure_ascii=False)
    assert CANARY in cleared.get(f"{address}?private=true").text
