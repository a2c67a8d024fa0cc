"""A coordinator's program beside the browser."""

from tests.service.conftest import http_client, until

ENDED = ("succeeded", "failed", "cancelled")


def found(page):
    """Wait until a plan's page shows what its search has found; it may find a better one at any time."""
    page.wait_for_selector("#adopt-copy:not(:disabled)", timeout=240_000)


def ended(page):
    """Wait until a plan's page offers what its search has found at its end: it loads itself anew then."""
    page.wait_for_selector("#acts:not(:has([value=stop])) #adopt:not(:disabled)", timeout=240_000)
    page.locator("#difference:not([aria-busy]) > *").first.wait_for(state="attached")


class Planner:
    """A coordinator's program on one week, beside the browser."""

    def __init__(self, site, instance, roster=None):
        cookie = site.cookie("coordinator")
        self.http = http_client(site.url, cookies={cookie["name"]: cookie["value"]})
        self.id = self.post("/v1/weeks", instance=instance, roster=roster)["id"]
        self.path = f"/w/{self.id}"

    def post(self, path, **body):
        answer = self.http.post(
            path, json={key: one for key, one in body.items() if one is not None}
        )
        assert answer.is_success, answer.text
        return answer.json()

    def get(self, path):
        return self.http.get(f"/v1/weeks/{self.id}{path}").json()

    def command(self, *changes):
        return self.post(f"/v1/weeks/{self.id}/commands", changes=list(changes))

    def who(self):
        parts = self.get("/state")["roster"]["assignments"]
        return {part["task"]: part["person"] for part in parts}

    def plan(self, **wish):
        plan = self.post(f"/v1/weeks/{self.id}/plans", **wish)
        until(lambda: self.get(f"/plans/{plan['id']}")["job"]["state"] in ENDED)
        return plan["id"]
