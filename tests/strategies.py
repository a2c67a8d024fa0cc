"""Tiny instances and rosters, drawn by Hypothesis: every kind of record, every id known."""

from datetime import date
from itertools import pairwise

from hypothesis import strategies as st

from scheduler.model import (
    Area,
    Assignment,
    Break,
    Case,
    Duty,
    Gap,
    Horizon,
    Household,
    Instance,
    Level,
    Limits,
    Matrix,
    Need,
    Person,
    PersonHistory,
    Pin,
    Place,
    Point,
    Risk,
    Role,
    Roster,
    RuleSetting,
    Settings,
    Shift,
    Slot,
    StraightLine,
    Visit,
    Window,
    Wish,
)

DAY = 1440
roles = st.sampled_from(list(Role))
skills = st.dictionaries(st.sampled_from(["心理", "first_aid"]), st.integers(1, 3), max_size=2)
names = st.text('网格员 a"/~é', max_size=4)
maybe_role = st.lists(roles, max_size=2, unique=True).map(tuple)


def _optional(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | values


@st.composite
def _windows(draw: st.DrawFn, days: int, most: int = 2) -> tuple[Window, ...]:
    found = []
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, days * DAY - 2))
        end = draw(st.integers(start + 1, days * DAY))
        found.append(Window(start=start, end=end, due=draw(_optional(st.integers(start, end)))))
    return tuple(found)


@st.composite
def _limits(draw: st.DrawFn) -> Limits:
    """Some limits set, some set to nothing, some left out: three different things."""
    values = {
        "daily_minutes": st.integers(0, 600),
        "weekly_days": st.integers(0, 7),
        "rest_minutes": st.integers(0, 700),
        "kind_counts": st.dictionaries(st.sampled_from(["door", "patrol"]), st.integers(0, 3)),
        "breaks": st.just(Break(start=690, end=810, minutes=45)),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(values))))
    return Limits(**{field: draw(_optional(values[field])) for field in sorted(chosen)})


@st.composite
def horizons(draw: st.DrawFn) -> Horizon:
    """One to nine days somewhere in this century."""
    start = draw(st.dates(date(2001, 1, 1), date(2099, 12, 1)))
    return Horizon(start=start, days=draw(st.integers(1, 9)))


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """An instance without errors; warnings it may have."""
    horizon = draw(horizons())
    days = horizon.days
    areas = ("街道", "c1")
    places = tuple(f"place-{n}" for n in range(draw(st.integers(1, 3))))
    people = tuple(f"worker-{n}" for n in range(draw(st.integers(1, 3))))
    homes = tuple(f"home-{n}" for n in range(draw(st.integers(0, 2))))
    cases = tuple(f"case-{n}" for n in range(draw(st.integers(0, 1))))
    visits = tuple(f"visit-{n}" for n in range(draw(st.integers(0, 3))))
    shifts = tuple(f"shift-{n}" for n in range(draw(st.integers(0, 2))))
    place, person, area = st.sampled_from(places), st.sampled_from(people), st.sampled_from(areas)
    home = st.sampled_from(homes) if homes else st.none()
    case = st.sampled_from(cases) if cases else st.none()
    few_people = st.lists(person, max_size=2, unique=True).map(tuple)
    length = st.integers(1, 240)
    priority = st.integers(1, 5)
    hours = _optional(st.just((540, 1080)))
    day = st.dates(horizon.start, horizon.date(days - 1))
    point = st.builds(Point, longitude=st.floats(103.5, 104.5), latitude=st.floats(30, 31))
    other_slot = st.builds(
        Slot,
        roles=maybe_role,
        skills=skills,
        duration=_optional(length),
        after=st.sampled_from([(0, 0), (0, 30), (15, 15)]),
        people=_optional(few_people),
        must=st.booleans(),
    )
    first_slot = st.builds(Slot, roles=maybe_role, skills=skills, people=_optional(few_people))
    need = st.builds(Need, roles=st.just(()), minimum=st.integers(0, 2), target=st.integers(2, 3))
    wish = st.builds(
        Wish,
        want=st.booleans(),
        days=st.lists(day, max_size=2).map(tuple),
        kind=_optional(st.just("door")),
        place=_optional(place),
        weight=st.integers(0, 50),
    )
    return Instance(
        id=draw(st.sampled_from(["week", "一周"])),
        title=draw(names),
        horizon=horizon,
        areas=(
            Area(id=areas[0], name="狮子山街道", kind="street"),
            Area(id=areas[1], name=draw(names), kind="community", parent=areas[0]),
        ),
        places=tuple(
            Place(
                id=id,
                name=draw(names),
                area=draw(_optional(area)),
                point=draw(point),
                capacity=draw(_optional(st.integers(1, 3))),
                private=draw(st.booleans()),
                opening=draw(_optional(_windows(days))),
            )
            for id in places
        ),
        people=tuple(
            Person(
                id=id,
                name=f"专职网格员{number:02d}",
                role=draw(roles),
                skills=draw(skills),
                gender=draw(st.sampled_from([None, "f", "m"])),
                areas=draw(st.lists(area, max_size=2, unique=True).map(tuple)),
                mode=draw(st.sampled_from(["walk", "e_bike"])),
                start_place=draw(_optional(place)),
                kin=draw(st.lists(home, max_size=1).map(tuple)) if homes else (),
                availability=draw(_windows(days)),
                leave=draw(_windows(days, most=1)),
                agreed=draw(_optional(st.just(("door",)))),
                limits=draw(_limits()),
                wishes=draw(st.lists(wish, max_size=2).map(tuple)),
            )
            for number, id in enumerate(people)
        ),
        households=tuple(
            Household(id=id, name=draw(names), place=draw(place), risk=draw(st.sampled_from(Risk)))
            for id in homes
        ),
        duties=tuple(
            Duty(
                id=f"duty-{id}",
                household=id,
                name=draw(names),
                last_done=draw(_optional(day)),
                great_change=draw(_optional(st.integers(0, days * DAY - 1))),
                person=draw(_optional(person)),
                hours=draw(hours),
            )
            for id in homes
        ),
        cases=tuple(
            Case(
                id=id,
                name=draw(names),
                kind="counselling",
                household=draw(_optional(home)),
                sessions=draw(st.integers(0, 2)),
                places=draw(st.lists(place, max_size=1).map(tuple)),
                hours=draw(hours),
            )
            for id in cases
        ),
        visits=tuple(
            Visit(
                id=id,
                name=draw(names),
                kind="door",
                places=draw(st.lists(place, min_size=1, max_size=2, unique=True).map(tuple)),
                windows=draw(_windows(days)),
                duration=draw(length),
                slots=(draw(first_slot), *draw(st.lists(other_slot, max_size=2))),
                least_crew=draw(st.sampled_from([None, 1])),
                priority=draw(priority),
                due=draw(_optional(st.integers(0, days * DAY))),
                household=draw(_optional(home)),
                case=draw(_optional(case)),
                preferred=draw(few_people),
            )
            for id in visits
        ),
        shifts=tuple(
            Shift(
                id=id,
                name=draw(names),
                kind="patrol",
                place=draw(place),
                start=draw(st.integers(0, days * DAY - 1)),
                duration=draw(length),
                needs=(draw(need),),
                priority=draw(priority),
            )
            for id in shifts
        ),
        gaps=tuple(
            Gap(first=first, second=second, least_minutes=draw(_optional(st.integers(0, 600))))
            for first, second in pairwise(visits)
        ),
        pins=tuple(
            Pin(task=id, person=draw(_optional(person)))
            for id in sorted(draw(st.sets(st.sampled_from(visits))))
        )
        if visits
        else (),
        history={
            id: PersonHistory(
                minutes=draw(st.integers(0, 2000)), last_end=draw(_optional(st.integers(-2000, 0)))
            )
            for id in sorted(draw(st.sets(person)))
        },
        settings=draw(_settings(places)),
    )


@st.composite
def _settings(draw: st.DrawFn, places: tuple[str, ...]) -> Settings:
    side = len(places)
    row = st.tuples(*[st.integers(0, 60)] * side)
    table = st.builds(Matrix, places=st.just(places), minutes=st.tuples(*[row] * side))
    place = st.sampled_from(places)
    minutes = st.dictionaries(place, _optional(st.integers(0, 60)), max_size=2)
    line = st.builds(
        StraightLine,
        detour=st.floats(1, 2),
        same_area_minutes=st.integers(0, 30),
        known_minutes=st.dictionaries(place, minutes, max_size=2),
    )
    rule = st.builds(
        RuleSetting,
        on=st.booleans(),
        level=_optional(st.sampled_from(Level)),
        weight=_optional(st.integers(0, 100)),
    )
    return Settings(
        rules=draw(st.dictionaries(st.sampled_from(["min_rest", "skill"]), rule)),
        travel=draw(table | line),
        late_at=draw(st.sampled_from(["start", "end"])),
        limits={"default": draw(_limits()), Role.PARTNER: draw(_limits())},
    )


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """A roster of some instance, with assignments that need not fit it."""
    horizon = draw(horizons())
    moment = st.integers(0, horizon.days * DAY)
    assignment = st.builds(
        Assignment,
        task=names,
        slot=st.integers(0, 3),
        person=names,
        place=names,
        start=moment,
        end=moment,
    )
    assignments = draw(st.lists(assignment, max_size=3).map(tuple))
    return Roster(instance="week", horizon=horizon, assignments=assignments)
