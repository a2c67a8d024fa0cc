"""Stored weeks for who may not know what is hidden in them: words that nobody can guess stand for the true ids.

A caller without the right to private cases, or for some areas, works with a week in which a hidden
record's true id is as unknown as a wrong one, so that no answer tells whether a guess was right. What
is kept of such work has the true ids again.
"""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from scheduler.due import Expanded
from scheduler.messages.names import is_neutral
from scheduler.model import Instance, Roster
from scheduler.model.tasks import tasks
from scheduler.report.neutral import Neutral
from scheduler.report.rename import RecordT, renamed
from service.access import rules
from service.access.caller import Caller
from service.access.quoted import STAND_IN
from service.access.within import GROUPS, KINDS_OF_RECORDS, Within, lying_outside


class IdGuard:
    """What stands for hidden ids in the stored weeks that one request works with; the same for all of them."""

    def __init__(self, caller: Caller | None):
        self._private = caller is not None and rules.sees(caller, "private_case")
        self._areas = frozenset() if caller is None else caller.areas
        self._ids: dict[str, dict[str, str]] = {}

    def learn(self, week: Expanded, roster: Roster | None = None) -> None:
        """Take up what is hidden in a week. roster: kept, shows who works in the areas."""
        if self._private and self._areas is None:
            return
        outside = {} if self._areas is None else lying_outside(week, self._areas, roster)
        for kind, ids in Neutral(week, private=self._private, elsewhere=outside).ids.items():
            known = self._ids.setdefault(kind, {})
            for id in ids:
                if not is_neutral(id):
                    known.setdefault(id, STAND_IN.format(secrets.token_hex(12)))

    def closed(self, record: RecordT) -> RecordT:
        """A stored record with what stands for the hidden ids."""
        return renamed(record, self._ids) if any(self._ids.values()) else record

    def closed_body(self, week: Instance, body: str) -> str:
        """The JSON of a stored instance, likewise."""
        closed = self.closed(week)
        if closed is week:
            return body
        return json.dumps(closed.model_dump(mode="json", exclude_unset=True), ensure_ascii=False)

    def opened(self, record: RecordT, week: Instance) -> RecordT:
        """A record with true ids again. week: what is kept, whose own records come first where ids are equal."""
        back = self._back(week)
        if not any(back.values()):
            return record
        words = {stand_in: id for ids in back.values() for stand_in, id in ids.items()}
        return renamed(record, back, lambda text: _replaced(text, words))

    def opened_data(self, data: Any, week: Instance) -> Any:
        """JSON of an instance with true ids again. week: that instance."""
        words = {stand_in: id for ids in self._back(week).values() for stand_in, id in ids.items()}
        return translated(data, words) if words else data

    def _back(self, week: Instance) -> dict[str, dict[str, str]]:
        """Kind of id → what stands for an id → the id, or one that is free where somebody else now has it."""
        within = Within(week, ())
        back = {}
        for kind, ids in self._ids.items():
            taken: set[str] = set()
            if kind in KINDS_OF_RECORDS:
                taken.update(within.records(KINDS_OF_RECORDS[kind]))
            elif kind in GROUPS:
                taken.update(getattr(task, kind) or "" for task in tasks(week))
            back[kind] = {stand_in: _free(id, taken) for id, stand_in in ids.items()}
        return back


def _free(id: str, taken: set[str]) -> str:
    number, found = 2, id
    while found in taken:
        found, number = f"{id}-{number}", number + 1
    return found


def _replaced(text: str, words: dict[str, str]) -> str:
    for stand_in, id in words.items():
        text = text.replace(stand_in, id)
    return text


def translated(value: Any, words: Mapping[str, str]) -> Any:
    """JSON with other words in the place of some."""
    if isinstance(value, dict):
        return {words.get(name, name): translated(item, words) for name, item in value.items()}
    if isinstance(value, list):
        return [translated(item, words) for item in value]
    return words.get(value, value) if isinstance(value, str) else value
