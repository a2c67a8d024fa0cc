"""Run as an automaton: where somebody is in each of their runs, and what the next day costs.

A day is told by its *letter*: off, or which of the measures that Run's rows count the day's item has.
The rows are followed side by side; a row's own state is the length of its run so far, no larger than
its bound. States that no letters lead to do not exist.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.restricted_master import UnsolvedError
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.engines.columns.total_rows import NEVER
from scheduler.lowered.dense_roster import NONE
from scheduler.lowered.total import STOPS

OFF = 0
"""The letter of a day off."""
MOST_RUNS = 20_000
"""States of an automaton; with more, columns give up."""


@dataclass(frozen=True)
class RunAutomaton:
    """States are runs.

    letter: int64 [item + 1], the letter of each item; the last is OFF, so that no item has it
    following: int64 [run, letter], cost: float64 [run, letter]: next run and points, by a day's letter
    on: int64 [run], 1 where the last day was worked; start: the run before a window's first day
    """

    letter: Ints
    following: Ints
    cost: Floats
    on: Ints
    start: int

    def __len__(self) -> int:
        return len(self.following)

    def cost_of(self, roster: Ints) -> Floats:
        """float64 [run]: points of the days of a roster (items or -1) after each run."""
        total, run = np.zeros(len(self)), np.arange(len(self))
        for letter in self.letter[roster].tolist():
            total += self.cost[run, letter]
            run = self.following[run, letter]
            if (run == run[0]).all():
                run = run[:1]
        return np.minimum(total, NEVER)


@dataclass(frozen=True)
class _FollowedRow:
    """A row of Run: `has` says of each letter whether such a day belongs to its run."""

    has: tuple[bool, ...]
    sense: int
    bound: int
    points: float
    start: int

    def step(self, state: int, letter: int) -> tuple[int, float]:
        """Next state and points.

        State -1: before day 0, when a run may have begun; -1 - n: after n days that lack none alone.
        """
        if self.has[letter]:
            beyond = self.sense > 0 and state == self.bound
            length = min(abs(state) + (state >= 0), self.bound)
            return self.bound if state == NONE else length, self.points if beyond else 0.0
        lacks = self.bound - state if self.sense < 0 < state else 0
        return 0, self.points * lacks


def run_automaton(subproblem: Subproblem, person: int, first: int, roster: Ints) -> RunAutomaton:
    """A person's runs. `first`: a window's first day.

    roster: int64 [day], -1 off; only the days before `first` are looked at. Raises UnsolvedError where
    there are more than `MOST_RUNS` states.
    """
    letter, words = _letters(subproblem, person)
    rows = tuple(_rows(subproblem, person, words))
    known, key = subproblem.made, (rows, len(words))
    if key not in known:
        known[key] = _capped(_followed(rows, len(words)), subproblem.lowered.scale.hard)
    automaton: RunAutomaton = known[key]
    at = 0
    for item in roster[:first]:
        at = int(automaton.following[at, letter[item]])
    return replace(automaton, letter=letter, start=at)


@dataclass(frozen=True)
class PricedRuns:
    """All people's runs over the whole horizon, with hard rules at their points.

    steps: of each automaton, int64 [run, letter, 2]: next run and points
    automaton, start, table: int64 [person]: which automaton, the first run, the row of `letters`
    letters: distinct rows of int64 [item + 1], the letter of each item; the last is OFF
    """

    steps: list[Ints]
    automaton: Ints
    start: Ints
    table: Ints
    letters: list[Ints]


def priced_runs(subproblem: Subproblem) -> PricedRuns:
    """The runs of all people. Those whose rows differ in what came before alone share an automaton.

    Raises UnsolvedError where there are more than `MOST_RUNS` states.
    """
    starts: dict[Any, list[tuple[int, ...]]] = {}
    letters: dict[bytes, Ints] = {}
    keys, begun, tables = [], [], []
    for person in range(subproblem.people):
        letter, words = _letters(subproblem, person)
        rows = tuple(_rows(subproblem, person, words))
        key = tuple(replace(row, start=0) for row in rows), len(words)
        starts.setdefault(key, []).append(tuple(row.start for row in rows))
        letters.setdefault(letter.tobytes(), letter)
        keys.append(key)
        begun.append(starts[key][-1])
        tables.append(list(letters).index(letter.tobytes()))
    distinct = {key: list(dict.fromkeys(begins)) for key, begins in starts.items()}
    made = [_followed(rows, width, distinct[rows, width]) for rows, width in distinct]
    return PricedRuns(
        [np.stack([one.following, one.cost.astype(np.int64)], axis=2) for one in made],
        np.array([list(distinct).index(key) for key in keys], dtype=np.int64),
        np.array(
            [distinct[key].index(begin) for key, begin in zip(keys, begun, strict=True)],
            dtype=np.int64,
        ),
        np.array(tables, dtype=np.int64),
        list(letters.values()),
    )


def _capped(automaton: RunAutomaton, hard: int) -> RunAutomaton:
    """The automaton with NEVER for points from `hard` on."""
    return replace(automaton, cost=np.where(automaton.cost >= hard, NEVER, automaton.cost))


def _followed(
    rows: tuple[_FollowedRow, ...], letters: int, starts: Sequence[tuple[int, ...]] = ()
) -> RunAutomaton:
    """The automaton of these rows, without `letter` and at its start.

    starts: of the rows, where the automaton has several; they are the first runs.
    """
    queue = [(*own, 0) for own in starts or [tuple(row.start for row in rows)]]
    number = {state: n for n, state in enumerate(queue)}
    following: list[list[int]] = []
    cost: list[list[float]] = []
    for state in queue:
        steps = [_step(rows, state, letter) for letter in range(letters)]
        for after, _ in steps:
            if after not in number:
                number[after] = len(queue)
                queue.append(after)
        if len(queue) > MOST_RUNS:
            raise UnsolvedError("too many runs to be followed side by side")
        following.append([number[after] for after, _ in steps])
        cost.append([points for _, points in steps])
    points = np.array(cost, dtype=np.float64)
    on = np.array([state[-1] for state in queue], dtype=np.int64)
    none = np.zeros(0, dtype=np.int64)
    return RunAutomaton(none, np.array(following, dtype=np.int64), points, on, 0)


def _step(
    rows: tuple[_FollowedRow, ...], state: tuple[int, ...], letter: int
) -> tuple[tuple[int, ...], float]:
    steps = [row.step(own, letter) for row, own in zip(rows, state, strict=False)]
    after = (*(own for own, _ in steps), int(letter != OFF))
    return after, sum(points for _, points in steps)


def _letters(subproblem: Subproblem, person: int) -> tuple[Ints, list[frozenset[int]]]:
    """The letter of each item, and the measures that each letter has."""
    run = subproblem.lowered.run
    measures = np.unique(run.measure[subproblem.runs_of(person)])
    measures = measures[measures > STOPS]
    has = subproblem.amounts[:, measures] > 0
    words: list[frozenset[int]] = [frozenset()]
    letters = np.zeros(len(subproblem.items) + 1, dtype=np.int64)
    for word in np.unique(has, axis=0):
        letters[:-1][(has == word).all(axis=1)] = len(words)
        words.append(frozenset({STOPS, *measures[word].tolist()}))
    return letters, words


def _rows(
    subproblem: Subproblem, person: int, words: list[frozenset[int]]
) -> Iterator[_FollowedRow]:
    run, days = subproblem.lowered.run, subproblem.days
    for row in subproblem.runs_of(person):
        sense, bound, past = int(run.sense[row]), int(run.bound[row]), int(run.past[row])
        if sense > 0 and past + days <= bound:
            continue
        start = min(past, bound)
        if sense < 0 and not run.begins[row]:
            start = bound if past else NONE
        elif sense < 0 < past and not run.told[row]:
            start = NONE - past
        measure = max(STOPS, int(run.measure[row]))
        has = tuple((measure in word) == bool(run.on[row]) for word in words)
        yield _FollowedRow(has, sense, bound, float(run.points[row]), start)
