"""The tiny instance of every rule, as its own test has it: ``tests/rules/test_<rule>.py``, ``tiny()``.

In it the rule bites: some roster breaks it and some does not. It has few enough choices that most of
its rosters can be enumerated, and enough of everything else (places, ways, crews) that rules meet.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from scheduler.model import Instance
from scheduler.rules import rules


def tiny(rule: str) -> Instance:
    """A rule's tiny instance. Raises LookupError where its test has none."""
    name = f"tests.rules.test_{rule}"
    build = getattr(import_module(name), "tiny", None) if find_spec(name) else None
    if build is None:
        raise LookupError(
            f"the contract tests need a tiny instance: write def tiny() -> Instance"
            f" in tests/rules/test_{rule}.py, in which some rosters break the rule"
        )
    week: Instance = build()
    return week


TINY: dict[str, Callable[[], Instance]] = {rule: partial(tiny, rule) for rule in rules()}
