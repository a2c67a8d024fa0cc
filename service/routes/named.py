"""The instance and the roster that a request names or brings along, as they are and as they may go out."""

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from scheduler.due import Expanded, expand
from scheduler.model import Instance, Roster
from service import inputs
from service.access.guarded import IdGuard
from service.access.mask import CallerView, WeekMask, true_ids
from service.problems import ServiceError
from service.routes.common import Parts, stored_instance
from service.store.tables import InstanceRow
from service.wire import RosterIn, WeekIn


def named_week(
    parts: Parts, request: WeekIn, pointer: str = "/instance"
) -> tuple[Instance, InstanceRow | None]:
    """The instance, and its row where it is a stored one: true, with every id.

    pointer: JSON pointer to an instance in the request body. Raises ServiceError.
    """
    if (request.instance_id is None) == (request.instance is None):
        raise ServiceError("one_instance")
    if request.instance_id is not None:
        row = stored_instance(parts, request.instance_id, body=True)
        return Instance.model_validate_json(row.body), row
    return inputs.inspect_data(request.instance, pointer).sound(), None


def masked_week(
    parts: Parts, request: WeekIn, view: CallerView
) -> tuple[WeekMask, InstanceRow | None]:
    """The instance as it may be answered about, and its row. Raises ServiceError."""
    instance, row = guarded_week(parts, request)
    view.audited(parts.store, instance, instance=row.id if row else None)
    return view.mask(instance), row


def guarded_week(
    parts: Parts, request: WeekIn, pointer: str = "/instance"
) -> tuple[Expanded, InstanceRow | None]:
    """The instance, expanded, and its row; a stored one without the ids that are hidden from the caller."""
    instance, row = named_week(parts, request, pointer)
    week = expand(instance)
    if row is not None:
        parts.guard.learn(week)
        week = parts.guard.closed(week)
    return week, row


@dataclass(frozen=True)
class RosteredWeek:
    """A roster and its instance; stored ones without the ids that are hidden from the caller.

    row: of the instance, where it is a stored one.
    """

    instance: Expanded
    roster: Roster
    row: InstanceRow | None
    job: str | None = None

    @property
    def kept(self) -> Roster | None:
        """The roster where it is a job's: by it alone it is known who works where; one that came in may name anybody."""
        return None if self.job is None else self.roster

    def closed(self, guard: IdGuard) -> "RosteredWeek":
        """The same, without what the guard has learned of other weeks since."""
        if self.row is None:
            return self
        week, roster = guard.closed(self.instance), guard.closed(self.roster)
        return replace(self, instance=week, roster=roster)


@dataclass(frozen=True)
class MaskedRoster:
    """A roster and its week as they may be answered about: `instance` and `roster` have neutral ids."""

    mask: WeekMask
    instance: Expanded
    roster: Roster


@dataclass(frozen=True)
class RosterSource:
    """The roster that a request names or brings along, not read yet.

    key: equal for the same instance and roster of a job; None for a roster in the request.
    """

    key: tuple[str, str] | None
    read: Callable[[], RosteredWeek]


def roster_source(parts: Parts, request: RosterIn, at: str = "") -> RosterSource:
    """A job's roster, or the one in the request.

    at: JSON pointer in the request body to the record that names the roster. Raises ServiceError;
    so does `read` for a roster in the request that has faults.
    """
    if (request.job_id is None) == (request.roster is None):
        raise ServiceError("one_roster")
    if request.job_id is None:
        return RosterSource(None, lambda: _in_request(parts, request, at))
    job = parts.jobs.status(request.job_id)
    if request.instance is not None or request.instance_id not in (None, job.instance_id):
        raise ServiceError("one_instance")
    body = parts.jobs.roster(job.id).body
    digests = (
        stored_instance(parts, job.instance_id).digest,
        hashlib.sha256(body.encode()).hexdigest(),
    )
    return RosterSource(digests, lambda: _of_job(parts, job.id, job.instance_id, body))


def named_roster(parts: Parts, request: RosterIn, at: str = "") -> RosteredWeek:
    """A job's roster, or the one in the request, with its week; true ids. Raises ServiceError."""
    return roster_source(parts, request, at).read()


def masked_rosters(
    parts: Parts, view: CallerView, *requests: tuple[RosterIn, str]
) -> list[MaskedRoster]:
    """Rosters with their weeks, as they may be answered about, under the same neutral ids.

    requests: each with the JSON pointer of the record that names it; the last has the first say in
    neutral ids. Raises ServiceError.
    """
    weeks = [named_roster(parts, request, at) for request, at in requests]
    weeks = [week.closed(parts.guard) for week in weeks]  # what one hides, another may show
    for (request, _), week in zip(requests, weeks, strict=True):
        id = week.row.id if week.row else None
        view.audited(parts.store, week.instance, instance=id, job=request.job_id)
    *others, last = weeks
    mask = view.mask(last.instance, *(week.instance for week in others), roster=last.kept)
    return [MaskedRoster(mask, mask.other(week.instance), mask.read(week.roster)) for week in weeks]


def view_key(source: RosterSource, view: CallerView) -> tuple[Hashable, ...] | None:
    """A roster's key, for who sees the same of it."""
    return None if source.key is None else (*source.key, *view.key)


def _in_request(parts: Parts, request: RosterIn, at: str) -> RosteredWeek:
    week, row = guarded_week(parts, request, f"{at}/instance")
    posted = true_ids(week, request.roster)
    return RosteredWeek(week, inputs.roster(posted, week, f"{at}/roster"), row)


def _of_job(parts: Parts, job: str, instance_id: str, body: str) -> RosteredWeek:
    row = stored_instance(parts, instance_id, body=True)
    week = expand(Instance.model_validate_json(row.body))
    roster = Roster.model_validate_json(body)
    parts.guard.learn(week, roster)
    return RosteredWeek(week, roster, row, job).closed(parts.guard)
