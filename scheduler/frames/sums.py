"""What a roster costs, rule by rule, and the figures of many weeks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from scheduler.checker import Report
from scheduler.checker.figures import figures as nested_figures
from scheduler.due import expand
from scheduler.frames.table import LEVEL, MOMENT, REAL, TEXT, WHOLE, WeekClock, table
from scheduler.messages import Lang
from scheduler.model import Instance, Roster

_COUNTS = ("people", "households", "duties", "cases", "visits", "shifts", "slots")
_HOURS = ("demand_hours", "supply_hours")
_OF_ROSTER = (
    "slots_assigned",
    "slots_unassigned",
    "visits_done",
    "visits_unassigned",
    "task_minutes",
    "travel_minutes",
    "travel_metres",
    "overtime_minutes",
)
_SHARES = ("headcount_minimum", "headcount_target", "visits_on_time")
_SHARES_OF_DUTIES = ("now", "due", "after")


def rules(report: Report, *, ticks_per_minute: int = 1, lang: Lang = "zh") -> pd.DataFrame:
    """A row for every rule that is on, in the order of the report, also where it costs nothing.

    ========  =========  ==================================================================
    rule      string     id: the name of its file
    name      string
    level     category   hard, medium, soft, in this order
    weight    Int64      points for a unit
    unit      string     minute, slot, day, person …
    breaches  Int64      findings
    amount    Float64    sum over the findings, in the unit
    cost      Int64      points, at the rule's level
    ========  =========  ==================================================================

    ticks_per_minute: of the week's horizon; an amount in ticks becomes minutes by it.
    """
    breaches = Counter(finding.rule.rule.id for finding in report.findings)
    rows = []
    for priced in report.rules:
        rule = priced.rule.rule
        scale = ticks_per_minute if rule.unit == "minute" else 1
        rows.append(
            (
                rule.id,
                rule.name.fill(lang),
                priced.rule.level.value,
                priced.rule.weight,
                rule.unit,
                breaches[rule.id],
                priced.amount / scale,
                sum(priced.score.points),
            )
        )
    return table(
        rows,
        rule=TEXT,
        name=TEXT,
        level=LEVEL,
        weight=WHOLE,
        unit=TEXT,
        breaches=WHOLE,
        amount=REAL,
        cost=WHOLE,
    )


def figures(weeks: Iterable[tuple[Instance, Roster | None]]) -> pd.DataFrame:
    """A row a week, in the order given; the figures are those of `scheduler.checker.figures`.

    ====================================  ===============  ================================
    week                                  string           id of the instance
    start                                 datetime64[us]   midnight of the first day
    days                                  Int64
    people, households, duties, cases     Int64
    visits, shifts, slots                 Int64
    demand_hours, supply_hours            Float64          hours
    slots_assigned, slots_unassigned      Int64
    visits_done, visits_unassigned        Int64
    task_minutes, travel_minutes          Int64            over all people
    travel_metres, overtime_minutes       Int64            over all people
    headcount_minimum, headcount_target   Float64          of the shifts' places, 0 to 1
    visits_on_time                        Float64          of the visits done, 0 to 1
    duties_now, duties_due, duties_after  Float64          of the standing duties, 0 to 1
    ====================================  ===============  ================================

    NA in what speaks of a roster where there is none.
    """
    dtypes: dict[str, Any] = {"week": TEXT, "start": MOMENT, "days": WHOLE}
    dtypes |= dict.fromkeys(_COUNTS, WHOLE) | dict.fromkeys(_HOURS, REAL)
    dtypes |= dict.fromkeys(_OF_ROSTER, WHOLE) | dict.fromkeys(_SHARES, REAL)
    dtypes |= dict.fromkeys((f"duties_{name}" for name in _SHARES_OF_DUTIES), REAL)
    return table((_figures(expand(week), roster) for week, roster in weeks), **dtypes)


def _figures(week: Instance, roster: Roster | None) -> tuple[Any, ...]:
    nested = nested_figures(week, roster)
    of_roster = nested.get("roster", {})
    return (
        week.id,
        WeekClock(week).date(0),
        week.horizon.days,
        *(nested["input"][name] for name in (*_COUNTS, *_HOURS)),
        *(of_roster.get(name) for name in _OF_ROSTER),
        *(_rate(of_roster, name) for name in _SHARES),
        *(_rate(nested["coverage"], name) for name in _SHARES_OF_DUTIES),
    )


def _rate(shares: Mapping[str, Any], name: str) -> float | None:
    return shares[name]["rate"] if name in shares else None
