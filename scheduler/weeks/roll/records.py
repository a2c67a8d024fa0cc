"""Households, duties and cases of the following week with what the past week did for them.

A record that already has a later visit stays as it is.
"""

from datetime import date

from scheduler.model import Case, Duty, Household
from scheduler.weeks.roll.past import PastWeek


def rolled_household(past: PastWeek, household: Household) -> Household:
    """The household with the faces it met and the ratings it gave."""
    before = past.instance.household_by_id.get(household.id)
    if before is None:
        return household
    met = [
        stop.person
        for visit in past.facts.visits_by_household.get(household.id, [])
        for stop in past.facts.by_task[visit.id].values()
    ]
    faces = dict.fromkeys((*household.known_people, *before.known_people, *met))
    given = past.ratings.get(household.id, {})
    ratings = {**before.ratings, **household.ratings, **given}
    people = past.following.person_by_id
    return household.model_copy(
        update={
            "known_people": tuple(person for person in faces if person in people),
            "ratings": {person: stars for person, stars in ratings.items() if person in people},
        }
    )


def rolled_duty(past: PastWeek, duty: Duty) -> Duty:
    """The duty with its last visit; a great change is answered by any visit after it."""
    before = past.duty_by_id.get(duty.id)
    if before is None:
        return duty
    change = duty.great_change
    if change is None and before.great_change is not None:
        change = before.great_change - past.ticks
    latest = max(duty, before, key=lambda record: record.last_done or date.min)
    done, outcome = latest.last_done, latest.last_outcome
    last = past.last_done(past.visits_by_duty.get(duty.id, []))
    if last is not None:
        visit, stop = last
        on = _date(past, stop.start)
        if done is None or on >= done:
            done, outcome = on, past.outcomes.get(visit.id)
        if change is not None and stop.start - past.ticks >= change:
            change = None
    return duty.model_copy(
        update={"last_done": done, "last_outcome": outcome, "great_change": change}
    )


def rolled_case(past: PastWeek, case: Case) -> Case:
    """The case with its lead, its last visit, and the sessions that are left."""
    tasks = past.facts.tasks_by_case.get(case.id, [])
    last = past.last_done(tasks)
    if last is None:
        return case
    stop = last[1]
    on = _date(past, stop.start)
    if case.last_done is not None and case.last_done >= on:
        return case
    lead = stop.person if stop.person in past.following.person_by_id else None
    done = sum(task.id in past.done for task in tasks)
    return case.model_copy(
        update={
            "sessions": max(0, case.sessions - done),
            "last_done": on,
            "person": lead if case.same_person else case.person,
        }
    )


def _date(past: PastWeek, moment: int) -> date:
    horizon = past.instance.horizon
    return horizon.date(horizon.day_of(moment))
