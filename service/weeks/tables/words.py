"""What a table calls other records: by name where only one has it, else with what tells them apart."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.formats.workbook.cells.text import folded, plain
from scheduler.messages import Lang, say
from scheduler.model import Instance, Person

NAMED = ("areas", "places", "people", "households", "duties", "cases", "visits", "shifts")


class Called:
    """What the records of a week are called in a language, list by list, each when it is first asked for."""

    def __init__(self, week: Instance, lang: Lang):
        self.week = week
        self.lang = lang
        self._areas = {area.id: area.name for area in week.areas}
        self._kept: dict[str, Mapping[str, str]] = {}

    def of(self, name: str) -> Mapping[str, str]:
        """Id → word, which no two of a list have in common."""
        if name not in self._kept:
            self._kept[name] = self._apart(getattr(self.week, name))
        return self._kept[name]

    def about(self, record: Any) -> str:
        """What tells a record from others of its name: role and area of a person, area or place of others."""
        if isinstance(record, Person):
            role = say(f"workbook.choice.role.{record.role.value}", self.lang)
            return "·".join([role, *(self._areas.get(id, id) for id in record.areas)])
        place = getattr(record, "place", None)
        if place is not None and place in self.week.place_by_id:
            return self.week.place_by_id[place].name
        area = getattr(record, "area", None) or getattr(record, "parent", None) or ""
        return self._areas.get(area, area)

    def _apart(self, records: Sequence[Any]) -> Mapping[str, str]:
        uses = Counter(word for one in records for word in {folded(one.id), folded(one.name)})
        called = {one.id: self._called(one, uses) for one in records}
        again = Counter(map(folded, called.values()))
        return {id: word if again[folded(word)] == 1 else id for id, word in called.items()}

    def _called(self, record: Any, uses: Mapping[str, int]) -> str:
        name, id = record.name, str(record.id)
        if not name or plain(name) != name:
            return id
        if uses[folded(name)] == 1 or folded(name) == folded(id):
            return str(name)
        if not (about := self.about(record)):
            return id
        word = plain(say("pages.tables.apart", self.lang, name=name, about=about))
        return id if uses[folded(word)] else word
