"""What a week costs as it stands, and what a change of its roster costs, kept for the states asked last."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.checker import Finding, Report, RuleCost, checked
from scheduler.checker.pricing import ChangeCost, Pricing
from scheduler.checker.recheck import rechecked
from scheduler.facts import Facts
from scheduler.model import Assignment, Instance, Roster
from scheduler.rules import Violation
from scheduler.weeks.compare import RuleComparison, compare_rules
from service.answers.recent import Recent
from service.weeks.state import WeekState


@dataclass(frozen=True)
class Priced:
    """What a state costs, with every finding, and the prices of changes of its roster."""

    report: Report
    pricing: Pricing

    @staticmethod
    def of(
        state: WeekState, report: Report | None = None, before: "Priced | None" = None
    ) -> "Priced":
        """Of any state. report: the checker's, where there is one already; before: of one that differs little."""
        facts = Facts(state.instance, state.roster)
        if report is None:
            report = checked(facts) if before is None else before._report_of(facts)
        return Priced(report, Pricing(facts, report))

    def report_of(self, instance: Instance, roster: Roster) -> Report:
        """What the checker says of another week and roster: where little is otherwise, only that is checked."""
        return self._report_of(Facts(instance, roster))

    def _report_of(self, facts: Facts) -> Report:
        return rechecked(self.report, self.pricing.facts, facts) or checked(facts)

    def after(
        self, removed: Sequence[Assignment], added: Sequence[Assignment], cost: ChangeCost
    ) -> "Priced":
        """The same after a change of the roster, whose cost is known."""
        more = {one.rule.rule.id: one for one in cost.by_rule}
        rules = tuple(_sum(was, more.get(was.rule.rule.id)) for was in self.report.rules)
        findings = (*_left(self.report.findings, cost.mended), *cost.broken)
        report = Report(self.report.score + cost.score, rules, findings)
        return Priced(report, self.pricing.after(removed, added))

    def compared(self, after: "Priced") -> tuple[RuleComparison, ...]:
        """The rules that cost otherwise afterwards, in points of their level."""
        pairs = compare_rules(self.report, after.report)
        return tuple(pair for pair in pairs if pair.first != pair.second)


def without(findings: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    """The findings that are not among the others."""
    same = set(map(id, others))
    left = [one for one in findings if id(one) not in same]
    there: dict[tuple[str, str], list[Violation]] = {}
    for one in others if left else ():
        there.setdefault((one.rule.rule.id, one.key), []).append(one.violation)
    return [one for one in left if one.violation not in there.get((one.rule.rule.id, one.key), ())]


def _left(findings: Sequence[Finding], mended: Sequence[Finding]) -> list[Finding]:
    """What is left of findings; of equal ones as many go as were mended."""
    gone: dict[tuple[str, str], list[Violation]] = {}
    for one in mended:
        gone.setdefault((one.rule.rule.id, one.key), []).append(one.violation)
    left = []
    for one in findings:
        those = gone.get((one.rule.rule.id, one.key), [])
        if one.violation in those:
            those.remove(one.violation)
        else:
            left.append(one)
    return left


def _sum(was: RuleCost, more: RuleCost | None) -> RuleCost:
    if more is None:
        return was
    return replace(was, amount=was.amount + more.amount, score=was.score + more.score)


_kept: Recent[Priced] = Recent(4)


def priced(state: WeekState) -> Priced:
    """Of a state that is kept; what this process priced lately is not priced again."""
    return _kept.get(state.key, lambda: Priced.of(state))


def remember(state: WeekState, known: Priced) -> None:
    """Keep the price of a state that has just been kept."""
    _kept.get(state.key, lambda: known)
