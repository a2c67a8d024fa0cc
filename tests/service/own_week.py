"""A small week of today and tomorrow in which a worker has work, a private visit and colleagues; published."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.service.conftest import OFFICE
from tests.service.weeks.conftest import DAYS, ROSTER, WEEK

ME = "worker-03"
SECRET = "惠民路金丝雀"
"""What no worker reads: the name of a private visit, of its home, of a colleague's visit."""


def today() -> date:
    """In the office."""
    return datetime.now(ZoneInfo(OFFICE)).date()


def dated(data: Any, start: date) -> Any:
    """JSON with the days of the small week moved to `start` and the day after, and li as the worker."""
    text = json.dumps(data, ensure_ascii=False).replace('"li"', f'"{ME}"')
    for number, day in enumerate(DAYS):
        text = text.replace(day, f"@{number}@")
    for number in range(len(DAYS)):
        text = text.replace(f"@{number}@", f"{start + timedelta(number)}")
    return json.loads(text)


def week(start: date) -> dict[str, Any]:
    """The small week with a private visit of the worker's, one of a colleague's, and an empty duty at night."""
    made = dated(WEEK, start)
    made["places"].append({"id": "den", "name": f"{SECRET}一号", "private": True})
    made["settings"]["travel"] = {
        "kind": "matrix",
        "places": ["home", "den"],
        "minutes": [[0, 0], [0, 0]],
    }
    for person in made["people"]:
        person["clearance"] = True
    for id in ("p", "q"):
        private = {"private": True, "places": ["den"], "name": f"{SECRET}访{id}", "id": id}
        made["visits"].append({**made["visits"][0], **private})
    made["shifts"] = [
        {
            "id": "duty",
            "name": "助餐值守",
            "kind": "canteen",
            "place": "home",
            "start": f"{start + timedelta(1)}T15:00",
            "duration": 60,
            "needs": [{"roles": ["grid_worker"], "minimum": 1}],
        }
    ]
    return made


def roster(start: date) -> dict[str, Any]:
    """The worker has a, c and the private p; wang has b and the private q."""
    made = dated(ROSTER, start)
    for id, person, hour in (("p", ME, "11"), ("q", "wang", "13")):
        part = {**made["assignments"][0], "task": id, "person": person, "place": "den"}
        made["assignments"].append(
            {**part, "start": f"{start}T{hour}:00", "end": f"{start}T{hour}:30"}
        )
    return made


def begun(client: Any, start: date, *, publish: bool = True) -> str:
    """The id of the week, begun by a client who may."""
    answer = client.post("/v1/weeks", json={"instance": week(start), "roster": roster(start)})
    assert answer.status_code == 201, answer.text
    id = str(answer.json()["id"])
    if publish:
        answer = client.post(f"/v1/weeks/{id}/publications", json={})
        assert answer.status_code == 200, answer.text
    return id
