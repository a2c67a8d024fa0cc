"""The road servers of this installation, by the names that instances call them by.

An instance only names a server: its address stands in the installation's settings, so that whoever
writes an instance cannot make this machine reach another. A service says `use` once it has read its
settings; everybody else is asked by the environment variable LIANXIN_ROADS for a TOML file with a table
``[road_servers.NAME]`` for each, as that of the service has them.
"""

import os
import tomllib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Protocol

from pydantic import ValidationError

from scheduler.model.errors import InputError, Problem
from scheduler.model.pointer import nearest, pointer, shortened
from scheduler.model.work import Point
from scheduler.travel.base import MODES, Mode
from scheduler.travel.road_server import RoadServer, coordinates, failure
from scheduler.travel.road_table import RoadTable

VARIABLE = "LIANXIN_ROADS"
_MOST_TABLES = 8
"""Tables that a process remembers."""


class TableStore(Protocol):
    """Keeps tables between processes, by their key."""

    def find(self, key: str) -> bytes | None:
        """The bytes kept under a key."""

    def add(self, key: str, table: bytes) -> None:
        """Keep the bytes of a table."""


class RoadServers:
    """The servers of an installation, and the tables that were fetched from them.

    given: tables by mode and coordinates, for a process that has no servers and asks nobody
    """

    def __init__(
        self,
        servers: Mapping[str, RoadServer] | None = None,
        store: TableStore | None = None,
        given: Mapping[tuple[Mode, str], RoadTable] | None = None,
    ):
        self.servers = dict(servers or {})
        self._store = store
        self._given = dict(given or {})
        self._known: OrderedDict[str, RoadTable] = OrderedDict()
        self._lock = Lock()

    def unknown(self, name: str) -> Problem | None:
        """The problem of a name that no server has, and that no table was given for."""
        if name in self.servers or self._given:
            return None
        slots = {"suggestion": nearest(name, self.servers)}
        return Problem(
            code="road_server_unknown",
            pointer="/settings/travel/server",
            value=shortened(name),
            slots=slots,
        )

    def tables(self, name: str, points: Sequence[Point]) -> dict[Mode, RoadTable]:
        """The table of each mode between the points.

        Raises InputError where no server has the name, it does not answer in time, or not as it should.
        """
        if problem := self.unknown(name):
            raise InputError([problem])
        where = coordinates(points)
        if self._given:
            if any((mode, where) not in self._given for mode in MODES):
                raise InputError([failure("road_service", name)])
            return {mode: self._given[mode, where] for mode in MODES}
        server = self.servers[name]
        tables = {mode: self._kept(server.key(mode, points), len(points)) for mode in MODES}
        missing = [mode for mode, table in tables.items() if table is None]
        if missing:
            from scheduler.travel.road_fetch import fetch  # late: most weeks need no network

            for mode, table in fetch(name, server, missing, points).items():
                tables[mode] = table
                self._keep(server.key(mode, points), table)
        return {mode: table for mode, table in tables.items() if table is not None}

    def _kept(self, key: str, side: int) -> RoadTable | None:
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        kept = self._store.find(key) if self._store is not None else None
        table = None if kept is None else RoadTable.of_bytes(kept)
        if table is None or len(table.seconds) != side:
            return None
        self._remember(key, table)
        return table

    def _keep(self, key: str, table: RoadTable) -> None:
        self._remember(key, table)
        if self._store is not None:
            self._store.add(key, table.as_bytes())

    def _remember(self, key: str, table: RoadTable) -> None:
        with self._lock:
            self._known[key] = table
            if len(self._known) > _MOST_TABLES:
                self._known.popitem(last=False)


_installed: RoadServers | None = None


def use(servers: RoadServers | None) -> None:
    """Have this process know these servers; None: those of the environment."""
    global _installed
    _installed = servers


def installed() -> RoadServers:
    """The servers that this process knows. Raises InputError for a file of the environment that is wrong."""
    global _installed
    if _installed is None:
        _installed = RoadServers(_of_environment(os.environ.get(VARIABLE, "")))
    return _installed


def _of_environment(name: str) -> dict[str, RoadServer]:
    if not name:
        return {}
    try:
        tables = tomllib.loads(Path(name).read_text(encoding="utf-8")).get("road_servers", {})
    except (OSError, ValueError):
        raise InputError(
            [Problem(code="road_settings", pointer="", value=shortened(name))]
        ) from None
    servers, problems = {}, []
    for server, table in tables.items() if isinstance(tables, dict) else ():
        try:
            servers[server] = RoadServer.model_validate(table)
        except ValidationError as error:
            # The value may be an address with a password, so it is not shown.
            problems += [
                Problem(code="road_settings", pointer=pointer(server, *detail["loc"]))
                for detail in error.errors(include_input=False, include_url=False)
            ]
    if problems:
        raise InputError(problems, name)
    return servers
