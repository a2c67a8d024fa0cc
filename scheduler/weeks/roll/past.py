"""The past week as it was really worked, seen from the week that follows."""

from collections.abc import Iterable
from functools import cached_property

from scheduler.facts import Facts, RouteStop
from scheduler.model import Duty, Instance, Roster, Shift, Visit, WorkedWeek
from scheduler.model.tasks import household_of, is_done
from scheduler.weeks.worked import slots_of, worked_roster

Task = Visit | Shift


class PastWeek:
    """A week that was worked, as the next one looks back on it.

    instance, roster: the week and its roster as it was worked, looked at through `facts`

    following: the week that follows; days, ticks: from the start of this horizon to that of the other
    done: task → slot → stop, of the visits that were done and the shifts that were begun
    """

    def __init__(
        self, instance: Instance, roster: Roster, worked: WorkedWeek | None, following: Instance
    ):
        self.instance, self.following = instance, following
        self.roster = worked_roster(instance, roster, worked)
        self.facts = Facts(instance, self.roster)
        self.days = instance.horizon.day(following.horizon.start)
        self.ticks = self.days * instance.horizon.day_ticks
        self.done = {
            visit.id: crew
            for visit in instance.visits
            if is_done(visit, crew := self.facts.by_task[visit.id])
        }
        shifts = ((shift.id, self.facts.by_task[shift.id]) for shift in instance.shifts)
        self.done |= {shift: crew for shift, crew in shifts if crew}
        self._departures = () if worked is None else worked.departures

    @cached_property
    def duty_by_id(self) -> dict[str, Duty]:
        """The past week's standing duties."""
        return {duty.id: duty for duty in self.instance.duties}

    @cached_property
    def visits_by_duty(self) -> dict[str, list[Visit]]:
        """Duty → its visits; only duties with visits."""
        visits: dict[str, list[Visit]] = {}
        for visit in self.instance.visits:
            if visit.duty is not None:
                visits.setdefault(visit.duty, []).append(visit)
        return visits

    @cached_property
    def outcomes(self) -> dict[str, str]:
        """Task → what came of it, where that was recorded."""
        return {
            departure.task: departure.outcome
            for departure in self._departures
            if departure.outcome is not None
        }

    @cached_property
    def ratings(self) -> dict[str, dict[str, int]]:
        """Household → person → the rating that it gave for the week's work."""
        filled = {(part.task, part.slot): part for part in self.roster.assignments}
        ratings: dict[str, dict[str, int]] = {}
        for departure in self._departures:
            household = household_of(self.instance, self.instance.task_by_id[departure.task])
            if departure.rating is None or household is None:
                continue
            for slot in slots_of(departure, self.instance, filled):
                if (departure.task, slot) in filled:
                    person = filled[departure.task, slot].person
                    ratings.setdefault(household.id, {})[person] = departure.rating
        return ratings

    def touched(self, person: str) -> set[int]:
        """Calendar days before the following horizon that the person's work lies on, in part or whole."""
        return self.facts.touched_days(person) | self.instance.past(person).touched

    def weekends(self, person: str) -> list[tuple[list[int], bool]]:
        """(its days, whether before or in this horizon the person worked on one) of each weekend of the span."""
        horizon, touched = self.instance.horizon, self.touched(person)
        mondays = range(horizon.monday, self.days, 7)
        weekends = [days for days in map(self.instance.past(person).weekend, mondays) if days]
        weekends = [days for days in weekends if days[0] < self.days and days[-1] >= 0]
        worked = [any(day in touched for day in days if day < self.days) for days in weekends]
        if self.instance.past(person).weekend_counted:
            worked[0] = True
        return list(zip(weekends, worked, strict=True))

    def last_done(self, tasks: Iterable[Task]) -> tuple[Task, RouteStop] | None:
        """Of some visits or shifts the last that was done, and its lead's part: the first slot filled leads."""
        leads = [
            (task, crew[min(crew)])
            for task in tasks
            if (crew := self.done.get(task.id)) is not None
        ]
        return max(leads, key=lambda lead: lead[1].start, default=None)
