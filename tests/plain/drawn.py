"""Primitives drawn at random, written straight into the builders: no rule stands between."""

from datetime import timedelta
from random import Random

from scheduler.lowered import Lowered
from scheduler.lowered.index import index
from scheduler.lowered.into import Into
from scheduler.lowered.mix import FOREVER
from scheduler.model import Instance, PastStop, Person, PersonHistory, Slot
from scheduler.travel import travel
from tests.rules.build import DAY, MONDAY, at, instance, person, place, visit

DAYS = 3


def writing(instance: Instance) -> Into:
    """Builders for an instance into which nothing has been written."""
    return Into(index(instance, travel(instance)))


def built(into: Into) -> Lowered:
    """The primitives as they were written."""
    return into.build()


def drawn(seed: int) -> Lowered:
    """A tiny problem in which every primitive costs something; the same for the same seed."""
    random = Random(seed)
    into = writing(_instance(random))
    for part in (_options, _points, _gaps, _days, _totals, _people, _mixes):
        part(into, random)
    return built(into)


def _instance(random: Random) -> Instance:
    places = [place(name) for name in "PQR"]
    ways = {(a, b): random.choice([None, *range(40)]) for a, b in ("PQ", "PR", "QR")}
    if random.random() < 0.3:
        ways["P", "R"] = None
    people = [_person(name, random) for name in "ABC"[: random.randint(2, 3)]]
    visits = []
    for name in ("v", "w", "x", "y")[: random.randint(2, 4)]:
        after = [(0, 0), (0, random.randrange(0, 40, 5)), (random.randrange(0, 40, 5), 60)]
        slots = [
            Slot(
                duration=random.randrange(20, 150),
                after=random.choice(after) if number else (0, 0),
                must=random.random() < 0.3,
            )
            for number in range(random.randint(1, 2))
        ]
        visits.append(visit(name, *slots, least_crew=random.randint(1, len(slots))))
    history = {one.id: _past(random) for one in people}
    return instance(
        *places,
        *people,
        *visits,
        days=DAYS,
        ways=ways,
        history=history,
        travel_counts=random.random() < 0.5,
    )


def _person(name: str, random: Random) -> Person:
    return person(
        name,
        start_place=random.choice([None, "P", "Q"]),
        end_place=random.choice([None, "P", "R"]),
    )


def _past(random: Random) -> PersonHistory:
    on = random.randrange(0, 4)
    off = 0 if on else random.randrange(0, 3)
    if random.random() < 0.3:
        # known since its first day only, so that it may be longer
        stops = [
            PastStop(kind="check", start=at(-n, "09:00"), end=at(-n, "10:00"))
            for n in range(2, on + 1)
        ]
        if on:
            end, place = at(-1, "22:00") + random.randrange(0, 11 * 60), random.choice("PQR")
            stops.append(PastStop(kind="check", place=place, start=at(-1, "20:00"), end=end))
        return PersonHistory(stops=tuple(stops), since=MONDAY - timedelta(days=on or off))
    return PersonHistory(
        run_on=on,
        run_off=off,
        last_end=random.choice([None, -random.randrange(60, 600)]),
    )


def _options(into: Into, random: Random) -> None:
    shared = _option(into, random)
    for task in range(len(into.index.tasks)):
        own = [random.choice([shared, _option(into, random)]) for _ in range(random.randint(1, 2))]
        for option in own:
            into.window.option(task, *option)
        into.window.late(task, random.randrange(0, 3))
        if random.random() < 0.4:
            _, place, opens, closes, _ = random.choice(own)
            first = random.randint(opens, closes)
            last = first + random.randrange(0, 60)
            told = {
                slot: (random.choice(into.index.slots[slot].after), random.randrange(1, 90))
                for slot in into.index.slots_of(task)
            }
            into.window.publish(task, place, first, last, told)
        into.window.start_every(task, random.choice([1, 1, 5]))
    into.window.late_hard = random.randrange(0, 20)
    into.window.worst = random.randrange(0, 3)
    into.window.at_end = random.random() < 0.5


def _option(into: Into, random: Random) -> tuple[int, int, int, int, int]:
    day = random.randrange(DAYS)
    opens = day * DAY + random.randrange(480, 840)
    closes = opens + random.randrange(0, 200)
    due = random.choice([into.window.NEVER, opens + random.randrange(0, 120)])
    return day, random.randrange(3), opens, closes, due


def _points(into: Into, random: Random) -> None:
    people = len(into.index.people)
    slots = list(range(len(into.index.slots)))
    for slot in slots:
        into.empty.add(slot, random.randrange(1, 900))
        for who in range(people):
            into.fit.add(slot, who, random.randrange(0, 9))
        if random.random() < 0.2:
            into.fit.ban(slot, random.randrange(people))
    tasks = list(range(len(into.index.tasks)))
    for task in tasks:
        into.empty.partial(task, random.randrange(0, 50))
    into.empty.bundle(random.sample(tasks, 2), 70)
    for where in range(3):
        into.travel.add(random.randrange(2), 1)
        into.capacity.limit(where, random.randint(1, 2), random.randrange(20, 90))
    for _ in range(2):
        group = random.sample(slots, random.randint(1, len(slots)))
        known = random.sample(range(people), random.randrange(0, people))
        into.distinct.add(group, known, random.randrange(1, 30))


def _gaps(into: Into, random: Random) -> None:
    for _ in range(2):
        first, second = random.sample(range(len(into.index.tasks)), 2)
        least, most = (random.choice([None, random.randrange(-200, 300)]) for _ in range(2))
        first_day, last_day = (random.choice([None, random.randrange(-1, 3)]) for _ in range(2))
        points, requires = random.randrange(0, 3), random.randrange(0, 60)
        into.gap.add(first, second, least, most, first_day, last_day, points, requires)


def _days(into: Into, random: Random) -> None:
    into.day.on_duty = random.random() < 0.5
    into.day.worst_idle = random.choice([0, 1, 2])
    for who in range(len(into.index.people)):
        into.day.outside(who, random.randrange(0, 4))
        into.day.home(who, random.randrange(0, 4))
        into.day.wait(who, random.randrange(0, 3))
        into.day.crowd(who, random.randrange(0, 3), random.randrange(0, 5))
        for day in range(DAYS):
            midnight = day * DAY
            noon = midnight + random.randrange(640, 760)
            opens = midnight + random.randrange(450, 600)
            into.day.spans(who, day, random.choice([[], *_spans(opens, noon)]))
            into.day.home_by(who, day, noon + random.choice([200, 1000]))
            rest = (noon - 60, noon + random.randrange(30, 120))
            into.day.rest(who, day, rest, random.choice([0, 30, 60]), random.randrange(0, 80))
            into.day.rest_owed(
                who, day, random.choice([0, 60, 240]), random.choice([60, 90, 2**20])
            )
            into.day.overtime(who, day, random.randrange(30, 200), random.randrange(0, 3))
            into.day.longest(who, day, random.randrange(60, 300), random.randrange(0, 5))
            into.day.most(who, day, random.randint(0, 2), random.randrange(0, 25))


def _spans(opens: int, noon: int) -> list[list[tuple[int, int]]]:
    return [[(opens, noon + 300)], [(opens, noon), (noon + 45, noon + 400)]] * 3


def _totals(into: Into, random: Random) -> None:
    amounts = {slot: random.randrange(0, 4) for slot in range(len(into.index.slots))}
    kinds = into.total.WORK, into.total.STOPS, into.total.measure("some", amounts)
    for who in range(len(into.index.people)):
        for measure in kinds:
            days = random.sample(range(DAYS), random.randint(1, DAYS))
            bound = random.randrange(0, 200) if measure == into.total.WORK else random.randrange(3)
            into.total.add(
                who,
                measure,
                [days[:1], days[1:]],
                [(random.choice([1, -1]), bound, random.randrange(1, 9)) for _ in range(2)],
                any_day=random.random() < 0.4,
                base=random.randrange(0, 2),
            )
        into.total.add(who, into.total.STOPS, [], [(1, 1, 7)], any_day=True, base=2)


def _people(into: Into, random: Random) -> None:
    slots = list(range(len(into.index.slots)))
    into.follow.kind("early", slots[::2])
    into.follow.kind("late", slots[1::2])
    into.follow.ban(0, 1, 17)
    into.follow.ban(1, 1, 23)
    for who in range(len(into.index.people)):
        _runs(into, random, who)
        into.follow.rest(who, random.randrange(600, 1500), random.randrange(0, 2))
        into.travel.no_way(who, random.randrange(0, 60))
        if random.random() < 0.5:
            into.follow.past_kind(who, random.randrange(2))


def _mixes(into: Into, random: Random) -> None:
    people = len(into.index.people)
    for _ in range(3):
        members = random.sample(range(people), random.randint(1, people))
        until = {who: random.choice([FOREVER, FOREVER, -1, 0, 1]) for who in members}
        prices = [random.randrange(0, 40) for _ in range(random.randint(1, 3))]
        into.mix.add(random.randrange(len(into.index.tasks)), until, prices, random.randrange(3))


def _runs(into: Into, random: Random, who: int) -> None:
    slots = range(len(into.index.slots))
    some = into.total.measure("of runs", {slot: 1 + slot for slot in slots if slot % 3 != 1})
    for measure in (into.total.STOPS, some):
        for on in (True, False):
            past, known = random.randrange(0, 3), random.random() < 0.6
            bound, points = random.randint(1, 4), random.randrange(1, 20)
            into.run.most(who, measure, bound, points, on=on, past=past)
            bound, points = random.randint(1, 4), random.randrange(1, 20)
            told = random.random() < 0.6
            into.run.least(who, measure, bound, points, on=on, past=past, begins=known, told=told)
        among = (random.choice([0, 0, 1]), random.choice([2, 3]))
        past = random.randrange(0, 2)
        into.run.least(who, measure, 2, 7, past=past, begins=True, ends=True, among=among)
        into.recovery.add(
            who,
            measure,
            random.randint(1, 3),
            random.randrange(600, 3500),
            random.randrange(1, 3),
            past=random.randrange(0, 3),
            past_off=random.randrange(0, 2),
            past_end=-random.randrange(60, 600),
        )
