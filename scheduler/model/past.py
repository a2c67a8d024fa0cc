"""Past: what a person did before the horizon, as rules, lowering and `roll` ask for it.

A number of the history that is given (not 0, not left out) holds; else the stops say it, as far as
they reach. So nobody else reads `PersonHistory`, and no rule cuts the past in its own way.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import count, takewhile

from scheduler.model.calendar import Calendar
from scheduler.model.history import PastStop, PastSums, PersonHistory
from scheduler.model.horizon import Horizon

NOTHING = PastSums()


class Past:
    """One person's history against a horizon. Days and moments before the horizon are negative."""

    def __init__(
        self,
        horizon: Horizon,
        told: PersonHistory,
        calendar: Calendar | None = None,
        weekends: dict[int, list[int]] | None = None,
    ):
        """weekends: what all of one horizon and calendar share of `weekend`, by the Monday."""
        self.horizon, self.calendar = horizon, calendar or Calendar()
        self._weekends = {} if weekends is None else weekends
        self.told = told
        self.minutes, self.fair_minutes = told.minutes, told.fair_minutes
        self.overtime = told.overtime

    @cached_property
    def by_day(self) -> dict[int, list[PastStop]]:
        """Working day (negative) → its stops in order of start."""
        days: dict[int, list[PastStop]] = {}
        for stop in sorted(self.told.stops, key=lambda stop: (stop.start, stop.end)):
            days.setdefault(self.day_of(stop), []).append(stop)
        return days

    def day_of(self, stop: PastStop) -> int:
        """The working day of a stop."""
        return self.horizon.day_of(stop.start) if stop.day is None else self.horizon.day(stop.day)

    @cached_property
    def since(self) -> int:
        """First day that the stops tell in full; 0: they tell nothing."""
        if self.told.since is not None:
            return min(0, self.horizon.day(self.told.since))
        return min(self.by_day, default=0)

    @cached_property
    def last_stop(self) -> PastStop | None:
        """The last of the stops in order of start, as a person's line goes on from it."""
        return max(self.told.stops, key=lambda stop: (stop.start, stop.end), default=None)

    @property
    def last_end(self) -> int | None:
        """When the last work ended; after midnight of day 0 it is positive. None: not known."""
        if self.told.last_end is None and self.last_stop is not None:
            return self.last_stop.end
        return self.told.last_end

    @property
    def last_place(self) -> str | None:
        """Where the last work ended; None: not known."""
        return None if self.last_stop is None else self.last_stop.place

    @property
    def last_kinds(self) -> tuple[str, ...]:
        """Kinds worked on the day before the horizon."""
        kinds = dict.fromkeys(stop.kind for stop in self.by_day.get(-1, ()))
        return self.told.last_kinds or tuple(kinds)

    @cached_property
    def kind_runs(self) -> dict[str, int]:
        """Kind → days in a row with it up to the last day worked, `run_off` days before the horizon."""
        return self.told.kind_runs or self._told_kind_runs

    @cached_property
    def _told_kind_runs(self) -> dict[str, int]:
        """The same by the stops alone."""
        kinds = {day: {stop.kind for stop in stops} for day, stops in self.by_day.items()}
        runs: dict[str, int] = {}
        for day in sorted(kinds, reverse=True):
            joined = {kind for kind in kinds[day] if runs.get(kind, 0) == max(kinds) - day}
            if not joined:
                break
            runs |= {kind: max(kinds) - day + 1 for kind in joined}
        return runs

    def kind_run_is_open(self, kind: str) -> bool:
        """Whether the run of a kind may be longer than known, as far as the stops reach."""
        reach = max(self.by_day, default=-1) - self.since + 1
        return not self.told.kind_runs and self._told_kind_runs.get(kind, 0) == reach

    @property
    def period(self) -> PastSums:
        """What the planning period holds already."""
        return self.told.period or NOTHING

    def told_run(self, *, on: bool) -> int:
        """Days with work (or without) in a row up to day -1, by the stops alone."""
        days = range(-1, self.since - 1, -1)
        return sum(1 for _ in takewhile(lambda day: (day in self.by_day) is on, days))

    @cached_property
    def _run(self) -> tuple[int, int, bool]:
        """(run_on, run_off, whether it may have begun earlier)."""
        if self.told.run_on or self.told.run_off:
            return self.told.run_on, self.told.run_off, False
        on, off = self.told_run(on=True), self.told_run(on=False)
        return on, off, 0 < on + off == -self.since

    @property
    def tells_ends(self) -> bool:
        """Whether a run that ended with day -1 is judged in this horizon.

        It is where the history tells stops or sums; where it holds bare counts, as it was written
        before it could, the roster that made them is taken to have judged it.
        """
        told = self.told
        return bool(told.stops or told.since or told.kind_runs or told.period is not None)

    @property
    def run_on(self) -> int:
        """Days with work in a row up to day -1."""
        return self._run[0]

    @property
    def run_off(self) -> int:
        """Days off in a row up to day -1."""
        return self._run[1]

    @property
    def run_is_open(self) -> bool:
        """Whether the run up to day -1 may be longer than known, so that it lacks no days."""
        return self._run[2]

    @cached_property
    def week(self) -> PastSums:
        """What the calendar week of day 0 holds already."""
        return self._sums(self.told.week, self.horizon.monday)

    @cached_property
    def week_before(self) -> PastSums:
        """What the stops tell of the calendar week before that of day 0, ways apart."""
        return self.sums_of_stops(self.horizon.monday - 7)

    @cached_property
    def month(self) -> PastSums:
        """What the calendar month of day 0 holds already."""
        first = self.horizon.start.replace(day=1)
        return self._sums(self.told.month, self.horizon.day(first))

    @cached_property
    def year(self) -> PastSums:
        """What the calendar year of day 0 holds already."""
        first = self.horizon.start.replace(month=1, day=1)
        return self._sums(self.told.year, self.horizon.day(first))

    def sums_of_stops(self, first: int) -> PastSums:
        """Sums of the stops from working day `first` on. Their minutes are without the way."""
        days = {day: stops for day, stops in self.by_day.items() if day >= first}
        stops = [stop for of_day in days.values() for stop in of_day]
        return PastSums(
            minutes=sum(stop.end - stop.start for stop in stops),
            days=len(days),
            tasks=len(stops),
            weekends=self._weekends_since(first),
        )

    def _weekends_since(self, first: int) -> int:
        """Weekends with work before day 0, by the stops, that begin on day `first` or later."""
        weekends = [
            self._first_weekend,
            *takewhile(lambda days: days[0] >= first, self.weekends_before()),
        ]
        return sum(
            days[0] >= first and any(day in self._told_days for day in days if day < 0)
            for days in weekends
        )

    def _sums(self, told: PastSums | None, first: int) -> PastSums:
        if first >= 0:
            return NOTHING
        known = self.sums_of_stops(first)
        given = PastSums() if told is None else told
        return PastSums(
            minutes=given.minutes or known.minutes,
            days=given.days or max(known.days, min(self.run_on, -first)),
            tasks=given.tasks or known.tasks,
            weekends=given.weekends
            or max(known.weekends, self.weekend_counted and self._first_weekend[0] >= first),
        )

    def weeks(self) -> Iterator[tuple[list[int], PastSums]]:
        """Each calendar week of the horizon: its days inside, and what it holds before them."""
        for number, days in enumerate(self.horizon.weeks()):
            yield days, self.week if number == 0 else NOTHING

    @cached_property
    def _told_days(self) -> set[int]:
        """Calendar days that the stops lie on; a night's end may lie inside the horizon."""
        spans = ((stop.start, stop.end - 1) for stop in self.told.stops)
        day_of = self.horizon.day_of
        return {day for first, last in spans for day in range(day_of(first), day_of(last) + 1)}

    @cached_property
    def touched(self) -> set[int]:
        """Calendar days that work before the horizon lies on, as far as anything tells of them."""
        days = self._told_days | set(range(-min(self.run_on, 7), 0))
        if self.last_kinds:
            days.add(-1)
        if self.last_end is not None:
            last = self.horizon.day_of(self.last_end - 1)
            days.update(range(min(-1, last), last + 1))
        return days

    def weekend(self, monday: int) -> list[int]:
        """Days off by the calendar in the week from a Monday on, as `Instance.weekends` has them."""
        if monday not in self._weekends:
            days = range(monday, monday + 7)
            off = [day for day in days if self.calendar.day_off(self.horizon.date(day))]
            self._weekends[monday] = off
        return self._weekends[monday]

    @cached_property
    def _first_weekend(self) -> list[int]:
        """Days of the first weekend that is not over before day 0; it may have begun."""
        mondays = count(self.horizon.monday, 7)
        return next(days for days in map(self.weekend, mondays) if days and days[-1] >= 0)

    def weekends_before(self) -> Iterator[list[int]]:
        """Days of each weekend before that one, the last first."""
        for monday in count(self._first_weekend[0] - 7, -7):
            if days := self.weekend(monday - self.horizon.date(monday).weekday()):
                yield days

    @cached_property
    def weekend_begun(self) -> bool:
        """Whether work before the horizon lies on the horizon's first weekend.

        As on its Saturday where the horizon begins on a Sunday, or a night into its Saturday.
        """
        return self.weekend_counted or not self.touched.isdisjoint(self._first_weekend)

    @cached_property
    def weekend_counted(self) -> bool:
        """Whether work lies on a day of that weekend before the horizon, so that it was counted there."""
        begun = self._first_weekend[0] < 0
        told = begun and self.told.week is not None and self.told.week.weekends > 0
        return told or any(day in self.touched for day in self._first_weekend if day < 0)

    @property
    def weekends(self) -> int:
        """Weekends worked in a row up to the one before the horizon's first weekend."""
        return (
            self.told.weekends - self.weekend_counted if self.told.weekends else self.told_weekends
        )

    @cached_property
    def told_weekends(self) -> int:
        """The same by the stops alone."""
        weekends = self.weekends_before()
        return sum(
            1 for _ in takewhile(lambda days: not self._told_days.isdisjoint(days), weekends)
        )
