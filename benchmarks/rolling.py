"""Weeks of Shizishan in a row, with the history of loads rolled and without.

Both ways roll duties, series, known faces and runs of days alike; without history only the minutes
that fairness looks back on are forgotten. Spread is over the people who have a contract: the
standard deviation of each one's minutes over all weeks divided by their own contract's part of them,
once within each role but partners, whose people can stand in for each other (deviations from the
role's mean), and
once over everybody, where the work that there is for each role decides. Nobody's figure is shown.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, pstdev

from instances.generate import generate
from scheduler.due import coverage, expand
from scheduler.facts.contract import contract
from scheduler.formats.atomic import write_text
from scheduler.formats.json_file import dump
from scheduler.model import Instance, Role, Roster
from scheduler.model.tasks import case_of, household_of
from scheduler.solver import solve
from scheduler.stop import Stop
from scheduler.weeks.roll import roll


@dataclass(frozen=True)
class RolledWeeks:
    """What some weeks in a row came to.

    spread, overall: standard deviation of load / contract within roles, and over everybody
    covered: each week's share of the duties due in it that were kept
    faces: people met by a household, the mean over those visited
    same_lead: share of the series with visits that one person led throughout
    unfilled: visits' slots left empty, all weeks together
    """

    history: bool
    weeks: int
    seconds: float
    spread: float
    overall: float
    covered: list[float]
    faces: float
    same_lead: float
    unfilled: int


def measured(
    weeks: int, seconds: float, *, history: bool, save_to: Path | None = None
) -> RolledWeeks:
    """Solve the weeks one after the other, `seconds` each."""
    done: list[tuple[Instance, Roster]] = []
    for number in range(1, weeks + 1):
        week = generate(f"shizishan/week{number}")
        if done:
            week = roll(*done[-1], week)
        if not history:
            week = _forgetful(week)
        week = expand(week)
        roster = solve(week, Stop(seconds=seconds))
        done.append((week, roster))
        if save_to is not None:
            kind = "with" if history else "without"
            write_text(save_to / f"week{number}.{kind}.json", dump(roster))
    return _figures(done, seconds, history)


def _forgetful(week: Instance) -> Instance:
    none = {"minutes": 0, "fair_minutes": 0}
    past = {key: one.model_copy(update=none) for key, one in week.history.items()}
    return week.changed(history=past)


def _figures(done: list[tuple[Instance, Roster]], seconds: float, history: bool) -> RolledWeeks:
    load: Counter[str] = Counter()
    share: Counter[str] = Counter()
    faces: dict[str, set[str]] = {}
    leads: dict[str, set[str]] = {}
    unfilled = 0
    for week, roster in done:
        share.update({one.id: contract(week, one.id) or 0 for one in week.people})
        for one in roster.assignments:
            load[one.person] += one.end - one.start
            task = week.task_by_id[one.task]
            home = household_of(week, task)
            if home is not None:
                faces.setdefault(home.id, set()).add(one.person)
            case = case_of(week, task)
            if case is not None and one.slot == 0 and case.same_person:
                leads.setdefault(case.id, set()).add(one.person)
        visits = {visit.id: len(visit.slots) for visit in week.visits}
        filled = sum(one.task in visits for one in roster.assignments)
        unfilled += sum(visits.values()) - filled
    rates = {key: load[key] / ticks for key, ticks in share.items() if ticks}
    return RolledWeeks(
        history=history,
        weeks=len(done),
        seconds=seconds,
        spread=round(_within(rates, done[0][0]), 4),
        overall=round(pstdev(rates.values()), 4),
        covered=[round(coverage(week, roster).due.rate, 4) for week, roster in done],
        faces=round(sum(map(len, faces.values())) / max(1, len(faces)), 3),
        same_lead=round(sum(len(one) == 1 for one in leads.values()) / max(1, len(leads)), 4),
        unfilled=unfilled,
    )


def _within(rates: dict[str, float], week: Instance) -> float:
    """Standard deviation of rates around the mean of their role; partners, each of a trade of their own, apart."""
    by_role: dict[str, list[float]] = {}
    for key, rate in rates.items():
        if week.person_by_id[key].role is not Role.PARTNER:
            by_role.setdefault(week.person_by_id[key].role, []).append(rate)
    off = [rate - mean(own) for own in by_role.values() for rate in own]
    return pstdev(off)


def table(results: list[RolledWeeks]) -> list[str]:
    """A Markdown table, a line for each way."""
    lines = [
        "| loads remembered | spread within roles | overall | least coverage | faces | same lead | empty slots |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in results:
        lines.append(
            f"| {'yes' if one.history else 'no'} | {one.spread:.3f} | {one.overall:.3f} "
            f"| {min(one.covered):.1%} | {one.faces:.2f} | {one.same_lead:.1%} | {one.unfilled} |"
        )
    return lines
