"""The people of a visit or shift have certain skills between them: a first aider, a driver, or both in one.

Unit: people missing, for each skill asked for: those who have it at its level are too few. Nobody at all
lacks nothing; and while fewer have come than the task needs at least (a visit's ``least_crew``, the
minimums of a shift), each who is still to come may bring any of the skills.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.skills import last_day, level_at
from scheduler.lowered.into import Into
from scheduler.lowered.mix import FOREVER
from scheduler.model import Level, SharedSkill
from scheduler.model.tasks import least_headcount
from scheduler.rules.common.concerns import where
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="person",
    scope="task",
    concerns=where(lambda task: task.skill_mix),
    name=Text(zh="技能搭配", en="Skill mix"),
    text=Text(
        zh="{task} 的人员中缺少会“{skill}”的人：需要 {limit} 人，还差 {missing} 人",
        en="The people of {task} need {limit} with the skill “{skill}” among them: {missing} short",
    ),
    relax=Text(
        zh="降低 {subject} 的技能搭配要求，或增加会这项技能的人",
        en="ask for fewer skills between the people of {subject}, or find more who have them",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    task, stops = facts.instance.task_by_id[key], facts.by_task[key].values()
    to_come = max(0, least_headcount(task) - len(stops))
    for shared in task.skill_mix if stops else ():
        able = sum(level_at(facts, stop, shared.skill) >= shared.level for stop in stops)
        missing = shared.count - able - to_come
        if missing > 0:
            yield Violation(
                missing,
                {"task": key, "skill": shared.skill, "limit": shared.count, "missing": missing},
            )


def lower(into: Into) -> None:
    for number, task in into.tasks():
        for shared in task.skill_mix:
            points = [into.points(shared.count - able) for able in range(shared.count + 1)]
            into.mix.add(number, _able(into, shared), points, least_headcount(task))


def _able(into: Into, shared: SharedSkill) -> dict[int, int]:
    """Person → the last day on which they have the skill at its level."""
    able = {}
    for person, record in into.people():
        last = last_day(into.instance, record, shared.skill)
        if record.skills.get(shared.skill, 0) >= shared.level and (last is None or last >= 0):
            able[person] = FOREVER if last is None else last
    return able
