"""What is private goes out under neutral names alone: canaries in every private field, over every route."""

import io
import json
import typing
import zipfile
from collections import defaultdict
from typing import Any

import pytest
from pydantic import BaseModel

from scheduler.model import Instance, Roster
from scheduler.model.changes import Changes
from scheduler.model.worked import WorkedWeek
from scheduler.report.fields import MEANING, PUBLIC
from service.weeks.figure_tables import TABLES as FIGURES
from service.weeks.tables.columns import TABLES
from tests.service.canaries import CANARY, DAY, PRIVATE_VISIT, ROSTER, WEEK, at

_PRIVATE_RECORDS = (
    "Visit",
    "Shift",
    "Case",
    "Household",
    "Duty",
    "Slot",
    "Exemption",
    "Pin",
    "Published",
    "PastStop",
)
_NOT_WORDS_OF_CASES = {
    "Household.known_people",
    "Household.ratings",
    "Duty.person",
    "Case.person",
    "Slot.people",
    "Visit.preferred",
    "Visit.excluded",
    "Exemption.person",
    "Pin.person",
    "Published.person",
}
"""People, who are named to everybody by their work."""


def _words(annotation: Any) -> typing.Iterator[Any]:
    """Models and plain strings in an annotation; what is one of a few words is neither."""
    if (isinstance(annotation, type) and issubclass(annotation, BaseModel)) or annotation is str:
        yield annotation
    elif typing.get_origin(annotation) is not typing.Literal and annotation is not Any:
        for part in typing.get_args(annotation):
            yield from _words(part)


def _fields() -> set[str]:
    found: set[str] = set()
    seen: set[type] = set()
    queue: list[type[BaseModel]] = [Instance, Roster, Changes, WorkedWeek]
    while queue:
        model = queue.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            words = list(_words(field.annotation))
            if str in words:
                found.add(f"{model.__name__}.{name}")
            queue += [word for word in words if word is not str]
    return found


def test_the_meaning_of_every_field_with_words_is_told():
    assert _fields() | {"Roster.figures"} == set(MEANING)


def test_every_private_field_has_a_canary():
    planted = _planted(Instance.model_validate(WEEK))
    private = {
        field
        for field, meaning in MEANING.items()
        if field.split(".")[0] in _PRIVATE_RECORDS and meaning != PUBLIC
    }
    assert private - planted <= _NOT_WORDS_OF_CASES


def _planted(record: BaseModel) -> set[str]:
    found = set()
    for name in type(record).model_fields:
        value = getattr(record, name)
        found |= {inner for item in _models(value) for inner in _planted(item)}
        if CANARY in json.dumps(_plain(value)):
            found.add(f"{type(record).__name__}.{name}")
    return found


def _models(value: Any) -> list[BaseModel]:
    if isinstance(value, BaseModel):
        return [value]
    if isinstance(value, dict):
        return [model for item in value.values() for model in _models(item)]
    return [model for item in value for model in _models(item)] if isinstance(value, tuple) else []


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return [list(map(str, value)), [_plain(item) for item in value.values()]]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str) else None


CHANGES = {
    "horizon": WEEK["horizon"],
    "changes": [
        {"kind": "move", "task": "private/2", "from": None, "start": at("14:00"), "reason": "改期"},
        {"kind": "absence", "person": "other", "from": at("11:30"), "to": at("13:30")},
    ],
}
del CHANGES["changes"][0]["from"]  # type: ignore[index]


TAKE_OFF = {"kind": "unassign", "task": "private/1", "person": "cleared", "reason": "改期"}
EDIT = {
    "kind": "edit",
    "collection": "people",
    "id": "other",
    "record": {key: item for key, item in WEEK["people"][1].items() if "canary" not in str(item)},
}
PAGES = (
    "", "/table", f"/day/{DAY}", "/undone", "/plans", "/changes", "/tell", "/close", "/history", "/figures", "/people", "/places",
    "/work", "/work?table=shifts", "/work?table=cases", "/work?table=duties", "/rules",
)  # fmt: skip
SETTINGS = ("accounts", "accounts/new", "tokens", "audit?kind=all", "retention")
HAD = ("private/2", "private/shift/1")
"""Hidden work that somebody has: a visit and a duty."""
QUERIES = {
    "get_prices": {"task": "private/1"},
    "get_search": {"q": "canary"},
}


class Walk:
    """Asks a service everything about a week, and keeps what it answered."""

    def __init__(self, service, private: bool):
        self._service, self._private = service, private
        self.said: dict[str, list[bytes]] = {}
        self.answered: set[str] = set()
        self.instance = self._kept(service)
        self.job = self._solved({"instance_id": self.instance, "limits": {"steps": 10}})
        self.week, self.plan = self._begun(), ""
        self.plan = self._planned()

    def _kept(self, service) -> str:
        answer = service.http.post("/instances", json=WEEK)
        assert answer.status_code == 201, answer.text
        self._keep("post_instance", answer)
        return answer.json()["id"]

    def _begun(self) -> str:
        """A week in which private work was taken off, moved and edited, published, and partly undone."""
        answer = self._service.http.post("/weeks", json={"instance": WEEK, "roster": ROSTER})
        assert answer.status_code == 201, answer.text
        self._keep("post_week", answer)
        week = answer.json()["id"]
        for what, body in (
            ("publications", {}),
            ("commands", {"changes": [TAKE_OFF, EDIT], "reason": "改期"}),
            ("commands", {"changes": CHANGES["changes"][:1]}),
            ("undo", {}),
        ):
            answer = self.ask(f"post_{what}", "post", f"/weeks/{week}/{what}", json=body)
            assert answer.is_success, (what, answer.text)
        return week

    def _planned(self) -> str:
        request = {"limits": {"steps": 10}}
        answer = self.ask("post_plan", "post", f"/weeks/{self.week}/plans", json=request)
        assert answer.is_success, answer.text
        self._service.ended(answer.json()["id"])
        return answer.json()["id"]

    def _solved(self, request: dict[str, Any]) -> str:
        answer = self._service.http.post("/jobs", json=request)
        assert answer.status_code == 202, answer.text
        self._keep("post_job", answer)
        self._service.ended(answer.json()["id"])
        return answer.json()["id"]

    def _keep(self, operation: str, answer) -> None:
        content = [answer.content, json.dumps(dict(answer.headers)).encode()]
        if answer.content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
                content += [book.read(name) for name in book.namelist()]
        if "json" in answer.headers.get("content-type", ""):
            content.append(json.dumps(answer.json(), ensure_ascii=False).encode())
        self.said.setdefault(operation, []).extend(content)

    def ask(self, operation: str, method: str, path: str, query: Any = None, **request: Any):
        """One request. query: what it asks for; None: as `QUERIES` has it."""
        asked = {"private": "true"} if self._private else {}
        asked |= QUERIES.get(operation, {}) if query is None else query
        answer = self._service.http.request(method, path, params=asked, **request)
        assert answer.status_code < 500, (operation, answer.text)
        if answer.is_success:
            self.answered.add(operation)
        self._keep(operation, answer)
        return answer

    def everything(self) -> None:
        """Every operation of the document, with a body of its own where it needs one."""
        for task in HAD:
            self._asked_of(task)
        document = self._service.http.get("/openapi.json").json()
        bodies = self._bodies()
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                id = operation["operationId"]
                if method == "delete":
                    continue
                address = path.format_map(self._places())
                for body in bodies.get(id, [{}]) if method != "get" else [None]:
                    self.ask(id, method, address, **({} if body is None else {"json": body}))

        for table in TABLES:
            self.ask("get_table", "get", f"/weeks/{self.week}/tables/{table}")
        for name in FIGURES:
            self.ask("get_figures_csv", "get", f"/weeks/{self.week}/figures/{name}.csv")
        pages = [f"/w/{self.week}{page}" for page in PAGES]
        for page in (*pages, *(f"/settings/{page}" for page in SETTINGS)):
            self.ask("page", "get", str(self._service.http.base_url).split("/v1")[0] + page)

    def _asked_of(self, task: str) -> None:
        """Every question about hidden work that somebody has, and every act on it, tried."""
        work, week = {"task": task}, f"/weeks/{self.week}"
        self.ask("get_prices", "get", f"{week}/prices", query=work)
        for what in ("why", "candidates"):
            self.ask(f"get_{what}", "get", f"{week}/tasks/{task}/{what}")
        self.ask("get_remedies", "get", f"{week}/undone/{task}", query={"slot": "0"})
        self.ask("get_history", "get", f"{week}/history", query=work)
        swap = {"first": "cleared", "second": "other"}
        for change in (
            {"kind": "move", "start": at("15:00")},
            {"kind": "move", "place": "plaza"},
            {"kind": "assign", "person": "other"},
            {"kind": "swap", **swap},
            {"kind": "unassign"},
            {"kind": "pin"},
            {"kind": "cancel"},
            {
                "kind": "windows",
                "visit": task,
                "windows": [{"from": at("16:00"), "to": at("17:00")}],
            },
        ):
            named = change if change["kind"] == "windows" else change | work
            for reason in ("", "改期"):
                body = {"changes": [named], "reason": reason, "dry_run": True}
                self.ask("post_command", "post", f"{week}/commands", json=body)
        mine = {"instance_id": self.instance, "roster": ROSTER} | work
        for path in ("explanations/assignment", "explanations/unassigned", "suggestions"):
            self.ask(path, "post", f"/{path}", json=mine)
        told = {"result": "done", "outcome": "canary-outcome", "rating": 1, "note": "canary note"}
        said = {"outcomes": [work | told]}
        self.ask("post_outcomes", "post", f"{week}/outcomes", json=said)
        self.ask("post_own_outcomes", "post", f"{week}/people/cleared/outcomes", json=said)
        self.ask("get_reconciliation", "get", f"{week}/reconciliation")

    def _places(self) -> dict[str, str]:
        """What stands in an address."""
        known = {"instance_id": self.instance, "job_id": self.job, "week": self.week}
        plans = dict.fromkeys(("plan", "first", "second", "a", "b", "other"), self.plan)
        people = dict.fromkeys(("person", "person_id"), "cleared")
        return defaultdict(lambda: "1", known | plans | people | {"task": "private/1", "day": DAY})

    def _bodies(self) -> dict[str, list[dict[str, Any]]]:
        mine = {"instance_id": self.instance, "roster": ROSTER}
        inline = {"instance": WEEK, "roster": ROSTER}
        visits = [PRIVATE_VISIT | {"duration": "canary long", "case": "canary none"}]
        faulty = {"instance": WEEK | {"visits": visits + WEEK["visits"][1:]}, "roster": ROSTER}
        empty = mine | {"roster": ROSTER | {"assignments": []}}
        wrong = mine | {
            "roster": ROSTER | {"assignments": [ROSTER["assignments"][0] | {"slot": 77}]}
        }
        return {
            "post_instance": [WEEK, faulty["instance"]],
            "post_validation": [WEEK, faulty["instance"]],
            "post_child": [WEEK, {"id": 5}],
            "post_job": [{"instance_id": self.instance}, {"instance": faulty["instance"]}],
            "post_clash": [{"instance_id": self.instance, "seconds": 1}],
            "post_evaluation": [mine, inline, faulty, wrong],
            "post_unassigned": [empty, empty | {"task": "private/1"}, {"job_id": self.job}],
            "post_assignment": [mine | {"task": "private/2"}, mine | {"task": "canary-visit"}],
            "post_suggestions": [empty | {"task": "private/1"}, mine | {"person": "cleared"}],
            "post_preview": [mine | {"changes": CHANGES}],
            "post_replan": [mine | {"changes": CHANGES, "limits": {"steps": 10}}],
            "post_comparison": [{"first": mine, "second": empty}],
            "post_roll": [mine],
            "post_week": [inline, faulty],
            "post_command": [
                {"changes": [TAKE_OFF], "dry_run": True},
                {"changes": [{"kind": "pin"}], "dry_run": True},
                {"changes": CHANGES["changes"], "base": 1, "dry_run": True},
                {"changes": [TAKE_OFF | {"task": "canary-visit"}, EDIT | {"record": {}}]},
                {"changes": [TAKE_OFF], "base": 1},
            ],
            "post_publication": [{"dry_run": True}],
            "post_told": [{"people": ["cleared"], "state": "told"}],
            "post_plan": [{"kind": "replan", "changes": CHANGES["changes"][1:]}],
            "post_outcomes": [
                {"outcomes": [{"task": "private/2", "slot": 0, "result": "done"}]},
            ],
        }


@pytest.fixture(scope="module")
def walk(service):
    """What an uncleared reading of everything brought."""
    made = Walk(service, private=False)
    made.everything()
    return made


def test_no_answer_has_a_canary(walk):
    leaks = [
        (operation, part[max(0, part.lower().find(CANARY.encode()) - 60) :][:160])
        for operation, parts in walk.said.items()
        for part in parts
        if CANARY.encode() in part.lower()
    ]
    assert leaks == []


def test_what_was_asked_was_answered(walk):
    assert set(walk._bodies()) <= walk.answered
    assert {"get_instance", "get_roster", "get_report", "get_csv", "get_texts"} <= walk.answered
    of_weeks = {"get_week_state", "get_history", "get_prices", "get_candidates"}
    assert of_weeks | {"get_undone", "get_remedies", "get_today", "get_board"} <= walk.answered
    assert {"get_tell", "get_reconciliation", "get_plan"} <= walk.answered
    assert {"get_figures", "get_figures_csv"} <= walk.answered
    assert {"get_why", "get_reconciliation", "post_own_outcomes"} <= walk.answered
    told = b"".join(part for parts in walk.said.values() for part in parts)
    for neutral in (b"private/1", b"private/2", b"private/shift/1", "不公开的走访".encode()):
        assert neutral in told
