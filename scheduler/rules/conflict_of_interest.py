"""Nobody counsels or inspects their own building or their kin.

Unit: slots filled by somebody partial. Concerns visits marked impartial and all counselling: the
person's home may be neither the household's place nor among the task's places, and the household
may not be among the person's kin. Source: the articles' counselling room serves its own
neighbourhood, where counsellor and client would else be neighbours.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.visits import counselling, places
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level, Person, Shift, Visit
from scheduler.model.tasks import household_of
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=done,
    name=Text(zh="利益回避", en="Conflict of interest"),
    text=Text(
        zh="{task} 涉及 {person} 本人所住楼栋或亲属，应当回避",
        en="{task} concerns the own building or kin of {person}, who should stand aside",
    ),
    fits=True,
)


def _impartial(instance: Instance, task: Visit | Shift) -> bool:
    return counselling(instance, task) or (isinstance(task, Visit) and task.impartial)


def _partial(instance: Instance, person: Person, task: Visit | Shift) -> bool:
    household = household_of(instance, task)
    if household is not None and (household.id in person.kin or household.place == person.home):
        return True
    return person.home in places(task)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    instance, task = facts.instance, facts.instance.task_by_id[key]
    if not _impartial(instance, task):
        return
    for stop in facts.by_task[key].values():
        if _partial(instance, instance.person_by_id[stop.person], task):
            yield Violation(1, {"person": stop.person, "task": key})


def lower(into: Into) -> None:
    near = _Near(into)
    for _, task in into.tasks():
        if _impartial(into.instance, task):
            partial = near.partial(task)
            for slot in into.slots_of(task.id):
                into.forbid(slot, partial)


class _Near:
    """People by index, by where they live and by the households of their kin."""

    def __init__(self, into: Into):
        self._instance = into.instance
        self._by_home: dict[str, list[int]] = {}
        self._by_kin: dict[str, list[int]] = {}
        for person, record in into.people():
            if record.home is not None:
                self._by_home.setdefault(record.home, []).append(person)
            for household in record.kin:
                self._by_kin.setdefault(household, []).append(person)

    def partial(self, task: Visit | Shift) -> list[int]:
        """Those for whom `_partial` holds, in order."""
        household, homes, kin = household_of(self._instance, task), {*places(task)}, list[int]()
        if household is not None:
            homes.add(household.place)
            kin = self._by_kin.get(household.id, [])
        near = (person for home in homes for person in self._by_home.get(home, ()))
        return sorted({*near, *kin})
