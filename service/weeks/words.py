"""Words about what changed: who must be told, which rules are broken, what it costs. Of masked weeks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from scheduler.checker import Finding
from scheduler.checker.sentences import sentence
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import Assignment, Instance, Problem
from scheduler.weeks.compare import RuleComparison
from scheduler.weeks.replan import Difference, difference
from scheduler.weeks.replan.words import Announcer
from service.access.mask import CallerView, WeekMask
from service.answers.recent import Recent
from service.weeks.attempts import Attempt
from service.weeks.priced import priced
from service.weeks.state import WeekState
from service.wire import Both, faults
from service.wire.replans import BrokenRule, DifferenceOut, News, PersonNews, RulePair
from service.wire.weeks.commands import EffectOut

_MOST_SAID = 20
"""Sentences about what is better or worse."""
_masks: Recent[WeekMask] = Recent(8)


def mask_of(view: CallerView, state: WeekState) -> WeekMask:
    """The mask of a kept state; what this process masked lately is not masked again.

    Only for who is for some areas it depends on the roster: they see who works there.
    """
    seen = state.key if view.areas is not None else state.instance_key
    return _masks.get((seen, view.key), lambda: view.mask(state.instance, roster=state.roster))


def effect_out(view: CallerView, made: Attempt) -> EffectOut:
    """What an attempt does, in words, with the points beneath."""
    before, after = made.before, made.after
    if after.instance is before.instance and view.areas is None:
        mask = mask_of(view, before)
    else:
        mask = view.mask(after.instance, before.instance, roster=after.roster)
    week, old = mask.week, mask.other(before.instance)
    change = difference(
        week,
        mask.read(before.roster),
        mask.read(after.roster),
        tuple(map(mask.read, made.fallen)),
    )
    ids = {id: neutral for kind in mask.neutral.ids.values() for id, neutral in kind.items()}

    def said(findings: Sequence[Finding], week: Instance) -> list[BrokenRule]:
        shown = [neutral_finding(finding, ids) for finding in findings[:_MOST_SAID]]
        return broken_rules(shown, mask, week)

    return EffectOut(
        difference=difference_out(change, mask, week, old, made.notices),
        broken=said(made.broken, week),
        refused=faults(_refused(made, mask, ids)),
        worse=said(made.worse, week),
        better=said(made.better, old),
        fallen=sorted({ids.get(part.task, part.task) for part in made.fallen}),
        before=priced(before).report.score,
        after=made.price.report.score,
        rules=rule_pairs(made.rules),
    )


def neutral_finding(finding: Finding, ids: Mapping[str, str]) -> Finding:
    """A finding about a true week as about its neutral one."""
    if not ids:
        return finding
    said = finding.violation.slots
    slots = {
        name: ids.get(value, value) if isinstance(value, str) else value
        for name, value in said.items()
    }
    violation = replace(finding.violation, slots=slots)
    return replace(finding, key=ids.get(finding.key, finding.key), violation=violation)


def findings_out(mask: WeekMask, findings: Sequence[Finding]) -> list[BrokenRule]:
    """Findings about a true week in words about its neutral one."""
    ids = {id: neutral for kind in mask.neutral.ids.values() for id, neutral in kind.items()}
    return broken_rules([neutral_finding(finding, ids) for finding in findings], mask, mask.week)


def _refused(made: Attempt, mask: WeekMask, ids: Mapping[str, str]) -> list[Problem]:
    """The refusals, with breaches said of the neutral week."""
    if not ids:
        return list(made.refused)
    true, told = Names(made.after.instance, "zh"), dict[str, Both]()
    for finding in made.broken:
        shown = neutral_finding(finding, ids)
        told[sentence(true, finding.rule, finding.violation)] = mask.said(
            sentence, shown.rule, shown.violation
        )

    def hidden(problem: Problem) -> Problem:
        words = told.get(problem.slots.get("breach.zh", ""))
        if words is None:
            return problem
        slots = {**problem.slots, "breach.zh": words.zh, "breach.en": words.en}
        return problem.model_copy(update={"slots": slots})

    return list(map(hidden, made.refused))


def broken_rules(findings: Sequence[Finding], mask: WeekMask, week: Instance) -> list[BrokenRule]:
    """Breaches of rules in words. findings, week: neutral."""
    return [
        BrokenRule(
            rule=finding.rule.rule.id,
            name=Both.text(finding.rule.rule.name),
            text=mask.said(sentence, finding.rule, finding.violation, week=week),
        )
        for finding in findings
    ]


def difference_out(
    change: Difference,
    mask: WeekMask,
    instance: Instance,
    before: Instance,
    notices: Sequence[Problem] = (),
) -> DifferenceOut:
    """Who must be told what, in words. instance, before: neutral weeks after and before."""
    announcers = {
        lang: Announcer(
            mask.names(lang, instance, before),
            mask.hidden_tasks,
            mask.blurred(lang, instance, before),
        )
        for lang in LANGS
    }
    announced = {lang: announcers[lang].announcements(change) for lang in LANGS}

    def dumped(assignment: Assignment | None) -> dict[str, Any] | None:
        return None if assignment is None else mask.assignment(assignment)

    def told(person: int, item: int) -> Both:
        return Both.of(lambda lang: announced[lang][person].sentences[item])

    return DifferenceOut(
        summary=Both.of(lambda lang: announcers[lang].head(change)),
        moved=len(change.moved),
        forced=len(change.forced),
        people=[
            PersonNews(
                person=person,
                name=announced["zh"][number].name,
                news=[
                    News(
                        kind=item.news,
                        task=item.task,
                        before=dumped(item.before),
                        after=dumped(item.after),
                        forced=item.forced,
                        text=told(number, at),
                    )
                    for at, item in enumerate(items)
                ],
            )
            for number, (person, items) in enumerate(change.by_person.items())
        ],
        started=list(change.started),
        stopped=list(change.stopped),
        shifted=list(change.shifted),
        notices=faults(list(notices)),
    )


def rule_pairs(rules: Sequence[RuleComparison]) -> list[RulePair]:
    """What rules cost on both sides, in points."""
    return [
        RulePair(
            rule=rule.rule,
            name=Both.text(rule.name),
            level=rule.level,
            first=rule.first,
            second=rule.second,
        )
        for rule in rules
    ]
