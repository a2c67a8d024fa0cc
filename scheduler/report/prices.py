"""Every rule with what it costs, and the first breaches in words."""

from dataclasses import dataclass

from scheduler.checker import Finding, Report, RuleCost
from scheduler.checker.sentences import sentence
from scheduler.drawings.reader import Reader
from scheduler.drawings.words import bilingual, duration, text
from scheduler.messages import has
from scheduler.model import Level
from scheduler.rules import Text

FINDINGS = 3
"""Breaches shown of each rule: the costliest first, or people in the order of the instance."""
HARD_FINDINGS = 12
_ORDER = tuple(Level)


@dataclass(frozen=True)
class Price:
    """A rule's row. count: its amount as a number, 0 where it costs nothing."""

    name: Text
    level: str
    weight: str
    count: int
    amount: Text
    cost: str
    findings: list[Text]
    more: int


def prices(reader: Reader, report: Report) -> list[Price]:
    """Every active rule: by level, then by cost, the highest first, then by name."""
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.rule.rule.id, []).append(finding)
    ordered = sorted(
        report.rules,
        key=lambda cost: (
            _ORDER.index(cost.rule.level),
            -_points(cost),
            cost.rule.rule.id,
        ),
    )
    return [_price(reader, cost, findings.get(cost.rule.rule.id, [])) for cost in ordered]


def _points(cost: RuleCost) -> int:
    return sum(cost.score.points)


def _price(reader: Reader, cost: RuleCost, findings: list[Finding]) -> Price:
    most = HARD_FINDINGS if cost.rule.level is Level.HARD else FINDINGS
    shown = findings[:most]
    if cost.rule.rule.scope != "person":
        # People stay in the order of the instance: the report ranks nobody.
        shown = sorted(findings, key=lambda finding: -finding.violation.amount)[:most]
    return Price(
        name=cost.rule.rule.name,
        level=cost.rule.level.value,
        weight=f"{cost.rule.weight:,}",
        count=cost.amount,
        amount=_amount(reader, cost.rule.rule.unit, cost.amount),
        cost=f"{_points(cost):,}",
        findings=[_sentence(reader, finding) for finding in shown],
        more=len(findings) - len(shown),
    )


def _amount(reader: Reader, unit: str, amount: int) -> Text:
    if unit == "minute":
        return duration(round(amount / reader.instance.horizon.ticks_per_minute))
    key = f"unit.{unit}" if has(f"report.unit.{unit}") else "unit.other"
    return text(key, count=amount)


def _sentence(reader: Reader, finding: Finding) -> Text:
    private = reader.concerns_private(finding.key, finding.violation.slots)
    return bilingual(
        lambda lang: sentence(reader.names(lang, private), finding.rule, finding.violation)
    )
