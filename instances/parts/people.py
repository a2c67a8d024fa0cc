"""People by role: what they can do, when they are there, what they wish and their history.

Numbers and hours are invented; the roles are those of the articles. A week starts on Monday.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Literal

from instances.parts.draft import DAY, Draft, at, clock, span
from instances.parts.town import Community
from scheduler.model import Limits, Person, PersonHistory, Role, Window, Wish

NAMES = {
    Role.CHIEF_GRID_OFFICER: "总网格长",
    Role.GRID_WORKER: "专职网格员",
    Role.MICRO_GRID_WORKER: "微网格员",
    Role.PARTY_VOLUNTEER: "党员志愿者",
    Role.COUNSELLOR: "心理咨询员",
    Role.BUILDING_CAPTAIN: "楼栋长",
    Role.RESIDENT_VOLUNTEER: "孃孃观察团志愿者",
    Role.PARTNER: "共建单位",
}
VENUE_WORK = ("venue_duty", "culture_class", "heritage_display", "elder_lunch")
ROUNDS = ("e_bike_patrol", "parking_patrol", "night_patrol")
PROJECT = ("project_deliberation", "project_implementation", "project_acceptance")
INSPECTIONS = ("fire_lane_inspection", "shed_inspection", "lamp_inspection", "gas_inspection")


@dataclass(frozen=True)
class PersonKind:
    """How people of a kind are drawn.

    hours: chance, number within the kind → availability
    skills: skill → chance of having it (level 1 or 2); the first of a kind has them all
    certain_skills: skill → level that everybody of the kind has
    lives_here: whether their home is in the community
    agreed: kinds of work agreed to; None: all that the role may do
    """

    role: Role
    hours: Callable[[Random, int], tuple[Window, ...]]
    name: str = ""
    skills: dict[str, float] = field(default_factory=dict)
    certain_skills: dict[str, int] = field(default_factory=dict)
    agreed: tuple[str, ...] | None = None
    clearance: bool = False
    mode: Literal["walk", "e_bike"] = "walk"
    limits: Limits | None = None
    lives_here: bool = False


def _office(_chance: Random, _number: int) -> tuple[Window, ...]:
    return tuple(span(day, "08:30", "18:00") for day in range(5))


def _grid(_chance: Random, number: int) -> tuple[Window, ...]:
    """Weekdays, late on three of them in turn, and one day of the weekend."""
    late = {(number + shift) % 5 for shift in (0, 2, 3)}
    week = [span(day, "08:30", "21:45" if day in late else "18:00") for day in range(5)]
    return (*week, span(5 + number % 2, "09:00", "17:00"))


def _craft(chance: Random, _number: int) -> tuple[Window, ...]:
    """Office hours, and three evenings on call."""
    late = chance.sample(range(5), 3)
    return tuple(span(day, "09:00", "20:30" if day in late else "17:30") for day in range(5))


def _evenings(chance: Random, _number: int) -> tuple[Window, ...]:
    days = sorted(chance.sample(range(5), 3))
    weekend = chance.choice((5, 5, 6))
    early = chance.choice(("06:45", "09:00"))
    return (*(span(day, "17:30", "21:30") for day in days), span(weekend, early, "12:30"))


def _mornings(chance: Random, _number: int) -> tuple[Window, ...]:
    days = sorted(chance.sample(range(6), 4))
    spans = [span(day, chance.choice(("06:45", "08:00")), "11:45") for day in days]
    return (*spans, span(chance.randrange(5), "13:30", "20:30"))


def _half_days(count: int) -> Callable[[Random, int], tuple[Window, ...]]:
    def hours(chance: Random, _number: int) -> tuple[Window, ...]:
        days = sorted(chance.sample(range(5), count))
        return tuple(
            span(day, *chance.choice((("09:00", "12:00"), ("14:00", "17:30")))) for day in days
        )

    return hours


def _counselling(_chance: Random, number: int) -> tuple[Window, ...]:
    """Three afternoons with their evenings, and Saturday morning."""
    days = sorted({(number + shift) % 5 for shift in (0, 2, 3)})
    return (*(span(day, "14:00", "20:30") for day in days), span(5, "09:00", "12:30"))


KINDS = {
    "chief": PersonKind(
        Role.CHIEF_GRID_OFFICER,
        _office,
        certain_skills={"negotiation": 2},
        clearance=True,
        mode="e_bike",
    ),
    "grid": PersonKind(
        Role.GRID_WORKER,
        _grid,
        skills={"negotiation": 0.5, "fire_safety": 0.4, "first_aid": 0.4, "dialect": 0.6},
        clearance=True,
        mode="e_bike",
    ),
    "micro": PersonKind(
        Role.MICRO_GRID_WORKER, _evenings, skills={"dialect": 0.7}, lives_here=True
    ),
    "party": PersonKind(
        Role.PARTY_VOLUNTEER,
        _evenings,
        skills={"negotiation": 0.3, "fire_safety": 0.2, "teaching": 0.4},
        agreed=("door", "phone", "companion", *VENUE_WORK[:2], *ROUNDS, *INSPECTIONS[:2]),
        lives_here=True,
    ),
    "captain": PersonKind(
        Role.BUILDING_CAPTAIN,
        _mornings,
        skills={"dialect": 0.8, "fire_safety": 0.3},
        agreed=("door", "companion", *PROJECT, *VENUE_WORK, *ROUNDS, *INSPECTIONS),
        lives_here=True,
    ),
    "resident": PersonKind(
        Role.RESIDENT_VOLUNTEER,
        _mornings,
        skills={"heritage": 0.4, "teaching": 0.4, "dialect": 0.9},
        agreed=("companion", "early_patrol", *PROJECT, *VENUE_WORK, *ROUNDS[:2], *INSPECTIONS[1:]),
        lives_here=True,
    ),
    "counsellor": PersonKind(
        Role.COUNSELLOR,
        _counselling,
        name="心理咨询员",
        certain_skills={"psychology": 2},
        clearance=True,
        limits=Limits(daily_tasks=4, weekly_minutes=840, contract_minutes=720),
    ),
    "property": PersonKind(
        Role.PARTNER,
        _craft,
        name="物业电工",
        certain_skills={"electric": 2},
        mode="e_bike",
        limits=Limits(weekly_minutes=1200, contract_minutes=1200),
        agreed=("order_repair", "lamp_inspection", "shed_inspection", "project_implementation"),
    ),
    "doctor": PersonKind(
        Role.PARTNER,
        _half_days(3),
        name="家庭医生",
        certain_skills={"medicine": 2},
        clearance=True,
        mode="e_bike",
        limits=Limits(weekly_minutes=480, contract_minutes=480),
        agreed=("health_check", "joint_visit"),
    ),
    "police": PersonKind(
        Role.PARTNER,
        _half_days(3),
        name="社区民警",
        certain_skills={"police": 1},
        clearance=True,
        mode="e_bike",
        limits=Limits(weekly_minutes=480, contract_minutes=480),
        agreed=("joint_visit", "mediation"),
    ),
    "fire": PersonKind(
        Role.PARTNER,
        _half_days(2),
        name="消防站",
        certain_skills={"fire_safety": 3},
        mode="e_bike",
        limits=Limits(weekly_minutes=360, contract_minutes=360),
        agreed=INSPECTIONS,
    ),
    "teacher": PersonKind(
        Role.PARTNER,
        _half_days(3),
        name="非遗传承人",
        certain_skills={"heritage": 3, "teaching": 3},
        limits=Limits(weekly_minutes=360, contract_minutes=360),
        agreed=("heritage_display", "culture_class"),
    ),
}


def recruit(draft: Draft, kind: str, count: int, community: Community | None = None) -> None:
    """Add people of a kind; those of a community work only there, grid workers in two of its grids."""
    for number in range(count):
        _recruit_person(draft, KINDS[kind], number, community)


def _recruit_person(
    draft: Draft, kind: PersonKind, number: int, community: Community | None
) -> None:
    name = kind.name or NAMES[kind.role]
    serial = draft.number(name)
    id = f"{kind.role.value}-{serial:03d}"
    if kind.role is Role.PARTNER:
        id = f"partner-{draft.number('partner'):03d}"
    chance = draft.chance("person", id)
    skills = dict(kind.certain_skills)
    for skill, chance_of_skill in kind.skills.items():
        if number == 0 or chance.random() < chance_of_skill:
            skills[skill] = chance.choice((1, 1, 2))
    home = chance.choice(community.buildings) if community and kind.lives_here else None
    minor = kind.role is Role.RESIDENT_VOLUNTEER and number == 3
    hours = kind.hours(chance, number)
    draft.people.append(
        Person(
            id=id,
            name=f"{name}{serial:02d}",
            role=kind.role,
            skills=skills,
            gender="m" if number % 3 == 1 else "f",
            areas=_areas(kind, number, community, home.area if home else None),
            clearance=kind.clearance,
            minor=minor,
            mode=kind.mode,
            start_place=_base(kind, community, home.home if home else None),
            end_place=community.station if community and kind.role is Role.GRID_WORKER else None,
            home=home.home if home else None,
            availability=hours,
            leave=_leave(draft, id),
            agreed=("companion", *VENUE_WORK) if minor else kind.agreed,
            limits=Limits(evening_from=clock("19:30")) if minor else kind.limits or Limits(),
            wishes=_wishes(draft, kind, chance, community),
        )
    )
    if kind.role in (Role.GRID_WORKER, Role.CHIEF_GRID_OFFICER):
        draft.history[id] = _past(chance)


def _areas(
    kind: PersonKind, number: int, community: Community | None, home_area: str | None
) -> tuple[str, ...]:
    """Two adjacent grids for a grid worker, one for a micro-grid worker; else the whole community."""
    if community is None:
        return ()
    grids = community.grids
    if kind.role is Role.GRID_WORKER and number < len(grids):
        return tuple(sorted({grids[number], grids[(number + 1) % len(grids)]}))
    if kind.role is Role.MICRO_GRID_WORKER and number and home_area is not None:
        return (home_area.rsplit("-", 1)[0],)
    return (community.id,)


def _base(kind: PersonKind, community: Community | None, home: str | None) -> str | None:
    if home is not None:
        return home
    paid_here = (Role.GRID_WORKER, Role.CHIEF_GRID_OFFICER, Role.COUNSELLOR)
    return community.station if community is not None and kind.role in paid_here else None


def _leave(draft: Draft, id: str) -> tuple[Window, ...]:
    """Leave for a day or an afternoon of this week, for one person in eight."""
    chance = draft.chance("leave", draft.start.isoformat(), id)
    if chance.random() >= 1 / 8:
        return ()
    day = chance.randrange(5)
    start = at(day, chance.choice(("00:00", "13:30")))
    return (Window(start=start, end=(day + 1) * DAY),)


def _wishes(
    draft: Draft, kind: PersonKind, chance: Random, community: Community | None
) -> tuple[Wish, ...]:
    day = draft.start + timedelta(days=chance.randrange(5))
    if kind.role is Role.GRID_WORKER:
        weekend = (draft.start + timedelta(days=5), draft.start + timedelta(days=6))
        unwanted = chance.choice((Wish(days=weekend, want=False, weight=60), None))
        quiet = Wish(kind="night_patrol", want=False, weight=40)
        return (quiet,) if unwanted is None else (unwanted, quiet)
    if kind.lives_here and community is not None and chance.random() < 0.5:
        wanted = Wish(kind=chance.choice(VENUE_WORK[:2]), weight=40)
        if kind.role is Role.RESIDENT_VOLUNTEER and chance.random() < 0.5:
            wanted = Wish(place=chance.choice(community.plazas), weight=40)
        return (wanted, Wish(days=(day,), want=False, weight=40))
    return ()


def _past(chance: Random) -> PersonHistory:
    """History of four weeks with uneven loads, so that fairness has something to even out."""
    fair = 4 * 2100
    return PersonHistory(
        minutes=fair + chance.randrange(-900, 901, 30),
        fair_minutes=fair,
        overtime=chance.choice((0, 0, 60, 180)),
        run_on=chance.choice((0, 0, 1)),
        run_off=0,
        last_end=chance.choice((-DAY - clock("06:00"), -clock("03:30"))),
        last_kinds=(),
        weekends=chance.choice((0, 1, 1, 2)),
    )
