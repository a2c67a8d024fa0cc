"""Micro-venues, classes and patrols: work with a fixed start that needs a number of people."""

from dataclasses import dataclass

from instances.parts.draft import Draft, at
from instances.parts.orders import STAFF
from instances.parts.town import Community
from scheduler.model import Need, Role, Shift

NEIGHBOURS = (Role.RESIDENT_VOLUNTEER, Role.BUILDING_CAPTAIN, Role.PARTY_VOLUNTEER)


@dataclass(frozen=True)
class ShiftKind:
    """A regular shift. place: name of a list of the community's places, which take turns day by day."""

    kind: str
    name: str
    place: str
    days: tuple[int, ...]
    start: str
    minutes: int
    needs: tuple[Need, ...]
    priority: int = 3


KINDS = (
    ShiftKind(
        "venue_duty",
        "微阵地值守",
        "plazas",
        (0, 1, 2, 3, 4, 5),
        "09:00",
        150,
        (Need(roles=NEIGHBOURS, minimum=1, target=2, maximum=3, over_points=2),),
    ),
    ShiftKind(
        "e_bike_patrol",
        "电动自行车停放劝导",
        "sheds",
        (0, 1, 2, 3, 4),
        "17:45",
        75,
        (Need(roles=(*NEIGHBOURS, Role.MICRO_GRID_WORKER), minimum=1, target=2),),
    ),
    ShiftKind(
        "parking_patrol",
        "停车秩序巡查",
        "streets",
        (0, 1, 2, 3, 4),
        "18:00",
        90,
        (
            Need(roles=STAFF, minimum=1),
            Need(roles=(*NEIGHBOURS, Role.MICRO_GRID_WORKER), minimum=0, target=1),
        ),
        4,
    ),
    ShiftKind(
        "culture_class",
        "文化课堂",
        "pavilion",
        (1, 3, 4, 5),
        "09:30",
        90,
        (Need(skills={"teaching": 1}, minimum=1), Need(roles=NEIGHBOURS, minimum=0, target=1)),
    ),
    ShiftKind(
        "elder_lunch",
        "老年助餐",
        "station",
        (0, 2, 4),
        "10:00",
        100,
        (Need(roles=NEIGHBOURS, minimum=1, target=2),),
        4,
    ),
    ShiftKind(
        "night_patrol",
        "夜间安全巡逻",
        "streets",
        (1, 3, 4),
        "19:30",
        110,
        (
            Need(roles=(Role.GRID_WORKER,), minimum=1),
            Need(roles=(Role.PARTY_VOLUNTEER, Role.MICRO_GRID_WORKER), minimum=1, target=2),
        ),
        4,
    ),
    ShiftKind(
        "early_patrol",
        "清晨环境巡查",
        "plazas",
        (2, 5),
        "07:00",
        60,
        (Need(roles=(Role.RESIDENT_VOLUNTEER, Role.MICRO_GRID_WORKER), minimum=1),),
        2,
    ),
    ShiftKind(
        "heritage_display",
        "非遗展示",
        "hall",
        (1, 3),
        "14:00",
        150,
        (Need(skills={"heritage": 1}, minimum=1), Need(roles=NEIGHBOURS, minimum=0, target=1)),
        2,
    ),
)


def shifts(draft: Draft, community: Community, extra: int = 0) -> None:
    """The community's regular week (30 shifts), and `extra` afternoon duties at its venues."""
    for kind in KINDS:
        places = _places(community, kind.place)
        for number, day in enumerate(kind.days):
            _add(draft, kind, places[number % len(places)], day, kind.start)
    for number in range(extra):
        starts = ("14:00", "16:00")
        _add(draft, KINDS[0], community.plazas[number % 2], number % 5, starts[number // 5 % 2])


def _places(community: Community, kind: str) -> list[str]:
    match kind:
        case "pavilion":
            return community.venues[1:]
        case "hall":
            return community.venues[:1]
        case "station":
            return [community.station]
        case _:
            places: list[str] = getattr(community, kind)
            return places


def _add(draft: Draft, kind: ShiftKind, place: str, day: int, start: str) -> None:
    draft.shifts.append(
        Shift(
            id=draft.id(kind.kind),
            name=kind.name,
            kind=kind.kind,
            place=place,
            start=at(day, start),
            duration=kind.minutes,
            needs=kind.needs,
            priority=kind.priority,
        )
    )
