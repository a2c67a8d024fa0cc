"""A week prepared for questions, as who asks may see it; kept by each process for the next question."""

from collections.abc import Hashable
from dataclasses import dataclass

from scheduler.explain import Trials, prepared
from scheduler.facts import Facts
from service.access.mask import CallerView, WeekMask
from service.answers.recent import Recent
from service.store import Store
from service.weeks.opening import OpenWeek, opened
from service.weeks.state import WeekState
from service.weeks.words import mask_of

MOST_PREPARED = 4
"""Weeks that a process keeps prepared."""


@dataclass(frozen=True)
class AskedWeek:
    """A week at one of its revisions, with neutral ids to compute with.

    trials: of the neutral week and roster; state: the true one
    key: equal for what is made of equal states for who sees the same
    """

    id: str
    revision: int
    mask: WeekMask
    trials: Trials
    state: WeekState
    key: tuple[Hashable, ...]

    @property
    def facts(self) -> Facts:
        """The roster as it stands."""
        return self.trials.facts


_prepared: Recent[tuple[WeekMask, Trials]] = Recent(MOST_PREPARED)


def asked_week(store: Store, view: CallerView, id: str, number: int | None = None) -> AskedWeek:
    """A week at a revision (None: its head). Raises ServiceError where the caller may see none of this id."""
    week: OpenWeek = opened(store, view.caller, id, number)
    key = week.week.id, week.state.key, *view.key
    mask, trials = _prepared.get(key, lambda: _made(view, week.state))
    view.audited(store, mask.true)
    return AskedWeek(week.week.id, week.number, mask, trials, week.state, key)


def _made(view: CallerView, state: WeekState) -> tuple[WeekMask, Trials]:
    mask = mask_of(view, state)
    return mask, prepared(Facts(mask.week, mask.read(state.roster)))
