"""A breach in words: ids become names; ticks become days, times of day and durations. Names of figures.

What a slot of a violation holds follows from its name: see `Violation` in scheduler/rules/common/rule.py and `KINDS`.
"""

from scheduler.messages import Lang, has, say
from scheduler.messages.names import Names
from scheduler.rules import Active, Violation

_NAMES = {
    "person": ("person", "other"),
    "task": ("task", "first", "second"),
    "place": ("place", "here", "there"),
    "household": ("household",),
    "case": ("case",),
    "area": ("area",),
    "kind": ("kind", "before", "after"),
    "day": ("day",),
    "moment": ("moment", "start", "end", "from", "to", "due"),
    "duration": (
        *("ticks", "work", "rest", "wait", "late", "short", "over", "outside", "off"),
        *("least", "most", "bound", "share"),
    ),
    "skill": ("skill",),
    "wish": ("wish",),
    "number": ("count", "limit", "missing"),
}
KINDS = {name: kind for kind, names in _NAMES.items() for name in names}
"""Slot name → what its value is. A rule's text has no other slots (tested)."""


def sentence(names: Names, active_rule: Active, violation: Violation) -> str:
    """The rule's text about one violation. Ids that are not in the instance are shown as they are."""
    words = {name: _word(names, name, violation) for name in violation.slots}
    return active_rule.rule.text.fill(names.lang, **words)


def _word(names: Names, name: str, violation: Violation) -> str | int:
    value = violation.slots[name]
    kind = KINDS[name]
    if isinstance(value, str):
        return str(getattr(names, kind)(value))
    match kind:
        case "moment":
            return names.moment(value, violation.slots.get("day"))
        case "day" | "duration":
            return str(getattr(names, kind)(value))
        case "wish":
            wishes = names.instance.person_by_id[str(violation.slots["person"])].wishes
            return names.wish(wishes[value])
        case _:
            return value


def figure_in_words(key: str, lang: Lang) -> str:
    """What a figure of `scheduler.checker.figures` is called, such as ``roster.visits_done``; "": none of its own."""
    message = f"figures.{key}"
    return say(message, lang) if has(message) else ""
