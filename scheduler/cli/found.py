"""What ``replan --to`` found out about two states of a week, in words."""

from collections.abc import Iterator

from scheduler.cli.talk import Talk, printable
from scheduler.messages import has
from scheduler.messages.names import Names
from scheduler.model.changes import Change, New
from scheduler.weeks.changes_between import TakenOver, WeekDifference


def tell_found(talk: Talk, found: WeekDifference) -> None:
    """A line for each change, then for each record that is taken over as the new week has it."""
    names = Names(found.base, talk.lang)
    if found.changes.changes:
        talk.tell("replan.found")
    for change in found.changes.changes:
        what = talk.word("and").join(printable(part) for part in _parts(names, change))
        kind = talk.say(f"workbook.choice.change.{change.kind}")
        talk.tell("replan.found_change", kind=kind, what=what)
    for taken in found.taken:
        talk.tell("replan.taken", what=printable(_taken(talk, found, taken)))


def _parts(names: Names, change: Change) -> Iterator[str]:
    """The records that a change is about, and when."""
    if isinstance(change, New):
        for field in New.model_fields:
            if field != "kind":
                yield from (record.name or record.id for record in getattr(change, field))
        return
    for field, name in (
        ("person", names.person),
        ("task", names.task),
        ("visit", names.task),
        ("place", names.place),
    ):
        id = getattr(change, field, None)
        if id is not None:
            yield name(id)
    spans = [(window.start, window.end) for window in getattr(change, "windows", ())]
    start, end = getattr(change, "start", None), getattr(change, "end", None)
    if start is not None and end is not None:
        spans.append((start, end))
    elif start is not None:
        yield names.moment(start)
    yield from (f"{names.moment(first)}–{names.moment(last)}" for first, last in spans)


def _taken(talk: Talk, found: WeekDifference, taken: TakenOver) -> str:
    part = _head(talk, f"workbook.{taken.list}.sheet", f"workbook.settings.header.{taken.list}")
    if not taken.record:
        heads = [
            _head(talk, f"cli.replan.field.{field}", f"workbook.settings.header.settings.{field}")
            for field in taken.fields
        ]
        return part + _bracketed(talk, heads)
    records = {record.id: record for record in getattr(found.base, taken.list)}
    record = records.get(taken.record)
    name = record.name if record is not None and record.name else taken.record
    heads = [
        _head(talk, f"workbook.{taken.list}.header.{field}", f"cli.replan.field.{field}")
        for field in taken.fields
    ]
    return f"{part} {name}" + _bracketed(talk, heads)


def _head(talk: Talk, *keys: str) -> str:
    """The first of the words that there is; else only that it is another part."""
    return next((talk.say(key) for key in (*keys, "cli.replan.field.other") if has(key)), "")


def _bracketed(talk: Talk, heads: list[str]) -> str:
    each = dict.fromkeys(heads)
    return f" ({talk.word('and').join(each)})" if each else ""
