"""More hours, days or tasks for somebody: each rule that is broken says how it gives way."""

from collections.abc import Iterator
from itertools import islice

from scheduler.explain.placements import Placement
from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import TRIED, Vacancy


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """The first placements that break only rules that can give way, in an instance where they do."""
    yielding = (
        placement
        for placement in vacancy.infeasible
        if placement.breaks and all(breach.rule.rule.gives_way for breach in placement.breaks)
    )
    for placement in islice(yielding, TRIED):
        yield from _relaxed(vacancy, placement)


def _relaxed(vacancy: Vacancy, placement: Placement) -> Iterator[Remedy]:
    work = placement.assignments
    people = {person.id: person for person in vacancy.instance.people}
    raised = []
    for breach in placement.breaks:
        rule, amount = breach.rule.rule, breach.violation.amount
        who = str(breach.violation.slots["person"])
        raised.append((who, rule.id, amount))
        people[who] = rule.relaxed(vacancy.instance, people[who], amount, work)
    relaxed = vacancy.instance.changed(people=tuple(people.values()))
    yield from vacancy.remedy("limit", relaxed, work, raised=raised)
