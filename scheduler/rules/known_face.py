"""A household sees people whom it knows, and few others.

Unit: people whom the household does not know, over all slots of its visits; where it knows nobody,
the first is free. Visits of a case that keeps its lead are counted by same_person instead.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level, Visit
from scheduler.model.tasks import case_of, household_of
from scheduler.rules.common.concerns import of_visits
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    weight=20,
    unit="person",
    scope="household",
    grows=True,
    concerns=of_visits,
    name=Text(zh="熟悉面孔", en="Known face"),
    text=Text(
        zh="{household} 要接待 {count} 名不熟悉的人员",
        en="{household} has to receive {count} {count:person|people} whom it does not know",
    ),
)


def _counts(instance: Instance, visit: Visit) -> bool:
    case = case_of(instance, visit)
    return case is None or not case.same_person


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    known = set(facts.instance.household_by_id[key].known_people)
    people = {
        stop.person
        for visit in facts.visits_by_household.get(key, [])
        if _counts(facts.instance, visit)
        for stop in facts.by_task[visit.id].values()
    }
    further = len(people - known) - (0 if known else 1)
    if further > 0:
        yield Violation(further, {"household": key, "count": further})


def lower(into: Into) -> None:
    slots: dict[str, list[int]] = {}
    for _, visit in into.visits():
        household = household_of(into.instance, visit)
        if household is not None and _counts(into.instance, visit):
            slots.setdefault(household.id, []).extend(into.slots_of(visit.id))
    for home, visited in slots.items():
        known = into.instance.household_by_id[home].known_people
        into.distinct.add(visited, [into.index.person[person] for person in known], into.points())
