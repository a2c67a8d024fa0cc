"""Distinct: each further person in a group of slots."""

from scheduler.engines.exact.decisions import Decisions, each


def encode(model: Decisions) -> None:
    """Strangers in each group; where nobody is known, one of them is free."""
    distinct = model.lowered.distinct
    first = each(distinct.slot_first)
    for group, points in enumerate(each(distinct.cost)):
        seats = model.lead(each(distinct.slots[first[group] : first[group + 1]]))
        further = []
        for person in range(len(model.lowered.index.people)):
            literals = [
                model.person[seat, person] for seat in seats if (seat, person) in model.person
            ]
            if literals and not distinct.known[group, person]:
                further.append(model.either(literals))
        free = 0 if distinct.known[group].any() else 1
        model.charge(points, sum(further) - free, most=len(further))
