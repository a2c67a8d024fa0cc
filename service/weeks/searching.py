"""What a coordinator types into the search of a week: a name, an id, an address, or initials in pinyin.

People come first, then places, then work. Two of one name are told apart: people by role and areas,
places by area, work by place and day.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from scheduler.model import Instance
from scheduler.model.tasks import tasks
from service.weeks.pinyin import initials, spelled

Kind = Literal["person", "place", "task"]


@dataclass(frozen=True)
class SearchHit:
    """A record that a text may mean. rank: 0 is the best: all of a word; then its beginning; then inside it."""

    kind: Kind
    id: str
    rank: int


def search(instance: Instance, text: str) -> list[SearchHit]:
    """The records that a text may mean, the likeliest first. Spaces and case do not matter."""
    asked = folded(text)
    if not asked:
        return []
    hits = [
        SearchHit(kind, id, rank)
        for kind, id, words in _records(instance)
        if (rank := _rank(asked, words)) is not None
    ]
    return sorted(hits, key=lambda hit: hit.rank)


def folded(text: str) -> str:
    """A text as it is compared: without spaces, and in small letters; full-width letters as half-width."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def pinyin(name: str) -> tuple[str, ...]:
    """A name's initials and its whole pinyin; what has no pinyin stays as it is."""
    word = folded(name)
    return folded(initials(word)), folded(spelled(word))


def _records(instance: Instance) -> Iterator[tuple[Kind, str, list[str]]]:
    """Every record with the words by which it may be meant."""
    areas = {area.id: area.name for area in instance.areas}
    for person in instance.people:
        yield "person", person.id, _words(person.name, person.id)
    for place in instance.places:
        # An address is the area and the name, as people write it in one.
        address = areas.get(place.area or "", "") + place.name
        yield "place", place.id, [*_words(place.name, place.id), *_words(address)]
    for task in tasks(instance):
        yield "task", task.id, _words(task.name, task.id)


def _words(*texts: str) -> list[str]:
    names = [text for text in texts if text]
    return [*map(folded, names), *(word for name in names[:1] for word in pinyin(name))]


def _rank(asked: str, words: Iterable[str]) -> int | None:
    """How well a text fits the best of the words."""
    best: int | None = None
    for word in words:
        rank = 0 if word == asked else 1 if word.startswith(asked) else 2 if asked in word else None
        if rank is not None and (best is None or rank < best):
            best = rank
    return best
