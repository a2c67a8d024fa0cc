"""More hours, days or tasks for somebody: each rule that is broken says how it gives way, and by the least."""

from collections.abc import Iterator, Mapping, Sequence

from scheduler.explain.placements import Placement
from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import TRIED, Vacancy
from scheduler.model import Assignment, Instance
from scheduler.model.presence import presence
from scheduler.rules import rules

DOUBLED = 12
"""How often what is given is doubled where a breach says too little."""
ASKED = {"minute": 1, "day": 480}
"""Minutes of work that a unit of a limit stands for, to weigh limits against each other; any other, 60."""

Given = dict[tuple[str, str], int]
"""(person, rule) → by how much it gives way."""


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """The placements that break only rules that can give way, in an instance where they do.

    Of those that break equally few the first that are nearest to when their people are there.
    """
    yielding = [
        placement
        for placement in vacancy.infeasible
        if placement.breaks and all(breach.rule.rule.gives_way for breach in placement.breaks)
    ]
    yielding.sort(key=lambda placement: (len(placement.breaks), _away(vacancy, placement)))
    for placement in yielding[:TRIED]:
        yield from _relaxed(vacancy, placement)


def _relaxed(vacancy: Vacancy, placement: Placement) -> Iterator[Remedy]:
    work = placement.assignments
    given: Given = {}
    for breach in placement.breaks:
        key = str(breach.violation.slots["person"]), breach.rule.rule.id
        given[key] = given.get(key, 0) + breach.violation.amount
    least = _least(vacancy, work, given)
    if least is None:
        return
    raised = [(person, rule, amount) for (person, rule), amount in least.items()]
    minute = vacancy.instance.horizon.ticks_per_minute
    asked = sum(
        amount
        if rules()[rule].unit == "minute"
        else amount * minute * ASKED.get(rules()[rule].unit, 60)
        for _, rule, amount in raised
    )
    relaxed = _with(vacancy.instance, work, least)
    away = _away(vacancy, placement)
    yield from vacancy.remedy("limit", relaxed, work, raised=tuple(raised), asked=asked, away=away)


def _away(vacancy: Vacancy, placement: Placement) -> int:
    """Ticks between the work and when its people are there, for the one who is furthest from it."""
    person_by_id, horizon = vacancy.instance.person_by_id, vacancy.instance.horizon
    return max(
        min(
            (
                max(0, start - part.end, part.start - end)
                for start, end in presence(person_by_id[part.person])
            ),
            default=horizon.end,
        )
        for part in placement.assignments
    )


def _least(vacancy: Vacancy, work: Sequence[Assignment], given: Given) -> Given | None:
    """The least that makes the work possible, of which no unit less would do; None: nothing does."""

    def enough(amounts: Mapping[tuple[str, str], int]) -> bool:
        return vacancy.change(_with(vacancy.instance, work, amounts), work).feasible

    for _ in range(DOUBLED):
        if enough(given):
            break
        given = {key: 2 * amount for key, amount in given.items()}
    else:
        return None
    for key in given:
        low, high = -1, given[key]
        while high - low > 1:
            middle = (low + high) // 2
            if enough(given | {key: middle}):
                high = middle
            else:
                low = middle
        given[key] = high
    return {key: amount for key, amount in given.items() if amount}


def _with(
    instance: Instance, work: Sequence[Assignment], given: Mapping[tuple[str, str], int]
) -> Instance:
    people = {person.id: person for person in instance.people}
    for (person, rule), amount in given.items():
        if amount:
            people[person] = rules()[rule].relaxed(instance, people[person], amount, work)
    return instance.changed(people=tuple(people.values()))
