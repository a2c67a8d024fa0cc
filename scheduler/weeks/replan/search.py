"""Re-planning: apply the changes, search on from what remains, and bound how many people are moved."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.checker import Report, checked
from scheduler.checker.recheck import rechecked
from scheduler.facts import Facts
from scheduler.model import Instance, Problem, Roster
from scheduler.model.changes import Changes
from scheduler.solver import Progress, solve
from scheduler.stop import Stop
from scheduler.weeks.replan.apply import ChangedWeek, apply
from scheduler.weeks.replan.bounded import search_bounded
from scheduler.weeks.replan.difference import Difference, difference
from scheduler.weeks.replan.held import held_by_hand


@dataclass(frozen=True)
class ReplanResult:
    """A re-plan's roster and what came with it.

    instance: the changed week, to which the roster belongs; difference: against what was published
    facts, report: what the checker looked at, and what it says of the roster
    notices: warnings about changes to work that has begun, which stays
    """

    instance: Instance
    roster: Roster
    difference: Difference
    facts: Facts
    report: Report
    notices: tuple[Problem, ...] = ()

    def report_before(self, instance: Instance, published: Roster) -> Report:
        """The checker's of the roster that changes were made to: where little differs, only that is checked."""
        facts = Facts(instance, published)
        return rechecked(self.report, self.facts, facts) or checked(facts)


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
    """A new roster after changes that disturbs few people: see the rules notified_person, new_work, kept_time, frozen.

    most_moved: how many people's work may change beyond those whom the changes touch; None: as many as
    pays. What is changed by hand is pinned for the search, and in the changed week. on_roster: called with the first roster, about a second from the call in a sub-district's week,
    and then with better ones. Raises InputError for changes that the week cannot take.
    """
    week = held_by_hand(apply(instance, published, changes))
    judged: list[tuple[Facts, Report]] = []
    roster = search(
        week,
        stop,
        most_moved=most_moved,
        seed=seed,
        cores=cores,
        on_progress=on_progress,
        on_roster=on_roster,
        on_report=lambda facts, report: judged.append((facts, report)),
    )
    news = difference(week.instance, published, roster, week.fallen)
    return ReplanResult(week.instance, roster, news, *judged[-1], week.notices)


def search(
    week: ChangedWeek,
    stop: Stop,
    *,
    most_moved: int | None = None,
    seed: int = 0,
    cores: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    on_roster: Callable[[Roster], None] | None = None,
    on_report: Callable[[Facts, Report], None] | None = None,
) -> Roster:
    """A roster of the changed week, searched for from what remains. See `replan`."""

    def revised(roster: Roster) -> Roster:
        return roster.model_copy(update={"revision": week.published.revision + 1})

    def hand_out(roster: Roster) -> None:
        if on_roster is not None:
            on_roster(revised(roster))

    if most_moved is None:
        found = solve(
            week.instance,
            stop,
            seed=seed,
            cores=cores,
            start=week.remaining,
            empty=week.empty,
            on_progress=on_progress,
            on_roster=on_roster and hand_out,
            on_report=on_report,
        )
    else:
        found = search_bounded(
            week,
            stop,
            most_moved,
            seed=seed,
            cores=cores,
            on_progress=on_progress,
            on_roster=on_roster and hand_out,
            on_report=on_report,
        )
    return revised(found)
