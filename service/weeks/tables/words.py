"""What a table calls other records: by name where only one has it, else with what tells them apart."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from scheduler.formats.workbook.cells.text import folded, plain
from scheduler.messages import LANGS, Lang, catalogue, say
from scheduler.messages.names import is_neutral, kind_in_words, neutral_in_words
from scheduler.model import Instance, Person
from scheduler.model.tasks import tasks
from service.access.mask import WeekMask

NAMED = ("areas", "places", "people", "households", "duties", "cases", "visits", "shifts")


KINDS = ("kind", "agreed")
"""Columns that name kinds of work, which have words of the catalogue."""
_OF_WORK = ("people", "cases", "visits", "shifts", "duties")


def with_kinds(table: str, values: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """Values by field with words for kinds of work."""
    if table not in _OF_WORK:
        return values
    said = {
        field: kind_in_words(value, lang)
        if isinstance(value, str)
        else tuple(kind_in_words(one, lang) for one in value)
        for field in KINDS
        if (value := values.get(field)) is not None
    }
    return values | said


def kinds_meant(table: str, values: dict[str, Any], week: Instance) -> dict[str, Any]:
    """Values by field with kinds of work for their words."""
    if table not in _OF_WORK:
        return values
    own = {task.kind for task in tasks(week)}

    def meant(text: Any) -> Any:
        return (
            text if not isinstance(text, str) or text in own else _kinds().get(folded(text), text)
        )

    said = {
        field: list(map(meant, values[field]))
        if isinstance(values[field], list)
        else meant(values[field])
        for field in KINDS
        if field in values
    }
    return values | said


@cache
def _kinds() -> dict[str, str]:
    """Folded word for a kind of work in any language → the kind."""
    begin = "words.kind."
    return {
        folded(word): key.removeprefix(begin)
        for lang in LANGS
        for key, word in catalogue(lang).items()
        if key.startswith(begin)
    }


def hidden_words(mask: WeekMask, lang: Lang) -> list[tuple[str, str]]:
    """Neutral ids that a mask has, with the words that a table has for them; none begins another that is behind it."""
    ids = {
        one
        for names in (*mask.neutral.ids.values(), mask.neutral.aliases)
        for one in names.values()
    }
    pairs = ((id, plain(neutral_in_words(id, lang))) for id in ids if is_neutral(id))
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A text with the second of each pair for the first."""
    for old, new in pairs:
        text = text.replace(old, new)
    return text


class Called:
    """What the records of a week are called in a language, list by list; each list is named once."""

    def __init__(self, week: Instance, lang: Lang):
        self.week = week
        self.lang = lang
        self._areas = {area.id: area.name for area in week.areas}

    def of(self, name: str) -> Mapping[str, str]:
        """Id → word, which no two of a list have in common."""
        return self.week.derived(_apart(name, self.lang), frozenset({name, "areas", "places"}))

    def about(self, record: Any) -> str:
        """What tells a record from others of its name: role and area of a person, area or place of others."""
        if isinstance(record, Person):
            role = say(f"workbook.choice.role.{record.role.value}", self.lang)
            return "·".join([role, *(self._areas.get(id, id) for id in record.areas)])
        model: type[BaseModel] = type(record)
        named = {name: getattr(record, name) for name in _places(model)}
        place = named.get("place")
        if place is not None and place in self.week.place_by_id:
            return self.week.place_by_id[place].name
        area = named.get("area") or named.get("parent") or ""
        return self._areas.get(area, area)

    def apart(self, records: Sequence[Any]) -> Mapping[str, str]:
        """Id → word for records that are told apart from each other."""
        uses = Counter(word for one in records for word in {folded(one.id), folded(one.name)})
        called = {one.id: self._called(one, uses) for one in records}
        again = Counter(map(folded, called.values()))
        return {id: word if again[folded(word)] == 1 else id for id, word in called.items()}

    def _called(self, record: Any, uses: Mapping[str, int]) -> str:
        name, id = record.name, str(record.id)
        if is_neutral(id):
            return neutral_in_words(id, self.lang)
        if not name or plain(name) != name:
            return id
        if uses[folded(name)] == 1 or folded(name) == folded(id):
            return str(name)
        if not (about := self.about(record)):
            return id
        word = plain(say("words.apart", self.lang, name=name, about=about))
        return id if uses[folded(word)] else word


@cache
def _places(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a record that say where it is; to ask for one that it does not have is slow."""
    return tuple(name for name in ("place", "area", "parent") if name in model.model_fields)


@cache
def _apart(name: str, lang: Lang) -> Callable[[Instance], Mapping[str, str]]:
    """What says how the records of a list are called; the same function whenever it is asked for."""
    return lambda week: Called(week, lang).apart(getattr(week, name))


def called_so(
    week: Instance, name: str, lang: Lang, words: Collection[str] | None
) -> list[dict[str, str]]:
    """Id, name and word of the records of a list that are called so. words: folded; None: of all records."""
    if words is None:
        return _bare(week, name, lang)
    index = week.derived(_index(name, lang), frozenset({name, "areas", "places"}))
    return list({one["id"]: one for word in words for one in index.get(word, ())}.values())


def _bare(week: Instance, name: str, lang: Lang) -> list[dict[str, str]]:
    called = Called(week, lang).of(name)
    return [{"id": one.id, "name": one.name, "word": called[one.id]} for one in getattr(week, name)]


@cache
def _index(name: str, lang: Lang) -> Callable[[Instance], Mapping[str, list[dict[str, str]]]]:
    """What says of a list which records are called by a folded word."""

    def made(week: Instance) -> Mapping[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = {}
        for bare in _bare(week, name, lang):
            for word in {folded(text) for text in bare.values()}:
                found.setdefault(word, []).append(bare)
        return found

    return made
