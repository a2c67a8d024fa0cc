"""Shizishan sub-district (狮子山街道): a community's week, its four weeks, and the whole sub-district.

Names: ``shizishan/community``, ``shizishan/week1`` … ``shizishan/week4`` (the same community, people
and households; week 1 is the community's week), ``shizishan/sub_district``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from instances.parts.draft import FIRST_DAY, Draft
from instances.parts.duties import DUTY_WAYS, HouseholdCount, households
from instances.parts.orders import orders
from instances.parts.people import recruit
from instances.parts.pins import pins
from instances.parts.projects import counselling, inspections, projects
from instances.parts.shifts import shifts
from instances.parts.town import Community, draw_community
from scheduler.model import Area, Calendar, Duties, Instance, Role, Settings

STAFF = {"chief": 1, "grid": 4, "micro": 5, "party": 4, "captain": 3, "resident": 4, "property": 1}
"""People of one community."""
SHARED = {"counsellor": 7, "doctor": 5, "police": 4, "fire": 4, "teacher": 4}
"""People whom the communities of the sub-district share."""
CENTRES = [
    (0, 0),
    (620, -90),
    (-610, 60),
    (40, 610),
    (-80, -640),
    (650, 560),
    (-590, 640),
    (600, -700),
]
"""Metres east and north of the centre; communities touch one another."""


@dataclass(frozen=True)
class Week:
    """How much of everything a community has in a week."""

    count: HouseholdCount
    orders: int
    inspections: int
    projects: int
    series: tuple[int, int]
    shifts_more: int = 0


COMMUNITY = Week(HouseholdCount(high=16, key=20, general=240), 35, 14, 3, (5, 3))
BUSY = Week(
    HouseholdCount(high=30, key=60, general=560, daily=2, changed=2, late=6, never=2),
    104,
    26,
    4,
    (4, 2),
    7,
)

SETTINGS = Settings(
    start_every=5,
    calendar=Calendar(country="cn"),
    duties=Duties(ways=DUTY_WAYS),
    forbidden_sequences=(("night_patrol", "early_patrol"),),
)


def _community(number: int, seed: int, name: str) -> Instance:
    draft = Draft(f"shizishan/{seed}", FIRST_DAY + timedelta(days=7 * (number - 1)))
    _street(draft)
    community = _town(draft, 0)
    for kind, count in STAFF.items():
        recruit(draft, kind, count, community)
    for kind in ("counsellor", "doctor", "police", "teacher"):
        recruit(draft, kind, 1, community)
    _work(draft, community, COMMUNITY)
    pins(draft)
    title = "佳宏路社区一周" if number == 1 else f"佳宏路社区第{number}周"
    return draft.instance(name, title, SETTINGS)


def _sub_district(seed: int, name: str) -> Instance:
    draft = Draft(f"shizishan/{seed}")
    _street(draft)
    towns = [_town(draft, number) for number in range(len(CENTRES))]
    for community in towns:
        for kind, count in STAFF.items():
            recruit(draft, kind, count, community)
    for kind, count in SHARED.items():
        recruit(draft, kind, count)
    for community in towns:
        _work(draft, community, BUSY)
    pins(draft)
    return draft.instance(name, "狮子山街道一周", SETTINGS)


def _street(draft: Draft) -> None:
    draft.areas.append(Area(id="street", name="狮子山街道", kind="street"))


def _town(draft: Draft, number: int) -> Community:
    name = ("佳宏路社区", "白佛社区")[number] if number < 2 else f"{number + 1:02d}号社区"
    return draw_community(draft, f"c{number + 1}", name, *CENTRES[number], buildings=12)


def _work(draft: Draft, community: Community, week: Week) -> None:
    homes = households(draft, community, week.count)
    leads = [person.id for person in draft.people if person.role is Role.COUNSELLOR]
    counselling(draft, community, homes, *week.series, leads)
    orders(draft, community, homes, week.orders)
    projects(draft, community, week.projects)
    inspections(draft, community, week.inspections)
    shifts(draft, community, week.shifts_more)


INSTANCES: dict[str, Callable[[int, str], Instance]] = {
    "community": partial(_community, 1),
    **{f"week{number}": partial(_community, number) for number in range(1, 5)},
    "sub_district": _sub_district,
}
"""By name: a function of seed and full name."""
