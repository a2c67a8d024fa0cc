"""The tables. Times are seconds since 1970 (UTC); long texts are compressed."""

import zlib
from typing import Any

from sqlalchemy import JSON, Dialect, ForeignKey, LargeBinary, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Compressed(TypeDecorator[str]):
    """A long text, kept as zlib bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> bytes | None:
        """What the column holds of a text."""
        return None if value is None else zlib.compress(value.encode(), 6)

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> str | None:
        """The text of what the column holds."""
        return None if value is None else zlib.decompress(value).decode()


class Base(DeclarativeBase):
    """What the tables share: the column types of Python types."""

    type_annotation_map = {dict[str, Any]: JSON, str: String}


class InstanceRow(Base):
    """An instance as posted; never changed."""

    __tablename__ = "instances"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("instances.id"), index=True)
    """The instance that this one was changed from."""
    origin_id: Mapped[str] = mapped_column(String(32), index=True)
    """The first of the line; itself where there is no parent."""
    created: Mapped[float] = mapped_column(index=True)
    name: Mapped[str]
    """The instance's own id."""
    title: Mapped[str]
    counts: Mapped[dict[str, Any]]
    """How many people, places, visits, shifts and days."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the body."""
    body: Mapped[str] = mapped_column(Compressed, deferred=True)

    labels: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    owner_id: Mapped[str | None]
    """Account that posted it."""
    owner_name: Mapped[str] = mapped_column(default="", server_default="")


class JobRow(Base):
    """A search that was asked for, how it stands and how it ended."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("instances.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the request, to tell a repeat from another request with the same key."""
    request: Mapped[dict[str, Any]]
    """limits {seconds, idle_seconds, steps}, seed, cores; of a re-plan most_moved."""
    start_roster: Mapped[str | None] = mapped_column(Compressed, deferred=True)
    published: Mapped[str | None] = mapped_column(Compressed, deferred=True)
    """Of a re-plan: the published roster that it started from, to which its result is compared."""
    state: Mapped[str] = mapped_column(String(16), index=True)
    created: Mapped[float] = mapped_column(index=True)
    started: Mapped[float | None]
    ended: Mapped[float | None] = mapped_column(index=True)
    erased: Mapped[float | None]
    """Set when the record was erased: only ids and times are left, so that no id is used twice."""
    stop_requested: Mapped[bool] = mapped_column(default=False)
    runner: Mapped[str | None]
    """Token of the attempt that may write; an attempt that lost the job writes nothing."""
    attempts: Mapped[int] = mapped_column(default=0)
    event: Mapped[int] = mapped_column(default=0)
    """Grows by one with each change that a follower should see."""
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """ended_by, status, versions and figures, once there is a final roster."""
    problem: Mapped[dict[str, Any] | None]
    """code, slots and problems of a failed job."""

    title: Mapped[str] = mapped_column(default="", server_default="")
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
    body: Mapped[str] = mapped_column(Compressed)


class ExecutorRow(Base):
    """A worker process. Its id is never used again."""

    __tablename__ = "executors"

    id: Mapped[str] = mapped_column(primary_key=True)
    host: Mapped[str]
    pid: Mapped[int]
    beat: Mapped[float]
    ended: Mapped[float | None]


class LeaseRow(Base):
    """A duty that one worker at a time has, until a time."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[float]
