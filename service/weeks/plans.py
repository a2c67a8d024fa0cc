"""Plans: what a search is asked, and how its roster is taken into a week that went on meanwhile."""

from dataclasses import dataclass, replace
from typing import Literal

from scheduler.checker import Finding, Report, check
from scheduler.model import Instance, Problem, Roster
from scheduler.model.changes import Changes
from scheduler.weeks.adopt import Unfit, fitted
from scheduler.weeks.replan import ChangedWeek, apply
from scheduler.weeks.replan.held import held, held_by_hand
from service.access.caller import Caller
from service.access.scope import held_outside
from service.answers.recent import Recent
from service.weeks import cells
from service.weeks.by_hand import Decided
from service.weeks.priced import priced
from service.weeks.state import ROSTER, WeekState

PlanKind = Literal["solve", "replan"]
"""solve: as good as can be, whoever is moved; replan: as little as possible otherwise than it is."""


@dataclass(frozen=True)
class PlanOrder:
    """What a search is asked.

    instance: the week after the plan's changes, decisions by hand held in it; start: what remains of the
    roster; notices: warnings about changes to work that has begun; empty: (task, slot) that stays empty
    """

    instance: Instance
    start: Roster
    notices: tuple[Problem, ...]
    empty: tuple[tuple[str, int], ...] = ()


def ordered(
    state: WeekState, kind: PlanKind, changes: Changes, kept: Decided, caller: Caller
) -> PlanOrder:
    """What a search for a plan is asked. kept: decisions by hand that it keeps.

    What lies outside the areas of the caller stays as it is. Raises InputError for changes that the
    week cannot take.
    """
    week = held_by_hand(_changed(state, changes))
    week = replace(week, instance=held(week, kept.placed, kept.taken_off))
    week = held_outside(caller, week)
    instance = week.instance
    if kind == "solve":
        instance = instance.changed(published=(), affected=())
    return PlanOrder(instance, week.remaining, week.notices, week.empty)


def planned(base: WeekState, changes: Changes, roster: Roster) -> WeekState:
    """The state that a plan wants: its changes, and the roster that was found; nothing of what it held."""
    instance: Instance = base.instance
    if changes.changes:
        changed = _changed(base, changes).instance
        same = {name: getattr(base.instance, name) for name in ("published", "affected", "freeze")}
        instance = changed.changed(**same)
    # What is as it was stays the same object, of which more is known.
    was = {(part.task, part.slot): part for part in base.roster.assignments}
    parts = tuple(
        part if (old := was.get((part.task, part.slot))) is part or old != part else old
        for part in roster.assignments
    )
    return base.changed(instance, base.roster.model_copy(update={"assignments": parts}))


def _changed(state: WeekState, changes: Changes) -> ChangedWeek:
    """The changed week. Kept a while: what is ordered is soon looked at."""

    def make() -> ChangedWeek:
        return apply(state.instance, state.roster, changes)

    if not state.is_kept:
        return make()
    # New visits hold requirements of people in dictionaries, which cannot be a key.
    return _weeks.get((state.key, changes.model_dump_json()), make)


_weeks: Recent[ChangedWeek] = Recent(4)


@dataclass(frozen=True)
class MergedPlan:
    """A week as it would be with a plan.

    base: as it was when the plan began; report: what the checker says of the state; unfit: what of the plan no longer fits; meanwhile: cells that the plan wanted otherwise than they
    were commanded since it began, and which stay as commanded; broken: hard rules that are broken then
    and are not now
    """

    state: WeekState
    base: WeekState
    report: Report
    unfit: tuple[Unfit, ...]
    meanwhile: tuple[cells.Cell, ...]
    broken: tuple[Finding, ...]


def merged(base: WeekState, plan: WeekState, head: WeekState, *, whole: bool = False) -> MergedPlan:
    """The head with what a plan, begun at `base`, makes otherwise.

    What was commanded since stands: where plan and commands meet the hand wins, and what of the plan
    does not fit beside it falls out. head: one that is kept. whole: have the whole of it checked anew, as
    before it is written.
    """
    together, meanwhile = (plan, []) if head is base else _together(base, plan, head)
    known = priced(head)
    judge = check if whole else known.report_of
    fit = fitted(together.instance, together.roster, known.report, head.roster, judge)
    after = together.changed(roster=fit.roster)
    return MergedPlan(after, base, fit.report, fit.unfit, tuple(meanwhile), fit.broken)


def _together(
    base: WeekState, plan: WeekState, head: WeekState
) -> tuple[WeekState, list[cells.Cell]]:
    """The head with what a plan makes otherwise than its base, and the cells that both made otherwise."""
    wanted, since = cells.effect(base, plan), cells.effect(base, head)
    free = {cell: change for cell, change in wanted.items() if cell not in since}
    meanwhile = [cell for cell in wanted if cell in since and since[cell][1] != wanted[cell][1]]
    return cells.applied(head, free), meanwhile


def tasks_of(effect: cells.Effect) -> set[str]:
    """The tasks whose assignments an effect changes."""
    return {cell[1] for cell in effect if cell[0] == ROSTER}
