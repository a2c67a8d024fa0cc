"""Prices in words, before points: what happens to the ways, the loads and the faces, and why not."""

from collections.abc import Iterator

from scheduler.checker.sentences import sentence
from scheduler.explain.prices import Refused, TargetPrice
from scheduler.messages import say
from scheduler.messages.names import Names
from scheduler.rules import rules

_WAY = ("travel",)
_LOAD = ("fairness",)
_FACES = ("known_face", "same_person", "preferred_person")
_EMPTY = ("unassigned", "headcount_minimum", "headcount_target", "must_do")
_MOST_OTHERS = 2
"""Other rules that are named, those that cost most."""


def price_in_words(names: Names, priced: TargetPrice, over: int) -> str:
    """What it does, in a few words. over: ticks that the person then works beyond the fair share."""
    lang = names.lang
    parts = list(_parts(names, priced, over))
    said = {*_WAY, *_LOAD, *_FACES, *_EMPTY}
    others = sorted(
        (
            cost
            for cost in priced.change.by_rule
            if cost.amount > 0 and cost.rule.rule.id not in said
        ),
        key=lambda cost: cost.score.points,
        reverse=True,
    )
    if others:
        listed = names.listed(cost.rule.rule.name.fill(lang) for cost in others[:_MOST_OTHERS])
        parts.append(say("prices.others", lang, rules=listed))
    return say("prices.and", lang).join(parts) or say("prices.nothing", lang)


def _parts(names: Names, priced: TargetPrice, over: int) -> Iterator[str]:
    lang = names.lang
    amounts = {cost.rule.rule.id: cost.amount for cost in priced.change.by_rule}
    if any(amounts.get(rule, 0) < 0 for rule in _EMPTY):
        yield say("prices.filled", lang)
    if priced.way:
        key = "prices.more_way" if priced.way > 0 else "prices.less_way"
        yield say(key, lang, ticks=names.duration(abs(priced.way)))
    if over > 0:
        yield say("prices.over", lang, ticks=names.duration(over))
    faces = sum(amounts.get(rule, 0) for rule in _FACES)
    if faces:
        yield say("prices.new_face" if faces > 0 else "prices.known_face", lang)


def refusal_in_words(names: Names, refused: Refused) -> str:
    """The one reason why not."""
    if refused.finding is not None:
        return sentence(names, refused.finding.rule, refused.finding.violation)
    rule = rules()[refused.rule].name.fill(names.lang) if refused.rule else ""
    return say(f"prices.why_not.{refused.reason}", names.lang, rule=rule)
