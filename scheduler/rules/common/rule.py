"""What a rule is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.messages.filling import fill
from scheduler.model import Assignment, Instance, Level, Past, Person, Score
from scheduler.model.tasks import tasks
from scheduler.rules.common.concerns import Concerns
from scheduler.rules.common.exempt import (
    BY_THEMSELVES,
    PHYSICAL,
    SCOPES,
    judging_but_exceptions,
    lowering_but_exceptions,
)

Scope = Literal["person", "task", "place", "household", "case", "gap", "bundle", "tie", "roster"]
Unit = Literal[
    "minute", "slot", "task", "visit", "day", "weekend", "break", "pair", "person", "level", "pin",
    "bundle", "leg", "point",
]  # fmt: skip
"""What an amount of 1 is. A further unit needs its words: ``cli.unit`` and ``report.unit``.

"minute" alone changes more than words: the amount is in ticks, is shown as a time, and fills the
slot ``ticks`` of a remedy; any other fills ``count``. "point" is for rules whose data have points.
"""


@dataclass(frozen=True)
class Text:
    """The same words in both languages, with equal slots in braces."""

    zh: str
    en: str

    def fill(self, lang: str, **slots: object) -> str:
        """The sentence in one language (``zh`` or ``en``)."""
        return fill(self.zh if lang == "zh" else self.en, lang, **slots)


@dataclass(frozen=True)
class Violation:
    """One breach: by how much, in the rule's unit, and what the sentence names.

    `slots` fill the rule's text; `scheduler.checker.sentences` puts them into words by their names:

    - ids, said as names: ``person``, ``other``; ``task``, ``first``, ``second``; ``place``, ``here``, ``there``;
      ``household``; ``case``; ``area``
    - kinds of work: ``kind``, ``before``, ``after``
    - ``day``: a day index
    - moments in ticks from the horizon's start: ``moment``, ``start``, ``end``, ``from``, ``to``,
      ``due``; said without their date on the sentence's own ``day``
    - durations in ticks: ``ticks``, ``work``, ``rest``, ``wait``, ``late``, ``short``, ``over``,
      ``outside``, ``off``; and their bounds ``least``, ``most``, ``bound``, ``share``
    - plain numbers: ``count``, ``missing``, and their bound ``limit``
    - ``skill``: the id of a skill
    - ``wish``: index of one of ``person``'s wishes
    """

    amount: int
    slots: dict[str, str | int] = field(default_factory=dict)


SOFTEN = Text(
    zh="在本周停用或放宽“{rule}”（{subject}）",
    en="switch off or soften “{rule}” for this week ({subject})",
)
Relaxing = Callable[[Instance, Person, int, Sequence[Assignment]], Person]
"""(instance, person, amount of the breach, work that would break the rule) → the person with more room."""


@dataclass(frozen=True)
class Limit:
    """A limit of a person that a rule reads: a field of `scheduler.model.Limits`.

    gives: which way it gives way to a breach: 1, the breach's amount is added to it; -1, taken off
        it; 0, relaxing it is no remedy
    used: how much of it a person's past has used; where that is more than all, it gives way from there
    """

    name: str
    gives: Literal[-1, 0, 1] = 0
    used: Callable[[Past], int] = lambda _: 0

    def relaxed(
        self, instance: Instance, person: Person, amount: int, _work: Sequence[Assignment]
    ) -> Person:
        """The person with a limit of their own that allows this breach; see `Relaxing`."""
        limits = person.limits
        inherited = limits if self.name in limits.model_fields_set else instance.limits(person.id)
        now = max(getattr(inherited, self.name) or 0, self.used(instance.past(person.id)))
        value = max(0, now + self.gives * amount)
        return person.model_copy(update={"limits": limits.model_copy(update={self.name: value})})


def _nothing(facts: Facts, key: str) -> Iterator[Violation]:
    return iter(())


def _no_lowering(into: Into) -> None:
    return None


@dataclass(frozen=True)
class Rule:
    """A rule before settings: what it is called, how it counts, and its two meanings.

    text: a breach in a sentence; its slots are those of `Violation`
    limits: those of a person that it reads; the first is shown with the rule where one gives way
    shown: limits whose sum is shown with the rule instead
    relax: what would have to give way where the rule clashes with others; its slots are ``rule``,
        ``subject`` (whom or what it is about) and ``limit``
    remedy: what relaxing it asks of somebody so that work can be done; its slots are ``person``,
        ``when`` (the work starts), and the amount as ``ticks`` (of a unit "minute") or ``count``
    on: whether it holds unless settings say otherwise
    unit: what an amount of 1 is: "minute" (a tick), "slot", "task", "visit", "day", "weekend",
        "break", "pair", "person", "level", "pin", "bundle", "leg" or "point"; see `Unit`
    scope: the kind of key that `violations` is asked for; see `keys`
    concerns: the keys at which alone it may be broken (see ``common/concerns.py``); None: at every key
    unexempted: the same as `violations` where an instance has no exceptions, and faster
    stage: 0 makes options and presence, 1 everything else, 2 trims what others made (pins)
    fits: whether it is about who may fill a slot of a task, each by themselves: it lowers by `Into.forbid`
        alone, and its violations name the ``person``
    grows: whether more work never makes its amount at a key less
    weighs_as: id of a rule whose level and weight hold for this one as well, whatever its own
        setting says, because a primitive knows one price for both; "": its own
    """

    level: Level
    unit: Unit
    scope: Scope
    name: Text
    text: Text
    limits: tuple[Limit, ...] = ()
    shown: tuple[str, ...] = ()
    relax: Text = SOFTEN
    remedy: Text = Text("", "")
    weight: int = 1
    on: bool = True
    stage: int = 1
    fits: bool = False
    grows: bool = False
    weighs_as: str = ""
    concerns: Concerns | None = None
    id: str = ""
    doc: str = ""
    violations: Callable[[Facts, str], Iterator[Violation]] = _nothing
    unexempted: Callable[[Facts, str], Iterator[Violation]] = _nothing
    lower: Callable[[Into], None] = _no_lowering
    relaxing: Relaxing | None = None

    def bound(
        self,
        name: str,
        violations: Callable[[Facts, str], Iterator[Violation]],
        lower: Callable[[Into], None],
        relaxing: Relaxing | None,
        doc: str,
    ) -> Rule:
        """The rule with its id, definition, lowering and way of relaxing: as given, or by its limit.

        Definition and lowering leave out what an instance has exceptions for.
        Raises ValueError where it gives way without words for the remedy.
        """
        unexempted = violations
        relaxing = relaxing or next((limit.relaxed for limit in self.limits if limit.gives), None)
        if relaxing is not None and not self.remedy.en:
            raise ValueError(f"rules/{name}.py gives way, but has no words for the remedy")
        if relaxing is None and name not in BY_THEMSELVES:
            violations = judging_but_exceptions(name, self.scope, self.fits, violations)
            lower = lowering_but_exceptions(name, self.scope, self.fits, lower)
        return replace(
            self,
            id=name,
            violations=violations,
            unexempted=unexempted,
            lower=lower,
            relaxing=relaxing,
            doc=doc,
        )

    @property
    def may_be_broken(self) -> bool:
        """Whether a coordinator may break it with a reason."""
        return self.scope in SCOPES and self.id not in PHYSICAL

    @property
    def gives_way(self) -> bool:
        """Whether a remedy may ask the rule to give way for one person."""
        return self.relaxing is not None

    def relaxed(
        self, instance: Instance, person: Person, amount: int, work: Sequence[Assignment]
    ) -> Person:
        """The person with so much more room that the work breaks the rule no more; see `Relaxing`.

        Raises ValueError where the rule does not give way.
        """
        if self.relaxing is None:
            raise ValueError(f"{self.id} does not give way")
        return self.relaxing(instance, person, amount, work)

    @property
    def shown_limits(self) -> tuple[str, ...]:
        """The limits whose sum is shown with the rule: fields of `Limits`; () where there is none."""
        first = tuple(limit.name for limit in self.limits[:1])
        return self.shown or (first if any(limit.gives for limit in self.limits) else ())


@dataclass(frozen=True)
class Active:
    """A rule as an instance has it."""

    rule: Rule
    level: Level
    weight: int

    def violations(self, facts: Facts) -> Iterator[tuple[str, Violation]]:
        """(key, violation) for every key of the rule's scope."""
        rule = self.rule
        violations = rule.violations if facts.instance.exceptions else rule.unexempted
        for key in rule.concerns(facts) if rule.concerns else keys(facts, rule.scope):
            for violation in violations(facts, key):
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
            return list(dict.fromkeys(t.bundle for t in tasks(instance) if t.bundle is not None))
        case "tie":
            return list(dict.fromkeys(t.tie for t in tasks(instance) if t.tie is not None))
        case "roster":
            return [""]
