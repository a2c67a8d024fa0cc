"""Work that belongs together: staged projects, counselling series, and inspections in pairs."""

from datetime import timedelta

from instances.parts.draft import FIRST_DAY, Draft, clock, span
from instances.parts.orders import STAFF
from instances.parts.town import Community
from scheduler.model import Case, Gap, Role, Slot, Visit

STAGES = (
    ("商议", "project_deliberation", 60, (Slot(roles=STAFF, skills={"negotiation": 1}), Slot())),
    ("申报", "project_application", 40, (Slot(roles=STAFF),)),
    ("实施", "project_implementation", 90, (Slot(roles=(*STAFF, Role.PARTNER)), Slot())),
    (
        "验收",
        "project_acceptance",
        45,
        (
            Slot(roles=STAFF),
            Slot(roles=(Role.RESIDENT_VOLUNTEER, Role.BUILDING_CAPTAIN), after=(0, 15)),
        ),
    ),
)
TOPICS = (
    "微花园共建",
    "楼道照明更新",
    "凉亭修缮",
    "电动自行车棚改造",
    "停车位划线",
    "广场座椅增设",
)


def projects(draft: Draft, community: Community, count: int) -> None:
    """Add projects: every third begins this week, the others have their first stages behind them."""
    for number in range(count):
        topic = TOPICS[draft.number("topic") % len(TOPICS)]
        case = draft.id("project")
        draft.cases.append(
            Case(
                id=case,
                name=f"{community.name}{topic}",
                kind="project",
                places=(community.plazas[number % 2],),
                same_person=number % 2 == 0,
            )
        )
        _stages(draft, community, case, topic, number % 3)


def _stages(draft: Draft, community: Community, case: str, topic: str, behind: int) -> None:
    before = None
    for number, (stage, kind, minutes, slots) in enumerate(STAGES[behind:]):
        place = (
            community.station
            if kind == "project_application"
            else draft.rng.choice(community.plazas)
        )
        id = f"{case}-{len(STAGES) - len(STAGES[behind:]) + number + 1}"
        draft.visits.append(
            Visit(
                id=id,
                name=f"{topic}·{stage}",
                kind=kind,
                places=(place,),
                windows=tuple(span(day, "09:00", "17:00") for day in draft.weekdays),
                duration=minutes,
                slots=slots,
                priority=2 if behind == 0 else 3,
                case=case,
            )
        )
        if before is not None:
            draft.gaps.append(Gap(first=before, second=id, least_days=1, most_days=3))
        before = id


def counselling(
    draft: Draft,
    community: Community,
    homes: dict[str, str],
    young: int,
    family: int,
    counsellors: list[str],
) -> None:
    """Add series in private places: `young` after school, `family` after work.

    Every fourth is a crisis with sessions two to four days apart; the others have a session every week
    or two. Unless a series is new, one of the counsellors has led it so far.
    """
    weeks = (draft.start - FIRST_DAY).days // 7
    for number in range(young + family):
        id = f"{community.id}-series{number + 1:02d}"
        chance = draft.chance("series", id)
        household, home = chance.choice(list(homes.items()))
        crisis = number % 4 == 3
        every_days = (2, 4) if crisis else chance.choice(((5, 7), (7, 7), (7, 14)))
        fresh = number % 6 == 5
        person = None if fresh else chance.choice(counsellors)
        since = chance.randrange(1, every_days[1] + 1)
        last = None if fresh and not weeks else draft.start - timedelta(days=since)
        draft.cases.append(
            Case(
                id=id,
                name="青少年心理疏导" if number < young else "家庭关系咨询",
                kind="counselling",
                household=household,
                private=True,
                person=person,
                sessions=max(0, chance.randrange(4, 9) - weeks),
                every_days=every_days,
                last_done=last,
                places=(home, *chance.sample(community.confidential, 3)),
                duration=chance.choice((50, 60)),
                skills={"psychology": 1},
                roles=(Role.COUNSELLOR,),
                priority=5 if crisis else 4,
                hours=(clock("16:30"), clock("19:30"))
                if number < young
                else (clock("14:00"), clock("20:00")),
            )
        )


def inspections(draft: Draft, community: Community, count: int) -> None:
    """Add inspections of fire lanes, sheds and gas by two people; for gas one of them is enough."""
    helpers = (
        Role.BUILDING_CAPTAIN,
        Role.PARTY_VOLUNTEER,
        Role.RESIDENT_VOLUNTEER,
        Role.GRID_WORKER,
    )
    lobbies = [building.lobby for building in community.buildings]
    kinds: tuple[tuple[str, str, list[str], dict[str, int], int, int, int | None], ...] = (
        (
            "消防通道检查",
            "fire_lane_inspection",
            community.streets,
            {"fire_safety": 1},
            40,
            4,
            None,
        ),
        ("车棚充电设施检查", "shed_inspection", community.sheds, {"fire_safety": 1}, 30, 3, None),
        ("楼道燃气安全检查", "gas_inspection", lobbies, {}, 35, 3, 1),
    )
    for number in range(count):
        name, kind, places, skills, minutes, priority, least = kinds[number % 3]
        start = draft.rng.randrange(draft.days - 2)
        days = range(start, min(draft.days, start + 3))
        draft.visits.append(
            Visit(
                id=draft.id("inspection"),
                name=name,
                kind=kind,
                places=(places[number // 3 % len(places)],),
                windows=tuple(span(day, "08:30", "17:00") for day in days),
                duration=minutes,
                slots=(Slot(roles=(*STAFF, Role.PARTNER), skills=skills), Slot(roles=helpers)),
                least_crew=least,
                priority=priority,
                impartial=True,
            )
        )
