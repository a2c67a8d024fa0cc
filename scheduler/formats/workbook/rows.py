"""An instance as rows of values by field, sheet by sheet: the reverse of `records`."""

from collections.abc import Iterable, Iterator
from typing import Any

from scheduler.formats.workbook.columns import Sheet
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.formats.workbook.sheets.people import HISTORY
from scheduler.messages import Lang, say
from scheduler.model import Freeze, Instance, Limits, Settings
from scheduler.rules import rules

RowValues = dict[str, Any]
_LISTS = {"visits": "slots", "shifts": "needs"}


def rows(instance: Instance, sheet: Sheet, lang: Lang) -> list[RowValues]:
    """The sheet's rows: field → the model's value; a field that is left out stays blank."""
    special = {
        "limits": _limits,
        "wishes": _wishes,
        "ways": _ways,
        "history": _history,
        "stops": _stops,
        "freeze": lambda one: freeze_rows(one.freeze),
        "pairs": _pairs,
        "exceptions": _exceptions,
    }
    if sheet.name == "rules":
        return list(rule_rows(instance.settings, lang))
    if sheet.name in special:
        return list(special[sheet.name](instance))
    records: Iterable[Any] = getattr(instance, sheet.name)
    return [record_row(sheet, record) for record in records]


def record_row(sheet: Sheet, record: Any) -> RowValues:
    """The row of a record on the sheet of its kind."""
    group = _LISTS.get(sheet.name)
    parts = getattr(record, group) if group else ()
    row: RowValues = {}
    for column in sheet.columns:
        first, _, rest = column.field.partition(".")
        if column.field == "crew" and group == "slots":
            row["crew"] = len(parts)
        elif group is not None and first == group:
            row[column.field] = [getattr(part, rest) for part in parts]
        else:
            row[column.field] = value_at(record, column.field)
    return row


def value_at(record: Any, field: str) -> Any:
    """The value at a dotted path of records and mappings; None where the path ends early."""
    for part in field.split("."):
        if record is None:
            return None
        record = record.get(part) if isinstance(record, dict) else getattr(record, part)
    return record


def _pairs(instance: Instance) -> Iterator[RowValues]:
    for pair in instance.pairs:
        yield {"first": pair.people[0], "second": pair.people[1], "together": pair.together}


def _exceptions(instance: Instance) -> Iterator[RowValues]:
    for exemption in instance.exceptions:
        limits = {f"limits.{name}": value for name, value in _set(exemption.limits).items()}
        yield dict(exemption) | limits


def _limits(instance: Instance) -> Iterator[RowValues]:
    yield from limit_rows(instance.settings)
    for person in instance.people:
        if person.limits.model_fields_set:
            yield {"person": person.id} | _set(person.limits)


def limit_rows(settings: Settings) -> Iterator[RowValues]:
    """A row for each role that has limits."""
    for role, limits in settings.limits.items():
        yield {"role": str(role)} | _set(limits)


def _set(limits: Limits) -> RowValues:
    return {name: getattr(limits, name) for name in limits.model_fields_set}


def freeze_rows(freeze: Freeze) -> Iterator[RowValues]:
    """A row for each grade of a freeze."""
    for grade, until in freeze:
        if until is not None:
            yield {"grade": grade, "until": until}


def _wishes(instance: Instance) -> Iterator[RowValues]:
    for person in instance.people:
        for wish in person.wishes:
            yield {"person": person.id} | dict(wish)


def _ways(instance: Instance) -> Iterator[RowValues]:
    yield from way_rows(instance.settings)
    for duty in instance.duties:
        for way in duty.ways:
            yield {"duty": duty.id} | dict(way)


def way_rows(settings: Settings) -> Iterator[RowValues]:
    """A row for each way of each risk class."""
    for risk, ways in settings.duties.ways.items():
        for way in ways:
            yield {"risk": str(risk)} | dict(way)


def _history(instance: Instance) -> Iterator[RowValues]:
    for person, past in instance.history.items():
        row = {column.field: value_at(past, column.field) for column in HISTORY.columns[1:]}
        yield {"person": person} | row


def _stops(instance: Instance) -> Iterator[RowValues]:
    for person, past in instance.history.items():
        for stop in past.stops:
            yield {"person": person} | dict(stop)


def rule_rows(settings: Settings, lang: Lang) -> Iterator[RowValues]:
    """A row for each rule, with what the settings change about it."""
    for name, rule in rules().items():
        setting = settings.rules.get(name)
        level = say(f"workbook.choice.level.{rule.level.value}", lang)
        word = f"workbook.word.default_{'on' if rule.on else 'off'}"
        row: RowValues = {
            "rule": name,
            "name": getattr(rule.name, lang),
            "default": say(word, lang, level=level, weight=rule.weight),
        }
        if setting is not None:
            row |= {"on": setting.on, "level": setting.level, "weight": setting.weight}
        yield row


RECORDS = tuple(sheet for sheet in SHEETS if sheet.name not in ("settings", "travel"))
"""The sheets with a row for each record."""
