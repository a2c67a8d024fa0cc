"""What a rule is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level, Score

Scope = Literal["person", "task", "place", "household", "case", "gap", "bundle", "roster"]


@dataclass(frozen=True)
class Text:
    """The same words in both languages, with equal slots in braces."""

    zh: str
    en: str

    def fill(self, lang: str, **slots: object) -> str:
        """The sentence in one language (``zh`` or ``en``)."""
        return (self.zh if lang == "zh" else self.en).format(**slots)


@dataclass(frozen=True)
class Violation:
    """One breach: by how much, in the rule's unit, and what the sentence names.

    `slots` fill the rule's text; `scheduler.checker.sentences` puts them into words by their names:

    - ids, told as names: ``person``, ``other``; ``task``, ``first``, ``second``; ``place``;
      ``household``; ``case``; ``area``
    - kinds of work: ``kind``, ``before``, ``after``
    - ``day``: a day index
    - moments in ticks from the horizon's start: ``moment``, ``start``, ``end``, ``from``, ``to``,
      ``due``; told without their date on the sentence's own ``day``
    - durations in ticks: ``ticks``, ``work``, ``rest``, ``wait``, ``late``, ``short``, ``over``,
      ``outside``, ``off``; and their bounds ``least``, ``most``, ``bound``, ``share``
    - plain numbers: ``count``, ``missing``, and their bound ``limit``
    - ``wish``: index of one of ``person``'s wishes
    """

    amount: int
    slots: dict[str, str | int] = field(default_factory=dict)


def _nothing(facts: Facts, key: str) -> Iterator[Violation]:
    return iter(())


def _no_lowering(into: Into) -> None:
    return None


@dataclass(frozen=True)
class Rule:
    """A rule before settings: what it is called, how it counts, and its two meanings.

    on: whether it holds unless settings say otherwise
    unit: what an amount of 1 is: "minute" (a tick), "slot", "day", "person", "point", "visit" …
    scope: the kind of key that `violations` is asked for; see `keys`
    stage: 0 makes options and presence, 1 everything else, 2 trims what others made (pins)
    weighs_as: id of a rule whose level and weight hold for this one as well, whatever its own
        setting says, because a primitive knows one price for both; "": its own
    """

    level: Level
    unit: str
    scope: Scope
    name: Text
    text: Text
    weight: int = 1
    on: bool = True
    stage: int = 1
    weighs_as: str = ""
    id: str = ""
    doc: str = ""
    violations: Callable[[Facts, str], Iterator[Violation]] = _nothing
    lower: Callable[[Into], None] = _no_lowering

    def bound(
        self,
        name: str,
        violations: Callable[[Facts, str], Iterator[Violation]],
        lower: Callable[[Into], None],
        doc: str,
    ) -> Rule:
        """The rule with its id, its definition and its lowering."""
        return replace(self, id=name, violations=violations, lower=lower, doc=doc)


@dataclass(frozen=True)
class Active:
    """A rule as an instance has it."""

    rule: Rule
    level: Level
    weight: int

    def violations(self, facts: Facts) -> Iterator[tuple[str, Violation]]:
        """(key, violation) for every key of the rule's scope."""
        for key in keys(facts, self.rule.scope):
            for violation in self.rule.violations(facts, key):
                yield key, violation

    def score(self, amount: int) -> Score:
        """What an amount costs."""
        return Score.at(self.level, amount * self.weight)

    def lower(self, into: Into) -> None:
        """Write the rule's meaning into the primitives."""
        self.rule.lower(into)


def keys(facts: Facts, scope: Scope) -> list[str]:
    """The keys of a scope: ids in the order of the instance; the roster as a whole has the key ""."""
    instance = facts.instance
    match scope:
        case "person":
            return [person.id for person in instance.people]
        case "task":
            return list(facts.by_task)
        case "place":
            return [place.id for place in instance.places]
        case "household":
            return [household.id for household in instance.households]
        case "case":
            return [case.id for case in instance.cases]
        case "gap":
            return [str(number) for number in range(len(instance.gaps))]
        case "bundle":
            return list(dict.fromkeys(v.bundle for v in instance.visits if v.bundle is not None))
        case "roster":
            return [""]
