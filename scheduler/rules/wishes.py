"""People get the work that they wish for, and none that they wish to avoid.

Unit: the wish's points: once where no assignment matches a wish for work, and for each assignment
that matches a wish to avoid it. An assignment matches by the calendar days on which it is under way
(a night shift by both), by its kind, and by its place where the task has no other place to choose. Days outside the horizon are left for another
roster; a wish whose days all lie outside has no effect.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.visits import places
from scheduler.lowered.into import Into
from scheduler.model import Horizon, Instance, Level, Shift, Visit, Wish
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    unit="point",
    scope="person",
    name=Text(zh="个人意愿", en="Wishes"),
    text=Text(
        zh="{person} 的意愿未满足：{wish}",
        en="A wish of {person} is not met: {wish}",
    ),
)


def _days(horizon: Horizon, wish: Wish) -> list[int]:
    if not wish.days:
        return list(range(horizon.days))
    return sorted({day for day in map(horizon.day, wish.days) if 0 <= day < horizon.days})


def _matches(wish: Wish, task: Visit | Shift) -> bool:
    return (wish.kind is None or task.kind == wish.kind) and (
        wish.place is None or places(task) == (wish.place,)
    )


def _wishes(instance: Instance, person: str) -> list[tuple[Wish, frozenset[int]]]:
    """Each wish of a person, and the days of the horizon that it is about."""
    wishes = instance.person_by_id[person].wishes
    return [(wish, frozenset(_days(instance.horizon, wish))) for wish in wishes]


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for number, (wish, days) in enumerate(facts.instance.of_person(_wishes, key)):
        matches = sum(
            not wish.days or not days.isdisjoint(facts.touched(stop))
            for stop in facts.by_person[key]
            if _matches(wish, stop.task)
        )
        if not wish.want:
            for _ in range(matches):
                yield Violation(wish.weight, {"person": key, "wish": number})
        elif days and not matches:
            yield Violation(wish.weight, {"person": key, "wish": number})


def lower(into: Into) -> None:
    measures: dict[tuple[str | None, str | None], int] = {}
    for person, record in into.people():
        for wish in record.wishes:
            days = _days(into.instance.horizon, wish)
            if not days:
                continue
            alike = wish.kind, wish.place
            if alike not in measures:
                matching = {slot: 1 for slot, task, _ in into.slots() if _matches(wish, task)}
                measures[alike] = into.total.measure(("wish", *alike), matching)
            points = into.points(wish.weight)
            pieces = [(-1, 1, points)] if wish.want else [(1, 0, points)]
            into.total.add(
                person,
                measures[alike],
                [days if wish.days else list(into.days(record.id))],
                pieces,
                any_day=wish.want,
                touching=bool(wish.days),
            )
