"""Places of a community on a plausible grid of streets, in WGS-84.

Invented: nothing here is surveyed. Streets run every 120 m, a community is about 600 m across, and
places stand a few metres off the corners, so that a walk takes 2 to 15 minutes.
"""

import math
from dataclasses import dataclass, field
from random import Random
from typing import Any

from instances.parts.draft import Draft, span
from scheduler.model import Area, Place, Point

CENTRE = (104.1030, 30.6300)
"""Longitude and latitude near 狮子山."""
BLOCK = 120
METRES_PER_DEGREE = 111_195.0


def point(east: float, north: float) -> Point:
    """Metres east and north of the centre, as degrees."""
    longitude, latitude = CENTRE
    shrink = math.cos(math.radians(latitude))
    return Point(
        longitude=round(longitude + east / (METRES_PER_DEGREE * shrink), 6),
        latitude=round(latitude + north / METRES_PER_DEGREE, 6),
    )


@dataclass(frozen=True)
class Building:
    """Homes under one address: the place of a home visit, the lobby below, and the micro-grid."""

    home: str
    lobby: str
    area: str


@dataclass
class Community:
    """The places of a community by what they are for; all lists hold place ids."""

    id: str
    name: str
    station: str = ""
    room: str = ""
    plazas: list[str] = field(default_factory=list)
    venues: list[str] = field(default_factory=list)
    talking: list[str] = field(default_factory=list)
    streets: list[str] = field(default_factory=list)
    sheds: list[str] = field(default_factory=list)
    buildings: list[Building] = field(default_factory=list)
    grids: list[str] = field(default_factory=list)


class Terrain:
    """Free corners of a community's streets, handed out from the middle outwards."""

    def __init__(self, chance: Random, east: float, north: float, blocks: int = 5):
        half = (blocks - 1) / 2
        corners = [
            ((column - half) * BLOCK, (row - half) * BLOCK)
            for column in range(blocks)
            for row in range(blocks)
        ]
        corners.sort(key=lambda corner: math.hypot(*corner) + chance.uniform(0, BLOCK))
        self._corners = corners
        self._next = 0
        self._chance = chance
        self._middle = east, north

    def point(self) -> Point:
        """The next corner, a few metres off; after the last the first again, on another side."""
        east, north = self._corners[self._next % len(self._corners)]
        self._next += 1
        off = self._chance.uniform(-35, 35), self._chance.uniform(-35, 35)
        return point(self._middle[0] + east + off[0], self._middle[1] + north + off[1])


def community(
    draft: Draft, id: str, name: str, east: float, north: float, buildings: int
) -> Community:
    """A community of three grids, two micro-grids in each, drawn `east` and `north` of the centre."""
    ground = Terrain(draft.chance("town", id), east, north)
    found = Community(id, name)
    draft.areas.append(Area(id=id, name=name, kind="community", parent="street"))
    micros = []
    for grid in range(1, 4):
        area = f"{id}-g{grid}"
        found.grids.append(area)
        draft.areas.append(Area(id=area, name=f"{name}第{grid}网格", kind="grid", parent=id))
        for micro in range(1, 3):
            below = f"{area}-m{micro}"
            micros.append(below)
            draft.areas.append(
                Area(
                    id=below,
                    name=f"{name}第{grid}网格第{micro}微网格",
                    kind="micro_grid",
                    parent=area,
                )
            )
    _shared(draft, found, ground)
    for number in range(1, buildings + 1):
        _building(draft, found, ground.point(), number, micros[number % len(micros)])
    return found


def _shared(draft: Draft, found: Community, ground: Terrain) -> None:
    def place(kind: str, name: str, where: Point | None = None, **more: Any) -> str:
        id = f"{found.id}-{kind}{draft.number(f'{found.id}-{kind}')}"
        area = more.pop("area", found.id)
        draft.places.append(
            Place(
                id=id,
                name=f"{found.name}{name}",
                area=area,
                kind=kind,
                point=where or ground.point(),
                **more,
            )
        )
        return id

    found.station = place("station", "党群服务中心")
    station = draft.places[-1].point
    room_hours = tuple(span(day, "09:00", "20:30") for day in range(draft.days))
    found.room = place(
        "room", "微型心理咨询室", station, private=True, capacity=1, opening=room_hours
    )
    found.venues.append(place("venue", "活动室", station, capacity=1))
    for number in (1, 2):
        found.plazas.append(
            place("plaza", f"街边广场{number}", area=found.grids[number - 1], capacity=3)
        )
        corner = draft.places[-1].point
        found.talking.append(
            place("corner", f"街边广场{number}僻静角", corner, private=True, capacity=1)
        )
    daylight = tuple(span(day, "08:00", "18:30") for day in range(draft.days))
    found.venues.append(
        place("pavilion", "公园亭子", area=found.grids[2], capacity=1, opening=daylight)
    )
    pavilion = draft.places[-1].point
    found.talking.append(
        place("corner", "公园亭子一角", pavilion, private=True, capacity=1, opening=daylight)
    )
    found.talking.append(found.room)
    for number in (1, 2, 3):
        grid = found.grids[number - 1]
        found.streets.append(place("street", f"街巷{number}", area=grid))
        found.sheds.append(place("shed", f"电动自行车棚{number}", area=grid))


def _building(draft: Draft, found: Community, where: Point, number: int, area: str) -> None:
    home, lobby = f"{found.id}-b{number:02d}", f"{found.id}-b{number:02d}-lobby"
    name = f"{found.name}{number}栋"
    draft.places.append(
        Place(id=home, name=f"{name}入户", area=area, kind="home", point=where, private=True)
    )
    draft.places.append(
        Place(id=lobby, name=f"{name}大厅", area=area, kind="lobby", point=where, capacity=2)
    )
    found.buildings.append(Building(home, lobby, area))
