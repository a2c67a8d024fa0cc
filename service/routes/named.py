"""The instance and the roster that a request names or brings along."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.due import Expanded, expand
from scheduler.model import Instance, Roster
from service import inputs
from service.problems import ServiceError
from service.routes.common import Parts, kept
from service.store.tables import InstanceRow
from service.wire import RosterIn, WeekIn


def named_week(
    parts: Parts, asked: WeekIn, pointer: str = "/instance"
) -> tuple[Instance, InstanceRow | None]:
    """The instance, and its row where it is a kept one.

    pointer: where in the request body an instance stands that comes along. Raises ServiceError.
    """
    if (asked.instance_id is None) == (asked.instance is None):
        raise ServiceError("one_instance")
    if asked.instance_id is not None:
        row = kept(parts, asked.instance_id, body=True)
        return Instance.model_validate_json(row.body), row
    return inputs.inspect_data(asked.instance, pointer).sound(), None


@dataclass(frozen=True)
class RosteredWeek:
    """A roster and its instance; `row`: of the instance, where it is a kept one."""

    instance: Expanded
    roster: Roster
    row: InstanceRow | None


@dataclass(frozen=True)
class Named:
    """What a request names, found but not yet read.

    key: the same for the same instance and roster of a job; None: the roster came along.
    """

    key: tuple[str, str] | None
    read: Callable[[], RosteredWeek]


def find(parts: Parts, asked: RosterIn, at: str = "") -> Named:
    """A job's roster, or one that comes along.

    at: pointer in the request body to the record that names it. Raises ServiceError; `read` too,
    where the roster came along and has faults.
    """
    if (asked.job_id is None) == (asked.roster is None):
        raise ServiceError("one_roster")
    if asked.job_id is None:
        return Named(None, lambda: _brought(parts, asked, at))
    job = parts.jobs.status(asked.job_id)
    if asked.instance is not None or asked.instance_id not in (None, job.instance_id):
        raise ServiceError("one_instance")
    body = parts.jobs.roster(job.id).body
    digests = kept(parts, job.instance_id).digest, hashlib.sha256(body.encode()).hexdigest()
    return Named(digests, lambda: _of_job(parts, job.instance_id, body))


def named_roster(parts: Parts, asked: RosterIn, at: str = "") -> RosteredWeek:
    """What `find` finds, read. Raises ServiceError."""
    return find(parts, asked, at).read()


def _brought(parts: Parts, asked: RosterIn, at: str) -> RosteredWeek:
    instance, row = named_week(parts, asked, f"{at}/instance")
    week = expand(instance)
    return RosteredWeek(week, inputs.roster(asked.roster, week, f"{at}/roster")[0], row)


def _of_job(parts: Parts, instance_id: str, body: str) -> RosteredWeek:
    row = kept(parts, instance_id, body=True)
    week = expand(Instance.model_validate_json(row.body))
    return RosteredWeek(week, Roster.model_validate_json(body), row)
