"""Two rosters side by side: what each costs by rule, their figures, and who would be told what."""

from dataclasses import dataclass
from typing import Any

from scheduler.checker import Report, check
from scheduler.checker.figures import figures
from scheduler.checker.sentences import figure_in_words
from scheduler.due import Expanded
from scheduler.messages import Lang
from scheduler.model import Level, Roster, Score
from scheduler.rules import Text
from scheduler.weeks.replan.difference import Difference, difference

FIGURES = (
    "slots_assigned",
    "slots_unassigned",
    "visits_done",
    "visits_unassigned",
    "headcount_minimum",
    "headcount_target",
    "visits_on_time",
    "task_minutes",
    "travel_minutes",
    "travel_metres",
    "overtime_minutes",
)
"""Of the table ``roster`` of `scheduler.checker.figures`, those that are one number or share."""


@dataclass(frozen=True)
class Figure:
    """A figure of both rosters; a share is a fraction from 0 to 1."""

    key: str
    first: float
    second: float
    share: bool

    def name(self, lang: Lang) -> str:
        """What it is called."""
        return figure_in_words(self.key, lang)


@dataclass(frozen=True)
class RuleComparison:
    """What a rule costs in both rosters, in points of its level; 0 where a week does not have it."""

    rule: str
    name: Text
    level: Level
    first: int
    second: int


@dataclass(frozen=True)
class Comparison:
    """Two rosters side by side.

    scores: of both; rules: those that cost something in either, by level; figures: see `FIGURES`
    difference: who would be told what if the second took the place of the first
    """

    scores: tuple[Score, Score]
    rules: tuple[RuleComparison, ...]
    figures: tuple[Figure, ...]
    difference: Difference


def compare(
    instance: Expanded, roster: Roster, other_instance: Expanded, other: Roster
) -> Comparison:
    """Both rosters, each judged by its own week (the same, or a changed copy).

    Raises NotARosterError where a roster is none of its week.
    """
    reports = check(instance, roster), check(other_instance, other)
    return Comparison(
        scores=(reports[0].score, reports[1].score),
        rules=tuple(compare_rules(*reports)),
        figures=tuple(_figures(figures(instance, roster), figures(other_instance, other))),
        difference=difference(other_instance, roster, other),
    )


def compare_rules(first: Report, second: Report) -> list[RuleComparison]:
    """What each rule costs in both reports, if anything; by level, then the dearest first."""
    costs: dict[str, list[Any]] = {}
    for number, report in enumerate((first, second)):
        for priced in report.rules:
            row = costs.setdefault(priced.rule.rule.id, [priced.rule, 0, 0])
            row[number + 1] = sum(priced.score.points)
    levels = list(Level)
    rows = [
        RuleComparison(rule.rule.id, rule.rule.name, rule.level, first, second)
        for rule, first, second in costs.values()
        if first or second
    ]
    return sorted(rows, key=lambda row: (levels.index(row.level), -max(row.first, row.second)))


def _figures(first: dict[str, Any], second: dict[str, Any]) -> list[Figure]:
    of_roster = [
        _figure(f"roster.{key}", first["roster"][key], second["roster"][key]) for key in FIGURES
    ]
    pair = first["coverage"]["after"], second["coverage"]["after"]
    return [*of_roster, _figure("coverage.after", *pair)]


def _figure(key: str, first: Any, second: Any) -> Figure:
    if isinstance(first, dict):
        return Figure(key, first["rate"], second["rate"], True)
    return Figure(key, first, second, False)
