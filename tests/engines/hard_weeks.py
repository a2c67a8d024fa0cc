"""Weeks that no roster does well, drawn by Hypothesis: too few people, windows too short, limits too strict.

Rules stand at any level or are off, a minute has up to 60,000 ticks, windows overlap and end at other
moments than they are due, and work is longer than presence: what a search passes through is far beyond
windows, days and the horizon.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from scheduler.model import (
    Break,
    Gap,
    Horizon,
    Instance,
    Level,
    Limits,
    Matrix,
    Need,
    Person,
    Place,
    Role,
    RuleSetting,
    Settings,
    Shift,
    Slot,
    Visit,
    Window,
    Wish,
)

PLACES = ("P", "Q", "R")
DAY_MINUTES = 1440
FIRST_DAY = date(2026, 11, 23)
PRICED = (
    "availability", "crew", "daily_limit", "daily_minutes", "due_date", "gap", "headcount_minimum", "min_rest",
    "no_overlap", "period_minutes", "rest_break", "travel", "unassigned", "visit_window", "weekly_minutes",
)  # fmt: skip
"""Rules whose level may be any."""
EXTRA = ("late_return", "must_do", "waiting", "worst_idle", "worst_lateness")


WEEK = st.integers(1, 7)


@st.composite
def hard_weeks(draw: st.DrawFn, days: st.SearchStrategy[int] = WEEK) -> Instance:
    """An instance of few people and much work."""
    return _Draw(draw, draw(days), draw(st.sampled_from([1, 1, 1_000, 60_000]))).instance()


class _Draw:
    """Records of one instance. Lengths are drawn in minutes and written in ticks."""

    def __init__(self, draw: st.DrawFn, days: int, ticks: int):
        self.draw, self.days, self.ticks = draw, days, ticks

    def one(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def below(self, most: int) -> int:
        return self.draw(st.integers(0, most - 1))

    def instance(self) -> Instance:
        count = self.one(3, 12, 40)
        visits = tuple(self.visit(number) for number in range(count))
        gaps = [Gap(first="v0", second="v1", least_minutes=self.one(0, 60, 600) * self.ticks)]
        gaps.append(Gap(first="v1", second="v2", least_days=self.one(0, 1)))
        ways = {frozenset(pair): self.one(1, 20, 90) * self.ticks for pair in ("PQ", "PR", "QR")}
        table = tuple(
            tuple(0 if here == there else ways[frozenset((here, there))] for there in PLACES)
            for here in PLACES
        )
        return Instance(
            id="hard",
            horizon=Horizon(start=FIRST_DAY, days=self.days, ticks_per_minute=self.ticks),
            places=tuple(
                Place(id=place, name=place, capacity=1 if place == "Q" else None)
                for place in PLACES
            ),
            people=tuple(self.person(number) for number in range(self.one(1, 2, 4))),
            visits=visits,
            shifts=tuple(self.shift(number) for number in range(self.one(0, 4))),
            gaps=tuple(gaps),
            settings=Settings(
                travel=Matrix(places=PLACES, minutes=table),
                rules=self.rules(),
                late_at=self.one("start", "end"),
                work_past_end=self.one(True, False),
                rest_on_duty=self.one(True, False),
            ),
        )

    def rules(self) -> dict[str, RuleSetting]:
        changed = self.draw(st.sets(st.sampled_from(PRICED), max_size=6))
        settings = {
            rule: RuleSetting(
                on=self.one(True, True, False),
                level=self.one(*Level),
                weight=self.one(1, 3, 1_000),
            )
            for rule in sorted(changed)
        }
        return settings | {rule: RuleSetting(on=self.one(True, False)) for rule in EXTRA}

    def person(self, number: int) -> Person:
        spans = []
        for day in range(self.days):
            if self.one(True, True, False):
                start = day * DAY_MINUTES + self.one(0, 480, 1_300)
                spans.append((start, start + self.one(60, 240, 540, DAY_MINUTES)))
        limits = {
            "daily_minutes": self.one(60, 480) * self.ticks,
            "daily_overtime": 60 * self.ticks,
            "weekly_minutes": 600 * self.ticks,
            "rest_minutes": self.one(None, 660 * self.ticks),
            "daily_tasks": self.one(None, 3),
            "days_in_row_max": self.one(None, 2),
            "period_minutes_min": self.one(None, 300 * self.days * self.ticks),
            "breaks": self.one(
                None,
                Break(start=690 * self.ticks, end=810 * self.ticks, minutes=45 * self.ticks),
            ),
        }
        return Person(
            id=f"p{number}",
            name=f"p{number}",
            role=Role.GRID_WORKER,
            availability=tuple(
                Window(start=start * self.ticks, end=end * self.ticks) for start, end in spans
            ),
            start_place=self.one(None, "P", "Q"),
            end_place=self.one(None, "P"),
            limits=Limits(**limits),
            wishes=self.wishes(),
        )

    def wishes(self) -> tuple[Wish, ...]:
        day = FIRST_DAY + timedelta(days=self.below(self.days))
        return self.one((), (Wish(want=self.one(True, False), days=(day,), weight=7),))

    def window(self) -> Window:
        start = (self.below(self.days) * DAY_MINUTES + self.below(1_380)) * self.ticks
        end = min(
            self.days * DAY_MINUTES * self.ticks,
            start + self.one(1, 60, 300, 1_500) * self.ticks,
        )
        return Window(start=start, end=end, due=self.one(None, start, start + 30 * self.ticks))

    def visit(self, number: int) -> Visit:
        slots = [Slot(duration=self.one(None, 20 * self.ticks, 300 * self.ticks))]
        for _ in range(self.one(0, 0, 1, 2)):
            after = self.one((0, 0), (5 * self.ticks, 30 * self.ticks))
            slots.append(Slot(after=after))
        return Visit(
            id=f"v{number}",
            name=f"v{number}",
            kind="check",
            places=tuple(PLACES[: self.one(1, 2)]) if self.one(True, False) else ("R",),
            windows=tuple(self.window() for _ in range(self.one(1, 2, 3))),
            duration=self.one(1, 30, 200) * self.ticks,
            slots=tuple(slots),
            priority=self.one(1, 5),
            least_crew=self.one(None, 1),
        )

    def shift(self, number: int) -> Shift:
        return Shift(
            id=f"s{number}",
            name=f"s{number}",
            kind="venue",
            place=self.one(*PLACES),
            start=(self.below(self.days) * DAY_MINUTES + 60 * self.below(24)) * self.ticks,
            duration=self.one(60, 480) * self.ticks,
            needs=(Need(minimum=1, target=2),),
        )
