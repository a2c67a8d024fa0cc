"""Renaming ids throughout a record: instance, roster, changes; by what each field's words mean."""

import operator
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, TypeVar, cast, get_args

from pydantic import BaseModel

from scheduler.model import Instance
from scheduler.report.fields import MEANING, NAME, PUBLIC, WORDS

RecordT = TypeVar("RecordT", bound=BaseModel)
Renaming = Mapping[str, Mapping[str, str]]
"""Kind of id (see `scheduler.report.fields`) → old id → new one."""
Finished = Callable[[Instance, str, Any], Any]
"""(instance as it was, name of a field, the field renamed) → the field as it is to be."""
_MOST_WEEKS = 4
_MOST_PARTS = 100
_MOST_RENAMINGS = 12
_MOST_REMEMBERED = 32_000
"""Records that one renaming remembers; a large week and its roster have half as many."""


def renamed(record: RecordT, ids: Renaming, words: Callable[[str], str] | None = None) -> RecordT:
    """The record with other ids in every place that refers to them; the same object where nothing changes.

    words: also changes names and free text. Nothing is validated again.
    """
    changes = {}
    for name, meaning in _fields(type(record)):
        old = getattr(record, name)
        new = _value(old, meaning, ids, words)
        if new is not old:
            changes[name] = new
    return _changed(record, changes) if changes else record


def said(record: BaseModel, meanings: Collection[str]) -> Iterator[tuple[str, str]]:
    """(Kind of id, or `NAME` and `WORDS` → word) of these meanings, wherever a record says one, in the order of `renamed`."""
    for name, meaning in _saying(type(record), frozenset(meanings)):
        yield from _words_of(getattr(record, name), meaning, meanings)


def _changed(record: RecordT, changes: dict[str, Any]) -> RecordT:
    if isinstance(record, Instance):
        return record.changed(**changes)  # type: ignore[return-value]
    return record.model_copy(update=changes)


_START = 3
"""Letters by which is seen at once that none of many words begins at a place of a text."""


class Renamer:
    """One renaming of ids and words, which remembers the records that it has renamed.

    Records never change, and revisions of a week share most of theirs: so only what is new is renamed.

    like: another renaming; what that one made of a record is taken on where the two say the same of it.
    """

    def __init__(
        self, ids: Renaming, words: tuple[tuple[str, str], ...], like: "Renamer | None" = None
    ):
        self._ids = ids
        self._words = words
        self._replaced = {old for old, _ in words}
        self._start = min((_START, *(len(old) for old, _ in words)))
        self._lengths: dict[str, set[int]] = {}
        for old, _ in words:
            self._lengths.setdefault(old[: self._start], set()).add(len(old))
        self._known: dict[int, tuple[BaseModel, BaseModel]] = {}
        self._parts: dict[tuple[str, int], tuple[Any, Any, Any]] = {}
        self._weeks: list[tuple[Instance, Instance]] = []
        apart = None if like is None else self.apart(like)
        self._likeness = None if like is None or apart is None else _Likeness(like, self, apart)

    def words(self, text: str) -> str:
        """The text with other words, one after the other."""
        if self.says_one(text):  # as hardly any text does
            for old, new in self._words:
                text = text.replace(old, new)
        return text

    def says_one(self, text: str) -> bool:
        """Whether a text says a word that becomes another one."""
        start, lengths, words = self._start, self._lengths, self._replaced
        for at in range(len(text)):
            for length in lengths.get(text[at : at + start], ()):
                if text[at : at + length] in words:
                    return True
        return False

    def whole(self, whole: RecordT) -> RecordT:
        """As `renamed`, of an instance or a roster: record by record."""
        changes = {}
        for name in type(whole).model_fields:
            old = getattr(whole, name)
            new = self._field(type(whole), name, old)
            if new is not old:
                changes[name] = new
        return _changed(whole, changes) if changes else whole

    def _field(self, model: type[BaseModel], name: str, old: Any) -> Any:
        """A field with other ids and words; the same object where nothing changes."""
        if isinstance(old, tuple) and any(isinstance(one, BaseModel) for one in old[:1]):
            new: Any = tuple(map(self.record, old))
            return old if all(map(operator.is_, new, old)) else new
        return _value(old, MEANING.get(f"{model.__name__}.{name}", ""), self._ids, self.words)

    def week(self, week: Instance, finished: Finished) -> Instance:
        """As `whole`, of an instance; what is `derived` of the last one holds for what both have in common.

        finished: what becomes of each renamed field; of `places` and `areas` besides it at most
        """
        made = next((renamed for true, renamed in self._weeks if true is week), None)
        if made is None:
            parts = {name: self._part(week, name, finished) for name in Instance.model_fields}
            last = self._weeks[-1][1] if self._weeks else week
            base = last if last.model_fields_set == week.model_fields_set else week
            parts = {name: part for name, part in parts.items() if part is not getattr(base, name)}
            made = base.changed(**parts)
            self._weeks = [*self._weeks[1 - _MOST_WEEKS :], (week, made)]
        return made

    def _part(self, week: Instance, name: str, finished: Finished) -> Any:
        old, areas = getattr(week, name), week.areas
        known = self._parts.get((name, id(old)))
        if known is None or known[0] is not old or known[1] is not areas:
            if len(self._parts) >= _MOST_PARTS:
                self._parts.clear()
            known = old, areas, finished(week, name, self._field(Instance, name, old))
            self._parts[name, id(old)] = known
        return known[2]

    def record(self, record: RecordT) -> RecordT:
        """As `renamed`; the same object as the last time for the same object."""
        known = self._known.get(id(record))
        # The record is held as well, so that no other one gets its identity.
        if known is None or known[0] is not record:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            made = None if self._likeness is None else self._likeness.made(record)
            known = record, made or renamed(record, self._ids, self.words)
            self._known[id(record)] = known
        return cast(RecordT, known[1])

    @property
    def used(self) -> bool:
        """Whether it has renamed any record."""
        return bool(self._known)

    def apart(self, other: "Renamer") -> dict[str, set[str]] | None:
        """The ids, by kind, of which the two say different things; None where this one takes out further words."""
        if not self._replaced <= other._replaced:
            return None
        return {
            kind: {id for id, _ in self._names(kind).items() ^ other._names(kind).items()}
            for kind in self._ids.keys() | other._ids.keys()
        }

    def _names(self, kind: str) -> Mapping[str, str]:
        return self._ids.get(kind, {})


class _Likeness:
    """What an earlier renaming made of records, for a later one that numbers some ids otherwise."""

    def __init__(self, earlier: Renamer, later: Renamer, apart: Mapping[str, set[str]]):
        """apart: see `Renamer.apart`."""
        # The earlier one itself is not held, or each would hold all those before it.
        self._says_one = Renamer({}, earlier._words).says_one
        self._known = earlier._known
        self._apart = {kind: ids for kind, ids in apart.items() if ids}
        self._new = {
            kind: new
            for kind, ids in self._apart.items()
            if (new := ids - earlier._names(kind).keys())
        }
        """Of these the earlier one says nothing: it may have left a record that says one as it was."""
        texts = () if earlier._words == later._words else (NAME, WORDS)
        self._meanings = frozenset((*self._apart, *texts))

    def made(self, record: BaseModel) -> BaseModel | None:
        """What the earlier one made of a record; None where that is not known, or may be otherwise now."""
        known = self._known.get(id(record))
        if known is None or known[0] is not record:
            return None
        if known[1] is record:
            others, meanings = self._new, frozenset(self._new)
        else:
            others, meanings = self._apart, self._meanings
        for meaning, word in said(record, meanings) if meanings else ():
            if meaning in others and word in others[meaning]:
                return None
            if meaning in (NAME, WORDS) and self._says_one(word):
                return None
        return known[1]


_lately: deque[Renamer] = deque(maxlen=_MOST_RENAMINGS)


def renamer(ids: Renaming, words: tuple[tuple[str, str], ...]) -> Renamer:
    """The renaming of these ids and words, with what it remembers if it was used lately."""
    return _renamer(tuple((kind, tuple(names.items())) for kind, names in ids.items()), words)


@lru_cache(_MOST_RENAMINGS)
def _renamer(
    ids: tuple[tuple[str, tuple[tuple[str, str], ...]], ...], words: tuple[tuple[str, str], ...]
) -> Renamer:
    names = {kind: dict(names) for kind, names in ids}
    made = Renamer(names, words)
    apart = [(made.apart(other), other) for other in tuple(_lately) if other.used]
    alike = [(sum(map(len, ids.values())), other) for ids, other in apart if ids is not None]
    if alike:
        made = Renamer(names, words, min(alike, key=lambda pair: pair[0])[1])
    _lately.append(made)
    return made


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a record in which words may stand, and what these are; "" where records alone have any."""
    meanings = {name: MEANING.get(f"{model.__name__}.{name}", "") for name in model.model_fields}
    return tuple((name, what) for name, what in meanings.items() if _held(model, name) - {PUBLIC})


@cache
def _saying(model: type[BaseModel], meanings: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Those of `_fields` in which words of these meanings may stand."""
    return tuple(pair for pair in _fields(model) if _held(model, pair[0]) & meanings)


@cache
def _held(model: type[BaseModel], name: str) -> frozenset[str]:
    """What the words in a field may be, those in its records too."""
    own = MEANING.get(f"{model.__name__}.{name}", "")
    below = (
        what
        for record in _records(model.model_fields[name].annotation)
        for field in record.model_fields
        for what in _held(record, field)
    )
    return frozenset({own, *below} - {""})


def _records(annotation: Any) -> Iterator[type[BaseModel]]:
    """The kinds of records that a type speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _records(argument)


def _words_of(value: Any, meaning: str, meanings: Collection[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        yield from said(value, meanings)
    elif isinstance(value, str):
        if meaning in meanings:
            yield meaning, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _words_of(item, meaning, meanings)
    elif isinstance(value, dict):
        for pair in value.items():
            yield from _words_of(pair, meaning, meanings)


def _value(value: Any, meaning: str, ids: Renaming, words: Callable[[str], str] | None) -> Any:
    if isinstance(value, BaseModel):
        return renamed(value, ids, words)
    if isinstance(value, str):
        if meaning in (NAME, WORDS):
            new = value if words is None else words(value)
            return value if new == value else new
        return ids.get(meaning, {}).get(value, value)
    if isinstance(value, tuple):
        items = tuple(_value(item, meaning, ids, words) for item in value)
        changed = any(new is not old for new, old in zip(items, value, strict=True))
        return items if changed else value
    if isinstance(value, dict):
        pairs = {
            _value(key, meaning, ids, words): _value(item, meaning, ids, words)
            for key, item in value.items()
        }
        same = all(pairs.get(key, pairs) is item for key, item in value.items())
        return value if same else pairs
    return value
