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
    """A building: place ids of its homes and its lobby, and the id of its micro-grid."""

    home: str
    lobby: str
    area: str


@dataclass
class Community:
    """The places of a community by what they are for, as place ids; `grids` holds area ids."""

    id: str
    name: str
    station: str = ""
    room: str = ""
    plazas: list[str] = field(default_factory=list)
    venues: list[str] = field(default_factory=list)
    confidential: list[str] = field(default_factory=list)
    streets: list[str] = field(default_factory=list)
    sheds: list[str] = field(default_factory=list)
    buildings: list[Building] = field(default_factory=list)
    grids: list[str] = field(default_factory=list)


class Terrain:
    """Corners of a community's streets, taken in turn from the middle outwards."""

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
        """A point within 50 m of the next corner; after the last corner comes the first again."""
        east, north = self._corners[self._next % len(self._corners)]
        self._next += 1
        off = self._chance.uniform(-35, 35), self._chance.uniform(-35, 35)
        return point(self._middle[0] + east + off[0], self._middle[1] + north + off[1])


def draw_community(
    draft: Draft, id: str, name: str, east: float, north: float, buildings: int
) -> Community:
    """Add a community of three grids with two micro-grids each, `east` and `north` metres of the centre."""
    terrain = Terrain(draft.chance("town", id), east, north)
    community = Community(id, name)
    draft.areas.append(Area(id=id, name=name, kind="community", parent="street"))
    micro_areas = []
    for grid in range(1, 4):
        area = f"{id}-g{grid}"
        community.grids.append(area)
        draft.areas.append(Area(id=area, name=f"{name}第{grid}网格", kind="grid", parent=id))
        for micro in range(1, 3):
            micro_area = f"{area}-m{micro}"
            micro_areas.append(micro_area)
            draft.areas.append(
                Area(
                    id=micro_area,
                    name=f"{name}第{grid}网格第{micro}微网格",
                    kind="micro_grid",
                    parent=area,
                )
            )
    _shared(draft, community, terrain)
    for number in range(1, buildings + 1):
        _building(draft, community, terrain.point(), number, micro_areas[number % len(micro_areas)])
    return community


def _shared(draft: Draft, community: Community, terrain: Terrain) -> None:
    def place(kind: str, name: str, location: Point | None = None, **more: Any) -> str:
        id = f"{community.id}-{kind}{draft.number(f'{community.id}-{kind}')}"
        area = more.pop("area", community.id)
        draft.places.append(
            Place(
                id=id,
                name=f"{community.name}{name}",
                area=area,
                kind=kind,
                point=location or terrain.point(),
                **more,
            )
        )
        return id

    community.station = place("station", "党群服务中心")
    station = draft.places[-1].point
    room_hours = tuple(span(day, "09:00", "20:30") for day in range(draft.days))
    community.room = place(
        "room", "微型心理咨询室", station, private=True, capacity=1, opening=room_hours
    )
    community.venues.append(place("venue", "活动室", station, capacity=1))
    for number in (1, 2):
        community.plazas.append(
            place("plaza", f"街边广场{number}", area=community.grids[number - 1], capacity=3)
        )
        corner = draft.places[-1].point
        community.confidential.append(
            place("corner", f"街边广场{number}僻静角", corner, private=True, capacity=1)
        )
    daylight = tuple(span(day, "08:00", "18:30") for day in range(draft.days))
    community.venues.append(
        place("pavilion", "公园亭子", area=community.grids[2], capacity=1, opening=daylight)
    )
    pavilion = draft.places[-1].point
    community.confidential.append(
        place("corner", "公园亭子一角", pavilion, private=True, capacity=1, opening=daylight)
    )
    community.confidential.append(community.room)
    for number in (1, 2, 3):
        grid = community.grids[number - 1]
        community.streets.append(place("street", f"街巷{number}", area=grid))
        community.sheds.append(place("shed", f"电动自行车棚{number}", area=grid))


def _building(draft: Draft, community: Community, location: Point, number: int, area: str) -> None:
    home, lobby = f"{community.id}-b{number:02d}", f"{community.id}-b{number:02d}-lobby"
    name = f"{community.name}{number}栋"
    draft.places.append(
        Place(id=home, name=f"{name}入户", area=area, kind="home", point=location, private=True)
    )
    draft.places.append(
        Place(id=lobby, name=f"{name}大厅", area=area, kind="lobby", point=location, capacity=2)
    )
    community.buildings.append(Building(home, lobby, area))
