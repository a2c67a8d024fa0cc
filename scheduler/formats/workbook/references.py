"""Ids that were left blank, and names where ids are expected.

A record without an id gets its name as id, with a date or a number behind it where several have the
name: the same sheet gives the same ids each time it is read. What may be private gets a word and a few
letters that its name decides and does not show, for masked pages show ids. Where another record is named, its id
comes first, then its name, if only one has it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from scheduler.formats.workbook.cells.context import CellContext
from scheduler.formats.workbook.cells.kinds import BETWEEN
from scheduler.formats.workbook.cells.spans import DAY
from scheduler.formats.workbook.cells.text import DASHES, folded
from scheduler.formats.workbook.records import UNREADABLE, RecordReader
from scheduler.model.pointer import nearest, pointer

Data = dict[str, Any]
_LISTS: dict[str, tuple[str, ...]] = {
    "area": ("areas",),
    "place": ("places",),
    "person": ("people",),
    "household": ("households",),
    "duty": ("duties",),
    "case": ("cases",),
    "visit": ("visits",),
    "task": ("visits", "shifts"),
}
"""Kind of reference → the lists that hold such records."""
_SPACES = (*(lists for kind, lists in _LISTS.items() if kind != "visit"),)
"""Lists of records whose ids differ from each other."""
_REFERENCES: dict[str, dict[str, str]] = {
    "areas": {"parent": "area"},
    "places": {"area": "area"},
    "people": {
        "areas": "area",
        "start_place": "place",
        "end_place": "place",
        "home": "place",
        "kin": "household",
        "wishes.place": "place",
    },
    "households": {"place": "place", "known_people": "person", "ratings": "person"},
    "duties": {"household": "household", "person": "person"},
    "cases": {"household": "household", "person": "person", "places": "place"},
    "visits": {
        "places": "place",
        "household": "household",
        "case": "case",
        "duty": "duty",
        "preferred": "person",
        "excluded": "person",
        "slots.people": "person",
    },
    "shifts": {"place": "place", "case": "case"},
    "gaps": {"first": "visit", "second": "visit"},
    "pairs": {"people": "person"},
    "pins": {"task": "task", "person": "person", "place": "place"},
    "published": {"task": "task", "person": "person", "place": "place"},
    "history": {"stops.place": "place"},
}
"""List → path of a field in its records → kind of the record that the field names."""


def kind_of(name: str, path: str) -> str | None:
    """Kind of the record that a field names, in the records of a list; None: it names none."""
    return _REFERENCES.get(name, {}).get(path)


def lists_of(kind: str) -> tuple[str, ...]:
    """The lists that hold records of a kind."""
    return _LISTS[kind]


_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
"""五栋 is like 5栋, and not like 1栋."""
_MOST_CANDIDATES = 6
_ALIKE = 0.5
"""Names of two letters are alike with one in common."""


def fill_ids(data: Data, context: CellContext) -> None:
    """Give every record whose id was left blank one that no other has."""
    if not data.get("id") and isinstance(data.get("horizon", {}).get("start"), str):
        data["id"] = data["horizon"]["start"]
    for lists in _SPACES:
        records = [(name, record) for name in lists for record in data.get(name, ())]
        taken = {record["id"] for _, record in records if isinstance(record.get("id"), str)}
        names = Counter(str(record.get("name")) for _, record in records)
        stems = []
        for name, record in records:
            stem = str(record.get("name", name))
            if _may_be_private(name, record):
                stem = f"{context.word(f'{name}.sheet')}-{_hidden(stem)}"
            elif names[stem] > 1:
                stem = dated(stem, record, context)
            stems.append(stem)
        counts = Counter(stems)
        for (_, record), stem in zip(records, stems, strict=True):
            if "id" not in record:
                free = (id for id in _numbered(stem, alone=counts[stem] == 1) if id not in taken)
                record["id"] = next(free)
                taken.add(record["id"])


def _may_be_private(name: str, record: Data) -> bool:
    """Whether a record is about somebody's home or case."""
    of_somebody = any(record.get(field) for field in ("private", "household", "case", "duty"))
    return name in ("households", "cases", "duties") or of_somebody


def _hidden(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:6]


def dated(stem: str, record: Data, context: CellContext) -> str:
    """A name with the day on which the work starts, if its start is given."""
    start = record.get("start")
    return f"{stem} {context.date(start // DAY):%m-%d}" if isinstance(start, int) else stem


def _numbered(stem: str, *, alone: bool) -> Iterator[str]:
    """The stem and numbers behind it; a name that several have is the id of none of them."""
    if alone:
        yield stem
    number = 1 + alone
    while True:
        yield f"{stem}-{number}"
        number += 1


class References:
    """The records of the data by id, by name, and by the ``word`` that tells apart those of one name."""

    def __init__(self, data: Data):
        self.data = data
        self._words = {
            record["id"]: record["word"]
            for lists in _LISTS.values()
            for name in lists
            for record in data.get(name, ())
            if "word" in record
        }
        self._index: dict[str, dict[str, int]] = {}
        self._by_kind = {
            kind: _table(data, lists)
            for kind, lists in _LISTS.items()
            if all(name in data for name in lists)
        }
        self._ids = {
            kind: {
                record["id"]
                for name in lists
                for record in data.get(name, ())
                if isinstance(record.get("id"), str)
            }
            for kind, lists in _LISTS.items()
        }

    def index(self, name: str, id: Any) -> int | None:
        """Index of the first record of a list that has an id."""
        if name not in self._index:
            records = list(enumerate(self.data.get(name, ())))
            self._index[name] = {
                record["id"]: n
                for n, record in reversed(records)
                if isinstance(record.get("id"), str)
            }
        return self._index[name].get(id) if isinstance(id, str) else None

    def meant(self, kind: str, text: str) -> list[str]:
        """Ids of the records that a text may name: by id, else by name."""
        if text in self._ids[kind]:
            return [text]
        return self._by_kind.get(kind, {}).get(folded(text), [])

    def resolve(self, kind: str, text: Any, at: str, reader: RecordReader) -> Any:
        """The id that a text names; UNREADABLE, with a fault, where none or several are meant."""
        if not isinstance(text, str) or kind not in self._by_kind:
            return text
        if text in DASHES and not self.meant(kind, text):
            return None
        meant = self.meant(kind, text)
        if len(meant) == 1:
            return meant[0]
        if meant:
            shown = meant[:_MOST_CANDIDATES] + ["…"] * (len(meant) > _MOST_CANDIDATES)
            words = [self._words.get(id, id) for id in shown]
            candidates = reader.context.word("word.list").join(words)
            reader.fault("name_of_several", at, text, candidates=candidates)
        else:
            reader.fault(f"unknown_{kind}", at, text, suggestion=self.like(kind, text))
        return UNREADABLE

    def like(self, kind: str, text: str) -> str:
        """The id or name most like a text."""
        records = [record for name in _LISTS[kind] for record in self.data.get(name, ())]
        digits = folded(text).translate(_DIGITS)
        for word in self._by_kind.get(kind, ()):
            if word.translate(_DIGITS) == digits:
                return word
        words = [record.get(key) for record in records for key in ("id", "name")]
        return nearest(text, [word for word in words if isinstance(word, str)], _ALIKE)

    def several(self, kind: str, texts: list[Any], at: str, reader: RecordReader) -> list[Any]:
        """The ids that the parts of a list name; a part that is no name may be several with / or space between."""
        ids: list[Any] = []
        for text in texts:
            parts = [text]
            if isinstance(text, str) and not self.meant(kind, text):
                split = [part for part in BETWEEN.split(text) if part]
                if len(split) > 1 and any(self.meant(kind, part) for part in split):
                    parts = split
            named = [self.resolve(kind, part, at, reader) for part in parts]
            ids += [id for id in named if id is not None]
        return ids


def _table(data: Data, lists: tuple[str, ...]) -> dict[str, list[str]]:
    """Folded id or name → the ids of all records that have it."""
    table: dict[str, dict[str, None]] = {}
    for record in (record for name in lists for record in data.get(name, ())):
        for word in (record.get("id"), record.get("name"), record.get("word")):
            if isinstance(word, str) and isinstance(record.get("id"), str):
                table.setdefault(folded(word), {})[record["id"]] = None
    return {word: list(ids) for word, ids in table.items()}


def link(reader: RecordReader, data: Data) -> None:
    """Put ids for the names in every field that names a record; faults stand at their cells."""
    references = References(data)
    for name, kind_by_path in _REFERENCES.items():
        listed = data.get(name, {})
        keyed = listed.items() if isinstance(listed, dict) else enumerate(listed)
        for key, record in keyed:
            for path, kind in kind_by_path.items():
                _link(references, reader, kind, record, path.split("."), (name, key))


def _link(
    references: References,
    reader: RecordReader,
    kind: str,
    record: Any,
    path: list[str],
    at: tuple[str | int, ...],
) -> None:
    field, *rest = path
    value = record.get(field) if isinstance(record, dict) else None
    if value is None or value is UNREADABLE:
        return
    if rest:
        for number, part in enumerate(value):
            _link(references, reader, kind, part, rest, (*at, field, number))
        return
    cell = reader.source_cells.find(pointer(*at, field))
    if isinstance(value, list):
        record[field] = references.several(kind, value, cell, reader)
    elif isinstance(value, dict):
        ids = {key: references.resolve(kind, key, cell, reader) for key in value}
        broken = UNREADABLE in ids.values()
        record[field] = UNREADABLE if broken else {ids[key]: part for key, part in value.items()}
    else:
        record[field] = references.resolve(kind, value, cell, reader)


def part_words(data: Data) -> None:
    """Part kinds and skills that stand with / or space between them, where the parts are known.

    Kinds are known from visits and shifts, skills from what work asks for and people have.
    """
    work = [*data.get("visits", ()), *data.get("shifts", ())]
    kinds = {task.get("kind") for task in work}
    for person in data.get("people", ()):
        if isinstance(person.get("agreed"), list):
            person["agreed"] = [part for kind in person["agreed"] for part in _parted(kind, kinds)]
    asking = [slot for task in work for slot in _slots(task)] + [*data.get("cases", ())]
    skilled = [*asking, *data.get("people", ())]
    counts = [record for record in skilled if isinstance(record.get("skills"), dict)]
    known = {skill for record in counts for skill in record["skills"] if not BETWEEN.search(skill)}
    for record in counts:
        record["skills"] = _parted_skills(record["skills"], known)


def _slots(task: Data) -> list[Data]:
    slots = task.get("slots", task.get("needs"))
    return slots if isinstance(slots, list) else []


def _parted(text: Any, known: set[Any]) -> list[Any]:
    parts = [part for part in BETWEEN.split(text) if part] if isinstance(text, str) else []
    return parts if text not in known and known.intersection(parts) else [text]


def _parted_skills(levels: dict[str, int], known: set[str]) -> dict[str, int]:
    """急救 消防检查:2 is both, the second at level 2."""
    parted: dict[str, int] = {}
    for skill, level in levels.items():
        *before, last = _parted(skill, known)
        parted |= dict.fromkeys(before, 1) | {last: level}
    return parted
