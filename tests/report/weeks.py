"""Small weeks for the report: one ordinary, one hostile, one with something to hide."""

from datetime import date
from itertools import cycle

from scheduler.model import (
    Area,
    Assignment,
    Case,
    Horizon,
    Household,
    Instance,
    Matrix,
    Need,
    Person,
    Place,
    Point,
    Role,
    Roster,
    Settings,
    Shift,
    Slot,
    Visit,
    Window,
)
from scheduler.model.tasks import Rank, slots, tasks

DAY = 24 * 60
CANARY = "canary7f3a"
HOSTILE = "</script><script>alert(1)</script>\"'&<b>{{7*7}}"


def horizon(days: int = 2) -> Horizon:
    return Horizon(start=date(2026, 11, 23), days=days)


def week(name: str = "走访", **changes) -> Instance:
    """Two grid workers and a volunteer; a visit for two, a visit, and a shift for two at a plaza."""
    office = tuple(Window(start=day * DAY + 480, end=day * DAY + 1080) for day in range(2))
    grid = [
        Place(id="plaza", name=f"{name}广场", area="a", kind="plaza", point=_point(0, 0)),
        Place(id="home", name=f"{name}住处", area="a", kind="home", point=_point(3, 0)),
        Place(id="lobby", name=f"{name}大厅", area="a", kind="lobby", point=_point(0, 4)),
        Place(id="far", name=f"{name}远处", area="b", kind="street", point=_point(9, 9)),
    ]
    parts = {
        "id": "week",
        "title": f"{name}一周",
        "horizon": horizon(),
        "areas": (
            Area(id="s", name=f"{name}街道", kind="street"),
            Area(id="a", name=f"{name}甲社区", kind="community", parent="s"),
            Area(id="b", name=f"{name}乙社区", kind="community", parent="s"),
        ),
        "places": tuple(grid),
        "people": (
            Person(id="g1", name=f"{name}网格员01", role=Role.GRID_WORKER, availability=office),
            Person(id="g2", name=f"{name}网格员02", role=Role.GRID_WORKER, availability=office),
            Person(id="p1", name=f"{name}志愿者01", role=Role.PARTY_VOLUNTEER, availability=office),
        ),
        "visits": (
            Visit(
                id="pair",
                name=f"{name}巡检",
                kind="fire_lane_inspection",
                places=("far",),
                windows=(Window(start=540, end=600),),
                duration=30,
                slots=(Slot(), Slot()),
            ),
            Visit(
                id="door",
                name=f"{name}上门",
                kind="door",
                places=("lobby",),
                windows=(Window(start=DAY + 540, end=DAY + 600),),
                duration=45,
                priority=5,
            ),
        ),
        "shifts": (
            Shift(
                id="duty",
                name=f"{name}值守",
                kind="venue_duty",
                place="plaza",
                start=840,
                duration=120,
                needs=(Need(minimum=1, target=2),),
            ),
        ),
    }
    return Instance(**(parts | changes))


def _point(east: int, north: int) -> Point:
    return Point(longitude=104.1 + east / 1000, latitude=30.6 + north / 1000)


def roster(instance: Instance, *assignments: tuple[str, int, str, str, int, int]) -> Roster:
    """Assignments as (task, slot, person, place, start, end)."""
    keys = ("task", "slot", "person", "place", "start", "end")
    made = tuple(Assignment(**dict(zip(keys, one, strict=True))) for one in assignments)
    return Roster(instance=instance.id, horizon=instance.horizon, assignments=made)


def half_done(instance: Instance) -> Roster:
    """The pair goes out and one of two keeps the plaza; the urgent visit is left."""
    return roster(
        instance,
        ("pair", 0, "g1", "far", 540, 570),
        ("pair", 1, "g2", "far", 540, 570),
        ("duty", 0, "p1", "plaza", 840, 960),
    )


def secret() -> Instance:
    """A week with a private visit of a private case; everything that could name it is a canary."""
    plain = week()
    home = Place(
        id=f"p-{CANARY}", name=f"place {CANARY}", area="a", kind="home", point=_point(7, 2)
    )
    return week(
        places=(*plain.places, home),
        households=(
            Household(id=f"h-{CANARY}", name=f"home {CANARY}", place=home.id, known_people=("g2",)),
        ),
        cases=(
            Case(
                id=f"c-{CANARY}",
                name=f"case {CANARY}",
                kind=f"kind {CANARY}",
                household=f"h-{CANARY}",
                private=True,
                person="g2",
            ),
        ),
        visits=(
            *plain.visits,
            *(
                Visit(
                    id=f"v{number}-{CANARY}",
                    name=f"visit {CANARY}",
                    kind=f"kind {CANARY}",
                    places=(home.id,),
                    windows=(Window(start=600, end=660, due=610),),
                    duration=60,
                    slots=(Slot(skills={f"skill {CANARY}": 1}), Slot()),
                    least_crew=1,
                    household=f"h-{CANARY}",
                    case=f"c-{CANARY}",
                )
                for number in (1, 2)
            ),
        ),
    )


def secret_roster() -> Roster:
    """One private visit late and by the wrong person, clashing with another; the other not at all."""
    instance = secret()
    return roster(
        instance,
        ("pair", 0, "g1", "far", 540, 570),
        (f"v1-{CANARY}", 0, "g1", f"p-{CANARY}", 560, 700),
    )


def without_points() -> Instance:
    """The ordinary week, with a table for the ways and no coordinates."""
    plain = week()
    names = tuple(place.id for place in plain.places)
    return week(
        places=tuple(place.model_copy(update={"point": None}) for place in plain.places),
        settings=Settings(travel=Matrix(places=names, minutes=((5,) * 4,) * 4)),
    )


def filled(instance: Instance) -> Roster:
    """Every slot filled, by people in turn and without regard to any rule."""
    people = cycle(person.id for person in instance.people)
    made = []
    for task in tasks(instance):
        visit = isinstance(task, Visit)
        start = task.windows[0].start if visit else task.start
        place = task.places[0] if visit else task.place
        for number, slot in enumerate(slots(task)):
            if slot.rank is not Rank.EXTRA:
                begin = start + slot.after[0]
                made.append((task.id, number, next(people), place, begin, begin + slot.duration))
    return roster(instance, *made)
