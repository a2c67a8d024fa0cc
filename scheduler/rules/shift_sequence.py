"""Some kinds of work may not be done the day after some others, such as an early shift after a night.

Unit: forbidden pairs, for each day and each pair of kinds in ``settings.forbidden_sequences``;
history's ``last_kinds`` are the kinds of the day before the horizon. Work to which there is an exception
counts for nothing.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level
from scheduler.model.workdays import EVE
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="pair",
    scope="person",
    name=Text(zh="班种衔接", en="Forbidden sequence"),
    text=Text(
        zh="{person} 前一天做过“{before}”，{day} 不能接着做“{after}”",
        en="{person} may not work “{after}” on {day}, the day after “{before}”",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    pairs = dict.fromkeys(facts.instance.settings.forbidden_sequences)
    if not pairs:
        return
    exempt = _exempt(facts.instance)
    kinds = {
        day: {stop.task.kind for stop in stops if stop.task.id not in exempt}
        for day, stops in facts.by_day[key].items()
    }
    kinds[EVE] = kinds.get(EVE, set()) | set(facts.instance.past(key).last_kinds)
    for day in range(facts.horizon.days):
        for before, after in pairs:
            if before in kinds.get(day - 1, ()) and after in kinds.get(day, ()):
                yield Violation(1, {"person": key, "day": day, "before": before, "after": after})


def _exempt(instance: Instance) -> set[str]:
    return {exemption.task for exemption in instance.exceptions_of("shift_sequence")}


def lower(into: Into) -> None:
    pairs = dict.fromkeys(into.instance.settings.forbidden_sequences)
    slots: dict[str, list[int]] = {kind: [] for pair in pairs for kind in pair}
    exempt = _exempt(into.instance)
    for slot, task, _ in into.slots():
        if task.kind in slots and task.id not in exempt:
            slots[task.kind].append(slot)
    index = {kind: into.follow.kind(kind, kind_slots) for kind, kind_slots in slots.items()}
    for before, after in pairs:
        into.follow.ban(index[before], index[after], into.points())
    for person, record in into.people():
        for kind in dict.fromkeys(into.instance.past(record.id).last_kinds):
            if kind in index:
                into.follow.past_kind(person, index[kind])
