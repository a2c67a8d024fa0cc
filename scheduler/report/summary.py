"""The top of the report: the verdict in words, and the key figures as cards."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from scheduler.checker import Report
from scheduler.drawings.words import duration, same, text
from scheduler.facts import Facts
from scheduler.model import Level, Shift
from scheduler.model.tasks import Rank
from scheduler.rules import Text


@dataclass(frozen=True)
class Verdict:
    """Whether every hard rule is kept, what is left undone, and the points by level."""

    kept: bool
    hard: Text
    left: Text
    score: list[tuple[Text, str]]


@dataclass(frozen=True)
class Bar:
    """A labelled bar of a card; percent of its track."""

    name: Text
    percent: float
    value: Text


@dataclass(frozen=True)
class Card:
    """A key figure in large type, and what it is of. tone: "" or "alert"."""

    name: Text
    figure: Text
    of: Text
    bars: list[Bar] = field(default_factory=list)
    lines: list[Text] = field(default_factory=list)
    tone: str = ""


@dataclass(frozen=True)
class StaffingCounts:
    """Shifts by how well they are staffed."""

    full: int
    under: int
    short: int


def staffing_counts(facts: Facts) -> StaffingCounts:
    """Counts of shifts: full, under their target, short of their minimum."""
    states = Counter(_state(facts, shift) for shift in facts.instance.shifts)
    return StaffingCounts(states["full"], states["under"], states["short"])


def _state(facts: Facts, shift: Shift) -> str:
    filled = facts.by_task[shift.id]
    lacking = {slot.rank for n, slot in enumerate(facts.task_slots[shift.id]) if n not in filled}
    if Rank.MINIMUM in lacking:
        return "short"
    return "under" if Rank.TARGET in lacking else "full"


def verdict(facts: Facts, report: Report, figures: dict[str, Any]) -> Verdict:
    """Two sentences: whether hard rules are kept, and what is unassigned."""
    broken = sum(finding.rule.level is Level.HARD for finding in report.findings)
    hard = text("verdict.broken", count=broken) if broken else text("verdict.kept")
    return Verdict(
        kept=report.feasible,
        hard=hard,
        left=_unassigned(staffing_counts(facts), figures["roster"]),
        score=[
            (text(f"score.{level}"), f"{points:,}")
            for level, points in zip(("hard", "medium", "soft"), report.score.points, strict=True)
        ],
    )


def _unassigned(shifts: StaffingCounts, roster: dict[str, Any]) -> Text:
    parts = []
    if roster["visits_unassigned"]:
        urgent = roster["unassigned_by_priority"].get("5", {}).get("visits", 0)
        first = text("verdict.left_visits", count=roster["visits_unassigned"])
        if urgent:
            more = text("verdict.left_urgent", count=urgent)
            first = Text(first.zh + more.zh, first.en + more.en)
        parts.append(first)
    if shifts.short:
        parts.append(text("verdict.left_shifts", count=shifts.short))
    if shifts.under:
        parts.append(text("verdict.left_target", count=shifts.under))
    if not parts:
        return text("verdict.all_done")
    stop, end = text("verdict.stop"), text("verdict.end")
    return Text(
        zh=stop.zh.join(part.zh for part in parts) + end.zh,
        en=stop.en.join(part.en for part in parts) + end.en,
    )


def cards(facts: Facts, figures: dict[str, Any]) -> list[Card]:
    """The key figures that concern the instance."""
    instance, roster = facts.instance, figures["roster"]
    shown = []
    if instance.visits:
        shown.append(_visits(facts, roster))
    if instance.shifts:
        shown.append(_headcount(staffing_counts(facts), roster))
    if instance.duties:
        shown.append(_coverage(figures["coverage"]))
    if roster["travel_minutes"]:
        shown.append(_travel(facts, roster))
    shown.append(_overtime(facts, roster))
    shown.append(_load(roster))
    return shown


def _visits(facts: Facts, roster: dict[str, Any]) -> Card:
    visits = Counter(visit.priority for visit in facts.instance.visits)
    undone = roster["unassigned_by_priority"]
    bars = []
    for priority in sorted(visits, reverse=True):
        count = visits[priority]
        done = count - undone.get(str(priority), {}).get("visits", 0)
        value = text("card.visits_value", done=done, all=count)
        bars.append(Bar(text(f"priority.p{priority}"), _percent(done, count), value))
    total = len(facts.instance.visits)
    done = same(f"{roster['visits_done']:,}")
    return Card(text("card.visits"), done, text("card.visits_big", all=total), bars)


def _headcount(shifts: StaffingCounts, roster: dict[str, Any]) -> Card:
    target = roster["headcount_target"]
    total = shifts.full + shifts.under + shifts.short
    bars = [
        Bar(
            text(f"card.headcount_{state}"),
            _percent(count, total),
            text("card.headcount_value", count=count),
        )
        for state, count in (
            ("full", shifts.full),
            ("under", shifts.under),
            ("short", shifts.short),
        )
    ]
    return Card(
        text("card.headcount"),
        same(f"{target['count']:,}"),
        text("card.headcount_big", target=target["of"]),
        bars,
        tone="alert" if shifts.short else "",
    )


def _coverage(coverage: dict[str, Any]) -> Card:
    now, after = coverage["now"]["rate"], coverage["after"]["rate"]
    bars = [
        Bar(text(f"card.coverage_{part}"), _rate(rate), same(f"{_rate(rate):g}%"))
        for part, rate in (("now", now), ("after", after))
    ]
    counts = coverage["due"]
    line = text(
        "card.coverage_due",
        due=counts["of"],
        done=counts["count"],
        missed=counts["of"] - counts["count"],
    )
    of = text("card.coverage_big", now=f"{_rate(now):g}%")
    return Card(text("card.coverage"), same(f"{_rate(after):g}%"), of, bars, [line])


def _travel(facts: Facts, roster: dict[str, Any]) -> Card:
    travel, work = roster["travel_minutes"], roster["task_minutes"]
    longest = max(travel, work)
    bars = [
        Bar(text("card.travel_work"), _percent(work, longest), duration(work)),
        Bar(text("card.travel_way"), _percent(travel, longest), duration(travel)),
    ]
    stops = sum(len(stops) for stops in facts.by_person.values())
    line = text("card.travel_each", minutes=travel / stops)
    return Card(text("card.travel"), duration(travel), same(""), bars, [line])


def _overtime(facts: Facts, roster: dict[str, Any]) -> Card:
    name = text("card.overtime")
    if not roster["overtime_minutes"]:
        return Card(
            name, text("card.overtime_none"), same(""), lines=[text("card.overtime_nobody")]
        )
    overtimes = [person["overtime_minutes"] for person in roster["people"]]
    people = sum(minutes > 0 for minutes in overtimes)
    short = sum(0 < minutes <= 60 for minutes in overtimes)
    most = round(_longest(facts) / facts.horizon.ticks_per_minute)
    return Card(
        name,
        duration(roster["overtime_minutes"]),
        text("card.overtime_big", people=people),
        [
            Bar(text(f"card.overtime_{name}"), _percent(count, len(overtimes)), _people(count))
            for name, count in (
                ("short", short),
                ("long", people - short),
                ("zero", len(overtimes) - people),
            )
        ],
        [text("card.overtime_most", most=duration(most))],
    )


def _longest(facts: Facts) -> int:
    """Most overtime of one person on one day, in ticks."""
    return max(
        facts.work_ticks(person.id, on) - (facts.instance.limits(person.id).daily_minutes or 0)
        for person in facts.instance.people
        if facts.instance.limits(person.id).daily_minutes is not None
        for on in facts.by_day[person.id]
    )


def _load(roster: dict[str, Any]) -> Card:
    used = [
        100 * person["task_minutes"] / person["fair_minutes"]
        for person in roster["people"]
        if person["fair_minutes"] and person["task_minutes"]
    ]
    idle = sum(not person["task_minutes"] for person in roster["people"])
    parts = {
        "under": sum(percent < 75 for percent in used),
        "even": sum(75 <= percent <= 125 for percent in used),
        "over": sum(percent > 125 for percent in used),
        "none": idle,
    }
    low, _, high = quantiles(used, n=4) if len(used) > 1 else (used * 3 or [0, 0, 0])
    bars = [
        Bar(
            text(f"card.load_{part}"),
            _percent(count, len(roster["people"])),
            _people(count),
        )
        for part, count in parts.items()
    ]
    return Card(
        text("card.load"),
        same(f"{low:.0f}%–{high:.0f}%"),
        text("card.load_big"),
        bars,
        [text("card.load_note")],
    )


def _people(count: int) -> Text:
    return text("card.people", count=count)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _rate(rate: float) -> float:
    return round(100 * rate, 1)
