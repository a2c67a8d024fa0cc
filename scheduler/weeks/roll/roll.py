"""One week's history carried into the next: what was worked, who was met, what is still owed.

Loads of earlier weeks fade by a tenth with each week, so fairness looks back on about ten of them. A
person's fair share of a week is what there was to do for their role, by contract and presence.
Overtime adds up within a calendar month (Labour Law art. 41 counts by the month) and begins anew
with the next. A duty, case or household of the following file that already knows of a later visit
is left as it is.
"""

from collections import Counter
from datetime import date
from functools import cached_property
from itertools import takewhile

from scheduler.facts import Facts, RouteStop
from scheduler.facts.contract import contract
from scheduler.model import (
    Case,
    Duty,
    Freeze,
    Horizon,
    Household,
    InputError,
    Instance,
    Person,
    PersonHistory,
    Problem,
    Role,
    Roster,
    Visit,
    Window,
    Worked,
)
from scheduler.model.faults import faults
from scheduler.model.tasks import household_of, is_done
from scheduler.rules import rules
from scheduler.weeks.worked import of, really

KEPT_PER_WEEK = 0.9
"""What is left, a week later, of the loads that fairness looks back on."""


def roll(
    instance: Instance,
    roster: Roster,
    following: Instance | None = None,
    worked: Worked | None = None,
    *,
    carry: bool = True,
) -> Instance:
    """The following instance with the history of this one, expanded and rostered, as it was worked.

    following: the next horizon, the same people and households by id; None: `next_horizon`.
    carry: a one-off visit not done, of which the following knows nothing, is still wanted: it comes
        along at the days that are left of its windows, or, when none is, at its old weekdays and
        hours. Visits of duties and series are not carried: they fall due again by themselves.

    Raises InputError for a record of work that fits no assignment, a horizon that begins before
    this one has ended, and any fault of the instance that comes of it.
    """
    following = following or next_horizon(instance)
    _fits(instance, following)
    past = _Past(instance, really(instance, roster, worked), worked, following)
    rolled = following.changed(
        history={one.id: past.person(one) for one in following.people if past.knows(one)},
        households=tuple(past.household(one) for one in following.households),
        duties=tuple(past.duty(one) for one in following.duties),
        cases=tuple(past.case(one) for one in following.cases),
        visits=(*following.visits, *(past.carried() if carry else ())),
    )
    wrong = [one for one in faults(rolled, rules()) if one.severity == "error"]
    if wrong:
        raise InputError(wrong)
    return rolled


def next_horizon(instance: Instance) -> Instance:
    """The same people, households, duties, cases and shifts, moved on by whole weeks.

    By the fewest weeks that the horizon fits in, so that every weekday stays what it is. Visits,
    leave, pins, gaps and wishes for a date are of their own week and left out.
    """
    days = -(-instance.horizon.days // 7) * 7
    horizon = instance.horizon.model_copy(update={"start": instance.horizon.date(days)})
    moved = days * horizon.day_ticks
    people = tuple(
        one.model_copy(
            update={"leave": (), "wishes": tuple(wish for wish in one.wishes if not wish.days)}
        )
        for one in instance.people
    )
    duties = tuple(
        one
        if one.great_change is None
        else one.model_copy(update={"great_change": one.great_change - moved})
        for one in instance.duties
    )
    return instance.changed(
        id=f"{instance.id.split('@')[0]}@{horizon.start}",
        horizon=horizon,
        people=people,
        duties=duties,
        visits=(),
        gaps=(),
        pins=(),
        published=(),
        freeze=Freeze(),
        history={},
    )


def _fits(instance: Instance, following: Instance) -> None:
    first = instance.horizon.date(instance.horizon.days)
    problems = []
    if following.horizon.start < first:
        problems.append(
            Problem(
                code="roll_overlaps",
                pointer="/horizon/start",
                value=str(following.horizon.start),
                slots={"expected": str(first)},
            )
        )
    if following.horizon.ticks_per_minute != instance.horizon.ticks_per_minute:
        problems.append(Problem(code="roll_ticks", pointer="/horizon/ticks_per_minute"))
    if problems:
        raise InputError(problems)


class _Past:
    """A week as it was worked, asked for what it leaves to each record of the following one."""

    def __init__(
        self, instance: Instance, roster: Roster, worked: Worked | None, following: Instance
    ):
        self.instance, self.following = instance, following
        self.facts = Facts(instance, roster)
        self.days = instance.horizon.day(following.horizon.start)
        self.moved = self.days * instance.horizon.day_ticks
        self.made = {
            visit.id: crew
            for visit in instance.visits
            if is_done(visit, crew := self.facts.by_task[visit.id])
        }
        self.duties = {one.id: one for one in instance.duties}
        self.by_duty: dict[str, list[Visit]] = {}
        for visit in instance.visits:
            if visit.duty is not None:
                self.by_duty.setdefault(visit.duty, []).append(visit)
        filled = {(one.task, one.slot): one for one in roster.assignments}
        self.outcomes: dict[str, str] = {}
        self.ratings: dict[str, dict[str, int]] = {}
        for one in worked.departures if worked is not None else ():
            if one.outcome is not None:
                self.outcomes[one.task] = one.outcome
            home = household_of(instance, instance.task_by_id[one.task])
            if one.rating is None or home is None:
                continue
            for slot in of(one, instance, filled):
                if (one.task, slot) in filled:
                    met = self.ratings.setdefault(home.id, {})
                    met[filled[one.task, slot].person] = one.rating

    def knows(self, person: Person) -> bool:
        """Whether the week had this person."""
        return person.id in self.instance.person_by_id

    def person(self, person: Person) -> PersonHistory:
        """What the person did up to the day before the following horizon."""
        key, before = person.id, self.instance.past(person.id)
        days, horizon = self.facts.by_day[key], self.instance.horizon
        stops = self.facts.by_person[key]
        agreed = contract(self.instance, key) or 0
        work = sum(self.facts.work_ticks(key, day) for day in days)
        kept = KEPT_PER_WEEK ** (self.days / 7)
        same_month = _month(horizon.start) == _month(self.following.horizon.start)
        ends = [stop.end for stop in stops] or (
            [] if before.last_end is None else [before.last_end]
        )
        return PersonHistory(
            minutes=round(kept * (before.minutes + sum(one.end - one.start for one in stops))),
            fair_minutes=round(kept * (before.fair_minutes + self._fair(person.id))),
            overtime=before.overtime + max(0, work - agreed) if same_month else 0,
            run_on=self._run(days, before.run_on, on=True),
            run_off=self._run(days, before.run_off, on=False),
            last_end=min(0, max(ends) - self.moved) if ends else None,
            last_kinds=tuple(dict.fromkeys(stop.task.kind for stop in days.get(self.days - 1, ()))),
            weekends=self._weekends(days, before.weekends),
        )

    @cached_property
    def _shares(self) -> dict[str, int]:
        """Person → ticks that they could have been asked for: by contract, and no more than they were there."""
        return {
            one.id: min(
                contract(self.instance, one.id) or 0,
                sum(end - start for start, end in self.facts.present(one.id)),
            )
            for one in self.instance.people
        }

    @cached_property
    def _busy(self) -> dict[Role, float]:
        """Role → load of its people with a share, as a part of their shares."""
        load, share = Counter[Role](), Counter[Role]()
        for one in self.instance.people:
            if self._shares[one.id]:
                load[one.role] += sum(
                    stop.end - stop.start for stop in self.facts.by_person[one.id]
                )
                share[one.role] += self._shares[one.id]
        return {role: load[role] / ticks for role, ticks in share.items()}

    def _fair(self, person: str) -> float:
        """Ticks of the week's work that were the person's fair share."""
        role = self.instance.person_by_id[person].role
        return self._busy.get(role, 0.0) * self._shares[person]

    def _run(self, worked: dict[int, list[RouteStop]], before: int, *, on: bool) -> int:
        backwards = range(self.days - 1, -1, -1)
        length = sum(1 for _ in takewhile(lambda day: (day in worked) is on, backwards))
        return length + (before if length == self.days else 0)

    def _weekends(self, worked: dict[int, list[RouteStop]], before: int) -> int:
        """Weekends in a row, the days between the two horizons among them."""
        between = Horizon(start=self.instance.horizon.start, days=self.days)
        weekends = between.weekends()
        busy = takewhile(lambda days: any(day in worked for day in days), reversed(weekends))
        length = sum(1 for _ in busy)
        return length + (before if length == len(weekends) else 0)

    def household(self, home: Household) -> Household:
        """The household with the faces it met and the ratings it gave."""
        old = self.instance.household_by_id.get(home.id)
        if old is None:
            return home
        met = [
            stop.person
            for visit in self.facts.visits_by_household.get(home.id, [])
            for stop in self.facts.by_task[visit.id].values()
        ]
        known = dict.fromkeys((*home.known_people, *old.known_people, *met))
        ratings = {**old.ratings, **home.ratings, **self.ratings.get(home.id, {})}
        there = self.following.person_by_id
        return home.model_copy(
            update={
                "known_people": tuple(one for one in known if one in there),
                "ratings": {one: rating for one, rating in ratings.items() if one in there},
            }
        )

    def _latest(self, visits: list[Visit]) -> tuple[Visit, RouteStop] | None:
        """The last visit made of some, and its lead's part; the first slot filled leads."""
        leads = [(visit, self.made[visit.id]) for visit in visits if visit.id in self.made]
        found = [(visit, crew[min(crew)]) for visit, crew in leads]
        return max(found, key=lambda one: one[1].start, default=None)

    def duty(self, duty: Duty) -> Duty:
        """The duty with its last visit; a great change is answered by any visit after it."""
        old = self.duties.get(duty.id)
        if old is None:
            return duty
        change = duty.great_change
        if change is None and old.great_change is not None:
            change = old.great_change - self.moved
        best = _later(duty, old)
        last = self._latest(self.by_duty.get(duty.id, []))
        done, outcome = best.last_done, best.last_outcome
        if last is not None:
            visit, stop = last
            on = self.instance.horizon.date(self.instance.horizon.day_of(stop.start))
            if done is None or on >= done:
                done, outcome = on, self.outcomes.get(visit.id)
            if change is not None and stop.start - self.moved >= change:
                change = None
        return duty.model_copy(
            update={"last_done": done, "last_outcome": outcome, "great_change": change}
        )

    def case(self, case: Case) -> Case:
        """The case with its lead, its last visit, and the sessions that are left."""
        made = [one for one in self.facts.visits_by_case.get(case.id, []) if one.id in self.made]
        last = self._latest(made)
        if last is None:
            return case
        stop = last[1]
        on = self.instance.horizon.date(self.instance.horizon.day_of(stop.start))
        if case.last_done is not None and case.last_done >= on:
            return case
        lead = stop.person if stop.person in self.following.person_by_id else None
        return case.model_copy(
            update={
                "sessions": max(0, case.sessions - len(made)),
                "last_done": on,
                "person": lead if case.same_person else case.person,
            }
        )

    def carried(self) -> list[Visit]:
        """One-off visits that were not done, moved into the following horizon."""
        return [
            self._moved(visit)
            for visit in self.instance.visits
            if visit.id not in self.made
            and visit.duty is None
            and not (visit.case and self.instance.case_by_id[visit.case].sessions)
            and visit.id not in self.following.task_by_id
            and self._known(visit)
        ]

    def _known(self, visit: Visit) -> bool:
        there = self.following
        people = {*visit.preferred, *visit.excluded}
        people.update(one for slot in visit.slots for one in slot.people or ())
        return (
            people <= there.person_by_id.keys()
            and set(visit.places) <= there.place_by_id.keys()
            and (visit.household is None or visit.household in there.household_by_id)
            and (visit.case is None or visit.case in there.case_by_id)
        )

    def _moved(self, visit: Visit) -> Visit:
        left = _shifted(visit, self.moved)
        weeks = -(-self.instance.horizon.days // 7) * 7
        again = _shifted(visit, self.moved - weeks * self.instance.horizon.day_ticks)
        end = self.following.horizon.end
        windows = [one for one in left if one.end > 0 and one.start < end]
        windows = windows or [one for one in again if one.end > 0 and one.start < end]
        windows = windows or [Window(start=0, end=end)]
        due = None if visit.due is None else visit.due - self.moved
        clipped = tuple(
            one.model_copy(update={"start": max(0, one.start), "end": min(one.end, end)})
            for one in windows
        )
        return visit.model_copy(update={"windows": clipped, "due": due, "bundle": None})


def _shifted(visit: Visit, ticks: int) -> list[Window]:
    return [
        one.model_copy(
            update={
                "start": one.start - ticks,
                "end": one.end - ticks,
                "due": None if one.due is None else one.due - ticks,
            }
        )
        for one in visit.windows
    ]


def _later(first: Duty, second: Duty) -> Duty:
    """Whichever knows of the later visit; the first where neither does."""
    return max(first, second, key=lambda one: one.last_done or date.min)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
