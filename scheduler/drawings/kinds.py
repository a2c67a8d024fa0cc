"""Kinds of work as they are drawn: a word, a mark that survives black and white, a colour."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count

from scheduler.drawings.reader import Reader
from scheduler.drawings.words import kind as kind_label
from scheduler.drawings.words import text
from scheduler.facts import Facts
from scheduler.messages import LANGS
from scheduler.model import Shift
from scheduler.rules import Text

_FAMILIES = {
    0: ("door", "phone", "neighbour", "welfare", "companion", "health"),
    1: ("inspection",),
    2: ("patrol",),
    3: ("project",),
    4: ("venue", "culture", "heritage", "elder"),
    5: ("order",),
    6: ("counselling", "mediation", "joint"),
}
"""Colour → words in the ids of kinds that share it, because they are similar work."""
_FAMILY = {word: colour for colour, words in _FAMILIES.items() for word in words}
_OTHERS = 7
"""Colour of kinds of no known family: eight families are as many as one tells apart; marks tell the rest."""
_HIDDEN = 8


@dataclass(frozen=True)
class Kind:
    """label: the word; mark: one letter, different for every kind; colour: 0 to 8; id: "" where hidden."""

    label: Text
    mark: Text
    colour: int
    shift: bool
    count: int
    id: str


def kinds(
    facts: Facts, reader: Reader, tasks: Iterable[str] | None = None
) -> tuple[list[Kind], dict[str, int]]:
    """Every kind, by family, the most frequent first; and the position of each task's kind there.

    tasks: ids of those whose kinds are wanted; None: all
    """
    names: dict[str, tuple[str, bool]] = {}
    for task in facts.by_task if tasks is None else tasks:
        record = facts.instance.task_by_id[task]
        hidden = task in reader.tasks
        names[task] = ("" if hidden else record.kind, isinstance(record, Shift))
    counts = Counter(names.values())
    colours = _colours(sorted({kind for kind, _ in counts}))
    order = sorted(counts, key=lambda group: (colours[group[0]], -counts[group], group))
    labels = [text("private.task") if not kind else kind_label(kind) for kind, _ in order]
    marks = _marks(labels)
    shown = [
        Kind(labels[n], marks[n], colours[kind], shift, counts[kind, shift], kind)
        for n, (kind, shift) in enumerate(order)
    ]
    position = {group: number for number, group in enumerate(order)}
    return shown, {task: position[name] for task, name in names.items()}


def _colours(kinds: list[str]) -> dict[str, int]:
    """Colour of each kind; the hidden kind is ""."""
    colours = {"": _HIDDEN}
    for kind in kinds:
        if kind:
            words = [word for word in kind.split("_") if word in _FAMILY]
            colours[kind] = _FAMILY[words[0]] if words else _OTHERS
    return colours


def _marks(labels: list[Text]) -> list[Text]:
    by_lang = {}
    for lang in LANGS:
        taken: set[str] = set()
        by_lang[lang] = [_mark(getattr(label, lang), taken) for label in labels]
    return [Text(zh=zh, en=en) for zh, en in zip(by_lang["zh"], by_lang["en"], strict=True)]


def _mark(words: str, taken: set[str]) -> str:
    """The first letter still free, those that begin a word before the others; else a number."""
    initials = [word[0] for word in words.split() if word[0].isalnum()]
    letters = [letter.upper() for letter in (*initials, *words) if letter.isalnum()]
    free: str = next(mark for mark in chain(letters, map(str, count(1))) if mark not in taken)
    taken.add(free)
    return free
