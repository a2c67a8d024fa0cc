"""The rules, one a file, discovered: a module of this package is a rule, `lower` and `common` apart.

A rule file holds, in reading order: a docstring (the rule in a sentence, its unit, its source);
``RULE``; ``violations(facts, key)``; ``lower(into)``; and ``relaxed(instance, person, amount, work)``
where it gives way otherwise than by a limit. See docs/adding_a_rule.md.
"""

import pkgutil
from functools import cache
from importlib import import_module

from scheduler.model import Instance
from scheduler.rules.common.rule import Active, Limit, Rule, Text, Violation, keys

__all__ = ["Active", "Limit", "Rule", "Text", "Violation", "active", "is_on", "keys", "rules"]

NO_RULES = ("common", "lower")
"""Modules here that are no rules: what rules share, and what lowers them all."""


@cache
def rules() -> dict[str, Rule]:
    """Every rule by id (its file name), in order of name. Raises ValueError for an incomplete file."""
    registry = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name not in NO_RULES:
            registry[module.name] = _rule(module.name)
    return registry


def _rule(name: str) -> Rule:
    module = import_module(f"{__name__}.{name}")
    for part in ("RULE", "violations", "lower"):
        if not hasattr(module, part):
            raise ValueError(f"rules/{name}.py lacks {part}")
    rule: Rule = module.RULE
    relaxed = getattr(module, "relaxed", None)
    return rule.bound(name, module.violations, module.lower, relaxed, module.__doc__ or "")


def is_on(instance: Instance, rule: str) -> bool:
    """Whether a rule holds for an instance: as its settings say, else as the rule says."""
    setting = instance.settings.rules.get(rule)
    return rules()[rule].on if setting is None else setting.on


def active(instance: Instance) -> list[Active]:
    """The rules that are on for an instance, each with its level and weight there.

    Ordered by stage (what makes the arrays before what trims them), then by name.
    """
    return list(instance.derived(_actives, _SETTINGS))


_SETTINGS = frozenset({"settings"})


def _actives(instance: Instance) -> tuple[Active, ...]:
    return tuple(_active(instance, rule) for rule in _by_stage() if is_on(instance, rule.id))


@cache
def _by_stage() -> tuple[Rule, ...]:
    return tuple(sorted(rules().values(), key=lambda rule: (rule.stage, rule.id)))


def _active(instance: Instance, rule: Rule) -> Active:
    weighed = rules()[rule.weighs_as or rule.id]
    setting = instance.settings.rules.get(weighed.id)
    level = setting.level if setting and setting.level is not None else weighed.level
    weight = setting.weight if setting and setting.weight is not None else weighed.weight
    return Active(rule, level, weight)
