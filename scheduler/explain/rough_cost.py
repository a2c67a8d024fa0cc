"""What candidates cost, roughly: only to choose which of them are priced exactly."""

from copy import copy

import numpy as np
from numpy.typing import NDArray

from scheduler.facts import Facts
from scheduler.facts.contract import fair_share
from scheduler.lowered.price import STANDARD
from scheduler.model import Shift, Visit
from scheduler.model.tasks import case_of, household_of
from scheduler.rules import active
from scheduler.rules.fairness import STEPS, UNIT_MINUTES


class RoughCost:
    """Points, as engines count them, of travel, load and new faces."""

    def __init__(self, facts: Facts):
        self._facts = facts
        self._points = {
            active_rule.rule.id: active_rule.weight * STANDARD.of(active_rule.level)
            for active_rule in active(facts.instance)
        }
        self._steep = np.array(
            [self._steps(person.id) for person in facts.instance.people], np.int64
        )
        self._unit = UNIT_MINUTES * facts.horizon.ticks_per_minute

    def of(self, facts: Facts) -> "RoughCost":
        """The same for a slightly changed roster; loads are not computed anew."""
        other = copy(self)
        other._facts = facts
        return other

    def people(self, task: Visit | Shift, duration: int) -> NDArray[np.int64]:
        """int64 [person]: what the task adds to each person's load and to a household's faces."""
        load = self._steep * (duration // self._unit) * self._points.get("fairness", 0)
        return load + self._faces(task)

    def travel(self, extra: NDArray[np.int64]) -> NDArray[np.int64]:
        """Points of ticks on the way."""
        return extra * self._points.get("travel", 0)

    def _steps(self, person: str) -> int:
        """Steps of the fair share that the person's load has passed."""
        share = fair_share(self._facts.instance, person)
        if share is None:
            return 0
        load = sum(stop.end - stop.start for stop in self._facts.by_person[person])
        return sum(100 * load >= share * step for step in STEPS)

    def _faces(self, task: Visit | Shift) -> NDArray[np.int64]:
        facts = self._facts
        points = np.zeros(len(facts.instance.people), np.int64)
        case, household = case_of(facts.instance, task), household_of(facts.instance, task)
        if case is not None and case.same_person:
            tasks, faces, rule = facts.tasks_by_case[case.id], {case.person}, "same_person"
        elif household is not None and isinstance(task, Visit):
            tasks = [*facts.visits_by_household.get(household.id, [])]
            faces = {*household.known_people}
            rule = "known_face"
        else:
            return points
        faces |= {stop.person for other in tasks for stop in facts.by_task[other.id].values()}
        if faces - {None}:
            strange = [person.id not in faces for person in facts.instance.people]
            points[strange] = self._points.get(rule, 0)
        return points
