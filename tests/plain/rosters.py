"""Every answer an engine can make, or a seeded sample where there are too many."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial, prod
from random import Random

from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster
from tests.plain import earliest
from tests.plain.reading import read, workday

Choice = tuple[int, tuple[int, ...]]
"""An option, and a person (or nobody) for each slot of its task."""


@dataclass(frozen=True)
class Made:
    """An answer with the starts of its earliest schedule, and the order of tasks that led to it."""

    answer: DenseRoster
    order: tuple[int, ...]


def answers(lowered: Lowered, most: int, seed: int = 0) -> list[Made]:
    """Different answers with their earliest starts: all of them, or about `most` drawn at random.

    Left out are those in which somebody starts on another day than their option's: only a roster full
    of hard breaches looks like that, and rules tell days by the start.
    """
    choices = [_choices(lowered, task) for task in range(len(lowered.index.tasks))]
    every = prod(map(len, choices)) * factorial(len(choices))
    found: dict[DenseRoster, Made] = {}
    for chosen, order in _all(choices) if every <= most else _drawn(choices, most, seed):
        made = make(lowered, chosen, order)
        if on_its_day(lowered, made.answer):
            found.setdefault(made.answer, made)
    return list(found.values())


def make(lowered: Lowered, chosen: tuple[Choice, ...], order: tuple[int, ...]) -> Made:
    """The answer of these choices with its earliest starts."""
    people = tuple(person for _, own in chosen for person in own)
    options = tuple(option for option, _ in chosen)
    empty = DenseRoster(options, people, (0,) * len(people))
    order = tuple(task for task in order if options[task] != NONE)
    return Made(earliest(lowered, empty, list(order)), order)


def _choices(lowered: Lowered, task: int) -> list[Choice]:
    """Nobody at all, or an option with people who fit and are there on its day."""
    window, slots = lowered.window, lowered.index.slots_of(task)
    able = [[NONE, *lowered.fit.able(slot).tolist()] for slot in slots]
    found: list[Choice] = [(NONE, (NONE,) * len(slots))]
    for option in range(int(window.first[task]), int(window.first[task + 1])):
        for people in product(*able):
            pairs = zip(slots, people, strict=True)
            filled = {slot: person for slot, person in pairs if person != NONE}
            there = all(is_there(lowered, who, slot, option) for slot, who in filled.items())
            if filled and len(set(filled.values())) == len(filled) and there:
                found.append((option, people))
    return found


def is_there(lowered: Lowered, person: int, slot: int, option: int) -> bool:
    """Whether a person's day is open on which a slot starts in an option."""
    row = person * lowered.rows + lowered.workday(person, slot, option)
    return bool(lowered.day.span_first[row + 1] > lowered.day.span_first[row])


def _all(choices: list[list[Choice]]) -> Iterator[tuple[tuple[Choice, ...], tuple[int, ...]]]:
    for chosen in product(*choices):
        done = [task for task, (option, _) in enumerate(chosen) if option != NONE]
        for order in permutations(done):
            yield chosen, order


def _drawn(choices: list[list[Choice]], most: int, seed: int) -> Iterator:
    random = Random(seed)
    for _ in range(most):
        order = list(range(len(choices)))
        random.shuffle(order)
        yield tuple(_draw(own, random) for own in choices), tuple(order)


def _draw(own: list[Choice], random: Random) -> Choice:
    """Nobody once in five times: fuller rosters have more to say."""
    return own[0] if len(own) == 1 or random.random() < 0.2 else random.choice(own[1:])


def on_its_day(lowered: Lowered, answer: DenseRoster) -> bool:
    """Whether everybody starts on the days of their option: working day, calendar day, days touched."""
    for slot, person in enumerate(answer.person):
        if person == NONE:
            continue
        option, start = answer.option[lowered.index.task_of[slot]], answer.start[slot]
        begun = start - int(lowered.crew.least[slot])
        if begun // lowered.index.day_ticks != lowered.window.day[option]:
            return False
        if workday(read(lowered), person, start) != lowered.workday(person, slot, option):
            return False
        if begun >= lowered.window.until[option]:
            return False
    return True
