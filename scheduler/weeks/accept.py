"""A suggestion accepted: as changes, which are previewed, written and searched on like any others."""

from scheduler.explain.suggest import Suggestion
from scheduler.model import Instance
from scheduler.model.changes import Assign, Change, New
from scheduler.model.tasks import slots


def accepting(instance: Instance, suggestion: Suggestion) -> tuple[Change, ...]:
    """The changes that make of a week, to whose roster a suggestion was made, what it suggests.

    instance: with everything that falls due, as it was before the new work
    """
    grown = suggestion.instance
    cases = tuple(case for case in grown.cases if case.id not in instance.case_by_id)
    series = {case.id for case in cases}
    visits = tuple(
        visit
        for visit in grown.visits
        if visit.id not in instance.task_by_id and visit.case not in series
    )
    new = (New(visits=visits, cases=cases),) if visits or cases else ()
    assigned = (
        Assign(
            task=part.task,
            slot=part.slot,
            person=part.person,
            start=part.start - slots(grown.task_by_id[part.task])[part.slot].after[0],
            place=part.place,
        )
        for part in suggestion.assignments
    )
    return (*new, *assigned)
