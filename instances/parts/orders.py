"""The micro-list (微清单): what residents ordered, with the times that suit them and a due date."""

from dataclasses import dataclass

from instances.parts.draft import DAY, Draft, at, span
from instances.parts.town import Community
from scheduler.model import Role, Slot, Visit, Window

STAFF = (Role.GRID_WORKER, Role.CHIEF_GRID_OFFICER)


@dataclass(frozen=True)
class OrderKind:
    """A kind of order: its crew, possible lengths and priorities, and the days until it is due."""

    kind: str
    name: str
    crew: tuple[Slot, ...]
    minutes: tuple[int, ...]
    priorities: tuple[int, ...]
    days: int
    least_crew: int | None = None
    private: bool = False
    impartial: bool = False
    by_day: bool = False
    share: int = 1


KINDS = (
    OrderKind(
        "order_repair",
        "水电报修",
        (Slot(skills={"electric": 1}),),
        (30, 45, 60),
        (3, 4, 5),
        1,
        share=3,
    ),
    OrderKind("order_errand", "代办代购", (Slot(roles=STAFF),), (20, 30), (1, 2), 7, share=3),
    OrderKind("order_noise", "噪声扰民处理", (Slot(roles=STAFF),), (30, 45), (2, 3), 7, share=2),
    OrderKind(
        "order_parking",
        "停车协商",
        (Slot(skills={"negotiation": 1}), Slot(roles=STAFF)),
        (45, 60),
        (3, 4),
        15,
        share=2,
    ),
    OrderKind(
        "mediation",
        "邻里纠纷调解",
        (Slot(skills={"negotiation": 1}), Slot(roles=(*STAFF, Role.PARTNER))),
        (60, 90),
        (3, 4),
        7,
        private=True,
        impartial=True,
        share=2,
    ),
    OrderKind(
        "companion",
        "助老陪伴",
        (Slot(roles=(Role.RESIDENT_VOLUNTEER, Role.PARTY_VOLUNTEER, Role.BUILDING_CAPTAIN)),),
        (45, 60),
        (1, 2, 3),
        7,
        share=4,
    ),
    OrderKind(
        "health_check",
        "入户健康检查",
        (Slot(skills={"medicine": 1}, must=True), Slot(roles=STAFF)),
        (30, 40),
        (3, 4, 5),
        7,
        least_crew=1,
        private=True,
        by_day=True,
        share=2,
    ),
)


def orders(draft: Draft, community: Community, homes: dict[str, str], count: int) -> None:
    """Add this week's orders, spread over the kinds by their shares."""
    kinds = [kind for kind in KINDS for _ in range(kind.share)]
    for number in range(count):
        _order(draft, community, kinds[number % len(kinds)], draft.rng.choice(list(homes.items())))
    _moving_out(draft, community, homes)
    _joint(draft, homes)


def _order(draft: Draft, community: Community, kind: OrderKind, at_home: tuple[str, str]) -> None:
    rng = draft.rng
    household, home = at_home
    accepted = rng.randrange(-DAY // 2, 4 * DAY)
    places: tuple[str, ...] = (home,)
    if kind.private and kind.kind == "mediation":
        places = (community.room, *rng.sample(community.confidential[:-1], 2))
    draft.visits.append(
        Visit(
            id=draft.id("order"),
            name=kind.name,
            kind=kind.kind,
            places=places,
            windows=_times(draft, max(0, accepted // DAY), kind),
            duration=rng.choice(kind.minutes),
            slots=kind.crew,
            least_crew=kind.least_crew,
            priority=rng.choice(kind.priorities),
            due=accepted + kind.days * DAY,
            household=household,
            private=kind.private,
            impartial=kind.impartial,
        )
    )


def _times(draft: Draft, first: int, kind: OrderKind) -> tuple[Window, ...]:
    """Times that suit a resident: all day, only after work, or a half-day that was agreed."""
    rng = draft.rng
    days = range(first, min(draft.days, first + max(2, kind.days)))
    manner = 0.0 if kind.by_day else rng.random()
    if manner < 0.45:
        chosen = [day for day in days if rng.random() < 0.6] or [first]
        return tuple(span(day, "09:00", "17:30") for day in chosen)
    if manner < 0.7:
        chosen = [day for day in days if rng.random() < 0.5] or [first]
        return tuple(span(day, "18:00", "20:00") for day in chosen)
    day = rng.choice(days)
    return (span(day, *rng.choice((("09:00", "10:30"), ("10:30", "12:00"), ("14:00", "16:00")))),)


def _moving_out(draft: Draft, community: Community, homes: dict[str, str]) -> None:
    """Help for somebody who moves: a bundle of packing and delivering, both or neither."""
    rng = draft.rng
    household, home = rng.choice(list(homes.items()))
    bundle = draft.id("moving")
    day = rng.randrange(draft.days - 2)
    for name, place, when in (
        ("搬运：上门装箱", home, (span(day, "09:00", "11:00"),)),
        (
            "搬运：送到活动室",
            community.venues[0],
            (span(day, "13:30", "17:00"), span(day + 1, "13:30", "17:00")),
        ),
    ):
        draft.visits.append(
            Visit(
                id=draft.id("order"),
                name=name,
                kind="order_moving",
                places=(place,),
                windows=when,
                duration=45,
                slots=(Slot(roles=STAFF), Slot()),
                priority=3,
                bundle=bundle,
                household=household,
            )
        )


def _joint(draft: Draft, homes: dict[str, str]) -> None:
    """Doctor, police and cadre together at one door; the doctor may come up to half an hour later."""
    rng = draft.rng
    household, home = rng.choice(list(homes.items())[:12])
    draft.visits.append(
        Visit(
            id=draft.id("order"),
            name="联合上门",
            kind="joint_visit",
            places=(home,),
            windows=tuple(span(day, "09:00", "17:00") for day in range(5)),
            duration=40,
            slots=(
                Slot(roles=STAFF, skills={"negotiation": 1}, must=True),
                Slot(skills={"police": 1}),
                Slot(skills={"medicine": 1}, after=(0, 30), duration=30),
            ),
            least_crew=2,
            priority=4,
            due=at(3, "00:00"),
            household=household,
            private=True,
        )
    )
