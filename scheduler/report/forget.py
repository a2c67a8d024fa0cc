"""One person or household under a neutral name, throughout weeks and rosters; the structure stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from scheduler.model import Instance
from scheduler.report.rename import renamed

RecordT = TypeVar("RecordT", bound=BaseModel)
_LEAST_NAME = 2
"""A shorter name is replaced where it is all of a text, and not within one."""


@dataclass(frozen=True)
class Forgotten:
    """Whom nothing may tell of any more. kind: person or household; ids, names: theirs; neutral: for both."""

    kind: str
    ids: frozenset[str]
    names: frozenset[str]
    neutral: str

    def record(self, record: RecordT) -> RecordT:
        """An instance, roster … without them."""
        ids = {self.kind: dict.fromkeys(self.ids, self.neutral)}
        return renamed(record, ids, self.words)

    def words(self, text: str) -> str:
        """A text without their names and ids."""
        for word in sorted(self.ids | self.names, key=len, reverse=True):
            if len(word) >= _LEAST_NAME:
                text = text.replace(word, self.neutral)
            elif text == word:
                text = self.neutral
        return text

    def value(self, value: Any) -> Any:
        """JSON without them, as figures and faults have it."""
        if isinstance(value, dict):
            return {self.words(name): self.value(item) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        return self.words(value) if isinstance(value, str) else value

    def mentioned(self, text: str) -> bool:
        """Whether a text may tell of them."""
        return any(word in text for word in self.ids | self.names)


def found(
    kind: str, who: str, instances: Iterable[Instance]
) -> tuple[frozenset[str], frozenset[str]]:
    """Ids and names of whom an id or a name means, in all of these instances."""
    ids, names = set[str](), set[str]()
    for instance in instances:
        for record in instance.people if kind == "person" else instance.households:
            if who in (record.id, record.name):
                ids.add(record.id)
                names.add(record.name)
    return frozenset(ids), frozenset(name for name in names if name)
