"""How many points a roster may have: what the levels' scale is made from (see ``lowered/price.py``)."""

from collections.abc import Sequence

from scheduler.facts import Facts
from scheduler.model import Instance, Level, Roster, Score
from scheduler.model.tasks import slots, tasks
from scheduler.rules.common.rule import Active
from scheduler.travel import Travel


def points_of_nothing(instance: Instance, travel: Travel, rules: Sequence[Active]) -> Score:
    """The points of the roster in which nobody does anything."""
    facts = Facts(instance, Roster(horizon=instance.horizon, instance=instance.id), travel)
    amounts = (sum(found.amount for _, found in rule.violations(facts)) for rule in rules)
    costs = (rule.score(amount) for rule, amount in zip(rules, amounts, strict=True))
    return sum(costs, Score())


def rough_most(instance: Instance, rules: Sequence[Active]) -> Score:
    """Medium and soft points that no roster without hard breaches is likely to exceed.

    By the units of the rules: nobody breaks one for longer than the horizon, no visit's slot is late for
    longer, and no shift's at all. Points are of slots, which cost theirs once, and of people's days.
    """
    late = sum(len(slots(visit)) for visit in instance.visits)
    count = sum(len(slots(task)) for task in tasks(instance))
    people = len(instance.people)
    dearest = _dearest(instance)
    most = Score()
    for rule in rules:
        if rule.level is not Level.HARD:
            amount = (people + count) * instance.horizon.days
            if rule.rule.unit == "minute":
                amount = (people + late + len(instance.gaps)) * instance.horizon.end
            elif rule.rule.unit == "point":
                amount = (people * instance.horizon.days + count) * dearest
            most += rule.score(amount)
    return most


def _dearest(instance: Instance) -> int:
    """Most points that an instance names for one thing."""
    settings = instance.settings
    needs = [need for shift in instance.shifts for need in shift.needs]
    return max(
        1,
        settings.target_points,
        *settings.priority_points,
        *(wish.weight for person in instance.people for wish in person.wishes),
        *(max(need.under_points or 0, need.over_points) for need in needs),
    )
