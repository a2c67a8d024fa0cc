"""A road server, as the installation's settings say it."""

import hashlib
from collections.abc import Sequence
from typing import Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from scheduler.model.base import Record
from scheduler.model.errors import Problem
from scheduler.model.pointer import shortened
from scheduler.model.work import Point
from scheduler.travel.base import Mode
from scheduler.travel.http import Address

PROFILES: dict[str, dict[Mode, str]] = {
    "osrm": {"walk": "foot", "e_bike": "bike"},
    "valhalla": {"walk": "pedestrian", "e_bike": "bicycle"},
}


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


def coordinates(points: Sequence[Point]) -> str:
    """Longitude and latitude of each point, to a tenth of a metre, as OSRM writes them."""
    return ";".join(f"{point.longitude:.6f},{point.latitude:.6f}" for point in points)


def failure(code: str, name: str) -> Problem:
    """The problem of a server that did not do its part; nothing that it said is repeated."""
    return Problem(code=code, pointer="/settings/travel/server", value=shortened(name))
