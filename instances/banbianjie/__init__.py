"""Banbianjie Xinju (半边街新居): one estate's week. Name: ``banbianjie``.

10 buildings, 54 stairway units, 1,900 households, 91 lamps and 617 parking spaces are the articles'
figures; where things stand and who does what is invented.
"""

from typing import Any

from instances.parts.draft import Draft, span
from instances.parts.duties import DUTY_WAYS, HouseholdCount, households
from instances.parts.orders import STAFF, orders
from instances.parts.people import recruit
from instances.parts.pins import pins
from instances.parts.projects import counselling, inspections, projects
from instances.parts.shifts import NEIGHBOURS, shifts
from instances.parts.town import BLOCK, Building, Community, point
from scheduler.model import (
    Area,
    Calendar,
    Duties,
    Instance,
    Need,
    Place,
    Point,
    Role,
    Settings,
    Shift,
    Slot,
    Visit,
)
from scheduler.model.time import MINUTES_PER_DAY

UNITS = (6, 6, 6, 5, 5, 5, 5, 5, 5, 6)
"""Stairway units of the ten buildings; 54 in all."""
COUNT = HouseholdCount(high=24, key=76, general=1800, daily=1, changed=1, late=10, never=4)
"""1,900 households; how many are at risk is invented."""
LAMPS, LAMPS_IN_A_ROUND = 91, 7
PARKING = {"东区": 230, "中区": 207, "西区": 180}
"""617 spaces in three yards (the split is invented)."""
PEOPLE = {
    "chief": 1,
    "grid": 4,
    "micro": 10,
    "party": 8,
    "captain": 10,
    "resident": 10,
    "property": 2,
    "counsellor": 1,
    "doctor": 1,
    "police": 1,
    "fire": 1,
}
SETTINGS = Settings(
    start_every=5,
    calendar=Calendar(country="cn"),
    duties=Duties(ways=DUTY_WAYS),
    forbidden_sequences=(("night_patrol", "early_patrol"),),
)


def _week(seed: int, name: str) -> Instance:
    draft = Draft(f"banbianjie/{seed}")
    community = _estate(draft)
    for kind, count in PEOPLE.items():
        recruit(draft, kind, count, community)
    _captains(draft, community)
    homes = households(draft, community, COUNT)
    leads = [person.id for person in draft.people if person.role is Role.COUNSELLOR]
    counselling(draft, community, homes, 4, 3, leads)
    orders(draft, community, homes, 48)
    projects(draft, community, 3)
    inspections(draft, community, 30)
    _lamps(draft)
    shifts(draft, community, 2)
    _yards(draft)
    pins(draft)
    return draft.instance(name, "半边街新居一周", SETTINGS)


def _estate(draft: Draft) -> Community:
    """Two rows of five buildings along a street of 91 lamps; a place for each stairway unit."""
    draft.areas.append(Area(id="c2", name="白佛社区", kind="community"))
    community = Community("c2", "半边街新居", grids=["c2-g1", "c2-g2"])
    for number, area in enumerate(community.grids, 1):
        name = f"半边街新居第{number}网格"
        draft.areas.append(Area(id=area, name=name, kind="grid", parent="c2"))
    chance = draft.chance("estate")
    for number, units in enumerate(UNITS, 1):
        row, column = divmod(number - 1, 5)
        area = f"c2-g{row + 1}-m{column + 1}"
        draft.areas.append(
            Area(id=area, name=f"{number}栋", kind="micro_grid", parent=community.grids[row])
        )
        for unit in range(1, units + 1):
            east = (column - 2) * BLOCK + (unit - units / 2) * 16
            location = point(east, (row - 0.5) * BLOCK + chance.uniform(-8, 8))
            _unit(draft, community, number, unit, area, location)
    _meeting_places(draft, community)
    _outdoors(draft, community)
    return community


def _unit(draft: Draft, community: Community, number: int, unit: int, area: str, at: Point) -> None:
    home = f"c2-b{number:02d}u{unit}"
    lobby = f"c2-b{number:02d}-lobby"
    draft.places.append(
        Place(
            id=home,
            name=f"{number}栋{unit}单元入户",
            area=area,
            kind="home",
            point=at,
            private=True,
        )
    )
    if unit == 1:
        draft.places.append(
            Place(id=lobby, name=f"{number}栋大厅", area=area, kind="lobby", point=at, capacity=2)
        )
    community.buildings.append(Building(home, lobby, area))


def _place(
    draft: Draft,
    id: str,
    name: str,
    kind: str,
    east: float,
    north: float,
    area: str = "c2",
    **more: Any,
) -> str:
    """Add a place `east` and `north` metres of the centre; returns its id."""
    draft.places.append(
        Place(id=id, name=name, area=area, kind=kind, point=point(east, north), **more)
    )
    return id


def _meeting_places(draft: Draft, community: Community) -> None:
    """The service centre, the counselling room, venues, plazas and corners for confidential talks."""
    daylight = tuple(span(day, "08:00", "18:30") for day in range(draft.days))
    hours = tuple(span(day, "09:00", "20:30") for day in range(draft.days))
    community.station = _place(draft, "c2-station", "党群服务中心", "station", -330, 20)
    community.room = _place(
        draft,
        "c2-room",
        "微型心理咨询室",
        "room",
        -330,
        20,
        private=True,
        capacity=1,
        opening=hours,
    )
    community.venues = [
        _place(draft, "c2-hall", "邻里活动室", "venue", -320, -40, capacity=1),
        _place(draft, "c2-pavilion", "凉亭", "pavilion", 60, 10, capacity=1, opening=daylight),
    ]
    community.plazas = [
        _place(draft, "c2-plaza1", "街边广场1", "plaza", -150, 0, capacity=3),
        _place(draft, "c2-plaza2", "街边广场2", "plaza", 210, 5, capacity=3),
    ]
    community.confidential = [
        _place(draft, "c2-corner1", "街边广场1僻静角", "corner", -150, 0, private=True, capacity=1),
        _place(draft, "c2-corner2", "街边广场2僻静角", "corner", 210, 5, private=True, capacity=1),
        _place(
            draft,
            "c2-corner3",
            "凉亭一角",
            "corner",
            60,
            10,
            private=True,
            capacity=1,
            opening=daylight,
        ),
        community.room,
    ]


def _outdoors(draft: Draft, community: Community) -> None:
    """A shed and a fire lane for each building, the lamps by rounds, and the parking yards."""
    for number in range(1, 11):
        row, column = divmod(number - 1, 5)
        east, north = (column - 2) * BLOCK + 50, (row - 0.5) * BLOCK + 30
        grid = community.grids[row]
        community.sheds.append(
            _place(draft, f"c2-shed{number}", f"{number}栋车棚", "shed", east, north, area=grid)
        )
        community.streets.append(
            _place(
                draft,
                f"c2-lane{number}",
                f"{number}栋消防通道",
                "street",
                east,
                north - 55,
                area=grid,
            )
        )
    for number in range(LAMPS // LAMPS_IN_A_ROUND):
        _place(
            draft, f"c2-lamps{number + 1}", f"路灯第{number + 1}段", "lamps", -300 + 50 * number, 0
        )
    for number, (yard, spaces) in enumerate(PARKING.items(), 1):
        _place(
            draft,
            f"c2-yard{number}",
            f"{yard}停车场（{spaces}个车位）",
            "parking",
            240 * (2 - number),
            -130,
        )


def _captains(draft: Draft, community: Community) -> None:
    """One captain for each building, living in its first unit."""
    homes = [building.home for building in community.buildings if building.home.endswith("u1")]
    for number, person in enumerate(draft.people):
        if person.role is Role.BUILDING_CAPTAIN:
            home = homes.pop(0)
            draft.people[number] = person.model_copy(update={"home": home, "start_place": home})


def _lamps(draft: Draft) -> None:
    """All lamps in 13 rounds after dark, an electrician or grid worker with a neighbour."""
    for number in range(LAMPS // LAMPS_IN_A_ROUND):
        days = sorted(draft.rng.sample(range(6), 3))
        draft.visits.append(
            Visit(
                id=draft.id("lamps"),
                name=f"路灯巡检（{LAMPS_IN_A_ROUND}盏）",
                kind="lamp_inspection",
                places=(f"c2-lamps{number + 1}",),
                windows=tuple(
                    span(day, *hours)
                    for day in days
                    for hours in (("16:30", "17:30"), ("18:00", "20:00"))
                ),
                duration=30,
                slots=(
                    Slot(roles=(*STAFF, Role.PARTNER)),
                    Slot(roles=(*NEIGHBOURS, Role.MICRO_GRID_WORKER)),
                ),
                priority=2,
                due=days[-1] * MINUTES_PER_DAY,
            )
        )


def _yards(draft: Draft) -> None:
    """617 spaces for some 1,100 cars: every yard is patrolled on weekday evenings."""
    for day in range(5):
        for number in range(1, len(PARKING) + 1):
            draft.shifts.append(
                Shift(
                    id=draft.id("parking_patrol"),
                    name="停车秩序巡查",
                    kind="parking_patrol",
                    place=f"c2-yard{number}",
                    start=day * MINUTES_PER_DAY + 18 * 60 + 30 * (number - 1),
                    duration=60,
                    needs=(
                        Need(
                            roles=(*NEIGHBOURS, Role.MICRO_GRID_WORKER, *STAFF),
                            minimum=1,
                            target=2,
                        ),
                    ),
                    priority=2,
                )
            )


INSTANCES = {"": _week}
"""By name within the family; the estate has one week, named as the family."""
