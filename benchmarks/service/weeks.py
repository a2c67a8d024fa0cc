"""What a coordinator's acts on the sub-district's week cost the service, each as one whole request."""

import json
import time
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from benchmarks.service.installation import HEADERS, Installation, cpu_seconds, installation
from instances.generate import generate
from scheduler.due import expand
from scheduler.formats.json_file import dump
from scheduler.solver import solve
from scheduler.stop import Stop

Act = tuple[str, str, Any]
"""Method, address, body."""
PAGES = ("", "/day/2026-11-25", "/undone", "/changes", "/people", "/places", "/work", "/rules")


def weeks(database: str | None, times: int, steps: int) -> Iterator[str]:
    """Cold (the first time) and warm CPU of the web process and of those below it, act by act.

    times: of each act. steps: of the search for the week's roster.
    """
    body = sub_district(steps)
    with installation(database, 0) as made:
        desk = _Desk(made)
        yield desk.measured("begin a week", [("POST", "/v1/weeks", body)])
        id = desk.last["id"]
        people, parts = len(body["instance"]["people"]), len(body["roster"]["assignments"])
        yield f"{people} people, {parts} assignments, {len(desk.empty(id))} empty slots asked for"
        for name, acts in _acts(desk, id, body, times):
            yield desk.measured(name, acts)


def sub_district(steps: int = 3000) -> dict[str, Any]:
    """The sub-district's week with a roster, as it is posted. steps: of the search."""
    instance = expand(generate("shizishan/sub_district", 1))
    roster = solve(instance, Stop(steps=steps))
    return {"instance": json.loads(dump(instance)), "roster": json.loads(dump(roster))}


def _acts(
    desk: "_Desk", id: str, body: dict[str, Any], times: int
) -> Iterator[tuple[str, Iterable[Act]]]:
    """The acts by name, in their order; each is asked for when those before it are done."""
    week, instance, roster = f"/v1/weeks/{id}", body["instance"], body["roster"]["assignments"]
    parts = roster[:: len(roster) // times][:times]
    taken = parts[0]
    reads = ("", "/facts", "/today", "/undone", "/board", "/history", "/tell", "/tables/visits")
    for read in reads:
        yield f"GET {read or 'week'}", [("GET", week + read, None)] * times
    for page in PAGES:
        yield f"page {page or 'board'}", [("GET", f"/w/{id}{page}", None)] * times
    yield "why", [("GET", f"{week}/tasks/{one['task']}/why", None) for one in parts]
    yield "candidates", [("GET", f"{week}/tasks/{one['task']}/candidates", None) for one in parts]
    yield (
        "prices",
        [("GET", f"{week}/prices?task={one['task']}&slot={one['slot']}", None) for one in parts],
    )
    asked = desk.empty(id)[:times]
    yield "remedies", [("GET", f"{week}/undone/{task}?slot={slot}", None) for task, slot in asked]
    off = {"kind": "unassign", "task": taken["task"], "person": taken["person"]}
    on = {**taken, "kind": "assign", "reason": "临时调整"}
    del on["end"]
    command = f"{week}/commands"
    yield "try an unassignment", [("POST", command, {"changes": [off], "dry_run": True})] * times
    acts = [("POST", command, {"changes": [one]}) for one in (off, on) * times]
    yield "unassign, assign again with a reason", acts
    yield "undo, redo", [("POST", f"{week}/{one}", {}) for one in ("undo", "redo") * times]
    genders = [{"gender": ("女", "男")[n % 2]} for n in range(times)]
    yield "type a cell of a person", _typed(week, "people", instance["people"][0]["id"], genders)
    lengths = [{"duration": f"{n}分钟"} for n in range(21, 21 + times)]
    yield "type a cell of a visit", _typed(week, "visits", instance["visits"][0]["id"], lengths)
    yield "everything was done", [("POST", f"{week}/outcomes", {"rest": "done"})]
    yield "close", [("POST", f"{week}/close", {})]


def _typed(week: str, table: str, record: str, cells: Iterable[Any]) -> list[Act]:
    return [
        ("POST", f"{week}/tables/{table}", {"rows": [{"id": record, "cells": one}]})
        for one in cells
    ]


class _Desk:
    """Asks the service, and reads what that used."""

    def __init__(self, made: Installation):
        self._made = made
        self.last: Any = None
        self._numbers = count()

    def empty(self, id: str) -> list[tuple[str, int]]:
        """Slots that are missed, the most urgent first."""
        found = self._made.get(f"/v1/weeks/{id}/undone")["slots"]
        return [(one["task"], one["slot"]) for one in found]

    def measured(self, name: str, acts: Iterable[Act]) -> str:
        """Do acts one after the other; a line with what the first and the others used."""
        used, waits = [], []
        for act in acts:
            before, begun = cpu_seconds(self._made.web.pid), time.monotonic()
            self._ask(*act)
            waits.append(time.monotonic() - begun)
            used.append(cpu_seconds(self._made.web.pid) - before)
        first, rest = 1000 * used[0], used[1:]
        warm = f"{1000 * sum(rest) / len(rest):7.0f}" if rest else " " * 7
        return (
            f"{name:38} first {first:7.0f}, then {warm} ms of CPU (waited {1000 * min(waits):.0f})"
        )

    def _ask(self, method: str, path: str, body: Any) -> None:
        connection = self._made.connection()
        sent = None if body is None else json.dumps(body)
        keyed = {} if body is None else {"Idempotency-Key": f"measured-{next(self._numbers)}"}
        connection.request(method, path, sent, HEADERS | keyed)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        if answer.status >= 400:
            raise AssertionError(f"{method} {path}: {answer.status} {said[:600].decode()}")
        self.last = json.loads(said) if said.startswith(b"{") else None
