"""How many standing duties are visited in time: now, and after a roster."""

from dataclasses import dataclass

from scheduler.due.dates import due, open_change, rhythm
from scheduler.model import Duty, Instance, Roster
from scheduler.model.tasks import is_done


@dataclass(frozen=True)
class Share:
    """A part of a whole, with both counts."""

    count: int
    of: int

    @property
    def rate(self) -> float:
        """The fraction; 1 of nothing."""
        return self.count / self.of if self.of else 1.0


@dataclass(frozen=True)
class Coverage:
    """How many standing duties are visited in time (走访覆盖率).

    now, after: duties whose last visit lies within their rhythm on the first day of the horizon,
        and on the first day after it if the roster is worked as it stands
    due: duties with a visit due in the horizon, counted if the roster makes all of them
    missed: ids of the duties counted in `due.of` and not in `due.count`
    """

    now: Share
    after: Share
    due: Share
    missed: tuple[str, ...]


def coverage(instance: Instance, roster: Roster | None = None) -> Coverage:
    """Coverage of an expanded instance's duties; without a roster, as if no visit were made."""
    days = instance.horizon.days
    made = _days_made(instance, roster)
    count_by_duty: dict[str, int] = {}
    for due_visit in due(instance):
        if due_visit.of == "duty":
            count_by_duty[due_visit.source] = count_by_duty.get(due_visit.source, 0) + 1
    missed = tuple(duty for duty, count in count_by_duty.items() if len(made.get(duty, ())) < count)
    now = after = 0
    for duty in instance.duties:
        last = None if duty.last_done is None else instance.horizon.day(duty.last_done)
        now += _is_covered(instance, duty, last, 0)
        after += _is_covered(instance, duty, max(made.get(duty.id, ()), default=last), days)
    total = len(instance.duties)
    return Coverage(
        now=Share(now, total),
        after=Share(after, total),
        due=Share(len(count_by_duty) - len(missed), len(count_by_duty)),
        missed=missed,
    )


def _days_made(instance: Instance, roster: Roster | None) -> dict[str, list[int]]:
    """Duty → days of the visits that the roster makes; a visit whose crew is too small is not made."""
    filled: dict[str, dict[int, int]] = {}
    for assignment in roster.assignments if roster is not None else ():
        filled.setdefault(assignment.task, {})[assignment.slot] = assignment.start
    made: dict[str, list[int]] = {}
    for visit in instance.visits:
        crew = filled.get(visit.id, {})
        if visit.duty is not None and is_done(visit, crew):
            day = instance.horizon.day_of(min(crew.values()))
            made.setdefault(visit.duty, []).append(day)
    return made


def _is_covered(instance: Instance, duty: Duty, last_day: int | None, day: int) -> bool:
    """Whether on a day the last visit is recent enough, and later than any great change."""
    if last_day is None:
        return False
    horizon = instance.horizon
    recorded = duty.last_done is not None and last_day == horizon.day(duty.last_done)
    change = open_change(instance, duty)
    unanswered = change is not None and (recorded or last_day < horizon.day_of(change))
    if change is not None and unanswered and horizon.day_of(change + horizon.day_ticks) < day:
        return False
    follow_up = instance.settings.duties.follow_up_days.get(duty.last_outcome or "")
    days = follow_up if recorded and follow_up else rhythm(instance, duty)
    return last_day + days >= day
