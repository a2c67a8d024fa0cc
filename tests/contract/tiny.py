"""A tiny instance for every rule, in which the rule bites: some roster breaks it and some does not.

The function's name is the rule's id. An instance has few enough choices that most of its rosters
can be enumerated, and enough of everything else (places, ways, crews) that rules meet each other.
"""

from collections.abc import Callable
from datetime import date

from scheduler.model import (
    Area,
    Break,
    Case,
    Freeze,
    Gap,
    Household,
    Instance,
    Limits,
    Need,
    Person,
    PersonHistory,
    Pin,
    Published,
    Role,
    Slot,
    Visit,
    Window,
    Wish,
)
from tests.rules.build import at, instance, person, place, shift, visit, window

TINY: dict[str, Callable[[], Instance]] = {}


def tiny(build: Callable[[], Instance]) -> Callable[[], Instance]:
    """File the instance under the rule that it is for."""
    TINY[build.__name__] = build
    return build


WAYS = {("P", "Q"): 25, ("P", "R"): 10, ("Q", "R"): 40}
PLACES = place("P"), place("Q"), place("R")


def morning(id: str, *slots: Slot, days: tuple[int, ...] = (0,), **more) -> Visit:
    """An hour's visit between nine and eleven, on Monday unless said otherwise."""
    return visit(id, *slots, windows=tuple(window(d, "09:00", "11:00") for d in days), **more)


def limited(id: str, **limits) -> Person:
    """Somebody with limits of their own and no others; there as long as `availability` says."""
    there = {"availability": limits.pop("availability")} if "availability" in limits else {}
    none = dict.fromkeys(Limits.model_fields)
    return person(id, limits=Limits(**none | limits), **there)


@tiny
def agreed_work() -> Instance:
    volunteer = person("A", Role.RESIDENT_VOLUNTEER, agreed=("check",))
    tasks = morning("v"), morning("w", kind="talk"), shift("s", at(1, "09:00"))
    return instance(volunteer, person("B", agreed=()), person("C"), *tasks, days=2)


@tiny
def area() -> Instance:
    tree = (
        Area(id="street", name="street", kind="street"),
        Area(id="east", name="east", kind="grid", parent="street"),
        Area(id="west", name="west", kind="grid", parent="street"),
    )
    people = person("A", areas=("east",)), person("B", areas=("street",)), person("C")
    places = place("P", area="east"), place("Q", area="west")
    tasks = morning("v"), morning("w", places="Q"), morning("x", places=("Q", "P"))
    return instance(*tree, *people, *places, *tasks, days=1, ways={("P", "Q"): 15})


@tiny
def availability() -> Instance:
    here = window(0, "08:00", "12:00"), window(0, "13:00", "15:00"), window(1, "10:00", "24:00")
    away = (window(1, "09:30", "10:30"),)
    people = (
        person("A", availability=here, start_place="Q"),
        person("B", leave=away, start_place="R"),
    )
    tasks = (
        morning("v", days=(0, 1), duration=150),
        visit("w", windows=(window(0, "11:00", "12:30"),), duration=90),
        shift("s", at(1, "09:30"), duration=60),
    )
    return instance(*PLACES, *people, *tasks, days=2, ways=WAYS)


@tiny
def bundle() -> Instance:
    tasks = morning("v", bundle="b"), morning("w", bundle="b", days=(0, 1)), morning("x")
    return instance(person("A"), person("B"), *tasks, days=2)


@tiny
def clearance() -> Instance:
    case = Case(id="c", name="c", kind="family", private=True)
    tasks = morning("v", private=True), morning("w", case="c"), morning("x")
    room = place("P", private=True)
    return instance(room, person("A", clearance=True), person("B"), case, *tasks, days=1)


@tiny
def conflict_of_interest() -> Instance:
    home = Household(id="h", name="h", place="Q")
    people = person("A", home="Q"), person("B", kin=("h",)), person("C", home="P")
    tasks = (
        morning("v", household="h", impartial=True, places="Q"),
        morning("w", kind="counselling"),
        morning("x", household="h", places="Q"),
    )
    return instance(*PLACES[:2], home, *people, *tasks, days=1)


@tiny
def crew() -> Instance:
    pair = morning("v", Slot(), Slot())
    three = morning("w", Slot(), Slot(must=True), Slot(), least_crew=1, days=(0, 1))
    return instance(person("A"), person("B"), person("C"), pair, three, days=2)


@tiny
def crew_together() -> Instance:
    spaced = morning("v", Slot(), Slot(after=(20, 40)), Slot(after=(0, 90), duration=30))
    pair = morning("w", Slot(), Slot(), places="Q")
    people = person("A", start_place="R"), person("B"), person("C")
    return instance(*PLACES, *people, spaced, pair, days=1, ways=WAYS)


@tiny
def daily_limit() -> Instance:
    busy = limited("A", daily_minutes=60, daily_overtime=40)
    tasks = morning("v", days=(0, 1)), morning("w", places="Q"), morning("x", duration=30)
    return instance(*PLACES, busy, person("B"), *tasks, days=2, ways=WAYS)


@tiny
def daily_minutes() -> Instance:
    busy = limited("A", daily_minutes=70)
    tasks = morning("v", days=(0, 1)), morning("w", places="Q"), morning("x", duration=30)
    return instance(*PLACES, busy, person("B"), *tasks, days=2, ways=WAYS, travel_counts=False)


@tiny
def daily_tasks() -> Instance:
    tasks = morning("v", days=(0, 1)), morning("w"), shift("s", at(0, "14:00"))
    return instance(limited("A", daily_tasks=1), person("B"), *tasks, days=2)


@tiny
def days_in_row() -> Instance:
    history = {"A": PersonHistory(run_on=2), "B": PersonHistory(run_on=4)}
    people = limited("A", days_in_row_max=3), limited("B", days_in_row_max=2)
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in range(4)]
    return instance(*people, *tasks, days=5, history=history)


@tiny
def different_people() -> Instance:
    pair, three = morning("v", Slot(), Slot()), Need(minimum=2, maximum=3)
    return instance(
        person("A"), person("B"), person("C"), pair, shift("s", at(0, "14:00"), three), days=1
    )


@tiny
def due_date() -> Instance:
    late = window(0, "09:00", "12:00", "09:30"), window(0, "10:00", "12:00", "11:00")
    tasks = (
        visit("v", windows=late, places="Q"),
        morning("w", Slot(), Slot(after=(30, 60)), due=at(0, "09:10")),
        visit("x", windows=(window(0, "08:00", "11:00"),), due=at(0, "09:00")),
    )
    people = person("A"), person("B", start_place="Q")
    return instance(*PLACES, *people, *tasks, days=1, ways=WAYS)


@tiny
def duration() -> Instance:
    tasks = morning("v", Slot(), Slot(duration=30)), shift("s", at(0, "14:00"))
    return instance(person("A"), person("B"), *tasks, days=1)


@tiny
def evening_end() -> Instance:
    people = (
        person("A", minor=True, end_place="Q"),
        limited("B", evening_from=18 * 60),
        person("C"),
    )
    tasks = (
        visit("v", windows=(window(0, "17:30", "19:30"),)),
        shift("s", at(0, "18:30"), duration=120),
        shift("t", at(1, "21:00"), duration=60),
    )
    return instance(*PLACES, *people, *tasks, days=2, ways=WAYS)


@tiny
def fairness() -> Instance:
    history = {"A": PersonHistory(minutes=300, fair_minutes=100), "B": PersonHistory(minutes=20)}
    people = limited("A", contract_minutes=400), limited("B", contract_minutes=250)
    tasks = morning("v", duration=72), morning("w", days=(0, 1)), shift("s", at(1, "13:00"))
    return instance(*people, person("C"), *tasks, days=2, history=history)


@tiny
def frozen() -> Instance:
    told = (
        Published(task="v", person="A", place="P", start=at(0, "09:30")),
        Published(task="w", person="B", place="Q", start=at(1, "09:00")),
        Published(task="x", person="B", place="P", start=at(1, "10:20")),
        Published(task="y", person="A", place="P", start=at(2, "09:00")),
    )
    freeze = Freeze(
        time=at(0, "12:00"), order=at(1, "12:00"), person=at(1, "12:00"), day=at(2, "12:00")
    )
    tasks = (
        morning("v", Slot(), Slot(), least_crew=1, days=(0, 1)),
        morning("w", days=(1, 2), places=("P", "Q")),
        visit("x", windows=(window(1, "08:00", "11:00"), window(2, "09:00", "10:00"))),
        morning("y", days=(1, 2)),
        morning("z", days=(0,)),
    )
    return instance(
        *PLACES, person("A"), person("B"), *tasks, *told, days=3, ways=WAYS, freeze=freeze
    )


@tiny
def gap() -> Instance:
    tasks = morning("v", Slot(), Slot(after=(0, 30))), morning("w", days=(0, 1, 2)), morning("x")
    gaps = (
        Gap(first="v", second="w", least_days=1, most_days=1, requires=True),
        Gap(first="v", second="x", least_minutes=15, most_minutes=45, requires=False),
    )
    return instance(person("A"), person("B", start_place="Q"), *PLACES, *tasks, *gaps, ways=WAYS)


@tiny
def gender() -> Instance:
    home = Household(id="h", name="h", place="P", gender="f")
    people = person("A", gender="f"), person("B", gender="m"), person("C")
    tasks = morning("v", Slot(), Slot(), household="h"), morning("w")
    return instance(home, *people, *tasks, days=1)


@tiny
def headcount_minimum() -> Instance:
    needs = Need(minimum=2, target=3), Need(roles=(Role.COUNSELLOR,))
    people = person("A"), person("B"), person("C", Role.COUNSELLOR)
    return instance(*people, shift("s", at(0, "09:00"), *needs, priority=4), morning("v"), days=1)


@tiny
def headcount_over() -> Instance:
    need = Need(minimum=0, target=1, maximum=3, over_points=7)
    return instance(person("A"), person("B"), person("C"), shift("s", at(0, "09:00"), need), days=1)


@tiny
def headcount_target() -> Instance:
    needs = Need(minimum=1, target=2), Need(minimum=0, target=1, under_points=4)
    return instance(
        person("A"), person("B"), person("C"), shift("s", at(0, "09:00"), *needs), days=1
    )


@tiny
def kind_counts() -> Instance:
    people = limited("A", kind_counts={"venue": 1, "check": 0, "gala": 2}), person("B")
    tasks = shift("s", at(0, "09:00")), shift("t", at(1, "09:00")), morning("v", days=(0, 1))
    return instance(*people, *tasks, days=2)


@tiny
def kept_time() -> Instance:
    told = (
        Published(task="v", person="A", place="P", start=at(0, "09:30")),
        Published(task="w", slot=1, person="B", place="Q", start=at(1, "10:00")),
        Published(task="x", person="B", place="P", start=at(0, "09:00"), promised=True),
    )
    tasks = (
        morning("v", days=(0, 1)),
        morning("w", Slot(), Slot(after=(20, 20)), days=(1,), places=("P", "Q")),
        morning("x", days=(0,)),
    )
    return instance(*PLACES, person("A"), person("B"), *tasks, *told, days=2, ways=WAYS)


@tiny
def known_face() -> Instance:
    homes = (
        Household(id="h", name="h", place="P", known_people=("A",)),
        Household(id="i", name="i", place="P"),
    )
    tasks = (
        morning("v", household="h"),
        morning("w", household="h", days=(0, 1)),
        morning("x", Slot(), Slot(), household="i"),
    )
    return instance(*homes, person("A"), person("B"), person("C"), *tasks, days=2)


@tiny
def late_return() -> Instance:
    here = (window(0, "08:00", "11:00"),)
    people = person("A", availability=here, end_place="Q"), person("B", end_place="R")
    late = shift("t", at(0, "22:55"), duration=55)
    tasks = morning("v"), morning("w", places="R"), shift("s", at(0, "10:00"), duration=55), late
    return instance(*PLACES, *people, *tasks, days=1, ways=WAYS)


@tiny
def least_days_in_row() -> Instance:
    history = {"A": PersonHistory(run_off=1), "B": PersonHistory(run_on=1)}
    people = [limited(name, days_in_row_min=3) for name in "ABC"]
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (0, 1, 3)]
    return instance(*people, *tasks, days=5, history=history)


@tiny
def least_days_off() -> Instance:
    history = {"A": PersonHistory(run_on=1), "B": PersonHistory(run_off=1)}
    people = [limited(name, days_off_min=2) for name in "ABC"]
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (0, 2, 3)]
    return instance(*people, *tasks, days=5, history=history)


@tiny
def listed_place() -> Instance:
    tasks = morning("v", Slot(), Slot(), places=("P", "Q")), morning("w", places="R")
    return instance(*PLACES, person("A"), person("B"), *tasks, days=1, ways=WAYS)


@tiny
def min_rest() -> Instance:
    history = {"A": PersonHistory(last_end=at(-1, "23:00"))}
    people = limited("A", rest_minutes=660), limited("B", rest_minutes=900), limited("C")
    tasks = (
        visit("v", windows=(window(0, "08:00", "09:00"), window(1, "08:00", "09:00"))),
        shift("s", at(0, "18:00"), duration=300),
        shift("t", at(1, "07:00")),
    )
    return instance(*people, *tasks, days=2, history=history)


@tiny
def minors() -> Instance:
    tasks = morning("v", kind="counselling"), morning("w"), morning("x", Slot(), Slot(), case="c")
    case = Case(id="c", name="c", kind="counselling")
    return instance(person("A", minor=True), person("B"), case, *tasks, days=1)


@tiny
def must_do() -> Instance:
    tasks = morning("v", must=True), morning("w", Slot(), Slot(), must=True, least_crew=1)
    return instance(person("A"), person("B"), *tasks, morning("x"), days=1)


@tiny
def named_people() -> Instance:
    tasks = morning("v", Slot(people=("A", "B")), Slot()), morning("w", excluded=("A",))
    return instance(person("A"), person("B"), person("C"), *tasks, days=1)


@tiny
def no_overlap() -> Instance:
    tasks = (
        morning("v"),
        visit("w", windows=(window(0, "09:30", "10:30"),), places="Q"),
        shift("s", at(0, "22:00"), duration=480),
        shift("t", at(1, "05:00")),
    )
    return instance(*PLACES, limited("A"), limited("B"), *tasks, days=2, ways=WAYS)


@tiny
def opening_hours() -> Instance:
    opening = window(0, "08:00", "10:15"), window(1, "09:30", "12:00")
    tasks = (
        morning("v", Slot(), Slot(after=(10, 30)), days=(0, 1), places=("P", "Q")),
        morning("w", places="Q"),
        morning("x", days=(0, 1)),
    )
    places = place("P", opening=opening), place("Q")
    people = person("A"), person("B", start_place="Q")
    return instance(*places, *people, *tasks, days=2, ways={("P", "Q"): 25})


@tiny
def notified_person() -> Instance:
    told = (
        Published(task="v", person="A", place="P", start=at(0, "09:00")),
        Published(task="w", slot=1, person="B", place="P", start=at(0, "10:00")),
        Published(task="s", person="C", place="P", start=at(1, "09:00")),
    )
    tasks = morning("v"), morning("w", Slot(), Slot()), shift("s", at(1, "09:00"))
    return instance(person("A"), person("B"), person("C"), *tasks, *told, days=2)


@tiny
def period_minutes() -> Instance:
    people = limited("A", period_minutes_max=100), limited("B", period_minutes_min=130)
    tasks = morning("v", days=(0, 1)), morning("w", places="Q"), morning("x", days=(0, 1))
    return instance(*PLACES, *people, *tasks, days=2, ways=WAYS)


@tiny
def period_overtime() -> Instance:
    people = limited("A", contract_minutes=150, period_overtime=50), limited("B")
    history = {"A": PersonHistory(overtime=30)}
    tasks = morning("v", days=(0, 1)), morning("w", places="Q"), morning("x", days=(0, 1))
    return instance(*PLACES, *people, *tasks, days=2, ways=WAYS, history=history)


@tiny
def pinned() -> Instance:
    pins = (
        Pin(task="v", person="A", start=at(0, "09:30")),
        Pin(task="w", slot=1, absent=True),
        Pin(task="x", place="Q"),
    )
    tasks = (
        morning("v", days=(0, 1)),
        morning("w", Slot(), Slot(), least_crew=1),
        morning("x", places=("P", "Q")),
    )
    return instance(*PLACES, person("A"), person("B"), *tasks, *pins, days=2, ways=WAYS)


@tiny
def place_capacity() -> Instance:
    small = place("P", capacity=1), place("Q", capacity=2)
    tasks = (
        morning("v", places=("P", "Q")),
        morning("w", Slot(), Slot(after=(30, 60)), places=("P", "Q")),
        shift("s", at(0, "09:30"), duration=60),
    )
    return instance(*small, person("A"), person("B"), person("C"), *tasks, days=1)


@tiny
def preferred_person() -> Instance:
    tasks = morning("v", Slot(), Slot(), preferred=("A",)), morning("w", preferred=("B", "C"))
    return instance(person("A"), person("B"), person("C"), *tasks, days=1)


@tiny
def private_place() -> Instance:
    case = Case(id="c", name="c", kind="family", private=True)
    places = place("P"), place("Q", private=True)
    people = person("A", clearance=True), person("B", clearance=True)
    tasks = (
        morning("v", private=True, places=("P", "Q")),
        morning("w", case="c", places=("P", "Q")),
        morning("x", places=("P", "Q")),
    )
    return instance(*places, *people, case, *tasks, days=1, ways={("P", "Q"): 25})


@tiny
def rating() -> Instance:
    home = Household(id="h", name="h", place="P", ratings={"A": 5, "B": 2})
    case = Case(id="c", name="c", kind="family", household="h", same_person=False)
    tasks = morning("v", Slot(), Slot(), household="h"), morning("w", case="c"), morning("x")
    return instance(home, case, person("A"), person("B"), person("C"), *tasks, days=1)


@tiny
def rest_break() -> Instance:
    noon = Break(start=11 * 60, end=13 * 60, minutes=40)
    people = (
        limited("A", breaks=noon),
        person(
            "B",
            limits=Limits(breaks=noon),
            start_place="Q",
            availability=(window(0, "10:30", "18:00"),),
        ),
    )
    tasks = (
        visit("v", windows=(window(0, "10:00", "12:30"),), duration=80),
        visit("w", windows=(window(0, "11:00", "12:00"),), places="R", duration=45),
        shift("s", at(0, "11:45"), duration=60),
    )
    return instance(*PLACES, *people, *tasks, days=1, ways=WAYS)


@tiny
def rest_day() -> Instance:
    # Monday 23 November to Monday 30 November: the eighth day is another week's.
    people = limited("A", weekly_days=2), limited("B", weekly_days=1)
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (0, 3, 6, 7)]
    return instance(*people, *tasks, days=8)


@tiny
def role() -> Instance:
    captain, grid = Role.BUILDING_CAPTAIN, Role.GRID_WORKER
    tasks = (
        morning("v", Slot(roles=(captain,)), Slot(roles=(captain, grid))),
        shift("s", at(0, "14:00"), Need(roles=(grid,)), Need()),
    )
    return instance(person("A", captain), person("B", grid), *tasks, days=1)


@tiny
def same_person() -> Instance:
    cases = (
        Case(id="c", name="c", kind="family"),
        Case(id="d", name="d", kind="family", person="B"),
        Case(id="e", name="e", kind="family", same_person=False),
    )
    tasks = (
        morning("v", Slot(), Slot(), case="c"),
        morning("w", case="c", days=(0, 1)),
        morning("x", case="d"),
        morning("y", case="e"),
    )
    return instance(*cases, person("A"), person("B"), *tasks, days=2)


@tiny
def shift_sequence() -> Instance:
    history = {"B": PersonHistory(last_kinds=("night",))}
    tasks = (
        shift("s", at(0, "07:00"), kind="early"),
        shift("t", at(0, "20:00"), kind="night"),
        shift("u", at(1, "07:00"), kind="early"),
        shift("v", at(1, "20:00"), kind="night"),
    )
    banned = (("night", "early"), ("night", "night"))
    people = limited("A"), limited("B")
    return instance(*people, *tasks, days=2, history=history, forbidden_sequences=banned)


@tiny
def skill() -> Instance:
    people = person("A", skills={"talk": 2}), person("B", skills={"talk": 1, "drive": 1})
    tasks = (
        morning("v", Slot(skills={"talk": 2}), Slot(skills={"drive": 1})),
        shift("s", at(0, "14:00"), Need(skills={"talk": 1})),
    )
    return instance(*people, person("C"), *tasks, days=1)


@tiny
def travel() -> Instance:
    people = (
        person("A", start_place="Q", end_place="R"),
        person("B", mode="e_bike", end_place="Q"),
    )
    tasks = morning("v"), morning("w", places=("Q", "R")), morning("x", places="R", days=(0, 1))
    return instance(*PLACES, *people, *tasks, days=2, ways=WAYS)


@tiny
def unassigned() -> Instance:
    tasks = (
        morning("v", priority=5),
        morning("w", Slot(), Slot(), least_crew=1, priority=2),
        morning("x", priority=1),
    )
    return instance(person("A"), person("B"), *tasks, days=1)


@tiny
def visit_window() -> Instance:
    tasks = (
        visit("v", windows=(window(0, "09:00", "09:30"), window(0, "10:00", "10:20"))),
        visit("w", Slot(), Slot(after=(20, 60)), windows=(window(0, "09:00", "09:10"),)),
        shift("s", at(0, "10:00"), duration=30),
    )
    return instance(*PLACES, person("A"), person("B", start_place="Q"), *tasks, days=1, ways=WAYS)


@tiny
def waiting() -> Instance:
    tasks = (
        visit("v", windows=(window(0, "09:00", "09:30"),)),
        visit("w", windows=(window(0, "11:00", "12:00"),), places="Q"),
        shift("s", at(0, "14:00"), duration=60),
    )
    return instance(*PLACES, person("A", start_place="R"), person("B"), *tasks, days=1, ways=WAYS)


@tiny
def weekends() -> Instance:
    # Saturday and Sunday are days 5 and 6, then 12 and 13.
    people = (
        limited("A", weekends=1, availability=(Window(start=0, end=at(14)),)),
        limited("B", weekends=0, availability=(Window(start=0, end=at(14)),)),
    )
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (4, 5, 6, 12)]
    return instance(*people, *tasks, days=14)


@tiny
def weekends_in_turn() -> Instance:
    availability = (Window(start=0, end=at(21)),)
    people = [person(name, availability=availability) for name in "AB"]
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (5, 6, 12, 19)]
    return instance(*people, *tasks, days=21, history={"A": PersonHistory(weekends=1)})


@tiny
def weekly_minutes() -> Instance:
    # Sunday is day 6 and Monday of the next week day 7.
    people = limited("A", weekly_minutes=140), limited("B", weekly_minutes=60)
    tasks = morning("v", days=(0, 7)), morning("w", places="Q"), shift("s", at(6, "09:00"))
    return instance(*PLACES, *people, *tasks, days=8, ways=WAYS)


@tiny
def weekly_tasks() -> Instance:
    people = limited("A", weekly_tasks=2), limited("B", weekly_tasks=1)
    tasks = morning("v", days=(0, 7)), morning("w"), morning("x", days=(6, 7))
    return instance(*people, *tasks, days=8)


@tiny
def wishes() -> Instance:
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    people = (
        person("A", wishes=(Wish(kind="talk", weight=3), Wish(want=False, days=(monday,)))),
        person(
            "B", wishes=(Wish(days=(tuesday,), place="Q", weight=5), Wish(want=False, kind="talk"))
        ),
    )
    tasks = (
        morning("v", kind="talk", days=(0, 1)),
        morning("w", places="Q", days=(0, 1)),
        shift("s", at(1, "14:00"), kind="talk"),
    )
    return instance(*PLACES, *people, *tasks, days=2, ways=WAYS)


@tiny
def worst_idle() -> Instance:
    noon = Break(start=11 * 60, end=13 * 60, minutes=40)
    short, long = (window(0, "08:30", "12:30"),), (window(0, "08:00", "14:00"),)
    people = (
        person("A", limits=Limits(breaks=noon), availability=short, start_place="Q", end_place="Q"),
        person("B", limits=Limits(breaks=noon), availability=long, start_place="Q"),
    )
    tasks = (
        visit("v", windows=(window(0, "10:00", "12:30"),), duration=80),
        visit("w", Slot(), Slot(), windows=(window(0, "09:00", "10:00"),), places="R"),
        shift("s", at(0, "11:00"), duration=100),
        shift("t", at(0, "00:10"), Need(minimum=2), duration=24 * 60),
    )
    week = instance(*PLACES, *people, *tasks, days=1, ways=WAYS, rest_on_duty=True)
    return week.changed(settings=week.settings.model_copy(update={"work_past_end": True}))


@tiny
def worst_lateness() -> Instance:
    tasks = (
        morning("v", due=at(0, "09:20")),
        morning("w", places="Q", due=at(0, "09:00")),
        morning("x", Slot(), Slot(after=(5, 50)), due=at(0, "10:00")),
    )
    people = person("A"), person("B", start_place="R")
    return instance(*PLACES, *people, *tasks, days=1, ways=WAYS, late_at="end")
