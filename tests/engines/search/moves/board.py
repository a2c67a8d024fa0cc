"""A tiny roster in the kernels' state, on which one move at a time is tried."""

import numpy as np

from scheduler.engines.search import anneal
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves import MOVES
from scheduler.engines.search.pack import pack
from scheduler.engines.search.thread import Thread
from scheduler.model import Instance
from tests.rules.build import instance, lowered, person, visit, window

RULES = ("visit_window", "listed_place", "availability", "skill", "travel", "unassigned")
MOST_TRIES = 500
ENDS = (
    "NOTHING",
    "HOPELESS",
    "FAILED",
    "WEIGHED",
    "UNSETTLED",
    "UNFINISHED",
    "SAME",
    "OTHER",
)
COLD = 1e-9
"""Points so few that only what is no costlier is taken."""


class Board:
    """A state that begins empty; rules: those of `RULES` and others that matter here, less what is left out."""

    def __init__(self, week: Instance, *rules: str, left_out: tuple[str, ...] = ()):
        kept = [rule for rule in RULES if rule not in left_out]
        self.lowered = lowered(week, *kept, *rules)
        self.thread = Thread(self.lowered, pack(self.lowered), seed=1)

    def put(
        self,
        task: str,
        people: str | tuple[str, ...],
        start: int,
        *,
        option: int = 0,
        slot: int = 0,
    ) -> None:
        """Fill a task's slots from `slot` on. A whole crew comes in one call, since it has one key."""
        index, thread = self.lowered.index, self.thread
        number = index.task[task]
        crew = (people,) if isinstance(people, str) else people
        first = index.slot_of[number] + slot
        slots = np.arange(first, first + len(crew), dtype=np.int64)
        numbers = np.array([index.person[person] for person in crew], dtype=np.int64)
        option += int(self.lowered.window.first[number])
        anneal.place(thread.P, thread.T, thread.S, thread.W, number, option, start, slots, numbers)

    def has_room_for(self, name: str) -> bool:
        """Whether a move says that it is of use here."""
        return bool(MOVES[name].supports(self.lowered))

    def move(self, name: str) -> int:
        """Try one move alone until it lowers the cost; by how many points it changes."""
        assert self.has_room_for(name)
        only = np.where(np.arange(len(MOVES)) >= list(MOVES).index(name), anneal.DRAWN_FROM, 0)
        cost = self.cost
        for _ in range(MOST_TRIES):
            self.thread.anneal(only.astype(np.int64), 1, COLD, COLD)
            if self.cost < cost:
                return self.cost - cost
        raise AssertionError(f"{name} found nothing better in {MOST_TRIES} tries")

    def ends(self, name: str, tries: int = 200) -> dict[str, int]:
        """Try one move alone so often at no temperature: how often it ended in which way, by OUTCOME column."""
        number = list(MOVES).index(name)
        only = np.where(np.arange(len(MOVES)) >= number, anneal.DRAWN_FROM, 0)
        before = self.thread.outcomes[number].copy()
        self.thread.anneal(only.astype(np.int64), tries, COLD, COLD)
        counts = self.thread.outcomes[number] - before
        return {name: int(counts[getattr(at, f"OUTCOME_{name}")]) for name in ENDS}

    @property
    def cost(self) -> int:
        """Points of the present state."""
        return int(self.thread.S[at.COST])

    @property
    def routes(self) -> dict[str, list[tuple[str, int]]]:
        """Person → (task, start) of all their stops in the order of their routes."""
        index, S = self.lowered.index, self.thread.S
        stops, heads = self.thread.arena.stops(S), self.thread.arena.routes(S)[:, at.ROUTE_HEAD]
        days = int(self.thread.P[at.DAYS])
        routes: dict[str, list[tuple[str, int]]] = {person: [] for person in index.people}
        for person_day, head in enumerate(heads):
            slot = int(head)
            while slot != at.NONE:
                task = index.tasks[index.task_of[slot]].id
                start = int(stops[slot, at.STOP_START])
                routes[index.people[person_day // days]].append((task, start))
                slot = int(stops[slot, at.STOP_NEXT])
        return routes


def plain_board() -> Board:
    """One day, one person, one visit, and nothing special about them."""
    plain = visit("v", windows=(window(0, "09:00", "10:00"),))
    return Board(instance(person("anna"), plain, days=1))
