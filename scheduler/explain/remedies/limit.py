"""More hours, days or tasks for somebody: the rules that are broken give way, each as it says itself."""

from collections.abc import Iterator
from itertools import islice

from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import TRIED, Breaking, Vacancy


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """Each of the first placements all of whose broken rules give way, in an instance where they have."""
    yielding = (
        one
        for one in vacancy.breaking
        if one.findings and all(f.rule.rule.gives_way for f in one.findings)
    )
    for one in islice(yielding, TRIED):
        yield from _relaxed(vacancy, one)


def _relaxed(vacancy: Vacancy, one: Breaking) -> Iterator[Remedy]:
    work = one.placement.assignments
    people = {person.id: person for person in vacancy.instance.people}
    raised = []
    for finding in one.findings:
        rule, amount = finding.rule.rule, finding.violation.amount
        who = str(finding.violation.slots["person"])
        raised.append((who, rule.id, amount))
        people[who] = rule.relaxed(vacancy.instance, people[who], amount, work)
    longer = vacancy.instance.changed(people=tuple(people.values()))
    yield from vacancy.remedy("limit", longer, work, raised=raised)
