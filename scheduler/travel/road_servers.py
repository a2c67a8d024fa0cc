"""The road servers of this installation, by the names that instances call them by.

An instance only names a server: its address stands in the installation's settings, so that whoever
writes an instance cannot make this machine reach another. A service says `use` once it has read its
settings; everybody else is asked by the environment variable LIANXIN_ROADS for a TOML file with a table
``[road_servers.NAME]`` for each, as that of the service has them.
"""

import hashlib
import os
import tomllib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Literal, Protocol

from pydantic import Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from scheduler.model.base import Record
from scheduler.model.errors import InputError, Problem
from scheduler.model.pointer import nearest, pointer, shortened
from scheduler.model.work import Point
from scheduler.travel.base import MODES, Mode
from scheduler.travel.http import Address
from scheduler.travel.road_table import RoadTable

VARIABLE = "LIANXIN_ROADS"
PROFILES: dict[str, dict[Mode, str]] = {
    "osrm": {"walk": "foot", "e_bike": "bike"},
    "valhalla": {"walk": "pedestrian", "e_bike": "bicycle"},
}
_MOST_TABLES = 8
"""Tables that a process remembers."""


class RoadServer(Record):
    """A server that knows the ways between places, and how to ask it."""

    url: str = Field(repr=False, max_length=2000)
    """Address, http or https; below it stand OSRM's ``/table/v1`` or Valhalla's ``/sources_to_targets``."""
    engine: Literal["osrm", "valhalla"] = "osrm"
    """What the server is."""
    profiles: dict[Literal["walk", "e_bike"], str] = {}
    """Its name for each mode; left out: foot and bike of OSRM, pedestrian and bicycle of Valhalla."""
    most_places: int | None = Field(default=None, ge=2, le=10_000)
    """Places that it takes at once; None: its own default, 100 of OSRM, 50 on each side of Valhalla."""
    seconds: float = Field(default=60.0, ge=0.1, le=3600)
    """How long all its answers for one week may take together."""

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        try:
            Address.of(url)
        except ValueError:
            raise PydanticCustomError("road_url", "an http or https address") from None
        return url

    def profile(self, mode: Mode) -> str:
        """The server's name for a mode."""
        return self.profiles.get(mode) or PROFILES[self.engine][mode]

    def key(self, mode: Mode, points: Sequence[Point]) -> str:
        """Digest of all that a table depends on: server, profile, coordinates to a tenth of a metre."""
        asked = [Address.of(self.url).shown, self.engine, self.profile(mode), coordinates(points)]
        return hashlib.sha256("\n".join(asked).encode()).hexdigest()


class TableStore(Protocol):
    """Keeps tables between processes, by their key."""

    def find(self, key: str) -> bytes | None:
        """The bytes kept under a key."""

    def add(self, key: str, table: bytes) -> None:
        """Keep the bytes of a table."""


def coordinates(points: Sequence[Point]) -> str:
    """Longitude and latitude of each point, to a tenth of a metre, as OSRM writes them."""
    return ";".join(f"{point.longitude:.6f},{point.latitude:.6f}" for point in points)


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


def failure(code: str, name: str) -> Problem:
    """The problem of a server that did not do its part; nothing that it said is repeated."""
    return Problem(code=code, pointer="/settings/travel/server", value=shortened(name))


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
