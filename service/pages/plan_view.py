"""How a plan shows: its state, what it leaves undone and costs, and the chart of its search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.messages import Lang, say
from scheduler.messages.moments import date_in_words
from scheduler.messages.proofs import proof_in_words
from scheduler.model import Score
from service.store.jobs import OPEN
from service.weeks.planning import OpenPlan

WIDTH, HEIGHT = 480, 150
"""Of a chart, in units of its own; its lines keep so far from the edges."""
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 10, 8
_TONES = {"running": "accent", "queued": "accent", "ready": "good", "adopted": "good"}
_TONES |= {"failed": "alert", "stopped": "warn"}
_GLYPHS = {
    "running": "◔",
    "queued": "⋯",
    "ready": "✓",
    "adopted": "★",
    "failed": "!",
    "stopped": "■",
}


@dataclass(frozen=True)
class PlanView:
    """A plan as pages show it. best: points of its best roster so far; bound: that none is better than."""

    plan: OpenPlan
    name: str
    when: str
    lang: Lang

    @property
    def id(self) -> str:
        """Of the plan."""
        return self.plan.row.id

    @property
    def href(self) -> str:
        """Its page."""
        return f"/w/{self.plan.row.week_id}/plans/{self.id}"

    @property
    def moved(self) -> str:
        """How many people a re-plan may move at most; "" where that is not bounded."""
        most = self.plan.row.request.get("most_moved")
        return "" if most is None else say("pages.plans.moved", self.lang, count=most)

    @property
    def state(self) -> str:
        """queued, running, ready, stopped (before there was a roster), failed, gone, adopted or discarded."""
        if self.plan.standing != "open":
            return self.plan.standing
        job = self.plan.job
        if job is None:
            return "gone"
        return {"succeeded": "ready", "cancelled": "stopped"}.get(job.state, job.state)

    @property
    def tone(self) -> str:
        """Of the chip that tells the state."""
        return _TONES.get(self.state, "")

    @property
    def glyph(self) -> str:
        """Of the chip."""
        return _GLYPHS.get(self.state, "○")

    @property
    def progress(self) -> dict[str, Any]:
        """What its search told last."""
        return {} if self.plan.job is None else self.plan.job.progress

    @property
    def searches(self) -> bool:
        """Whether its search waits or runs."""
        return self.plan.job is not None and self.plan.job.state in OPEN

    @property
    def stopping(self) -> bool:
        """Whether its search was asked to end."""
        return self.plan.job is not None and bool(self.plan.job.stop_requested)

    @property
    def offers(self) -> bool:
        """Whether there is a roster that can be adopted: of a re-plan from the beginning what remains."""
        if self.plan.standing != "open" or self.plan.job is None:
            return False
        return self.score is not None or self.plan.row.kind == "replan"

    @property
    def score(self) -> dict[str, int] | None:
        """Points of the best roster so far."""
        found: dict[str, int] | None = self.progress.get("score")
        return found

    @property
    def undone(self) -> int | None:
        """Slots that nobody fills."""
        found: int | None = self.progress.get("unassigned")
        return found

    @property
    def proved(self) -> bool:
        """Whether no roster leaves less undone."""
        score, bound = self.score, self.progress.get("bound")
        if score is None or bound is None:
            return False
        return all(score[level] == bound[level] for level in ("hard", "medium"))

    @property
    def proof(self) -> str:
        """How good its best roster is proven to be, in words; "" where nothing of use is known."""
        score, bound = self.score, self.progress.get("bound")
        if score is None or bound is None:
            return ""
        return proof_in_words(Score(**score), Score(**bound), self.lang)

    @property
    def seconds(self) -> int:
        """Searched so far."""
        return round(float(self.progress.get("seconds", 0)))

    @property
    def most_seconds(self) -> int | None:
        """The longest that it searches."""
        limits = {} if self.plan.job is None else self.plan.job.request["limits"]
        return None if limits.get("seconds") is None else round(limits["seconds"])

    @property
    def curve(self) -> list[dict[str, Any]]:
        """Moments at which its search knew better."""
        return list(self.progress.get("curve", ()))

    @property
    def charts(self) -> list["PlanChart"]:
        """Undone slots and points, as they fell."""
        points = self.curve
        if not points:
            return []
        end = max(self.progress.get("seconds", 0.0), points[-1]["seconds"])
        last = max(end, 0.0 if not self.searches else float(self.most_seconds or 0), 1.0)
        undone = [(p["seconds"], p["unassigned"]) for p in points if p["unassigned"] is not None]
        cost = [(p["seconds"], p["score"]["soft"]) for p in points]
        bounds = [(p["seconds"], p["bound"]["soft"]) for p in points if p["bound"]]
        shown = bounds if self.proved else []
        return [
            _chart("undone", undone, [], end, last),
            _chart("cost", cost, shown, end, last),
        ]


def plan_view(plan: OpenPlan, lang: Lang, zone: str) -> PlanView:
    """How a plan shows in a language. zone: of the office."""
    when = datetime.fromtimestamp(plan.row.created, ZoneInfo(zone))
    said = f"{date_in_words(when.date(), lang, 'date')} {when:%H:%M}"
    named = "" if plan.job is None else plan.job.title
    return PlanView(plan, named or say(f"pages.plans.kind.{plan.row.kind}", lang), said, lang)


@dataclass(frozen=True)
class PlanChart:
    """A chart of steps. line, bound: points of polylines; "" where there is none; most, least: of its values."""

    name: str
    line: str
    bound: str
    first: int
    last: int
    most: int
    least: int
    seconds: int


def _chart(
    name: str,
    values: Sequence[tuple[float, int]],
    bounds: Sequence[tuple[float, int]],
    end: float,
    last: float,
) -> PlanChart:
    """values, bounds: (second, value); end: of what was searched; last: second at the chart's right edge."""
    every = [value for _, value in (*values, *bounds)] or [0]
    most, least = max(every), 0 if name == "undone" else min(every)
    span = max(most - least, 1)

    def at(second: float, value: int) -> str:
        x = LEFT + (WIDTH - LEFT - RIGHT) * min(second / last, 1.0)
        y = TOP + (HEIGHT - TOP - BOTTOM) * (most - value) / span
        return f"{x:.1f},{y:.1f}"

    def steps(points: Sequence[tuple[float, int]]) -> str:
        drawn = [at(0.0, value) for _, value in points[:1]]
        for (_, before), (second, value) in pairwise(points):
            drawn += [at(second, before), at(second, value)]
        return " ".join([*drawn, at(end, points[-1][1])]) if points else ""

    return PlanChart(
        name,
        steps(values),
        steps(bounds),
        values[0][1] if values else 0,
        values[-1][1] if values else 0,
        most,
        least,
        round(last),
    )
