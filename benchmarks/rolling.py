"""Weeks of Shizishan in a row, with the history of loads rolled and without.

Both ways roll duties, series, known faces and runs of days alike; without history only the minutes
that fairness looks back on are forgotten. Spread is over the people who have a contract: the
standard deviation of each person's minutes over all weeks divided by their contract's part of them.
It is taken once within roles (deviations from the role's mean; partners are left out, since no
partner can replace another), and once over everybody, where it depends on the work that there is
for each role. No figure of a single person is shown.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from instances.generate import generate
from scheduler import frames
from scheduler.due import coverage, expand
from scheduler.formats.atomic import write_text
from scheduler.formats.json_file import dump
from scheduler.model import Instance, Role, Roster
from scheduler.solver import solve
from scheduler.stop import Stop
from scheduler.weeks.roll import roll


@dataclass(frozen=True)
class RolledWeeks:
    """The figures of some weeks in a row.

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


def measure(
    weeks: int, seconds: float, *, history: bool, save_to: Path | None = None
) -> RolledWeeks:
    """Solve the weeks one after the other, `seconds` each."""
    done: list[tuple[Instance, Roster]] = []
    for number in range(1, weeks + 1):
        week = generate(f"shizishan/week{number}")
        if done:
            week = roll(*done[-1], week)
        if not history:
            week = _without_past_loads(week)
        week = expand(week)
        roster = solve(week, Stop(seconds=seconds))
        done.append((week, roster))
        if save_to is not None:
            kind = "with" if history else "without"
            write_text(save_to / f"week{number}.{kind}.json", dump(roster))
    return figures_of(done, seconds, history=history)


def _without_past_loads(week: Instance) -> Instance:
    zero = {"minutes": 0, "fair_minutes": 0}
    past = {person: record.model_copy(update=zero) for person, record in week.history.items()}
    return week.changed(history=past)


def figures_of(
    done: list[tuple[Instance, Roster]], seconds: float, *, history: bool
) -> RolledWeeks:
    """The figures of weeks and their rosters; seconds and history are copied into the result."""
    people = pd.concat([frames.people(week) for week, _ in done]).groupby("person")
    tasks = pd.concat([frames.tasks(week, private=True) for week, _ in done])
    parts = pd.concat([_parts(week, roster) for week, roster in done])
    share = people["contract_minutes"].sum()
    load = parts.groupby("person")["minutes"].sum().reindex(share.index, fill_value=0)
    rates = (load / share)[share > 0].astype("float64")
    faces = parts.groupby("household")["person"].nunique()
    leads = parts[parts["leads"]].groupby("case")["person"].nunique()
    return RolledWeeks(
        history=history,
        weeks=len(done),
        seconds=seconds,
        spread=round(_within(rates, people["role"].first()), 4),
        overall=round(float(rates.std(ddof=0)), 4),
        covered=[round(coverage(week, roster).due.rate, 4) for week, roster in done],
        faces=round(_mean(faces), 3),
        same_lead=round(_mean(leads == 1), 4),
        unfilled=int(tasks.loc[~tasks["shift"], "slots"].sum() - (~parts["shift"]).sum()),
    )


def _parts(week: Instance, roster: Roster) -> pd.DataFrame:
    """`frames.assignments` with household and case, and whether it leads a case of one counsellor."""
    tasks = frames.tasks(week, private=True)[["task", "household", "case"]]
    parts = frames.assignments(week, roster, private=True).merge(tasks, on="task")
    led = [case.id for case in week.cases if case.same_person]
    return parts.assign(leads=(parts["slot"] == 0) & parts["case"].isin(led))


def _mean(values: pd.Series) -> float:
    """0 of nothing."""
    return float(values.mean()) if len(values) else 0.0


def _within(rates: pd.Series, roles: pd.Series) -> float:
    """Standard deviation of rates around the mean of their role, without partners, who each have another trade."""
    roles = roles.reindex(rates.index)
    rates = rates[roles != Role.PARTNER.value]
    off = rates - rates.groupby(roles, observed=True).transform("mean")
    return float(off.std(ddof=0))


def table(results: list[RolledWeeks]) -> list[str]:
    """A Markdown table with a line for each result."""
    lines = [
        "| loads remembered | spread within roles | overall | least coverage | faces | same lead | empty slots |",
        "|---|---|---|---|---|---|---|",
    ]
    for rolled in results:
        lines.append(
            f"| {'yes' if rolled.history else 'no'} | {rolled.spread:.3f} | {rolled.overall:.3f} "
            f"| {min(rolled.covered):.1%} | {rolled.faces:.2f} | {rolled.same_lead:.1%} | {rolled.unfilled} |"
        )
    return lines
