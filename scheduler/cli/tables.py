"""What the commands print: problems, rules with their costs, breaches, unassigned work, what is due."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from scheduler.checker import Finding, Report, RuleCost
from scheduler.checker.sentences import sentence
from scheduler.cli.talk import Talk, printable
from scheduler.due import Coverage, DueVisit, Share
from scheduler.due import words as due_words
from scheduler.messages.names import Names
from scheduler.messages.numbers import number_in_words, percent_in_words
from scheduler.messages.problems import explain
from scheduler.model import Instance, Level, Problem, Roster, Score
from scheduler.model.tasks import Rank, slots, tasks

if TYPE_CHECKING:
    from scheduler.weeks.compare import Comparison, RuleComparison

MOST_OF_ID = 40
"""Cells of a column of ids; a longer id goes on in the next line."""
_DAYS = 15
"""Cells of a column of days, two of which stand below each other."""
MOST_PROBLEMS = 50
MOST_COSTLY = 8
MOST_UNDONE = 12
MOST_FINDINGS = 10
_COLOURS = {Level.HARD: "red", Level.MEDIUM: "yellow", Level.SOFT: ""}
_LEVELS = list(Level)


class PlainTable(Table):
    """A table whose columns of ids are as wide as their longest id: the others give way."""

    def __init__(self, *heads: str, right: Sequence[int] = (), ids: Sequence[int] = ()):
        super().__init__(box=box.SIMPLE_HEAD, pad_edge=False)
        self._ids = ids
        for number, head in enumerate(heads):
            if number in right:
                self.add_column(head, justify="right", no_wrap=True)
            else:
                self.add_column(head, overflow="fold")

    def add_row(self, *cells: RenderableType | None, **how: Any) -> None:
        """As Rich does."""
        super().add_row(*cells, **how)
        for number in self._ids:
            column, needed = self.columns[number], cell_len(str(cells[number]))
            column.width = max(
                column.width or cell_len(str(column.header)), min(needed, MOST_OF_ID)
            )


def problem_list(
    talk: Talk, problems: Sequence[Problem], source: str, most: int = MOST_PROBLEMS
) -> RenderableType:
    """Place, value, cause and remedy of each problem, up to `most`; what is said twice, once.

    Problems of one place that are mended alike have one remedy below them.

    source: the file that they are in; "" for the command line.
    """
    told = list(
        dict.fromkeys((each.pointer, each.value, *explain(each, talk.lang)) for each in problems)
    )
    warnings = all(problem.severity == "warning" for problem in problems)
    title = talk.word(
        "problems.warnings" if warnings else "problems.title",
        count=len(told),
        source=printable(source) or talk.word("problems.command_line"),
    )
    lines: list[RenderableType] = [Text(title, style="bold")]
    colour = "yellow" if warnings else "red"
    for (pointer, remedy), group in groupby(told[:most], key=lambda each: (each[0], each[3])):
        for number, (_, value, cause, _) in enumerate(group):
            if pointer and not number:
                line = Text.assemble("  ", (printable(pointer), colour))
                if value:
                    line.append(talk.word("problems.value", value=printable(value)))
                lines.append(line)
            lines.append(Text(f"    {printable(cause)}"))
        lines.append(Text(f"    → {printable(remedy)}", style="green"))
    return Group(*lines, *_rest(talk, len(told) - most))


def score_line(talk: Talk, score: Score) -> Text:
    """The score by level, hard first, and that it is in points."""
    return Text.assemble(
        talk.word("score.head"), score_levels(talk, score), talk.word("score.unit")
    )


def score_levels(talk: Talk, score: Score) -> Text:
    """The points of each level, hard first."""
    parts = []
    for level in _LEVELS:
        points = getattr(score, level.value)
        style = (_COLOURS[level] if points else "green") + " bold"
        number = (number_in_words(points), style.strip())
        parts.append(Text.assemble(talk.word(f"level.{level.value}"), " ", number))
    return Text(" · ").join(parts)


def rule_table(talk: Talk, instance: Instance, costs: Sequence[RuleCost]) -> Table:
    """Every rule with its level, weight, amount and cost; hard first, then by cost."""
    heads = [talk.word(f"rules.{head}") for head in ("rule", "level", "weight", "amount", "cost")]
    table = PlainTable(*heads, right=(2, 3, 4))
    for cost in sorted(costs, key=_costliest):
        level = cost.rule.level
        style = _COLOURS[level] if cost.amount else "dim"
        table.add_row(
            cost.rule.rule.name.fill(talk.lang),
            talk.word(f"level.{level.value}"),
            number_in_words(cost.rule.weight),
            _amount(talk, instance, cost),
            number_in_words(sum(cost.score.points)),
            style=style,
        )
    return table


def _amount(talk: Talk, instance: Instance, cost: RuleCost) -> str:
    """An amount with its unit; ticks as minutes."""
    ticks = instance.horizon.ticks_per_minute if cost.rule.rule.unit == "minute" else 1
    if not cost.amount:
        return "0"
    return talk.word(f"unit.{cost.rule.rule.unit}", count=cost.amount / ticks)


def _costliest(cost: RuleCost) -> tuple[int, int, str]:
    return _LEVELS.index(cost.rule.level), -sum(cost.score.points), cost.rule.rule.id


def summary(talk: Talk, instance: Instance, roster: Roster, report: Report) -> RenderableType:
    """A solve in a screen: score, the rules that cost most, what stays undone."""
    costly = [cost for cost in sorted(report.rules, key=_costliest) if sum(cost.score.points)]
    parts: list[RenderableType] = [score_line(talk, report.score)]
    if costly:
        shown = rule_table(talk, instance, costly[:MOST_COSTLY])
        parts.append(Text(talk.word("summary.costly"), style="bold"))
        parts += [shown, *_rest(talk, len(costly) - MOST_COSTLY)]
    parts.append(undone_table(talk, instance, roster))
    return Group(*parts)


def comparison(talk: Talk, rosters: "Comparison") -> RenderableType:
    """Scores, figures and rules of two rosters side by side."""
    head = [talk.word(f"compare.{column}") for column in ("what", "first", "second", "change")]
    figures = PlainTable(*head, right=(1, 2, 3))
    for figure in rosters.figures:
        shown = percent_in_words if figure.share else number_in_words
        cells = (shown(value) for value in (figure.first, figure.second))
        change = shown(figure.second - figure.first, signed=True)
        figures.add_row(figure.name(talk.lang), *cells, change)
    rules = rule_changes(talk, rosters.rules, head[1], head[2])
    scores = [
        Text.assemble(talk.word(f"compare.{name}"), "  ", score_line(talk, score))
        for name, score in zip(("first", "second"), rosters.scores, strict=True)
    ]
    return Group(*scores, figures, rules)


def rule_changes(
    talk: Talk, rules: "Sequence[RuleComparison]", first: str, second: str
) -> PlainTable:
    """What each rule costs in two rosters, which the heads `first` and `second` name."""
    heads = [talk.word("compare.rule"), talk.word("rules.level"), first, second]
    table = PlainTable(*heads, talk.word("compare.change"), right=(2, 3, 4))
    for rule in rules:
        level = talk.word(f"level.{rule.level.value}")
        points = (number_in_words(value) for value in (rule.first, rule.second))
        change = number_in_words(rule.second - rule.first, signed=True)
        name = rule.name.fill(talk.lang)
        table.add_row(name, level, *points, change, style=_COLOURS[rule.level])
    return table


def undone_table(talk: Talk, instance: Instance, roster: Roster) -> RenderableType:
    """Visits and shifts short of people, the most urgent first; targets are only counted."""
    filled = {(assignment.task, assignment.slot) for assignment in roster.assignments}
    ranks = {
        task.id: [
            slot.rank
            for number, slot in enumerate(slots(task))
            if (task.id, number) not in filled and slot.rank is not Rank.EXTRA
        ]
        for task in tasks(instance)
    }
    missed = {
        task.id: sum(rank is not Rank.TARGET for rank in ranks[task.id]) for task in tasks(instance)
    }
    if not ranks:
        return Group()  # that a week is empty is told where it is read
    everything = sum(map(len, ranks.values()))
    if not everything:
        return Text(talk.word("summary.all_done"), style="green")
    undone = sorted(
        (task for task in tasks(instance) if missed[task.id]), key=lambda task: -task.priority
    )
    counts = Counter[int]()
    for task in undone:
        counts[task.priority] += missed[task.id]
    title = _undone_title(talk, everything, counts)
    if not undone:
        return Text(title, style="bold")
    heads = [talk.word(f"summary.{head}") for head in ("task", "priority", "empty")]
    table = PlainTable(*heads, right=(1, 2))
    names = Names(instance, talk.lang)
    for task in undone[:MOST_UNDONE]:
        table.add_row(named_task(names, task.id), str(task.priority), str(missed[task.id]))
    return Group(Text(title, style="bold"), table, *_rest(talk, len(undone) - MOST_UNDONE))


def _undone_title(talk: Talk, everything: int, missed: Counter[int]) -> str:
    """How many slots are empty; of those of visits and minimum headcounts, how many by priority."""
    parts = [
        talk.word("summary.of_priority", priority=priority, count=missed[priority])
        for priority in sorted(missed, reverse=True)
    ]
    listed = talk.word("comma").join(parts)
    title = talk.word(
        "summary.unassigned",
        count=everything,
        missed=missed.total(),
        priorities=talk.word("summary.by_priority", parts=listed) if parts else "",
    )
    wished = everything - missed.total()
    return title + talk.word("summary.wished", count=wished) if wished else title


def named_task(names: Names, task: str) -> str:
    """Name and id of a visit or shift."""
    name = names.task(task)
    return printable(task if name == task else f"{name} ({task})")


def finding_list(
    talk: Talk, instance: Instance, findings: Sequence[Finding], everything: bool
) -> RenderableType:
    """Every breach as a sentence, by rule; hard rules first, ten of each rule unless all are asked."""
    order = sorted(
        findings, key=lambda finding: (_LEVELS.index(finding.rule.level), finding.rule.rule.id)
    )
    parts: list[RenderableType] = []
    names = Names(instance, talk.lang)
    for rule, group in groupby(order, key=lambda finding: finding.rule):
        breaches = sorted(group, key=lambda finding: -sum(finding.score.points))
        shown = breaches if everything else breaches[:MOST_FINDINGS]
        head = talk.word(
            "findings.of_rule",
            level=talk.word(f"level.{rule.level.value}"),
            rule=rule.rule.name.fill(talk.lang),
            count=len(breaches),
        )
        parts.append(Text(head, style=f"bold {_COLOURS[rule.level]}".strip()))
        for finding in shown:
            words = printable(sentence(names, finding.rule, finding.violation))
            line = talk.word("findings.line", sentence=words, points=sum(finding.score.points))
            parts.append(Text(f"  {line}"))
        if len(shown) < len(breaches):
            parts.append(
                Text(f"  {talk.word('more', count=len(breaches) - len(shown))}", style="dim")
            )
    return Group(*parts)


def due_list(talk: Talk, instance: Instance, dues: Sequence[DueVisit]) -> RenderableType:
    """What falls due, in the order of its latest day: when, what and for whom, and its id."""
    table = PlainTable(*(talk.word(f"due.{head}") for head in ("when", "what", "id")), ids=(2,))
    table.columns[0].width = _DAYS
    names = Names(instance, talk.lang)
    for due in sorted(dues, key=lambda due: (-due.overdue, due.latest, due.visit)):
        source = names.duty(due.source) if due.of == "duty" else names.case(due.source)
        household = names.household(due.household) if due.household else ""
        why = [due_words.why(due, talk.lang), due_words.overdue(due, talk.lang)]
        days = dict.fromkeys(names.day(day) for day in (due.earliest, due.latest))
        table.add_row(
            talk.word("due.to").join(days),
            printable(talk.word("comma").join(filter(None, [source, household, *why]))),
            printable(due.visit),
            style="red" if due.overdue else "",
        )
    return table


def coverage_line(talk: Talk, coverage: Coverage, with_roster: bool) -> str:
    """The share of standing duties kept now, and after the roster."""

    def slots(share: Share) -> dict[str, float]:
        return {"rate": share.rate, "count": share.count, "of": share.of}

    line = talk.word("due.coverage_now", **slots(coverage.now))
    if with_roster:
        line += talk.word("due.coverage_after", **slots(coverage.after))
    return line


def _rest(talk: Talk, rest: int) -> list[Text]:
    """That there are so many more, where there are."""
    return [Text(talk.word("more", count=rest), style="dim")] if rest > 0 else []
