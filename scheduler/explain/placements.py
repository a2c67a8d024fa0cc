"""The ways to do one task in a roster, with nothing else moved."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heapreplace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from scheduler.checker import Finding, Report, checked
from scheduler.checker.pricing import ChangeCost, Pricing
from scheduler.explain.candidates import Candidate, CandidateSearch
from scheduler.explain.eligibility import Eligibility, eligibility_of
from scheduler.explain.free_time import FreeTime
from scheduler.explain.rough_cost import RoughCost
from scheduler.facts import Facts
from scheduler.facts.contract import fair_share
from scheduler.model import Assignment, Instance, Level, Score, Shift, Visit
from scheduler.model.tasks import Rank, least_crew
from scheduler.rules import active, pinned

if TYPE_CHECKING:
    from scheduler.engines.exact import FillableSlots

BUDGET = 40
"""Candidates that are priced exactly for one question, unless it says otherwise."""


@dataclass(frozen=True)
class Placement:
    """One way to do a task.

    change: what it does to the roster's score, rule by rule
    extra: person → ticks of travel that come on top
    off_pins: breaches of the task's pins by what it fills, also where the empty slot broke them as much
    """

    assignments: tuple[Assignment, ...]
    change: ChangeCost
    extra: dict[str, int]
    off_pins: tuple[Finding, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether no hard rule is broken more than before, and all is as it is pinned."""
        return self.change.feasible and not self.off_pins

    @property
    def people(self) -> tuple[str, ...]:
        """Who does it, in order of slots."""
        return tuple(assignment.person for assignment in self.assignments)

    @cached_property
    def breaks(self) -> tuple[Finding, ...]:
        """The breaches of hard rules that it brings; one that only shrinks is none of them."""
        grown: Counter[tuple[str, str]] = Counter()
        for findings, sign in ((self.change.broken, 1), (self.change.mended, -1)):
            for finding in findings:
                grown[finding.rule.rule.id, finding.key] += sign * finding.violation.amount
        broken = [
            finding
            for finding in self.change.broken
            if finding.rule.level is Level.HARD and grown[finding.rule.rule.id, finding.key] > 0
        ]
        return (*broken, *(finding for finding in self.off_pins if finding not in broken))

    @cached_property
    def rules(self) -> frozenset[str]:
        """Ids of the hard rules that it breaks."""
        return frozenset(finding.rule.rule.id for finding in self.breaks)

    @property
    def start(self) -> int:
        """When the first of them starts, in ticks."""
        return min(assignment.start for assignment in self.assignments)

    @property
    def rank(self) -> tuple[bool, Score, int, tuple[str, ...]]:
        """Sorts the best first: those that break no hard rule, then by score, then the earliest."""
        return not self.feasible, self.change.score, self.start, self.people


class Trials:
    """A roster prepared for many questions of where work could go."""

    def __init__(self, facts: Facts, report: Report | None = None):
        """report: what the checker says of the roster, where that is known."""
        self.pricing = Pricing(facts, report)
        if report is not None:
            self.report = report
        self._eligibility: dict[str, Eligibility] = {}

    @property
    def facts(self) -> Facts:
        """The roster as it stands."""
        return self.pricing.facts

    @cached_property
    def free(self) -> FreeTime:
        """Everybody's free stretches."""
        return FreeTime(self.facts)

    @cached_property
    def rough_cost(self) -> RoughCost:
        """Rough costs, to choose candidates by."""
        return RoughCost(self.facts)

    @cached_property
    def fillable(self) -> "FillableSlots":
        """Which slots any roster fills, as CP-SAT proves it."""
        # Loaded late: other questions, and reports, need no OR-Tools.
        from scheduler.engines.exact import FillableSlots

        return FillableSlots(self.facts.instance)

    @cached_property
    def workless(self) -> "Trials":
        """The same week in which nobody has work: what presence alone leaves room for."""
        roster = self.facts.roster.model_copy(update={"assignments": ()})
        return Trials(Facts(self.facts.instance, roster, self.facts.travel_table))

    @cached_property
    def shares(self) -> dict[str, int | None]:
        """Ticks of everybody's fair share; None without a contract."""
        instance = self.facts.instance
        return {person.id: fair_share(instance, person.id) for person in instance.people}

    def eligibility(self, task: str) -> Eligibility:
        """Who may do a task, where and when; whether they are there and free plays no part."""
        if task not in self._eligibility:
            instance, travel = self.facts.instance, self.facts.travel_table
            self._eligibility[task] = eligibility_of(instance, task, travel)
        return self._eligibility[task]

    def grown(self, instance: Instance) -> "Trials":
        """The same roster of an instance that has more visits, cases and gaps."""
        other = object.__new__(Trials)
        other.pricing, other._eligibility = self.pricing.grown(instance), {}
        other.free, other.rough_cost = self.free, self.rough_cost.of(other.facts)
        return other

    def anew(self, instance: Instance) -> "Trials":
        """The same roster of an instance whose tasks ask for something else."""
        return Trials(Facts(instance, self.facts.roster, self.facts.travel_table))

    @cached_property
    def report(self) -> Report:
        """What the checker says of the roster as it stands."""
        return checked(self.facts)

    def after(self, removed: Sequence[Assignment], added: Sequence[Assignment]) -> "Trials":
        """The roster after a change."""
        other = object.__new__(Trials)
        other.pricing = self.pricing.after(removed, added)
        other._eligibility = self._eligibility
        people = {assignment.person for assignment in (*removed, *added)}
        other.free = self.free.of(other.facts, people)
        other.rough_cost = self.rough_cost.of(other.facts)
        return other

    def placements(
        self,
        task: str,
        slots: Sequence[int] | None = None,
        *,
        held: Mapping[int, str] | None = None,
        within: tuple[int, int] | None = None,
        budget: int = BUDGET,
        infeasible: bool = False,
    ) -> list[Placement]:
        """Ways to do a task, the best first; at most `budget` of them, which are priced exactly.

        slots: numbers of empty slots to fill; None: all that are missed, by a smaller crew where
            that is allowed and the whole finds no room; of a shift, one of each kind
        held: slot → the person who is to fill it; anybody may fill the others
        within: first and last start of the task's slot 0; None: as its windows say
        infeasible: also ways that break hard rules, as by people who are busy or away
        """
        search = self._search(task, held=held or {}, within=within, infeasible=infeasible)
        placements: list[Placement] = []
        for crews in self._crews(task) if slots is None else [[tuple(slots)]]:
            candidates = [candidate for crew in crews for candidate in search.candidates(crew)]
            placements += self._priced(candidates, budget - len(placements))
            if any(placement.feasible for placement in placements):
                break
        return sorted(placements, key=lambda placement: placement.rank)

    def best(
        self,
        task: str,
        most: int,
        *,
        held: Mapping[int, str] | None = None,
        wanted: Callable[[Candidate], bool] = lambda _: True,
        below: tuple[int, ...] | None = None,
    ) -> list[Placement]:
        """The best feasible placements of what a task lacks, at most so many, no two of one crew on one day.

        The best of all candidates that are wanted, by a smaller crew where that is allowed and the whole finds no room.
        Best first: the next rule is always asked of the one that may be the cheapest, so that no other is priced to its
        end. held: as of `placements`. below: points by level; what costs as much is not looked for.
        """
        search = self._search(task, held=held or {})
        for crews in self._crews(task):
            found = (candidate for crew in crews for candidate in search.candidates(crew))
            candidates = list(filter(wanted, found))
            quotes = self.pricing.quotes(candidate.assignments for candidate in candidates)
            heap = [
                (quote.least, candidate.start, candidate.people, number)
                for number, (candidate, quote) in enumerate(zip(candidates, quotes, strict=True))
            ]
            heapify(heap)
            best: dict[tuple[tuple[str, ...], int], Placement] = {}
            while heap and len(best) < most:
                least, *_, number = heap[0]
                if below is not None and least >= below:
                    return list(best.values())
                candidate, quote = candidates[number], quotes[number]
                about = candidate.people, self.facts.horizon.day_of(candidate.start)
                if about in best or not quote.feasible:
                    heappop(heap)
                elif not quote.whole:
                    quote.ask()
                    heapreplace(heap, (quote.least, candidate.start, candidate.people, number))
                else:
                    heappop(heap)
                    placement = self._placement(candidate.assignments, quote.change, quote.facts)
                    if placement.feasible:
                        best[about] = placement
            if best:
                return list(best.values())
        return []

    def _search(self, task: str, **how: Any) -> CandidateSearch:
        return CandidateSearch(
            facts=self.facts,
            free=self.free,
            rough_cost=self.rough_cost,
            eligibility=self.eligibility(task),
            task=self.facts.instance.task_by_id[task],
            **how,
        )

    def _crews(self, task: str) -> list[list[tuple[int, ...]]]:
        """Sets of slots worth filling; each list is tried only if the one before it had no room."""
        record, slots = self.facts.instance.task_by_id[task], self.facts.task_slots[task]
        filled = self.facts.by_task[task]
        empty = [number for number in range(len(slots)) if number not in filled]
        if isinstance(record, Shift):
            kinds = {
                (id(slots[number].need), slots[number].rank): number for number in reversed(empty)
            }
            return [[(number,) for (_, rank), number in kinds.items() if rank is not Rank.EXTRA]]
        if not empty:
            return []
        musts = {number for number in empty if slots[number].must}
        least = max(1, least_crew(record) - len(filled))
        return [
            [crew for crew in combinations(empty, size) if musts <= set(crew)]
            for size in range(len(empty), least - 1, -1)
        ]

    def _priced(self, candidates: list[Candidate], budget: int) -> list[Placement]:
        """The cheapest by rough cost, priced exactly: one start of each crew and day, then more of the best."""
        groups: dict[tuple[tuple[str, ...], tuple[int, ...], int], list[Candidate]] = {}
        for candidate in sorted(candidates, key=lambda candidate: candidate.rank):
            groups.setdefault((candidate.people, candidate.slots, candidate.day), []).append(
                candidate
            )
        turns = _in_turn(list(groups.values()))
        heads = turns[: max(1, budget * 2 // 3)]
        first = [(self.placement(group[0].assignments), group[1:]) for group in heads][:budget]
        placements = [placement for placement, _ in first]
        left = budget - len(placements)
        for _, more in sorted(first, key=lambda row: row[0].rank):
            for other in more[:left]:
                placements.append(self.placement(other.assignments))
            left = budget - len(placements)
        return placements

    def placement(self, assignments: Sequence[Assignment]) -> Placement:
        """These assignments as a placement. Raises ValueError where one of the slots is filled."""
        return self._placement(assignments, *self.pricing.trial((), assignments))

    def _placement(
        self, assignments: Sequence[Assignment], change: ChangeCost, after: Facts
    ) -> Placement:
        day_of = self.facts.instance.workdays.day
        extra = {
            assignment.person: sum(
                sign
                * sum(
                    ticks
                    for _, _, ticks in facts.legs(
                        assignment.person, day_of(assignment.person, assignment.start)
                    )
                )
                for sign, facts in ((1, after), (-1, self.facts))
            )
            for assignment in assignments
        }
        off_pins = tuple(_off_pins(after, assignments[0].task)) if assignments else ()
        return Placement(tuple(assignments), change, extra, off_pins)


def _off_pins(facts: Facts, task: str) -> Iterator[Finding]:
    """Breaches of a task's pins, where they are hard, by slots that are filled."""
    if task not in facts.pins:
        return
    rule = next((rule for rule in active(facts.instance) if rule.rule.id == "pinned"), None)
    if rule is None or rule.level is not Level.HARD:
        return
    empty = sum(
        hold.needed and not hold.absent and hold.slot not in facts.by_task[task]
        for hold in pinned.held(facts, task)
    )
    for violation in rule.rule.violations(facts, task):
        if violation.amount > empty:
            yield Finding(rule, task, violation, rule.score(violation.amount))


def _in_turn(groups: list[list[Candidate]]) -> list[list[Candidate]]:
    """The groups, taking turns between those whose people the same rules rule out."""
    seen: dict[tuple[tuple[str, ...], ...], int] = {}
    turns = []
    for group in groups:
        against = group[0].against
        seen[against] = seen.get(against, 0) + 1
        turns.append(seen[against])
    order = sorted(range(len(groups)), key=lambda number: turns[number])
    return [groups[number] for number in order]


def least_breaches(placements: Iterable[Placement], most: int) -> list[Placement]:
    """Of placements that break hard rules, the least for each set of rules of which no part would do.

    `most` of them, those that break fewest rules first.
    """
    broken = [placement for placement in placements if placement.breaks]
    broken.sort(key=lambda placement: (len(placement.rules), placement.rank))
    least: list[Placement] = []
    for placement in broken:
        if not any(other.rules <= placement.rules for other in least):
            least.append(placement)
    return least[:most]


def different(placements: Iterable[Placement], facts: Facts, most: int) -> list[Placement]:
    """The first placement of each crew and day, `most` of them: no two a minute apart."""
    first: dict[tuple[str, tuple[str, ...], int], Placement] = {}
    for placement in placements:
        key = placement.assignments[0].task, placement.people, facts.horizon.day_of(placement.start)
        first.setdefault(key, placement)
    return list(first.values())[:most]


def missed(facts: Facts, task: Visit | Shift) -> bool:
    """Whether the task has an empty slot that counts; a shift's extras do not."""
    filled = facts.by_task[task.id]
    return any(
        number not in filled and slot.rank is not Rank.EXTRA
        for number, slot in enumerate(facts.task_slots[task.id])
    )
