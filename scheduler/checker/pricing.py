"""What a change of a roster costs, rule by rule, without pricing the whole again.

Each rule is evaluated by its plain definition, as in the checker, but only for the keys that the
change can touch: the people who come or go, the tasks, and what these belong to. A change of one
visit in a sub-district's week is priced in about a millisecond, with the result of two full checks.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, get_args

from scheduler.checker import Finding, Report, RuleCost
from scheduler.facts import Facts, RouteStop
from scheduler.model import Assignment, Instance, Level, Roster, Score
from scheduler.model.tasks import household_of
from scheduler.rules import Active, Violation, active
from scheduler.rules.common.rule import Scope

ItemT = TypeVar("ItemT")
Keys = dict[Scope, dict[str, None]]
_Said = dict[str, list[Violation]]
"""Violations by key."""
_People = dict[tuple[Hashable, ...], dict[str, list[Violation]]]
"""A person and the work that they are given → rule → its violations."""
_LEVELS = list(Level)
"""In the order of a score's points."""


@dataclass(frozen=True)
class ChangeCost:
    """What a change does to a roster's score.

    score: difference by level; a negative one is a saving
    by_rule: the same by rule, amounts and points; only rules whose points differ
    broken, mended: breaches that were not there before, and that no longer are. A breach that grows
        or shrinks is in both: in broken as it is now, in mended as it was.
    """

    score: Score
    by_rule: tuple[RuleCost, ...]
    broken: tuple[Finding, ...]
    mended: tuple[Finding, ...]

    @property
    def feasible(self) -> bool:
        """Whether no hard rule is broken more than before."""
        return all(
            priced.rule.level is not Level.HARD or priced.amount <= 0 for priced in self.by_rule
        )

    def reversed(self) -> "ChangeCost":
        """What undoing the change does."""
        by_rule = tuple(
            RuleCost(priced.rule, -priced.amount, Score() - priced.score) for priced in self.by_rule
        )
        return ChangeCost(Score() - self.score, by_rule, self.mended, self.broken)

    def then(self, later: "ChangeCost") -> "ChangeCost":
        """What this change and one of the roster after it do together."""
        amounts: dict[str, tuple[Active, int]] = {}
        for priced in (*self.by_rule, *later.by_rule):
            rule = priced.rule
            amounts[rule.rule.id] = rule, amounts.get(rule.rule.id, (rule, 0))[1] + priced.amount
        by_rule = tuple(
            RuleCost(rule, amount, rule.score(amount))
            for rule, amount in amounts.values()
            if amount
        )
        return ChangeCost(
            self.score + later.score,
            by_rule,
            (*_without(self.broken, later.mended), *_without(later.broken, self.mended)),
            (*_without(self.mended, later.broken), *_without(later.mended, self.broken)),
        )


class Pricing:
    """Prices of changes of one roster. A rule's violations in the roster as it is are computed once."""

    def __init__(self, facts: Facts, report: Report | None = None):
        """report: what the checker says of the roster, where that is known; no rule is asked of it again."""
        self.facts = facts
        self._active = active(facts.instance)
        self._ties = Ties(facts)
        self._known = {scope: _OfScope(report is not None) for scope in get_args(Scope)}
        for finding in report.findings if report is not None else ():
            known = self._known[finding.rule.rule.scope][finding.key].violations
            known.setdefault(finding.rule.rule.id, []).append(finding.violation)
        self._told: Counter[str] = Counter()
        """How often each rule had something against a change; who asks them in this order ends soon."""

    def change(self, removed: Sequence[Assignment], added: Sequence[Assignment]) -> ChangeCost:
        """What it costs to take some assignments out and then put others in.

        Raises ValueError where a slot to be emptied is empty, or one to be filled is full.
        """
        return self.trial(removed, added)[0]

    def trial(
        self, removed: Sequence[Assignment], added: Sequence[Assignment]
    ) -> tuple[ChangeCost, Facts]:
        """The same, with the facts of the changed roster."""
        after = self.facts.changed(removed, added)
        return self._difference(after, self._touched(removed, added)), after

    def quotes(self, additions: Iterable[Sequence[Assignment]]) -> "list[Quote]":
        """For each of several additions what it costs at least, to be known better rule by rule."""
        order = sorted(self._active, key=lambda rule: -self._told[rule.rule.id])
        people: _People = {}
        return [Quote(self, added, order, people) for added in additions]

    def after(self, removed: Sequence[Assignment], added: Sequence[Assignment]) -> "Pricing":
        """Prices of changes of the changed roster."""
        other = copy(self)
        other.facts = self.facts.changed(removed, added)
        touched = self._touched(removed, added)
        other._known = {scope: of.but(touched[scope]) for scope, of in self._known.items()}
        return other

    def grown(self, instance: Instance) -> "Pricing":
        """Prices of changes of the same roster of an instance that has more visits, cases and gaps.

        What is known of people and places holds for both, but of people whose working days change with the new work.
        """
        other = copy(self)
        other.facts = self.facts.grown(instance)
        other._ties = Ties(other.facts)
        people = self._known["person"]
        before, now = self.facts.by_day, other.facts.by_day
        if now is not before:
            people = people.but([one for one in now if now[one] is not before[one]])
        other._known = {scope: _OfScope() for scope in self._known}
        other._known |= {"person": people, "place": self._known["place"]}
        return other

    def differs(self, roster: Roster) -> tuple[list[Assignment], list[Assignment]]:
        """What to take out of the roster, and then to put in, to come to another one of the instance."""
        before = {(part.task, part.slot): part for part in self.facts.roster.assignments}
        added = [part for part in roster.assignments if before.get((part.task, part.slot)) != part]
        kept = {(part.task, part.slot) for part in roster.assignments}
        changed = {(part.task, part.slot) for part in added}
        removed = [part for slot, part in before.items() if slot in changed or slot not in kept]
        return removed, added

    def _difference(self, after: Facts, touched: Keys) -> ChangeCost:
        said = {
            rule.rule.id: {key: self._asked(rule, after, key) for key in touched[rule.rule.scope]}
            for rule in self._active
        }
        return self._joined(said)

    def _joined(self, said: Mapping[str, _Said]) -> ChangeCost:
        """What all rules say after a change, against what they say before it."""
        by_rule, broken, mended = list[RuleCost](), list[Finding](), list[Finding]()
        for rule in self._active:
            amount = 0
            for key, new in said[rule.rule.id].items():
                old = self._now(rule, key)
                if old != new:
                    amount += _amount(new) - _amount(old)
                    broken += _findings(rule, key, _without(new, old))
                    mended += _findings(rule, key, _without(old, new))
            if amount:
                by_rule.append(RuleCost(rule, amount, rule.score(amount)))
        total = sum((priced.score for priced in by_rule), Score())
        return ChangeCost(total, tuple(by_rule), tuple(broken), tuple(mended))

    @staticmethod
    def _asked(rule: Active, facts: Facts, key: str) -> list[Violation]:
        ask = rule.rule.violations if facts.instance.exceptions else rule.rule.unexempted
        return list(ask(facts, key))

    def _saved(self, touched: Keys) -> tuple[int, ...]:
        """Points by level, negative: all that rules have against these keys and may no longer have after an addition."""
        return tuple(
            map(
                sum,
                zip(
                    *(self._paid(scope, key) for scope in touched for key in touched[scope]),
                    strict=True,
                ),
            )
        )

    def _paid(self, scope: Scope, key: str) -> tuple[int, ...]:
        known = self._known[scope][key]
        if known.paid is None:
            points = [0, 0, 0]
            for rule in self._active:
                if rule.rule.scope == scope and not rule.rule.grows:
                    points[_LEVELS.index(rule.level)] -= rule.weight * _amount(self._now(rule, key))
            known.paid = tuple(points)
        return known.paid

    def _now(self, rule: Active, key: str) -> list[Violation]:
        known = self._known[rule.rule.scope][key]
        if rule.rule.id not in known.violations:
            said = [] if known.whole else self._asked(rule, self.facts, key)
            known.violations[rule.rule.id] = said
        return known.violations[rule.rule.id]

    def _touched(self, removed: Sequence[Assignment], added: Sequence[Assignment]) -> Keys:
        tasks = dict.fromkeys(part.task for part in (*removed, *added))
        parts: list[RouteStop | Assignment] = [*added]
        parts[:0] = [stop for task in tasks for stop in self.facts.by_task[task].values()]
        touched = self._ties.of(tasks)
        touched["person"] = dict.fromkeys(part.person for part in parts)
        touched["place"] = dict.fromkeys(part.place for part in parts)
        return touched


@dataclass
class _OfKey:
    """Of one key in the roster as it is: violations by rule, and what of them an addition may save, negative, by level."""

    violations: dict[str, list[Violation]] = field(default_factory=dict)
    whole: bool = False
    """Whether any other rule has nothing against it."""
    paid: tuple[int, ...] | None = None


class _OfScope(dict[str, _OfKey]):
    """What is known of each key. Of a key not looked at yet that is nothing, or where a report is known that all is well."""

    def __init__(self, whole: bool = False):
        super().__init__()
        self._whole = whole

    def __missing__(self, key: str) -> _OfKey:
        made = self[key] = _OfKey(whole=self._whole)
        return made

    def but(self, others: Iterable[str]) -> "_OfScope":
        """The same, but nothing of some keys."""
        made = _OfScope(self._whole)
        made.update(self)
        made.update((key, _OfKey()) for key in others)
        return made


class Quote:
    """What an addition costs at least, as far as rules were asked.

    Less than nothing can be left of what rules have against all that it touches, and no less than before of what can
    only grow; so it costs no less than what the rules asked so far say of it once it is made, with everything saved that
    any other rule said before.
    """

    def __init__(
        self,
        pricing: Pricing,
        added: Sequence[Assignment],
        order: Sequence[Active],
        people: "_People",
    ):
        """order: the rules, those first that say most often something of additions.

        people: what is known of people with the work that some addition gives them
        """
        self._pricing, self._order, self._added = pricing, order, added
        self._touched = pricing._touched((), added)
        self._people: dict[str, dict[str, list[Violation]]] = {}
        for person in self._touched["person"]:
            own = [
                (part.task, part.slot, part.place, part.start, part.end)
                for part in added
                if part.person == person
            ]
            self._people[person] = people.setdefault((person, *own), {})
        self.least = pricing._saved(self._touched)
        """Points by level that it costs at least; once it is `whole`, exactly."""
        self.feasible = True
        """Whether no hard rule asked so far is broken more than before."""
        self._said: dict[str, _Said] = {}

    @cached_property
    def facts(self) -> Facts:
        """The roster with the addition."""
        return self._pricing.facts.changed((), self._added)

    @property
    def whole(self) -> bool:
        """Whether every rule was asked."""
        return len(self._said) == len(self._order)

    def ask(self) -> None:
        """Ask rules until one has something to say, or all were asked."""
        pricing = self._pricing
        for rule in self._order[len(self._said) :]:
            said = self._said[rule.rule.id] = self._of(rule)
            amount = sum(map(_amount, said.values()))
            if amount:
                before = sum(_amount(pricing._now(rule, key)) for key in said)
                if rule.level is Level.HARD:
                    self.feasible &= amount <= before
                more = amount - before if rule.rule.grows else amount
                if more:
                    pricing._told[rule.rule.id] += 1
                    points = list(self.least)
                    points[_LEVELS.index(rule.level)] += rule.weight * more
                    self.least = tuple(points)
                    return

    def _of(self, rule: Active) -> _Said:
        """What one rule says of each key. Of a person it looks at their own work alone: so once for all additions of it."""
        ask, id = self._pricing._asked, rule.rule.id
        if rule.rule.scope != "person":
            return {key: ask(rule, self.facts, key) for key in self._touched[rule.rule.scope]}
        for key, known in self._people.items():
            if id not in known:
                known[id] = ask(rule, self.facts, key)
        return {key: known[id] for key, known in self._people.items()}

    @property
    def change(self) -> ChangeCost:
        """All of it, once it is `whole`."""
        return self._pricing._joined(self._said)


class Ties:
    """The keys that a change of a task touches besides itself: gaps, household, case, bundle, tie, successors."""

    def __init__(self, facts: Facts):
        self._instance = facts.instance
        self._gaps: dict[str, list[str]] = {}
        for number, gap in enumerate(facts.instance.gaps):
            for task in (gap.first, gap.second):
                self._gaps.setdefault(task, []).append(str(number))
        self._next: dict[str, list[str]] = {}
        for task, earlier in facts.frozen_order.items():
            for before, _ in earlier:
                self._next.setdefault(before, []).append(task)

    def of(self, tasks: Iterable[str]) -> Keys:
        """Keys of every scope but people and places."""
        touched: Keys = {
            "task": {},
            "household": {},
            "case": {},
            "gap": {},
            "bundle": {},
            "tie": {},
            "roster": {"": None},
        }
        for id in tasks:
            task = self._instance.task_by_id[id]
            household = household_of(self._instance, task)
            touched["task"].update(dict.fromkeys([id, *self._next.get(id, ())]))
            touched["gap"].update(dict.fromkeys(self._gaps.get(id, ())))
            if household is not None:
                touched["household"][household.id] = None
            if task.case is not None:
                touched["case"][task.case] = None
            if task.bundle is not None:
                touched["bundle"][task.bundle] = None
            if task.tie is not None:
                touched["tie"][task.tie] = None
        return touched


def _amount(violations: Iterable[Violation]) -> int:
    return sum(violation.amount for violation in violations)


def _without(things: Iterable[ItemT], others: Iterable[ItemT]) -> list[ItemT]:
    """The things that are not among the others; equal ones are counted (a multiset difference)."""
    left = list(others)
    missing = []
    for thing in things:
        if thing in left:
            left.remove(thing)
        else:
            missing.append(thing)
    return missing


def _findings(rule: Active, key: str, violations: Iterable[Violation]) -> list[Finding]:
    return [Finding(rule, key, violation, rule.score(violation.amount)) for violation in violations]
