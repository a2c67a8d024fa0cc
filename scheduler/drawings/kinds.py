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
    0: (
        *("door", "phone", "neighbour", "welfare", "companion", "health"),
        *("走访", "看望", "探访", "慰问", "入户", "上门", "电话", "陪"),
    ),
    1: ("inspection", "检查", "巡检", "排查"),
    2: ("patrol", "巡"),
    3: ("project", "项目"),
    4: ("venue", "culture", "heritage", "elder", "值守", "窗口", "课", "活动", "助餐"),
    5: ("order", "订单", "报修", "维修", "代办"),
    6: ("counselling", "mediation", "joint", "调解", "咨询", "协调"),
}
"""Colour → words of kinds that share it, because they are similar work; an English word is a part of an id."""
_FAMILY = {word: colour for colour, words in _FAMILIES.items() for word in words}
_OTHERS = 7
"""Colour of kinds of no known family, once those of families that are not there are taken: eight are as many
as one tells apart; marks tell the rest."""
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


def called_alike(kinds: Iterable[Kind]) -> list[list[Kind]]:
    """Kinds by their word, in their order: a legend names each once, with the marks of its visits and its shifts."""
    found: dict[Text, list[Kind]] = {}
    for kind in kinds:
        found.setdefault(kind.label, []).append(kind)
    return list(found.values())


def _colours(kinds: list[str]) -> dict[str, int]:
    """Colour of each kind; the hidden kind is ""."""
    known = {kind: _family(kind) for kind in kinds if kind}
    free = (colour for colour in _FAMILIES if colour not in known.values())
    found = {
        kind: next(free, _OTHERS) if colour is None else colour for kind, colour in known.items()
    }
    return {"": _HIDDEN, **found}


def _family(kind: str) -> int | None:
    parts = kind.split("_")
    words = (word for word in parts if word in _FAMILY)
    within = (word for word in _FAMILY if not word.isascii() and word in kind)
    word = next(chain(words, within), None)
    return None if word is None else _FAMILY[word]


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
