"""After a run of a kind of work, such as nights, comes a long rest before any other work.

Unit: ticks that the rest lacks of the kind's ticks in ``rest_after_run``, from the last end on the run's
last day to the first start of the next work, whatever its kind and however many days later. A run is of
days in a row with any visit or shift of the kind; it asks for the rest from as many days on as
``rest_after_run_from`` says (one, unless said), days before the horizon (history's ``kind_runs``)
included. Source: guidelines on shift work ask for two days off after a block of nights (Knauth 1993,
"The design of shift systems", Ergonomics 36).
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level
from scheduler.model.workdays import EVE
from scheduler.rules.common.kind_slots import kind_measure
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="person",
    name=Text(zh="连班后休息", en="Rest after a run"),
    text=Text(
        zh="{person} 连上 {count} 天“{kind}”，{day} 收工后只休息 {rest}，少于规定的 {least}",
        en="{person} rests only {rest} after {day}, the last of {count} {count:day|days} in a row with “{kind}”; the least is {least}",
    ),
    limits=(Limit("rest_after_run"), Limit("rest_after_run_from")),
)


def _from(instance: Instance, person: str, kind: str) -> int:
    return max(1, (instance.limits(person).rest_after_run_from or {}).get(kind, 1))


def _past(instance: Instance, person: str, kind: str) -> tuple[int, int]:
    """Days of the run up to the last day worked before the horizon, and the number of that day."""
    past = instance.past(person)
    days = past.kind_runs.get(kind, 0)
    if not past.kind_runs and not past.run_off:
        days = int(kind in past.last_kinds)
    return days, -1 - past.run_off


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for kind, least in (facts.instance.limits(key).rest_after_run or {}).items():
        for day, count, rest in _rests(facts, key, kind):
            if count >= _from(facts.instance, key, kind) and rest < least:
                slots: dict[str, str | int] = {"person": key, "kind": kind, "day": day}
                yield Violation(
                    least - rest, slots | {"count": count, "rest": rest, "least": least}
                )


def _rests(facts: Facts, person: str, kind: str) -> Iterator[tuple[int, int, int]]:
    """(last day, days, ticks to the next work) of each run of a kind that work follows."""
    count, last = _past(facts.instance, person, kind)
    end = facts.instance.past(person).last_end
    if end is not None:
        end = max([end, *(stop.end for stop in facts.stops(person, EVE))])
    for day in range(facts.horizon.days):
        stops = facts.stops(person, day)
        if not stops:
            continue
        goes_on = any(stop.task.kind == kind for stop in stops)
        follows = goes_on and day == last + 1
        if count and not follows and end is not None:
            yield last, count, stops[0].start - end
        count = (count + 1 if follows else 1) if goes_on else 0
        last, end = day, max(stop.end for stop in stops)


def lower(into: Into) -> None:
    for person, record in into.people():
        past = into.instance.past(record.id)
        for kind, ticks in (into.instance.limits(record.id).rest_after_run or {}).items():
            length = _from(into.instance, record.id, kind)
            days, last = _past(into.instance, record.id, kind)
            measure = kind_measure(into, kind)
            known = {} if past.last_end is None else {"past_end": past.last_end}
            into.recovery.add(
                person,
                measure,
                length,
                ticks,
                into.points(),
                past=days,
                past_off=-1 - last,
                **known,
            )
