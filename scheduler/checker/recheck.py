"""The report of a week of which little is otherwise, from the report before: what can differ is checked anew.

A person's record is changed as if all their work were taken off them, the record changed, and the work
given back; a task's likewise, and so it comes and goes. What giving and taking work can touch is known to
`pricing`; the record of somebody without work, or of work that nobody does, touches nothing but its own keys
and what it belongs to. So each rule is evaluated by its plain definition, for these keys alone. Gaps come and go
with the work between which they are: the others have other numbers then, and what was said of them stays.
"""

import operator
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, pairwise
from typing import Any

from scheduler.checker.check import Finding, Report, RuleCost
from scheduler.checker.pricing import Keys, Ties
from scheduler.facts import Facts, RouteStop
from scheduler.model import Instance, Score
from scheduler.rules import Active, keys
from scheduler.rules.common.concerns import frozen, news, published

MOST = 100
"""Tasks that may be touched; of more the whole is checked."""
_TASKS = ("visits", "shifts")
_RECORDS = ("people", *_TASKS)
_SAID = frozenset({"title", "duties", "affected"})
"""Fields that no rule reads."""
_TOLD = frozenset({"published", "freeze"})
_OF_TOLD = published, news, frozen
"""Fields that only rules with these concerns read, which are asked anew where one differs."""


def rechecked(report: Report, was: Facts, now: Facts) -> Report | None:
    """What `check` says of a week and roster; None where too much differs, or what no longer may be.

    report: of the week and roster before, `was`
    """
    gaps = _kept_gaps(was.instance, now.instance)
    touched = None if gaps is None else _touched(was, now, gaps)
    if gaps is None or touched is None:
        return None
    before: dict[str, list[Finding]] = {cost.rule.rule.id: [] for cost in report.rules}
    for finding in report.findings:
        before[finding.rule.rule.id].append(finding)
    told = _told_otherwise(was.instance, now.instance)
    orders: dict[str, dict[str, int]] = {}
    costs, findings = [], []
    for cost in report.rules:
        rule, old = cost.rule, before[cost.rule.rule.id]
        anew = touched.get(rule.rule.scope, {})
        if rule.rule.scope == "gap":
            old = [_renumbered(one, gaps[one.key]) for one in old if one.key in gaps]
        found = [one for one in old if one.key not in anew]
        if anew and rule.rule.scope not in orders:
            order = keys(now, rule.rule.scope)
            orders[rule.rule.scope] = {key: number for number, key in enumerate(order)}
        place = orders.get(rule.rule.scope, {})
        if told and rule.rule.concerns in _OF_TOLD:
            found = list(_findings(rule, now, rule.rule.concerns(now)))
        elif fresh := list(_findings(rule, now, (key for key in anew if key in place))):
            found = sorted((*found, *fresh), key=lambda one: place[one.key])
        amount = sum(one.violation.amount for one in found)
        costs.append(RuleCost(rule, amount, rule.score(amount)))
        findings += found
    total = sum((cost.score for cost in costs), Score())
    return Report(total, tuple(costs), tuple(findings))


def _findings(rule: Active, facts: Facts, touched: Iterable[str]) -> Iterator[Finding]:
    for key in touched:
        for violation in rule.rule.violations(facts, key):
            yield Finding(rule, key, violation, rule.score(violation.amount))


def _told_otherwise(was: Instance, now: Instance) -> bool:
    return not all(getattr(was, name) == getattr(now, name) for name in _TOLD)


def _kept_gaps(was: Instance, now: Instance) -> dict[str, str] | None:
    """The keys of gaps that are in both weeks, before → now; None where they come in another order."""
    numbers = {id(gap): number for number, gap in enumerate(now.gaps)}
    kept = {number: numbers[id(gap)] for number, gap in enumerate(was.gaps) if id(gap) in numbers}
    if any(after <= before for before, after in pairwise(kept.values())):
        return None
    return {str(before): str(after) for before, after in kept.items()}


def _renumbered(finding: Finding, key: str) -> Finding:
    return finding if finding.key == key else replace(finding, key=key)


def _touched(was: Facts, now: Facts, gaps: dict[str, str]) -> Keys | None:
    """The keys whose violations may differ, by scope; those of gaps as they are now."""
    changed = _changed_records(was.instance, now.instance)
    if changed is None or not _is_sound(now):
        return None
    people, tasks = changed
    days, before = now.instance.workdays, was.instance.workdays
    if days.differing(before, (one.id for one in now.instance.people if one.id not in people)):
        return None
    tasks |= _given_otherwise(was, now)
    for facts in (was, now):
        tasks |= {stop.task.id for person in people for stop in facts.by_person[person]}
    if len(tasks) > MOST:
        return None
    touched = Ties(was).of(tasks & was.by_task.keys())
    new = set(map(str, range(len(now.instance.gaps)))) - set(gaps.values())
    touched["gap"] = dict.fromkeys(new)
    for scope, more in Ties(now).of(tasks & now.by_task.keys()).items():
        touched[scope].update(more)
    stops = [
        stop
        for facts in (was, now)
        for task in tasks & facts.by_task.keys()
        for stop in facts.by_task[task].values()
    ]
    touched["person"] = dict.fromkeys((*people, *(stop.person for stop in stops)))
    touched["place"] = dict.fromkeys(stop.place for stop in stops)
    return touched


def _changed_records(was: Instance, now: Instance) -> tuple[set[str], set[str]] | None:
    """People and tasks whose records differ, are new or gone; None where anything else differs, or who there is."""
    for name in Instance.model_fields.keys() - {*_RECORDS, "gaps"} - _SAID - _TOLD:
        if not _is_same(getattr(was, name), getattr(now, name)):
            return None
    found: dict[str, set[str]] = {}
    for name in _RECORDS:
        both = _differing(getattr(was, name), getattr(now, name), name in _TASKS)
        if both is None:
            return None
        found[name] = both
    return found["people"], found["visits"] | found["shifts"]


def _is_same(was: Any, now: Any) -> bool:
    """Whether two values are made of the same records: equal ones may yet say which limits they leave open."""
    if was is now or (isinstance(was, str) and was == now):
        return True
    if isinstance(was, dict) and isinstance(now, dict):
        return was.keys() == now.keys() and all(was[key] is now[key] for key in was)
    if isinstance(was, tuple) and isinstance(now, tuple):
        return len(was) == len(now) and all(map(operator.is_, was, now))
    return False


def _differing(
    was: tuple[Any, ...], now: tuple[Any, ...], may_come_and_go: bool
) -> set[str] | None:
    """Ids of the records that differ; None where they come in another order, or come and go and may not."""
    if was is now:
        return set()
    old, new = ({one.id: one for one in side} for side in (was, now))
    both = old.keys() & new.keys()
    if [id for id in old if id in both] != [id for id in new if id in both]:
        return None
    found = old.keys() ^ new.keys()
    if found and not may_come_and_go:
        return None
    return found | {id for id in both if old[id] is not new[id]}


def _given_otherwise(was: Facts, now: Facts) -> set[str]:
    """Tasks that others do, or at other times or places."""
    return {
        task
        for task, filled in now.by_task.items()
        if filled is not was.by_task.get(task)
        and _parts(filled) != _parts(was.by_task.get(task, {}))
    }


def _parts(filled: dict[int, RouteStop]) -> dict[int, tuple[str, str, int, int]]:
    return {slot: (stop.person, stop.place, stop.start, stop.end) for slot, stop in filled.items()}


def _is_sound(facts: Facts) -> bool:
    """Whether the roster is one of the instance: else the checker says what is wrong with it."""
    stops = list(chain.from_iterable(filled.values() for filled in facts.by_task.values()))
    return len(stops) == len(facts.roster.assignments) and all(
        0 <= stop.slot < len(facts.task_slots[stop.task.id])
        and stop.start < stop.end
        and stop.person in facts.instance.person_by_id
        and stop.place in facts.instance.place_by_id
        for stop in stops
    )
