"""The rules of a week in words, what each cost it, and how each counts: to try, or to keep."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from fastapi import Request
from fastapi.responses import HTMLResponse

from scheduler.checker import Finding
from scheduler.messages import Lang, say
from scheduler.model import Instance, Level
from scheduler.rules import Rule, rules
from service.access import rules as rights
from service.access.mask import Viewing, WeekMask
from service.pages.drawing import page
from service.pages.weeks import week_of
from service.problems import language
from service.routes.common import Use
from service.routes.rooms import Room
from service.weeks.opening import opened
from service.weeks.priced import priced
from service.weeks.words import findings_out, mask_of

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

_MOST_SAID = 3
"""Sentences about what a rule costs."""


@dataclass(frozen=True)
class RuleLine:
    """A rule as it counts in a week. as_it_is: in words, before the settings; said: what it cost, some of it.

    breaches: how many; points: of its level. follows: name of the rule whose level and weight hold for it.
    """

    id: str
    name: str
    as_it_is: str
    on: bool
    level: Level
    weight: int
    changed: bool
    breaches: int
    points: int
    said: Sequence[str]
    follows: str


@router.get("/w/{week}/rules")
def get_rules_page(week: str, request: Request, parts: Use, view: Viewing) -> HTMLResponse:
    """The rules of a week, those that cost most first."""
    lang = language(request)
    found = opened(parts.store, parts.caller, week)
    state = found.state
    mask = mask_of(view, state)
    report = priced(state).report
    breaches = Counter(finding.rule.rule.id for finding in report.findings)
    said = _said(mask, report.findings, lang)
    points = {
        cost.rule.rule.id: cost.score.hard + cost.score.medium + cost.score.soft
        for cost in report.rules
    }
    lines = [
        _line(rule, mask.week, breaches[id], points.get(id, 0), said.get(id, ()), lang)
        for id, rule in rules().items()
    ]
    order = {level: number for number, level in enumerate(Level)}
    lines.sort(key=lambda one: (not one.on, not one.breaches, order[one.level], -one.points))
    edits = rights.may("post_command", parts.caller)
    return page(
        request,
        "rules.html",
        week=week_of(request, week),
        words=("rules.script",),
        data={"revision": found.number},
        lines=lines,
        levels={one.value: say(f"pages.rules.levels.{one.value}", lang) for one in Level},
        edits=edits,
    )


def _said(mask: WeekMask, findings: Iterable[Finding], lang: Lang) -> dict[str, list[str]]:
    """Some of what each rule cost, by the rule's id. The mask is asked once: it goes through all ids of a week."""
    some: dict[str, list[Finding]] = {}
    for finding in findings:
        of = some.setdefault(finding.rule.rule.id, [])
        if len(of) < _MOST_SAID:
            of.append(finding)
    words = iter(findings_out(mask, list(chain.from_iterable(some.values()))))
    return {
        id: [str(getattr(one.text, lang)) for one in islice(words, len(of))]
        for id, of in some.items()
    }


def _line(
    rule: Rule, week: Instance, breaches: int, points: int, said: Sequence[str], lang: Lang
) -> RuleLine:
    settings = week.settings.rules
    weighed = rules()[rule.weighs_as or rule.id]
    own, setting = settings.get(rule.id), settings.get(weighed.id)
    level = say(f"workbook.choice.level.{rule.level.value}", lang)
    word = f"workbook.word.default_{'on' if rule.on else 'off'}"
    return RuleLine(
        rule.id,
        getattr(rule.name, lang),
        say(word, lang, level=level, weight=rule.weight),
        rule.on if own is None else own.on,
        setting.level if setting and setting.level is not None else weighed.level,
        setting.weight if setting and setting.weight is not None else weighed.weight,
        own is not None,
        breaches,
        points,
        said,
        getattr(weighed.name, lang) if rule.weighs_as else "",
    )
