"""Re-planning: apply the changes, search on from what remains, and bound how many people are moved."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.model import Instance, Roster
from scheduler.model.changes import Changes
from scheduler.solver import Progress, solve
from scheduler.stop import Stop
from scheduler.weeks.replan.apply import ChangedWeek, apply
from scheduler.weeks.replan.difference import Difference, difference
from scheduler.weeks.replan.fewer import with_fewer_moved

BOUNDED_SHARE = 0.6
"""Of the time, the part for a search without a bound on the people moved, where there is one."""


@dataclass(frozen=True)
class ReplanResult:
    """instance: the changed week, to which the roster belongs; difference: against what was published."""

    instance: Instance
    roster: Roster
    difference: Difference


def replan(
    instance: Instance,
    published: Roster,
    changes: Changes,
    stop: Stop,
    *,
    most_moved: int | None = None,
    seed: int = 0,
    cores: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    on_roster: Callable[[Roster], None] | None = None,
) -> ReplanResult:
    """A new roster after changes that disturbs few people: see the rules notified_person, kept_time, frozen.

    most_moved: how many people's work may change beyond what the changes force; None: as many as
    pays. on_roster: called with the first roster, about a second from the call in a sub-district's week,
    and then with better ones; not with a bound on people moved. Raises InputError for changes that the week cannot take.
    """
    week = apply(instance, published, changes)
    roster = search(
        week,
        published,
        stop,
        most_moved=most_moved,
        seed=seed,
        cores=cores,
        on_progress=on_progress,
        on_roster=on_roster,
    )
    news = difference(week.instance, published, roster, week.fallen)
    return ReplanResult(week.instance, roster, news)


def search(
    week: ChangedWeek,
    published: Roster,
    stop: Stop,
    *,
    most_moved: int | None = None,
    seed: int = 0,
    cores: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    on_roster: Callable[[Roster], None] | None = None,
) -> Roster:
    """A roster of the changed week, searched for from what remains."""
    # Rosters of the search without the bound move too many people: only the last one is handed out.
    on_better = on_roster if most_moved is None else None

    def solved(part: Stop, start: Roster, held: frozenset[str]) -> Roster:
        return solve(
            week.instance,
            part,
            seed=seed,
            cores=cores,
            start=start,
            held=held,
            on_progress=on_progress,
            on_roster=on_better,
        )

    if most_moved is None:
        return solved(stop, week.remaining, frozenset())
    first = stop.within(BOUNDED_SHARE * stop.seconds) if stop.seconds is not None else stop
    roster = solved(first, week.remaining, frozenset())
    return with_fewer_moved(week, published, roster, most_moved, stop, solved)
