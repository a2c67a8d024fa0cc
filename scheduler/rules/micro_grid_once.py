"""Nobody visits one micro-grid, such as a stairway, twice a day. Off unless settings turn it on.

Unit: visits beyond the first, of a person in a micro-grid on a day; shifts do not count. A visit
lies in the micro-grid that all its places share; where it may be done in another as well, or outside
them all, it lies in none.
"""

from collections import Counter
from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.visits import areas, places
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level, Shift, Visit
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    weight=10,
    on=False,
    unit="visit",
    scope="person",
    name=Text(zh="同一微网格每日一次", en="A micro-grid once a day"),
    text=Text(
        zh="{person} 在 {day} 到{area}走访 {count} 次，应不超过一次",
        en="{person} makes {count} {count:visit|visits} in {area} on {day}; one should do",
    ),
)


def _around(instance: Instance, place: str) -> str | None:
    above = areas(instance, place)
    return next((area for area in above if instance.area_by_id[area].kind == "micro_grid"), None)


def _micro_grid(instance: Instance, task: Visit | Shift) -> str | None:
    if isinstance(task, Shift):
        return None
    around = {_around(instance, place) for place in places(task)}
    return around.pop() if len(around) == 1 else None


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for day, stops in facts.by_day[key].items():
        visits = Counter(_micro_grid(facts.instance, stop.task) for stop in stops)
        for area, count in visits.items():
            if area is not None and count > 1:
                yield Violation(
                    count - 1, {"person": key, "day": day, "area": area, "count": count}
                )


def lower(into: Into) -> None:
    slots: dict[str, dict[int, int]] = {}
    for slot, task, _ in into.slots():
        area = _micro_grid(into.instance, task)
        if area is not None:
            slots.setdefault(area, {})[slot] = 1
    measures = [
        into.total.measure(("micro_grid", area), inside)
        for area, inside in slots.items()
        if len(inside) > 1
    ]
    for person, record in into.people():
        for measure in measures:
            for day in into.days(record.id):
                into.total.add(person, measure, [[day]], [(1, 1, into.points())])
