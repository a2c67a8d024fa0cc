"""The tables. Times are seconds since 1970 (UTC), of jobs and workers by the database's clock; what may hold private words is sealed."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, query_expression

from service.store.sealed import Sealed, SealedJson, SealedText


class Base(DeclarativeBase):
    """What the tables share: the column types of Python types."""

    type_annotation_map = {dict[str, Any]: JSON, str: String}


class OfWeek:
    """What rows about a week share: they go with it, and say who made them."""

    week_id: Mapped[str] = mapped_column(ForeignKey("weeks.id", ondelete="CASCADE"), index=True)
    account: Mapped[str | None]
    """Id of the account; None: nobody had to sign in."""
    account_name: Mapped[str]


class InstanceRow(Base):
    """An instance as posted; never changed."""

    __tablename__ = "instances"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("instances.id"), index=True)
    """The instance that this one was changed from."""
    origin_id: Mapped[str] = mapped_column(String(32), index=True)
    """The first of the line; itself where there is no parent."""
    created: Mapped[float] = mapped_column(index=True)
    erased: Mapped[float | None]
    """Set when it was erased: only ids and times are left, so that no id is used twice."""
    name: Mapped[str] = mapped_column(SealedText("instances.name"))
    """The instance's own id."""
    title: Mapped[str] = mapped_column(SealedText("instances.title"))
    counts: Mapped[dict[str, Any]]
    """How many people, places, visits, shifts and days."""
    digest: Mapped[str] = mapped_column(String(64))
    """Tag of the body, by a key of the installation (`service.store.tags`)."""
    body: Mapped[str] = mapped_column(Sealed("instances.body"), deferred=True)

    labels: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    owner_id: Mapped[str | None]
    """Account that posted it."""
    owner_name: Mapped[str] = mapped_column(default="", server_default="")


class JobRow(Base):
    """A search that was asked for, how it stands and how it ended."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_turn_taken", "turn", "taken"),
        Index("ix_jobs_runner", "runner"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("instances.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Tag of the request, to tell a repeat from another request with the same key."""
    request: Mapped[dict[str, Any]] = mapped_column(SealedJson("jobs.request"))
    """limits {seconds, idle_seconds, steps}, seed, cores; of a re-plan most_moved."""
    start_roster: Mapped[str | None] = mapped_column(Sealed("jobs.start_roster"), deferred=True)
    published: Mapped[str | None] = mapped_column(Sealed("jobs.published"), deferred=True)
    """Of a re-plan: the published roster that it started from, to which its result is compared."""
    state: Mapped[str] = mapped_column(String(16), index=True)
    created: Mapped[float] = mapped_column(index=True)
    started: Mapped[float | None]
    ended: Mapped[float | None] = mapped_column(index=True)
    erased: Mapped[float | None]
    """Set when the record was erased: only ids and times are left, so that no id is used twice."""
    stop_requested: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[int]
    """0: interactive, somebody waits for it; 1: batch."""
    turn: Mapped[str]
    """Jobs with the same key take turns as one with those of other keys."""
    cores: Mapped[int]
    """Threads that it asks for."""
    taken: Mapped[float | None]
    """When a worker last took it."""
    executor: Mapped[str | None]
    """The worker that has it."""
    runner: Mapped[str | None]
    """Token of the attempt that may write; an attempt that lost the job writes nothing."""
    lease_until: Mapped[float | None]
    """A running job whose worker does not extend this in time waits again."""
    attempts: Mapped[int] = mapped_column(default=0)
    crashes: Mapped[int] = mapped_column(default=0)
    """How many of its workers died."""
    event: Mapped[int] = mapped_column(default=0)
    """Grows by one with each change that a follower should see."""
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(SealedJson("jobs.result"))
    """ended_by, status, versions and figures, once there is a final roster."""
    problem: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("jobs.problem"))
    """code, slots and problems of a failed job."""
    position: Mapped[int | None] = query_expression()
    """1: the next to be taken; None unless it waits and `line` told it."""

    title: Mapped[str] = mapped_column(SealedText("jobs.title"))
    labels: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    owner_id: Mapped[str | None]
    """Account that submitted it."""
    owner_name: Mapped[str] = mapped_column(default="", server_default="")


class RosterRow(Base):
    """The best roster of a job so far."""

    __tablename__ = "rosters"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    saved: Mapped[float]
    final: Mapped[bool]
    body: Mapped[str] = mapped_column(Sealed("rosters.body"))


class ExecutorRow(Base):
    """A worker process that lives. Its id is never used again."""

    __tablename__ = "executors"

    id: Mapped[str] = mapped_column(primary_key=True)
    host: Mapped[str]
    """Where process ids mean the same: machine, its start, and name space."""
    pid: Mapped[int]
    beat: Mapped[float]


class LeaseRow(Base):
    """A duty that one worker at a time has, until a time."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[float]


class KeyRow(Base):
    """A key that sealed something, by its id, to tell at the start whether the key file is the right one."""

    __tablename__ = "keys"

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    made: Mapped[float]
    proof: Mapped[str] = mapped_column(Sealed("keys.proof"))
    """The key's own id, sealed by it."""
