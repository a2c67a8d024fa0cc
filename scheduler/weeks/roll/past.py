"""The past week as it was really worked, seen from the week that follows."""

from collections.abc import Iterable
from functools import cached_property

from scheduler.facts import Facts, RouteStop
from scheduler.model import Instance, Roster, Visit, WorkedWeek
from scheduler.model.tasks import household_of, is_done
from scheduler.weeks.worked import slots_of, worked_roster


class PastWeek:
    """A week that was worked, as the next one looks back on it.

    instance, roster: the week and its roster as it was worked, looked at through `facts`

    following: the week that follows; days, ticks: from the start of this horizon to that of the other
    done: visit → slot → stop, of the visits that were done
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
        self._departures = () if worked is None else worked.departures

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
        horizon, before = self.instance.horizon, self.instance.past(person)
        days = {
            day
            for stop in self.facts.by_person[person]
            for day in range(horizon.day_of(stop.start), horizon.day_of(stop.end - 1) + 1)
        }
        if before.weekend_begun:
            days.add(horizon.saturday(0))
        return {day for day in days if 0 <= day < self.days}

    def saturdays(self, person: str) -> set[int]:
        """Saturdays of the weekends with work in this horizon, but that which the one before has counted."""
        horizon = self.instance.horizon
        weekends = {day for day in self.touched(person) if horizon.date(day).isoweekday() >= 6}
        counted = self.instance.past(person).weekend_counted
        return {horizon.saturday(day) for day in weekends} - ({-1} if counted else set())

    def last_done(self, visits: Iterable[Visit]) -> tuple[Visit, RouteStop] | None:
        """Of some visits the last that was done, and its lead's part: the first slot filled leads."""
        leads = [
            (visit, crew[min(crew)])
            for visit in visits
            if (crew := self.done.get(visit.id)) is not None
        ]
        return max(leads, key=lambda lead: lead[1].start, default=None)
