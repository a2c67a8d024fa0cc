"""Every rule with what it costs, and the first breaches in words."""

from dataclasses import dataclass

from scheduler.checker import Finding, Report, RuleCost
from scheduler.checker.sentences import sentence
from scheduler.messages import has
from scheduler.model import Level
from scheduler.report.reader import Reader
from scheduler.report.words import bilingual, duration, text
from scheduler.rules import Text

FINDINGS = 3
"""Breaches told of each rule: the dearest first, or people in the order of the instance."""
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
    """Every active rule: by level, the dearest first, then by name."""
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.rule.rule.id, []).append(finding)
    ordered = sorted(
        report.rules,
        key=lambda one: (
            _ORDER.index(one.rule.level),
            -_points(one),
            one.rule.rule.id,
        ),
    )
    return [_price(reader, one, findings.get(one.rule.rule.id, [])) for one in ordered]


def _points(one: RuleCost) -> int:
    return sum(one.score.points)


def _price(reader: Reader, one: RuleCost, findings: list[Finding]) -> Price:
    most = HARD_FINDINGS if one.rule.level is Level.HARD else FINDINGS
    told = findings[:most]
    if one.rule.rule.scope != "person":
        # people are named in the order of the instance: a report ranks nobody
        told = sorted(findings, key=lambda finding: -finding.violation.amount)[:most]
    return Price(
        name=one.rule.rule.name,
        level=one.rule.level.value,
        weight=f"{one.rule.weight:,}",
        count=one.amount,
        amount=_amount(reader, one.rule.rule.unit, one.amount),
        cost=f"{_points(one):,}",
        findings=[_sentence(reader, finding) for finding in told],
        more=len(findings) - len(told),
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
