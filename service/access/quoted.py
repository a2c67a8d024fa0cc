"""Faults without what private records say: found in the JSON that they are about, readable or not."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from scheduler.model import Problem
from scheduler.model.pointer import pointer

HIDDEN = "…"
"""In the place of words that are not quoted."""
STAND_IN = "hidden-{}"
"""What stands for a hidden id while a request is worked on (`service.access.guarded`)."""
NOBODYS = "\u2800"
"""A blank that nobody types; behind a hidden id that somebody sent who may not know it, so that it is no id (`service.access.mask`)."""
_STAND_IN = re.compile(STAND_IN.format("[0-9a-f]{24}"))
_OF_WEEKS = ("areas", "places", "people", "households", "duties", "cases", "visits", "shifts")
"""Lists of records with ids; any other record, such as a pin, is about a task and hidden with it."""
_OF_PEOPLE = ("id", "name", "role", "areas", "mode")
"""What of people is known to everybody; their skills and wishes may be those of private work alone."""
_LEAST = 2
"""A private word of fewer letters is replaced only where it is all of a value."""
_LONGEST = 120
"""A longer value is not quoted where there are private words at all."""


class Quoted:
    """What of some JSON bodies may not be quoted. A record is private that says so, or that such a one belongs to.

    outside: by list, ids of records that are hidden likewise, since they lie outside the reader's areas.
    sent: what the reader sent. Its words may be quoted but for those of its own private records, so that
    no answer tells whether they are those of a hidden one.
    """

    def __init__(
        self,
        *bodies: Any,
        outside: Mapping[str, Collection[str]] | None = None,
        sent: Any = None,
    ):
        self._pointers: set[str] = set()
        private: set[str] = set()
        public: set[str] = set()
        for body in bodies:
            records = list(_records(body))
            hidden = _hidden(records, outside or {})
            self._pointers.update(hidden)
            for at, kind, record in records:
                public.update(record)
                if at in hidden:
                    private.update(words(record))
                elif kind == "people":
                    public.update(words([record.get(name) for name in _OF_PEOPLE]))
                elif kind in _OF_WEEKS:
                    public.update(words(record))
        # What is seen may refer to them: it goes out with neutral ids.
        public.difference_update(*(outside or {}).values())
        own = _hidden(list(_records(sent)), {})
        public.update(_words_beside(sent, own))
        private.difference_update(public)
        for at, _, record in _records(sent):
            private.update(words(record) if at in own else ())
        self._words = sorted(private - public)
        self._known = frozenset(self._words)

    def __call__(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems, with what is private in their values and slots left out."""
        return [self._problem(problem) for problem in problems]

    def _problem(self, problem: Problem) -> Problem:
        update: dict[str, Any] = {
            "value": self._quoted(problem.value),
            "slots": {name: self._quoted(value) for name, value in problem.slots.items()},
        }
        if any(problem.pointer.startswith(f"{at}/") for at in self._pointers):
            update["value"] = HIDDEN
        return problem.model_copy(update=update)

    def _quoted(self, value: str) -> str:
        value = _STAND_IN.sub(HIDDEN, value)
        if not self._words:
            return value
        if value in self._known or len(value) > _LONGEST or self._is_cut(value):
            return HIDDEN
        start = 0
        while start < len(value):
            ends = range(len(value), start + _LEAST - 1, -1)
            end = next((end for end in ends if value[start:end] in self._known), None)
            if end is not None:
                value = value[:start] + HIDDEN + value[end:]
            start += 1
        return value

    def _is_cut(self, value: str) -> bool:
        """Whether it is the beginning of a private word, which was shortened."""
        cut = value.removesuffix(HIDDEN)
        if cut == value or len(cut) < _LEAST:
            return False
        at = bisect_left(self._words, cut)
        return at < len(self._words) and self._words[at].startswith(cut)


def as_sent(problem: Problem) -> Problem:
    """A problem about a guessed id as of a wrong guess: in its sender's word, without the hidden id as a suggestion."""
    if NOBODYS not in problem.value:
        return problem
    slots = {name: value.replace(NOBODYS, "") for name, value in problem.slots.items()}
    if "suggestion" in slots:
        slots["suggestion"] = ""
    return problem.model_copy(update={"value": problem.value.replace(NOBODYS, ""), "slots": slots})


def _words_beside(value: Any, hidden: Collection[str], at: str = "") -> Iterator[str]:
    """The words of a JSON value but for those of some records. hidden: their pointers."""
    if at in hidden:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _words_beside(item, hidden, at + pointer(name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _words_beside(item, hidden, at + pointer(number))


def _records(body: Any, at: str = "", kind: str = "") -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(pointer, list that it stands in, record) of every record in a list, however deep."""
    if isinstance(body, dict):
        for name, value in body.items():
            yield from _records(value, at + pointer(name), name)
    elif isinstance(body, list):
        for number, value in enumerate(body):
            here = at + pointer(number)
            if isinstance(value, dict):
                yield here, kind, value
            yield from _records(value, here, kind)


def _hidden(
    records: list[tuple[str, str, dict[str, Any]]], outside: Mapping[str, Collection[str]]
) -> set[str]:
    """Pointers of the private records, and of what is said of a household or home of theirs alone."""
    found = {at for at, kind, record in records if kind != "places" and record.get("private")}
    found |= {
        at
        for at, kind, record in records
        if not set(outside.get(kind, ())).isdisjoint(_ids(record, "id"))
    }
    while True:
        cases, homes, places, work = set[str](), set[str](), set[str](), set[str]()
        for at, kind, record in records:
            if at not in found:
                continue
            cases.update(_ids(record, "id") if kind == "cases" else ())
            homes.update(_ids(record, "household"))
            work.update(_ids(record, "id") if kind in ("visits", "shifts") else ())
            if kind == "households":
                homes.update(_ids(record, "id"))
                places.update(_ids(record, "place"))
        named = {
            "households": ("id", homes),
            "duties": ("household", homes),
            "places": ("id", places),
        }
        named |= {"visits": ("case", cases), "shifts": ("case", cases)}
        more = {
            at
            for at, kind, record in records
            if (kind in named and not named[kind][1].isdisjoint(_ids(record, named[kind][0])))
            or (kind not in _OF_WEEKS and not work.isdisjoint(words(record)))
        }
        if more <= found:
            return found
        found |= more


def _ids(record: dict[str, Any], name: str) -> tuple[str, ...]:
    value = record.get(name)
    return (value,) if isinstance(value, str) else ()


def words(value: Any) -> Iterator[str]:
    """Every word of a JSON value, names of fields among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from words(item)
    elif isinstance(value, list):
        for item in value:
            yield from words(item)
