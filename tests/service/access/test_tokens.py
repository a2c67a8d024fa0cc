"""Tokens: whose they are, and until when."""

import pytest

from service.access import accounts, tokens
from service.access.roles import AccountRole
from service.examples import TINY
from tests.service.access.conftest import outcomes


def test_a_token_asks_for_its_account(office):
    with office.client("viewer") as client:
        assert client.get("/v1/me").json()["name"] == "viewer"
        assert client.get("/v1/jobs").status_code == 200
        refused = client.post("/v1/jobs", json={"instance": TINY})
        assert refused.json()["code"] == "not_allowed"
    assert ("post_job", "not_allowed") in outcomes(office, "viewer")


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer lianxin_x", "Basic dmlld2VyOng=", "Bearer \xff"]
)
def test_wrong_tokens_are_nobodys(office, header):
    with office.client() as client:
        answer = client.get("/v1/me", headers={"Authorization": header.encode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_needed")


def test_a_token_made_and_revoked_counts_at_once(office):
    with office.store.session() as session:
        row = accounts.named(session, "viewer")
        token, secret = tokens.add(session, row, "t", AccountRole.VIEWER, days=1)
    with office.client() as client:
        client.headers["Authorization"] = f"bearer {secret}"
        assert client.get("/v1/me").status_code == 200
        with office.store.session() as session:
            tokens.revoke(session, token.id)
        assert client.get("/v1/me").status_code == 401
