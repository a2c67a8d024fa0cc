"""Tiny instances that peers can express."""

from datetime import date, timedelta

from scheduler.model import (
    Horizon,
    Instance,
    Level,
    Limits,
    Matrix,
    Need,
    Person,
    Place,
    Role,
    RuleSetting,
    Settings,
    Shift,
    Slot,
    Visit,
    Window,
    Wish,
)

MONDAY = date(2026, 11, 23)
DAY = 24 * 60
PLACES = ("base", "near", "far", "late")
MINUTES = ((0, 5, 10, 9), (5, 0, 8, 7), (10, 8, 0, 3), (9, 7, 3, 0))
OPEN = (480, 700)


def crossing(second: tuple[int, int] = OPEN, ticks: int = 1) -> Instance:
    """Two people at a base, three visits; only the first has the skill that two of them need.

    `second`: window of the visit that is far, in minutes. ticks: a minute; with more than one,
    visits left undone break a hard rule.
    """
    hours = (_window((480, 720), ticks),)
    undone = {"unassigned": RuleSetting(level=Level.HARD)} if ticks > 1 else {}
    minutes = tuple(tuple(ticks * way for way in row) for row in MINUTES)
    able = Person(
        id="able",
        name="able",
        role=Role.GRID_WORKER,
        skills={"craft": 1},
        availability=hours,
        start_place="base",
    )
    other = Person(
        id="other", name="other", role=Role.GRID_WORKER, availability=hours, end_place="base"
    )
    return Instance(
        id="crossing",
        horizon=Horizon(start=MONDAY, days=1, ticks_per_minute=ticks),
        places=tuple(Place(id=place, name=place) for place in PLACES),
        people=(able, other),
        visits=(
            _visit("near", (OPEN,), ticks, "craft"),
            _visit("far", (second,), ticks),
            _visit("late", ((400, 410), (600, 660)), ticks, "craft"),
        ),
        settings=Settings(limits={}, travel=Matrix(places=PLACES, minutes=minutes), rules=undone),
    )


def _window(span: tuple[int, int], ticks: int) -> Window:
    return Window(start=ticks * span[0], end=ticks * span[1])


def _visit(
    name: str, windows: tuple[tuple[int, int], ...], ticks: int, skill: str | None = None
) -> Visit:
    return Visit(
        id=name,
        name=name,
        kind="call",
        places=(name,),
        windows=tuple(_window(span, ticks) for span in windows),
        duration=20 * ticks,
        slots=(Slot(skills={} if skill is None else {skill: 1}),),
    )


def fortnight() -> Instance:
    """Four people, early and late shifts for fourteen days, limits and wishes as in nurse rostering."""
    days = range(14)
    people = tuple(
        Person(
            id=name,
            name=name,
            role=Role.PARTNER,
            availability=tuple(
                Window(start=day * DAY, end=(day + 1) * DAY) for day in days if day != off
            ),
            limits=Limits(
                daily_tasks=1,
                kind_counts={"late": 5},
                period_minutes_min=7 * 480,
                period_minutes_max=10 * 480,
                days_in_row_max=5,
                days_in_row_min=2,
                days_off_min=2,
                weekends=1,
            ),
            wishes=(
                Wish(days=(MONDAY + timedelta(days=off + 2),), kind="early", weight=3),
                Wish(days=(MONDAY + timedelta(days=off + 3),), kind="late", want=False, weight=2),
            ),
        )
        for off, name in enumerate("abcd")
    )
    return Instance(
        id="fortnight",
        horizon=Horizon(start=MONDAY, days=14),
        places=(Place(id="ward", name="ward"),),
        people=people,
        shifts=tuple(
            Shift(
                id=f"{kind}-{day}",
                name=kind,
                kind=kind,
                place="ward",
                start=day * DAY + start,
                duration=480,
                needs=(Need(minimum=0, target=1, maximum=4, under_points=100, over_points=1),),
            )
            for day in days
            for kind, start in (("early", 6 * 60), ("late", 14 * 60))
        ),
        settings=Settings(
            limits={},
            forbidden_sequences=(("late", "early"),),
            travel=Matrix(places=("ward",), minutes=((0,),)),
        ),
    )


def late_then_early() -> Instance:
    """One person who is there but for the last hour of a day, a visit until ten in the evening and a shift from six the next morning."""
    horizon = Horizon(start=MONDAY, days=2)
    person = Person(
        id="a",
        name="a",
        role=Role.PARTNER,
        availability=tuple(Window(start=day * DAY, end=(day + 1) * DAY - 60) for day in range(2)),
        limits=Limits(rest_minutes=600),
    )
    return Instance(
        id="late then early",
        horizon=horizon,
        places=(Place(id="ward", name="ward"),),
        people=(person,),
        visits=(
            Visit(
                id="late",
                name="late",
                kind="call",
                places=("ward",),
                windows=(Window(start=14 * 60, end=14 * 60 + 1),),
                duration=480,
            ),
        ),
        shifts=(
            Shift(
                id="early",
                name="early",
                kind="early",
                place="ward",
                start=DAY + 6 * 60,
                duration=480,
                needs=(Need(),),
            ),
        ),
        settings=Settings(limits={}, travel=Matrix(places=("ward",), minutes=((0,),))),
    )
