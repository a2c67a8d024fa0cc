"""How well the standing duties are kept: now, and as a roster leaves them."""

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
    """How the standing duties are kept (走访覆盖率).

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
    """Coverage of an expanded instance's duties; no roster: as if no visit were made."""
    days = instance.horizon.days
    made = _made(instance, roster)
    asked: dict[str, int] = {}
    for one in due(instance):
        if one.of == "duty":
            asked[one.source] = asked.get(one.source, 0) + 1
    missed = tuple(duty for duty, count in asked.items() if len(made.get(duty, ())) < count)
    now = after = 0
    for duty in instance.duties:
        last = None if duty.last_done is None else instance.horizon.day(duty.last_done)
        now += _kept(instance, duty, last, 0)
        after += _kept(instance, duty, max(made.get(duty.id, ()), default=last), days)
    total = len(instance.duties)
    return Coverage(
        now=Share(now, total),
        after=Share(after, total),
        due=Share(len(asked) - len(missed), len(asked)),
        missed=missed,
    )


def _made(instance: Instance, roster: Roster | None) -> dict[str, list[int]]:
    """Days on which the roster makes visits of each duty; a crew too small has made none."""
    filled: dict[str, dict[int, int]] = {}
    for one in roster.assignments if roster is not None else ():
        filled.setdefault(one.task, {})[one.slot] = one.start
    made: dict[str, list[int]] = {}
    for visit in instance.visits:
        crew = filled.get(visit.id, {})
        if visit.duty is not None and is_done(visit, crew):
            day = instance.horizon.day_of(min(crew.values()))
            made.setdefault(visit.duty, []).append(day)
    return made


def _kept(instance: Instance, duty: Duty, last: int | None, day: int) -> bool:
    """Whether the last visit is within its time on a day; a changed household is, once seen again."""
    if last is None:
        return False
    horizon = instance.horizon
    recorded = duty.last_done is not None and last == horizon.day(duty.last_done)
    change = open_change(instance, duty)
    unanswered = change is not None and (recorded or last < horizon.day_of(change))
    if change is not None and unanswered and horizon.day_of(change + horizon.day_ticks) < day:
        return False
    follow_up = instance.settings.duties.follow_up_days.get(duty.last_outcome or "")
    days = follow_up if recorded and follow_up else rhythm(instance, duty)
    return last + days >= day
