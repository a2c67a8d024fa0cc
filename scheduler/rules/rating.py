"""A person whom a household rated poorly is rather not sent there again.

Unit: points of the rating short of five, for each slot of the household's visits, its cases' among
them. Somebody whom the household never rated costs nothing. Ratings decide who comes; nobody is
shown them beside another person's.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.model.tasks import household_of
from scheduler.rules.common.rule import Rule, Text, Violation

BEST = 5

RULE = Rule(
    level=Level.SOFT,
    unit="point",
    scope="household",
    name=Text(zh="住户评分", en="Household's rating"),
    text=Text(
        zh="{household} 上次对 {person} 不够满意，{task} 又派同一人",
        en="{household} was not wholly content with {person} last time, who is sent again for {task}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    ratings = facts.instance.household_by_id[key].ratings
    for visit in facts.visits_by_household.get(key, []) if ratings else ():
        for stop in facts.by_task[visit.id].values():
            short = BEST - ratings.get(stop.person, BEST)
            if short:
                slots: dict[str, str | int] = {
                    "household": key,
                    "person": stop.person,
                    "task": visit.id,
                }
                yield Violation(short, slots)


def lower(into: Into) -> None:
    for _, visit in into.visits():
        household = household_of(into.instance, visit)
        if household is None:
            continue
        poor = {
            person: BEST - rating for person, rating in household.ratings.items() if rating < BEST
        }
        for slot in into.slots_of(visit.id):
            for person, short in poor.items():
                into.forbid(slot, into.index.person[person], short)
